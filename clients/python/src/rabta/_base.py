"""What all parts of the client stand on: the server, and how entities are named."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypedDict, TypeVar, Union

from . import _convert as to
from ._filters import in_parts
from ._generated.client import Operations
from ._transport import Transport
from .errors import Ambiguous, NotFound
from .lens import Lens, camel
from .lists import LinkList
from .records import Claim, Exclusion, Link

PAGE = 500  # the most that a server gives at once


class Named(Protocol):
    """Whatever has an id: an entity, a hit's entity, a source, a link."""

    @property
    def id(self) -> str: ...


#: An entity: itself, its id, or one of its names in full.
Which = Union[str, Named]
Lensish = Union[Lens, Mapping[str, Any], None]
T = TypeVar("T")


class ViewArgs(TypedDict, total=False):
    """Which part of the graph link analysis is about; everything without it.

    ``kinds`` and ``entity_kinds`` take words of the schema; ``around`` entities and ``depth`` steps
    make an ego network; ``where`` is an EntityWhere as GraphQL has it; ``direction`` is BOTH, OUT or
    IN; ``weight`` NONE, CLAIMS, INDEPENDENT_SOURCES or EVIDENCE; ``project`` a ProjectionInput.

    ``bearings`` are those of the links that count: AFFILIATION, LINEAGE, COOPERATION and RESPONSIBILITY without it, ``"ALL"``
    for every one. ``through`` are kinds of entities that may be passed through though they commonly are not: PLACE,
    DESIGNATION, and INCIDENT between bodies that did not both claim it.
    """

    kinds: Iterable[str]
    entity_kinds: Iterable[str]
    around: Which | Iterable[Which]
    depth: int
    where: Mapping[str, Any]
    direction: str
    weight: str
    bearings: Iterable[str]
    through: Iterable[str]
    project: Mapping[str, Any]


