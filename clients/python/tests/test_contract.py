"""What the client answers is what the server answers to the same question put in GraphQL, on every store."""

from __future__ import annotations

from typing import Any

import pytest

from rabta import Client, Lens, Network, NotFound, QueryError, TruncatedWarning
from rabta.frames import LINK_COLUMNS, NODE_COLUMNS


def ids(nodes: Any) -> list[str]:
    return [n["id"] if isinstance(n, dict) else n.id for n in nodes]


def test_revision(c: Client) -> None:
    said = c.query("{revision{sequence entities links claims sources}}")["revision"]
    mine = c.revision()
    assert {k: getattr(mine, k) for k in said} == said
    assert mine.store_answers
    assert c.sequence == mine.sequence


def test_an_entity_is_named_by_id_by_name_and_by_itself(c: Client) -> None:
    by_id = c.group("lej")
    assert by_id == c.group("Lashkar-e-Jhangvi") == c.group("lashkar-e-jhangvi") == c.group(by_id)
    (hit,) = [h for h in c.search("Lashkar-e-Jhangvi") if h.match == "EXACT"]
    assert c.entity(hit) == c.entity(hit.entity) == c.entity("lej") == hit.entity
    assert ids(c.neighbourhood("Lashkar-e-Jhangvi").nodes) == ids(c.neighbourhood([by_id]).nodes) == ids(c.neighbourhood("lej").nodes)
    assert by_id.kind == "GROUP"
    assert by_id.name == "Lashkar-e-Jhangvi"


def test_what_is_not_there_comes_with_suggestions(c: Client) -> None:
    with pytest.raises(NotFound, match="lashkar-e-islam") as e:
        c.group("lashkar")
    assert "lashkar-e-islam" in e.value.suggestions
    with pytest.raises(NotFound, match="is an organisation, not a group"):
        c.group("dawn")
    for nothing in ("", "   ", "no such thing at all"):
        with pytest.raises(NotFound):
            c.neighbourhood(nothing)
    with pytest.raises(NotFound):
        c.source("s_nothing")
    with pytest.raises(NotFound), c.lens(without_sources=["s_nothing"]):
        c.links()


@pytest.mark.parametrize(
    ("kind", "id", "names"),
    [
        ("group", "is-k", ["allies", "rivals", "members", "leaders", "founders", "spokesmen", "madressahs",
                           "parents", "factions", "claimedIncidents",
                           "deniedIncidents", "condemnedIncidents", "attributedIncidents", "places", "designations"]),
        ("group", "ttp", ["allies", "rivals", "factions", "deniedIncidents", "designations"]),
        ("individual", "dawood-badani", ["kin", "associates", "groups", "roles", "madressahs", "incidents", "custody", "designations"]),
        ("madressah", "mastung-madressah-ksm-family", ["founders", "leaders", "administrators", "teachers", "patrons", "students", "places",
                                                         "groups", "incidents"]),
        ("organisation", "jui-f", ["members", "leaders", "founders", "spokesmen", "incidents", "places", "designations"]),
        ("incident", "mastung-bombing-2023-09-29", ["place", "claimedBy", "deniedBy", "condemnedBy", "attributions", "targets",
                                                    "participants",
                                                    "tracedTo"]),
    ],
)  # fmt: skip
def test_lists_of_an_entity(c: Client, kind: str, id: str, names: list[str]) -> None:
    fields = " ".join(f"{n}(first: 500) {{ nodes {{ id }} }}" for n in names)
    said = c.query(f"query($id: ID!) {{ {kind}(id: $id) {{ {fields} }} }}", {"id": id})[kind]
    entity = getattr(c, kind)(id)
    found = 0
    for name in names:
        mine = getattr(entity, "".join("_" + ch.lower() if ch.isupper() else ch for ch in name))
        assert ids(mine) == ids(said[name]["nodes"]), name
        found += len(mine)
    assert found > 0


