"""Whole parts of the graph as files and tables. What the columns hold is in docs/export.md."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from . import _convert as to
from . import _files, _tables
from ._base import Base, Lensish, second_of
from .lens import Lens, camel, lens_of

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
        combine: str | None = None,
        with_: Lens | Mapping[str, Any] | None = None,
        lens: Lensish = None,
    ) -> int:
        """Writes ``links.csv``, ``entities.csv`` or ``claims.ndjson`` to a path, to an open file, or under its own name here.

        Gives the number of records. A path holds all of them or is left as it was. ``guard=False``
        leaves texts as they are that a spreadsheet might run as formulas; ``progress`` is shown
        where somebody can see it, unless said. ``combine`` and ``with_`` take a second view together with the first, of which
        files say ``kinds`` and ``entity_kinds`` beside a lens: see ``ViewArgs``.
        """
        asked = self._asked(kinds, entity_kinds, lens, combine, with_)
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
        combine: str | None = None,
        with_: Lens | Mapping[str, Any] | None = None,
        lens: Lensish = None,
    ) -> pd.DataFrame:
        """All links as a pandas table: the columns of links.csv, and those of ``Network.edges_df`` that it lacks but one.

        With ``combine`` those of two views taken together; ``combined`` says which have a link.
        """
        with _files.fetched(self._transport, "links.csv", self._table(kinds, entity_kinds, lens, combine, with_), progress) as (file, rows):
            return _tables.whole(_tables.links(file), rows)

    def entities_df(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        progress: bool | None = None,
        combine: str | None = None,
        with_: Lens | Mapping[str, Any] | None = None,
        lens: Lensish = None,
    ) -> pd.DataFrame:
        """All entities as a pandas table: the columns of entities.csv. ``kinds`` are kinds of link that join them."""
        asked = self._table(kinds, entity_kinds, lens, combine, with_)
        with _files.fetched(self._transport, "entities.csv", asked, progress) as (file, rows):
            return _tables.whole(_tables.entities(file), rows)

    def iter_links_df(
        self,
        *,
        kinds: Iterable[str] | None = None,
        entity_kinds: Iterable[str] | None = None,
        rows: int = CHUNK_ROWS,
        progress: bool | None = None,
        combine: str | None = None,
        with_: Lens | Mapping[str, Any] | None = None,
        lens: Lensish = None,
    ) -> Iterator[pd.DataFrame]:
        """The same as ``links_df`` in parts of so many rows, one of them in memory at a time."""
        asked = self._table(kinds, entity_kinds, lens, combine, with_)

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
        combine: str | None = None,
        with_: Lens | Mapping[str, Any] | None = None,
        lens: Lensish = None,
    ) -> pl.DataFrame:
        """The same as ``links_df`` as a polars table."""
        with _files.fetched(self._transport, "links.csv", self._table(kinds, entity_kinds, lens, combine, with_), progress) as (file, rows):
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

    def _table(self, kinds: Any, entity_kinds: Any, lens: Lensish, combine: str | None, with_: Any) -> _files.Parameters:
        return [*self._asked(kinds, entity_kinds, lens, combine, with_), ("guard", "false")]

    def _asked(self, kinds: Any, entity_kinds: Any, lens: Lensish, combine: str | None = None, with_: Any = None) -> _files.Parameters:
        conditions = lens_of(lens).parameters()
        asked = {**conditions, **selected({"kinds": kinds, "entity_kinds": entity_kinds})}
        if second := second_of(combine, with_):
            how, other, rest = second
            said = (conditions if other is None else other.parameters()) or {"includeDisputed": True}  # which changes nothing
            asked |= {"combine": how} | {f"with.{k}": v for k, v in {**said, **selected(rest)}.items()}
        return _files.parameters(asked)


def selected(part: Mapping[str, Any]) -> dict[str, Any]:
    """What a view selects, by the names of parameters; the server says what of it files do not take."""
    return {camel(k): to.upper(v) if k in ("kinds", "entity_kinds") else v for k, v in part.items()}
