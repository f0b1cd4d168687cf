"""Draft outputs: published and revised, by whom and how large."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.scenario import event, run
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
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
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.draft_revisions import new, revise, revised, same_block
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED, DRAFT, DRAFTED, GROUP, WORKING, publish

IMPORTED = Provenance(Ground.IMPORTED)


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

    given(DRAFTED).when(in_the_name_of(SECRETARIAT).sends(late)).then(
        OutOfTime(
            occurred="2018-03-01", problem="revision 1 of the draft was published after that."
        )
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
