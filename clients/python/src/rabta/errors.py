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

    ``suggestions`` are ids of entities with similar names.
    """

    def __init__(self, what: str, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.what = what
        self.suggestions = list(suggestions)


class Ambiguous(RabtaError):
    """Several entities have that name. ``candidates`` are (id, kind, name)."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str, str]]) -> None:
        lines = "".join(f"\n  {id}  ({kind}: {known})" for id, kind, known in candidates)
        super().__init__(f"{name!r} is a name of {len(candidates)} entities; give the id of one:{lines}")
        self.name = name
        self.candidates = list(candidates)


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
