"""The client: one object for one server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from . import _convert as to
from ._aggregate import Aggregating
from ._analysis import Analysis
from ._base import PAGE, LeftOut, Lensish, Which, closed
from ._bulk import Bulk
from ._filters import also, in_parts, together
from ._generated.client import Operations
from ._history import Historic
from ._lookups import Lookups
from ._match import Matching
from ._relations import related_document
from ._transport import Transport, problem
from .answer import Result
from .errors import NotFound
from .lens import Day, Lens, lens_of
from .lists import AttributeList, ClaimList, EntityList, HitList, IncidentList, LinkList, SourceList
from .records import Claim, Entity, Hit, Link, Revision, Source, frozen

BATCH = 100  # links whose claims are asked for at once


class Client(Aggregating, Analysis, Bulk, Historic, Lookups, Matching):
    """A rabta server.

    ``url`` is its address; without it ``$RABTA_URL``, and else the one on this machine, port
    8420. ``token`` (or ``$RABTA_TOKEN``) is sent as a bearer token, for a proxy that asks for
    one. ``timeout`` is in seconds; ``verify`` a file of certificates to trust, or False.

    Entities are given by themselves, by id, or by one of their names in full, which the server
    looks up under the lens of the question; ``"name:..."`` is a name for certain, and
    ``"external:..."`` an id under which others know it. Every method takes ``lens``, laid over
    the lens of the with-block that it stands in.
    """

    def __init__(self, url: str | None = None, token: str | None = None, *, timeout: float = 60.0, verify: bool | str = True) -> None:
        self._transport = Transport(url, token, timeout, verify)
        self._ops = Operations(self._transport)
        self._known = set()

    @property
    def url(self) -> str:
        """The server's address."""
        return self._transport.url

    @property
    def sequence(self) -> int:
        """The last commit that an answer to this client has seen."""
        return self._transport.sequence

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self._transport.close()

    def __repr__(self) -> str:
        return f"Client({self.url!r})"

    def lens(self, **conditions: Any) -> Lens:
        """A ``Lens``, for a with-block: ``with c.lens(as_of="2014", min_credibility=3): ...``."""
        return Lens(**conditions)

    def revision(self, *, lens: Lensish = None) -> Revision:
        """Which moment of the graph the server shows, and how much it holds."""
        r = self._ops.revision(lens=lens_of(lens).input()).revision
        return Revision(
            sequence=r.sequence,
            recorded_at=to.moment(r.recorded_at) if r.recorded_at else None,
            entities=r.entities,
            links=r.links,
            claims=r.claims,
            sources=r.sources,
            store=r.store,
            store_reached=to.moment(r.store_reached) if r.store_reached else None,
            store_answers=r.store_answers,
        )

    # Entities

    def search(self, text: str, kinds: Iterable[str] | None = None, *, limit: int | None = 20, lens: Lensish = None) -> HitList:
        """Entities of which a name equals, begins with or contains the text, best match first; all with ``limit=None``."""
        at = lens_of(lens)
        pages, total = self.pages(
            limit, lambda n, after: self._ops.search(text=text, kinds=closed(kinds), first=n, after=after, lens=at.input()).search
        )
        return HitList((Hit(to.entity(h.entity, self, at), to.word(h.match), h.name, h.score) for h in pages), total, at)

    def entities(
        self,
        kinds: Iterable[str] | None = None,
        *,
        where: Mapping[str, Any] | None = None,
        order_by: Sequence[Mapping[str, Any]] | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> EntityList:
        """All entities of some kinds that meet ``where``, an EntityWhere as GraphQL has it."""
        at, condition = lens_of(lens), also(where, "kind", closed(kinds))
        pages, total = self.pages_where(limit, condition, lambda part, n, after: self._entity_page(part, order_by, n, after, at))
        return EntityList((to.entity(e, self, at) for e in pages), total, at)

    def iter_entities(
        self,
        kinds: Iterable[str] | None = None,
        *,
        where: Mapping[str, Any] | None = None,
        order_by: Sequence[Mapping[str, Any]] | None = None,
        page_size: int = PAGE,
        lens: Lensish = None,
    ) -> Iterator[Entity]:
        """The same one by one, a page in memory at a time; the lens is the one that holds when this is called."""
        at, condition = lens_of(lens), also(where, "kind", closed(kinds))

        def walk() -> Iterator[Entity]:
            for part in in_parts(condition):
                after: str | None = None
                more = True
                while more:
                    page = self._entity_page(part, order_by, page_size, after, at)
                    yield from (to.entity(e, self, at) for e in page.nodes)
                    after, more = page.page_info.end_cursor, page.page_info.has_next_page

        return walk()

    def _entity_page(self, where: Any, order_by: Any, n: int, after: str | None, at: Lens) -> Any:
        return self._ops.entities(where=where, order_by=order_by, first=n, after=after, lens=at.input()).entities

    def incidents(
        self,
        by: Which | None = None,
        *,
        place: Which | Iterable[Which] | None = None,
        within: bool = True,
        boundaries: str = "THEN",
        gazetteer: bool = True,
        bearings: Iterable[str] = ("RESPONSIBILITY", "ATTRIBUTION"),
        start: Day | None = None,
        end: Day | None = None,
        where: Mapping[str, Any] | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> IncidentList:
        """Incidents in order of date; those that may have happened from ``start`` to ``end`` (days, months or years).

        ``by`` keeps those that the entity claimed or took part in, and those that are laid to it; with other ``bearings``
        those that it is joined to otherwise, such as SPEECH for what it denied or condemned. ``sums`` keeps them apart.
        ``place`` keeps what happened in some places, or, ``within``, in places that lie in them: as ``boundaries`` were THEN, or
        as they are NOW; without ``gazetteer`` only where claims have it so. ``where`` is an IncidentWhere as GraphQL has it.
        """
        at = lens_of(lens)
        conditions: list[Mapping[str, Any]] = [where] if where else []
        if start or end:
            conditions.append({"date": {"overlaps": f"{start or '..'}/{end or '..'}"}})
        if by is not None:
            other = {"id": {"eq": self.ref_of(by, lens=at)}}
            conditions.append({"links": {"some": {"bearing": {"in": closed(bearings)}, "other": other}}})
        if place is not None:
            where_in = {"in": self.refs_of(place, lens=at), "within": within, "boundaries": to.given(boundaries), "gazetteer": gazetteer}
            conditions.append({"occurredIn": where_in})
        condition: Any = together(*conditions)
        order: Any = [{"field": "DATE"}, {"field": "ID"}]

        def ask(part: Any, n: int, after: str | None) -> Any:
            return self._ops.incidents(where=part, order_by=order, first=n, after=after, lens=at.input()).incidents

        pages, total = self.pages_where(limit, condition, ask)
        return IncidentList((to.incident(x, self, at) for x in pages), total, at)

    def attributes(
        self,
        of: Which | Iterable[Which] | None = None,
        predicates: Iterable[str] | None = None,
        *,
        where: Mapping[str, Any] | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> AttributeList:
        """What is said of entities beside their links, each value with its hedge, grade and speakers.

        Of ``of``, or of all entities that meet ``where``, an EntityWhere as GraphQL has it, at most ``limit`` of them.
        """
        at, words = lens_of(lens), closed(predicates)
        some = self.refs_of(of, lens=at)
        condition = together(where, None if some is None else {"id": {"in": some}})

        def ask(part: Any, n: int, after: str | None) -> Any:
            return self._ops.attributes(where=part, predicates=words, first=n, after=after, lens=at.input()).entities

        pages, _ = self.pages_where(limit, condition, ask)
        return AttributeList((to.attribute(to.brief(e), a) for e in pages for a in e.attributes), lens=at)

    # Links, claims and sources

    def links(
        self,
        of: Which | None = None,
        kinds: Iterable[str] | None = None,
        *,
        bearings: Iterable[str] | None = None,
        where: Mapping[str, Any] | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> LinkList:
        """Links of some kinds or bearings, at one end of which ``of`` is, that meet ``where``, a LinkWhere as GraphQL has it."""
        at = lens_of(lens)
        end: dict[str, Any] = {"id": {"eq": self.ref_of(of, lens=at)}} if of is not None else {}
        ends = {"or": [{"source": end}, {"target": end}]} if end else None
        condition, left_out = together(where, ends, also(None, "bearing", closed(bearings))), LeftOut()

        def ask(part: Any, n: int, after: str | None) -> Any:
            first = after is None
            return left_out.of(self._ops.links(kinds=closed(kinds), where=part, first=n, after=after, counted=first, lens=at.input()).links)

        pages, total = self.pages_where(limit, condition, ask)
        return LinkList(self._whole(pages, at), total, at, left_out.excluded)

    def _related(self, kind: str, name: str, id: str, lens: Lens) -> LinkList:
        """The links of one of an entity's lists, by the list's name in the schema."""
        at, (document, read) = lens_of(lens), related_document(kind, name)
        variables = {"id": id, "lens": at.input()}

        left_out = LeftOut()

        def ask(n: int, after: str | None) -> Any:
            page = {"first": n, "after": after, "counted": after is None}
            return left_out.of(read(self._transport.run(document, "Related", {**variables, **page})))

        pages, total = self.pages(None, ask)
        return LinkList(self._whole(pages, at), total, at, left_out.excluded)

    def claims(
        self,
        about: Which | Link | Source | None = None,
        *,
        where: Mapping[str, Any] | None = None,
        limit: int | None = None,
        lens: Lensish = None,
    ) -> ClaimList:
        """Claims about an entity, behind a link, or of a source; all without either. ``where`` is a ClaimWhere."""
        at, left_out = lens_of(lens), LeftOut()
        if isinstance(about, Link):
            if where:
                raise TypeError("where: a link's claims are not filtered; filter the list, or ask claims(where=...)")
            pages, total = self._claims_behind(about.id, limit, at, left_out)
        else:
            subject = None if about is None else self._about(about, at)

            def ask(part: Any, n: int, after: str | None) -> Any:
                first = after is None
                return left_out.of(self._ops.claims(where=part, first=n, after=after, counted=first, lens=at.input()).claims)

            pages, total = self.pages_where(limit, together(subject, where), ask)
        return ClaimList((to.claim(c) for c in pages), total, at, left_out.excluded)

    def _claims_behind(self, link: str, limit: int | None, at: Lens, left_out: LeftOut | None = None) -> tuple[list[Any], int]:
        """The claims behind a link; what was left out is counted where that is asked for."""

        def ask(n: int, after: str | None) -> Any:
            counted = left_out is not None and after is None
            found = self._ops.link_claims(id=link, first=n, after=after, counted=counted, lens=at.input()).link
            claims = found.claims if found else None
            return left_out.of(claims) if left_out else claims

        return self.pages(limit, ask)

    def _about(self, about: Which | Source, at: Lens) -> dict[str, Any]:
        if isinstance(about, Source) or (isinstance(about, str) and about.startswith("s_")):
            return {"source": {"id": {"eq": about if isinstance(about, str) else about.id}}}
        return {"about": {"id": {"eq": self.ref_of(about, lens=at)}}}

    def _whole(self, found: Iterable[Any], at: Lens, second: Lens | None = None) -> Iterator[Link]:
        """Links with all their sources: those of more claims than came along are asked for, under the lens that each is read by."""
        for x in found:
            record = to.link(x)
            read = second if second and record.combined == "SECOND" else at
            if x.claims.total_count > len(x.claims.nodes):
                record = to.with_sources(record, map(to.claim, self._claims_behind(x.id, None, read)[0]))
            yield record

    def _evidence(self, links: Iterable[Link], at: Lens) -> dict[str, tuple[list[Claim], list[Claim]]]:
        """For each link the claims about it, and others that are set against it."""
        out: dict[str, tuple[list[Claim], list[Claim]]] = {}
        every = list(links)
        for i in range(0, len(every), BATCH):
            ids = [x.id for x in every[i : i + BATCH]]
            for x in self._ops.links_with_claims(ids=ids, first=BATCH, lens=at.input()).links.nodes:
                about = [to.claim(c) for c in x.claims.nodes]
                if x.claims.total_count > len(about):
                    about = [to.claim(c) for c in self._claims_behind(x.id, None, at)[0]]
                seen = {c.id for c in about}
                out[x.id] = about, [to.claim(c) for c in x.contradicted_by if c.id not in seen]
        return out

    def sources(
        self, of: Which | Link | None = None, *, where: Mapping[str, Any] | None = None, limit: int | None = None, lens: Lensish = None
    ) -> SourceList:
        """The sources of the claims about an entity or behind a link; all sources without either. ``where`` is a SourceWhere."""
        at = lens_of(lens)
        if of is not None:
            if where:
                raise TypeError("where: give either an entity or link, or where")
            found = list(dict.fromkeys(c.source for c in self.claims(of, lens=frozen(at))))
            return SourceList(found if limit is None else found[:limit], len(found), at)

        def ask(part: Any, n: int, after: str | None) -> Any:
            return self._ops.sources(where=part, first=n, after=after, lens=at.input()).sources

        pages, total = self.pages_where(limit, where, ask)
        return SourceList((to.source(s) for s in pages), total, at)

    def source(self, id: str, *, lens: Lensish = None) -> Source:
        """A source, by id."""
        found = self._ops.source(id=id, lens=lens_of(lens).input()).source
        if found is None:
            raise NotFound(id, f"no source is known by the id {id!r}; look it up with sources()")
        return to.source(found)

    # Whatever else

    def query(self, document: str, variables: Mapping[str, Any] | None = None, *, operation_name: str | None = None) -> Result:
        """Any GraphQL document, such as an example of the playground. Its lens is what it says: blocks do not reach into it."""
        data, errors = self._transport.post(document, operation_name, variables or {})
        if errors:
            raise problem(errors, data)
        return Result(data)
