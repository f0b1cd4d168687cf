"""Aggregates are folded in the order in which their events took effect."""

from itertools import permutations
from typing import cast

import pytest

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from tests.domain.aggregates.acts import act_at, new_id


class WordList(Aggregate):
    """Holds the words that were written, in order."""

    TOPIC = "word_list"
    words: tuple[str, ...] = ()

    class Begun(CreatedEvent):
        """The list of words was begun."""

        TOPIC = "word_list.begun.v1"

    class Written(Aggregate.Event):
        """A word was written."""

        TOPIC = "word_list.written.v1"
        word: str

        def apply(self, aggregate: "WordList") -> None:
            aggregate.words = (*aggregate.words, self.word)

    @classmethod
    def begin(cls, day: str = "2018-01-01") -> "WordList":
        return cls.create(cls.Begun, id=new_id("word_list"), act=act_at(day))

    def write(self, day: str) -> None:
        self.record(self.Written, act=act_at(day), word=day)


DAYS = ("2018-02-01", "2018-03", "2018-03-15", "2018-05-01")
IN_ORDER_OF_EFFECT = ("2018-02-01", "2018-03-15", "2018-03", "2018-05-01")
"""A month takes effect when it is over, after each of its days."""


def word_list_of(days: tuple[str, ...]) -> WordList:
    word_list = WordList.begin()
    for day in days:
        word_list.write(day)
    return word_list


def loaded(word_list: WordList) -> WordList:
    """The list of words, folded anew from its events in the order of their recording."""
    found: Aggregate | None = None
    for event in word_list.take_pending_events():
        found = event.mutate(found)
    return cast("WordList", found)


@pytest.mark.parametrize("days", [*permutations(DAYS)])
def test_aggregate_is_the_same_in_whatever_order_its_events_were_recorded(
    days: tuple[str, ...],
) -> None:
    word_list = word_list_of(days)

    assert word_list.words == IN_ORDER_OF_EFFECT
    assert word_list.version == 5
    assert loaded(word_list).words == IN_ORDER_OF_EFFECT


@pytest.mark.parametrize("days", [*permutations(DAYS)])
@pytest.mark.parametrize(
    ("time", "count"),
    [("2018-01-15", 0), ("2018-02-01", 1), ("2018-03-15", 2), ("2018-03", 3), ("2018", 4)],
)
def test_past_state_holds_the_events_that_had_taken_effect_by_then(
    days: tuple[str, ...], time: str, count: int
) -> None:
    assert word_list_of(days).at(Occurred.parse(time)).words == IN_ORDER_OF_EFFECT[:count]


def test_first_event_comes_before_events_of_an_earlier_time() -> None:
    word_list = WordList.begin("2018")

    word_list.write("2018-03")
    word_list.write("2018-02")

    assert word_list.words == ("2018-02", "2018-03")
    assert word_list.at(Occurred.parse("2018-02")).words == ("2018-02",)


def test_events_of_one_time_take_effect_in_the_order_of_their_recording() -> None:
    word_list = WordList.begin()
    for word in ("first", "second", "third"):
        word_list.record(WordList.Written, act=act_at("2018-02-01"), word=word)

    assert word_list.words == ("first", "second", "third")


def test_nothing_can_be_recorded_on_a_past_state() -> None:
    word_list = word_list_of(DAYS)
    past = word_list.at(Occurred.parse("2018-02-01"))

    with pytest.raises(TypeError, match="nothing can be recorded on a past state of the word list"):
        past.write("2018-06-01")

    word_list.write("2018-06-01")
    assert len(word_list.words) == 5


def test_copy_takes_late_events_without_changing_the_original() -> None:
    word_list = word_list_of(("2018-02-01", "2018-05-01"))
    copy = word_list.copy()

    copy.write("2018-03")

    assert copy.words == ("2018-02-01", "2018-03", "2018-05-01")
    assert word_list.words == ("2018-02-01", "2018-05-01")
