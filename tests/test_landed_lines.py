"""A file that is printed anew keeps every line that has landed."""

from tests.landed_lines import with_landed


def test_lines_are_added_after_those_that_have_landed() -> None:
    landed, now = ["b 1", "b 2", "d 1"], ["a 1", "b 1", "b 3", "c 1"]

    assert with_landed(landed, now).splitlines() == ["a 1", "b 1", "b 2", "b 3", "c 1", "d 1"]
