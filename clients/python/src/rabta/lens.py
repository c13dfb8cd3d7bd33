"""Which claims count: the conditions that a question is asked under."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from typing import Any, Union

from ._generated.input_types import LensInput

Day = Union[str, dt.date]
Moment = Union[str, dt.date]

#: The blocks that are open, innermost last: their lenses as given, and laid over those around them.
_open: ContextVar[tuple[tuple[Lens, Lens], ...]] = ContextVar("rabta_lens", default=())


@dataclass(frozen=True, kw_only=True, repr=False)
class Lens:
    """Conditions on claims; what is not given stays as it is around.

    As a context manager it holds for every question of every client within the block,
    laid over the lenses of the blocks around it: conditions that it names replace
    theirs, others go on. ``Lens(fresh=True)`` begins with the server's default instead.
    Blocks belong to a thread or a task; a thread that is started within one does not
    inherit it, so give threads ``lens=current()``.

    ``as_of`` and ``published_by`` take a day, or a month or year, which means its last day.
    ``known_at`` takes a moment with its zone, or a day, which means its end in UTC.

    >>> Lens(as_of="2014", min_credibility=3)
    Lens(as_of='2014-12-31', min_credibility=3)
    >>> with Lens(as_of="2014"):
    ...     with Lens(min_credibility=2):
    ...         current()
    ...     current()
    Lens(as_of='2014-12-31', min_credibility=2)
    Lens(as_of='2014-12-31')
    >>> current()
    Lens()
    """

    as_of: Day | None = None
    as_of_mode: str | None = None
    known_at: Moment | None = None
    known_at_sequence: int | None = None
    published_by: Day | None = None
    min_credibility: int | None = None
    min_reliability: str | None = None
    include_unjudged: bool | None = None
    min_independent_sources: int | None = None
    hedges: Iterable[str] | None = None
    sources: Iterable[Any] | None = None
    without_sources: Iterable[Any] | None = None
    source_kinds: Iterable[str] | None = None
    publishers: Iterable[str] | None = None
    speakers: Iterable[Any] | None = None
    attributors: Iterable[Any] | None = None
    official_voices: bool | None = None
    include_disputed: bool | None = None
    include_denied: bool | None = None
    include_assessments: bool | None = None
    include_inferred: bool | None = None
    fresh: bool = field(default=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "as_of", last_day("as_of", self.as_of))
        put(self, "published_by", last_day("published_by", self.published_by))
        put(self, "known_at", moment(self.known_at))
        for name in ("hedges", "sources", "without_sources", "source_kinds", "publishers", "speakers", "attributors"):
            put(self, name, listed(name, getattr(self, name)))
        for name in ("as_of_mode", "min_reliability"):
            value = getattr(self, name)
            put(self, name, value.upper() if isinstance(value, str) else value)
        if self.hedges is not None:
            put(self, "hedges", tuple(h.upper() for h in self.hedges))
        if self.source_kinds is not None:
            put(self, "source_kinds", tuple(k.upper() for k in self.source_kinds))

    def over(self, around: Lens) -> Lens:
        """This lens laid over another: its own conditions, and those of the other that it does not name."""
        if self.fresh:
            return replace(self, fresh=False)
        return replace(around, **self._given())

    def _given(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "fresh" and getattr(self, f.name) is not None}

    def __enter__(self) -> Lens:
        inner = self.over(current())
        _open.set((*_open.get(), (self, inner)))
        return inner

    def __exit__(self, *_: object) -> None:
        blocks = _open.get()
        own = max(i for i, (given, _) in enumerate(blocks) if given is self)  # the last, but where a generator ends late
        _open.set(blocks[:own] + blocks[own + 1 :])

    def __repr__(self) -> str:
        given = [f"{k}={v!r}" for k, v in self._given().items()] + (["fresh=True"] if self.fresh else [])
        return f"Lens({', '.join(given)})"

    def parameters(self) -> dict[str, Any]:
        """The conditions that are given, by the names that the server has for them."""
        return {camel(k): list(v) if isinstance(v, tuple) else v for k, v in self._given().items()}

    def input(self) -> LensInput:
        """The lens as a GraphQL input."""
        return LensInput.model_validate(self.parameters())


def current() -> Lens:
    """The lens that holds here: that of the innermost open block, else the server's default."""
    stack = _open.get()
    return stack[-1][1] if stack else Lens()


def lens_of(given: Lens | Mapping[str, Any] | None) -> Lens:
    """The lens of a question: the one given, laid over the one that holds here."""
    if given is None:
        return current()
    if isinstance(given, Mapping):
        given = Lens(**given)
    if not isinstance(given, Lens):
        raise TypeError(f"lens: {given!r} is no Lens; write lens=Lens(as_of='2014')")
    return given.over(current())


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def listed(name: str, value: Iterable[Any] | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, str):
        raise TypeError(f"{name}: give a list, as in {name}=[{value!r}]")
    return tuple(v if isinstance(v, str) else v.id for v in value)


def last_day(name: str, value: Day | None) -> str | None:
    """A day as the server wants it; of a month or a year the last one."""
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value)
    try:
        parts = [int(p) for p in text.split("-")]
        if [len(p) for p in text.split("-")] == [4, 2, 2][: len(parts)]:
            year, month = parts[0], parts[1] if len(parts) > 1 else 12
            day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
            return dt.date(year, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        pass
    raise ValueError(f"{name}: {value!r} is not a day; write it as 2014-06-30, 2014-06 or 2014")


def moment(value: Moment | None) -> str | None:
    """A moment as the server wants it; of a day its end in UTC."""
    if value is None:
        return None
    at: dt.date = value if isinstance(value, dt.date) else dt.date.min
    if isinstance(value, str):
        try:
            at = dt.datetime.fromisoformat(value) if len(value) > 10 else dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"known_at: {value!r} is not a moment; write it as 2023-10-07T12:00:00+00:00") from None
    if not isinstance(at, dt.datetime):
        return f"{at.isoformat()}T23:59:59.999999Z"
    if at.tzinfo is None:
        raise ValueError(f"known_at: {at.isoformat()} has no zone; add one, as in {at.isoformat()}+00:00")
    return at.isoformat()
