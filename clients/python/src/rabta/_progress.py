"""A line that says how far a long file is, where somebody can see it."""

from __future__ import annotations

import sys
import time
from types import TracebackType

PATIENCE = 1.0  # seconds before anything is shown, and
PAUSE = 0.2  # between two lines
WIDTH = 24


class Progress:
    """Shows rows of a known total on standard error, if that is a terminal or a notebook's."""

    def __init__(self, what: str, total: int, shown: bool | None) -> None:
        self.what, self.total = what, total
        self.shown = watched() if shown is None else shown
        self.begin = self.last = time.monotonic()
        self.written = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.written:
            sys.stderr.write("\r" + " " * self.written + "\r")
            sys.stderr.flush()

    def at(self, rows: int) -> None:
        """Shows that so many rows have come."""
        now = time.monotonic()
        if not self.shown or now - self.begin < PATIENCE or now - self.last < PAUSE:
            return
        self.last = now
        text = bar(self.what, rows, self.total)
        sys.stderr.write("\r" + text)
        sys.stderr.flush()
        self.written = len(text)


def bar(what: str, rows: int, total: int) -> str:
    """The line itself.

    >>> bar("links.csv", 250, 1000)
    'links.csv [######                  ]  25% of 1,000 rows'
    """
    part = min(rows / total, 1.0) if total else 1.0
    done = int(part * WIDTH)
    return f"{what} [{'#' * done}{' ' * (WIDTH - done)}] {part:4.0%} of {total:,} rows"


def watched() -> bool:
    """Whether somebody sees standard error: on a terminal, or below a notebook's cell."""
    if sys.stderr is None:
        return False
    return sys.stderr.isatty() or type(sys.stderr).__module__.startswith("ipykernel")
