"""Writes made-up records into a server of a test."""

from __future__ import annotations

from typing import Any

from rabta import Client

RECORD = """mutation Record($input: RecordInput!) {
  record(input: $input) { commit { sequence } userErrors { code field message remedy } }
}"""
SOURCE = {"id": "s_made-up", "kind": "REPORT", "title": "A made-up report", "reliability": "B"}


def record(
    c: Client,
    entities: dict[str, tuple[str, str]],
    claims: list[dict[str, Any]] | None = None,
    sources: list[dict[str, Any]] | None = None,
) -> None:
    """Entities by id, with kind and name; claims get a hedge and the made-up source where they have none."""
    every = [{"id": id, "kind": kind, "names": [{"value": name, "primary": True}]} for id, (kind, name) in entities.items()]
    given = [{"hedge": "STATED", "source": SOURCE["id"], **x} for x in claims or []]
    answer = c.query(RECORD, {"input": {"sources": [SOURCE, *(sources or [])], "entities": every, "claims": given}})
    assert answer["record"]["userErrors"] == []
