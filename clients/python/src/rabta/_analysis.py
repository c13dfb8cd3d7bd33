"""Link analysis: one method a question. What the measures mean, and what to beware of, is in docs/link-analysis.md."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Unpack

from . import _convert as to
from . import results as rs
from ._base import Base, Lensish, ViewArgs, Which, meant, second_of, several
from .compare import LinkChange, NetworkDiff
from .errors import TruncatedWarning
from .frames import Row, brief_row, link_row
from .lens import Day, Lens, lens_of
from .lists import EntityList, LinkList, Rows
from .network import Network, warn_truncated
from .records import Brief, Entity, frozen
from .report import sentence

MOST_ROWS = 500


class Analysis(Base):
    """The part of the client that asks about networks."""

    # Parts of the graph

    def neighbourhood(
        self,
        of: Which | Iterable[Which],
        depth: int = 1,
        *,
        kinds: Iterable[str] | None = None,
        direction: str = "BOTH",
        limit: int = 500,
        lens: Lensish = None,
    ) -> Network:
        """Everything within some steps of some entities, and all links between them. At most ``limit`` nodes: see ``Network.truncated``."""
        first, given = lens_of(lens), list(several(of))
        refs = self.refs_of(given, lens=first)

        def ask(at: Lens) -> Network:
            same = refs if at == first else self.ids_of(given, lens=first)  # under another lens names may be those of others
            found = self._ops.neighbourhood(
                of=same or [], depth=depth, kinds=to.upper(kinds), direction=to.given(direction), max_nodes=limit, lens=at.input()
            ).neighbourhood
            return self._network(found, at, ask, "neighbourhood")

        return ask(first)

    def subgraph(self, *, limit: int = 5000, lens: Lensish = None, **view: Unpack[ViewArgs]) -> Network:
        """A part of the graph, those of most links first; all of it without a view. Kinship and attendance only if asked."""
        first = lens_of(lens)

        def ask(at: Lens) -> Network:
            part = self.view(view if at == first else self.fixed(view, first), at)
            second = second_of(view.get("combine"), view.get("with_"))
            also = (second[0], second[1] or at) if second else None
            return self._network(self._ops.subgraph(view=part, max_nodes=limit).subgraph, at, ask, "subgraph", also)

        return ask(first)

    def _network(self, found: Any, at: Lens, ask: Any, what: str, second: tuple[str, Lens] | None = None) -> Network:
        truncated = to.truncation(found.truncated)
        warn_truncated(truncated, what)
        return Network(
            (to.entity(e, self, at) for e in found.nodes),
            self._whole(found.links, at, second[1] if second else None),
            truncated=truncated,
            excluded=to.exclusions(found.excluded),
            lens=at,
            sequence=self._transport.sequence,
            client=self,
            again=ask,
            second=second,
        )

    def paths(
        self,
        start: Which,
        end: Which,
        *,
        rank: str = "EVIDENCE",
        limit: int = 5,
        max_length: int = 6,
        via: Which | Iterable[Which] | None = None,
        avoid: Which | Iterable[Which] | None = None,
        concurrent: bool = True,
        lens: Lensish = None,
        **view: Unpack[ViewArgs],
    ) -> rs.Paths:
        """Paths between two, best evidenced first (or by LENGTH or CREDIBILITY).

        All hops of a path may have held at one time, ``when`` says when; ``concurrent=False`` takes paths whose hops held at
        any times.
        """
        at = lens_of(lens)
        found = self._ops.paths(
            from_=self.ref_of(start, lens=at),
            to=self.ref_of(end, lens=at),
            rank=to.given(rank),
            first=limit,
            max_length=max_length,
            via=self.refs_of(via, lens=at),
            avoid=self.refs_of(avoid, lens=at),
            concurrent=concurrent,
            view=self.view(view, at),
        ).paths
        excluded = to.exclusions(found.excluded)
        nodes: dict[str, Entity] = {}
        links: dict[str, Any] = {}
        for p in found.paths:
            for h in p.hops:
                nodes |= {e.id: to.entity(e, self, at) for e in (h.from_, h.to)}
                links[h.link.id] = h.link
        network = Network(
            nodes.values(), self._whole(links.values(), at), excluded=excluded, lens=at, sequence=self._transport.sequence, client=self
        )
        paths = tuple(
            rs.Path(
                tuple(hop(h) for h in p.hops),
                p.weakest_credibility,
                p.prose,
                tuple(to.source(s) for s in p.carried_by),
                to.exclusions(p.excluded),
                None if p.when is None else tuple(rs.Overlap(to.date(o.from_), to.date(o.to)) for o in p.when),
                p.undated_hops,
            )
            for p in found.paths
        )
        return rs.Paths(paths=paths, network=network, excluded=excluded, partial=to.truncation(found.partial), lens=at)

    # Figures

    def measure(
        self,
        measure: str,
        *,
        of: Which | Iterable[Which] | None = None,
        limit: int = 20,
        samples: int = 0,
        by_source: int = 0,
        seed: int = 1,
        lens: Lensish = None,
        **view: Unpack[ViewArgs],
    ) -> rs.Ranking:
        """Entities by a measure, highest first: DEGREE, BETWEENNESS, PAGERANK and so on.

        ``samples`` says how sure each rank is, ``by_source`` on how many sources' word it stands.
        """
        at = lens_of(lens)
        ids, part = self.refs_of(of, lens=at), self.view(view, at)
        found = self._ops.measure_of(
            measure=to.given(measure), view=part, of=ids, first=limit, seed=seed, samples=samples, by_source=by_source
        ).measure
        return ranking(found, at)

    def measures(self, *names: str, lens: Lensish = None, limit: int = MOST_ROWS, seed: int = 1, **view: Unpack[ViewArgs]) -> rs.Measures:
        """Several measures of the same network side by side, of those that are highest by the first: at most 500."""
        if not names:
            raise TypeError("name the measures, as in measures('DEGREE', 'BETWEENNESS')")
        at = lens_of(lens)
        same = frozen(at)
        found = [self.measure(names[0], limit=limit, seed=seed, lens=same, **view)]
        rows = [x.node for x in found[0].ranks]
        found += [self.measure(n, of=rows, limit=limit, seed=seed, lens=same, **view) for n in names[1:]]
        one = found[0]
        return rs.Measures(
            rankings=tuple(found), node_count=one.node_count, link_count=one.link_count, excluded=one.excluded, partial=one.partial, lens=at
        )

    def communities(
        self,
        *,
        method: str = "LEIDEN",
        resolution: float = 1.0,
        seed: int = 1,
        limit: int = MOST_ROWS,
        lens: Lensish = None,
        **view: Unpack[ViewArgs],
    ) -> rs.Communities:
        """What belongs together, the largest first: LEIDEN, LABEL_PROPAGATION, COMPONENTS or STRONG_COMPONENTS."""
        at = lens_of(lens)
        found = self._ops.communities(
            view=self.view(view, at), method=to.given(method), resolution=resolution, seed=seed, first=limit
        ).communities
        rows = tuple(rs.Community(c.number, c.size, to.briefs(c.members)) for c in found.rows)
        return rs.Communities(communities=rows, count=found.count, modularity=found.modularity, **over(found, at))

    def structure(self, *, seed: int = 1, lens: Lensish = None, **view: Unpack[ViewArgs]) -> rs.Table:
        """The shape of a network in figures, and its cutpoints: entities whose removal splits their part."""
        at = lens_of(lens)
        found = self._ops.structure(view=self.view(view, at), seed=seed).structure
        figures = to.scalars(found) | {"core": to.briefs(found.core), "bridges": pairs(found.bridges)}
        figures["blocks"] = [to.briefs(b.members) for b in found.blocks]
        figures["distances"] = found.distances.model_dump() if found.distances else None
        rows = tuple({**brief_row(to.brief(c.node)), "fragmentation": c.fragmentation} for c in found.cutpoints)
        return rs.Table(name="structure", figures=figures, table=rows, **over(found, at))

    def key_players(
        self, size: int, *, goal: str = "FRAGMENTATION", steps: int = 2, seed: int = 1, lens: Lensish = None, **view: Unpack[ViewArgs]
    ) -> rs.Table:
        """The set of ``size`` entities that together does most: FRAGMENTATION, DISTANCE_FRAGMENTATION, REACH, DISTANCE_REACH."""
        at = lens_of(lens)
        found = self._ops.key_players(size=size, goal=to.given(goal), steps=steps, view=self.view(view, at), seed=seed).key_players
        rows = tuple(brief_row(to.brief(m)) for m in found.members)
        return rs.Table(name="key players", figures=to.scalars(found), table=rows, **over(found, at))

    def brokers(self, *, grouped_by: str = "MEMBERSHIP", limit: int = 20, lens: Lensish = None, **view: Unpack[ViewArgs]) -> rs.Table:
        """Who stands between others: counts of each role, and ``ROLE_z``, how far that is from chance. Totals grow with degree: read z."""
        at = lens_of(lens)
        found = self._ops.brokers(grouped_by=to.given(grouped_by), view=self.view(view, at), first=limit).brokers
        rows = []
        for b in found.rows:
            row: Row = {**brief_row(to.brief(b.node)), "total": b.total}
            for x in b.roles:
                row |= {x.role.value.lower(): x.count, f"{x.role.value.lower()}_z": x.z}
            rows.append(row)
        return rs.Table(name="brokers", figures=to.scalars(found), table=tuple(rows), **over(found, at))

    def balance(self, *, limit: int = 20, seed: int = 1, lens: Lensish = None, **view: Unpack[ViewArgs]) -> rs.Table:
        """Friends and enemies: the two camps as a table, triads and what does not fit as figures."""
        at = lens_of(lens)
        found = self._ops.balance(view=self.view(view, at), first=limit, seed=seed).balance
        triads = [tuple(e.name for e in (t.a, t.b, t.c)) for t in found.unbalanced]
        figures = to.scalars(found) | found.census.model_dump() | {"unbalanced": triads}
        figures |= {"frenemies": pairs(found.frenemies), "against": pairs(found.against)}
        rows = tuple({"camp": c, **brief_row(to.brief(e))} for c, list_ in (("A", found.camp_a), ("B", found.camp_b)) for e in list_)
        return rs.Table(name="balance", figures=figures, table=rows, **over(found, at))

    # What may be missing, and who is alike

    def predict_links(
        self,
        of: Which | Iterable[Which],
        *,
        method: str = "ADAMIC_ADAR",
        limit: int = 20,
        concurrent: bool = True,
        include_disputed: bool = False,
        lens: Lensish = None,
        **view: Unpack[ViewArgs],
    ) -> Rows[Any]:
        """Ties that are not there, scored by shared neighbours. It tells where to read next, and is no claim.

        A neighbour is shared where both may have been joined to it on one day; at any times with ``concurrent=False``.
        ``rests_on`` are the links behind a row, with status, hedge and grade; ``joined_by`` links that do join the two and were
        not read, such as rivalries. No row rests on disputed or denied links unless ``include_disputed``.
        """
        at = lens_of(lens)
        ids, part = self.refs_of(of, lens=at) or [], self.view(view, at)
        found = self._ops.predict_links(
            of=ids, method=to.given(method), first=limit, concurrent=concurrent, include_disputed=include_disputed, view=part
        ).predict_links

        behind = self._behind((x.id for p in found for x in chain[Any](p.rests_on, p.joined_by)), at)

        def row(p: Any) -> Row:
            shared = [s.name for s in p.shared]
            return {
                "source": p.source.id,
                "target": p.target.id,
                "target_name": p.target.name,
                "score": p.score,
                "shared": shared,
                "rests_on": [behind[x.id] for x in p.rests_on],
                "joined_by": [behind[x.id] for x in p.joined_by],
            }

        columns = ("source", "target", "target_name", "score", "shared", "rests_on", "joined_by")
        return Rows(found, row, columns, "predictions, no claims", lens=at)

    def similar(
        self,
        of: Which | None = None,
        *,
        name: str | None = None,
        external: str | None = None,
        method: str = "JACCARD",
        limit: int = 10,
        include_disputed: bool = False,
        lens: Lensish = None,
        **view: Unpack[ViewArgs],
    ) -> Rows[Any]:
        """Entities that are linked to the same things in the same way, with the links behind each row in ``rests_on``.

        ``shared`` says where the two were certainly linked to it at different times, as those who led a group one after the other.
        No row rests on disputed or denied links unless ``include_disputed``.
        """
        at = lens_of(lens)
        ref, part = self.ref_of(meant(of, name, external), lens=at), self.view(view, at)
        found = self._ops.similar(of=ref, method=to.given(method), first=limit, include_disputed=include_disputed, view=part).similar

        behind = self._behind((e.id for s in found for x in s.shared for e in x.rests_on), at)

        def row(s: Any) -> Row:
            shared = [f"{x.kind.value} {x.direction.value} {x.node.name}{'' if x.together else ' (at different times)'}" for x in s.shared]
            rests = [behind[x.id] for feature in s.shared for x in feature.rests_on]
            return {**brief_row(to.brief(s.node)), "score": s.score, "shared": shared, "rests_on": rests}

        return Rows(found, row, ("id", "kind", "name", "score", "shared", "rests_on"), "alike", lens=at)

    def _behind(self, links: Iterable[str], at: Lens) -> dict[str, str]:
        """Links that rows rest on, by id: what each says, how it stands and is worded, its grade, when it held, and who says so."""
        ids = list(dict.fromkeys(links))
        told = {id: id for id in ids}  # what is gone by the time that it is asked for keeps its id
        if ids:
            found = self.links(where={"id": {"in": ids}}, lens=frozen(at))
            told |= {x.id: sentence(x).removesuffix(".") for x in found}
        return told

    # People, pairs, times

    def kin(
        self,
        of: Which | None = None,
        *,
        name: str | None = None,
        external: str | None = None,
        degree: int = 4,
        lens: Lensish = None,
    ) -> Rows[Any]:
        """Relatives, as claims have them and as they follow, with the weakest credibility of the legs."""
        at = lens_of(lens)
        found = self._ops.kin(of=self.ref_of(meant(of, name, external), lens=at), degree=degree, lens=at.input()).kin
        columns = ("id", "name", "term", "degree", "derived", "credibility", "conflicting", "links")

        def row(x: Any) -> Row:
            own = {c: getattr(x, c) for c in ("term", "degree", "derived", "credibility", "conflicting")}
            return {"id": x.other.id, "name": x.other.name, **own, "links": [h.link.id for h in x.legs]}

        return Rows(found, row, columns, "relatives; kinship is no evidence of conduct", lens=at)

    def dyad(self, a: Which, b: Which, *, bearings: Iterable[str] | None = None, lens: Lensish = None) -> Rows[Any]:
        """How two stood to each other, year by year: ``friendly`` and ``hostile`` are ids of links; ``disagreement`` is between sources.

        ``clashes`` are incidents that one claimed against the other, with ``bearings="ALL"`` also what it is said to have done;
        ``joint`` what both claimed. The last row, without a year, has the links that nobody dates, those that may have held in
        years that no claim names (``spans``), incidents of no one year, and how many links are ``outside_life``: they held on no
        day, as one of the two did not exist.
        """
        at = lens_of(lens)
        found = self._ops.dyad(a=self.ref_of(a, lens=at), b=self.ref_of(b, lens=at), bearings=to.upper(bearings), lens=at.input()).dyad
        columns = (
            "year", "friendly", "hostile", "possibly_friendly", "possibly_hostile", "modes", "disagreement", "clashes", "joint", "spans",
            "undated", "incidents_without_year", "outside_life",
        )  # fmt: skip
        rows: list[Row] = [
            {
                "year": y.year,
                "friendly": [x.id for x in y.friendly],
                "hostile": [x.id for x in y.hostile],
                "possibly_friendly": [x.id for x in y.possibly_friendly],
                "possibly_hostile": [x.id for x in y.possibly_hostile],
                "modes": list(to.words(y.modes)),
                "disagreement": y.disagreement,
                "clashes": [e.name for e in y.clashes],
                "joint": [e.name for e in y.joint],
                "spans": [],
                "undated": [],
                "incidents_without_year": [],
                "outside_life": None,
            }
            for y in found.years
        ]
        rest: Row = {"spans": [x.id for x in found.spans], "undated": [x.id for x in found.undated]}
        rest |= {"incidents_without_year": [e.name for e in found.incidents_without_year], "outside_life": found.outside_life}
        if any(rest.values()):
            rows.append({c: [] for c in columns} | {"year": None, "disagreement": None} | rest)
        return Rows(rows, lambda r: r, columns, f"years of {found.a.name} and {found.b.name}", lens=at)

    def timeline(
        self,
        of: Which | Iterable[Which],
        *,
        by: str = "YEAR",
        within: bool = True,
        boundaries: str = "THEN",
        gazetteer: bool = True,
        lens: Lensish = None,
    ) -> rs.Table:
        """Incidents, those killed in them as ranges, and the starts and ends of links by YEAR, QUARTER or MONTH.

        ``happened_*`` is about the incidents that are named, and those in the places that are; the others about what the
        actors claimed, what is attributed to them, and what is and they denied: each incident is in one of the
        three, and they are not to be added. A sum is None where no incident has a figure, ``_high`` also where nothing bounds one;
        ``_without_figure`` counts those without, ``_possibly_same`` those that may be the same as another. ``within``,
        ``boundaries`` and ``gazetteer`` say what counts as being in a place, and ``_by_gazetteer`` how many are there by it alone.
        Links whose ends name no period, and incidents whose dates do not, are the figures ``spans`` and ``spanning_incidents``.
        """
        at = lens_of(lens)
        found = self._ops.timeline(
            of=self.refs_of(of, lens=at) or [],
            by=to.given(by),
            within=within,
            boundaries=to.given(boundaries),
            gazetteer=gazetteer,
            lens=at.input(),
        ).timeline
        rows = tuple(
            {
                "period": t.label,
                "start": rs.day(t.from_),
                "end": rs.day(t.to),
                "incidents": [e.name for e in t.incidents],
                **to.summed("happened", t.happened),
                **to.summed("claimed", t.claimed),
                **to.summed("attributed", t.attributed),
                **to.summed("attributed_and_denied", t.attributed_and_denied),
                "links_started": [x.id for x in t.started],
                "links_ended": [x.id for x in t.ended],
                "links_possibly_started": [x.id for x in t.possibly_started],
                "links_possibly_ended": [x.id for x in t.possibly_ended],
            }
            for t in found.rows
        )
        spans = {"spans": [x.id for x in found.spans], "spanning_incidents": [e.name for e in found.spanning_incidents]}
        return rs.Table(name="timeline", figures=to.scalars(found) | spans, table=rows, lens=at)

    # Two lenses, and one source

    def diff(
        self,
        before: Lens | Mapping[str, Any] | Day,
        after: Lens | Mapping[str, Any] | Day,
        *,
        limit: int = 500,
        **view: Unpack[ViewArgs],
    ) -> NetworkDiff:
        """What changed between two lenses, or two days. At most ``limit`` of each list: see ``NetworkDiff.truncated``."""
        old, new = (lens_of(x if isinstance(x, (Lens, Mapping)) else Lens(as_of=x)) for x in (before, after))
        part = {k: v for k, v in self.view(self.fixed(view, old), old).items() if k != "lens"}
        found = self._ops.diff(before=old.input(), after=new.input(), view=to.given(part) if part else None, first=limit).diff
        out = NetworkDiff(
            EntityList((to.entity(e, self, new) for e in found.added_nodes), found.added_node_count, lens=new),
            EntityList((to.entity(e, self, old) for e in found.removed_nodes), found.removed_node_count, lens=old),
            LinkList(self._whole(found.added_links, new), found.added_link_count, lens=new),
            LinkList(self._whole(found.removed_links, old), found.removed_link_count, lens=old),
            [LinkChange(to.link(c.before), to.link(c.after), tuple(c.what)) for c in found.changed],
            found.changed_count,
            to.truncation(found.partial),
        )
        if out.truncated:
            warnings.warn(f"the difference is not complete: {out._caption()}; narrow the view", TruncatedWarning, stacklevel=2)
        return out

    def source_impact(self, source: Any, *, limit: int = 500, lens: Lensish = None, **view: Unpack[ViewArgs]) -> rs.Table:
        """What the graph would be without one source.

        Links that would be lost, gained, weakened or otherwise changed, at most ``limit`` of each; the figures have how many
        there are, and ``moved`` the ranks that would change.
        """
        at = lens_of(lens)
        id = source if isinstance(source, str) else source.id
        found = self._ops.source_impact(source=id, view=self.view(view, at), first=limit).source_impact
        rows: list[Row] = []
        for word, links in (("lost", found.lost), ("gained", found.gained)):
            rows += [{"change": word, "what": [], **link_row(x)} for x in self._whole(links, at)]
        for word, changes in (("weakened", found.weakened), ("changed", found.changed)):
            rows += [{"change": word, "what": list(c.what), **link_row(to.link(c.after))} for c in changes]
        moved = [{"id": m.node.id, "name": m.node.name, "before": m.before, "after": m.after} for m in found.moved]
        counts = {"lost": found.lost_count, "gained": found.gained_count, "weakened": found.weakened_count, "changed": found.changed_count}
        figures = {"source": found.source.title, **counts, "moved": moved}
        partial = to.truncation(found.partial)
        return rs.Table(name="source impact", figures=figures, table=tuple(rows), partial=partial, lens=at)


def hop(h: Any) -> rs.Hop:
    return rs.Hop(
        Brief(h.from_.id, to.word(h.from_.kind), h.from_.name), Brief(h.to.id, to.word(h.to.kind), h.to.name), h.forward, to.link(h.link)
    )


def pairs(found: Iterable[Any]) -> list[tuple[str, str]]:
    return [(p.a.name, p.b.name) for p in found]


def over(found: Any, at: Lens) -> dict[str, Any]:
    """What an answer says about itself."""
    return {
        "node_count": found.node_count,
        "link_count": found.link_count,
        "excluded": to.exclusions(found.excluded),
        "partial": to.truncation(found.partial),
        "lens": at,
    }


def ranking(found: Any, at: Lens) -> rs.Ranking:
    rows = []
    for x in found.rows:
        i = x.interval
        shares = None if x.by_source is None else tuple(rs.Share(to.source(s.source), s.value, s.rank, s.change) for s in x.by_source)
        rows.append(rs.Rank(x.rank, to.brief(x.node), x.value, rs.RankInterval(i.median, i.low, i.high, i.top_ten) if i else None, shares))
    return rs.Ranking(
        measure=to.word(found.measure), ranks=tuple(rows), exact=found.exact, error=found.error, sequence=found.revision, **over(found, at)
    )
