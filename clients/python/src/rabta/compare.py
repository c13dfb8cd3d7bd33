"""What changed between two networks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _html, frames
from .lists import EntityList, LinkList
from .records import Entity, Link

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("change", "what", *frames.LINK_COLUMNS)
BRIEF = ("change", "source_name", "kind", "target_name", "what", "status", "admiralty")


@dataclass(frozen=True)
class LinkChange:
    """A link that is in both, and what of it is another: names of its fields."""

    before: Link
    after: Link
    what: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class NetworkDiff:
    """What came, what went, and which links changed."""

    added_nodes: EntityList
    removed_nodes: EntityList
    added_links: LinkList
    removed_links: LinkList
    changed: Sequence[LinkChange]

    def __bool__(self) -> bool:
        return any((self.added_nodes, self.removed_nodes, self.added_links, self.removed_links, self.changed))

    def rows(self) -> list[frames.Row]:
        """A dict for each link that came, went or changed."""
        out = [{"change": "added", "what": [], **frames.link_row(x)} for x in self.added_links]
        out += [{"change": "removed", "what": [], **frames.link_row(x)} for x in self.removed_links]
        out += [{"change": "changed", "what": list(c.what), **frames.link_row(c.after)} for c in self.changed]
        return out

    def to_df(self) -> pd.DataFrame:
        """A row a link: ``change`` is added, removed or changed; of changed links the row is that of after."""
        return frames.pandas_frame(self.rows(), COLUMNS)

    def _caption(self) -> str:
        links = f"{len(self.added_links)} links added, {len(self.removed_links)} removed, {len(self.changed)} changed"
        return f"{len(self.added_nodes)} entities added, {len(self.removed_nodes)} removed; {links}"

    def __repr__(self) -> str:
        lines = ["  " + "  ".join(frames.shown(r[c]) for c in BRIEF) for r in self.rows()[: _html.MOST_ROWS]]
        return "\n".join([f"<NetworkDiff: {self._caption()}>", *lines])

    def _repr_html_(self) -> str:
        return _html.table(self.rows(), BRIEF, self._caption())


def compare(nodes: Iterable[Entity], links: Iterable[Link], other_nodes: Iterable[Entity], other_links: Iterable[Link]) -> NetworkDiff:
    """The differences, in the order of the lists; links are the same by their ids."""
    a, b = {e.id: e for e in nodes}, {e.id: e for e in other_nodes}
    before, after = {x.id: x for x in links}, {x.id: x for x in other_links}
    both = [(x, after[i], changes(x, after[i])) for i, x in before.items() if i in after]
    return NetworkDiff(
        EntityList(e for i, e in b.items() if i not in a),
        EntityList(e for i, e in a.items() if i not in b),
        LinkList(x for i, x in after.items() if i not in before),
        LinkList(x for i, x in before.items() if i not in after),
        [LinkChange(x, y, what) for x, y, what in both if what],
    )


def changes(x: Link, y: Link) -> tuple[str, ...]:
    mine, theirs = frames.link_row(x), frames.link_row(y)
    return tuple(c for c in frames.LINK_COLUMNS if mine[c] != theirs[c])
