"""Lists counted and added up, of the graph or of one entity. Which rows an item is in is for the server to say: see docs/graphql.md."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _convert as to
from . import kinds as k
from ._base import Base, Lensish, Which, closed
from ._filters import also
from ._generated.aggregate_incidents import AggregateIncidents
from ._generated.aggregate_links import AggregateLinks
from ._generated.operations import AGGREGATE_INCIDENTS_GQL, AGGREGATE_LINKS_GQL
from .aggregation import EFFECTS, columns, row
from .errors import TruncatedWarning, an
from .lens import lens_of
from .results import Aggregation

MOST_ROWS = 500  # that a server gives
LISTS: Mapping[str, str] = {  # those of the graph, and what filters them
    "incidents": "IncidentWhere", "links": "LinkWhere", "claims": "ClaimWhere", "entities": "EntityWhere", "groups": "GroupWhere",
    "individuals": "IndividualWhere", "madressahs": "MadressahWhere", "organisations": "OrganisationWhere", "places": "PlaceWhere",
    "designations": "DesignationWhere", "sources": "SourceWhere",
}  # fmt: skip
OWN: Mapping[str, str] = {"links": "LinkWhere", "claims": "ClaimWhere"}  # those that every entity has
LEVELS = frozenset({"COUNTRY", "ADMIN1", "ADMIN2", "REGION", "TOWN", "SITE"})
ASK = "aggregate(by: $by, orderBy: $orderBy, first: $first) { ...AggregationFields }"
VARIABLES = AGGREGATE_LINKS_GQL[AGGREGATE_LINKS_GQL.index("(") + 1 : AGGREGATE_LINKS_GQL.index(")")]
FRAGMENTS = AGGREGATE_LINKS_GQL[AGGREGATE_LINKS_GQL.index("fragment ") :]


class Aggregating(Base):
    """The part of the client that counts and adds up."""

    def aggregate(
        self,
        what: str,
        by: str | Mapping[str, Any] | Iterable[str | Mapping[str, Any]] = (),
        *,
        of: Which | None = None,
        kinds: Iterable[str] | None = None,
        where: Mapping[str, Any] | None = None,
        effects: str | Iterable[str] = ("KILLED", "WOUNDED"),
        dates: str | None = None,
        order_by: str = "KEYS",
        limit: int | None = None,
        ids: bool = True,
        lens: Lensish = None,
    ) -> Aggregation:
        """A whole list counted and added up, a row for each of what it is grouped ``by``; as one row without.

        ``what`` is incidents, links, claims, sources, entities, or those of a kind: groups, individuals, madressahs, organisations,
        places, designations. With ``of`` it is a list of that entity: links, claims, or one that its kind has, such as members or leaders.
        ``kinds`` and ``where`` say what of the list is counted, as in GraphQL.

        ``by`` is at most two of YEAR, MONTH, KIND, HEDGE, SOURCE and so on, as the list has them: links of an entity by OTHERS, who
        is at the other end, and sources by KIND, PUBLISHER, RELIABILITY and PUBLISHED_YEAR; a level of places such as ADMIN1
        is short for ``{"key": "PLACE", "level": "ADMIN1"}``, which also takes ``boundaries`` and ``gazetteer``.

        Incidents have the tolls of ``effects``, as ranges. ``dates`` adds what dates of the items come to: DATE, FOUNDED,
        DISSOLVED, BIRTH, DEATH, VALID_FROM, VALID_TO or PUBLISHED. Rows come in the order of the keys, or by COUNT; at most 500,
        and ``more`` says how many there are beyond. ``ids`` names the items of a row, at most 500.
        """
        at, name = lens_of(lens), field(what)
        keys = [group_by(g) for g in ([by] if isinstance(by, (str, Mapping)) else by)]
        asked = {
            "where": also(where, "kind", closed(kinds)), "by": keys, "orderBy": to.given(order_by), "ids": ids, "lens": at.input(),
            "first": MOST_ROWS if limit is None else limit, "dates": dates is not None, "date": to.given(dates or "DATE"),
        }  # fmt: skip
        tolls, owner = effects_of(effects), None
        if of is not None:
            tolls, (owner, found) = [], self._list_of(name, asked | {"of": self.ref_of(of, lens=at)})
        elif name == "incidents":
            found = self._incident_list(asked, tolls)
        else:
            tolls, found = [], self._list(listed(name), asked)
        if found.more and limit is None:
            told = f"{len(found.rows)} of {len(found.rows) + found.more} rows are told; narrow the list"
            warnings.warn(told, TruncatedWarning, stacklevel=2)
        names, day = [column(g) for g in keys], None if dates is None else dates.lower()
        whole = row([], found.all, tolls, day)
        return Aggregation(
            what=what, of=owner, keys=tuple(names),
            by=tuple(c for n, g in zip(names, keys, strict=True) for c in columns(n, str(g.get("key")))),
            table=tuple(row(names, x, tolls, day) for x in found.rows) if keys else (whole,),
            all=whole, more=found.more, excluded=to.exclusions(found.excluded), lens=at,
        )  # fmt: skip

    def _incident_list(self, asked: Mapping[str, Any], tolls: Sequence[str]) -> Any:
        variables = {**asked, **{effect.lower(): effect in tolls for effect in EFFECTS}}
        found = self._transport.run(AGGREGATE_INCIDENTS_GQL, "AggregateIncidents", variables)
        return self._ops.read(AggregateIncidents, found).list_.aggregate

    def _list(self, document: str, asked: Mapping[str, Any]) -> Any:
        return self._ops.read(AggregateLinks, self._transport.run(document, "AggregateLinks", asked)).list_.aggregate

    def _list_of(self, name: str, asked: Mapping[str, Any]) -> tuple[str, Any]:
        """A list of an entity, and the entity's id."""
        owner = self._transport.run(listed_of(name), "AggregateLinks", asked)["owner"]
        if "list" not in owner:
            have = [n for kind in k.KINDS if kind.__name__.upper() == owner["kind"] for n in k.lists_of(kind)]
            raise ValueError(f"{owner['id']!r} is {an(owner['kind'])}: it has no list {name!r}; there are {', '.join([*OWN, *have])}")
        return owner["id"], self._ops.read(AggregateLinks, {"list": owner["list"]}).list_.aggregate


