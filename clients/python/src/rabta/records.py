"""What answers are made of: plain, unchangeable records.

Words of closed lists (kinds, hedges, statuses) are text as the server's schema has them,
so that values of a newer server arrive too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from .lens import Lens

if TYPE_CHECKING:
    from ._base import Base
    from .lists import LinkList


class Record:
    """A record that can be turned into a dict."""

    def to_dict(self) -> dict[str, Any]:
        """The fields by name; records within become dicts, dates stay dates."""
        return {f.name: as_plain(getattr(self, f.name)) for f in fields(self) if f.repr}  # type: ignore[arg-type]

    def _repr_html_(self) -> str:
        from . import _html, frames  # they know the records

        fields_of = {f.name: in_words(getattr(self, f.name)) for f in fields(self) if f.repr}  # type: ignore[arg-type]
        known = frames.flat({k: v for k, v in fields_of.items() if v is not None and v != []})
        rows = [{"field": k, "value": v} for k, v in known.items() if v is not None]
        return _html.table(rows, ("field", "value"), type(self).__name__, most=len(rows))


def in_words(value: Any) -> Any:
    """A field as people read it: attributes with their hedge, grade and speakers."""
    if isinstance(value, Attribute):
        return str(value)
    if isinstance(value, tuple):
        return [in_words(v) for v in value]
    return as_plain(value)


def as_plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (tuple, list)):
        return [as_plain(v) for v in value]
    return value


@dataclass(frozen=True)
class PartialDate(Record):
    """A date as it was written, with the first and the last day that it may mean; None is open."""

    edtf: str
    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: str = "DAY"
    circa: bool = False
    uncertain: bool = False

    def __str__(self) -> str:
        return self.edtf


@dataclass(frozen=True)
class Exclusion(Record):
    """What was left out of an answer for one reason: by the lens, because its bearing was not asked for, or of paths."""

    reason: str
    claims: int
    links: int
    bearing: str | None = None
    paths: int = 0

    def __str__(self) -> str:
        if self.paths:
            return f"{self.reason} ({self.paths} paths)"
        return f"{self.bearing or self.reason} ({self.claims} claims, {self.links} links)"


@dataclass(frozen=True)
class Truncation(Record):
    """Why an answer is not complete: the reason, the limit that was met, and the depth that was reached."""

    reason: str
    limit: int
    depth: int


@dataclass(frozen=True)
class Point(Record):
    """A place on the globe in degrees (WGS 84), and how exactly it is known."""

    lat: float
    lon: float
    precision: str


@dataclass(frozen=True)
class Brief(Record):
    """An entity in brief: id, kind and name. Taken wherever an entity is asked for."""

    id: str
    kind: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Speaker(Record):
    """Who says that a link holds, or that it does not: an entity, or else a text; ``role`` says what makes it the speaker.

    ``count`` is how many claims are its own that speak this way.
    """

    entity: Brief | None
    text: str | None
    role: str
    polarity: str
    count: int

    @property
    def name(self) -> str:
        """The name of the entity, or the text, as a sentence has it."""
        if self.role == "UNNAMED":
            return "an unnamed official"
        return self.entity.name if self.entity else self.text or ""

    def __str__(self) -> str:
        return f"{self.polarity}:{self.count}:{self.entity.id if self.entity else self.text}"


@dataclass(frozen=True)
class Value(Record):
    """What an attribute is said to be: the parts that the predicate takes."""

    text: str | None = None
    date: PartialDate | None = None
    role: str | None = None
    effect: str | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    circa: bool = False
    unit: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    marking: str | None = None
    stamp: str | None = None
    lang: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class Attribute(Record):
    """What claims add up to about an attribute of an entity, with hedge, grade and speakers; ``claims`` are ids."""

    entity: Brief
    predicate: str
    value: Value | None
    polarity: str
    hedge: str
    credibility: int
    independent_sources: int
    disputed: bool
    contested: bool
    #: whether another value of an attribute that has one is as good or better
    rivalled: bool
    speakers: tuple[Speaker, ...]
    marking: str
    claims: tuple[str, ...]

    @property
    def text(self) -> str | None:
        """The value where it is a text."""
        return self.value.text if self.value else None

    @property
    def date(self) -> PartialDate | None:
        """The value where it is a date."""
        return self.value.date if self.value else None

    @property
    def point(self) -> Point | None:
        """The value where it is a place on the globe."""
        v = self.value
        return None if v is None or v.lat is None or v.lon is None else Point(v.lat, v.lon, v.precision or "UNKNOWN")

    @property
    def marked(self) -> str:
        """Its hedge and grade, and what stands against it, as files have them: STATED:2, OFFICIAL:2:CONTESTED."""
        return marked(self)

    def __str__(self) -> str:
        v = self.value
        figures = [str(n) for n in (v.low, v.best, v.high) if n is not None] if v else []
        what = self.text or self.date or (", ".join(figures) if figures else self.point) or ""
        who = [s.name for s in self.speakers if s.polarity == self.polarity]
        said = [self.hedge, str(self.credibility), *(["disputed"] if self.disputed else ["contested"] if self.contested else [])]
        return f"{what} ({', '.join(said)}{', according to ' + ' and '.join(who) if who else ''})"


@dataclass(frozen=True)
class Name(Record):
    """A name of an entity, with the hedge and grade of the best claim that gives it, and who says so."""

    value: str
    #: a BCP 47 tag; None for Latin script of no particular language
    lang: str | None
    form: str
    primary: bool
    hedge: str
    credibility: int
    disputed: bool
    contested: bool
    speakers: tuple[Speaker, ...]

    @property
    def marked(self) -> str:
        """Its hedge and grade, and what stands against it, as files have them: STATED:2, OFFICIAL:2:CONTESTED."""
        return marked(self)

    def __str__(self) -> str:
        return self.value


def marked(said: Attribute | Name) -> str:
    against = ":DISPUTED" if said.disputed else ":CONTESTED" if said.contested else ""
    return f"{said.hedge}:{said.credibility}{against}"


@dataclass(frozen=True)
class Retired(Record):
    """Why an entity counts no more; ``successor`` is the id of what stands in its place."""

    reason: str
    successor: str | None = None


@dataclass(frozen=True)
class Entity(Brief):
    """Who or what is spoken of; what is said of it is a list of attributes each, best first.

    One with ``retired`` was recorded by mistake, and is in no list; ``retired_below`` says that it is so for those who may
    see less.
    """

    names: tuple[str, ...] = ()
    same_ids: tuple[str, ...] = ()
    description: tuple[Attribute, ...] = ()
    subtype: tuple[Attribute, ...] = ()
    representation: str = "NAMED"
    external: tuple[Attribute, ...] = ()
    marking: str = "CLEAR"
    date: PartialDate | None = None
    location: Point | None = None
    #: the names with hedge, grade and speakers, in the order of ``names``
    named: tuple[Name, ...] = ()
    retired: Retired | None = None
    retired_below: bool = False
    #: what ``date`` and ``location`` rest on
    dated: Attribute | None = None
    located: Attribute | None = None
    _client: Base | None = field(default=None, repr=False, compare=False)
    _lens: Lens | None = field(default=None, repr=False, compare=False)

    def links(self, *kinds: str) -> LinkList:
        """Its links of some kinds, or of all, under the lens that it was read under."""
        return bound(self).links(of=self, kinds=kinds or None, lens=frozen(self._lens))

    def _related(self, field_name: str) -> LinkList:
        return bound(self)._related(self.kind.lower(), field_name, self.id, frozen(self._lens))


def frozen(lens: Lens | None) -> Lens:
    """The lens as it is, whatever blocks are open."""
    return Lens(fresh=True) if lens is None else Lens(fresh=True, **lens._given())


def bound(entity: Entity) -> Base:
    if entity._client is None:
        raise ValueError(f"{entity.id} was made by hand; get it from a Client to ask for its links")
    return entity._client


@dataclass(frozen=True)
class Casualties(Record):
    """A toll; None is unknown, never 0. ``claims`` are the ids of those that give it.

    ``valid_from`` and ``valid_to`` are the time that a figure of a place is of; those of an incident have none of their own.
    """

    role: str
    effect: str
    low: int | None
    best: int | None
    high: int | None
    circa: bool
    claims: tuple[str, ...] = ()
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None


@dataclass(frozen=True)
class Figures(Record):
    """How many, as claims give it; None is unknown, never 0."""

    low: int | None
    best: int | None
    high: int | None
    circa: bool


@dataclass(frozen=True)
class Toll(Record):
    """How many were harmed in one way in all; None is unknown, never 0.

    ``of_parts``: no claim gives a total, and it is the sum of the roles; ``partial``: without one of civilians,
    security forces and militants. ``disagree``: the roles come to more than any claim gives in all.
    ``parts`` is what the roles come to beside a total, and ``casualties`` are the figures by role. ``valid_from`` and ``valid_to``
    are the time that a figure of a place is of.
    """

    effect: str
    low: int | None
    best: int | None
    high: int | None
    circa: bool
    of_parts: bool
    partial: bool
    disagree: bool
    casualties: tuple[Casualties, ...] = ()
    parts: Figures | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None


@dataclass(frozen=True)
class Interval(Record):
    """Some time in which a link held; an end that is None is not known, which is not for ever.

    ``cut_by_life``: a claim's own time reaches out of the life of an end of the link. ``claims`` are ids.
    """

    start: PartialDate | None
    end: PartialDate | None
    cut_by_life: bool
    claims: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """From when to when, as a sentence has it."""
        if self.start and self.end:
            return f"within {self.start}" if self.start == self.end else f"{self.start} to {self.end}"
        return f"from {self.start}" if self.start else f"until {self.end}"

    def __str__(self) -> str:
        return f"{self.start or ''}:{self.end or ''}"


@dataclass(frozen=True)
class Link(Record):
    """What claims add up to between two entities, under the lens of the question."""

    id: str
    kind: str
    source: Brief
    target: Brief
    status: str
    credibility: int
    reliability: str | None
    hedge: str
    independent_sources: int
    disputed: bool
    contested: bool
    #: what sort of tie it is, such as AFFILIATION, RESPONSIBILITY, HARM or KINSHIP
    bearing: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    undated: bool
    dates_disagree: bool
    affirmed: int
    denied: int
    no_evidence: int
    role: str | None
    basis: str | None
    attributor: Brief | None
    modes: tuple[str, ...]
    grade: str | None
    #: of relatives, what the one that it starts from is to the other, as claims say, the best first
    source_is: tuple[str, ...]
    stage: str | None
    nature: str | None
    channel: str | None
    marking: str
    #: ids of the sources in which the claims about it that count were read
    sources: tuple[str, ...]
    #: how many claims about it count
    claims: int
    #: who says so: those who affirm it first, then those who deny it
    speakers: tuple[Speaker, ...] = ()
    #: OUT where it leads from source to target, BOTH where its ends are alike
    direction: str = "OUT"
    #: the intervals in which it held, within the lives of its ends; what claims do not date is in none
    held: tuple[Interval, ...] = ()
    #: whether it is known to have ended before it held again
    interrupted: bool = False
    #: whether all claims that say when have it hold while an end of it did not live or exist
    outside_life: bool = False
    #: ids of the claims that stand against those that affirm it
    contradicted_by: tuple[str, ...] = ()
    #: what the far end is to the entity from which it was reached; empty where it was reached from none
    other_is: tuple[str, ...] = ()
    #: how much it was about, as claims say, the best first; never added up
    amounts: tuple[LinkAmount, ...] = ()
    #: of two views taken together, which have it: FIRST, SECOND or BOTH; it is read as the first of them that has it does
    combined: str | None = None

    @property
    def admiralty(self) -> str:
        """The grade as analysts write it: the letter of the source and the number of the claim, such as C3."""
        return f"{self.reliability or 'F'}{self.credibility}"

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which it may have held; None is open."""
        return self.valid_from.earliest if self.valid_from else None

    @property
    def latest(self) -> dt.date | None:
        """The last day on which it may have held; None is open."""
        return self.valid_to.latest if self.valid_to else None

    def __str__(self) -> str:
        return f"{self.source.name} {self.kind} {self.target.name} ({self.status}, {self.hedge}, {self.admiralty})"


