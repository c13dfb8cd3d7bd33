"""What all parts of the client stand on: the server, and how entities are named."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypedDict, TypeVar, Union

from . import _convert as to
from ._filters import in_parts
from ._generated.client import Operations
from ._generated.input_types import EntityBy
from ._transport import LOOKUPS, Transport
from .errors import NotFound, an, told
from .lens import Lens, camel
from .lists import LinkList
from .records import Claim, Exclusion, Link

PAGE = 500  # the most that a server gives at once


class Named(Protocol):
    """Whatever has an id: an entity, a hit's entity, a source, a link."""

    @property
    def id(self) -> str: ...


#: An entity: itself, its id, or one of its names in full; for certain as ``name:`` and a name, or ``external:`` and an id elsewhere.
Which = Union[str, Named]
Candidate = tuple[str, str, str]  # id, kind and name
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(~[a-z]+)?")  # of entities
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

    ``combine`` takes a second view, ``with_``, together with this one: UNION, what either has, INTERSECTION, what both have,
    DIFFERENCE, what the second has not. ``with_`` is a ``Lens``, or a dict of conditions of one and of ``kinds``, ``entity_kinds``,
    ``around``, ``depth``, ``where`` and ``bearings``. What it leaves out is as in the first view, its lens as a whole:
    ``Lens()`` is the server's default, whatever block it stands in.
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
    combine: str
    with_: Lens | Mapping[str, Any]


class Base(ABC):
    """A server, the names that it knows, and what records and networks ask of it."""

    _transport: Transport
    _ops: Operations
    _known: set[str]  # ids that are there

    @abstractmethod
    def links(
        self, of: Which | None = None, kinds: Iterable[str] | None = None, *, where: Mapping[str, Any] | None = None, lens: Lensish = None
    ) -> LinkList: ...

    @abstractmethod
    def _related(self, kind: str, name: str, id: str, lens: Lens) -> LinkList: ...

    @abstractmethod
    def _evidence(self, links: Iterable[Link], at: Lens) -> dict[str, tuple[list[Claim], list[Claim]]]: ...

    @abstractmethod
    def _whole(self, found: Iterable[Any], at: Lens, second: Lens | None = None) -> Iterator[Link]: ...

    def looked_up(self, which: Which, ask: Callable[[EntityBy], T | None], kind: str = "") -> T:
        """What is found by an entity itself, its id, one of its names in full, ``name:`` and a name, ``external:`` and an id elsewhere.

        A text that may be an id is looked up as one first. A name of several of the kind raises ``Ambiguous``; what is not
        there raises ``NotFound`` with what is near.
        """
        near: dict[str, Candidate] = {}
        ways = ways_of(which)
        for key, text in ways:
            try:
                found = ask(EntityBy.model_validate({key: text}))
            except NotFound as e:
                near |= {id: (id, of, name) for id, of, name in e.near}
            else:
                if found is not None:
                    return found
        raise nothing(" or the ".join(LOOKUPS[key] for key, _ in ways), ways[0][1], kind, list(near.values()))

    def id_of(self, which: Which, *, lens: Lens) -> str:
        """The id of an entity, as ``looked_up`` finds it."""
        if not isinstance(which, str):
            return ways_of(which)[0][1]
        if which in self._known:
            return which

        def ask(by: EntityBy) -> str | None:
            found = self._ops.known(by=by, lens=lens.input()).entity
            if found is None or by.id is None:
                return found.id if found else None
            self._known.add(which)
            return which

        return self.looked_up(which, ask)

    def ids_of(self, which: Which | Iterable[Which] | None, *, lens: Lens) -> list[str] | None:
        """The ids of several; None for None."""
        return None if which is None else [self.id_of(w, lens=lens) for w in several(which)]

    def ref_of(self, which: Which, *, lens: Lens) -> str:
        """An entity as the server takes it where it takes an id: it looks up names itself, under the lens of the question.

        Only a text that may be an id is looked up before, once: the server does not take it for a name as well.
        """
        (key, text), *others = ways_of(which)
        if others:
            return self.id_of(which, lens=lens)
        return text if key == "id" else f"{key}:{text}"

    def refs_of(self, which: Which | Iterable[Which] | None, *, lens: Lens) -> list[str] | None:
        """The same of several; None for None."""
        return None if which is None else [self.ref_of(w, lens=lens) for w in several(which)]

    def view(self, given: ViewArgs, lens: Lens) -> Any:
        """The part of the graph as a GraphQL input."""
        unknown = set(given) - set(ViewArgs.__annotations__)
        if unknown:
            raise TypeError(f"{', '.join(sorted(unknown))}: there is no such argument; a view takes {', '.join(ViewArgs.__annotations__)}")
        fields = self.part({k: v for k, v in given.items() if k not in ("combine", "with_")}, lens)
        if second := second_of(given.get("combine"), given.get("with_")):
            how, other, rest = second
            fields["combine"] = {"how": how, "with": self.part(rest, lens) | ({"lens": other.input()} if other else {})}
        # A dict in place of a ViewInput: where goes as it was written, and the server says what is wrong with it.
        return {**fields, "lens": lens.input()}

    def part(self, given: Mapping[str, Any], lens: Lens) -> dict[str, Any]:
        """Arguments of a view as fields of an input."""
        fields: dict[str, Any] = {camel(k): v for k, v in given.items() if v is not None}
        for name in ("kinds", "entityKinds", "bearings", "through"):
            if name in fields:
                fields[name] = closed(fields[name])
        for name in ("direction", "weight"):
            if name in fields:
                fields[name] = fields[name].upper()
        if "around" in fields:
            fields["around"] = self.refs_of(fields["around"], lens=lens)
        return fields

    def fixed(self, given: ViewArgs, lens: Lens) -> ViewArgs:
        """The same part of the graph for another lens: entities that are named are those of that name under this one."""
        around, out = self.ids_of(given.get("around"), lens=lens), given
        if around is not None:
            out = {**out, "around": around}
        other = given.get("with_")
        if isinstance(other, Mapping) and other.get("around") is not None:
            out = {**out, "with_": {**other, "around": self.ids_of(other["around"], lens=lens)}}
        return out

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


