"""Nothing of the evidence is lost, however much of it there is, and figures are those of the server."""

from __future__ import annotations

from typing import Any

import pytest
from recording import SOURCE, record

from rabta import Client

INCIDENT: dict[str, Any] = {"subject": "raid", "predicate": "CASUALTIES"}


def toll(role: str, effect: str = "KILLED", **figures: int) -> dict[str, Any]:
    return INCIDENT | {"value": {"role": role, "effect": effect, **figures}}


def test_a_link_of_many_claims(scratch: Client) -> None:
    count = 620
    papers = [SOURCE | {"id": f"s_{i}", "title": f"Paper {i}"} for i in range(count)]
    said: list[dict[str, Any]] = [{"subject": "a", "predicate": "RIVAL_OF", "object": "b", "source": p["id"]} for p in papers]
    record(scratch, {"a": ("GROUP", "A"), "b": ("GROUP", "B")}, said, papers)
    (link,) = scratch.links("a")
    everything = {p["id"] for p in papers}
    assert set(link.sources) == everything
    assert link.claims == count
    net = scratch.neighbourhood("a")
    assert set(net.links[0].sources) == everything
    assert len(net.claims()[link.id]) == count
    assert f"[{count}] " in net.cite()
    assert {s.id for s in scratch.sources(link)} == everything
    assert len(scratch.claims(link, limit=7)) == 7
    assert set(scratch.links_df()["sources"].iloc[0]) == everything


@pytest.mark.parametrize(
    ("tolls", "low", "best", "high"),
    [
        ([toll("CIVILIAN", low=3, best=4, high=5), toll("MILITANT", low=1, best=2, high=2)], 4, 6, 7),
        ([toll("CIVILIAN", low=3, best=4, high=5), toll("ALL", low=7)], 7, None, None),
        ([toll("CIVILIAN", low=3), toll("MILITANT", best=2)], 5, None, None),
        ([toll("CIVILIAN", "WOUNDED", low=3)], None, None, None),
    ],
)
def test_tolls(scratch: Client, tolls: list[dict[str, Any]], low: int | None, best: int | None, high: int | None) -> None:
    day = {"subject": "raid", "predicate": "DATE", "value": {"date": "2020-01-01"}}
    by = {"subject": "g", "predicate": "CLAIMED", "object": "raid"}
    record(scratch, {"raid": ("INCIDENT", "A raid"), "g": ("GROUP", "G")}, [*tolls, day, by])
    (row,) = scratch.incidents().rows()
    if best is not None:
        assert row["killed_best"] == best
    assert (row["killed_low"], row["killed_high"]) == (low, high)
    (year,) = scratch.timeline("g").rows()
    assert (year["claimed_killed_low"], year["claimed_killed_best"], year["claimed_killed_high"]) == (low, best, high)
    assert year["claimed_without_figure"] == (low is None)
    assert (year["attributed_incidents"], year["attributed_killed_low"]) == (0, None)
