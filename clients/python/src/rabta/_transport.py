"""Carries operations to a server: the only module that knows HTTP."""

from __future__ import annotations

import ipaddress
import json
import os
import time
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from ._generated.base_model import UNSET
from .errors import Ambiguous, ConnectionFailed, LimitExceeded, NotFound, QueryError, RabtaError, TruncatedWarning, code_of

DEFAULT_URL = "http://127.0.0.1:8420"
PAUSE = 0.25  # seconds before a question is asked again
LOOKUPS = {"id": "id", "name": "name", "external": "id elsewhere"}  # what an error says was looked up, and what that is
LIMITS = {"COST_LIMIT_EXCEEDED", "TIMEOUT", "PAYLOAD_TOO_LARGE"}


class Transport:
    """One server. It follows no redirects, and goes through no proxy to this machine."""

    def __init__(self, url: str | None, token: str | None, timeout: float, verify: bool | str) -> None:
        self.url = address(url or os.environ.get("RABTA_URL") or DEFAULT_URL)
        token = token or os.environ.get("RABTA_TOKEN")
        headers = {"User-Agent": "rabta-python", "Accept": "application/json"}
        if token:
            if self.url.startswith("http://") and not is_loopback(self.url):
                warnings.warn(f"the token is sent to {self.url} for anybody on the way to read; use https", stacklevel=3)
            headers["Authorization"] = f"Bearer {token}"
        self.http = httpx.Client(base_url=self.url, headers=headers, timeout=timeout, verify=verify, trust_env=not is_loopback(self.url))
        self.timeout = timeout
        self.sequence = 0  # the last commit that an answer saw

    def close(self) -> None:
        self.http.close()

    def run(self, query: str, operation_name: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """Answers one of the package's own operations; an error in the answer is raised, but for a list that was cut short."""
        data, errors = self.post(query, operation_name, variables)
        if isinstance(data, dict) and errors and all(code_of(e) == "PARTIAL" for e in errors):
            warnings.warn("; ".join(str(e.get("message")) for e in errors), TruncatedWarning, stacklevel=4)
        elif errors:
            raise problem(errors, data)
        if not isinstance(data, dict):
            raise RabtaError(f"{self.url}: the answer has neither data nor errors; is this a rabta server?")
        return data

    def post(self, query: str, operation_name: str | None, variables: Mapping[str, object]) -> tuple[Any, list[dict[str, Any]]]:
        """Sends a document and gives its data and its errors."""
        body: dict[str, object] = {"query": query, "variables": plain(variables)}
        if operation_name:
            body["operationName"] = operation_name
        wait = Patience(self.timeout)
        while True:
            try:
                response = self.http.post("/graphql", json=body)
            except httpx.HTTPError as e:
                raise self.unreached(e) from e
            if not wait.longer(response):
                return self.read(response)

    def read(self, response: httpx.Response) -> tuple[Any, list[dict[str, Any]]]:
        try:
            answer = response.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            answer = None
        if not isinstance(answer, dict) or not ("data" in answer or "errors" in answer):
            raise ConnectionFailed(
                self.url, f"the answer ({response.status_code}) is not GraphQL", "look whether the address is that of a rabta server"
            )
        self.note(response)
        return answer.get("data"), list(answer.get("errors") or [])

    def note(self, response: httpx.Response) -> None:
        """Keeps the commit that an answer saw."""
        seen = response.headers.get("Rabta-Sequence", "")
        if seen.isdigit():
            self.sequence = int(seen)

    def misread(self, e: ValidationError) -> RabtaError:
        """The error to raise for an answer that is not what was asked for."""
        first = e.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        hint = f"the server is of another version: install the client that it hands out, {self.url}/clients/python/"
        return RabtaError(f"the answer cannot be read at {where} ({first['msg']}); {hint}")

    def unreached(self, e: httpx.HTTPError) -> ConnectionFailed:
        if isinstance(e, httpx.TimeoutException):
            return ConnectionFailed(self.url, "no answer in time", "ask for less, or give Client(timeout=...) more seconds")
        if isinstance(e, httpx.ConnectError):
            hint = "start one with: rabta serve; or say where one runs with Client(url) or RABTA_URL"
            return ConnectionFailed(self.url, f"no server answers there ({e})", hint)
        return ConnectionFailed(self.url, f"the connection broke ({e})", "ask again")


class Patience:
    """Waits for a server that asks for it (503), as one does that is loading its graph; no longer than so many seconds in all."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def longer(self, response: httpx.Response) -> bool:
        """Whether to ask again, after having waited."""
        if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return False
        named = response.headers.get("Retry-After", "")
        pause = float(named) if named.isdigit() else PAUSE
        if time.monotonic() + pause > self.end:
            return False
        time.sleep(pause)
        return True


def address(url: str) -> str:
    """A server's address as it is used: http or https, and without /graphql at its end."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not the address of a server; write it as {DEFAULT_URL}")
    return url.rstrip("/").removesuffix("/graphql")


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def plain(value: object) -> Any:
    """A variable as JSON has it; what is not set is left out."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    return value


def problem(errors: list[dict[str, Any]], data: Any) -> RabtaError:
    """The error to raise for errors of a server."""
    code, first = code_of(errors[0]), errors[0]
    about = first.get("extensions") or {}
    key = next((k for k in LOOKUPS if k in about), "id")
    if code == "NOT_FOUND":
        return NotFound(str(about.get(key, "")), str(first.get("message", "nothing is known by that id")), entities(about.get("near")))
    if code == "AMBIGUOUS":
        return Ambiguous(str(about.get(key, "")), entities(about.get("candidates")), int(about.get("more") or 0), LOOKUPS[key])
    if code in LIMITS:
        return LimitExceeded(errors, data)
    return QueryError(errors, data)


def entities(listed: Any) -> list[tuple[str, str, str]]:
    """Entities that an error names: id, kind and name."""
    return [(str(e.get("id")), str(e.get("kind")), str(e.get("name"))) for e in listed or ()]