def test_an_entity_keeps_its_lens(c: Client) -> None:
    with c.lens(min_independent_sources=2):
        strict = c.incident("mastung-bombing-2023-09-29")
    assert [x.target.id for x in strict.attributions] == ["is-k"]
    assert len(c.incident("mastung-bombing-2023-09-29").attributions) == 5
    with c.lens(min_independent_sources=2):
        assert len(c.incident("mastung-bombing-2023-09-29", lens=Lens(fresh=True)).attributions) == 5


def test_an_incident(c: Client) -> None:
    x = c.incident("mastung-bombing-2023-09-29")
    assert (x.claimed, x.claimed_stated and x.claimed_stated.edtf) == ("NOBODY", "2023-10-02/2023-10-07")
    assert [(t.effect, t.of_parts, t.disagree) for t in x.tolls] == [("KILLED", False, False), ("WOUNDED", False, False)]
    assert x.date
    assert x.date.edtf == "2023-09-29"
    assert [(t.effect, t.low, t.best, t.high) for t in x.casualties] == [("KILLED", 52, 55, 60), ("WOUNDED", 58, None, None)]
    row = c.incidents("is-k").to_df().set_index("id").loc[x.id]
    assert (row.killed_low, row.killed_best, row.killed_high, row.wounded_low) == (52, 55, 60, 58)
    assert row.isna().wounded_high


def test_incidents(c: Client) -> None:
    all_ = c.query("{incidents(first: 500, orderBy: [{field: DATE}, {field: ID}]) {totalCount nodes {id}}}")["incidents"]
    assert ids(c.incidents()) == ids(all_["nodes"])
    some = c.query('{incidents(first: 500, where: {date: {overlaps: "2004/2017"}}) {nodes {id}}}')["incidents"]
    assert set(ids(c.incidents(start="2004", end="2017"))) == set(ids(some["nodes"]))
    assert 0 < len(c.incidents(start="2004", end="2017")) < len(c.incidents())
    first = c.incidents(limit=2)
    assert (len(first), first.total, first.truncated) == (2, all_["totalCount"], True)
    assert "2 of" in repr(first)


def test_paging(c: Client) -> None:
    total = c.query("{entities {totalCount}}")["entities"]["totalCount"]
    walked = ids(c.iter_entities(page_size=37))
    assert len(walked) == len(set(walked)) == total
    assert walked == ids(c.entities())
    assert set(ids(c.entities(["group"]))) == {e.id for e in c.iter_entities() if e.kind == "GROUP"}
    assert c.claims().total == c.query("{claims {totalCount}}")["claims"]["totalCount"] == len(c.claims()) > 500
    assert len(c.sources()) == c.revision().sources
    hits = c.search("lashkar", limit=None)
    assert len(hits) == hits.total == c.query('{search(text: "lashkar") {totalCount}}')["search"]["totalCount"]


def test_a_walk_keeps_the_lens_that_it_began_with(c: Client) -> None:
    with c.lens(as_of="2014", hedges=["STATED"]):
        walk = c.iter_entities(["GROUP"], where={"claims": {"some": {}}}, page_size=5)
        inside = ids(c.entities(["GROUP"], where={"claims": {"some": {}}}))
    assert ids(walk) == inside
    assert inside != ids(c.entities(["GROUP"], where={"claims": {"some": {}}}))


NEIGHBOURS = """query($lens: LensInput) { neighbourhood(of: ["ttp"], depth: 2, lens: $lens) {
  nodes { id } links { id credibility status hedge claims(first: 100) { nodes { source { id } } } } excluded { reason claims links } } }"""
MATCHES = """{match(limit: 2, query: [
    {names: ["Lashkare Jhangvi"]}, {names: ["Xyzzy Qwrty"]}, {names: ["Khalid Sheikh Muhammad"], kinds: [INDIVIDUAL]}
  ])
    {candidates {entity {id} score suggested name reasons {text}}}}"""


