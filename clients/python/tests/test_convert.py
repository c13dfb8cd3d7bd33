"""Networks as the graphs, tables and widgets of other libraries."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import networkx as nx
import pytest

from rabta import Client, Network
from rabta.convert import geojson
from rabta.frames import LINK_COLUMNS, NODE_COLUMNS


@pytest.fixture
def net(c: Client) -> Network:
    return c.neighbourhood(["mastung-bombing-2023-09-29", "ttp"])


def test_attributes(net: Network) -> None:
    graph, other = net.to_networkx(), net.to_igraph()
    link = next(x for x in net.links if x.earliest)
    found = graph.edges[link.source.id, link.target.id, link.id]
    assert (found["kind"], found["admiralty"], found["earliest"]) == (link.kind, link.admiralty, str(link.earliest))
    assert found["sources"].split("; ") == list(link.sources)
    edge = other.es.find(id=link.id)
    assert (other.vs[edge.source]["name"], other.vs[edge.target]["name"]) == (link.source.id, link.target.id)
    assert edge["earliest"] == str(link.earliest)
    assert other.vs.find(name="ttp")["label"] == graph.nodes["ttp"]["name"] == "Tehrik-i-Taliban Pakistan"
    assert set(other.vs.attributes()) == {*NODE_COLUMNS, "label"} - {"id"}
    assert set(other.es.attributes()) == set(LINK_COLUMNS) - {"source", "target"}


def test_graph_files_take_it(net: Network) -> None:
    for write, read in ((nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(net.to_networkx(), file)
        file.seek(0)
        assert read(file).number_of_edges() == len(net.links)


def test_places(net: Network) -> None:
    found = {f["id"]: f for f in net.to_geojson()["features"]}
    bombing = found["mastung-bombing-2023-09-29"]
    assert bombing["properties"]["placed_by"] == "mastung"
    assert bombing["geometry"] == found["mastung"]["geometry"]
    lon, lat = bombing["geometry"]["coordinates"]
    assert 66 < lon < 68
    assert 29 < lat < 31
    table = net.to_geodataframe().set_index("id")
    assert table.crs.to_epsg() == 4326
    assert (table.geometry["mastung"].x, table.geometry["mastung"].y) == (lon, lat)
    empty = net.filter(node=lambda e: False).to_geodataframe()
    assert (len(empty), empty.crs.to_epsg()) == (0, 4326)


def test_the_best_graded_place(net: Network) -> None:
    """An incident stands where the best graded link has it, whatever else is said, and nowhere that is only denied."""
    at = next(x for x in net.links if x.kind == "OCCURRED_AT" and x.target.id == "mastung")
    elsewhere = replace(next(e for e in net.nodes if e.id == "mastung"), id="elsewhere")
    nodes = [*net.nodes, elsewhere]
    weaker = replace(at, target=elsewhere, credibility=at.credibility + 1)
    disputed = replace(at, target=elsewhere, credibility=1, disputed=True)
    denied = replace(at, target=elsewhere, credibility=1, affirmed=0)
    for links, place in (([at, weaker], "mastung"), ([weaker, at], "mastung"), ([at, disputed], "mastung"), ([denied, at], "mastung")):
        found = {f["id"]: f for f in geojson(nodes, links)["features"]}
        assert found[at.source.id]["properties"]["placed_by"] == place
    assert at.source.id not in {f["id"] for f in geojson(nodes, [denied])["features"]}


def test_show(net: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = net.show(height=300)
    assert type(widget).__name__ == "Sigma"
    monkeypatch.setitem(sys.modules, "ipysigma", None)
    assert net.show() is net


def test_membership(net: Network) -> None:
    assert "ttp" in net
    assert net.nodes[0] in net
    assert "dawn-of-nothing" not in net
    assert len(net) == len(net.nodes)


def test_filter(net: Network) -> None:
    some = net.filter(kinds="condemned", disputed=False, bearings="speech")
    assert {x.kind for x in some.links} == {"CONDEMNED"}
    assert {e.id for e in some.nodes} == {i for x in some.links for i in (x.source.id, x.target.id)}
    kept = net.filter(kinds=["CONDEMNED"], isolates=True)
    assert len(kept.nodes) == len(net.nodes)
    only = net.filter(entity_kinds=["group", "INCIDENT"], link=lambda x: x.credibility <= 2)
    assert {e.kind for e in only.nodes} <= {"GROUP", "INCIDENT"}
    assert all(x.credibility <= 2 and x.source.id in only and x.target.id in only for x in only.links)
    assert (only.lens, only.excluded, only.sequence) == (net.lens, net.excluded, net.sequence)
    with pytest.raises(ValueError, match="asked for again"):
        Network(net.nodes, net.links).as_of("2014")
    with pytest.raises(ValueError, match="Client"):
        Network(net.nodes, net.links).cite()
