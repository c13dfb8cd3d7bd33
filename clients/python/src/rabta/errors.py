"""What can go wrong, and what to do then. Every message ends with the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class RabtaError(Exception):
    """Whatever this package raises about a server and its answers."""


class ConnectionFailed(RabtaError):
    """The server was not reached, or broke off."""

    def __init__(self, url: str, why: str, hint: str) -> None:
        super().__init__(f"{url}: {why}; {hint}")
        self.url = url


class NotFound(RabtaError):
    """Nothing is known by that id or name, or nothing that you may see.

    ``near`` are entities that may have been meant, as (id, kind, name), and ``suggestions`` their ids.
    """

    def __init__(self, what: str, message: str, near: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__(message)
        self.what = what
        self.near = list(near)
        self.suggestions = [id for id, _, _ in self.near]


class Ambiguous(RabtaError):
    """Several entities have that name, or that id elsewhere.

    ``candidates`` are (id, kind, name), at most 20, and ``more`` is how many there are beside them.
    """

    def __init__(self, name: str, candidates: Sequence[tuple[str, str, str]], more: int = 0, what: str = "name") -> None:
        beside = f"\n  and {more} more" if more else ""
        super().__init__(f"{name!r} is {an(what)} of {len(candidates) + more} entities; give the id of one:{told(candidates)}{beside}")
        self.name = name
        self.candidates = list(candidates)
        self.more = more


def told(entities: Sequence[tuple[str, str, str]]) -> str:
    """Entities, each in a line of its own."""
    return "".join(f"\n  {id}  ({kind}: {name})" for id, kind, name in entities)


def an(word: str) -> str:
    """The word in lower case with its article."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word.lower()}"


class QueryError(RabtaError):
    """The server refused a query.

    ``errors`` are the errors as GraphQL has them, ``code`` the code of the first, and
    ``data`` what was answered all the same, if anything.
    """

    def __init__(self, errors: Sequence[dict[str, Any]], data: Any = None) -> None:
        lines = [str(e.get("message", e)) for e in errors] or ["the server gave no reason"]
        super().__init__("\n".join(lines))
        self.errors = list(errors)
        self.data = data
        self.code = code_of(errors[0]) if errors else ""


class LimitExceeded(QueryError):
    """The question is bigger than the server allows, or took too long; ask for less."""


class Incomplete(RabtaError):
    """A file ended before all of it had come. Nothing of it was kept."""


class MissingPackage(RabtaError, ImportError):
    """A package is needed that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs {package}: python -m pip install 'rabta[{extra}]', or {package} alone")


def code_of(error: dict[str, Any]) -> str:
    """The code of a GraphQL error, empty where it has none."""
    extensions = error.get("extensions")
    return str(extensions.get("code", "")) if isinstance(extensions, dict) else ""


class TruncatedWarning(UserWarning):
    """An answer does not hold all that there is."""
