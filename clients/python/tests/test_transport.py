"""Servers that are not there, are something else, or are newer."""

from __future__ import annotations

import io
import json
import socket
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from fake import answering, data, reply

from rabta import Client, ConnectionFailed, LimitExceeded, QueryError, RabtaError, TruncatedWarning
from rabta._filters import together
from rabta._transport import DEFAULT_URL, is_loopback

NAME: dict[str, object] = {
    "value": "X", "lang": None, "primary": True, "form": "FULL", "hedge": "STATED", "credibility": 2, "disputed": False,
    "contested": False, "speakers": [],
}  # fmt: skip
ENTITY = {
    "__typename": "Group", "id": "x", "kind": "GROUP", "name": "X", "names": [NAME],
    "sameIds": ["x"], "description": [], "subtype": [], "representation": "NAMED", "external": [], "marking": "CLEAR", "placed": [],
    "retired": None, "retiredBelow": False,
}  # fmt: skip


def test_nobody_answers() -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{s.getsockname()[1]}"
    with Client(url) as c, pytest.raises(ConnectionFailed, match="rabta serve") as e:
        c.revision()
    assert e.value.url == url


def test_no_graphql() -> None:
    with answering(lambda h, _: reply(h, b"<html>hello</html>")) as url, Client(url) as c:
        with pytest.raises(ConnectionFailed, match="not GraphQL"):
            c.revision()
        with pytest.raises(RabtaError, match="rows"):
            c.links_df()


def test_no_answer_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, Client(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05) as c:
        with pytest.raises(ConnectionFailed, match="in time"):
            c.revision()


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}])
def test_a_server_that_is_loading_is_waited_for(headers: dict[str, str]) -> None:
    asked = 0

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        nonlocal asked
        asked += 1
        if asked % 3:
            body = {"errors": [{"message": "the graph is being loaded", "extensions": {"code": "UNAVAILABLE"}}]}
            reply(handler, json.dumps(body).encode(), 503, headers)
        elif request:
            data(handler, {"x": 1})
        else:
            reply(handler, b"id\r\n", 200, {"Rabta-Rows": "0"})

    with answering(answer) as url:
        with Client(url) as c:
            assert c.query("{x}").data == {"x": 1}
            assert c.export("links.csv", io.BytesIO()) == 0
        assert asked == 6


def test_a_server_is_not_waited_for_for_ever() -> None:
    body = json.dumps({"errors": [{"message": "busy", "extensions": {"code": "BUSY"}}]}).encode()
    with answering(lambda h, _: reply(h, body, 503, {"Retry-After": "5"})) as url, Client(url, timeout=2) as c:
        for ask in (lambda: c.query("{x}"), c.links_df):
            with pytest.raises(QueryError, match="busy"):
                ask()


def test_redirects_are_not_followed() -> None:
    with answering(lambda h, _: reply(h, b"", 302, {"Location": "http://example.org/"})) as url, Client(url) as c:
        with pytest.raises(ConnectionFailed, match="302"):
            c.revision()


@pytest.mark.parametrize(("code", "kind"), [("TIMEOUT", LimitExceeded), ("COST_LIMIT_EXCEEDED", LimitExceeded), ("INTERNAL", QueryError)])
def test_errors_of_the_server(code: str, kind: type[QueryError]) -> None:
    body = json.dumps({"data": None, "errors": [{"message": "no", "extensions": {"code": code}}, {"message": "and no"}]}).encode()
    with answering(lambda h, _: reply(h, body)) as url, Client(url) as c, pytest.raises(kind, match="no\nand no") as e:
        c.query("{x}")
    assert e.value.code == code


def test_a_list_that_was_cut_short() -> None:
    """What was found is told, with a warning; beside another error it is not."""
    errors = [{"message": "used up", "path": ["predictLinks"], "extensions": {"code": "PARTIAL"}}]
    worse = [*errors, {"message": "no", "extensions": {"code": "INTERNAL"}}]

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        body = {"data": {"predictLinks": []}, "errors": told.pop()}
        reply(handler, json.dumps(body).encode(), headers={"Content-Type": "application/json", "Rabta-Sequence": "7"})

    class Known:
        id = "x"

    told = [worse, errors]
    with answering(answer) as url, Client(url) as c:
        with pytest.warns(TruncatedWarning, match="used up"):
            assert not c.predict_links(Known()).rows()
        with pytest.raises(QueryError, match="no"):
            c.predict_links(Known())


