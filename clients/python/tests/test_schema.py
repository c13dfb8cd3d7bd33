"""The documents that the package writes itself are valid under the schema."""

from __future__ import annotations

import inspect

import pytest
from conftest import ROOT
from graphql import build_schema, parse, validate

from rabta import kinds
from rabta._aggregate import LISTS, OWN, listed, listed_of
from rabta._relations import related_document
from rabta.records import Entity

SCHEMA = build_schema((ROOT / "schema" / "snapshot.graphql").read_text("utf-8"))
KINDS = [k for _, k in inspect.getmembers(kinds, inspect.isclass) if issubclass(k, Entity) and k is not Entity]


@pytest.mark.parametrize("kind", KINDS)
def test_lists_of_links(kind: type[Entity]) -> None:
    """Every list that a kind has is one of the schema's, and every list of links of the schema is there."""
    asked: list[str] = []

    class Asking(kind):  # type: ignore[valid-type, misc]
        def _related(self, field_name: str) -> list[object]:
            asked.append(field_name)
            return []

    entity = Asking("x", kind.__name__.upper(), "X")
    for name, member in inspect.getmembers(kind, lambda m: isinstance(m, property)):
        assert member.__doc__
        getattr(entity, name)
    for name in asked:
        document, _ = related_document(kind.__name__.lower(), name)
        assert validate(SCHEMA, parse(document)) == []
    fields = SCHEMA.type_map[kind.__name__].fields  # type: ignore[attr-defined]
    assert set(asked) == {n for n, f in fields.items() if str(f.type) == "LinkConnection!"} - {"links"}


def test_lists_that_are_counted() -> None:
    """Every list of the schema that can be counted is one of the graph's or of an entity's that the client counts."""
    counted = {n for n, t in SCHEMA.type_map.items() if "aggregate" in getattr(t, "fields", {})}
    assert {n for n, f in SCHEMA.type_map["Query"].fields.items() if str(f.type).rstrip("!") in counted} == set(LISTS)  # type: ignore[attr-defined]
    every = {*OWN, *(name for kind in kinds.KINDS for name in kinds.lists_of(kind).values())}
    for document in [*map(listed, LISTS), *map(listed_of, every)]:
        assert validate(SCHEMA, parse(document)) == []
    assert set(kinds.KINDS) == set(KINDS)
