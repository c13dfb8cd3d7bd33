"""Two views taken together: what each method takes of them is what the server says, and what sets are."""

from __future__ import annotations

import io
from typing import Any

import pytest

from rabta import Client, Lens, QueryError

ALL = {"bearings": "ALL"}
LATER, EARLIER = Lens(as_of="2023-06-01"), Lens(as_of="2015-06-01")


def ids(links: Any) -> set[str]:
    return {x.id for x in links}


@pytest.mark.parametrize("how", ["union", "INTERSECTION", "DIFFERENCE"])
def test_networks_and_files_are_sets(c: Client, how: str) -> None:
    first, second = (ids(c.subgraph(lens=lens, **ALL).links) for lens in (LATER, EARLIER))  # type: ignore[arg-type]
    want = {"union": first | second, "INTERSECTION": first & second, "DIFFERENCE": first - second}[how]
    net = c.subgraph(lens=LATER, combine=how, with_=EARLIER, bearings="ALL")
    table = c.links_df(lens=LATER, combine=how, with_=EARLIER)
    assert ids(net.links) == set(table["id"]) == want != set()
    for frame in (net.edges_df(), table, c.links_polars(lens=LATER, combine=how, with_=EARLIER)):
        said = dict(zip(frame["id"], frame["combined"], strict=True))
        assert said == {id: "BOTH" if id in first & second else "FIRST" if id in first else "SECOND" for id in want}
    entities = c.entities_df(lens=LATER, combine=how, with_=EARLIER)
    assert set(entities["id"]) == {e.id for e in net.nodes}
    parts = list(c.iter_links_df(lens=LATER, combine=how, with_=EARLIER, rows=50))
    assert [i for p in parts for i in p["id"]] == list(table["id"])
    assert c.export("links.csv", io.BytesIO(), lens=LATER, combine=how, with_=EARLIER) == len(want)


def test_what_is_one_views_alone_is_told_as_that_has_it(c: Client) -> None:
    net = c.subgraph(lens=LATER, combine="UNION", with_=EARLIER, bearings="ALL")
    earlier = {x.id: x for x in c.subgraph(lens=EARLIER, bearings="ALL").links}
    alone = [x for x in net.links if x.combined == "SECOND"]
    assert alone
    claims = net.claims()
    for x in alone:
        assert (x.sources, x.hedge, x.held) == (earlier[x.id].sources, earlier[x.id].hedge, earlier[x.id].held)
        assert {s.id for s in (a.source for a in claims[x.id])} == set(x.sources)
    text = net.cite()
    assert text.count("in the second view alone, and as that has it") == len(alone)
    assert "in UNION with Lens(as_of='2015-06-01')" in text
    assert "in UNION with" in repr(net.filter(kinds=["MEMBER_OF"]))


def test_figures_are_of_the_two(c: Client) -> None:
    ranks = c.measure("DEGREE", lens=LATER, combine="DIFFERENCE", with_=EARLIER, limit=500)
    net = c.subgraph(lens=LATER, combine="DIFFERENCE", with_=EARLIER)
    assert (ranks.node_count, ranks.link_count) == (len(net.nodes), len(net.links))
    both = c.measures("DEGREE", "PAGERANK", lens=LATER, combine="DIFFERENCE", with_=EARLIER)
    assert both.link_count == len(net.links)
    groups = c.subgraph(kinds=["MEMBER_OF"], combine="UNION", with_={"kinds": ["RIVAL_OF"], "min_credibility": 2}, bearings="ALL")
    assert {(x.kind, x.combined) for x in groups.links} == {("MEMBER_OF", "FIRST"), ("RIVAL_OF", "SECOND")}
    assert all(x.credibility <= 2 for x in groups.links if x.kind == "RIVAL_OF")


def test_what_the_second_leaves_open_is_as_in_the_first(c: Client) -> None:
    with Lens(min_credibility=2):
        own = c.subgraph(kinds=["RIVAL_OF"], combine="UNION", with_={"kinds": ["RIVAL_OF"]}, bearings="ALL")
        table = c.links_df(kinds=["RIVAL_OF"], combine="UNION", with_={"kinds": ["RIVAL_OF"]})
        wide = c.links_df(kinds=["RIVAL_OF"], combine="UNION", with_=Lens())
    assert ids(own.links) == set(table["id"]) == set(c.links_df(kinds=["RIVAL_OF"], lens={"min_credibility": 2})["id"])
    assert set(wide["id"]) == set(c.links_df(kinds=["RIVAL_OF"])["id"]) > set(table["id"])
    near = c.subgraph(around="Tehrik-i-Taliban Pakistan", combine="UNION", with_={"around": "is-k"})
    assert {"ttp", "is-k"} <= {e.id for e in near.nodes}
    assert {e.id for e in near.under(Lens()).nodes} == {e.id for e in near.nodes}


def test_what_is_wrong_is_said(c: Client) -> None:
    for wrong in ({"combine": "UNION"}, {"with_": Lens()}, {"combine": "UNION", "with_": "2015"}):
        with pytest.raises(TypeError, match="combine takes a second view"):
            c.subgraph(**wrong)
        with pytest.raises(TypeError, match="combine takes a second view"):
            c.links_df(**wrong)
    with pytest.raises(QueryError, match="UNION, INTERSECTION, DIFFERENCE"):
        c.links_df(combine="XOR", with_=Lens())
    with pytest.raises(QueryError, match=r"with\.around"):
        c.links_df(combine="UNION", with_={"around": "ttp"})
    with pytest.raises(QueryError, match="is no table"):
        c.export("claims.ndjson", io.BytesIO(), combine="UNION", with_=Lens())
