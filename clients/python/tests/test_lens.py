"""Lenses nest, restore themselves, and stay within their thread and task."""

import asyncio
import dataclasses
import datetime as dt
import threading
from collections.abc import Generator

import pytest

from rabta import Lens, current
from rabta._generated.input_types import LensInput
from rabta.lens import lens_of


def test_nested_lenses_are_laid_over_one_another_and_go_on_exit() -> None:
    with Lens(as_of="2014", min_credibility=3) as outer:
        with Lens(min_credibility=2):
            assert current() == Lens(as_of="2014-12-31", min_credibility=2)
            with Lens(fresh=True, hedges=["stated"]):
                assert current() == Lens(hedges=["STATED"])
        assert current() == outer
    assert current() == Lens()


def test_a_lens_goes_when_the_block_fails() -> None:
    def fail() -> None:
        with Lens(as_of="2014"):
            raise KeyError("x")

    with pytest.raises(KeyError):
        fail()
    assert current() == Lens()


def test_one_lens_may_be_entered_twice() -> None:
    lens = Lens(as_of="2014")
    with lens, lens:
        assert current() == lens
    assert current() == Lens()


def test_a_generator_that_ends_late_takes_its_own_lens_away() -> None:
    def walk() -> Generator[Lens, None, None]:
        with Lens(hedges=["STATED"]):
            yield current()

    walking = walk()
    next(walking)
    with Lens(min_credibility=2) as inner:
        walking.close()
        assert current() == inner
    assert current() == Lens()


def test_threads_and_tasks_do_not_mix() -> None:
    seen = []
    with Lens(as_of="2014"):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == [Lens()]

    async def ask(day: str) -> Lens:
        with Lens(as_of=day):
            await asyncio.sleep(0)
            return current()

    async def both() -> list[Lens]:
        return list(await asyncio.gather(ask("2014"), ask("2015")))

    assert asyncio.run(both()) == [Lens(as_of="2014"), Lens(as_of="2015")]


def test_a_given_lens_is_laid_over_that_of_the_block() -> None:
    with Lens(as_of="2014"):
        assert lens_of({"min_credibility": 2}) == Lens(as_of="2014", min_credibility=2)
        assert lens_of(Lens(fresh=True)) == Lens()
    with pytest.raises(TypeError, match="no Lens"):
        lens_of("2014")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2014", "2014-12-31"),
        ("2016-02", "2016-02-29"),
        ("2014-06-30", "2014-06-30"),
        (dt.date(2014, 1, 2), "2014-01-02"),
        (dt.datetime(2014, 1, 2, 23), "2014-01-02"),
    ],
)
def test_days(given: str | dt.date, day: str) -> None:
    assert Lens(as_of=given).parameters() == {"asOf": day}
    assert Lens(published_by=given).parameters() == {"publishedBy": day}


@pytest.mark.parametrize("bad", ["14", "2014-13", "2014-02-30", "yesterday", "2014-1-1", "", "20145", "201X"])
def test_what_is_no_day_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="as_of"):
        Lens(as_of=bad)


def test_moments() -> None:
    assert Lens(known_at="2023-10-07").known_at == "2023-10-07T23:59:59.999999Z"
    assert Lens(known_at="2023-10-07T12:00:00+00:00").known_at == "2023-10-07T12:00:00+00:00"
    with pytest.raises(ValueError, match="zone"):
        Lens(known_at=dt.datetime(2023, 10, 7))
    with pytest.raises(ValueError, match="moment"):
        Lens(known_at="in 2023")


def test_every_condition_is_one_of_the_schema() -> None:
    """A condition that the schema does not have would be dropped without a word."""
    names = {f.name for f in dataclasses.fields(Lens)} - {"fresh"}
    assert names == set(LensInput.model_fields)


def test_lists_are_lists() -> None:
    with pytest.raises(TypeError, match="give a list"):
        Lens(hedges="STATED")
    assert Lens(sources=[]).parameters() == {"sources": []}
    assert Lens(include_disputed=False).parameters() == {"includeDisputed": False}
