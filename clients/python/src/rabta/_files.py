"""Whole files from a server: streamed, counted, and kept only if all of it came."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import httpx

from ._progress import Progress
from ._transport import Patience, Transport, problem
from .errors import Incomplete, RabtaError

CHUNK = 1 << 16
Parameters = list[tuple[str, str | int | float | bool | None]]


class Counter:
    """Counts the records of a file as it comes: its lines without the header, of a table those outside quotes."""

    def __init__(self, table: bool) -> None:
        self.table, self.lines, self.quoted = table, 0, 0

    def take(self, chunk: bytes) -> None:
        if not self.table or (b'"' not in chunk and not self.quoted):
            self.lines += chunk.count(b"\n")
            return
        parts = chunk.split(b'"')
        self.lines += sum(p.count(b"\n") for p in parts[self.quoted :: 2])
        self.quoted ^= (len(parts) - 1) & 1

    @property
    def rows(self) -> int:
        return max(0, self.lines - 1)


@contextmanager
def opened(transport: Transport, file: str, parameters: Parameters) -> Iterator[tuple[int, Iterator[bytes]]]:
    """The number of records of a file, and its bytes, which raise ``Incomplete`` at the end if there are not so many."""
    address, wait = httpx.URL(f"/export/{file}", params=httpx.QueryParams(parameters)), Patience(transport.timeout)
    try:
        while wait.longer(response := transport.http.send(transport.http.build_request("GET", address), stream=True)):
            response.close()
        with closing(response):
            if response.status_code != httpx.codes.OK:
                response.read()
                data, errors = transport.read(response)
                raise problem(errors, data)
            transport.note(response)
            rows = response.headers.get("Rabta-Rows", "")
            if not rows.isdigit():
                raise RabtaError(f"{transport.url}: the file does not say how many rows it has; is this a rabta server?")
            yield int(rows), checked(response, int(rows), file)
    except httpx.HTTPError as e:
        raise transport.unreached(e) from e


def checked(response: httpx.Response, rows: int, file: str) -> Iterator[bytes]:
    counter = Counter(file.endswith(".csv"))
    try:
        for chunk in response.iter_bytes(CHUNK):
            counter.take(chunk)
            yield chunk
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as e:
        raise Incomplete(f"{file} broke off after {counter.rows} of {rows} rows ({e}); ask again") from e
    if counter.rows != rows or counter.quoted:
        raise Incomplete(f"{file} has {counter.rows} rows, and the server announced {rows}; ask again")


def save(transport: Transport, file: str, parameters: Parameters, to: IO[bytes], progress: bool | None) -> int:
    """Writes a file, and gives the number of its records."""
    with opened(transport, file, parameters) as (rows, chunks), Progress(file, rows, progress) as shown:
        counter = Counter(file.endswith(".csv"))
        for chunk in chunks:
            to.write(chunk)
            if shown.shown:
                counter.take(chunk)
                shown.at(counter.rows)
        return rows


def save_as(transport: Transport, file: str, parameters: Parameters, to: Path, progress: bool | None) -> int:
    """Writes a file under a name, which is there only when all of it has come."""
    handle, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            rows = save(transport, file, parameters, out, progress)
        os.chmod(name, 0o666 & ~mask())
        os.replace(name, to)
    except BaseException:
        os.unlink(name)
        raise
    return rows


def mask() -> int:
    """The mask for new files, which can only be read by setting it."""
    now = os.umask(0o077)
    os.umask(now)
    return now


@contextmanager
def fetched(transport: Transport, file: str, parameters: Parameters, progress: bool | None) -> Iterator[tuple[IO[bytes], int]]:
    """A file on disk without a name, from its beginning, and the number of its records."""
    with tempfile.TemporaryFile() as out:
        rows = save(transport, file, parameters, out, progress)
        out.seek(0)
        yield out, rows


def parameters(conditions: dict[str, Any]) -> Parameters:
    """A query string's parts; a list once for each value, and an empty one with none."""
    out: Parameters = []
    for name, value in conditions.items():
        if value is None:
            continue
        for v in (value or [""]) if isinstance(value, list) else [value]:
            out.append((name, str(v).lower() if isinstance(v, bool) else str(v)))
    return out
