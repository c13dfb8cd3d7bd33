"""Whole files: all of it, or an error."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from conftest import serving
from fake import answering, reply
from recording import record

from rabta import Client, Incomplete, Lens, NotFound, QueryError
from rabta._files import Counter
from rabta.frames import LINK_COLUMNS

CONDITIONS: list[dict[str, Any]] = [
    {},
    {"as_of": "2014", "as_of_mode": "certain"},
    {"min_credibility": 2, "include_unjudged": True, "include_disputed": False},
    {"hedges": ["STATED", "OFFICIAL"], "without_sources": ["s_dawn-column-2023-10"]},
    {"hedges": []},
    {"include_denied": True, "known_at": "2030-01-01"},
]


@pytest.mark.parametrize("conditions", CONDITIONS)
def test_links_are_those_of_graphql(c: Client, conditions: dict[str, Any]) -> None:
    with Lens(**conditions):
        table, paged = c.links_df(), c.links().to_df()
        polars = c.links_polars()
    assert sorted(table["id"]) == sorted(paged["id"]) == sorted(polars["id"])
    both = [name for name in LINK_COLUMNS if name in table.columns]
    assert set(LINK_COLUMNS) - set(both) == {"undated"}
    mine, theirs = table.set_index("id").sort_index(), paged.set_index("id").sort_index()
    for name in both[1:]:
        a, b = (
            [sorted(v) if isinstance(v, list) else None if v != v else v for v in t[name].astype(object).where(t[name].notna(), None)]
            for t in (mine, theirs)
        )
        assert a == b, name
    from_polars = polars.sort("id")
    for name in ("kind", "credibility", "disputed", "sources", "admiralty", "modes"):
        assert from_polars[name].to_list() == mine[name].tolist(), name
    assert [d.isoformat() if d else None for d in from_polars["earliest"]] == [None if d != d else str(d.date()) for d in mine["earliest"]]


def test_entities_are_those_of_graphql(c: Client) -> None:
    table, paged = c.entities_df().set_index("id"), c.entities().to_df().set_index("id")
    assert sorted(table.index) == sorted(paged.index)
    for name in ("kind", "name", "names", "same_ids", "lat", "lon"):
        a, b = (t[name].sort_index() for t in (table, paged))
        assert [v for v in a if v == v] == [v for v in b if v == v], name
    assert table["lat"].notna().any()
    assert (table.loc["mastung-bombing-2023-09-29", ["claimed", "date"]] == ["NOBODY", "2023-09-29"]).all()


def test_parts_and_selections(c: Client) -> None:
    whole = c.links_df()
    parts = list(c.iter_links_df(rows=100))
    assert [len(p) for p in parts][:-1] == [100] * (len(whole) // 100)
    assert [i for p in parts for i in p["id"]] == whole["id"].tolist()
    some = c.links_df(kinds=["allied_with", "RIVAL_OF"])
    assert set(some["kind"]) == {"ALLIED_WITH", "RIVAL_OF"}
    assert len(some) == whole["kind"].isin(["ALLIED_WITH", "RIVAL_OF"]).sum()
    assert len(c.links_df(kinds=[])) == 0
    assert set(c.entities_df(entity_kinds=["PLACE"])["kind"]) == {"PLACE"}


def test_records_make_the_same_graph(c: Client, program: Path, tmp_path: Path) -> None:
    wide = Lens(include_assessments=True, include_denied=True)
    records = list(c.iter_records(lens=wide))
    assert sum(r["type"] == "claim" for r in records) >= c.claims(lens=wide).total
    assert {r["id"] for r in records if r["type"] == "entity"} == {i for e in c.iter_entities() for i in e.same_ids}
    assert {r["id"] for r in records if r["type"] == "source"} == {s.id for s in c.sources()}
    c.export("claims.ndjson", tmp_path / "all.ndjson", lens=wide)
    store = ("--store", f"sqlite:{tmp_path}/copy.db")
    subprocess.run([program, "import", "ndjson", tmp_path / "all.ndjson", *store], check=True, capture_output=True)
    with serving(program, tmp_path, *store, "--seeds=false") as address, Client(address) as copy:
        assert sorted(copy.links_df()["id"]) == sorted(c.links_df()["id"])


def test_files(c: Client, tmp_path: Path) -> None:
    rows = c.export("links.csv", tmp_path / "links.csv")
    assert rows == len(c.links_df())
    assert c.export("claims.ndjson", str(tmp_path / "c.ndjson")) == len((tmp_path / "c.ndjson").read_text("utf-8").splitlines()) - 1
    memory = io.BytesIO()
    assert c.export("links.csv", memory) == rows
    assert memory.getvalue() == (tmp_path / "links.csv").read_bytes()
    c.export("links.csv", tmp_path / "excel.csv", excel=True)
    assert (tmp_path / "excel.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    (tmp_path / "old.csv").write_text("as it was")
    with pytest.raises(QueryError, match="NO_SUCH_KIND"):
        c.export("links.csv", tmp_path / "old.csv", kinds=["no_such_kind"])
    with pytest.raises(NotFound):
        c.export("nothing.csv", tmp_path / "old.csv")
    assert (tmp_path / "old.csv").read_text() == "as it was"
    assert {p.name for p in tmp_path.iterdir()} == {"links.csv", "c.ndjson", "excel.csv", "old.csv"}


def test_names_stay_as_they_are(scratch: Client) -> None:
    """Names that a table might take for something else: nothing, numbers, formulas, lines, lists, quotes."""
    names = [
        "NA",
        "null",
        "1e5",
        "=1+1",
        "a\nb",
        'say "hi", all',
        "x;y",
        "x\\;y",
        "true",
        "'=x",
        " space ",
        "\ufeffbom",
        "\u0644\u0634\u06a9\u0631",
    ]
    made = {f"e-{i}": ("GROUP", n) for i, n in enumerate(names)}
    claims = [{"subject": "e-0", "predicate": "RIVAL_OF", "object": f"e-{i}"} for i in range(1, len(names))]
    record(scratch, made, claims)
    kept = {e.id: e.name for e in scratch.iter_entities()}
    table = scratch.entities_df().set_index("id")
    assert table["name"].to_dict() == kept
    assert table["names"].to_dict() == {id: [name] for id, name in kept.items()}
    assert len(set(kept.values())) == len(names)
    links = scratch.links_df()
    assert (
        dict(zip(links["target"], links["target_name"], strict=True)) | dict(zip(links["source"], links["source_name"], strict=True))
        == kept
    )
    polars = scratch.links_polars()
    assert sorted(polars["target_name"]) == sorted(links["target_name"])


HEADER = b"id,kind,source,target,credibility,reliability,from_earliest,to_latest\r\n"
ROW = b"l_1,RIVAL_OF,a,b,3,C,2014-01-01,\r\n"


def sent(body: bytes, rows: int, headers: dict[str, str]) -> Any:
    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        reply(handler, body, 200, {"Rabta-Rows": str(rows), "Content-Type": "text/csv", **headers})

    return answer


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (HEADER + ROW, {}),
        (HEADER, {}),
        (b"", {}),
        (HEADER + ROW + b"l_2,RIVAL", {}),
        (HEADER + ROW + b'l_2,"RIVAL_OF,a,b,3,C,,\r\n', {}),
        (HEADER + ROW + ROW + ROW, {}),
        (HEADER + ROW + ROW, {"Content-Length": "9999"}),
        (gzip.compress(HEADER + ROW + ROW)[:-12], {"Content-Encoding": "gzip"}),
    ],
    ids=["a row less", "no row", "nothing", "half a row", "within quotes", "a row more", "broken off", "gzip broken off"],
)
def test_a_short_file_is_an_error(body: bytes, headers: dict[str, str], tmp_path: Path) -> None:
    to = tmp_path / "links.csv"
    with answering(sent(body, 2, headers)) as url, Client(url) as c:
        for ask in (c.links_df, c.links_polars, lambda: list(c.iter_links_df()), lambda: c.export("links.csv", to)):
            with pytest.raises(Incomplete, match=r"links\.csv"):
                ask()
        assert list(tmp_path.iterdir()) == []
    with answering(sent(HEADER + ROW + ROW, 2, {})) as url, Client(url) as c:
        assert len(c.links_df()) == c.export("links.csv", to) == 2


def test_short_records_are_an_error() -> None:
    line = json.dumps({"type": "entity"}).encode() + b"\n"
    with answering(sent(line, 2, {})) as url, Client(url) as c:
        walk = c.iter_records()
        assert next(walk) == {"type": "entity"}
        with pytest.raises(Incomplete):
            next(walk)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_rows_are_counted_across_chunks(size: int) -> None:
    text = b'a,b\r\n1,"x\r\ny"\r\n2,"he said ""no""\n"\r\n3,z\r\n'
    counter = Counter(table=True)
    for i in range(0, len(text), size):
        counter.take(text[i : i + size])
    assert (counter.rows, counter.quoted) == (3, 0)


def test_progress_is_shown_to_people_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("rabta._progress.PATIENCE", 0.0)
    monkeypatch.setattr("rabta._progress.PAUSE", 0.0)
    with answering(sent(HEADER + ROW + ROW, 2, {})) as url, Client(url) as c:
        c.links_df()
        assert capsys.readouterr() == ("", "")
        c.links_df(progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "100% of 2 rows" in err
    assert err.endswith(" \r")