def test_a_newer_server() -> None:
    """New values, kinds, types and fields arrive; nothing that is known is lost."""
    newer = ENTITY | {"__typename": "Vessel", "kind": "VESSEL", "marking": "PURPLE", "tonnage": 3, "representation": "GUESSED"}

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        excluded = [{"reason": "WEATHER", "bearing": "TIDAL", "claims": 1, "links": 2, "paths": 0, "more": 1}]
        data(handler, {"neighbourhood": {"nodes": [ENTITY, newer], "links": [], "truncated": None, "excluded": excluded}, "later": 1})

    class Known:
        id = "x"

    with answering(answer) as url, Client(url) as c:
        net = c.neighbourhood(Known(), kinds=["SAILED_WITH"])
    assert [(e.id, e.kind, e.marking, e.representation) for e in net.nodes] == [
        ("x", "GROUP", "CLEAR", "NAMED"),
        ("x", "VESSEL", "PURPLE", "GUESSED"),
    ]
    assert type(net.nodes[1].kind) is str
    assert [(x.reason, x.bearing) for x in net.excluded] == [("WEATHER", "TIDAL")]
    assert net.sequence == 7
    assert "VESSEL" in net.svg() + net._repr_html_()


def test_an_older_server() -> None:
    older = {k: v for k, v in ENTITY.items() if k != "marking"}
    answer = {"entities": {"totalCount": 1, "pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": [older]}}
    with answering(lambda h, _: data(h, answer)) as url, Client(url) as c:
        with pytest.raises(RabtaError, match=r"entities\.nodes\.0\.marking .*clients/python"):
            c.entities()


def test_where_a_server_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RABTA_URL", raising=False)
    assert Client().url == DEFAULT_URL
    monkeypatch.setenv("RABTA_URL", "https://graph.example.org/rabta/graphql")
    assert Client().url == "https://graph.example.org/rabta"
    assert Client("http://127.0.0.1:9").url == "http://127.0.0.1:9"
    for bad in ("127.0.0.1:8420", "ftp://x", "http://"):
        with pytest.raises(ValueError, match="not the address"):
            Client(bad)


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with answering(lambda h, _: data(h, {"x": 1})) as url, Client(url) as c:
        assert c.query("{x}").data == {"x": 1}
    assert [is_loopback(u) for u in ("http://[::1]:1", "http://localhost", "http://127.9.9.9", "http://127.0.0.1.example.org")] == [
        True,
        True,
        True,
        False,
    ]


def test_the_token_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        seen.append(handler.headers["Authorization"])
        data(handler, {})

    monkeypatch.setenv("RABTA_TOKEN", "from-outside")
    with answering(answer) as url:
        Client(url).query("{x}")
        Client(url, token="given").query("{x}")
        monkeypatch.delenv("RABTA_TOKEN")
        Client(url).query("{x}")
        with pytest.warns(UserWarning, match="https"):
            Client("http://graph.example.org", token="given").close()
    assert seen == ["Bearer from-outside", "Bearer given", None]
    assert "given" not in repr(Client(url, token="given"))


def test_more_ids_than_a_server_takes_are_asked_for_in_parts() -> None:
    asked: list[int] = []

    def handle(h: BaseHTTPRequestHandler, body: Any) -> None:
        ids = body["variables"]["where"]["id"]["in"]
        asked.append(len(ids))
        node = {**ENTITY, "id": ids[0], "sameIds": [ids[0]]}
        page = {"nodes": [node], "totalCount": 1, "pageInfo": {"hasNextPage": False, "endCursor": None}}
        data(h, {"entities": page})

    ids = [f"e{i}" for i in range(25_000)]
    with answering(handle) as url, Client(url) as c:
        with pytest.warns(UserWarning, match="25000 ids are asked for in 3 parts"):
            found = c.entities(where={"id": {"in": [*ids, "e0"]}})
        assert [e.id for e in found] == ["e0", "e10000", "e20000"]
        with pytest.warns(UserWarning, match="3 parts"):
            assert len(list(c.iter_entities(where={"id": {"in": ids}}))) == 3
    assert asked == [10_000, 10_000, 5_000] * 2


def test_conditions_lie_beside_one_another() -> None:
    assert together(None, {}) is None
    assert together({"name": {"eq": "x"}}, {"kind": {"in": ["GROUP"]}}) == {"name": {"eq": "x"}, "kind": {"in": ["GROUP"]}}
    assert together({"or": [{}]}, None, {"or": [{"id": {"eq": "y"}}]}) == {"and": [{"or": [{}]}, {"or": [{"id": {"eq": "y"}}]}]}
