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
# Here it is the first. A link counts at a date when its claims may hold then, within the lives of its ends; undated claims may hold at
# any time at which both ends are there. Rivalries are no ties by default: `bearings` asks for them.

# %%
import matplotlib.pyplot as plt
import plots
from rabta import Client

c = Client()
part = dict(
    entity_kinds=["GROUP"],
    kinds=["ALLIED_WITH", "COOPERATES_WITH", "PLEDGED_TO", "SUPPORTS", "RIVAL_OF", "FACTION_OF", "SPLINTERED_FROM"],
    bearings=["AFFILIATION", "LINEAGE", "COOPERATION", "HOSTILITY"],
)
early = c.subgraph(lens=c.lens(as_of="2015"), **part)
late = c.subgraph(lens=c.lens(as_of="2024"), **part)
early, late

# %%
change = early.diff(late)
change.to_df()[["change", "source_name", "kind", "target_name", "status", "hedge", "admiralty", "held", "speakers"]]

# %%
ids = {x.id for x in late.links}
assert all(x.id in ids for x in change.added_links)
assert all(x.id not in ids for x in change.removed_links)
assert any(x.kind == "RIVAL_OF" for x in late.links), "rivalries count where they are asked for"

# %% [markdown]
# ## When each link held
#
# A link has an interval for each time in which it held, within the lives of its two ends. The thick part of a bar is certain: there it
# held wherever in their spans its ends lie. In the thin part it may have held. An end that nobody gives has an arrow, and is no more
# than unknown. Links that hold at one of the two dates only are coloured.

# %%
FIRST, LAST = 1985, 2026
rows = [(x, plots.GREEN) for x in change.added_links] + [(x, plots.RED) for x in change.removed_links]
rows += [(x, plots.GREY) for x in late.links if x.id in {y.id for y in early.links}]
dated = [r for r in rows if r[0].held]


def year(day, otherwise):
    return day.year + (day.timetuple().tm_yday - 1) / 365.25 if day else otherwise


dated.sort(key=lambda r: (year(r[0].held[0].start and r[0].held[0].start.earliest, 0), r[0].source.name))
shown = [r for r in dated if year(r[0].latest, LAST) > 1990][-34:]
figure, axes = plt.subplots(figsize=(10, 0.27 * len(shown) + 1.6))
for i, (link, colour) in enumerate(shown):
    for held in link.held:
        begin = year(held.start and held.start.earliest, None)
        sure_from = year(held.start and held.start.latest, None)
        sure_to = year(held.end and held.end.earliest, None)
        end = year(held.end and held.end.latest, None)
        known = [t for t in (begin, sure_from, sure_to, end) if t is not None]
        axes.plot([min(known), max(max(known), min(known) + 0.2)], [i, i], color=colour, linewidth=1.5, alpha=0.7)
        if sure_from is not None and sure_to is not None and sure_from <= sure_to:
            axes.plot([sure_from, max(sure_to, sure_from + 0.2)], [i, i], color=colour, linewidth=6, solid_capstyle="butt")
        if begin is None:
            axes.plot(min(known), i, "<", color=colour, markersize=6)
        if end is None:
            axes.plot(max(known), i, ">", color=colour, markersize=6)
axes.set_yticks(range(len(shown)), [f"{x.source.name}  {x.kind.lower().replace('_', ' ')}  {x.target.name}" for x, _ in shown], fontsize=6)
for at in (2015, 2024):
    axes.axvline(at + 1, color="#222222", linewidth=0.8, linestyle=":")
    axes.text(at + 1, len(shown), f" end of {at}", fontsize=8)
axes.set_xlim(FIRST, LAST + 0.6)
axes.set_title("Links between groups: only in 2015 (red), only in 2024 (green), in both (grey)", pad=18)
without = len(rows) - len(dated)
note = f"The last 34 to begin, of {len(dated)} with dates; {without} that nobody dates are not drawn."
plots.caption(figure, {s.id: s for x, _ in shown for s in c.sources(x)}.values(), note)
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
