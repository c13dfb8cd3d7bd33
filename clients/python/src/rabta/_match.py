"""Names of a list of one's own, and the entities that they may be of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _convert as to
from . import frames
from ._base import Base, Lensish, closed
from .lens import lens_of
from .lists import Rows

MATCHES = 50  # descriptions that a server takes at once
MATCH_COLUMNS = ("query", "asked", "id", "kind", "name", "matched", "score", "suggested", "reasons")


class Matching(Base):
    """The part of the client that matches lists."""

    def match(
        self,
        descriptions: str | Mapping[str, Any] | Iterable[str | Mapping[str, Any]],
        kinds: Iterable[str] | None = None,
        *,
        limit: int = 5,
        lens: Lensish = None,
    ) -> Rows[frames.Row]:
        """Entities that names of a list of one's own may be of, best first: to look at, for nothing is merged.

        A description is a name, or a dict with ``name`` or ``names`` or ``ids``, and if known ``father``,
        ``birth`` (EDTF), ``nationality``, ``place``, ``country`` and ``kinds``. ``query`` in the table is the
        number of the description, and ``asked`` its first name or id; one without candidates has a row
        without an entity.
        """
        at = lens_of(lens)
        given = [descriptions] if isinstance(descriptions, (str, Mapping)) else list(descriptions)
        asked = [described(d, closed(kinds)) for d in given]
        rows: list[frames.Row] = []
        for i in range(0, len(asked), MATCHES):
            part: list[Any] = asked[i : i + MATCHES]
            found = self._ops.match(query=part, limit=limit, lens=at.input()).match
            for j, result in enumerate(found):
                rows += candidates(i + j, (part[j]["names"] or part[j]["ids"])[0], result.candidates)
        return Rows(rows, lambda r: r, MATCH_COLUMNS, "candidates, to be looked at", lens=at)


def described(given: str | Mapping[str, Any], kinds: list[str] | None) -> dict[str, Any]:
    """A description as the schema has it."""
    d = {"name": given} if isinstance(given, str) else dict(given)
    ids = d.get("ids")
    if isinstance(ids, str):
        raise ValueError(f"{given!r}: ids is a text; write a list, {{'ids': [...]}}")
    names = d.pop("names", None) or ([] if ids and not d.get("name") else [d.pop("name", None)])
    d.pop("name", None)
    if isinstance(names, str) or not all(isinstance(n, str) and n.strip() for n in names):
        raise ValueError(f"{given!r} has no name; write {{'name': ...}} or {{'names': [...]}}, with text, or {{'ids': [...]}}")
    own = closed(d.pop("kinds", None)) or kinds
    return {"names": list(names), **({"kinds": own} if own else {}), **{k: v for k, v in d.items() if v is not None and v == v}}


def candidates(number: int, asked: str, found: Sequence[Any]) -> list[frames.Row]:
    """The rows of one description."""
    if not found:
        return [dict.fromkeys(MATCH_COLUMNS) | {"query": number, "asked": asked, "suggested": False, "reasons": []}]
    return [
        {
            "query": number,
            "asked": asked,
            **frames.brief_row(to.brief(x.entity)),
            "matched": x.name,
            "score": x.score,
            "suggested": x.suggested,
            "reasons": [f"{r.text} ({r.weight:+.2f})" for r in x.reasons],
        }
        for x in found
    ]
