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
# # Your own spreadsheet as claims, checked and imported
#
# A spreadsheet becomes claims when each row says who says it, how sure they sound and where it stands. The server checks all of it
# before it records any of it. The rows below are invented, and so are the groups.
#
# This notebook writes: use a server of your own (`rabta serve --store memory:` forgets everything when it ends).

# %%
import io

import pandas as pd
from rabta import Client

c = Client()
sheet = pd.read_csv(
    io.StringIO(
        """group,relation,other,hedge,page,from,grade
Example Front,ALLIED_WITH,Example League,reported,p. 3,2019,3
Example Front,RIVAL_OF,Sample Brigade,alleged,p. 4,2020-05,4
Sample Brigade,SPLINTERED_FROM,Example League,perhaps,p. 9,2018,3
"""
    ),
    dtype=str,
)
sheet

# %% [markdown]
# ## From rows to records
#
# Ids are readable and stay for good. Sending the same rows twice changes nothing, and a row that was corrected is recorded.


# %%
def slug(name):
    return "example-" + name.lower().replace(" ", "-")


def batch(table):
    groups = sorted({*table["group"], *table["other"]})
    return {
        "actor": "an analyst",
        "reason": "an example of importing a spreadsheet",
        "sources": [{"id": "s_example-sheet", "kind": "REPORT", "title": "An invented report", "publisher": "nobody", "reliability": "F"}],
        "entities": [{"id": slug(g), "kind": "GROUP", "names": [{"value": g, "primary": True}]} for g in groups],
        "claims": [
            {
                "subject": slug(r.group),
                "predicate": r.relation,
                "object": slug(r.other),
                "hedge": r.hedge.upper(),
                "credibility": int(r.grade),
                "source": "s_example-sheet",
                "locator": r.page,
                "validFrom": r[6],
            }
            for r in table.itertuples()
        ],
    }


RECORD = """mutation Record($input: RecordInput!) {
  record(input: $input) {
    commit { sequence replayed sources entities claims }
    userErrors { code field message remedy }
  }
}"""

# %% [markdown]
# ## The first try: a word that is no hedge

# %%
before = c.revision().claims
refused = c.query(RECORD, {"input": batch(sheet)})["record"]
pd.DataFrame(refused["userErrors"])

# %%
assert "PERHAPS" in refused["userErrors"][0]["message"]
assert c.revision().claims == before, "nothing of a batch is recorded when something of it is wrong"

# %% [markdown]
# ## The second: a link that cannot be
#
# The hedge is mended; but somebody wrote a relation between the wrong kinds of things. The answer names the claim and the field.

# %%
better = sheet.assign(hedge=sheet["hedge"].replace({"perhaps": "possible"}))
wrong = better.assign(relation=better["relation"].replace({"SPLINTERED_FROM": "STUDIED_AT"}))
answer = c.query(RECORD, {"input": batch(wrong)})["record"]
pd.DataFrame(answer["userErrors"])

# %%
assert answer["commit"] is None and answer["userErrors"][0]["field"]

# %% [markdown]
# ## And the third

# %%
done = c.query(RECORD, {"input": batch(better)})["record"]
assert not done["userErrors"], done["userErrors"]
done["commit"]

# %%
again = c.query(RECORD, {"input": batch(better)})["record"]
assert again["commit"]["replayed"], "sent again, it changes nothing"

# %% [markdown]
# ## What it became

# %%
front = c.group("example-example-front")
front.allies

# %%
net = c.neighbourhood("example-example-front", depth=2)
net

# %%
print(net.cite())

# %%
assert {x.kind for x in net.links} == {"ALLIED_WITH", "RIVAL_OF", "SPLINTERED_FROM"}
assert len(net.nodes) == 3
