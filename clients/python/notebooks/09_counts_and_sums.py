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
# # Counting and adding up: tolls by province and year, attributions, sources, members
#
# `aggregate` counts a whole list by what claims say of its items. Tolls stay ranges, what has no figure is counted beside them, and what
# no claim says is a row of its own. Rows are not to be added to one another: an item may be in several, or in none that has a name.

# %%
import matplotlib.pyplot as plt
import numpy as np
import plots
from rabta import Client

c = Client()
tolls = c.aggregate("incidents", ["ADMIN1", "YEAR"], effects="KILLED")
tolls

# %% [markdown]
# ## Killed, by province and year
#
# A bar goes from the least to the greatest figure, with a mark at the best; an arrow is "at least". Where nobody says how many died there
# is no mark: that is not 0.


# %%
def told(row):
    """A row in words."""
    ends = [f"{n:.0f}" for n in dict.fromkeys((row.killed_low, row.killed_high)) if not np.isnan(n)]
    toll = ("at least " if len(ends) == 1 and np.isnan(row.killed_high) else "") + (" to ".join(ends) or "no figure")
    notes = [f"{row.count} incident{'s' * (row.count > 1)}"]
    notes += [f"{row.killed_without_figure} without figure"] if 0 < row.killed_without_figure < row.count else []
    notes += [f"{row.killed_possibly_same} may be the same"] if row.killed_possibly_same else []
    notes += [f"{row.killed_partial_figures} counts some roles alone"] if row.killed_partial_figures else []
    notes += [f"{row.possible} more may be of then"] if row.possible else []
    worded = [f"{n} as {hedge}" for hedge, n in (h.split(":") for h in row.killed_hedges)]
    return "; ".join([f"{'about ' if row.killed_circa else ''}{toll}", ", ".join(notes), *worded])


