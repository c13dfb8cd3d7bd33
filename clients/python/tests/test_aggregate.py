"""Lists counted and added up are what the server counts: with ranges, what is not known, and what is left out."""

from __future__ import annotations

import warnings
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from conftest import ROOT
from fake import answering, data
from recording import record

from rabta import Client, NotFound, QueryError, TruncatedWarning

EXAMPLES = ROOT / "web" / "examples"


def example(c: Client, name: str) -> dict[str, Any]:
    """What an example of the playground answers."""
    text = (EXAMPLES / f"{name}.graphql").read_text("utf-8")
    return dict(c.query(text[text.index("query ") :]).data)


def test_tolls_by_province_and_year(c: Client) -> None:
    said = example(c, "59-tolls-by-province-and-year")["incidents"]["aggregate"]
    mine = c.aggregate("incidents", ["ADMIN1", "YEAR"], dates="date")
    parts = {"low": "low", "best": "best", "high": "high", "circa": "circa", "withoutFigure": "without_figure",
             "possiblySame": "possibly_same", "withinOthers": "within_others"}  # fmt: skip
    for row, told in zip([*mine.rows(), mine.all], [*said["rows"], said["all"]], strict=True):
        for place, year in [told["keys"]] if "keys" in told else []:
            assert (row["admin1"], row["admin1_name"]) == (place["value"], place["entity"] and place["entity"]["name"])
            assert (row["year"], row["year_certain"], row["possible"]) == (year["value"], year["certain"], told["possible"])
        assert row["count"] == told["count"] == len(row["ids"])
        worded = [f"{h['hedge']}:{h['count']}" for h in told["toll"]["hedges"]]
        assert {there: row[f"killed_{here}"] for there, here in parts.items()} | {"hedges": told["toll"]["hedges"]} == told["toll"]
        assert row["killed_hedges"] == worded
    dates = said["all"]["dates"]
    for part in ("least", "greatest"):
        assert [str(mine.all[f"date_{part}_{end}"]) for end in ("from", "to")] == [dates[part][end] for end in ("from", "to")]
    assert mine.all["date_undated"] == dates["undated"]
    whole = c.sums("balochistan").rows()[0]
    (there,) = c.aggregate("incidents", where={"occurredIn": {"in": ["name:Balochistan"]}}).rows()
    same = [n for n in whole if n in there and n != "ids"]
    assert [there[n] for n in same] == [whole[n] for n in same]
    assert len(same) == 11
    assert set(there["ids"]) == set(whole["ids"])


def test_the_other_examples(c: Client) -> None:
    said = example(c, "60-attributions-by-hedge")
    mine = c.aggregate("links", ["hedge", "credibility"], kinds=["attributed_to"])
    told = said["links"]["aggregate"]
    assert [([r["hedge"], str(r["credibility"])], r["count"]) for r in mine.rows()] == [
        ([k["value"] for k in r["keys"]], r["count"]) for r in told["rows"]
    ]
    assert mine.all["count"] == told["all"]["count"]
    assert [(x.reason, x.links, x.claims) for x in mine.excluded] == [(x["reason"], x["links"], x["claims"]) for x in told["excluded"]]
    assert mine.excluded
    told = said["incidents"]["aggregate"]
    actors = c.aggregate("incidents", "ACTOR", order_by="count", limit=12, effects="KILLED")
    assert [(r["actor_name"], r["actor_part"], r["count"], r["killed_low"], r["killed_high"]) for r in actors.rows()] == [
        (k and k["name"], r["keys"][0]["part"], r["count"], r["toll"]["low"], r["toll"]["high"])
        for r in told["rows"]
        for k in [r["keys"][0]["entity"]]
    ]
    assert actors.more == told["more"]
    assert "wounded_low" not in actors.to_df()
    assert "Islamic State (CLAIMED)" in repr(actors)
    assert "Some are in several rows" in repr(actors)
    told = example(c, "61-claims-by-source")["claims"]["aggregate"]
    sources = c.aggregate("claims", ["SOURCE", "CREDIBILITY"], order_by="COUNT", limit=15, dates="PUBLISHED", ids=False)
    assert [(r["source_title"], r["source_reliability"], r["count"]) for r in sources.rows()] == [
        (r["keys"][0]["source"]["title"], r["keys"][0]["source"]["reliability"], r["count"]) for r in told["rows"]
    ]
    assert (sources.more, sources.truncated, sources.all["published_undated"]) == (told["more"], True, told["all"]["dates"]["undated"])
    assert f"{told['more']} rows beyond these" in repr(sources)
    assert "ids" not in sources.all
    years = c.aggregate("claims", ["PUBLISHED_YEAR", "HEDGE"])
    assert years.by == ("published_year", "published_year_certain", "published_year_from", "published_year_to", "hedge")
    assert str(years.to_df()["published_year_from"].dtype) == "datetime64[s]"
    told = example(c, "62-members-by-role")["links"]["aggregate"]
    roles = c.aggregate("links", ["KIND", "ROLE"], kinds=["MEMBER_OF", "LEADS", "FOUNDED", "SPOKE_FOR"], order_by="COUNT")
    assert [([r["kind"], r["role"]], r["ids"]) for r in roles.rows()] == [([k["value"] for k in r["keys"]], r["ids"]) for r in told["rows"]]
    assert None in [r["role"] for r in roles.rows()]
    assert "(none)" in repr(roles)
    assert "(none)" in roles._repr_html_()


