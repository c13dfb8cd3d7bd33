"""Links keep when they held and who says so, values their hedge, figures what they are of, and lists what they leave out."""

from __future__ import annotations

from typing import Any

import pytest
from recording import record

from rabta import Client, Network
from rabta.frames import ATTRIBUTE_COLUMNS, HELD_COLUMNS

GROUPS = {"g": ("GROUP", "G"), "h": ("GROUP", "H"), "p": ("INDIVIDUAL", "P"), "q": ("INDIVIDUAL", "Q")}
MEMBER: dict[str, Any] = {"subject": "p", "predicate": "MEMBER_OF", "object": "g"}


@pytest.fixture
def gap(scratch: Client) -> Client:
    """A member with a gap, a leader after his death, and what nobody dates."""
    record(
        scratch,
        GROUPS,
        [
            MEMBER | {"validFrom": "2007", "validTo": "2014"},
            MEMBER | {"validFrom": "2020", "speakerText": "a retired officer"},
            {"subject": "q", "predicate": "DEATH", "value": {"date": "2015-02-15"}},
            {"subject": "q", "predicate": "LEADS", "object": "g", "validFrom": "2016", "hedge": "ALLEGED", "credibility": 4},
            {"subject": "h", "predicate": "RIVAL_OF", "object": "g"},
        ],
    )
    return scratch


def test_membership_with_a_gap_is_two_intervals(gap: Client) -> None:
    (link,) = gap.links("p")
    assert [(str(i), i.words, len(i.claims)) for i in link.held] == [("2007:2014", "2007 to 2014", 1), ("2020:", "from 2020", 1)]
    assert link.interrupted
    table = gap.links("p").held_df()
    assert tuple(table.columns) == HELD_COLUMNS
    assert table["number"].tolist() == [1, 2]
    assert table["start"].tolist() == ["2007", "2020"]
    assert table["end"].tolist()[0] == "2014"
    assert table["end"].isna().tolist() == table["end_latest"].isna().tolist() == [False, True]
    assert str(table["start_latest"][0].date()) == "2007-12-31"
    assert gap.links("p").held_polars()["end"].to_list() == ["2014", None]
    assert gap.links_df().set_index("id").loc[link.id, "kind"] == "MEMBER_OF"
    text = gap.neighbourhood("p").cite()
    assert "P MEMBER_OF G (ASSERTED, STATED, B2, 2007 to 2014 and from 2020, according to a retired officer)." in text


def test_a_dead_man_leads_on_no_day(gap: Client) -> None:
    (link,) = gap.links("q")
    assert (link.held, link.outside_life, link.undated) == ((), True, False)
    assert gap.links("q").to_df()[["held", "outside_life"]].iloc[0].tolist() == [[], True]
    about = gap.links().held_df().attrs
    assert (about["outside_life"], about["undated"]) == (1, 1)
    (sentence, *_) = gap.neighbourhood("q").cite().splitlines()
    assert "on no day, as an end of it did not live or exist then" in sentence
    assert "ALLEGED" in sentence
    assert "on no day" in repr(gap.links("q"))
    assert "on no day" in gap.links("q")._repr_html_()


def test_edges_of_other_libraries_carry_it(gap: Client) -> None:
    net = gap.subgraph(bearings="ALL")
    directions = {d["kind"]: d["direction"] for _, _, d in net.to_networkx().edges(data=True)}
    assert directions == {"MEMBER_OF": "OUT", "LEADS": "OUT", "RIVAL_OF": "BOTH"}
    (link,) = [x for x in net.links if x.kind == "MEMBER_OF"]
    edge = net.to_networkx().edges["p", "g", link.id]
    wanted = {"held": "2007:2014; 2020:", "interrupted": True, "outside_life": False, "speakers": "AFFIRMED:1:a retired officer"}
    assert wanted.items() <= edge.items()
    assert (edge["bearing"], edge["hedge"], edge["contested"]) == ("AFFILIATION", "STATED", False)
    other = net.to_igraph().es.find(id=link.id)
    assert wanted == {name: other[name] for name in wanted}


