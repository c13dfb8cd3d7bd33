"""The answer to a query of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import frames

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class Result:
    """``data`` is the answer as it came; ``records(path)`` finds a list in it, ``to_df(path)`` makes a table of that.

    >>> r = Result({"groups": {"nodes": [{"id": "a", "date": {"edtf": "2014"}}, {"id": "b", "date": None}]}})
    >>> r.records("groups.nodes")
    [{'id': 'a', 'date.edtf': '2014'}, {'id': 'b'}]
    """

    def __init__(self, data: Any) -> None:
        self.data = data

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def at(self, path: str = "") -> Any:
        """What stands at a path of names and numbers with dots; a name goes into each item of a list."""
        found = self.data
        for i, part in enumerate(path.split(".") if path else []):
            try:
                found = step(found, part)
            except (KeyError, IndexError, TypeError):
                here = ", ".join(found) if isinstance(found, Mapping) else type(found).__name__
                raise KeyError(
                    f"{path!r}: there is no {part!r} after {'.'.join(path.split('.')[:i]) or 'the top'}; there is {here}"
                ) from None
        return found

    def records(self, path: str = "") -> list[dict[str, Any]]:
        """The list at a path as flat dicts, ready for a table; without a path, the only list there is."""
        found = self.at(path) if path else only_list(self.data)
        items = found if isinstance(found, list) else [found]
        return whole([frames.flat(x) if isinstance(x, Mapping) else {"value": x} for x in items])

    def to_df(self, path: str = "") -> pd.DataFrame:
        """The list at a path as a pandas table; objects within become columns with dots in their names."""
        rows = self.records(path)
        return frames.pandas_frame(rows, columns_of(rows), days=())

    def to_polars(self, path: str = "") -> pl.DataFrame:
        """The list at a path as a polars table."""
        rows, columns = self.records(path), columns_of(self.records(path))
        return frames.polars_frame([{c: r.get(c) for c in columns} for r in rows], columns, days=())

    def __repr__(self) -> str:
        return f"Result({self.data!r})"


def step(value: Any, part: str) -> Any:
    if isinstance(value, list):
        if part.isdigit():
            return value[int(part)]
        inner = [v[part] for v in value if v is not None]
        return [x for v in inner for x in v] if all(isinstance(v, list) for v in inner) else inner
    return value[part]


def whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without columns for what is an object in other rows, and missing here."""
    objects = {c[:i] for r in rows for c in r for i, ch in enumerate(c) if ch == "."}
    return [{c: v for c, v in r.items() if c not in objects} for r in rows]


def columns_of(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(c for r in rows for c in r))


def only_list(value: Any) -> Any:
    """Goes down while there is one way: to the first list, or to what has several fields."""
    while isinstance(value, Mapping):
        for name in ("nodes", "rows"):
            if isinstance(value.get(name), list):
                return value[name]
        if len(value) != 1:
            break
        value = next(iter(value.values()))
    return value
