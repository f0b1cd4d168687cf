"""The input of a command's digest is final from the first command on."""

import pytest

from tests.infra.event_store.stored_commands import CHECKED_IN, stored_commands


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def parent(line: str) -> str:
    """The field that the field of a line belongs to; the topic for a field of a command."""
    topic, path = line.split(":")[0].split(" ")
    return f"{topic} {path.rpartition('.')[0]}".rstrip().removesuffix("[]")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("comment.post body: text, required", "comment.post"),
        ("comment.post attribution.speaker: text, required", "comment.post attribution"),
        ("draft.publish blocks[].text: text, required", "draft.publish blocks"),
    ],
)
def test_parent_of_a_field_is_its_value_or_its_command(line: str, expected: str) -> None:
    assert parent(line) == expected


def test_stored_commands_lose_and_change_no_line() -> None:
    now = set(lines(stored_commands()))
    lost = [line for line in lines(CHECKED_IN.read_text()) if line not in now]

    assert not lost, (
        "If a line is lost or has changed, a command that was recorded before is not recognised"
        " when it is sent again: give the command a new topic, or add an optional field."
    )


def test_stored_commands_get_no_further_required_field() -> None:
    before = lines(CHECKED_IN.read_text())
    fields = {"command", *(line.split(":")[0] for line in before)}
    required = [
        line
        for line in lines(stored_commands())
        if line.endswith(", required") and line not in before and parent(line) in fields
    ]

    assert not required, (
        "A command that was recorded before has no such field, so it could not be sent again: give"
        " the field a default, or the command a new topic."
    )


def test_stored_commands_are_all_in_the_checked_in_file() -> None:
    assert stored_commands() == CHECKED_IN.read_text(), (
        "If a line was added, print the file anew (its heading says how)."
    )
