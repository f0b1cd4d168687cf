"""``intersessional tail`` prints an event in one line."""

from intersessional.infra.cli.commands.tail import line

ENTRY = {
    "position": 57,
    "recordedAt": "2018-11-12T09:30:00.123456Z",
    "name": "Comment.Posted",
    "summary": "Someone commented on a draft.",
    "role": "COMMENTER",
    "person": {"displayName": "Ann"},
    "provenance": {"ground": "LIVE"},
}


def test_event_is_a_line_with_position_time_sentence_and_actor() -> None:
    assert line(ENTRY) == (
        "    57  2018-11-12 09:30:00Z  Comment.Posted: Someone commented on a draft."
        "  (COMMENTER, Ann)"
    )


def test_event_that_is_not_live_shows_its_ground() -> None:
    imported = {**ENTRY, "person": None, "provenance": {"ground": "IMPORTED"}}

    assert line(imported).endswith("  (COMMENTER, IMPORTED)")


def test_unknown_event_is_a_line_too() -> None:
    unknown = {**ENTRY, "role": None, "person": None, "provenance": None, "name": "gone.was.v1"}

    assert line(unknown).endswith("gone.was.v1: Someone commented on a draft.")


def test_name_cannot_steer_the_terminal() -> None:
    evil = {**ENTRY, "person": {"displayName": "A\x1b[2J\n\u202eB"}}

    assert line(evil).endswith("(COMMENTER, A\ufffd[2J\ufffd\ufffdB)")
