"""Outlines: sections with stable ids, near to the suggested structure or not (DOMAIN row 28)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.draft.block import Block, BlockKind, OutputElement, WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.draft.elements import elements
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.ids import cycle_id, outline_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    OutOfTime,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.outline.commands import DefineOutline, OutlineEntry, ReviseOutline
from intersessional.domain.outline.outline import Outline
from intersessional.domain.outline.outline_section import SUGGESTED, OutlineSection
from intersessional.domain.rule.override import Override
from intersessional.domain.rule.soft_rule import RuleStrength
from tests.domain.actors import (
    COMMENTER,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import CONCLUDED, GROUP, WORKING

OUTLINE = outline_id(GROUP, cycle_id(2018))
ISSUES, REGIONS = OutputElement.DEFINITION_OF_ISSUES, OutputElement.REGIONAL_SPECIFICITIES
MISSING = tuple(Fact("missing", word=one.value) for one in SUGGESTED[2:])


def entry(element: OutputElement | None, id: str | None = None, title: str = "") -> OutlineEntry:
    return OutlineEntry(
        title=title or (element.value if element else "Cases"), id=id, element=element
    )


SUGGESTED_ENTRIES = tuple(entry(one) for one in SUGGESTED)


def define(*entries: OutlineEntry, **overrides: Any) -> DefineOutline:
    fields: dict[str, Any] = {"group": GROUP, "year": 2018} | overrides
    return DefineOutline(command_id=id_of("define"), sections=entries, **fields)


def revise(*entries: OutlineEntry, name: str = "revise", **overrides: Any) -> ReviseOutline:
    return ReviseOutline(command_id=id_of(name), outline=OUTLINE, sections=entries, **overrides)


DEFINED: tuple[SentCommand, ...] = (*WORKING, FACILITATOR.sends(define(*SUGGESTED_ENTRIES)))


@pytest.mark.parametrize("person", [FACILITATOR, SECRETARIAT])
def test_outline_with_the_suggested_structure_and_sections_beside_it_deviates_from_nothing(
    person: Person,
) -> None:
    entries = (*SUGGESTED_ENTRIES, entry(OutputElement.CARRY_FORWARD), entry(None))

    given(WORKING).when(person.sends(define(*entries))).then(
        event(
            Outline.Defined,
            originator_id=OUTLINE,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            sections=tuple(
                OutlineSection(f"s{n}", Sealed(one.title), one.element)
                for n, one in enumerate(entries, 1)
            ),
        )
    )


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_outline_by_somebody_who_does_not_act_for_the_group_is_refused(person: Person) -> None:
    refused = given(WORKING).when(person.sends(define(entry(None)))).refusal(RoleRequired)

    assert refused.needed == (Role.FACILITATOR, Role.SECRETARIAT)


def test_outline_without_some_elements_goes_through_and_is_a_deviation_with_its_reasons() -> None:
    why = Override(rule="OUTPUT_STRUCTURED", rationale="The cases are the method.")
    command = define(entry(ISSUES), entry(REGIONS), overrides=(why,))

    given(WORKING).when(FACILITATOR.sends(command)).then(
        Outline.Defined,
        event(
            Deviation.Recorded,
            rule="OUTPUT_STRUCTURED",
            strength=RuleStrength.FLAG,
            subject=OUTLINE,
            cycle_id=cycle_id(2018),
            group_id=GROUP,
            facts=MISSING,
            rationale=Sealed(why.rationale),
        ),
    )


def test_elements_in_another_order_are_a_deviation() -> None:
    swapped = (entry(REGIONS), entry(ISSUES), *SUGGESTED_ENTRIES[2:])

    after = given(WORKING).when(FACILITATOR.sends(define(*swapped)))

    order = [REGIONS, ISSUES, *SUGGESTED[2:]]
    facts = tuple(Fact("order", word=one.value) for one in order)
    after.then(Outline.Defined, event(Deviation.Recorded, facts=facts, rationale=None))


def test_revision_that_deviates_as_the_last_one_did_is_no_further_deviation() -> None:
    defined = (*WORKING, FACILITATOR.sends(define(entry(ISSUES), entry(REGIONS))))
    renamed = revise(entry(ISSUES, "s1", "What it is"), entry(REGIONS, "s2"))

    given(defined).when(FACILITATOR.sends(renamed)).then(Outline.Revised)
    given(defined).when(FACILITATOR.sends(revise(entry(ISSUES, "s1")))).then(
        Outline.Revised, Deviation.Recorded
    )
    given(defined).when(FACILITATOR.sends(revise(*SUGGESTED_ENTRIES))).then(Outline.Revised)


def test_section_keeps_its_id_and_one_that_was_given_is_never_given_again() -> None:
    without_last = [entry(one, f"s{n}") for n, one in enumerate(SUGGESTED[:-1], 1)]
    dropped = FACILITATOR.sends(revise(*without_last[::-1], name="drop"))

    given(DEFINED, dropped).when(FACILITATOR.sends(revise(*without_last, entry(None)))).then(
        event(
            Outline.Revised,
            sections=(
                *(
                    OutlineSection(f"s{n}", Sealed(one.value), one)
                    for n, one in enumerate(SUGGESTED[:-1], 1)
                ),
                OutlineSection("s9", Sealed("Cases"), None),
            ),
        ),
        Deviation.Recorded,
    )
    given(DEFINED, dropped).when(FACILITATOR.sends(revise(entry(None, "s8")))).then(
        NotFound(kind="section", id="s8")
    )


@pytest.mark.parametrize(
    ("entries", "field", "problem"),
    [
        ((), "sections", "an outline has 1 to 50 of them."),
        ((entry(None),) * 51, "sections", "an outline has 1 to 50 of them."),
        ((entry(ISSUES), entry(ISSUES)), "sections", "an element is given twice."),
        ((replace(entry(None), title=" "),), "sections.0.title", "it is empty."),
    ],
)
def test_sections_that_make_no_outline_are_refused(
    entries: tuple[OutlineEntry, ...], field: str, problem: str
) -> None:
    given(WORKING).when(FACILITATOR.sends(define(*entries))).then(
        BadValue(field=field, problem=problem)
    )


def test_section_id_that_is_given_twice_is_refused() -> None:
    given(DEFINED).when(FACILITATOR.sends(revise(entry(None, "s1"), entry(None, "s1")))).then(
        BadValue(field="sections", problem="a section id is given twice.")
    )


def test_group_has_one_outline_in_a_cycle_that_it_belongs_to() -> None:
    given(DEFINED).when(
        SECRETARIAT.sends(replace(define(entry(None)), command_id=id_of("again")))
    ).then(AlreadyRecorded(kind="outline", id=OUTLINE))
    problem = "the group does not belong to the cycle of that year."
    given(WORKING).when(FACILITATOR.sends(define(entry(None), year=2019))).then(
        BadValue(field="year", problem=problem)
    )
    given(CONCLUDED).when(SECRETARIAT.sends(define(entry(None)))).refusal(GroupHasConcluded)


def test_version_told_of_a_time_before_the_last_one_is_refused() -> None:
    late = revise(
        entry(None),
        occurred=Occurred.parse("2018-04-03"),
        provenance=Provenance(Ground.IMPORTED),
    )

    given(DEFINED).when(in_the_name_of(SECRETARIAT).sends(late)).then(
        OutOfTime(occurred="2018-04-03", problem="the outline was defined anew after that.")
    )


def test_block_belongs_to_its_own_element_or_to_that_of_the_heading_above_it() -> None:
    def block(kind: BlockKind, element: OutputElement | None = None, level: int = 1) -> Block:
        return Block("b", Sealed("Text."), element, kind=kind, level=level)

    heading, text = BlockKind.HEADING, BlockKind.PARAGRAPH
    blocks = [
        block(text),
        block(heading, ISSUES),
        block(text),
        block(text, REGIONS),
        block(heading, level=2),
        block(text),
        block(heading, REGIONS, level=2),
        block(text),
        block(heading),
        block(text),
        Block("b", Sealed("Cases."), None, kind=heading, section="s9"),
        block(text),
        block(text, ISSUES),
    ]

    assert list(elements(blocks)) == [
        None,
        ISSUES,
        ISSUES,
        REGIONS,
        ISSUES,
        ISSUES,
        REGIONS,
        REGIONS,
        None,
        None,
        "s9",
        "s9",
        ISSUES,
    ]


WITH_CASES = (*WORKING, FACILITATOR.sends(define(entry(ISSUES), entry(None))))


def draft(**block: Any) -> SentCommand:
    written = WrittenBlock(text="Cases.", **block)
    command = PublishDraft(command_id=id_of("d"), group=GROUP, title="Draft", blocks=(written,))
    return FACILITATOR.sends(command)


def test_block_names_a_section_of_the_outline_beside_the_elements() -> None:
    given(WITH_CASES).when(draft(section="s2")).then(
        event(Draft.Published, blocks=(Block("b1", Sealed("Cases."), None, section="s2"),))
    )


def test_block_names_only_a_section_that_the_outline_of_its_group_has() -> None:
    field, element = "blocks.0.section", "the section is an element: name that."
    both = "a block names an element or a section, not both."

    given(WORKING).when(draft(section="s2")).then(NotFound(kind="section", id="s2"))
    given(WITH_CASES).when(draft(section="s3")).then(NotFound(kind="section", id="s3"))
    given(WITH_CASES).when(draft(section="s1")).then(BadValue(field=field, problem=element))
    given(WITH_CASES).when(draft(section="s2", element=ISSUES)).then(
        BadValue(field=field, problem=both)
    )


def test_block_keeps_the_section_that_the_outline_has_no_more() -> None:
    shorter = FACILITATOR.sends(revise(entry(ISSUES, "s1")))

    given(WITH_CASES, shorter).when(draft(section="s2")).then(Draft.Published)
