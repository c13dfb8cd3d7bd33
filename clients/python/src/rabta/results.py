"""Answers of link analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from . import _html, aggregation, frames
from .lens import Lens
from .lists import line
from .records import Brief, Exclusion, Link, PartialDate, Record, Source, Truncation

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from .network import Network


COUNTED = frozenset({"spans", "spanning_incidents"})  # figures that are lists, of which the caption says how long they are


@dataclass(frozen=True, kw_only=True)
class Answer(Record):
    """What every answer says about itself: how much it was computed over, and what it leaves out."""

    node_count: int = 0
    link_count: int = 0
    excluded: tuple[Exclusion, ...] = ()
    partial: Truncation | None = None
    lens: Lens = field(default_factory=Lens)
    headed: ClassVar[bool] = False  # whether its text has a line that names the columns

    def rows(self) -> list[frames.Row]:
        """A dict a row of the table."""
        raise NotImplementedError

    def _columns(self) -> Sequence[str]:
        rows = self.rows()
        return list(rows[0]) if rows else []

    def _shown(self) -> tuple[list[frames.Row], Sequence[str]]:
        """The rows as people read them, and their columns."""
        return self.rows(), self._columns()

    def _caption(self) -> str:
        lens = f" under {self.lens!r}" if self.lens != Lens() else ""
        return f"{type(self).__name__} over {self.node_count} entities and {self.link_count} links{lens}"

    def _notices(self) -> list[str]:
        out = [f"Partial: {self.partial.reason} (limit {self.partial.limit})"] if self.partial else []
        if self.excluded:
            out.append("Left out: " + ", ".join(str(x) for x in self.excluded))
        return out

    def to_df(self) -> pd.DataFrame:
        """The rows as a pandas table; ``attrs`` says under which lens, and what was left out."""
        return frames.pandas_frame(self.rows(), self._columns(), self._days(), self._about())

    def to_polars(self) -> pl.DataFrame:
        """The rows as a polars table."""
        return frames.polars_frame(self.rows(), self._columns(), self._days())

    def _about(self) -> dict[str, Any]:
        return {"lens": self.lens.parameters(), "excluded": frames.told(self.excluded)}

    def _days(self) -> Iterable[str]:
        """The columns that are days."""
        return frames.DAYS

    def __repr__(self) -> str:
        rows, columns = self._shown()
        lines = ["  " + "  ".join(columns)] if self.headed else []
        lines += ["  " + line(r, columns) for r in rows[: _html.MOST_ROWS]]
        lines += [f"  ... {len(rows) - _html.MOST_ROWS} more"] if len(rows) > _html.MOST_ROWS else []
        return "\n".join([f"<{self._caption()}>", *(f"  {n}" for n in self._notices()), *lines])

    def _repr_html_(self) -> str:
        return "".join(_html.notice(n) for n in self._notices()) + _html.table(*self._shown(), self._caption())


@dataclass(frozen=True)
class RankInterval(Record):
    """How sure a rank is when each link is as likely as its credibility says: 5 in 100 lie below low, 5 above high."""

    median: int
    low: int
    high: int
    top_ten: float


@dataclass(frozen=True)
class Share(Record):
    """What a rank would be without one source; None where the entity would not be there."""

    source: Source
    value: float | None
    rank: int | None
    change: float


@dataclass(frozen=True)
class Rank(Record):
    """One row of a ranking; ties share a rank."""

    rank: int
    node: Brief
    value: float
    interval: RankInterval | None = None
    by_source: tuple[Share, ...] | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Ranking(Answer):
    """Entities by one measure, highest first. ``exact`` is false where it was estimated, with ``error``."""

    measure: str
    ranks: tuple[Rank, ...]
    exact: bool
    error: float | None
    sequence: int

    @property
    def truncated(self) -> bool:
        """Whether there are entities beyond the rows."""
        return len(self.ranks) < self.node_count

    def rows(self) -> list[frames.Row]:
        out = []
        for x in self.ranks:
            row: frames.Row = {"rank": x.rank, **frames.brief_row(x.node), "value": x.value}
            if x.interval:
                row |= {"median": x.interval.median, "low": x.interval.low, "high": x.interval.high, "top_ten": x.interval.top_ten}
            if x.by_source is not None:
                row["rests_on"] = [s.source.id for s in x.by_source]
            out.append(row)
        return out

    def values(self) -> dict[str, float]:
        """The value of each entity, by id."""
        return {x.node.id: x.value for x in self.ranks}

    def _caption(self) -> str:
        how = "" if self.exact else f", estimated within {self.error}"
        return f"{self.measure}: {len(self.ranks)} of {self.node_count}{how}; {super()._caption()}"


@dataclass(frozen=True, kw_only=True, repr=False)
class Measures(Answer):
    """Several measures side by side: a row an entity, a column a measure."""

    rankings: tuple[Ranking, ...]

    def rows(self) -> list[frames.Row]:
        found: dict[str, Brief] = {x.node.id: x.node for r in self.rankings for x in r.ranks}
        values = [(r.measure.lower(), r.values()) for r in self.rankings]
        return [{**frames.brief_row(e), **{name: by.get(i) for name, by in values}} for i, e in found.items()]

    def __getitem__(self, measure: str) -> Ranking:
        """The ranking by one of the measures."""
        for r in self.rankings:
            if r.measure == measure.upper():
                return r
        raise KeyError(f"{measure} was not measured; there are {', '.join(r.measure for r in self.rankings)}")


@dataclass(frozen=True)
class Community(Record):
    """Entities that are more tied to one another than to others."""

    number: int
    size: int
    members: tuple[Brief, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Communities(Answer):
    """A division of a network. ``count`` is how many there are; below a modularity of about 0.3 there is little structure."""

    communities: tuple[Community, ...]
    count: int
    modularity: float

    def rows(self) -> list[frames.Row]:
        return [{"community": c.number, "size": c.size, **frames.brief_row(m)} for c in self.communities for m in c.members]

    def _caption(self) -> str:
        return f"{len(self.communities)} of {self.count} communities, modularity {self.modularity:.3f}; {super()._caption()}"


@dataclass(frozen=True)
class Hop(Record):
    """A step of a path; ``forward`` says whether it goes along the link."""

    from_: Brief
    to: Brief
    forward: bool
    link: Link


@dataclass(frozen=True)
class Overlap(Record):
    """Some time in which all dated hops of a path may have held together; an end that nothing gives is None, and not for ever."""

    from_: PartialDate | None
    to: PartialDate | None

    def __str__(self) -> str:
        return f"{self.from_ or ''} to {self.to or ''}".strip()


@dataclass(frozen=True)
class Path(Record):
    """A way from one entity to another. ``prose`` tells it in hedged sentences; it rests on ``carried_by`` alone.

    ``when`` is None where no hop is dated, and empty where the hops certainly held at different times; ``undated_hops`` counts
    those of which no claim says when.
    """

    hops: tuple[Hop, ...]
    weakest_credibility: int
    prose: str
    carried_by: tuple[Source, ...]
    excluded: tuple[Exclusion, ...] = ()
    when: tuple[Overlap, ...] | None = None
    undated_hops: int = 0

    def __len__(self) -> int:
        return len(self.hops)

    def __str__(self) -> str:
        return self.prose


@dataclass(frozen=True, kw_only=True, repr=False)
class Paths(Answer):
    """Paths, best first, and the ``network`` that they make together."""

    paths: tuple[Path, ...]
    network: Network

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Any:
        return iter(self.paths)

    def __getitem__(self, at: int) -> Path:
        return self.paths[at]

    def rows(self) -> list[frames.Row]:
        return [
            {
                "path": i,
                "hop": j,
                "from": h.from_.name,
                "kind": h.link.kind,
                "forward": h.forward,
                "to": h.to.name,
                "status": h.link.status,
                "hedge": h.link.hedge,
                "admiralty": h.link.admiralty,
                "bearing": h.link.bearing,
                "contested": h.link.contested,
                "speakers": [str(s) for s in h.link.speakers],
                "held": [str(i) for i in h.link.held],
                "link": h.link.id,
                "when": None if p.when is None else "; ".join(str(o) for o in p.when),
                "undated_hops": p.undated_hops,
            }
            for i, p in enumerate(self.paths, 1)
            for j, h in enumerate(p.hops, 1)
        ]

    def _caption(self) -> str:
        return f"{len(self.paths)} paths" + (f" under {self.lens!r}" if self.lens != Lens() else "")


@dataclass(frozen=True, kw_only=True, repr=False)
class Table(Answer):
    """An answer with figures about the whole, ``figures``, and a table, ``table``."""

    name: str
    figures: Mapping[str, Any]
    table: tuple[frames.Row, ...] = ()

    def rows(self) -> list[frames.Row]:
        return list(self.table)

    def __getitem__(self, figure: str) -> Any:
        """One of the figures, by name."""
        return self.figures[figure]

    def _caption(self) -> str:
        given = {k: len(v) if k in COUNTED else v for k, v in self.figures.items()}
        figures = ", ".join(f"{k} {frames.shown(v)}" for k, v in given.items() if not isinstance(v, (list, tuple, dict)))
        return f"{self.name}: {figures}; {super()._caption()}" if self.node_count else f"{self.name}: {figures}".rstrip(": ")


@dataclass(frozen=True, kw_only=True, repr=False)
class Aggregation(Answer):
    """A list counted and added up. ``all`` is the whole list as one row, each item once; ``more`` counts the rows beyond the table.

    An item is in each row to which claims put it, so that rows are not to be added to one another. A key that is None is what no
    claim says, and a figure that is None what none gives: neither is 0. ``more``, ``all`` and what was left out are in ``attrs``.
    ``keys`` are the columns that the rows are by, and ``by`` those with what stands beside them, such as names.
    """

    headed: ClassVar[bool] = True
    what: str
    of: str | None = None
    keys: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    table: tuple[frames.Row, ...] = ()
    all: frames.Row = field(default_factory=dict)
    more: int = 0

    @property
    def truncated(self) -> bool:
        """Whether there are rows beyond the table."""
        return self.more > 0

    def rows(self) -> list[frames.Row]:
        return list(self.table)

    def _columns(self) -> Sequence[str]:
        return [*self.by, *self.all] if self.by else list(self.all)

    def _shown(self) -> tuple[list[frames.Row], Sequence[str]]:
        rows = [aggregation.shown(r, self.keys) for r in self.table]
        columns = list(rows[0]) if rows else self.keys
        return rows, [c for c in columns if c != "possible" or any(r[c] for r in rows)]

    def _days(self) -> Iterable[str]:
        return [c for c in self._columns() if c.endswith(("_from", "_to"))]

    def _about(self) -> dict[str, Any]:
        return super()._about() | {"all": {c: v for c, v in self.all.items() if c != "ids"}, "more": self.more}

    def _caption(self) -> str:
        of = f" of {self.of}" if self.of else ""
        beyond = f", and {self.more} rows beyond these" if self.more else ""
        lens = f" under {self.lens!r}" if self.lens != Lens() else ""
        return f"{self.what}{of}: {self.all['count']} in all{beyond}{lens}"

    def _notices(self) -> list[str]:
        several = bool(self.keys) and sum(r["count"] for r in self.table) > self.all["count"]
        return [*(["Some are in several rows: the rows come to more than the list"] if several else []), *super()._notices()]


def day(text: str) -> dt.date:
    """A day that the server gives."""
    return dt.date.fromisoformat(text)
