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
# # Who is allied with IS-K, and how sure is that?
#
# Alliance and enmity are told by different people for different reasons. Each bar below is a link with its best grade; what is
# disputed is hatched, and stays.

# %%
import matplotlib.pyplot as plt
import plots
from rabta import Client

c = Client()
isk = c.group("is-k")
isk.name

# %%
allies = isk.allies
allies

# %%
rivals = isk.rivals
rivals

# %% [markdown]
# ## What the claims say, word by word
#
# `claims` gives every claim behind a link, for and against, with whose words it reports and the place where it stands.

# %%
for link in allies:
    print(link)
    for claim in c.claims(link):
        who = claim.speaker or claim.speaker_text
        where = f"{claim.source.title}, {claim.locator}" + (f", quoting {who}" if who else "")
        print(f"   {claim.polarity.lower()}, {claim.hedge.lower()}, {claim.admiralty}: {where}")

# %% [markdown]
# ## How sure, at a glance
#
# A bar is as long as the grade is good. It is no probability: the number says how one claim is rated, not how likely an alliance is.

# %%
rows = [(x, "ally") for x in allies] + [(x, "rival") for x in rivals]


def other(link):
    return link.target if link.source.id == isk.id else link.source


rows.sort(key=lambda r: (r[1], -r[0].credibility))
figure, axes = plt.subplots(figsize=(9, 0.55 * len(rows) + 1.2))
for i, (link, side) in enumerate(rows):
    axes.barh(
        i,
        6 - link.credibility,
        color=plots.BLUE if side == "ally" else plots.RED,
        alpha=0.85,
        hatch="///" if link.disputed else None,
        edgecolor="white",
    )
    dates = " and ".join(i.words for i in link.held) or "undated"
    axes.text(6 - link.credibility + 0.05, i, f"{link.admiralty}, {link.hedge.lower()}, {dates}", va="center", fontsize=8)
axes.set_yticks(range(len(rows)), [f"{other(x).name}" for x, _ in rows])
axes.set_xlim(0, 7)
axes.set_xticks([])
axes.set_title("IS-K: cooperation (blue), rivalry (red); hatched is disputed")
sources = {s.id: s for x, _ in rows for s in c.sources(x)}
plots.caption(figure, sources.values())
plt.show()

# %%
assert any(x.disputed for x in allies), "the alliance with Baloch separatists is contradicted by another source"
assert {other(x).id for x in allies}.isdisjoint({other(x).id for x in rivals if not x.disputed})

# %% [markdown]
# ## Two groups, year by year
#
# `dyad` lays side by side what is said of two groups: alliance, rivalry and shared incidents. A year is there only if a claim names
# it. The last row has what names no year: here a rivalry that nobody dates.

# %%
c.dyad("is-k", "afghan-taliban").to_df()

# %% [markdown]
# ## What remains above a floor

# %%
for floor in (4, 3, 2, 1):
    with c.lens(min_credibility=floor):
        names = [other(x).name for x in c.group("is-k").allies]
    print(f"credibility {floor} or better: {', '.join(names) or 'none'}")

# %%
with c.lens(min_credibility=1):
    assert not c.group("is-k").allies, "nothing that is said of an alliance is confirmed"
