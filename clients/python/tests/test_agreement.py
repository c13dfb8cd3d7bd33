"""The server's measures are those that networkx and igraph compute on the same network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pytest

from rabta import Client, Network

VIEWS: list[dict[str, Any]] = [
    {},
    {"entity_kinds": ["GROUP", "INDIVIDUAL", "ORGANISATION", "INCIDENT"]},
    {"entity_kinds": ["GROUP"], "lens": {"min_credibility": 2}},
    {"around": "ttp", "depth": 2, "bearings": "ALL", "through": ["INCIDENT"]},
]


def close(mine: Mapping[str, float], theirs: Mapping[str, float], name: str) -> None:
    assert mine.keys() == theirs.keys(), name
    for id, value in mine.items():
        assert value == pytest.approx(theirs[id], abs=1e-6), (name, id)


@pytest.fixture(params=VIEWS, ids=["all", "actors", "graded groups", "ego"])
def view(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture
def net(c: Client, view: dict[str, Any]) -> Network:
    found = c.subgraph(**view)
    assert len(found.links) > 20
    return found


FIGHTING = {"ATTACKER", "DEFENDER", "SIDE_A", "SIDE_B"}


def followed(net: Network, view: dict[str, Any]) -> Network:
    """What measures follow: not the parties of an incident that was a fight of several sides, unless it is passed through."""
    roles: dict[str, set[str]] = {}
    for x in net.links:
        if x.kind == "PARTY_TO" and x.role in FIGHTING:
            roles.setdefault(x.target.id, set()).add(x.role)
    sides = {id for id, on in roles.items() if len(on) > 1 and "through" not in view}
    parties = {(x.source.id, x.target.id) for x in net.links if x.kind == "PARTY_TO" and x.role in FIGHTING and x.target.id in sides}
    kept = [x for x in net.links if (x.source.id, x.target.id) not in parties and (x.target.id, x.source.id) not in parties]
    assert len(kept) < len(net.links) or not sides
    return Network(net.nodes, kept, lens=net.lens, sequence=net.sequence)


def values(c: Client, measure: str, view: dict[str, Any]) -> dict[str, float]:
    found = c.measure(measure, limit=500, **view)
    assert found.exact
    assert not found.truncated
    return found.values()


def test_networkx(c: Client, net: Network, view: dict[str, Any]) -> None:
    multi = net.to_networkx()
    assert sorted(k for _, _, k in multi.edges(keys=True)) == sorted(x.id for x in net.links)
    graph: nx.Graph[str] = nx.Graph(multi)
    close(values(c, "DEGREE", view), nx.degree_centrality(graph), "degree")
    graph = nx.Graph(followed(net, view).to_networkx())
    close(values(c, "PAGERANK", view), nx.pagerank(graph, weight=None, tol=1e-12, max_iter=1000), "pagerank")
    close(values(c, "BETWEENNESS", view), nx.betweenness_centrality(graph), "betweenness")
    close(values(c, "CORE", view), nx.core_number(graph), "core")
    directed: nx.DiGraph[str] = nx.DiGraph(followed(net, view).to_networkx())
    assert c.structure(**view)["components"] == nx.number_weakly_connected_components(directed)
    parts = {frozenset(m.id for m in x.members) for x in c.communities(method="COMPONENTS", limit=500, **view).communities}
    assert parts == {frozenset(x) for x in nx.connected_components(graph)}


def test_igraph(c: Client, net: Network, view: dict[str, Any]) -> None:
    graph = net.to_igraph()
    assert graph.es["id"] == [x.id for x in net.links]
    graph = graph.as_undirected(mode="collapse").simplify()
    names, n = graph.vs["name"], graph.vcount()

    def by_name(found: list[float]) -> dict[str, float]:
        return dict(zip(names, found, strict=True))

    close(values(c, "DEGREE", view), by_name([d / (n - 1) for d in graph.degree()]), "degree")
    graph = followed(net, view).to_igraph().as_undirected(mode="collapse").simplify()
    close(values(c, "PAGERANK", view), by_name(graph.pagerank()), "pagerank")
    close(values(c, "BETWEENNESS", view), by_name([b / ((n - 1) * (n - 2) / 2) for b in graph.betweenness()]), "betweenness")
    close(values(c, "CORE", view), by_name(graph.coreness()), "core")
    assert c.structure(**view)["components"] == len(graph.connected_components())


def test_measures_side_by_side(c: Client) -> None:
    table = c.measures("DEGREE", "pagerank", limit=5, entity_kinds=["GROUP"]).to_df()
    assert table.columns.tolist() == ["id", "kind", "name", "degree", "pagerank"]
    assert not table.isna().any().any()
    degree, rank = (c.measure(m, limit=500, entity_kinds=["GROUP"]).values() for m in ("DEGREE", "PAGERANK"))
    assert table["degree"].tolist() == sorted(degree.values(), reverse=True)[:5]
    assert [rank[i] for i in table["id"]] == table["pagerank"].tolist()
