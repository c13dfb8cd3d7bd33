"""Networks as the graphs of other libraries, which are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import frames
from .errors import MissingPackage
from .records import Entity, Link, Point

if TYPE_CHECKING:
    import geopandas
    import igraph
    import networkx


def simple(row: frames.Row) -> frames.Row:
    """Attributes that every graph file can hold: lists as text, days as ISO text, unknown ones left out."""
    out: frames.Row = {}
    for name, value in row.items():
        if isinstance(value, list):
            value = "; ".join(value) if value else None
        elif name in frames.DAYS and value is not None:
            value = value.isoformat()
        if value is not None:
            out[name] = value
    return out


def to_networkx(nodes: Iterable[Entity], links: Iterable[Link]) -> networkx.MultiDiGraph[str]:
    """See ``Network.to_networkx``."""
    try:
        import networkx as nx
    except ImportError:
        raise MissingPackage("networkx", "networkx") from None
    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for e in nodes:
        graph.add_node(e.id, **{k: v for k, v in simple(frames.node_row(e)).items() if k != "id"})
    for x in links:
        row = simple(frames.link_row(x))
        graph.add_edge(row.pop("source"), row.pop("target"), key=row.pop("id"), **row)
    return graph


def to_igraph(nodes: Sequence[Entity], links: Sequence[Link]) -> igraph.Graph:
    """See ``Network.to_igraph``."""
    try:
        import igraph as ig
    except ImportError:
        raise MissingPackage("igraph", "igraph") from None
    graph = ig.Graph(n=len(nodes), directed=True)
    at = {e.id: i for i, e in enumerate(nodes)}
    graph.add_edges([(at[x.source.id], at[x.target.id]) for x in links])
    points = [simple(frames.node_row(e)) for e in nodes]
    for name in frames.NODE_COLUMNS:
        graph.vs["label" if name == "name" else "name" if name == "id" else name] = [p.get(name) for p in points]
    rows = [simple(frames.link_row(x)) for x in links]
    for name in frames.LINK_COLUMNS:
        if name not in ("source", "target"):
            graph.es[name] = [r.get(name) for r in rows]
    return graph


def geojson(nodes: Iterable[Entity], links: Iterable[Link]) -> dict[str, Any]:
    """See ``Network.to_geojson``."""
    nodes = list(nodes)
    placed = {e.id: e.location for e in nodes if e.location}
    where = happened(links, placed)
    features = []
    for e in nodes:
        at = e.id if e.id in placed else where.get(e.id)
        if at is None:
            continue
        point = placed[at]
        row = simple(frames.node_row(e)) | {"precision": point.precision, "placed_by": at}
        row = {k: v for k, v in row.items() if k not in ("lat", "lon")}
        features.append(
            {"type": "Feature", "id": e.id, "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]}, "properties": row}
        )
    return {"type": "FeatureCollection", "features": features}


def happened(links: Iterable[Link], placed: Mapping[str, Point]) -> dict[str, str]:
    """Where incidents happened: the place that has a point and is best graded, of equal ones the first; none that is denied."""
    at = [x for x in links if x.kind == "OCCURRED_AT" and x.target.id in placed and x.affirmed]
    at.sort(key=lambda x: (x.disputed, x.credibility))
    return {x.source.id: x.target.id for x in reversed(at)}


def to_geodataframe(nodes: Iterable[Entity], links: Iterable[Link]) -> geopandas.GeoDataFrame:
    """See ``Network.to_geodataframe``."""
    try:
        import geopandas as gp
    except ImportError:
        raise MissingPackage("geopandas", "geo") from None
    features = geojson(nodes, links)["features"]
    if not features:
        return gp.GeoDataFrame({"id": [], "kind": [], "name": []}, geometry=[], crs="EPSG:4326")
    return gp.GeoDataFrame.from_features(features, crs="EPSG:4326")
