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
# # Who stands between the others, how sure is that, and on whose word?
#
# Only ties that people and bodies make by their own doing count: affiliation, lineage, cooperation, responsibility. To be accused of
# an attack, to condemn it or to die in it makes nobody central; `bearings` asks for other ties, and what was left out is counted.
#
# A rank in a network of reports is only as good as the reports. Two questions help before a rank is quoted: how far does it
# move when each link is only as likely as its grade (`samples`), and what is left of it without one source (`by_source`)?

# %%
import matplotlib.pyplot as plt
import networkx as nx
import plots
from rabta import Client

c = Client()
part = dict(entity_kinds=["GROUP", "INDIVIDUAL", "ORGANISATION", "INCIDENT"])
ranking = c.measure("BETWEENNESS", limit=12, samples=300, by_source=3, **part)
ranking.to_df()[["rank", "name", "value", "median", "low", "high", "top_ten"]]

# %% [markdown]
# ## Intervals of ranks
#
# The dot is the rank in the network as it stands; the bar holds nine in ten of the ranks over 300 networks, each link kept as
# likely as its credibility says. A bar from 3 to 35 is no rank worth quoting.

# %%
ranks = list(ranking.ranks)[::-1]
figure, axes = plt.subplots(figsize=(9, 5))
for i, r in enumerate(ranks):
    axes.plot([r.interval.low, r.interval.high], [i, i], color=plots.SKY, linewidth=6, solid_capstyle="butt")
    axes.plot(r.rank, i, "o", color=plots.BLUE)
axes.set_yticks(range(len(ranks)), [r.node.name for r in ranks], fontsize=8)
axes.set_xlabel("rank by betweenness (1 is first)")
axes.set_title("How sure the ranks are")
plots.caption(figure, [s.source for r in ranks for s in r.by_source], "300 networks drawn by the credibility of links.")
plt.show()

# %%
assert ranking.exact
assert all(r.interval.low <= r.interval.median <= r.interval.high for r in ranks)

# %% [markdown]
# ## On whose word
#
# Each source is left out in turn. `change` is the value less the value without it.

# %%
for r in ranking.ranks[:4]:
    print(f"{r.rank}. {r.node.name}")
    for s in r.by_source:
        left = "gone" if s.rank is None else f"rank {s.rank}"
        print(f"     without {s.source.title}: {left}")

# %%
figure, axes = plt.subplots(figsize=(9, 4.5))
top = list(ranking.ranks[:6])[::-1]
for i, r in enumerate(top):
    axes.plot(r.value, i, "o", color=plots.BLUE, label="all sources" if i == 0 else None)
    for j, s in enumerate(r.by_source):
        axes.plot(s.value or 0, i, "x", color=plots.RED, label="without one source" if i == 0 and j == 0 else None)
axes.set_yticks(range(len(top)), [r.node.name for r in top], fontsize=8)
axes.set_xlabel("betweenness")
axes.set_title("The same values without one source at a time")
axes.legend(frameon=False)
plots.caption(figure, [s.source for r in top for s in r.by_source])
plt.show()

# %%
most = ranking.ranks[0]
assert most.by_source and any(abs(s.change) > 0.1 * most.value for s in most.by_source), "one source carries a good part of the first rank"

# %% [markdown]
# ## The same figures by networkx
#
# The server's definitions are networkx's, so a notebook can go on from here with its own tools. What it does not follow is to be
# left out: nobody gets by a fight from one side to the other.

# %%
net = c.subgraph(limit=5000, **part)
whole = net.to_networkx()
roles: dict[str, set[str]] = {}
for x in net.links:
    if x.kind == "PARTY_TO":
        roles.setdefault(x.target.id, set()).add(x.role)
whole.remove_edges_from([(x.source.id, x.target.id, x.id) for x in net.links if x.kind == "PARTY_TO" and len(roles[x.target.id]) > 1])
theirs = nx.betweenness_centrality(nx.Graph(whole))
worst = max(abs(theirs[r.node.id] - r.value) for r in ranking.ranks)
print(f"greatest difference: {worst:.1e}")
assert worst < 1e-9