def test_lists_of_an_entity(c: Client) -> None:
    fields = "factions {aggregate(by: [{key: STATUS}]) {rows {keys {value} count ids}}} claims {aggregate {all {count}}}"
    said = c.query(f'{{group(id: "lej") {{{fields}}}}}')["group"]
    asked: list[Any] = ["lej", "name:Lashkar-e-Jhangvi", c.group("lej")]
    for of in asked:
        mine = c.aggregate("factions", "STATUS", of=of)
        assert [(r["status"], r["count"], r["ids"]) for r in mine.rows()] == [
            (r["keys"][0]["value"], r["count"], r["ids"]) for r in said["factions"]["aggregate"]["rows"]
        ]
        assert mine.rows()
        assert mine.of == "lej"
        assert c.aggregate("claims", of=of).all["count"] == said["claims"]["aggregate"]["all"]["count"]
    only = c.aggregate("links", "KIND", of="lej", kinds=["pledged_to"]).rows()
    assert [r["kind"] for r in only] == ["PLEDGED_TO"]
    assert c.aggregate("incidents", "YEAR", of="mastung").all["count"] == len(c.place("mastung").incidents)
    assert c.aggregate("claimed_incidents", of="is-k").all["count"] == len(c.group("is-k").claimed_incidents) > 0
    assert c.aggregate("may_be_among", "HEDGE", of="ttp").all["count"] == len(c.group("ttp").may_be_among) > 0
    with pytest.raises(ValueError, match="'mastung' is a place: it has no list 'members'; there are links, claims, within"):
        c.aggregate("members", of="mastung")
    with pytest.raises(NotFound):
        c.aggregate("members", of="nobody at all")
    with pytest.raises(ValueError, match="there are incidents, links"):
        c.aggregate("commits")
    with pytest.raises(ValueError, match="there are links, claims"):
        c.aggregate("leader", of="lej")


@pytest.mark.parametrize("what", ["entities", "groups", "individuals", "madressahs", "organisations", "places", "designations"])
def test_entities(c: Client, what: str) -> None:
    mine = c.aggregate(what, ["KIND"])
    kinds = {r["kind"]: r["count"] for r in mine.rows()}
    assert kinds == {r["kind"]: len(c.entities([r["kind"]])) for r in mine.rows()}
    assert mine.all["count"] == sum(kinds.values()) > 0


def test_a_lens_and_its_left_out(c: Client) -> None:
    plain, strict = c.aggregate("links", "HEDGE"), c.aggregate("links", "HEDGE", lens={"min_credibility": 2})
    assert strict.all["count"] < plain.all["count"] == c.revision().links
    assert "CREDIBILITY" in [x.reason for x in strict.excluded]
    with c.lens(min_credibility=2):
        assert c.aggregate("links", "HEDGE") == strict
    about = strict.to_df().attrs
    assert about["lens"] == {"minCredibility": 2}
    assert about["excluded"] == [x.to_dict() for x in strict.excluded]
    assert (about["all"]["count"], about["more"]) == (strict.all["count"], 0)
    assert "Left out: " in repr(strict)
    assert "min_credibility=2" in strict._repr_html_()


DATED: list[tuple[str, str, dict[str, Any] | None]] = [
    ("one", "2013-05-01", {"role": "ALL", "effect": "KILLED", "low": 10, "high": 12}),
    ("other", "2013-05-02", {"role": "ALL", "effect": "KILLED", "low": 8}),
    ("between", "2013-12/2014-01", {"role": "ALL", "effect": "KILLED", "best": 5}),
    ("none", "2014-03", None),
]


@pytest.fixture
def tolls(scratch: Client) -> Client:
    """Incidents of which two may be one, one lies in one of two years, and one has no figure."""
    claims: list[dict[str, Any]] = [{"subject": "one", "predicate": "POSSIBLY_SAME_AS", "object": "other"}]
    for id, day, figure in DATED:
        claims.append({"subject": id, "predicate": "DATE", "value": {"date": day}})
        claims += [{"subject": id, "predicate": "CASUALTIES", "value": figure}] if figure else []
    record(scratch, {id: ("INCIDENT", id) for id, _, _ in DATED}, claims)
    return scratch