def test_a_list_of_ones_own(c: Client) -> None:
    said = [x["candidates"] for x in c.query(MATCHES)["match"]]
    mine = c.match(
        ["Lashkare Jhangvi", "Xyzzy Qwrty", {"name": "Khalid Sheikh Muhammad", "kinds": ["individual"], "father": None}], limit=2
    )
    assert said[0]
    assert not said[1]
    rows = mine.rows()
    for i, candidates in enumerate(said):
        found = [(r["id"], r["score"], r["suggested"], r["matched"], len(r["reasons"])) for r in rows if r["query"] == i]
        told = [(x["entity"]["id"], x["score"], x["suggested"], x["name"], len(x["reasons"])) for x in candidates]
        assert found == (told or [(None, None, False, None, 0)])
    assert "lej" in mine.to_df()["id"].tolist()
    many = c.match(["Lashkar-e-Jhangvi"] * 120, ["GROUP"], limit=1)
    assert [r["query"] for r in many.rows()] == list(range(120))
    assert {r["id"] for r in many.rows()} == {"lej"}
    known = c.match([{"ids": ["ucdp-actor:356"]}, {"name": "Laskar Jhangvi", "country": "Pakistan", "place": "Mastung"}], limit=1).rows()
    assert [(r["asked"], r["id"]) for r in known] == [("ucdp-actor:356", "ttp"), ("Laskar Jhangvi", "lej")]
    with pytest.raises(ValueError, match="write a list"):
        c.match([{"ids": "ucdp-actor:356"}])
    nameless: list[Any] = ["", {"father": "X"}, {"names": []}, {"name": float("nan")}]
    for bad in nameless:
        with pytest.raises(ValueError, match="no name"):
            c.match([bad])
    with pytest.raises(QueryError, match="colour"):
        c.match([{"name": "X", "colour": "green"}])


LENSES = [{}, {"as_of": "2014"}, {"min_credibility": 2}, {"include_disputed": False}, {"without_sources": ["s_dawn-column-2023-10"]}]


@pytest.mark.parametrize("conditions", LENSES)
def test_a_neighbourhood(c: Client, conditions: dict[str, Any]) -> None:
    lens = Lens(**conditions)
    said = c.query(NEIGHBOURS, {"lens": lens.parameters()})["neighbourhood"]
    with lens:
        net = c.neighbourhood("ttp", depth=2)
    assert ids(net.nodes) == ids(said["nodes"])
    for mine, theirs in zip(net.links, said["links"], strict=True):
        assert (mine.id, mine.credibility, mine.status, mine.hedge) == tuple(theirs[k] for k in ("id", "credibility", "status", "hedge"))
        assert set(mine.sources) == {n["source"]["id"] for n in theirs["claims"]["nodes"]}
    assert [{"reason": x.reason, "claims": x.claims, "links": x.links} for x in net.excluded] == said["excluded"]
    assert net.lens == lens
    again = c.neighbourhood("ttp", depth=2).under(conditions)
    assert (ids(again.nodes), again.links, again.excluded) == (ids(net.nodes), net.links, net.excluded)
    if conditions:
        assert repr(lens) in repr(net)
        assert "Left out" in repr(net)
        assert "Left out" in net._repr_html_()


def test_as_of_asks_again(c: Client) -> None:
    net = c.neighbourhood("ttp", lens={"min_credibility": 3})
    then = net.as_of("2014")
    assert then.lens == Lens(as_of="2014", min_credibility=3)
    assert then.links == c.neighbourhood("ttp", lens=then.lens).links
    part = net.filter(kinds=["LEADS"]).as_of("2014")
    assert part.links == [x for x in then.links if x.kind == "LEADS"]
    assert 0 < len(part.links) < len(then.links)


def test_a_cut_network_says_so(c: Client) -> None:
    with pytest.warns(TruncatedWarning, match="MAX_NODES") as warned:
        net = c.subgraph(limit=10)
    assert warned[0].filename == __file__
    assert net.truncated
    assert net.truncated.limit == 10
    assert len(net.nodes) == 10
    for text in (repr(net), net._repr_html_(), net.cite(), repr(net.filter(kinds=["RIVAL_OF"]))):
        assert "Not complete" in text
    whole = c.subgraph()
    assert whole.truncated is None
    assert "Not complete" not in repr(whole)
    assert "KINSHIP (0 claims, 7 links)" in repr(whole)


