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
# # A first look
#
# What is in the graph, how sure is it of what it says, and who says so?
#
# Everything here is a **claim**: one source says it, with a hedge ("reportedly", "if correct"), a grade and a date. A link is
# what the claims that count add up to. Which claims count is decided by a *lens*.

# %%
import matplotlib.pyplot as plt
import pandas as pd
import plots
from rabta import Client

c = Client()
now = c.revision()
now

# %%
assert now.claims > 0 and now.sources > 0

# %% [markdown]
# ## What there is

# %%
entities = c.entities().to_df()
by_kind = entities["kind"].value_counts()
by_kind

# %%
links = c.links()
table = links.to_df()
table[["source_name", "kind", "target_name", "status", "hedge", "admiralty", "held", "speakers"]].head(10)

# %% [markdown]
# ## How sure it is
#
# The letter grades the source (A reliable, F cannot be judged), the number the claim (1 confirmed, 5 improbable, 6 cannot be
# judged). `independent_sources` counts sources that do not derive from one another: nearly everything rests on one.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
by_kind.sort_values().plot.barh(ax=left, color=[plots.KIND_COLOURS[k] for k in by_kind.sort_values().index])
left.set_title("Entities by kind")
left.set_ylabel("")
grades = pd.crosstab(table["credibility"], table["reliability"].fillna("F"))
grades.plot.bar(stacked=True, ax=right, color=[plots.GREEN, plots.BLUE, plots.SKY, plots.ORANGE, plots.RED, plots.GREY][: grades.shape[1]])
right.set_title("Links by grade of their best claim")
right.set_xlabel("credibility (1 best)")
right.legend(title="source", frameon=False)
plots.caption(figure, c.sources(), f"{len(table)} links under the default lens.")
plt.show()

# %%
alone = (table["independent_sources"] <= 1).mean()
print(f"{alone:.0%} of the links rest on one independent source.")
assert alone > 0.5

# %% [markdown]
# ## One group, as the sources have it

# %%
ttp = c.group("ttp")
ttp.allies

# %% [markdown]
# Names are taken too, in any spelling that the graph knows, in any script. A name that several entities bear is an error that
# lists them: nothing is guessed.

# %%
assert c.group("تحریک طالبان پاکستان").id == "ttp"

# %% [markdown]
# ## The same question under a stricter lens

# %%
loose = len(table)
with c.lens(min_credibility=2):
    strict = len(c.links())
print(f"{loose} links in all, {strict} of credibility 2 or better.")
assert 0 < strict < loose

# %% [markdown]
# Where to go next: who is allied with whom (`02`), kinship and schools (`03`), one incident in all its versions (`04`).