def test_what_is_said_of_an_entity_keeps_its_hedge(c: Client) -> None:
    said = c.query("""{group(id: "is-k") {attributes(predicates: [STRENGTH, STATEMENT])
        {predicate value {text low high} hedge credibility disputed contested speakers {count} claims {id}}}}""")["group"]["attributes"]
    mine = c.attributes("is-k", ["strength", "STATEMENT"])
    assert [(a.predicate, a.hedge, a.credibility, a.disputed, a.contested, len(a.speakers), list(a.claims)) for a in mine] == [
        (a["predicate"], a["hedge"], a["credibility"], a["disputed"], a["contested"], len(a["speakers"]), [x["id"] for x in a["claims"]])
        for a in said
    ]
    table = mine.to_df()
    assert tuple(table.columns) == tuple(mine.to_polars().columns) == ATTRIBUTE_COLUMNS
    assert table["low"].tolist()[-1:] == [said[-1]["value"]["low"]] or table["low"].isna().iloc[-1]
    assert "AFFIRMED:1:United Nations Security Council" in [s for row in table["speakers"] for s in row]
    for shown in (repr(mine), mine._repr_html_()):
        assert "CLAIMED_BY_ACTOR" in shown
        assert "disputed" in shown
        assert "AFFIRMED: Islamic State - Khorasan Province" in shown
    every = c.attributes(where={"kind": {"eq": "INCIDENT"}}, predicates=["DATE"])
    assert {a.entity.id for a in every} <= {x.id for x in c.incidents()}
    assert len({a.entity.id for a in every}) > 10


def test_lists_say_what_they_leave_out(c: Client) -> None:
    for mine, of in ((c.links("lej"), "links(first: 1, where: {or: [{source: {id: {eq: \"lej\"}}}, {target: {id: {eq: \"lej\"}}}]})"),
                     (c.claims("lej"), "claims(first: 1, where: {about: {id: {eq: \"lej\"}}})")):  # fmt: skip
        said = c.query(f"{{list: {of} {{excluded {{reason bearing claims links paths}}}}}}")["list"]["excluded"]
        assert [x.to_dict() for x in mine.excluded] == said
        assert said
        assert mine.to_df().attrs["excluded"] == said
        assert "Left out" in repr(mine)
        assert "Left out" in mine._repr_html_()
    group = c.group("lej", lens={"min_credibility": 2})
    assert {x.reason for x in group.parents.excluded} >= {"CREDIBILITY"}
    net = c.neighbourhood("lej", lens={"as_of": "2014"})
    assert net.edges_df().attrs["lens"] == {"asOf": "2014-12-31"}
    assert net.edges_df().attrs["excluded"] == [x.to_dict() for x in net.excluded]
    ranking = c.measure("DEGREE", limit=3)
    assert ranking.to_df().attrs["excluded"] == [x.to_dict() for x in ranking.excluded]
    assert {x["reason"] for x in ranking.to_df().attrs["excluded"]} >= {"BEARING"}


def test_links_by_bearing(c: Client) -> None:
    found = c.links("ttp", bearings="speech")
    assert {x.kind for x in found} == {"DENIED", "CONDEMNED"}
    assert all(x.bearing == "SPEECH" for x in found)
    assert {x.kind for x in c.links("ttp", ["DENIED"], bearings=["SPEECH", "HARM"])} == {"DENIED"}


def test_what_a_group_denied_is_not_what_it_did(c: Client) -> None:
    """The Tehrik-i-Taliban Pakistan denied or condemned what is laid to others: none of it is its own."""
    denied = {x.source.id if x.target.id == "ttp" else x.target.id for x in c.links("ttp", bearings=["SPEECH"])}
    assert denied
    assert not denied & {x.id for x in c.incidents("ttp")}
    assert {x.id for x in c.incidents("ttp", bearings=["SPEECH"])} == denied
    sums = {r["row"]: r for r in c.sums("ttp").rows()}
    assert {name: (r["incidents"], r["killed_low"]) for name, r in sums.items()} == {
        "claimed": (0, None), "attributed": (0, None), "attributed_and_denied": (0, None),
    }  # fmt: skip
    assert c.sums("ttp").to_df()["killed_low"].isna().all()


def test_a_province_knows_what_happened_in_its_towns(c: Client) -> None:
    found = c.incidents(place="balochistan")
    ids = {x.id for x in found}
    assert {"mastung-bombing-2023-09-29", "darengarh-rally-bombing-2018-07-13", "quetta-ashura-attack-2004-03-02"} <= ids
    assert not ids & {x.id for x in c.incidents(place="balochistan", within=False)}
    assert "quetta-ashura-attack-2004-03-02" not in {x.id for x in c.incidents(place="mastung")}
    (row,) = c.sums("balochistan").rows()
    assert (row["row"], row["incidents"], set(row["ids"])) == ("happened", len(ids), ids)
    said = c.query('{place(id: "balochistan") {incidentSum {toll {low best high withoutFigure}}}}')["place"]["incidentSum"]["toll"]
    assert [row[f"killed_{n}"] for n in ("low", "best", "high", "without_figure")] == list(said.values())
    table = found.to_df().set_index("id")
    assert table.loc["darengarh-rally-bombing-2018-07-13", "killed_best"] == 149
    assert table.loc["mastung-bombing-2023-09-29", "place_names"] == ["Mastung"]
    assert str(table["killed_partial"].dtype) == "boolean"
    assert table["killed_partial"].isna().sum() == table["killed_low"].isna().sum() > 0
    assert [r["id"] for r in c.around("mastung").rows()] == ["mastung-district", "balochistan", "pakistan"]
    before = {r["id"] for r in c.around("bajaur", on="2010").rows()}
    after = {r["id"] for r in c.around("bajaur", on="2023").rows()}
    assert ("former-fata" in before, "khyber-pakhtunkhwa" in before, "khyber-pakhtunkhwa" in after) == (True, False, True)


