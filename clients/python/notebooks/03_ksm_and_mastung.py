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
# # The relatives of Khalid Shaikh Mohammed, and a madressah in Mastung
#
# A newspaper column links a family and a school. What exactly does it say, and what does it not say?
#
# **Kinship and attendance are no evidence of conduct.** rabta keeps them out of paths, measures and prose unless they are asked
# for, and says in `excluded` what it left out.

# %%
import matplotlib.pyplot as plt
import plots
from rabta import Client

c = Client()
ksm = c.individual("khalid-shaikh-mohammed")
ksm.names

# %% [markdown]
# ## Relatives, as claims have them

# %%
ksm.kin

# %% [markdown]
# ## Relatives that follow from others
#
# `kin` derives degrees from primitive claims (parent, sibling, spouse). Each leg has its claims, and the weakest grade is carried
# along. Where sources differ on the degree, both are shown.

# %%
kin = c.kin("khalid-shaikh-mohammed")
kin.to_df()

# %% [markdown]
# ## Two men who are not one
#
# The graph says of "Mosaib al-Baluchi" and Ammar al-Baluchi that they are *not* the same, and who says so.

# %%
for link in c.links("mosaib-al-baluchi", kinds=["NOT_SAME_AS"]):
    print(link)
    for claim in c.claims(link):
        print("  ", claim.source.title, "-", claim.locator)
not_same = c.links("mosaib-al-baluchi", kinds=["NOT_SAME_AS"])
assert len(not_same) == 1

# %% [markdown]
# ## Is there a path from the man to the school?
#
# Not by anybody's own doing. By kinship and by where the school lies, when they are asked for.

# %%
paths = c.paths("khalid-shaikh-mohammed", "mastung", max_length=4)
paths

# %%
through = c.paths("khalid-shaikh-mohammed", "mastung", max_length=4, bearings=["AFFILIATION", "KINSHIP", "PLACE"])
for path in through[:1]:
    print(path.prose)
assert len(through) > len(paths)
assert [h.link.bearing for h in through[0].hops] == ["KINSHIP", "AFFILIATION", "PLACE"], "the family's school comes first"

# %% [markdown]
# ## The neighbourhood, drawn
#
# Dashed lines are disputed; thin ones are poorly credited.

# %%
net = c.neighbourhood("khalid-shaikh-mohammed", depth=2, limit=80)
figure = plots.draw(
    net.filter(entity_kinds=["INDIVIDUAL", "MADRESSAH", "GROUP", "INCIDENT", "PLACE"]), "Two steps around Khalid Shaikh Mohammed"
)
plots.caption(
    figure,
    {s.id: s for x in net.links[:40] for s in c.sources(x)}.values(),
    "Kinship is shown because it was asked for; it says nothing of conduct.",
)
plt.show()

# %% [markdown]
# ## Footnotes for a report

# %%
print(c.neighbourhood("mosaib-al-baluchi", depth=1).cite())
