"""Who recorded what, and what became of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import serving
from recording import RECORD, record

from rabta import Client, NotFound, QueryError, Retired


def test_history(scratch: Client) -> None:
    record(
        scratch, {"hist-a": ("GROUP", "A"), "hist-b": ("GROUP", "B")}, [{"subject": "hist-a", "predicate": "RIVAL_OF", "object": "hist-b"}]
    )
    claim = scratch.claims("hist-a")[0]
    retraction = {"subject": claim.id, "predicate": "RETRACTS", "hedge": "STATED", "source": "s_made-up", "excerpt": "it says so itself"}
    scratch.query(RECORD, {"input": {"actor": "ana", "reason": "a mistake", "claims": [retraction]}})

    first, second = scratch.history(claim.id)
    assert (first.what, first.claim) == ("RECORDED", None)
    assert second.what == "RETRACTED"
    assert (second.commit.actor, second.commit.reason) == ("ana", "a mistake")
    assert second.claim is not None
    assert scratch.claims("hist-a", lens={"known_at_sequence": first.commit.sequence})[0].withdrawn_below is False
    assert second.claim.excerpt == "it says so itself"

    commits = scratch.commits(where={"actor": {"eq": "ana"}})
    assert [c.sequence for c in commits] == [second.commit.sequence]
    assert [e.id for e in scratch.recorded(commits[0])] == [second.claim.id]
    assert scratch.commits(limit=1)[0] == commits[0]
    assert [c.sequence for c in scratch.commits(oldest_first=True)] == sorted(c.sequence for c in scratch.commits())
    assert [e.what for e in scratch.history("hist-a")] == ["RECORDED"]
    assert [e.what for e in scratch.history(claim.id, lens={"known_at_sequence": first.commit.sequence})] == ["RECORDED"]
    assert len(scratch.recorded(first.commit.sequence + 100)) == 0
    with pytest.raises(NotFound):
        scratch.history("s_nothing")
    frame = scratch.history(claim.id).to_df()
    assert list(frame["what"]) == ["RECORDED", "RETRACTED"]


def test_marks(program: Path, tmp_path: Path) -> None:
    with serving(program, tmp_path, "--store", "memory:", "--clearance", "RED") as address, Client(address) as c:
        record(c, {"hist-c": ("GROUP", "C")})
        mark = {"subject": "hist-c", "predicate": "MARKS", "value": {"marking": "AMBER", "text": "a source is at risk"}}
        record(c, {}, [mark])
        recorded, marked = c.history("hist-c")
        assert (recorded.what, recorded.marked_to, recorded.reason) == ("RECORDED", None, None)
        assert (marked.what, marked.marked_from, marked.marked_to) == ("MARKED", "CLEAR", "AMBER")
        assert marked.reason == "a source is at risk"
        assert marked.commit.markings_changed
        assert not recorded.commit.markings_changed
        assert c.entity("hist-c").marking == "AMBER"


def test_twins(program: Path, tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path}/twins.db"
    with serving(program, tmp_path, "--store", store, "--clearance", "RED") as address, Client(address) as red:
        hidden = {"id": "shared", "kind": "MADRESSAH", "marking": "RED", "names": [{"value": "Hidden"}]}
        assert red.query(RECORD, {"input": {"entities": [hidden]}})["record"]["userErrors"] == []
        before = red.revision().sequence
        with serving(program, tmp_path, "--store", store) as below, Client(below) as other:
            record(other, {"shared": ("GROUP", "Open")})
            assert len(other.twins()) == 0
        for _ in range(600):  # it follows the store
            if red.revision().sequence > before:
                break
            time.sleep(0.05)
        (twins,) = red.twins()
        assert twins.id == "shared"
        assert [(e.id, e.kind) for e in twins.entities] == [("shared", "MADRESSAH"), ("shared~group", "GROUP")]
        assert list(red.twins().to_df()["kinds"]) == [["MADRESSAH", "GROUP"]]


def test_retired(scratch: Client) -> None:
    record(
        scratch,
        {"ret-a": ("GROUP", "Recorded by mistake"), "ret-b": ("ORGANISATION", "The right one"), "ret-i": ("INDIVIDUAL", "I")},
        [{"subject": "ret-i", "predicate": "MEMBER_OF", "object": "ret-a"}],
    )
    remark = {
        "subject": "ret-a",
        "predicate": "RETIRES",
        "object": "ret-b",
        "hedge": "STATED",
        "source": "s_made-up",
        "value": {"text": "of another kind"},
    }
    scratch.query(RECORD, {"input": {"claims": [remark]}})
    gone = scratch.entity("ret-a")
    assert gone.retired == Retired("of another kind", "ret-b")
    assert scratch.entity("ret-b").retired is None
    assert [x.target.id for x in scratch.links(of="ret-i")] == ["ret-b"]
    assert "ret-a" not in [e.id for e in scratch.entities(where={"id": {"in": ["ret-a", "ret-b"]}})]
    assert [e.what for e in scratch.history("ret-a")] == ["RECORDED", "RETIRED"]
    with pytest.raises(QueryError, match="is retired: of another kind; ask for ret-b"):
        scratch.timeline("ret-a")