#: What a second view says beside its lens.
OF_SECOND = ("kinds", "entity_kinds", "around", "depth", "where", "bearings")


def second_of(combine: str | None, with_: Lens | Mapping[str, Any] | None) -> tuple[str, Lens | None, dict[str, Any]] | None:
    """What is taken of a second view, its lens, if it has one of its own, and what else it says; None for no second view."""
    if combine is None and with_ is None:
        return None
    if combine is None or not isinstance(with_, (Lens, Mapping)):
        raise TypeError("combine takes a second view, and with_ is one: write combine='DIFFERENCE', with_=Lens(as_of='2015')")
    if isinstance(with_, Lens):
        return combine.upper(), with_, {}
    lens = {k: v for k, v in with_.items() if k not in OF_SECOND}
    return combine.upper(), Lens(**lens) if lens else None, {k: v for k, v in with_.items() if k in OF_SECOND}


def closed(values: Iterable[str] | None) -> list[Any] | None:
    """Words of a closed list as the schema writes them; the server says which there are not."""
    if values is None:
        return None
    return [v.upper() for v in ([values] if isinstance(values, str) else values)]


def several(which: Which | Iterable[Which]) -> Iterable[Which]:
    """One or several as several."""
    return [which] if isinstance(which, str) or hasattr(which, "id") else which  # type: ignore[list-item]


def meant(which: Which | None, name: str | None, external: str | None) -> Which:
    """What is to be looked up: exactly one of an entity or its id, a name, and an id under which others know it."""
    given: list[Which] = [f"{key}:{text}" for key, text in (("name", name), ("external", external)) if text is not None]
    given += [] if which is None else [which]
    if len(given) != 1:
        raise TypeError(f"{'more than one' if given else 'no'} entity is given; give an id, a name or an entity, or name=, or external=")
    return given[0]


def ways_of(which: Which) -> list[tuple[str, str]]:
    """What an entity may be looked up by, one after the other: the keys of EntityBy, with a text."""
    if not isinstance(which, str):
        if not isinstance(getattr(which, "id", None), str):
            raise TypeError(f"{which!r} is no entity; give an id, a name or an entity")
        return [("id", which.id)]
    key, colon, text = which.partition(":")
    last = (key, text) if colon and key in ("name", "external") else ("name", which)
    if not last[1].strip():
        raise NotFound(which, "there is nothing to look up: give an id or a name")
    return [("id", which), last] if ID.fullmatch(which) else [last]


def nothing(key: str, text: str, kind: str, near: list[Candidate]) -> NotFound:
    """The error that nothing is known by a text, or nothing of that kind."""
    for id, other, _ in near:
        if id == text and kind:
            return NotFound(text, f"{text!r} is {an(other)}, not {an(kind)}; ask for it with entity()", near)
    hint = f"; near it:{told(near)}" if near else "; look it up with search()"
    return NotFound(text, f"{f'no {kind.lower()}' if kind else 'nothing'} is known by the {key} {text!r}{hint}", near)
