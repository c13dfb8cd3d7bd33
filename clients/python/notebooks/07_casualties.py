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
# # Casualties as ranges, over time and on a map
#
# Tolls differ by source and by hour. Adding best figures up hides that; adding ranges up does not. Unknown is not nought: incidents
# without a figure are counted beside the sum.

# %%
import matplotlib.pyplot as plt
import pandas as pd
import plots
from rabta import Client

c = Client()
incidents = c.incidents(start="2000")
table = incidents.to_df()
table[["name", "date", "place_names", "killed_low", "killed_best", "killed_high", "killed_partial", "claimed", "claimed_stated"]]

# %% [markdown]
# ## Each incident with its range

# %%
known = table[table["killed_low"].notna() | table["killed_best"].notna()].sort_values("earliest")
figure, axes = plt.subplots(figsize=(9, 0.42 * len(known) + 1.4))
for i, row in enumerate(known.itertuples()):
    figures = [n for n in (row.killed_low, row.killed_best, row.killed_high) if pd.notna(n)]
    axes.plot([min(figures), max(figures)], [i, i], color=plots.RED, linewidth=4, solid_capstyle="butt")
    if pd.notna(row.killed_best):
        axes.plot(row.killed_best, i, "o", color=plots.BLUE)
    if pd.isna(row.killed_high):
        axes.plot(max(figures), i, ">", color=plots.RED)
axes.set_yticks(range(len(known)), [f"{r.date}: {plots.wrapped(r.name, 60)}" for r in known.itertuples()], fontsize=7)
axes.set_xlabel("killed: from the least to the greatest figure; an arrow is 'at least'")
axes.set_xlim(left=0)
axes.set_title("Killed, by incident")
plots.caption(figure, {s.id: s for x in incidents for s in c.sources(x)}.values())
plt.show()

# %%
bounded = known.dropna(subset=["killed_low", "killed_high"])
assert (bounded["killed_low"] <= bounded["killed_high"]).all()

# %% [markdown]
# ## By year
#
# `timeline` adds the ranges up. Where one incident has no upper bound, neither has the sum. Incidents that may be one and the same
# are in the least figure once. A year without a figure has none, not nought. What no date puts into one year is in no row, and named
# here.

# %%
timeline = c.timeline([x.id for x in incidents])
years = timeline.to_df()
years = years[years["incidents"].map(len) > 0]
years = years.rename(columns=lambda c: c.removeprefix("happened_"))
print("in no one year:", *timeline["spanning_incidents"], sep="\n  ")
years[["period", "killed_low", "killed_best", "killed_high", "without_figure", "possibly_same"]]

# %%
figure, axes = plt.subplots(figsize=(9, 4))
spots = range(len(years))
low = pd.to_numeric(years["killed_low"]).fillna(0)
axes.bar(spots, low, color=plots.RED, label="at least")
high = pd.to_numeric(years["killed_high"])
axes.bar(spots, (high - low).fillna(0), bottom=low, color=plots.ORANGE, alpha=0.6, label="up to, where bounded")
for i, row in enumerate(years.itertuples()):
    notes = [] if pd.notna(row.killed_high) or pd.isna(row.killed_low) else ["no upper bound"]
    notes += [f"{row.possibly_same} may be one"] if row.possibly_same else []
    notes += [f"{row.without_figure} without figure"] if row.without_figure else []
    top = 0 if pd.isna(row.killed_low) else row.killed_low
    axes.annotate("\n".join(notes), (i, top), textcoords="offset points", xytext=(0, 12), ha="center", fontsize=7, color="#555555")
axes.set_xticks(spots, years["period"])
axes.margins(y=0.2)
axes.set_ylabel("killed")
axes.legend(frameon=False)
axes.set_title("Killed in the incidents of the graph, by year")
plots.caption(
    figure,
    {s.id: s for x in incidents for s in c.sources(x)}.values(),
    "The graph holds a selection of incidents: this is no count of all violence.",
)
plt.show()

# %% [markdown]
# ## On a map
#
# An incident stands where it happened, as exactly as its sources say; many know the district, not the spot. Ties to places count only
# where they are asked for (`bearings`). A spot without any figure says so: it is not "at least 0".

# %%
net = c.subgraph(entity_kinds=["INCIDENT", "PLACE"], kinds=["OCCURRED_AT", "LOCATED_IN"], bearings=["PLACE"])
features = net.to_geojson()["features"]
incidents_there = [f for f in features if f["properties"]["kind"] == "INCIDENT"]
places = [f for f in features if f["properties"]["kind"] == "PLACE"]
without = sum(e.kind == "INCIDENT" for e in net.nodes) - len(incidents_there)
len(incidents_there), len(places), without

# %%
deaths = {r.id: r.killed_low for r in table.itertuples()}
figure, axes = plt.subplots(figsize=(9, 8))
for f in places:
    lon, lat = f["geometry"]["coordinates"]
    axes.plot(lon, lat, ".", color=plots.GREY, markersize=4)
    axes.annotate(f["properties"]["name"], (lon, lat), textcoords="offset points", xytext=(4, -8), fontsize=6, color="#777777")
spots = {}
for f in incidents_there:
    spots.setdefault(tuple(f["geometry"]["coordinates"]), []).append(deaths.get(f["properties"]["id"], float("nan")))
for i, ((lon, lat), killed) in enumerate(sorted(spots.items(), key=lambda x: x[0][1])):
    given = [n for n in killed if pd.notna(n)]
    axes.plot(lon, lat, "o", color=plots.RED, alpha=0.5, markersize=5 + sum(given) ** 0.5 * 1.4)
    told = [f"{len(killed)} incident{'s' * (len(killed) > 1)}"]
    told += [f"at least {sum(given):.0f} killed"] if given else []
    told += [f"{len(killed) - len(given)} without figure"] if len(given) < len(killed) else []
    text = ", ".join(told)
    left = lon < 68
    axes.annotate(
        text,
        (lon, lat),
        textcoords="offset points",
        xytext=(-18 if left else 14, 12 if i % 2 else -14),
        ha="right" if left else "left",
        fontsize=8,
    )
axes.set_aspect(1 / 0.86)
axes.margins(0.35)
axes.set_xlabel("longitude")
axes.set_ylabel("latitude")
axes.set_title("Where the incidents happened; size by least killed")
plots.caption(
    figure,
    {s.id: s for x in incidents for s in c.sources(x)}.values(),
    f"{without} incidents are not drawn: nobody says where they were, or no point is known. Grey: places of the graph. No boundaries are "
    "drawn: some are disputed. Spots are not to be added: some incidents may be one.",
)
plt.show()

# %%
assert len(incidents_there) > 5 and all(-180 <= f["geometry"]["coordinates"][0] <= 180 for f in features)

# %% [markdown]
# ## What a province comes to
#
# `sums` counts each incident once, in whichever place within the province it happened, and those that may be one and the same once in
# the least figure. Of an actor it has three rows, which are not to be added: what it claimed, what others lay to it, and what they lay
# to it and it denied.

# %%
provinces = pd.concat([c.sums(p).to_df().assign(place=p) for p in ("balochistan", "khyber-pakhtunkhwa")])
columns = ["incidents", "killed_low", "killed_best", "killed_high", "killed_without_figure", "possibly_same"]
provinces[["place", *columns]]

# %%
actors = pd.concat([c.sums(g).to_df().assign(actor=g) for g in ("is-k", "ttp")])
actors[["actor", "row", *columns]]

# %%
assert (provinces["killed_without_figure"] <= provinces["incidents"]).all()
assert actors.loc[actors["incidents"] == 0, "killed_low"].isna().all(), "unknown is not nought"