def test_ranges_and_what_is_not_known(tolls: Client) -> None:
    mine = tolls.aggregate("incidents", "YEAR")
    columns = ("year", "year_certain", "count", "possible", "killed_low", "killed_best", "killed_high", "killed_without_figure")
    assert [tuple(r[c] for c in columns) for r in mine.rows()] == [
        ("2013", True, 2, 1, 8, None, None, 0),
        ("2013/2014", False, 1, 0, 5, 5, 5, 0),
        ("2014", True, 1, 1, None, None, None, 1),
    ]
    assert [r["killed_possibly_same"] for r in mine.rows()] == [2, 0, 0]
    table = mine.to_df()
    assert table["killed_low"].isna().tolist() == [False, False, True]
    assert table["killed_high"].isna().tolist() == [True, False, True]
    assert (str(table["year_from"].dtype), str(table["killed_circa"].dtype)) == ("datetime64[s]", "boolean")
    assert [str(d.date()) for d in table["year_to"]] == ["2013-12-31", "2014-12-31", "2014-12-31"]
    assert table["wounded_without_figure"].tolist() == [2, 1, 1]
    assert mine.to_polars()["killed_low"].to_list() == [8, 5, None]
    text = repr(mine)
    assert "2013  2  1  8 to ?; 2 may be the same (STATED 2)  no figure" in text
    assert "2014  1  1  no figure  no figure" in text
    assert (mine.all["killed_low"], mine.all["killed_mean_of"]) == (13, 3)


def test_nothing_at_all(scratch: Client) -> None:
    mine = scratch.aggregate("incidents", ["ADMIN1", "ACTOR"])
    assert (mine.rows(), mine.all["count"], mine.all["killed_low"]) == ([], 0, None)
    assert mine.to_df().columns.tolist()[:7] == ["admin1", "admin1_name", "actor", "actor_name", "actor_part", "count", "possible"]
    assert mine.to_df().columns.tolist() == mine.to_polars().columns
    assert scratch.aggregate("links").rows() == [{"count": 0, "possible": 0, "by_gazetteer": 0, "ids": []}]


def test_what_is_wrong(c: Client) -> None:
    with pytest.raises(QueryError, match="incidents are not grouped by HEDGE; group them by YEAR"):
        c.aggregate("incidents", "hedge")
    with pytest.raises(QueryError, match="at most 2"):
        c.aggregate("incidents", ["YEAR", "ADMIN1", "ACTOR"])
    with pytest.raises(QueryError, match="PLACE does not say of which level"):
        c.aggregate("incidents", "PLACE")
    with pytest.raises(QueryError, match="links have no BIRTH"):
        c.aggregate("links", dates="BIRTH")
    with pytest.raises(ValueError, match="effects: HURT is none"):
        c.aggregate("incidents", effects=["hurt"])
    with pytest.raises(QueryError, match="no_such_field"):
        c.aggregate("claims", where={"no_such_field": 1})
    then, now = (c.aggregate("incidents", {"key": "place", "level": "admin1", "boundaries": b}).rows() for b in ("then", "NOW"))
    assert then[0]["admin1"] == now[0]["admin1"] == "balochistan"


def test_rows_beyond_those_that_a_server_gives() -> None:
    row = {"keys": [{"key": "TIDE", "value": "x", "entity": None, "source": None, "part": None, "certain": True, "from": None, "to": None}],
           "count": 1, "possible": 0, "byGazetteer": 0, "ids": []}  # fmt: skip

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        data(handler, {"list": {"aggregate": {"rows": [row], "more": 7, "all": row | {"keys": []}, "excluded": []}}})

    with answering(answer) as url, Client(url) as c:
        with pytest.warns(TruncatedWarning, match="1 of 8 rows are told") as warned:
            mine = c.aggregate("links", "TIDE")
        assert warned[0].filename == __file__
        assert (mine.more, mine.rows()[0]["tide"]) == (7, "x")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert c.aggregate("links", "TIDE", limit=1).truncated


def test_the_other_ends_and_the_sources(c: Client) -> None:
    said = example(c, "74-who-is-at-the-other-end")
    mine = c.aggregate("links", ["others", "bearing"], of="is-k", order_by="count", limit=12)
    told = said["group"]["links"]["aggregate"]
    assert [(r["others"], r["others_name"], r["others_kind"], r["bearing"], r["count"], r["ids"]) for r in mine.rows()] == [
        (o["value"], o["entity"]["name"], o["entity"]["kind"], b["value"], r["count"], r["ids"])
        for r in told["rows"]
        for o, b in [r["keys"]]
    ]
    assert (mine.more, mine.all["count"]) == (told["more"], told["all"]["count"])
    sources = c.aggregate("sources", ["KIND", "RELIABILITY"])
    told = said["sources"]["aggregate"]
    assert [([r["kind"], r["reliability"]], r["count"]) for r in sources.rows()] == [
        ([k["value"] for k in r["keys"]], r["count"]) for r in told["rows"]
    ]
    assert sources.all["count"] == c.sources().total
    assert c.aggregate("sources", dates="published").all["published_dated"] < sources.all["count"]
