"""Lists of records that know how many there are in all, and how to become tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from . import _html, frames, report
from .kinds import Incident
from .lens import Lens
from .records import Attribute, Claim, Entity, Exclusion, Hit, Link, Source

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")


class RecordList(list[T], Generic[T]):
    """A list of records. ``total`` is how many there are; ``truncated`` whether it holds fewer.

    ``excluded`` counts what was left out of a list of links or of claims, by reason. Tables have all of it in ``attrs``.
    """

    columns: ClassVar[Sequence[str]] = ()
    brief: ClassVar[Sequence[str]] = ()
    what: ClassVar[str] = "records"

    def __init__(
        self, items: Iterable[T] = (), total: int | None = None, lens: Lens | None = None, excluded: Iterable[Exclusion] = ()
    ) -> None:
        super().__init__(items)
        self.total = len(self) if total is None else total
        self.lens = lens or Lens()
        self.excluded = tuple(excluded)

    @property
    def truncated(self) -> bool:
        """Whether there are more than the list holds."""
        return self.total > len(self)

    def _row(self, item: T) -> frames.Row:
        raise NotImplementedError

    def _shown(self, item: T) -> frames.Row:
        """The row as people read it."""
        return self._row(item)

    def rows(self) -> list[dict[str, Any]]:
        """A dict for each record, with the columns of the table."""
        return [self._row(item) for item in self]

    def to_df(self) -> pd.DataFrame:
        """A pandas table, one row a record; ``attrs`` says under which lens, of how many, and what was left out."""
        return frames.pandas_frame(self.rows(), self.columns, about=self._about())

    def _about(self) -> dict[str, Any]:
        return {"lens": self.lens.parameters(), "total": self.total, "excluded": frames.told(self.excluded)}

    def to_polars(self) -> pl.DataFrame:
        """A polars table, one row a record."""
        return frames.polars_frame(self.rows(), self.columns)

    def _caption(self) -> str:
        count = f"{len(self)} of {self.total}" if self.truncated else str(len(self))
        return f"{count} {self.what}" + (f" under {self.lens!r}" if self.lens != Lens() else "")

    def _notices(self) -> list[str]:
        return ["Left out: " + ", ".join(str(x) for x in self.excluded)] if self.excluded else []

    def __repr__(self) -> str:
        lines = [f"  {line(self._shown(item), self.brief)}" for item in self[: _html.MOST_ROWS]]
        if len(self) > len(lines):
            lines.append(f"  ... {len(self) - len(lines)} more")
        return "\n".join([f"<{self._caption()}>", *(f"  {n}" for n in self._notices()), *lines])

    def _repr_html_(self) -> str:
        return "".join(_html.notice(n) for n in self._notices()) + _html.table([self._shown(x) for x in self], self.brief, self._caption())


def line(row: frames.Row, columns: Sequence[str]) -> str:
    """A row as a line; of what is only true or not, what is true is named."""
    return "  ".join((c if row[c] else "") if isinstance(row[c], bool) else frames.shown(row[c]) for c in columns).rstrip()


def shown_link(x: Link) -> frames.Row:
    """A link as people read it: what stands against it beside its status, when it held, and who says so, by name."""
    status = ", ".join([x.status, *report.doubts(x)])
    return {**frames.link_row(x), "status": status, "held": report.when(x), "speakers": report.voices(x)}


class EntityList(RecordList[Entity]):
    """Entities."""

    columns, brief, what = frames.NODE_COLUMNS, ("id", "kind", "name", "date"), "entities"

    def _row(self, item: Entity) -> frames.Row:
        return frames.node_row(item)


class IncidentList(RecordList[Incident]):
    """Incidents. A figure that is missing is unknown, never 0."""

    columns: ClassVar[Sequence[str]] = (
        *frames.NODE_COLUMNS, "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high", "attack_types",
        "weapons", "target_types", "claimed", "claimed_stated", "places", "place_names",
        "attack_types_grade", "weapons_grade", "target_types_grade",
        *(f"{effect}_{flag}" for effect in ("killed", "wounded") for flag in ("circa", "of_parts", "partial", "disagree")),
    )  # fmt: skip
    brief = ("date", "name", "place_names", "killed_low", "killed_best", "killed_high", "killed_partial", "claimed")
    what = "incidents"

    def _row(self, item: Incident) -> frames.Row:
        said = {c: getattr(item, c) for c in ("attack_types", "weapons", "target_types")}
        lists = {c: frames.texts(values) for c, values in said.items()}
        node = frames.node_row(item)
        graded = {**frames.graded(said), "speakers": node["speakers"] + frames.spoken(said)}
        tolls = {**toll(item, "KILLED"), **toll(item, "WOUNDED")}
        stated = item.claimed_stated.edtf if item.claimed_stated else None
        where = {"places": [p.id for p in item.places], "place_names": [p.name for p in item.places]}
        return {**node, **tolls, **lists, "claimed": item.claimed, "claimed_stated": stated, **where, **graded}


def toll(item: Incident, effect: str) -> frames.Row:
    """The total of an effect, as the server has it."""
    of = next((t for t in item.tolls if t.effect == effect), None)
    parts = ("low", "best", "high", "circa", "of_parts", "partial", "disagree")
    return {f"{effect.lower()}_{name}": getattr(of, name, None) for name in parts}


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
    brief = ("source_name", "kind", "target_name", "status", "hedge", "admiralty", "held", "speakers")

    def _row(self, item: Link) -> frames.Row:
        return frames.link_row(item)

    def _shown(self, item: Link) -> frames.Row:
        return shown_link(item)

    def held_df(self) -> pd.DataFrame:
        """A row for each interval in which a link held; ``attrs`` counts the links that have none, as ``undated`` and ``outside_life``."""
        return frames.pandas_frame(self._held(), frames.HELD_COLUMNS, about=self._about() | self._without())

    def held_polars(self) -> pl.DataFrame:
        """The same as a polars table."""
        return frames.polars_frame(self._held(), frames.HELD_COLUMNS)

    def _held(self) -> list[frames.Row]:
        return [row for x in self for row in frames.held_rows(x)]

    def _without(self) -> dict[str, Any]:
        none = [x for x in self if not x.held]
        return {"undated": sum(x.undated for x in none), "outside_life": sum(x.outside_life for x in none)}


VALUE = ("text", "date", "role", "effect", "low", "best", "high", "unit", "lat", "lon", "precision")  # the parts of a value, in order
NAMED = frozenset({"low", "best", "high", "lat", "lon"})  # those that say what they are only with their name


class AttributeList(RecordList[Attribute]):
    """Attributes of entities; a value without its hedge, grade and speakers is half an answer."""

    columns, what = frames.ATTRIBUTE_COLUMNS, "attributes"
    brief = ("name", "predicate", "value", "polarity", "hedge", "credibility", "disputed", "contested", "rivalled", "speakers")

    def _row(self, item: Attribute) -> frames.Row:
        return frames.attribute_row(item)

    def _shown(self, item: Attribute) -> frames.Row:
        row = frames.attribute_row(item)
        value = [f"{c} {frames.shown(row[c])}" if c in NAMED else frames.shown(row[c]) for c in VALUE if row[c] is not None]
        return {**row, "value": value, "speakers": [f"{s.polarity}: {s.name}" for s in item.speakers]}


class ClaimList(RecordList[Claim]):
    """Claims."""

    columns, what = frames.CLAIM_COLUMNS, "claims"
    brief = ("subject_name", "predicate", "object_name", "text", "polarity", "hedge", "admiralty", "speaker_name", "attributor_name",
             "source_title", "locator")  # fmt: skip

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
