"""The proposal template: what a written proposal must hold (DOMAIN rows 43 to 46)."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import template_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, Refused, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import ProposalSection
from intersessional.domain.proposal.refusals import ProposalIncomplete
from intersessional.domain.proposal.written_proposal import (
    NamedOrganisation,
    WrittenProposal,
    WrittenSection,
)
from intersessional.domain.template.commands import PublishTemplate
from intersessional.domain.template.template import Template
from intersessional.domain.template.template_part import (
    PartForm,
    RequirementLevel,
    TemplatePart,
    WrittenPart,
)
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import (
    CYCLE,
    WRITTEN,
    named,
    sections,
    submit,
)

NEEDS = WrittenPart(key="needs", title="Needs and requirements")
A_LOT = "A pen. " * 500 + "Ink."


def published(version: str, *parts: str | WrittenPart, occurred: str | None = None) -> SentCommand:
    """The Secretariat publishes a version of the template; a part given by its key is advised."""
    return SECRETARIAT.sends(
        PublishTemplate(
            command_id=id_of(f"template {version}"),
            version=version,
            parts=tuple(
                WrittenPart(key=part, title=part.title(), level=RequirementLevel.RECOMMENDED)
                if isinstance(part, str)
                else part
                for part in parts
            ),
            occurred=None if occurred is None else Occurred.parse(occurred),
        )
    )


def test_a_written_proposal_asks_for_every_required_part() -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai", written=WrittenProposal()))).then(
        ProposalIncomplete(
            missing=("topics", "objectives", "focus", "outreach-plan", "anticipated-engagement")
        )
    )


def test_written_proposal_may_lack_recommended_parts() -> None:
    without = replace(WRITTEN, sections=sections(further_outreach=None))

    given(CYCLE).when(MEMBER.sends(submit("ai", written=without))).then(
        Proposal.PutForward, Proposal.Submitted
    )


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        (named(*[True] * 21), BadValue(field="written.co_facilitators", problem="at most 20.")),
        (
            replace(
                WRITTEN,
                organisations=tuple(NamedOrganisation(name=f"Org {n}") for n in range(201)),
            ),
            BadValue(field="written.organisations", problem="at most 200."),
        ),
        (
            replace(WRITTEN, organisations=(NamedOrganisation(name="A\nB"),)),
            BadValue(field="written.organisations.0.name", problem="it has more than one line."),
        ),
        (
            replace(WRITTEN, sections=sections(focus="x" * 20_001)),
            BadValue(
                field="written.sections.4.text",
                problem="it has 20001 bytes; 20000 are allowed.",
            ),
        ),
        (
            replace(WRITTEN, sections=sections(further_outreach=" ")),
            BadValue(field="written.sections.7.text", problem="it is empty."),
        ),
        (
            replace(WRITTEN, sections=sections(budget="None.")),
            BadValue(
                field="written.sections.8.key",
                problem="version default of the template asks for no such text.",
            ),
        ),
        (
            replace(WRITTEN, sections=sections(organisations="A registry.")),
            BadValue(
                field="written.sections.8.key",
                problem="version default of the template asks for no such text.",
            ),
        ),
        (
            replace(WRITTEN, sections=sections() * 2),
            BadValue(field="written.sections", problem="a key is given twice."),
        ),
    ],
)
def test_written_proposal_with_a_malformed_value_is_refused(
    written: WrittenProposal, refused: BadValue
) -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai", written=written))).then(refused)


def test_an_imported_proposal_lacks_what_its_sources_lack() -> None:
    nothing = WrittenProposal()

    for ground in (Ground.IMPORTED, Ground.INFERRED):
        command = submit("ai", written=nothing, provenance=Provenance(ground))
        given(CYCLE).when(OPERATOR.sends(command)).then(Proposal.PutForward, Proposal.Submitted)
    for ground in (Ground.LIVE, Ground.ILLUSTRATION):
        command = submit("ai", written=nothing, provenance=Provenance(ground))
        outcome = given(CYCLE).when(OPERATOR.sends(command))
        assert isinstance(outcome.refused, ProposalIncomplete)


def test_a_proposal_is_checked_against_the_default_template_before_one_is_published() -> None:
    given(CYCLE).when(MEMBER.sends(submit("ai"))).then(
        Proposal.PutForward,
        event(
            Proposal.Submitted,
            template_id=template_id("proposal"),
            template_version="default",
            words=1200,
        ),
    )


def test_published_version_decides_what_is_missing_and_unknown() -> None:
    asked = given(CYCLE, published("two", NEEDS, "topics"))
    lacking = replace(WRITTEN, sections=(WrittenSection(key="topics", text="Norms."),))
    needed = replace(WRITTEN, sections=(WrittenSection(key="needs", text=A_LOT),))

    asked.when(MEMBER.sends(submit("ai", written=lacking))).then(
        ProposalIncomplete(missing=("needs",))
    )
    asked.when(MEMBER.sends(submit("ai"))).then(
        BadValue(
            field="written.sections.0.key",
            problem="version two of the template asks for no such text.",
        )
    )
    asked.when(MEMBER.sends(submit("ai", written=needed))).then(
        Proposal.PutForward,
        event(
            Proposal.Submitted,
            template_version="two",
            sections=(ProposalSection("needs", Sealed(A_LOT)),),
        ),
    )


def test_template_is_published_in_versions_under_one_id() -> None:
    first = published("one", "topics")

    given(CYCLE).when(first).then(
        event(Template.Named, originator_id=template_id("proposal"), key="proposal"),
        event(
            Template.Published,
            originator_id=template_id("proposal"),
            version="one",
            parts=(
                TemplatePart(
                    "topics", Sealed("Topics"), RequirementLevel.RECOMMENDED, PartForm.TEXT
                ),
            ),
        ),
    )
    given(CYCLE, first).when(published("two", "topics")).then(Template.Published)


@pytest.mark.parametrize(
    ("version", "parts", "refused"),
    [
        ("one", ("topics",), AlreadyRecorded(kind="template version", id=template_id("proposal"))),
        (
            "default",
            ("topics",),
            BadValue(field="version", problem="this name is kept for the default template."),
        ),
        ("two", (), BadValue(field="parts", problem="a template has 1 to 50 of them.")),
        ("two", ("a", "a"), BadValue(field="parts", problem="a key is given twice.")),
        (
            "two",
            (
                WrittenPart(key="a", title="A", form=PartForm.ORGANISATIONS),
                WrittenPart(key="b", title="B", form=PartForm.ORGANISATIONS),
            ),
            BadValue(field="parts", problem="a list is asked for twice."),
        ),
        (
            "two",
            (WrittenPart(key="a", title=" "),),
            BadValue(field="parts.0.title", problem="it is empty."),
        ),
    ],
)
def test_malformed_template_is_refused(
    version: str, parts: tuple[str | WrittenPart, ...], refused: Refused
) -> None:
    again = replace(published(version, *parts).command, command_id=id_of("again"))

    given(CYCLE, published("one", "topics")).when(SECRETARIAT.sends(again)).then(refused)


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_template_by_another_role_than_the_secretariat_is_refused(person: Person) -> None:
    command = published("one", "topics").command

    given(CYCLE).when(person.sends(command)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))
