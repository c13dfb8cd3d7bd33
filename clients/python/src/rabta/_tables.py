"""Exported tables as those of pandas and polars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from .errors import Incomplete, MissingPackage

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

LISTS = frozenset(
    {
        "speakers", "modes", "source_is", "amounts", "amounts_grade", "sources", "names", "same_ids", "external", "places",
        "countries", "statuses", "ideologies",
        "posts", "attack_types", "weapons", "target_types", "casualties", "tolls", "contradicted_by", "held", "strength",
        "times",
    }
)  # fmt: skip
COUNTS = frozenset({"credibility", "independent_sources", "claims", "affirmed", "denied", "no_evidence"})
SWITCHES = frozenset({"disputed", "contested", "dates_disagree", "interrupted", "outside_life"})
NUMBERS = frozenset({"lat", "lon"})
WORDS = frozenset(
    {
        "kind", "bearing", "source_kind", "target_kind", "status", "polarity", "hedge", "reliability", "marking", "representation",
        "claimed", "direction", "combined",
    }
)  # fmt: skip
PART = re.compile(r"(?:\\.|[^;\\])+")
ESCAPED = re.compile(r"\\(.)")


def is_day(name: str) -> bool:
    return name.endswith(("_earliest", "_latest"))


def is_list(name: str) -> bool:
    return name in LISTS or name.endswith("_grade")


def listed(cell: Any) -> list[str]:
    """The values of a list's cell, between semicolons; a backslash takes a semicolon in.

    >>> listed(r"a;b\\;c")
    ['a', 'b;c']
    """
    if not isinstance(cell, str):
        return []
    if "\\" not in cell:
        return cell.split(";")
    return [ESCAPED.sub(r"\1", part) for part in PART.findall(cell)]


def links(file: IO[bytes]) -> pd.DataFrame:
    """Links, with the columns that ``Network.edges_df`` has beside."""
    return with_grades(typed(read(file)))


def entities(file: IO[bytes]) -> pd.DataFrame:
    """Entities."""
    return typed(read(file))


def link_parts(file: IO[bytes], rows: int) -> Iterator[pd.DataFrame]:
    """Links, so many at a time."""
    with read(file, chunksize=rows) as parts:
        for part in parts:
            yield with_grades(typed(part.reset_index(drop=True)))


def read(file: IO[bytes], **options: Any) -> Any:
    """All cells as text: nothing that is a name is taken for a number or for nothing."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingPackage("pandas", "pandas") from None
    return pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8", **options)


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Gives the columns their types: days datetime64, lists of text, closed lists categories; empty cells are missing values."""
    import numpy as np
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in table.columns:
        column = table[name]
        if is_day(name):
            columns[name] = pd.Series(np.array(column.fillna("NaT").to_numpy(dtype=object), dtype="datetime64[s]"), index=table.index)
        elif name in COUNTS:
            columns[name] = column.astype("int64")
        elif name in NUMBERS:
            columns[name] = column.astype("float64")
        elif name in SWITCHES:
            flags = column.map({"true": True, "false": False})
            columns[name] = flags.astype("boolean" if column.isna().any() else "bool")
        elif is_list(name):
            columns[name] = column.map(listed, na_action=None)
        elif name in WORDS:
            columns[name] = column.astype("category")
        else:
            columns[name] = column
    return pd.DataFrame(columns, index=table.index)


def with_grades(table: pd.DataFrame) -> pd.DataFrame:
    table["earliest"] = table["from_earliest"]
    table["latest"] = table["to_latest"]
    table["admiralty"] = table["reliability"].astype(object).fillna("F") + table["credibility"].astype(str)
    return table


def whole(table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The table, if it has all rows."""
    if len(table) != rows:
        raise Incomplete(f"{len(table)} of {rows} rows could be read; ask again")
    return table


def links_polars(file: IO[bytes]) -> pl.DataFrame:
    """Links as a polars table."""
    try:
        import polars as pl
    except ImportError:
        raise MissingPackage("polars", "polars") from None
    table = pl.read_csv(file, infer_schema=False)
    casts: list[Any] = []
    for name in table.columns:
        column = pl.col(name)
        if is_day(name):
            casts.append(column.str.to_date("%Y-%m-%d", strict=False))
        elif name in COUNTS:
            casts.append(column.cast(pl.Int64))
        elif name in SWITCHES:
            casts.append(column == "true")
        elif is_list(name):
            casts.append(column.map_elements(listed, return_dtype=pl.List(pl.String), skip_nulls=False))
    table = table.with_columns(casts)
    return table.with_columns(
        earliest=pl.col("from_earliest"),
        latest=pl.col("to_latest"),
        admiralty=pl.col("reliability").fill_null("F") + pl.col("credibility").cast(pl.String),
    )


def whole_polars(table: pl.DataFrame, rows: int) -> pl.DataFrame:
    """The table, if it has all rows."""
    if len(table) != rows:
        raise Incomplete(f"{len(table)} of {rows} rows could be read; ask again")
    return table
