"""A name of several entities is an error that lists them, never a guess."""

from __future__ import annotations

import pytest
from recording import record

from rabta import Ambiguous, Client, NotFound

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