class Base(ABC):
    """A server, the names that it knows, and what records and networks ask of it."""

    _transport: Transport
    _ops: Operations
    _known: dict[str, str]  # ids that are there, and their kinds

    @abstractmethod
    def links(
        self, of: Which | None = None, kinds: Iterable[str] | None = None, *, where: Mapping[str, Any] | None = None, lens: Lensish = None
    ) -> LinkList: ...

    @abstractmethod
    def _related(self, kind: str, name: str, id: str, lens: Lens) -> LinkList: ...

    @abstractmethod
    def _evidence(self, links: Iterable[Link], at: Lens) -> dict[str, tuple[list[Claim], list[Claim]]]: ...

    @abstractmethod
    def _whole(self, found: Iterable[Any], at: Lens) -> Iterator[Link]: ...

    def id_of(self, which: Which, *kinds: str, lens: Lens) -> str:
        """The id of an entity given by itself, its id or one of its names in full.

        An id goes before a name. A name of several entities, of the kinds if any are given, raises
        ``Ambiguous``; what is neither raises ``NotFound`` with names that are like it.
        """
        if not isinstance(which, str):
            if not isinstance(getattr(which, "id", None), str):
                raise TypeError(f"{which!r} is no entity; give an id, a name or an entity")
            return which.id
        if not which.strip():
            raise NotFound(which, "there is nothing to look up: give an id or a name")
        if which in self._known and (not kinds or self._known[which] in kinds):
            return which
        return self._look_up(which, kinds, lens)

    def _look_up(self, which: str, kinds: tuple[str, ...], lens: Lens) -> str:
        try:
            there = self._ops.known(id=which, lens=lens.input()).entity
        except NotFound:
            there = None
        if there is not None:
            self._known[which] = there.kind.value
            if not kinds or there.kind.value in kinds:
                return which
        found = self._ops.resolve(text=which, kinds=closed(kinds) or None, lens=lens.input())
        exact = [h.entity for h in found.search.nodes if h.match.value == "EXACT"]
        apart = [e for i, e in enumerate(exact) if not any(e.id in o.same_ids for o in exact[:i])]
        if len(apart) == 1:
            return apart[0].id
        if apart:
            raise Ambiguous(which, [(e.id, e.kind.value, e.name) for e in apart])
        if there is not None:
            raise NotFound(which, f"{which!r} is {a(there.kind.value)}, not {a(' or '.join(kinds))}; ask for it with entity()")
        like = [h.entity for h in found.search.nodes][:8]
        lines = "".join(f"\n  {e.id}  ({e.kind.value}: {e.name})" for e in like)
        hint = f"; names that are like it:{lines}" if like else "; look it up with search()"
        raise NotFound(which, f"nothing is known by the id or the name {which!r}{hint}", [e.id for e in like])

    def ids_of(self, which: Which | Iterable[Which] | None, *, lens: Lens) -> list[str] | None:
        """The ids of several; None for None."""
        if which is None:
            return None
        if isinstance(which, str) or hasattr(which, "id"):
            return [self.id_of(which, lens=lens)]  # type: ignore[arg-type]
        return [self.id_of(w, lens=lens) for w in which]

    def view(self, given: ViewArgs, lens: Lens) -> Any:
        """The part of the graph as a GraphQL input."""
        unknown = set(given) - set(ViewArgs.__annotations__)
        if unknown:
            raise TypeError(f"{', '.join(sorted(unknown))}: there is no such argument; a view takes {', '.join(ViewArgs.__annotations__)}")
        fields: dict[str, Any] = {camel(k): v for k, v in given.items() if v is not None}
        for name in ("kinds", "entityKinds", "bearings", "through"):
            if name in fields:
                fields[name] = closed(fields[name])
        for name in ("direction", "weight"):
            if name in fields:
                fields[name] = fields[name].upper()
        if "around" in fields:
            fields["around"] = self.ids_of(fields["around"], lens=lens)
        # A dict in place of a ViewInput: where goes as it was written, and the server says what is wrong with it.
        return {**fields, "lens": lens.input()}

    def pages_where(self, most: int | None, where: Any, ask: Callable[[Any, int, str | None], Any]) -> tuple[list[Any], int]:
        """The same of what meets a filter, which may list more ids than a server takes at once."""
        found: dict[str, Any] = {}
        total = 0
        parts = in_parts(where)
        for part in parts:
            left = None if most is None else max(0, most - len(found))
            nodes, count = self.pages(left, lambda n, after, part=part: ask(part, n, after))  # type: ignore[misc]
            found.update((x.id, x) for x in nodes)
            total += count
        return list(found.values()), total if most is not None or len(parts) == 1 else len(found)

    def pages(self, most: int | None, ask: Callable[[int, str | None], Any]) -> tuple[list[Any], int]:
        """The first records of a list, page by page, and how many there are in all."""
        out: list[Any] = []
        after, total = None, 0
        while most is None or len(out) < most or not out:
            page = ask(PAGE if most is None else max(1, min(PAGE, most - len(out))), after)
            if page is None:
                return [], 0
            total = page.total_count
            out += page.nodes
            after = page.page_info.end_cursor
            if not page.page_info.has_next_page:
                break
        return (out if most is None else out[:most]), total


class LeftOut:
    """What a list leaves out, as its first pages say: several where it is asked for in parts."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str | None], tuple[int, int]] = {}

    def of(self, page: Any) -> Any:
        """The page itself."""
        for x in to.exclusions((page and page.excluded) or ()):
            claims, links = self._counts.get((x.reason, x.bearing), (0, 0))
            self._counts[x.reason, x.bearing] = claims + x.claims, links + x.links
        return page

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        return tuple(Exclusion(reason, claims, links, bearing) for (reason, bearing), (claims, links) in self._counts.items())


def closed(values: Iterable[str] | None) -> list[Any] | None:
    """Words of a closed list as the schema writes them; the server says which there are not."""
    if values is None:
        return None
    return [v.upper() for v in ([values] if isinstance(values, str) else values)]


def a(kind: str) -> str:
    word = kind.lower()
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"