def test_a_network_compared(c: Client) -> None:
    said = c.query("""{diff(before: {asOf: "2023-10-07"}, after: {asOf: "2025-06-01"}, view: {kinds: [ALLIED_WITH, RIVAL_OF]})
        {addedNodes {id} addedLinks {id} removedLinks {id} changed {what after {id}}}}""")["diff"]
    mine = c.diff("2023-10-07", {"as_of": "2025-06-01"}, kinds=["ALLIED_WITH", "RIVAL_OF"])
    assert ids(mine.added_nodes) == ids(said["addedNodes"])
    assert ids(mine.added_links) == ids(said["addedLinks"])
    assert ids(mine.removed_links) == ids(said["removedLinks"])
    assert mine
    assert not mine.truncated
    with pytest.warns(TruncatedWarning, match="not all are told"):
        less = c.diff("2023-10-07", {"as_of": "2025-06-01"}, limit=1, kinds=["ALLIED_WITH", "RIVAL_OF"])
    assert (len(less.added_links), less.added_links.total) == (1, len(mine.added_links))
    assert less.truncated
    assert len(mine.to_df()) == len(mine.added_links) + len(mine.removed_links) + len(mine.changed)
    view: Any = {"kinds": ["ALLIED_WITH", "RIVAL_OF"], "bearings": "ALL"}
    here = c.subgraph(**view, lens={"as_of": "2023-10-07"}).diff(c.subgraph(**view, lens={"as_of": "2025-06-01"}))
    assert set(ids(here.added_links)) == set(ids(mine.added_links))
    assert set(ids(here.removed_links)) == set(ids(mine.removed_links))
    assert not here.added_links or not c.subgraph(**view).diff(c.subgraph(**view))


def test_tables_have_their_columns(c: Client) -> None:
    net = c.neighbourhood("ttp")
    for nodes, edges in ((net.nodes_df(), net.edges_df()), (net.nodes_polars(), net.edges_polars())):
        assert tuple(nodes.columns) == NODE_COLUMNS
        assert tuple(edges.columns) == LINK_COLUMNS
        assert len(nodes) == len(net.nodes)
        assert len(edges) == len(net.links)
        assert set(edges["source"]) | set(edges["target"]) <= set(nodes["id"])
    empty = net.filter(node=lambda e: False)
    assert (len(empty), tuple(empty.nodes_df().columns), tuple(empty.edges_polars().columns)) == (0, NODE_COLUMNS, LINK_COLUMNS)


def test_evidence(c: Client) -> None:
    (link,) = c.links("lej", ["PLEDGED_TO"])
    claims = c.claims(link)
    said = c.query("query($id: ID!) {link(id: $id) {claims {nodes {id}} contradictedBy {id}}}", {"id": link.id})["link"]
    assert ids(claims) == ids(said["claims"]["nodes"])
    assert c.sources(link) == [x.source for x in claims]
    assert {x.source.id for x in c.claims("s_dawn-column-2023-10")} == {"s_dawn-column-2023-10"}
    assert c.claims(c.source("s_dawn-column-2023-10")).total == c.claims("s_dawn-column-2023-10").total
    about = c.query('{claims(where: {about: {id: {eq: "lej"}}}) {totalCount}}')["claims"]["totalCount"]
    assert len(c.claims("lej")) == about == len(c.claims("lej").to_df())
    net = Network([], [link], client=c, lens=Lens())
    text = net.cite()
    notes = [line for line in text.splitlines() if line.startswith("[")]
    assert len(notes) == len({*ids(said["claims"]["nodes"]), *ids(said["contradictedBy"])})
    assert sum("Set against it" in n for n in notes) == len(notes) - len(claims)
    assert "PLEDGED_TO" in text
    assert all(f"[{i + 1}]" in text.splitlines()[0] for i in range(len(notes)))


