"""Each command that a person may send has a form, or there is a reason why it has none."""

from collections.abc import Mapping

from graphql import FieldNode

from tests.composed import installed_node

WITHOUT_A_FORM: Mapping[str, str] = {
    "A decision is overruled by another one, which names it.": """
        annulDecision supersedeDecision
    """,
    "An operator does it once, or a program that keeps the record of an office.": """
        defineGroupKind endRole grantRole linkThemeGroup listSource openCycle
        publishCodeOfConduct publishTemplate recordGroupDescent recordMissingAgenda
        recordMissingContinuationReport recordMissingDocument recordThemeYear reportStatistic
    """,
    "The Secretariat plans the year by the API: rare, and checked against documents.": """
        cancelAnnualMeeting confirmAnnualMeeting correctAnnualMeeting forwardDocument
        presentProposal publishDocument rescheduleAnnualMeeting reviseDocument
        scheduleMeeting setAgenda setDeadlineBeforeMeeting setTentativeDates
    """,
    "It follows from a decision of the MAG, which it names.": """
        appointFacilitator concludeGroup dissolveGroup formDraftingTeam openDeliberation
        proposeGroup releaseFacilitator renameGroup resumeGroup stateGroupWish suspendGroup
    """,
    "It is rare: members ask the Secretariat, or use the API.": """
        giveTheme
    """,
}


def test_each_command_has_a_form_or_a_reason() -> None:
    node = installed_node()
    mutations = node.schema.core.mutation_type
    assert mutations is not None
    sent = {
        field.name.value
        for form in node.page.forms
        for field in form.document.operation.selection_set.selections
        if isinstance(field, FieldNode)
    }
    excused = {name for names in WITHOUT_A_FORM.values() for name in names.split()}

    assert {*mutations.fields} - sent - excused == set()
    assert excused - {*mutations.fields} == set()
    assert excused & sent == set()
