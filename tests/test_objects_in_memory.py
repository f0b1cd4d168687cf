"""Objects are found by their class, whatever else is in memory."""

import weakref

from tests.objects_in_memory import objects_of


class Marked:
    """What the tests look for."""


class MoreMarked(Marked):
    """A subclass of it."""


def test_objects_of_a_class_and_of_its_subclasses_are_found() -> None:
    made = [Marked(), MoreMarked()]

    assert objects_of(Marked) == made
    assert objects_of(MoreMarked) == made[1:]


def test_proxies_of_objects_that_are_gone_are_passed_over() -> None:
    gone = Marked()
    proxies = [weakref.proxy(gone)]
    del gone

    assert objects_of(Marked) == []
    assert len(proxies) == 1