ANALYSIS = """{
  measure(measure: BETWEENNESS, first: 3, samples: 20, bySource: 1, view: {entityKinds: [GROUP]}) {
    nodeCount exact rows { nodeId value interval { low } bySource { source { id } } } excluded { reason links } }
  communities(first: 3, view: {entityKinds: [GROUP]}) { count modularity rows { members { id } } }
  structure(view: {entityKinds: [GROUP]}) { density components maxCore cutpoints { node { id } } bridges { a { name } b { name } }
    blocks { members { id } } core { id } }
  keyPlayers(size: 2, goal: REACH, view: {entityKinds: [GROUP]}) { members { id } value }
  brokers(groupedBy: MEMBERSHIP, first: 3) { groups rows { node { id } roles { role count z } } }
  balance(first: 3) { census { ppp } frustration campA { id } campB { id } against { a { name } b { name } } }
  predictLinks(of: ["is-k"], first: 4) { target { id } score }
  similar(of: "ttp", first: 4) { node { id } score }
  kin(of: "khalid-shaikh-mohammed") { other { id } term legs { link { id } } }
  dyad(a: "is-k", b: "bla") { years { year hostile { id } } undated { id } }
  timeline(of: ["is-k"]) { rows { label incidents { name } claimed { toll { low high } } attributed { count } } undatedLinks }
  sourceImpact(source: "s_dawn-column-2023-10") {
    lost { id } gained { id } weakened { after { id } } changed { after { id } } moved { after } }
  paths(from: "lej", to: "afghan-taliban", first: 3) { paths { prose hops { link { id } } } }
}"""


def test_link_analysis(c: Client) -> None:
    said = c.query(ANALYSIS)
    m, ranking = said["measure"], c.measure("betweenness", limit=3, samples=20, by_source=1, entity_kinds=["group"])
    assert [(x.node.id, x.value, x.interval and x.interval.low) for x in ranking.ranks] == [
        (x["nodeId"], x["value"], x["interval"]["low"]) for x in m["rows"]
    ]
    assert ranking.truncated
    assert ranking.node_count == m["nodeCount"]
    assert f"3 of {m['nodeCount']}" in repr(ranking)
    assert ranking.to_df()["rests_on"].tolist() == [ids(s["source"] for s in x["bySource"]) for x in m["rows"]]
    found = c.communities(limit=3, entity_kinds=["GROUP"])
    assert (found.count, found.modularity) == (said["communities"]["count"], said["communities"]["modularity"])
    assert found.to_df()["id"].tolist() == [i for r in said["communities"]["rows"] for i in ids(r["members"])]
    shape = c.structure(entity_kinds=["GROUP"])
    assert (shape["density"], shape["components"], shape["max_core"]) == tuple(
        said["structure"][k] for k in ("density", "components", "maxCore")
    )
    assert shape.to_df()["id"].tolist() == [x["node"]["id"] for x in said["structure"]["cutpoints"]]
    assert [a for a, _ in shape["bridges"]] == [x["a"]["name"] for x in said["structure"]["bridges"]]
    assert [ids(b) for b in shape["blocks"]] == [ids(b["members"]) for b in said["structure"]["blocks"]]
    players = c.key_players(2, goal="reach", entity_kinds=["GROUP"])
    assert ids(players.rows()) == ids(said["keyPlayers"]["members"])
    assert players["value"] == said["keyPlayers"]["value"]
    brokers = c.brokers(limit=3).rows()
    for mine, theirs in zip(brokers, said["brokers"]["rows"], strict=True):
        assert mine["id"] == theirs["node"]["id"]
        assert all((mine[r["role"].lower()], mine[r["role"].lower() + "_z"]) == (r["count"], r["z"]) for r in theirs["roles"])
    balance, b = c.balance(limit=3), said["balance"]
    assert (balance["ppp"], balance["frustration"]) == (b["census"]["ppp"], b["frustration"])
    assert [(r["camp"], r["id"]) for r in balance.rows()] == [("A", i) for i in ids(b["campA"])] + [("B", i) for i in ids(b["campB"])]
    assert balance["against"] == [(x["a"]["name"], x["b"]["name"]) for x in b["against"]]
    assert c.predict_links("is-k", limit=4).to_df()["target"].tolist() == [x["target"]["id"] for x in said["predictLinks"]]
    assert c.similar("ttp", limit=4).to_df()["score"].tolist() == [x["score"] for x in said["similar"]]


