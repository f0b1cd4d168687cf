"""A refused value is named by its path in the command."""

import pytest

from intersessional.domain.command_handling.field_path import field_at
from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.decision.commands import Establish, OutcomeChoice
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.kernel.refusals import BadValue
from tests.domain.actors import CHAIR, FACILITATOR
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import WORKING, publish
from tests.domain.scenarios import cap, decide

DRAFT = publish(WrittenBlock(text="One."), WrittenBlock(text="Two."), WrittenBlock(text=" "))
DECISION = decide("a", cap(3), OutcomeChoice(establish=Establish(kind="BPF", name="A forum")))


@pytest.mark.parametrize(
    ("sent", "path", "value"),
    [
        (CHAIR.sends(decide("a", statement="")), "statement", ""),
        (FACILITATOR.sends(DRAFT), "blocks.2.text", " "),
        (CHAIR.sends(DECISION), "outcomes.1.establish.kind", "BPF"),
    ],
)
def test_path_has_names_as_the_command_has_them_and_places_from_0(
    sent: SentCommand, path: str, value: object
) -> None:
    refused = given(WORKING).when(sent).refused

    assert isinstance(refused, BadValue)
    assert refused.field == path
    assert field_at(sent.command, path) == value


@pytest.mark.parametrize("path", ["", "block", "blocks.3.text", "blocks/0/text", "blocks.0.words"])
def test_unknown_path_in_a_command_raises_an_error(path: str) -> None:
    with pytest.raises((AssertionError, LookupError, ValueError)):
        field_at(DRAFT, path)
