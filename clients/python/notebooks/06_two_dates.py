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
# # The network at two dates, and the difference
#
# Two different questions: what was the case in 2015 and in 2024 (`as_of`), and what did we *know* at two moments (`known_at`)?
# Here it is the first. A link counts at a date when its claims may hold then; undated claims may hold at any time.

# %%
import matplotlib.pyplot as plt
import plots
from rabta import Client

c = Client()
part = dict(
    entity_kinds=["GROUP"], kinds=["ALLIED_WITH", "COOPERATES_WITH", "PLEDGED_TO", "SUPPORTS", "RIVAL_OF", "FACTION_OF", "SPLINTERED_FROM"]
)
early = c.subgraph(lens=c.lens(as_of="2015"), **part)
late = c.subgraph(lens=c.lens(as_of="2024"), **part)
early, late

# %%
change = early.diff(late)
change.to_df()[["change", "source_name", "kind", "target_name", "status", "admiralty", "valid_from", "valid_to"]]

# %%
ids = {x.id for x in late.links}
assert all(x.id in ids for x in change.added_links)
assert all(x.id not in ids for x in change.removed_links)

# %% [markdown]
# ## When each link held
#
# A bar runs from the first day on which a link may have held to the last. Links that hold at one of the two dates only are
# coloured; an open end has an arrow, for nobody says when it began or ended.

# %%
LAST = 2026
rows = [(x, plots.GREEN) for x in change.added_links] + [(x, plots.RED) for x in change.removed_links]
rows += [(x, plots.GREY) for x in late.links if x.id in {y.id for y in early.links} and x.valid_from]


def year(day, otherwise):
    return day.year + (day.timetuple().tm_yday - 1) / 365.25 if day else otherwise


rows.sort(key=lambda r: (year(r[0].earliest, 0), r[0].source.name))
rows = [r for r in rows if year(r[0].latest, LAST) > 1990][-34:]
figure, axes = plt.subplots(figsize=(10, 0.27 * len(rows) + 1.6))
for i, (link, colour) in enumerate(rows):
    begin, end = year(link.earliest, 1990), year(link.latest, LAST)
    axes.plot([max(begin, 1990), max(end, begin + 0.3)], [i, i], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.9)
    if not link.earliest:
        axes.plot(1990, i, "<", color=colour, markersize=6)
    if not link.latest:
        axes.plot(LAST, i, ">", color=colour, markersize=6)
axes.set_yticks(range(len(rows)), [f"{x.source.name}  {x.kind.lower().replace('_', ' ')}  {x.target.name}" for x, _ in rows], fontsize=6)
for at in (2015, 2024):
    axes.axvline(at + 1, color="#222222", linewidth=0.8, linestyle=":")
    axes.text(at + 1, len(rows), f" end of {at}", fontsize=8)
axes.set_xlim(1990, LAST + 0.6)
axes.set_title("Links between groups: only in 2015 (red), only in 2024 (green), in both (grey)", pad=18)
plots.caption(figure, {s.id: s for x, _ in rows for s in c.sources(x)}.values(), "The last 34 to begin, of those with dates.")
plt.show()

# %% [markdown]
# ## The server's own diff, under conditions
#
# The same between two lenses, with grades of links that became better or worse.

# %%
c.diff("2015", "2024", **part)

# %% [markdown]
# ## What we knew, and when
#
# `published_by` keeps claims whose source had been published by a day. It is the question of hindsight: what could an analyst have
# read before the autumn of 2023?

# %%
before = c.subgraph(lens=c.lens(published_by="2023-09-28"), **part)
now = c.subgraph(**part)
print(f"{len(before.links)} of {len(now.links)} links could be read of by 28 September 2023.")
assert len(before.links) < len(now.links)