table = tolls.to_df()
named = table["admin1_name"].fillna("in no province that a claim names")
provinces = list(dict.fromkeys(named))
heights = [(named == p).sum() + 0.6 for p in provinces]
size = (9, 0.36 * len(table) + 0.75 * len(provinces))
figure, panels = plt.subplots(len(provinces), 1, figsize=size, sharex=True, height_ratios=heights, squeeze=False)
for axes, province in zip(panels[:, 0], provinces):
    rows = table[named == province]
    for i, row in enumerate(rows.itertuples()):
        unknown, unbounded = np.isnan(row.killed_low), np.isnan(row.killed_high)
        end = 0 if unknown else row.killed_low + 8 if unbounded else row.killed_high
        if not unknown:
            axes.plot([row.killed_low, end], [i, i], color=plots.RED, linewidth=2 if unbounded else 6, solid_capstyle="butt")
            axes.plot(row.killed_low, i, "|", color=plots.RED, markersize=12, markeredgewidth=2)
            axes.plot(row.killed_best, i, "o", color=plots.BLUE, markersize=5)
            if unbounded:
                axes.plot(end, i, ">", color=plots.RED, markersize=7)
        axes.annotate(told(row), (end, i), textcoords="offset points", xytext=(10, 0), va="center", fontsize=7)
    axes.set_yticks(range(len(rows)), rows["year"].fillna("no date"), fontsize=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_title(province, fontsize=9)
panels[-1, 0].set_xlim(-4, table["killed_high"].max() * 1.35)
panels[-1, 0].set_xlabel("killed")
figure.suptitle("Killed in the incidents of the graph, by province and year", x=0.01, ha="left", weight="bold")
figure.tight_layout()
plots.caption(
    figure,
    dict.fromkeys(x.source for x in c.claims(where={"predicate": {"eq": "CASUALTIES"}, "subject": {"kind": {"eq": "INCIDENT"}}})),
    f"The whole: {tolls.all['count']} incidents, at least {tolls.all['killed_low']} killed; {tolls.all['killed_without_figure']} have no "
    "figure. Provinces are those of the day of the incident. The graph holds a selection of incidents: this is no count of all violence.",
)
plt.show()

# %%
assert (table["killed_low"].isna() == (table["killed_without_figure"] == table["count"])).all(), "unknown is not nought"
assert (table["killed_low"] <= table["killed_high"].fillna(np.inf)).sum() == table["killed_low"].notna().sum()

# %% [markdown]
# ## Who claimed, and who is accused
#
# What somebody claimed and what others lay to it are rows apart, never to be added; one incident that is laid to several is in the row of
# each. Being accused is not having done it.

# %%
c.aggregate("incidents", "ACTOR", effects="KILLED", order_by="COUNT")

# %% [markdown]
# ## How attributions are worded
#
# Each link that lays an incident to somebody is counted once, by the wording and the credibility of its best claim: 1 is confirmed, 5
# improbable, 6 cannot be judged, and is no worse than 5.

# %%
attributions = c.aggregate("links", ["HEDGE", "CREDIBILITY"], kinds=["ATTRIBUTED_TO"])
attributions

# %%
grid = attributions.to_df().pivot(index="hedge", columns="credibility", values="count").reindex(columns=range(1, 7))
grid = grid.reindex(list(dict.fromkeys(attributions.to_df()["hedge"])))
figure, axes = plt.subplots(figsize=(8, 0.55 * len(grid) + 1.6))
for y, hedge in enumerate(grid.index):
    for credibility in grid.columns:
        n = grid.loc[hedge, credibility]
        if not np.isnan(n):
            axes.scatter(credibility, y, s=160 * n, color=plots.ORANGE, zorder=2)
            axes.annotate(f"{n:.0f}", (credibility, y), ha="center", va="center", fontsize=9, zorder=3)
axes.axvline(5.5, color=plots.GREY, linewidth=0.8, linestyle="dotted")
axes.set_yticks(range(len(grid)), grid.index, fontsize=8)
axes.set_ylim(len(grid) - 0.4, -0.6)
axes.set_xlim(0.5, 6.5)
axes.set_xticks(range(1, 7), ["1\nconfirmed", "2", "3", "4", "5\nimprobable", "6\nnot judged"], fontsize=8)
axes.set_xlabel("credibility of the best claim")
axes.grid(color="#dddddd", zorder=0)
axes.set_title(f"{attributions.all['count']} attributions of incidents, by wording and credibility")
left_out = ", ".join(map(str, attributions.excluded))
plots.caption(figure, dict.fromkeys(s for x in c.links(kinds=["ATTRIBUTED_TO"]) for s in c.sources(x)), f"Left out: {left_out}.")
plt.show()

# %%
assert grid.sum().sum() == attributions.all["count"]

# %% [markdown]
# ## Which sources carry the graph, and how well
#
# Claims by source and credibility. The letter before a title is the reliability of the source; much of one source is not much evidence.

# %%
sources = c.aggregate("claims", ["SOURCE", "CREDIBILITY"], dates="PUBLISHED", ids=False)
said = sources.to_df()
most = said.groupby("source", dropna=False)["count"].sum().nlargest(15).index
names = said.drop_duplicates("source").set_index("source")
print(len(names), "sources; nobody says when those of", sources.all["published_undated"], "claims were published")
sources

# %%
shades = dict(zip(range(1, 7), (plots.GREEN, plots.BLUE, plots.SKY, plots.YELLOW, plots.RED, plots.GREY)))
figure, axes = plt.subplots(figsize=(9, 0.42 * len(most) + 1.4))
ends = np.zeros(len(most))
for credibility, shade in shades.items():
    counts = said[said["credibility"] == credibility].set_index("source")["count"].reindex(most).fillna(0).to_numpy()
    if counts.any():
        axes.barh(range(len(most)), counts, left=ends, color=shade, label=str(credibility))
    ends += counts
for i, end in enumerate(ends):
    axes.annotate(f"{end:.0f}", (end, i), textcoords="offset points", xytext=(4, 0), va="center", fontsize=7)
axes.set_yticks(range(len(most)), [plots.wrapped(f"{names.source_reliability[s]}: {names.source_title[s]}", 58) for s in most], fontsize=7)
axes.invert_yaxis()
axes.set_xlabel("claims")
axes.legend(title="credibility", frameon=False, fontsize=8, title_fontsize=8)
axes.set_title(f"The {len(most)} sources of most claims")
share = said[said["source"].isin(most)]["count"].sum()
plots.caption(figure, [], f"They have {share} of {sources.all['count']} claims; {len(names) - len(most)} other sources have the rest.")
plt.show()

# %%
assert said["count"].sum() == sources.all["count"] and not sources.more

# %% [markdown]
# ## Members by role
#
# Ties of people to bodies, by kind and by the role that the best claim gives. Most give none: nobody is given a role that no source gave.

# %%
members = c.aggregate("links", ["KIND", "ROLE"], kinds=["MEMBER_OF", "LEADS", "FOUNDED", "SPOKE_FOR"])
members

# %%
roles = members.to_df()
shades = dict(zip(dict.fromkeys(roles["kind"]), (plots.BLUE, plots.ORANGE, plots.GREEN, plots.PURPLE)))
figure, axes = plt.subplots(figsize=(9, 0.3 * len(roles) + 1.4))
bars = axes.barh(range(len(roles)), roles["count"], color=[shades[k] for k in roles["kind"]])
for bar, role in zip(bars, roles["role"]):
    bar.set_alpha(1 if isinstance(role, str) else 0.35)
axes.bar_label(bars, fontsize=7, padding=3)
labels = [f"{r.kind}: {r.role if isinstance(r.role, str) else 'no role given'}" for r in roles.itertuples()]
axes.set_yticks(range(len(roles)), labels, fontsize=7)
axes.invert_yaxis()
axes.set_xlabel("links")
axes.set_title(f"{members.all['count']} ties of people to bodies, by role")
left_out = ", ".join(map(str, members.excluded))
plots.caption(figure, [], f"Pale: no claim gives a role. Left out: {left_out}.")
plt.show()

# %%
c.aggregate("links", ["KIND", "STATUS"], kinds=["MEMBER_OF", "LEADS", "FOUNDED", "SPOKE_FOR"])

# %% [markdown]
# The same of one body: any list that an entity has.

# %%
c.aggregate("leaders", ["STATUS", "HEDGE"], of="name:Tehrik-i-Taliban Pakistan", dates="VALID_FROM")

# %%
assert roles["count"].sum() == members.all["count"]
