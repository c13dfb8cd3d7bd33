"""Who recorded what, when and why, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import _convert as to
from . import frames
from ._base import Base, Lensish, Which, meant
from .commits import Commit, Event, Twins
from .lens import lens_of
from .lists import Rows
from .records import Link

TWINS_COLUMNS = ("id", "entities", "kinds", "names")
COMMIT_COLUMNS = ("sequence", "recorded_at", "actor", "reason", "batch", "sources", "entities", "claims", "markings_changed", "redacted")
EVENT_COLUMNS = (
    "sequence",
    "recorded_at",
    "actor",
    "what",
    "id",
    "fields",
    "marked_from",
    "marked_to",
    "by",
    "said",
    "excerpt",
    "source_title",
    "reason",
)


class Historic(Base):
    """The part of the client that tells the history of records."""

    def commits(
        self, *, where: Mapping[str, Any] | None = None, oldest_first: bool = False, limit: int | None = None, lens: Lensish = None
    ) -> Rows[Commit]:
        """The commits, the newest first; ``where`` is a LoggedCommitWhere as GraphQL has it."""
        at = lens_of(lens)
        order: Any = "ASC" if oldest_first else "DESC"
        condition: Any = where

        def ask(n: int, after: str | None) -> Any:
            return self._ops.commits(where=condition, order=order, first=n, after=after, lens=at.input()).commits

        pages, total = self.pages(limit, ask)
        return Rows((to.commit(x) for x in pages), commit_row, COMMIT_COLUMNS, "commits", total, at)

    def recorded(self, commit: int | Commit, *, limit: int | None = None, lens: Lensish = None) -> Rows[Event]:
        """What a commit recorded, by its number or by itself; nothing where there is no such commit."""
        at = lens_of(lens)
        number = commit if isinstance(commit, int) else commit.sequence

        def ask(n: int, after: str | None) -> Any:
            found = self._ops.recorded(sequence=number, first=n, after=after, lens=at.input()).commits.nodes
            return found[0].records if found else None

        pages, total = self.pages(limit, ask)
        return events(pages, total, at)

    def history(
        self,
        which: Which | None = None,
        *,
        name: str | None = None,
        external: str | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> Rows[Event]:
        """What happened to an entity, a source or a claim, in order: recorded, recorded again, retracted, and so on.

        ``name`` and ``external``, an id under which others know it, are of an entity.
        """
        at = lens_of(lens)
        which = meant(which, name, external)
        if isinstance(which, Link):
            raise TypeError("a link is not recorded: it is made of claims; ask for the history of its claims")
        id = which if isinstance(which, str) and which.startswith(("c_", "s_")) else self.ref_of(which, lens=at)

        def ask(n: int, after: str | None) -> Any:
            return self._ops.history(id=id, first=n, after=after, lens=at.input()).history

        pages, total = self.pages(limit, ask)
        return events(pages, total, at)

    def twins(self, *, limit: int | None = None, lens: Lensish = None) -> Rows[Twins]:
        """Entities of different kinds that were recorded under one id, by somebody who could not see the first: to be judged."""
        at = lens_of(lens)

        def ask(n: int, after: str | None) -> Any:
            return self._ops.twins(first=n, after=after, lens=at.input()).integrity.twins

        pages, total = self.pages(limit, ask)
        return Rows((Twins(x.id, to.briefs(x.entities)) for x in pages), twins_row, TWINS_COLUMNS, "twins", total, at)


def events(pages: list[Any], total: int, at: Any) -> Rows[Event]:
    return Rows((to.event(x) for x in pages), event_row, EVENT_COLUMNS, "events", total, at)


def twins_row(t: Twins) -> frames.Row:
    every = t.entities
    return {"id": t.id, "entities": [e.id for e in every], "kinds": [e.kind for e in every], "names": [e.name for e in every]}


def commit_row(c: Commit) -> frames.Row:
    return {name: getattr(c, name) for name in COMMIT_COLUMNS}


def event_row(e: Event) -> frames.Row:
    row: frames.Row = {name: getattr(e.commit, name) for name in ("sequence", "recorded_at", "actor", "reason")}
    row |= {"said": e.reason, "marked_from": e.marked_from, "marked_to": e.marked_to}
    row |= {"what": e.what, "id": e.id, "fields": list(e.fields), "by": e.claim.id if e.claim else None}
    row |= {"excerpt": e.claim.excerpt if e.claim else None, "source_title": e.claim.source.title if e.claim else None}
    return {name: row[name] for name in EVENT_COLUMNS}
