"""Whole parts of the graph as files and tables. What the columns hold is in docs/export.md."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from . import _convert as to
from . import _files, _tables
from ._base import Base, Lensish
from .lens import lens_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

CHUNK_ROWS = 50_000


class Bulk(Base):
    """The part of the client that reads whole files."""

    def export(
        self,
        file: str,
        path: str | os.PathLike[str] | IO[bytes] | None = None,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        guard: bool = True,
        excel: bool = False,
        progress: bool | None = None,
        lens: Lensish = None,
    ) -> int:
        """Writes ``links.csv``, ``entities.csv`` or ``claims.ndjson`` to a path, to an open file, or under its own name here.

        Gives the number of records. A path holds all of them or is left as it was. ``guard=False``
        leaves texts as they are that a spreadsheet might run as formulas; ``progress`` is shown
        where somebody can see it, unless said.
        """
        asked = self._asked(kinds, entity_kinds, lens)
        if file.endswith(".csv"):
            asked += _files.parameters({"guard": None if guard else False, "excel": excel or None})
        if path is None or isinstance(path, (str, os.PathLike)):
            return _files.save_as(self._transport, file, asked, Path(path or file), progress)
        return _files.save(self._transport, file, asked, path, progress)

    def links_df(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        progress: bool | None = None,
        lens: Lensish = None,
    ) -> pd.DataFrame:
        """All links as a pandas table: the columns of links.csv, and those of ``Network.edges_df`` that it lacks but one."""
        with _files.fetched(self._transport, "links.csv", self._table(kinds, entity_kinds, lens), progress) as (file, rows):
            return _tables.whole(_tables.links(file), rows)

    def entities_df(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        progress: bool | None = None,
        lens: Lensish = None,
    ) -> pd.DataFrame:
        """All entities as a pandas table: the columns of entities.csv. ``kinds`` are kinds of link that join them."""
        with _files.fetched(self._transport, "entities.csv", self._table(kinds, entity_kinds, lens), progress) as (file, rows):
            return _tables.whole(_tables.entities(file), rows)

    def iter_links_df(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        rows: int = CHUNK_ROWS,
        progress: bool | None = None,
        lens: Lensish = None,
    ) -> Iterator[pd.DataFrame]:
        """The same as ``links_df`` in parts of so many rows, one of them in memory at a time."""
        asked = self._table(kinds, entity_kinds, lens)

        def walk() -> Iterator[pd.DataFrame]:
            with _files.fetched(self._transport, "links.csv", asked, progress) as (file, _):
                yield from _tables.link_parts(file, rows)

        return walk()

    def links_polars(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        progress: bool | None = None,
        lens: Lensish = None,
    ) -> pl.DataFrame:
        """The same as ``links_df`` as a polars table."""
        with _files.fetched(self._transport, "links.csv", self._table(kinds, entity_kinds, lens), progress) as (file, rows):
            return _tables.whole_polars(_tables.links_polars(file), rows)

    def iter_records(
        self, *, kinds: Iterable[str] | None = None, entity_kinds: Iterable[str] | None = None, lens: Lensish = None
    ) -> Iterator[dict[str, Any]]:
        """Sources, entities and claims in canonical form, one by one. A file that breaks off raises ``Incomplete`` at its end."""
        asked = self._asked(kinds, entity_kinds, lens)

        def walk() -> Iterator[dict[str, Any]]:
            with _files.opened(self._transport, "claims.ndjson", asked) as (_, chunks):
                rest = b""
                for chunk in chunks:
                    *lines, rest = (rest + chunk).split(b"\n")
                    yield from (record for record in map(json.loads, lines) if record["type"] != "header")

        return walk()

    def _table(self, kinds: Iterable[str] | None, entity_kinds: Iterable[str] | None, lens: Lensish) -> _files.Parameters:
        return [*self._asked(kinds, entity_kinds, lens), ("guard", "false")]

    def _asked(self, kinds: Iterable[str] | None, entity_kinds: Iterable[str] | None, lens: Lensish) -> _files.Parameters:
        conditions = lens_of(lens).parameters()
        return _files.parameters({**conditions, "kinds": to.upper(kinds), "entityKinds": to.upper(entity_kinds)})