def test_people_pairs_and_times(c: Client) -> None:
    said = c.query(ANALYSIS)
    assert [(r["id"], r["term"], r["links"]) for r in c.kin("khalid-shaikh-mohammed").rows()] == [
        (k["other"]["id"], k["term"], [h["link"]["id"] for h in k["legs"]]) for k in said["kin"]
    ]
    rows = c.dyad("is-k", "bla").rows()
    assert [(r["year"], r["hostile"]) for r in rows if r["year"]] == [(y["year"], ids(y["hostile"])) for y in said["dyad"]["years"]]
    assert [i for r in rows for i in r["undated"]] == ids(said["dyad"]["undated"])
    timeline = c.timeline("is-k")
    assert timeline["undated_links"] == said["timeline"]["undatedLinks"]
    columns = ("period", "claimed_killed_low", "claimed_killed_high", "attributed_incidents", "incidents")
    assert [tuple(r[c] for c in columns) for r in timeline.rows()] == [
        (
            r["label"],
            r["claimed"]["toll"]["low"],
            r["claimed"]["toll"]["high"],
            r["attributed"]["count"],
            [e["name"] for e in r["incidents"]],
        )
        for r in said["timeline"]["rows"]
    ]
    impact = c.source_impact("s_dawn-column-2023-10")
    assert ids(r for r in impact.rows() if r["change"] == "lost") == ids(said["sourceImpact"]["lost"])
    assert ids(r for r in impact.rows() if r["change"] == "gained") == ids(said["sourceImpact"]["gained"])
    for word in ("weakened", "changed"):
        assert ids(r for r in impact.rows() if r["change"] == word) == ids(x["after"] for x in said["sourceImpact"][word])
        assert impact[word] == len(said["sourceImpact"][word])
    assert [x["after"] for x in impact["moved"]] == [x["after"] for x in said["sourceImpact"]["moved"]]
    paths = c.paths("lej", "Afghan Taliban", limit=3)
    assert [p.prose for p in paths] == [p["prose"] for p in said["paths"]["paths"]]
    assert [[h.link.id for h in p.hops] for p in paths] == [[h["link"]["id"] for h in p["hops"]] for p in said["paths"]["paths"]]
    assert {x.id for x in paths.network.links} == {h.link.id for p in paths for h in p.hops}


def test_paths_hold_together(c: Client) -> None:
    together = c.paths("ispp", "hafeez-nawaz", rank="LENGTH", limit=1)
    assert [(len(p), [str(o) for o in p.when or ()], p.undated_hops) for p in together] == [(3, ["2019-05-15 to"], 0)]
    assert [(x.reason, x.paths) for x in together.excluded if x.paths] == [("NOT_CONCURRENT", 1)]
    assert {(r["when"], r["undated_hops"]) for r in together.rows()} == {("2019-05-15 to", 0)}
    apart = c.paths("ispp", "hafeez-nawaz", rank="LENGTH", limit=1, concurrent=False)
    assert [(len(p), p.when) for p in apart] == [(2, ())]
    undated = c.paths("afghan-taliban", "ucdp-actor-6194", rank="LENGTH", limit=1)
    assert [(p.when, p.undated_hops) for p in undated] == [(None, 1)]


def test_what_is_wrong_is_said_by_the_server(c: Client) -> None:
    with pytest.raises(QueryError, match="NO_SUCH_KIND"):
        c.neighbourhood("ttp", kinds=["no_such_kind"])
    with pytest.raises(QueryError, match="no_such_field") as e:
        c.subgraph(where={"no_such_field": 1})
    assert e.value.code == "GRAPHQL_VALIDATION_FAILED"
    with pytest.raises(TypeError, match="no such argument"):
        c.subgraph(entity_kind=["GROUP"])  # type: ignore[call-arg]
    with pytest.raises(QueryError, match="page"):
        c.measure("DEGREE", limit=501)
    with pytest.raises(QueryError, match="lens"):
        c.links(lens={"min_credibility": 99})
