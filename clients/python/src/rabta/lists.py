"""Lists of records that know how many there are in all, and how to become tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from . import _html, frames
from .kinds import Incident
from .lens import Lens
from .records import Claim, Entity, Hit, Link, Source

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")


class RecordList(list[T], Generic[T]):
    """A list of records. ``total`` is how many there are; ``truncated`` whether it holds fewer."""

    columns: ClassVar[Sequence[str]] = ()
    brief: ClassVar[Sequence[str]] = ()
    what: ClassVar[str] = "records"

    def __init__(self, items: Iterable[T] = (), total: int | None = None, lens: Lens | None = None) -> None:
        super().__init__(items)
        self.total = len(self) if total is None else total
        self.lens = lens or Lens()

    @property
    def truncated(self) -> bool:
        """Whether there are more than the list holds."""
        return self.total > len(self)

    def _row(self, item: T) -> frames.Row:
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """A dict for each record, with the columns of the table."""
        return [self._row(item) for item in self]

    def to_df(self) -> pd.DataFrame:
        """A pandas table, one row a record."""
        return frames.pandas_frame(self.rows(), self.columns)

    def to_polars(self) -> pl.DataFrame:
        """A polars table, one row a record."""
        return frames.polars_frame(self.rows(), self.columns)

    def _caption(self) -> str:
        count = f"{len(self)} of {self.total}" if self.truncated else str(len(self))
        return f"{count} {self.what}" + (f" under {self.lens!r}" if self.lens != Lens() else "")

    def __repr__(self) -> str:
        lines = [f"  {line(self._row(item), self.brief)}" for item in self[: _html.MOST_ROWS]]
        if len(self) > len(lines):
            lines.append(f"  ... {len(self) - len(lines)} more")
        return "\n".join([f"<{self._caption()}>", *lines])

    def _repr_html_(self) -> str:
        return _html.table(self.rows(), self.brief, self._caption())


def line(row: frames.Row, columns: Sequence[str]) -> str:
    return "  ".join(frames.shown(row[c]) for c in columns)


class EntityList(RecordList[Entity]):
    """Entities."""

    columns, brief, what = frames.NODE_COLUMNS, ("id", "kind", "name", "date"), "entities"

    def _row(self, item: Entity) -> frames.Row:
        return frames.node_row(item)


class IncidentList(RecordList[Incident]):
    """Incidents. A figure that is missing is unknown, never 0."""

    columns: ClassVar[Sequence[str]] = (
        *frames.NODE_COLUMNS, "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high", "attack_types",
        "weapons", "target_types", "claimed", "claimed_stated",
    )  # fmt: skip
    brief, what = ("date", "name", "killed_low", "killed_best", "killed_high", "claimed"), "incidents"

    def _row(self, item: Incident) -> frames.Row:
        lists = {c: list(getattr(item, c)) for c in ("attack_types", "weapons", "target_types")}
        tolls = {**toll(item, "KILLED"), **toll(item, "WOUNDED")}
        stated = item.claimed_stated.edtf if item.claimed_stated else None
        return {**frames.node_row(item), **tolls, **lists, "claimed": item.claimed, "claimed_stated": stated}


def toll(item: Incident, effect: str) -> frames.Row:
    """The total of an effect, as the server has it."""
    of = next((t for t in item.tolls if t.effect == effect), None)
    return {f"{effect.lower()}_{name}": getattr(of, name, None) for name in ("low", "best", "high")}


class HitList(RecordList[Hit]):
    """What a search found, best match first."""

    columns = ("match", "matched", *frames.NODE_COLUMNS, "score")
    brief, what = ("id", "kind", "name", "match", "matched"), "found"

    def _row(self, item: Hit) -> frames.Row:
        return frames.hit_row(item)

    @property
    def entities(self) -> EntityList:
        """The entities, in the same order."""
        return EntityList((h.entity for h in self), self.total, self.lens)


class LinkList(RecordList[Link]):
    """Links."""

    columns, what = frames.LINK_COLUMNS, "links"
    brief = ("source_name", "kind", "target_name", "status", "admiralty", "valid_from", "valid_to")

    def _row(self, item: Link) -> frames.Row:
        return frames.link_row(item)


class ClaimList(RecordList[Claim]):
    """Claims."""

    columns, what = frames.CLAIM_COLUMNS, "claims"
    brief = ("subject", "predicate", "object", "text", "polarity", "hedge", "admiralty", "source_title", "locator")

    def _row(self, item: Claim) -> frames.Row:
        return frames.claim_row(item)


class SourceList(RecordList[Source]):
    """Sources."""

    columns, what = frames.SOURCE_COLUMNS, "sources"
    brief = ("id", "title", "publisher", "published", "reliability")

    def _row(self, item: Source) -> frames.Row:
        return frames.source_row(item)


class Rows(RecordList[T]):
    """A list whose rows are made by a function: for answers of link analysis."""

    def __init__(
        self,
        items: Iterable[T],
        make: Callable[[T], frames.Row],
        columns: Sequence[str],
        what: str,
        total: int | None = None,
        lens: Lens | None = None,
    ) -> None:
        super().__init__(items, total, lens)
        self._make = make
        self.columns = self.brief = tuple(columns)  # type: ignore[misc]
        self.what = what  # type: ignore[misc]

    def _row(self, item: T) -> frames.Row:
        return self._make(item)
