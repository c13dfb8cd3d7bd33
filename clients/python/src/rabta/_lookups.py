"""One entity: looked up by its id, a name or an id elsewhere, and what the server has of its kind."""

from __future__ import annotations

from typing import Any

from . import _convert as to
from . import kinds as k
from . import report
from ._base import Base, Lensish, Which, meant
from .errors import NotFound
from .frames import Row
from .lens import lens_of
from .lists import Rows
from .records import Entity


class Lookups(Base):
    """The part of the client that asks about one entity."""

    def entity(self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None) -> Entity:
        """An entity of any kind: by itself, its id or a name, by ``name`` alone, or by an id under which others know it (``external``)."""
        at = lens_of(lens)
        which = meant(which, name, external)
        return to.entity(self.looked_up(which, lambda by: self._ops.entity(by=by, lens=at.input()).entity), self, at)

    def group(self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None) -> k.Group:
        """A group, with its allies, rivals, members and so on to ask for; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.group(by=by, lens=at.input()).group, "GROUP")
        return k.Group(**to.base(d, self, at), **to.said(d, "founded", "dissolved", "statuses", "ideologies", "denomination"))

    def individual(
        self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None
    ) -> k.Individual:
        """A person; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.individual(by=by, lens=at.input()).individual, "INDIVIDUAL")
        return k.Individual(**to.base(d, self, at), **to.said(d, "birth", "death", "nationality", "father_name", "posts"))

    def madressah(
        self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None
    ) -> k.Madressah:
        """A religious school; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.madressah(by=by, lens=at.input()).madressah, "MADRESSAH")
        return k.Madressah(**to.base(d, self, at), **to.said(d, "board", "denomination", "founded"))

    def organisation(
        self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None
    ) -> k.Organisation:
        """A party, force, state body, charity, outlet or other body; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.organisation(by=by, lens=at.input()).organisation, "ORGANISATION")
        return k.Organisation(**to.base(d, self, at), **to.said(d, "founded", "statuses"))

    def incident(
        self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None
    ) -> k.Incident:
        """An attack, a clash, or a series of them; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.incident(by=by, lens=at.input()).incident, "INCIDENT")
        return to.incident(d, self, at)

    def place(self, which: Which | None = None, *, name: str | None = None, external: str | None = None, lens: Lensish = None) -> k.Place:
        """A place, with the figures that claims state of it; given as for ``entity``."""
        at = lens_of(lens)
        which = meant(which, name, external)
        d = self.looked_up(which, lambda by: self._ops.place(by=by, lens=at.input()).place, "PLACE")
        return k.Place(**to.base(d, self, at), tolls=tuple(to.toll(t) for t in d.tolls))

    def around(
        self,
        place: Which | None = None,
        *,
        name: str | None = None,
        external: str | None = None,
        on: str | None = None,
        gazetteer: bool = True,
        lens: Lensish = None,
    ) -> Rows[Any]:
        """All places that one lies in, the nearest first, now or ``on`` a date; ``contained_by`` says who has it so."""
        at = lens_of(lens)
        place = meant(place, name, external)
        found = self.looked_up(place, lambda by: self._ops.around(by=by, on=on, gazetteer=gazetteer, lens=at.input()).place, "PLACE")

        def row(x: Any) -> Row:
            links = [to.link(e) for e in x.links]
            return {
                "id": x.place.id,
                "name": x.place.name,
                "contained_by": x.contained_by.value,
                "links": [report.sentence(e) for e in links],
            }

        return Rows(found.around, row, ("id", "name", "contained_by", "links"), f"places around {found.id}", lens=at)

    def sums(
        self,
        of: Which | None = None,
        *,
        name: str | None = None,
        external: str | None = None,
        within: bool = True,
        boundaries: str = "THEN",
        gazetteer: bool = True,
        lens: Lensish = None,
    ) -> Rows[Any]:
        """What incidents come to, each once: of a place those that happened in it, of a group, organisation or person three rows.

        Those are what it claimed, what others attribute to it, and what they do and it denied; they are not to be added to one
        another, and what it only denied or condemned is in none. A figure is None where no incident has one, never 0.
        """
        at = lens_of(lens)
        id = self.id_of(meant(of, name, external), lens=at)
        found = self._ops.sums(id=id, within=within, boundaries=to.given(boundaries), gazetteer=gazetteer, lens=at.input())
        actor = found.group or found.individual or found.organisation
        if found.place:
            rows = [to.sum_row("happened", found.place.happened)]
        elif actor:
            rows = [to.sum_row(row, getattr(actor.incident_sums, row)) for row in ("claimed", "attributed", "attributed_and_denied")]
        else:
            raise NotFound(id, f"{id!r} is no place, group, organisation or person: incidents come to nothing under it")
        return Rows(rows, lambda r: r, tuple(rows[0]), "sums of incidents", lens=at)
