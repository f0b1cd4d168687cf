"""Draft outputs: revisions made of blocks with stable ids."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.draft.block import Block, OutputElement, WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired, StaleVersion
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, DRAFT, DRAFTED, GROUP, WORKING, publish


def revise(*blocks: WrittenBlock, expected: int | None = None) -> ReviseDraft:
    return ReviseDraft(
        command_id=id_of("revise draft"), draft=DRAFT, blocks=blocks, expected_version=expected
    )


def revised(name: str, *blocks: WrittenBlock) -> SentCommand:
    return FACILITATOR.sends(ReviseDraft(command_id=id_of(name), draft=DRAFT, blocks=blocks))


def new(text: str = "A paragraph.") -> WrittenBlock:
    return WrittenBlock(text=text)


def same_block(id: str, text: str = "The same paragraph.") -> WrittenBlock:
    return WrittenBlock(text=text, id=id)


def test_a_draft_is_published_in_blocks_that_get_ids() -> None:
    command = PublishDraft(
        command_id=id_of("publish"),
        group=GROUP,
        title="A draft",
        blocks=(
            WrittenBlock(text="What it is.", element=OutputElement.DEFINITION_OF_ISSUES),
            new("What worked."),
        ),
    )

    given(WORKING).when(FACILITATOR.sends(command)).then(
        event(
            Draft.Published,
            originator_id=command.derived_id,
            group_id=GROUP,
            title=Sealed("A draft"),
            revision=1,
            blocks=(
                Block("b1", Sealed("What it is."), OutputElement.DEFINITION_OF_ISSUES),
                Block("b2", Sealed("What worked."), None),
            ),
        )
    )


def test_block_keeps_its_id_at_any_place_in_a_revision() -> None:
    given(DRAFTED).when(
        FACILITATOR.sends(revise(new("First."), same_block("b2", "Mended."), same_block("b1")))
    ).then(
        event(
            Draft.Revised,
            originator_id=DRAFT,
            revision=2,
            blocks=(
                Block("b4", Sealed("First."), None),
                Block("b2", Sealed("Mended."), None),
                Block("b1", Sealed("The same paragraph."), None),
            ),
        )
    )


def test_id_of_a_removed_block_is_not_reused() -> None:
    history = (
        DRAFTED,
        revised("without b3", same_block("b1")),
        revised("one more", same_block("b1"), new()),
    )

    record = given(*history)

    assert record.aggregate(Draft, DRAFT).revisions == (
        frozenset({"b1", "b2", "b3"}),
        frozenset({"b1"}),
        frozenset({"b1", "b4"}),
    )
    given(*history).when(FACILITATOR.sends(revise(new()))).then(
        event(Draft.Revised, revision=4, blocks=(Block("b5", Sealed("A paragraph."), None),))
    )


@pytest.mark.parametrize("id", ["b3", "b4", "b0", "b-1", "b1 ", "B1", "", "x" * 100_000])
def test_block_id_from_an_earlier_revision_is_refused(id: str) -> None:
    history = (DRAFTED, revised("without b3", same_block("b1"), same_block("b2")))

    given(*history).when(FACILITATOR.sends(revise(same_block(id)))).then(
        NotFound(kind="block", id=id)
    )


def test_first_revision_with_a_block_id_is_refused() -> None:
    given(WORKING).when(FACILITATOR.sends(publish(same_block("b1")))).then(
        NotFound(kind="block", id="b1")
    )


def test_block_named_twice_in_a_revision_is_refused() -> None:
    given(DRAFTED).when(FACILITATOR.sends(revise(same_block("b1"), same_block("b1")))).then(
        BadValue(field="blocks", problem="a block id is given twice.")
    )


@pytest.mark.parametrize(
    ("blocks", "field", "problem"),
    [
        ((), "blocks", "a draft has 1 to 1000 of them."),
        ((new(),) * 1_001, "blocks", "a draft has 1 to 1000 of them."),
        ((new("x" * 20_000),) * 26, "blocks", "a draft has at most 500000 characters."),
        ((new("x" * 20_001),), "blocks.0.text", "it has 20001 bytes; 20000 are allowed."),
        ((new(" "),), "blocks.0.text", "it is empty."),
    ],
)
def test_a_draft_has_a_sensible_size(
    blocks: tuple[WrittenBlock, ...], field: str, problem: str
) -> None:
    refused = BadValue(field=field, problem=problem)

    given(WORKING).when(FACILITATOR.sends(publish(*blocks))).then(refused)
    given(DRAFTED).when(FACILITATOR.sends(revise(*blocks))).then(refused)


@pytest.mark.parametrize("person", [FACILITATOR, SECRETARIAT])
def test_facilitators_and_the_secretariat_publish(person: Person) -> None:
    given(WORKING).when(person.sends(publish(new()))).then(Draft.Published)
    given(DRAFTED).when(person.sends(revise(new()))).then(Draft.Revised)


@pytest.mark.parametrize("person", [CHAIR, MEMBER, OTHER_MEMBER, COMMENTER])
def test_draft_published_by_another_role_is_refused(person: Person) -> None:
    refused = RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)

    given(WORKING).when(person.sends(publish(new()))).then(refused)
    given(DRAFTED).when(person.sends(revise(new()))).then(refused)


def test_a_concluded_group_drafts_no_more() -> None:
    refused = GroupHasConcluded(group=GROUP)

    again = replace(publish(new()), command_id=id_of("again"))
    given(CONCLUDED).when(FACILITATOR.sends(again)).then(refused)
    given(CONCLUDED).when(FACILITATOR.sends(revise(new()))).then(refused)


def test_draft_of_an_unknown_group_is_refused() -> None:
    command = PublishDraft(
        command_id=id_of("publish"), group=id_of("x"), title="A", blocks=(new(),)
    )

    given(WORKING).when(FACILITATOR.sends(command)).then(NotFound(kind="group", id=str(id_of("x"))))


def test_a_revision_of_what_has_changed_meanwhile_is_stale() -> None:
    history = (DRAFTED, revised("meanwhile", same_block("b1")))

    given(*history).when(FACILITATOR.sends(revise(same_block("b2"), expected=1))).then(
        StaleVersion(id=DRAFT, expected=1, actual=2)
    )
