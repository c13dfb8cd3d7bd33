"""What notebooks show holds what strangers wrote, and is harmless, whole and still."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert import HTMLExporter
from recording import record

from rabta import Attribute, Brief, Client, Entity, Lens, Link, Network, Truncation, Value
from rabta._drawing import MOST_NODES, layout
from rabta._html import escaped
from rabta.lists import EntityList
from rabta.records import Exclusion

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></svg><script>alert(2)</script>",
    "javascript:alert(1)",
    "]]><!--",
    "&lt;b&gt;",
    "\u202egnp.exe\u202c",
    "bell\x07 and \x00 nothing",
    "\u062a\u062d\u0631\u06cc\u06a9 \u0637\u0627\u0644\u0628\u0627\u0646",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
]
TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p", "strong", "img"}
ATTRIBUTES = {"style", "scope", "dir", "role", "alt", "src"}


class Harmless(HTMLParser):
    """Fails at any tag or attribute but those that tables and pictures need."""

    text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, (tag, name)
            assert name != "src" or (value or "").startswith("data:image/svg+xml;base64,")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Harmless:
    parser = Harmless()
    parser.feed(html)
    parser.close()
    return parser


LINK = Link(
    id="l_1", kind="RIVAL_OF", source=Brief("a", "GROUP", "a"), target=Brief("b", "GROUP", "b"), status="ASSERTED", credibility=3,
    reliability="C", hedge="STATED", independent_sources=1, disputed=False, contested=False, bearing="HOSTILITY",
    valid_from=None, valid_to=None, undated=True,
    dates_disagree=False, affirmed=1, denied=0, no_evidence=0, role=None, basis=None, attributor=None, modes=(), grade=None, source_is=(),
    stage=None, nature=None, channel=None, marking="CLEAR", sources=("s_x",), claims=1,
)  # fmt: skip


def said(text: str) -> Attribute:
    """A description by nobody in particular."""
    of = Brief("e", "GROUP", "e")
    return Attribute(of, "DESCRIPTION", Value(text=text), "AFFIRMED", "STATED", 2, 1, False, False, False, (), "CLEAR", ())


def network(names: list[str]) -> Network:
    """A star of entities of these names, whose kinds and notices are such texts too."""
    nodes = [Entity(f"e-{i}", "GROUP" if i % 2 else n, n, names=(n,), description=(said(n),)) for i, n in enumerate(names)]
    links = [replace(LINK, id=f"l_{i}", source=e, target=nodes[0], status=e.name, nature=e.name) for i, e in enumerate(nodes) if i]
    return Network(nodes, links, truncated=Truncation(names[0], 1, 1), excluded=[Exclusion(names[1], 1, 1)])


def test_nothing_runs() -> None:
    net = network(HOSTILE)
    for shown in (net, net.nodes, net.links, net.diff(network(HOSTILE[:5])), net.nodes[0], net.links[4]):
        html = shown._repr_html_()
        said = read(html).text
        assert HOSTILE[0] in said or HOSTILE[5] in said
        assert "\u202e" not in html
        assert "\x00" not in html


def test_drawings_are_well_formed_and_inert() -> None:
    svg = network(HOSTILE).svg()
    root = ET.fromstring(svg)
    tags = {e.tag.removeprefix("{http://www.w3.org/2000/svg}") for e in root.iter()}
    assert tags == {"svg", "title", "rect", "line", "g", "circle", "text"}
    assert all(not name.startswith("on") and "href" not in name for e in root.iter() for name in e.attrib)
    assert HOSTILE[0] in "".join(root.itertext())
    assert svg == network(HOSTILE).svg()
    image = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', network(HOSTILE)._repr_html_())
    assert image
    assert b64decode(image.group(1)).decode() == svg


def test_a_big_network_is_drawn_in_part_and_says_so() -> None:
    net = network([f"n{i}" for i in range(MOST_NODES + 20)])
    assert net.svg().count("<circle") == MOST_NODES
    assert f"best linked of {MOST_NODES + 20}" in net._repr_html_()
    assert "59 more" in net._repr_html_()
    assert network(HOSTILE)._repr_html_().count("best linked") == 0


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_small_networks_can_be_drawn(n: int) -> None:
    net = Network([Entity(f"e-{i}", "PLACE", "P") for i in range(n)], [])
    assert ET.fromstring(net.svg()) is not None
    assert read(net._repr_html_())
    assert all(0 <= v <= 640 for p in layout([str(i) for i in range(n)], []) for v in p)


def test_disputed_links_look_otherwise() -> None:
    ends = [Entity("a", "GROUP", "a"), Entity("b", "GROUP", "b")]
    drawn = [Network(ends, [x]).svg() for x in (LINK, replace(LINK, disputed=True), replace(LINK, status="REPORTED"))]
    assert ["6 4" in d for d in drawn] == [False, True, False]
    assert ["1 3" in d for d in drawn] == [False, False, True]


def test_saved_notebooks_show_it() -> None:
    """As a page made from a notebook: the table and the drawing are in it, and the drawing needs no network."""
    html = network(HOSTILE)._repr_html_()
    output = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    cell = {"cell_type": "code", "id": "x", "source": "net", "metadata": {}, "execution_count": 1, "outputs": [output]}
    book = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})  # type: ignore[no-untyped-call]
    page, _ = HTMLExporter().from_notebook_node(book)  # type: ignore[no-untyped-call]
    image = re.search(r"data:image/svg\+xml;base64,[^\"]+", html)
    assert image
    assert image.group() in page
    assert page.count("RIVAL_OF") == html.count("RIVAL_OF") > 5
    assert "<script>alert" not in page
    assert "http" not in html


def test_names_of_a_server_are_escaped(scratch: Client) -> None:
    record(
        scratch,
        {"a": ("GROUP", HOSTILE[0]), "b": ("GROUP", HOSTILE[1]), "c": ("GROUP", "The Twin"), "d": ("GROUP", "the twin")},
        [{"subject": "a", "predicate": "RIVAL_OF", "object": "b", "nature": "</td><script>"}],
    )
    for shown in (scratch.neighbourhood("a"), scratch.search("script"), scratch.links("a"), scratch.claims("a"), scratch.sources("a")):
        assert read(shown._repr_html_())
    answers = (scratch.measure("DEGREE"), scratch.communities(), scratch.structure(), scratch.paths("a", "b"))
    for answer in answers:
        assert read(answer._repr_html_())
    assert escaped(HOSTILE[0]) in scratch.measure("DEGREE")._repr_html_()


def test_lists_say_how_many_there_are() -> None:
    some = EntityList([Entity("a", "GROUP", "A")], total=7, lens=Lens(as_of="2014"))
    for text in (repr(some), some._repr_html_()):
        assert "1 of 7" in text
        assert "2014-12-31" in text
    assert "1 entities" in repr(EntityList([Entity("a", "GROUP", "A")]))
