"""Notes of a command that logs."""

import logging

import pytest

from intersessional.infra.cli.output import note_in
from intersessional.infra.logging_setup import LogFormat


def test_note_beside_a_log_of_objects_is_one_of_them(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)

    note_in(LogFormat.JSON)("Making an empty database.")
    note_in(LogFormat.TEXT)("It happens once.")

    assert [one.getMessage() for one in caplog.records] == ["Making an empty database."]
    assert capsys.readouterr().err == "It happens once.\n"
