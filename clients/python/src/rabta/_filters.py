"""Puts filters together, and asks in parts for more ids than a server takes at once."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

MOST_IDS = 10_000  # that a list of ids in a filter may hold


def together(*conditions: Mapping[str, Any] | None) -> Any:
    """A filter that asks for all of these; within one another only where they name the same thing."""
    given = [dict(c) for c in conditions if c]
    if not given:
        return None
    names = [name for c in given for name in c]
    if len(names) == len(set(names)):
        return {name: value for c in given for name, value in c.items()}
    return {"and": given}


def also(where: Mapping[str, Any] | None, name: str, values: list[str] | None) -> Any:
    """A filter with one more condition."""
    return where if values is None else together(where, {name: {"in": values}})


def in_parts(where: Any) -> list[Any]:
    """The filter, or, where it lists more ids than a server takes, filters for some of them each."""
    test = where.get("id") if isinstance(where, Mapping) else None
    if not isinstance(test, Mapping):
        return [where]
    listed = test.get("in")
    if listed is None or isinstance(listed, str) or len(listed) <= MOST_IDS:
        return [where]
    ids = list(dict.fromkeys(listed))
    parts = [{**where, "id": {**test, "in": ids[i : i + MOST_IDS]}} for i in range(0, len(ids), MOST_IDS)]
    if len(parts) > 1:
        warnings.warn(f"{len(ids)} ids are asked for in {len(parts)} parts; what is found is in order within each", stacklevel=5)
    return parts
