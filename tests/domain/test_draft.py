"""Draft outputs: revisions made of blocks with stable ids."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.scenario import SentCommand, event, run
from intersessional.domain.draft.block import Block, OutputElement, WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.language import validated_language
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    NotFound,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, DRAFT, DRAFTED, GROUP, WORKING, publish

IMPORTED = Provenance(Ground.IMPORTED)


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
            cycle_id=cycle_id(2018),
            title=Sealed("A draft"),
            label=None,
            language=None,
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
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            revision=2,
            order=("b4", "b2", "b1"),
            added=(Block("b4", Sealed("First."), None),),
            changed=(
                Block("b2", Sealed("Mended."), None),
                Block("b1", Sealed("The same paragraph."), None),
            ),
            removed=("b3",),
        )
    )


def test_id_of_a_removed_block_is_not_reused() -> None:
    history = (
        DRAFTED,
        revised("without b3", same_block("b1")),
        revised("one more", same_block("b1"), new()),
    )

    record = given(*history)

    assert [set(blocks) for blocks in record.aggregate(Draft, DRAFT).revisions] == [
        {"b1", "b2", "b3"},
        {"b1"},
        {"b1", "b4"},
    ]
    given(*history).when(FACILITATOR.sends(revise(new()))).then(
        event(Draft.Revised, revision=4, added=(Block("b5", Sealed("A paragraph."), None),))
    )


def test_block_that_did_not_change_is_not_recorded_again() -> None:
    blocks = [same_block(f"b{n}", f"Paragraph {n}.") for n in (2, 1, 3)]

    given(DRAFTED).when(FACILITATOR.sends(revise(*blocks))).then(
        event(Draft.Revised, order=("b2", "b1", "b3"), added=(), changed=(), removed=())
    )


def test_text_of_a_block_whose_element_changed_is_not_sealed_again() -> None:
    record = given(DRAFTED)
    first = record.aggregate(Draft, DRAFT).blocks[0]
    block = WrittenBlock(text="Paragraph 1.", id="b1", element=OutputElement.INSIGHTS)

    record.when(FACILITATOR.sends(revise(block))).then(
        event(
            Draft.Revised,
            changed=(Block("b1", first.text, OutputElement.INSIGHTS),),
            removed=("b2", "b3"),
        )
    )


def test_block_whose_text_was_erased_has_changed() -> None:
    block = same_block("b1", "Paragraph 1.")

    given(DRAFTED).erased().when(FACILITATOR.sends(revise(block))).then(
        event(Draft.Revised, changed=(Block("b1", Sealed("Paragraph 1."), None),))
    )


@settings(max_examples=40, deadline=None)
@for_all(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=4)))
def test_blocks_of_a_draft_are_those_that_were_written_last(
    revisions: list[list[tuple[str, bool]]],
) -> None:
    record = given(DRAFTED)
    for number, texts in enumerate(revisions):
        last = [block.id for block in record.aggregate(Draft, DRAFT).blocks]
        kept = iter(last)
        blocks = [WrittenBlock(text="z")] + [
            WrittenBlock(text=text, id=next(kept, None) if keep else None) for text, keep in texts
        ]
        command = replace(revise(*blocks), command_id=id_of(f"revision {number}"))
        record = record.given(FACILITATOR.sends(command))
        draft = record.aggregate(Draft, DRAFT)

        shown = run(record.event_store.reveal([block.text for block in draft.blocks]))
        assert [shown[block.text] for block in draft.blocks] == [block.text for block in blocks]
        assert {one.id for one in draft.blocks} & {*last} == {one.id for one in blocks} - {None}


def test_revision_has_a_label_and_the_language_of_the_last() -> None:
    published = replace(publish(new()), label="Draft I", language="PT-br")
    labelled = replace(revise(new()), label="Draft II")
    record = given(WORKING)

    record.when(FACILITATOR.sends(published)).then(
        event(Draft.Published, label=Sealed("Draft I"), language="pt-BR")
    )
    record.given(FACILITATOR.sends(published)).when(FACILITATOR.sends(labelled)).then(
        event(Draft.Revised, label=Sealed("Draft II"), language="pt-BR")
    )
    record.when(FACILITATOR.sends(replace(published, language="Portuguese"))).then(
        BadValue(
            field="language",
            problem="give a language tag of BCP 47, such as en, zh-Hant or pt-BR.",
        )
    )


@pytest.mark.parametrize(
    ("written", "tag"),
    [("EN", "en"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("SL-rozaj", "sl-rozaj")],
)
def test_language_tag_has_the_case_of_its_standard(written: str, tag: str) -> None:
    assert validated_language("language", written) == tag


def test_revision_of_before_the_last_one_is_refused() -> None:
    late = replace(revise(new()), occurred=Occurred.parse("2018-03-01"), provenance=IMPORTED)

    given(DRAFTED).when(OPERATOR.sends(late)).then(
        OutOfTime(
            occurred="2018-03-01", problem="revision 1 of the draft was published after that."
        )
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


def test_revision_that_is_imported_with_the_first_one_records_the_changes_alone() -> None:
    record = given(WORKING)
    event_store = record.event_store.copy()
    bus = CommandBus(event_store, command_handlers=record.command_handlers, clock=lambda: NOW)
    first = publish(new("One."), new("Two."))
    second = revise(same_block("b1", "One."), same_block("b2", "Two, mended."))

    run(
        bus.submit_all(
            [CommandEnvelope(command, FACILITATOR.caller) for command in (first, second)]
        )
    )

    revised = event_store.events[-1]
    assert isinstance(revised, Draft.Revised)
    assert [block.id for block in revised.changed] == ["b2"]
    assert (revised.order, revised.added, revised.removed) == (("b1", "b2"), (), ())
