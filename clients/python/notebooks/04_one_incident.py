# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One incident, in all its versions
#
# The bombing in Mastung on 29 September 2023: who claimed it, who denied it, who is said to have done it, by whom and on what
# grounds, and how many died?

# %%
import matplotlib.pyplot as plt
import plots
from rabta import Client

c = Client()
bombing = c.incident("mastung-bombing-2023-09-29")
print(bombing.name, bombing.date, "claimed by", bombing.claimed, "as stated", bombing.claimed_stated)

# %% [markdown]
# ## Claimed, denied, attributed
#
# A claim of responsibility, a denial and an attribution by the police are three kinds of link. None cancels another. Who makes an
# attribution is named: he is the accuser, and what he accuses has not said a word.

# %%
bombing.claimed_by

# %%
bombing.denied_by

# %%
bombing.attributions

# %%
assert bombing.claimed == "NOBODY" and len(bombing.claimed_by) == 0 and len(bombing.denied_by) > 0
accused = {x.target.id: x.attributor for x in bombing.attributions if x.attributor}
assert accused["india-raw"].id != "india-raw", "who accuses is not who is accused"

# %% [markdown]
# ## Every claim about it

# %%
claims = c.claims("mastung-bombing-2023-09-29")
table = claims.to_df()
shown = ["label", "predicate", "object_name", "text", "effect", "low", "best", "high", "polarity", "hedge", "admiralty"]
table[[*shown, "speaker_name", "attributor_name", "source_title", "locator"]]

# %% [markdown]
# ## How many died
#
# Each source has its figure. The range is from the least to the greatest claimed; a missing figure is unknown, never 0.

# %%
tolls = [x for x in claims if x.predicate == "CASUALTIES" and x.value.effect == "KILLED"]
figure, axes = plt.subplots(figsize=(9, 0.42 * len(tolls) + 1.4))
for i, x in enumerate(tolls):
    given = [n for n in (x.value.low, x.value.best, x.value.high) if n is not None]
    axes.plot([min(given), max(given)], [i, i], color=plots.BLUE, linewidth=3, solid_capstyle="butt")
    if x.value.best is not None:
        axes.plot(x.value.best, i, "o", color=plots.ORANGE)
    else:
        axes.annotate("at least", (min(given), i), textcoords="offset points", xytext=(8, -3), fontsize=7)
        axes.plot(min(given), i, ">", color=plots.BLUE)
axes.set_yticks(range(len(tolls)), [f"{x.source.title} ({x.admiralty})" for x in tolls], fontsize=7)
axes.set_xlim(left=0)
axes.set_xlabel("killed")
axes.set_title("Mastung, 29 September 2023: killed, as each source says")
plots.caption(figure, {x.source.id: x.source for x in tolls}.values(), "Dots are best figures, arrows are 'at least'.")
plt.show()

# %%
killed = [t for t in bombing.casualties if t.effect == "KILLED"]
for t in killed:
    print(f"{t.role.lower()}: {t.low} to {t.high}, best {t.best}, from {len(t.claims)} claims")
total = next(t for t in bombing.tolls if t.effect == "KILLED")
assert not total.partial and not total.disagree, "the sources give a total, and no parts that exceed it"
assert killed and all(t.low is None or t.high is None or t.low <= t.high for t in killed)
assert len(tolls) >= 2

# %% [markdown]
# ## Without one source

# %%
for source in c.sources("mastung-bombing-2023-09-29"):
    with c.lens(without_sources=[source]):
        left = c.incident("mastung-bombing-2023-09-29")
        print(f"without {source.title!r}: denied by {len(left.denied_by)}, attributed {len(left.attributions)} times")
