"""What was recorded when: commits, and what each did to a record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .records import Brief, Claim, Record


@dataclass(frozen=True)
class Commit(Record):
    """What was recorded together: its number, when, who did it and why, and how many records it made.

    ``actor``, ``reason`` and ``batch`` are None where they were not said, and where not all that it recorded may be seen.
    """

    sequence: int
    recorded_at: dt.datetime
    actor: str | None
    reason: str | None
    batch: str | None
    sources: int
    entities: int
    claims: int
    #: whether it changed the marking of something from or to one that may be seen
    markings_changed: bool = False
    #: whether it took out of the store for good something that could be seen
    redacted: bool = False


@dataclass(frozen=True)
class Event(Record):
    """One thing that a commit did to an entity, a source or a claim.

    ``what`` is RECORDED, RECORDED_AGAIN, RETRACTED, MARKED and so on; ``fields`` are those that a record that
    came again has otherwise; ``claim`` is the one that retracted, withdrew, marked or took back, and ``reason`` what it
    says of why. ``marked_from`` and ``marked_to`` are of what was MARKED.
    """

    what: str
    id: str
    fields: tuple[str, ...]
    claim: Claim | None
    commit: Commit
    reason: str | None = None
    marked_from: str | None = None
    marked_to: str | None = None


@dataclass(frozen=True)
class Twins(Record):
    """Entities of different kinds that were recorded under one id; the first is found under it."""

    id: str
    entities: tuple[Brief, ...]
