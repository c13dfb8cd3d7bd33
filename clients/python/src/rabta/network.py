"""A part of the graph, to tabulate, draw, measure and cite."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _drawing, _html
from .compare import NetworkDiff, compare
from .convert import geojson, to_geodataframe, to_igraph, to_networkx
from .errors import TruncatedWarning
from .lens import Day, Lens
from .lists import EntityList, LinkList, shown_link
from .records import Claim, Entity, Exclusion, Link, Truncation
from .report import footnotes

if TYPE_CHECKING:
    import geopandas
    import igraph
    import networkx
    import pandas as pd
    import polars as pl

    from ._base import Base


class Network:
    """Entities and the links between them, as one lens shows them at one moment.

    ``nodes`` and ``links`` are lists; ``truncated`` says why the network is not complete,
    None if it is; ``excluded`` counts what the lens left out, by reason; ``lens`` and
    ``sequence`` say under which conditions and as of which commit it was read.
    """

    def __init__(
        self,
        nodes: Iterable[Entity],
        links: Iterable[Link],
        *,
        truncated: Truncation | None = None,
        excluded: Iterable[Exclusion] = (),
        lens: Lens | None = None,
        sequence: int = 0,
        client: Base | None = None,
        again: Callable[[Lens], Network] | None = None,
        second: tuple[str, Lens] | None = None,
    ) -> None:
        self.lens = lens or Lens()
        self.nodes = EntityList(nodes, lens=self.lens)
        self.truncated = truncated
        self.excluded = tuple(excluded)
        self.links = LinkList(links, lens=self.lens, excluded=self.excluded)
        self.sequence = sequence
        self._client = client
        self._again = again
        self._second = second

    def __len__(self) -> int:
        return len(self.nodes)

    def __contains__(self, entity: object) -> bool:
        wanted = getattr(entity, "id", entity)
        return any(wanted == e.id or wanted in e.same_ids for e in self.nodes)

    # Tables

    def nodes_df(self) -> pd.DataFrame:
        """A row a node: columns of ``frames.NODE_COLUMNS``."""
        return self.nodes.to_df()

    def edges_df(self) -> pd.DataFrame:
        """A row a link: columns of ``frames.LINK_COLUMNS``; ``source`` and ``target`` are ids of nodes."""
        return self.links.to_df()

    def held_df(self) -> pd.DataFrame:
        """A row for each interval in which a link held: columns of ``frames.HELD_COLUMNS``; see ``LinkList.held_df``."""
        return self.links.held_df()

    def nodes_polars(self) -> pl.DataFrame:
        """The nodes as a polars table."""
        return self.nodes.to_polars()

    def edges_polars(self) -> pl.DataFrame:
        """The links as a polars table."""
        return self.links.to_polars()

    # Graphs of others

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A networkx graph: nodes by id, links by id as key; attributes as in the tables, without those that are unknown.

        Links have the direction of their claims, symmetric kinds too; for measures as the
        server has them, take ``networkx.Graph(net.to_networkx())``.
        """
        return to_networkx(self.nodes, self.links)

    def to_igraph(self) -> igraph.Graph:
        """A directed igraph graph; vertices carry their ids as ``name``, edges theirs as ``id``."""
        return to_igraph(self.nodes, self.links)

    def to_geojson(self) -> dict[str, Any]:
        """A FeatureCollection of the nodes that have a point; an incident without one stands where it happened."""
        return geojson(self.nodes, self.links)

    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """The placed nodes as a geopandas table (EPSG:4326)."""
        return to_geodataframe(self.nodes, self.links)

    # Other views of the same question

    def under(self, lens: Lens | Mapping[str, Any]) -> Network:
        """The same question again, under this network's lens with that laid over it.

        It asks the server: which claims count decides about status, grade and dates of a
        link, which cannot be told from the link alone.
        """
        if self._again is None:
            raise ValueError("this network was not asked for by a Client, so it cannot be asked for again")
        given = lens if isinstance(lens, Lens) else Lens(**lens)
        return self._again(given.over(self.lens))

    def as_of(self, day: Day) -> Network:
        """The same question, as of a day, a month or a year (their last day)."""
        return self.under(Lens(as_of=day))

    def filter(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        disputed: bool | None = None,
        bearings: Iterable[str] | None = None,
        node: Callable[[Entity], bool] | None = None,
        link: Callable[[Link], bool] | None = None,
        isolates: bool = False,
    ) -> Network:
        """The links and nodes that meet all conditions, as they stand here; nodes that lose all links go, unless ``isolates``.

        For conditions on claims (grades, dates, sources) use ``under``: dropping links is not the same as dropping claims.
        """
        wanted_links, wanted_nodes, wanted_bearings = words(kinds), words(entity_kinds), words(bearings)
        nodes = [e for e in self.nodes if (wanted_nodes is None or e.kind in wanted_nodes) and (node is None or node(e))]
        ids = {e.id for e in nodes}
        links = [
            x
            for x in self.links
            if x.source.id in ids
            and x.target.id in ids
            and (wanted_links is None or x.kind in wanted_links)
            and (disputed is None or x.disputed == disputed)
            and (wanted_bearings is None or x.bearing in wanted_bearings)
            and (link is None or link(x))
        ]
        if not isolates:
            joined = {end for x in links for end in (x.source.id, x.target.id)}
            had = {end for x in self.links for end in (x.source.id, x.target.id)}
            nodes = [e for e in nodes if e.id in joined or e.id not in had]
        ask = self._again
        same: dict[str, Any] = {
            "kinds": wanted_links,
            "entity_kinds": wanted_nodes,
            "disputed": disputed,
            "bearings": wanted_bearings,
            "node": node,
            "link": link,
            "isolates": isolates,
        }
        return self._with(nodes, links, (lambda lens: ask(lens).filter(**same)) if ask else None)

    def _with(self, nodes: Iterable[Entity], links: Iterable[Link], again: Callable[[Lens], Network] | None) -> Network:
        return Network(
            nodes,
            links,
            truncated=self.truncated,
            excluded=self.excluded,
            lens=self.lens,
            sequence=self.sequence,
            client=self._client,
            again=again,
            second=self._second,
        )

    def diff(self, other: Network) -> NetworkDiff:
        """What the other network has that this one has not, and the other way round: this one is the one before."""
        return compare(self.nodes, self.links, other.nodes, other.links)

    # Evidence

    def claims(self) -> dict[str, list[Claim]]:
        """The claims behind each link, for and against, by the link's id."""
        if self._client is None:
            raise ValueError("this network was not asked for by a Client, so its claims are not at hand")
        return {id: about for id, (about, _) in self._evidence(self._client).items()}

    def cite(self) -> str:
        """Every link in words, with a numbered note for each claim: who says so, where, how sure."""
        if self._client is None:
            raise ValueError("this network was not asked for by a Client, so its claims are not at hand")
        read = f"under {self.lens!r}" + (f", in {self._second[0]} with {self._second[1]!r}" if self._second else "")
        return footnotes(self.links, self._evidence(self._client), read, self.excluded, self.truncated)

    def _evidence(self, client: Base) -> dict[str, tuple[list[Claim], list[Claim]]]:
        """The claims behind each link, as the view that it is read in has them."""
        own = [x for x in self.links if x.combined != "SECOND"]
        rest = [x for x in self.links if x.combined == "SECOND"]
        found = client._evidence(own, self.lens)
        return found | client._evidence(rest, self._second[1]) if self._second else found

    # What is seen

    def _caption(self) -> str:
        lens = f" under {self.lens!r}" if self.lens != Lens() else ""
        lens += f", in {self._second[0]} with {self._second[1]!r}" if self._second else ""
        return f"{len(self.nodes)} entities, {len(self.links)} links{lens}, commit {self.sequence}"

    def _notices(self) -> list[str]:
        out = []
        if self.truncated:
            out.append(f"Not complete: {told(self.truncated)}")
        if self.excluded:
            out.append("Left out: " + ", ".join(str(x) for x in self.excluded))
        return out

    def __repr__(self) -> str:
        return "\n".join([f"<Network: {self._caption()}>", *(f"  {n}" for n in self._notices())])

    def svg(self) -> str:
        """A still drawing of the network, or of its best linked nodes."""
        return _drawing.svg(self.nodes, self.links, self._caption())

    def _repr_html_(self) -> str:
        some = ""
        if len(self.nodes) > _drawing.MOST_NODES:
            some = _html.notice(
                f"The drawing shows the {_drawing.MOST_NODES} best linked of {len(self.nodes)} entities; the table has all."
            )
        drawing = _html.picture(self.svg(), "Drawing of " + self._caption() + "; the table says the same in words")
        head = "".join(_html.notice(n) for n in self._notices()) + some
        if self.links:
            return head + drawing + _html.table([shown_link(x) for x in self.links], LinkList.brief, self._caption())
        return head + drawing + _html.table(self.nodes.rows(), EntityList.brief, self._caption())

    def show(self, **options: Any) -> Any:
        """Something to look at: an ipysigma widget where that is installed, which takes the options, else the still drawing."""
        try:
            from ipysigma import Sigma
        except ImportError:
            return self
        options = {"node_label": "name", "node_color": "kind", "edge_color": "kind", **options}
        return Sigma(self.to_networkx(), **options)


def words(values: Iterable[str] | None) -> frozenset[str] | None:
    """Words of a closed list as the schema writes them."""
    if values is None:
        return None
    return frozenset(v.upper() for v in ([values] if isinstance(values, str) else values))


def told(t: Truncation) -> str:
    return f"{t.reason} (limit {t.limit}, depth {t.depth})"


def warn_truncated(t: Truncation | None, what: str) -> None:
    """Says that an answer is not complete, at the place that asked for it."""
    if t is not None:
        warnings.warn(f"{what} is not complete: {told(t)}; ask for more nodes, or for less", TruncatedWarning, stacklevel=5)
