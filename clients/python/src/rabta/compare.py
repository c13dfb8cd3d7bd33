"""What changed between two networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _html, frames
from .lists import EntityList, LinkList, line, shown_link
from .records import Entity, Link, Truncation

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("change", "what", *frames.LINK_COLUMNS)
BRIEF = ("change", "source_name", "kind", "target_name", "what", "status", "hedge", "admiralty", "held", "speakers")


@dataclass(frozen=True)
class LinkChange:
    """A link that is in both, and what of it is another: names of its fields."""

    before: Link
    after: Link
    what: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class NetworkDiff:
    """What came, what went, and which links changed. The lists know how many there are in all; ``changed_total`` that of changed."""

    added_nodes: EntityList
    removed_nodes: EntityList
    added_links: LinkList
    removed_links: LinkList
    changed: Sequence[LinkChange]
    changed_total: int
    partial: Truncation | None = None

    @property
    def truncated(self) -> bool:
        """Whether there is more than the lists hold."""
        lists = (self.added_nodes, self.removed_nodes, self.added_links, self.removed_links)
        return self.partial is not None or any(x.truncated for x in lists) or self.changed_total > len(self.changed)

    def __bool__(self) -> bool:
        return any((self.added_nodes, self.removed_nodes, self.added_links, self.removed_links, self.changed))

    def rows(self) -> list[frames.Row]:
        """A dict for each link that came, went or changed."""
        return self._rows(frames.link_row)

    def _rows(self, row: Callable[[Link], frames.Row]) -> list[frames.Row]:
        out = [{"change": "added", "what": [], **row(x)} for x in self.added_links]
        out += [{"change": "removed", "what": [], **row(x)} for x in self.removed_links]
        out += [{"change": "changed", "what": list(c.what), **row(c.after)} for c in self.changed]
        return out

    def to_df(self) -> pd.DataFrame:
        """A row a link: ``change`` is added, removed or changed; of changed links the row is that of after."""
        return frames.pandas_frame(self.rows(), COLUMNS)

    def _caption(self) -> str:
        links = f"{self.added_links.total} links added, {self.removed_links.total} removed, {self.changed_total} changed"
        cut = "; not all are told" if self.truncated else ""
        return f"{self.added_nodes.total} entities added, {self.removed_nodes.total} removed; {links}{cut}"

    def __repr__(self) -> str:
        lines = ["  " + line(r, BRIEF) for r in self._rows(shown_link)[: _html.MOST_ROWS]]
        return "\n".join([f"<NetworkDiff: {self._caption()}>", *lines])

    def _repr_html_(self) -> str:
        return _html.table(self._rows(shown_link), BRIEF, self._caption())


def compare(nodes: Iterable[Entity], links: Iterable[Link], other_nodes: Iterable[Entity], other_links: Iterable[Link]) -> NetworkDiff:
    """The differences, in the order of the lists; links are the same by their ids."""
    a, b = {e.id: e for e in nodes}, {e.id: e for e in other_nodes}
    before, after = {x.id: x for x in links}, {x.id: x for x in other_links}
    both = [(x, after[i], changes(x, after[i])) for i, x in before.items() if i in after]
    changed = [LinkChange(x, y, what) for x, y, what in both if what]
    return NetworkDiff(
        EntityList(e for i, e in b.items() if i not in a),
        EntityList(e for i, e in a.items() if i not in b),
        LinkList(x for i, x in after.items() if i not in before),
        LinkList(x for i, x in before.items() if i not in after),
        changed,
        len(changed),
    )


def changes(x: Link, y: Link) -> tuple[str, ...]:
    mine, theirs = frames.link_row(x), frames.link_row(y)
    return tuple(c for c in frames.LINK_COLUMNS if mine[c] != theirs[c])