def effects_of(given: str | Iterable[str]) -> list[str]:
    """The effects of which tolls are told, in order."""
    asked = to.upper(given)
    if unknown := [str(e) for e in asked if e not in EFFECTS]:
        raise ValueError(f"effects: {', '.join(unknown)} is none; there are {', '.join(EFFECTS)}")
    return [e for e in EFFECTS if e in asked]


def field(what: str) -> str:
    """The name of a list as the schema has it."""
    head, *rest = what.split("_")
    return head + "".join(part.capitalize() for part in rest)


def group_by(given: str | Mapping[str, Any]) -> dict[str, Any]:
    """One thing to group by as the schema has it."""
    if not isinstance(given, str):
        return {name: to.given(value) for name, value in given.items()}
    word = given.upper()
    return {"key": "PLACE", "level": word} if word in LEVELS else {"key": word}


def column(key: Mapping[str, Any]) -> str:
    """The column that says what a row is of: of places it is named for their level."""
    return str(key.get("level") or key.get("key")).lower()


def listed(name: str) -> str:
    """The document for a list of the graph; that of incidents is its own."""
    if name not in LISTS:
        raise ValueError(f"{name!r} is no list that is counted; there are {', '.join(LISTS)}, and with of= those of an entity")
    return document(LISTS[name], f"list: {name}(first: 0, where: $where, lens: $lens) {{ {ASK} }}")


def listed_of(name: str) -> str:
    """The document for a list of an entity of whatever kind."""
    own = f"list: {name}(first: 0, where: $where) {{ {ASK} }}"
    if name not in OWN:
        have = [kind for kind in k.KINDS if name in k.lists_of(kind).values()]
        if not have:
            raise ValueError(f"{name!r} is no list that an entity has; there are {', '.join(OWN)}, and those of its kind, such as members")
        own = " ".join(f"... on {kind.__name__} {{ {own} }}" for kind in have)
    return document(OWN.get(name, "LinkWhere"), f"owner: entity(id: $of, lens: $lens) {{ id kind {own} }}", "$of: ID!, ")


def document(where: str, asked: str, more: str = "") -> str:
    """The query for links, for another list."""
    return f"query AggregateLinks({more}{VARIABLES.replace('LinkWhere', where)}) {{ {asked} }}\n\n{FRAGMENTS}"