def test_a_place_keeps_its_periods_apart(c: Client) -> None:
    tolls = [t for t in c.place("pakistan").tolls if t.effect == "KILLED"]
    assert [(t.low, t.high) for t in tolls] == [(1087, 1100), (284, 284), (445, 445)]
    assert len({str(t.valid_from) for t in tolls}) == 3


def test_pairs_and_times_lose_nothing(c: Client) -> None:
    said = c.query("""{dyad(a: "ucdp-actor-398", b: "ucdp-actor-399") {years {year} spans {id} outsideLife}
        timeline(of: ["ttp"]) {spans {id} spanningIncidents {name} outsideLife rows {possiblyStarted {id} possiblyEnded {id}}}}""")
    rows = c.dyad("ucdp-actor-398", "ucdp-actor-399").rows()
    assert not said["dyad"]["years"]
    assert [i for r in rows for i in r["spans"]] == [x["id"] for x in said["dyad"]["spans"]] != []
    timeline = c.timeline("ttp")
    assert timeline["spans"] == [x["id"] for x in said["timeline"]["spans"]] != []
    assert timeline["outside_life"] == said["timeline"]["outsideLife"]
    assert f"spans {len(timeline['spans'])}" in repr(timeline)
    for mine, theirs in zip(timeline.rows(), said["timeline"]["rows"], strict=True):
        assert mine["links_possibly_started"] == [x["id"] for x in theirs["possiblyStarted"]]
        assert mine["links_possibly_ended"] == [x["id"] for x in theirs["possiblyEnded"]]


def test_claims_keep_what_they_say(scratch: Client) -> None:
    record(
        scratch,
        GROUPS | {"raid": ("INCIDENT", "A raid")},
        [
            MEMBER | {"role": "treasurer", "speakerText": "a retired officer"},
            {"subject": "raid", "predicate": "CASUALTIES", "value": {"role": "CIVILIAN", "effect": "KILLED", "low": 3, "circa": True}},
            {"subject": "raid", "predicate": "ATTRIBUTED_TO", "object": "g", "attributor": "h", "basis": "OFFICIAL"},
        ],
    )
    rows = {r["predicate"]: r for r in scratch.claims().rows()}
    wanted: dict[str, dict[str, Any]] = {
        "MEMBER_OF": {"role": "treasurer", "speaker_name": "a retired officer", "object_name": "G"},
        "CASUALTIES": {"value_role": "CIVILIAN", "effect": "KILLED", "low": 3, "circa": True},
        "ATTRIBUTED_TO": {"basis": "OFFICIAL", "attributor_name": "H"},
    }
    assert {name: {k: rows[name][k] for k in said} for name, said in wanted.items()} == wanted
    (link,) = scratch.links("raid")
    text = Network([], [link], client=scratch).cite()
    assert "A raid ATTRIBUTED_TO G (ASSERTED, STATED, B2, undated, according to H)." in text
    assert "affirms, as H has it (STATED, B2)." in text


def test_fields_of_an_entity_keep_their_hedge(c: Client) -> None:
    """A value is never without its hedge: not in a record, not in a table, and the same as in files."""
    group = c.group("is-k")
    (founded,) = group.founded
    assert str(founded) == "2015-01-10 (OFFICIAL, 2, according to United Nations Security Council)"
    assert [str(x) for x in group.ideologies] == ["Salafi (STATED, 2)"]
    assert c.individual("dawood-badani").description[0].hedge
    bombing = c.incident("mastung-bombing-2023-09-29")
    assert [a.text for a in bombing.attack_types] == ["Suicide bombing"]
    assert bombing.dated
    assert (str(bombing.date), bombing.dated.marked) == ("2023-09-29", "STATED:2")
    assert "OFFICIAL" in group._repr_html_()
    mine, file = c.entities().to_df().set_index("id"), c.entities_df().set_index("id")
    for name in ("names_grade", "subtype_grade", "description_grade", "external_grade", "date_grade", "location_grade"):
        ours, theirs = mine[name].to_dict(), file[name].to_dict()
        assert ours == {id: theirs[id] for id in ours}, name
    incidents = c.incidents().to_df().set_index("id")
    assert incidents["attack_types_grade"].to_dict() == {i: file["attack_types_grade"][i] for i in incidents.index}
