"""A name of several entities is an error that lists them, never a guess; the server looks names up, in one request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from recording import record

from rabta import Ambiguous, Brief, Client, NotFound

TWINS = {
    "twin-1": ("GROUP", "The Twin"),
    "twin-2": ("GROUP", "the twin"),
    "twin-school": ("MADRESSAH", "The Twin"),
    "only": ("GROUP", "Only One"),
    "the-name": ("GROUP", "only"),
}


def test_an_ambiguous_name(scratch: Client) -> None:
    record(scratch, TWINS, [{"subject": "twin-1", "predicate": "RIVAL_OF", "object": "only"}])
    with pytest.raises(Ambiguous) as e:
        scratch.neighbourhood("The Twin")
    assert {id for id, _, _ in e.value.candidates} == {"twin-1", "twin-2", "twin-school"}
    assert all(id in str(e.value) for id in ("twin-1", "twin-2", "twin-school"))
    with pytest.raises(Ambiguous) as e:
        scratch.group("THE TWIN")
    assert {id for id, _, _ in e.value.candidates} == {"twin-1", "twin-2"}
    assert scratch.madressah("the twin").id == "twin-school"
    assert scratch.group("twin-2").id == "twin-2"
    for ask in (lambda: scratch.paths("The Twin", "only"), lambda: scratch.links("The Twin"), lambda: scratch.claims("The Twin")):
        with pytest.raises(Ambiguous):
            ask()


def test_an_id_goes_before_a_name(scratch: Client) -> None:
    record(scratch, TWINS)
    assert scratch.group("only").id == "only"
    assert scratch.group("Only One").id == "only"
    assert scratch.group("Only").id == "the-name"


def test_entities_that_are_one_are_no_choice(scratch: Client) -> None:
    record(scratch, TWINS, [{"subject": "twin-1", "predicate": "SAME_AS", "object": "twin-2"}])
    assert scratch.group("The Twin").id in ("twin-1", "twin-2")
    assert set(scratch.group("The Twin").same_ids) == {"twin-1", "twin-2"}
    with pytest.raises(Ambiguous):
        with scratch.lens(hedges=[]):
            scratch.group("The Twin")


def test_part_of_a_name_is_no_name(scratch: Client) -> None:
    record(scratch, {"one": ("GROUP", "Sipah of the North")})
    with pytest.raises(NotFound) as e:
        scratch.group("sipah")
    assert e.value.suggestions == ["one"]
    for not_one in (None, 7, object()):
        with pytest.raises(TypeError, match="no entity"):
            scratch.group(not_one)  # type: ignore[arg-type]


@contextmanager
def counted(c: Client) -> Iterator[list[str]]:
    """The operations that are sent within the block."""
    sent: list[str] = []
    run = c._transport.run

    def noted(query: str, operation_name: str, variables: Any) -> Any:
        sent.append(operation_name)
        return run(query, operation_name, variables)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(c._transport, "run", noted)
        yield sent


def test_by_name_and_by_an_id_elsewhere(c: Client) -> None:
    itself = Brief("lej", "GROUP", "")
    ask: list[Callable[..., Any]] = [c.entity, c.group, c.kin, c.similar, c.history]
    for question in ask:
        with counted(c) as by_itself:
            wanted = question(itself)
        for given in ({"name": "lashkar e jhangvi"}, {"external": "ucdp-actor:388"}):
            with counted(c) as sent:
                assert question(**given) == wanted
            assert sent == by_itself
    assert c.sums(name="IS-K").rows() == c.sums("is-k").rows() == c.sums(external="un:QDe.161").rows()
    assert c.around(name="Mastung").rows() == c.around("mastung").rows()
    assert c.place(name="Mastung").id == "mastung"
    with counted(c) as sent:
        assert c.group("lej").id == c.group("Lashkar-e-Jhangvi").id == c.group("name:Lashkar-e-Jhangvi").id == "lej"
        assert c.group("external:ucdp-actor:388").id == "lej"
    assert len(sent) == 4


def test_what_is_looked_up_is_one_thing(c: Client) -> None:
    for given in ({"name": "IS-K", "external": "un:QDe.161"}, {"which": "is-k", "name": "IS-K"}):
        with pytest.raises(TypeError, match="more than one"):
            c.group(**given)  # type: ignore[arg-type]
    for blank in ({"name": ""}, {"external": " "}):
        with pytest.raises(NotFound, match="nothing to look up"):
            c.entity(**blank)  # type: ignore[arg-type]


def test_names_in_questions(c: Client) -> None:
    """What is asked by a name is what is asked by the id, in one request."""
    questions: list[Callable[[Any], Any]] = [
        lambda x: c.neighbourhood(x).links,
        lambda x: c.neighbourhood([x, "ttp"]).links,
        lambda x: c.subgraph(around=x, depth=1).links,
        c.links,
        lambda x: c.claims(x, limit=50),
        c.incidents,
        lambda x: c.attributes([x, "ttp"]),
        lambda x: c.paths(x, "lej", limit=2).rows(),
        lambda x: c.paths("lej", "afghan-taliban", via=x, limit=2, bearings=["AFFILIATION", "COOPERATION", "HOSTILITY"]).rows(),
        lambda x: c.dyad("lej", x).rows(),
        lambda x: c.measure("DEGREE", of=x).rows(),
        lambda x: c.predict_links(x, limit=3).rows(),
        lambda x: c.timeline(x).rows(),
    ]
    c.neighbourhood(["ttp", "lej", "is-k", "afghan-taliban"])
    for question in questions:
        with counted(c) as by_id:
            wanted = question("is-k")
        assert wanted
        for name in ("name:islamic state khorasan", "Islamic State Khorasan", "external:un:QDe.161"):
            with counted(c) as sent:
                assert question(name) == wanted
            assert sent == by_id
    assert c.incidents(place="name:Mastung") == c.incidents(place="mastung")
    assert c.claims(lens={"speakers": ["name:IS-K"]}).total == c.claims(lens={"speakers": ["is-k"]}).total > 0


def test_what_is_near(c: Client) -> None:
    with pytest.raises(NotFound, match="no group is known by the name 'Lashkar of Jhangvi'; near it:\n") as e:
        c.group(name="Lashkar of Jhangvi")
    assert ("lej", "GROUP", "Lashkar-e-Jhangvi") in e.value.near
    assert e.value.what == "Lashkar of Jhangvi"
    with pytest.raises(NotFound, match="by the id or the name 'is-kk'") as e:
        c.entity("is-kk")
    assert "is-k" in e.value.suggestions
    with pytest.raises(NotFound, match="by the id elsewhere 'un:nothing'"):
        c.entity(external="un:nothing")
    for ask in (
        lambda: c.neighbourhood("Lashkar of Jhangvi"),
        lambda: c.links("name:Lashkar of Jhangvi"),
        lambda: c.sums("lashkar-of-jhangvi"),
    ):
        with pytest.raises(NotFound) as e:
            ask()
        assert "lej" in e.value.suggestions
    with pytest.raises(NotFound, match="is no place, group"):
        c.sums("ca-listed-26")


TWIN = '{entity(by: {name: "The Twin"}) {id}}'


def test_several_of_a_name_are_candidates(scratch: Client) -> None:
    record(scratch, {f"twin-{i:02}": ("GROUP", "The Twin") for i in range(23)} | {"school": ("MADRESSAH", "The Twin")})
    with pytest.raises(Ambiguous, match=r"(?s)a name of 23 entities.*\n  twin-00 .*and 3 more") as e:
        scratch.group(name="the twin")
    assert e.value.candidates[0] == ("twin-00", "GROUP", "The Twin")
    assert (e.value.name, len(e.value.candidates), e.value.more) == ("the twin", 20, 3)
    for ask in (
        lambda: scratch.kin(name="the twin"),
        lambda: scratch.links("name:The Twin"),
        lambda: scratch.query('{entity(by: {name: "The Twin"}) {id}}'),
    ):
        with pytest.raises(Ambiguous) as e:
            ask()
        assert (len(e.value.candidates), e.value.more) == (20, 4)
    assert scratch.madressah(name="The Twin").id == "school"


def test_a_network_stays_that_of_the_same_entity(scratch: Client) -> None:
    """Under another lens a name may be that of another; what is asked again is asked of the one that was found."""
    record(
        scratch,
        {"old": ("GROUP", "First"), "new": ("GROUP", "Second"), "x": ("GROUP", "X")},
        [
            {"subject": "old", "predicate": "NAME", "value": {"text": "The Front", "form": "FULL"}, "credibility": 4},
            {"subject": "new", "predicate": "NAME", "value": {"text": "The Front", "form": "FULL"}, "credibility": 1},
            {"subject": "old", "predicate": "RIVAL_OF", "object": "x", "credibility": 1},
        ],
    )
    with scratch.lens(min_credibility=1):
        near, part = scratch.neighbourhood("The Front"), scratch.subgraph(around=["The Front"], depth=1)
    for net in (near, part):
        assert [e.id for e in net.nodes] == ["new"]
        assert [e.id for e in net.under({"fresh": True}).nodes] == ["new"]
    with pytest.raises(Ambiguous):
        scratch.neighbourhood("The Front")