@dataclass(frozen=True)
class Source(Record):
    """What a claim was read in. ``derived_from`` are ids of sources that it relies on."""

    id: str
    kind: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: PartialDate | None
    url: str | None
    language: str | None
    licence: str | None
    note: str | None
    reliability: str
    marking: str
    withdrawn: bool
    derived_from: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its title."""
        return self.title

    def __str__(self) -> str:
        parts = [", ".join(self.authors), f'"{self.title}"', self.publisher, self.published and self.published.edtf, self.url]
        return ", ".join(str(p) for p in parts if p)


@dataclass(frozen=True)
class Amount(Record):
    """How much something was about, and what is counted; a bound that the source does not give is None."""

    low: float | None
    best: float | None
    high: float | None
    unit: str

    def __str__(self) -> str:
        return ":".join(["" if x is None else f"{x:.15g}" for x in (self.low, self.best, self.high)] + [self.unit])


@dataclass(frozen=True)
class LinkAmount(Amount):
    """An amount that claims give to a link, and how well."""

    hedge: str
    credibility: int
    disputed: bool
    contested: bool

    @property
    def marked(self) -> str:
        """Its hedge and grade, as files have them: STATED:2."""
        return f"{self.hedge}:{self.credibility}"


@dataclass(frozen=True)
class Claim(Record):
    """What one source says."""

    id: str
    label: str | None
    subject: Brief | None
    predicate: str
    object: Brief | None
    value: Value | None
    hedge: str
    credibility: int
    polarity: str
    speaker: Brief | None
    attributor: Brief | None
    source: Source
    origin: Source | None
    locator: str | None
    excerpt: str | None
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    recorded_at: dt.datetime
    sequence: int
    marking: str
    retracted: bool
    link: str | None
    #: whether it stands while it is taken back for some who see less
    withdrawn_below: bool = False
    #: what it says, in one sentence with its hedge and who says so
    text: str | None = None
    #: who speaks, in words, where that is no entity
    speaker_text: str | None = None
    role: str | None = None
    stage: str | None = None
    nature: str | None = None
    channel: str | None = None
    basis: str | None = None
    grade: str | None = None
    #: what the subject is to the object, of relatives
    degree: str | None = None
    modes: tuple[str, ...] = ()
    #: how much it was about
    amount: Amount | None = None
    #: the rule that inferred it; None for what was read
    rule: str | None = None

    @property
    def admiralty(self) -> str:
        """The letter of the source and the number of the claim, such as C3."""
        return f"{self.source.reliability}{self.credibility}"


@dataclass(frozen=True)
class Hit(Record):
    """What a search found: the entity, the name that matched, how (EXACT, PREFIX, WORD and so on), and how well, from 0 to 1."""

    entity: Entity
    match: str
    matched: str
    score: float

    @property
    def id(self) -> str:
        """The id of the entity."""
        return self.entity.id


@dataclass(frozen=True)
class Revision(Record):
    """Which moment of the graph a server shows, and how much it holds."""

    sequence: int
    recorded_at: dt.datetime | None
    entities: int
    links: int
    claims: int
    sources: int
    store: str
    store_reached: dt.datetime | None
    store_answers: bool
