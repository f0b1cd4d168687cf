"""The fields of a form become the input of a command."""

from typing import Any

from graphql import GraphQLInputObjectType

from intersessional.infra.page.input_fields import input_of
from tests.composed import installed_node


def test_fields_become_the_input_by_its_type() -> None:
    kind = installed_node().schema.core.get_type("PostCommentInput")
    assert isinstance(kind, GraphQLInputObjectType)

    given = input_of(
        kind,
        {
            "body": [""],
            "blocks": ["a", "b", ""],
            "revision": ["2"],
            "inReplyTo": [""],
            "attribution.speaker": ["Ana"],
            "passages": ['[{"block": "a", "start": 1}]'],
            "button": ["send"],
        },
    )

    assert given == {
        "body": "",
        "blocks": ["a", "b"],
        "revision": 2,
        "attribution": {"speaker": "Ana"},
        "passages": [{"block": "a", "start": 1}],
    }


def test_fields_reach_into_lists() -> None:
    def given(name: str, fields: dict[str, str]) -> Any:
        kind = installed_node().schema.core.get_type(name)
        assert isinstance(kind, GraphQLInputObjectType)
        return input_of(kind, {name: [text] for name, text in fields.items()})

    written = {
        "written.sections.0.key": "focus",
        "written.sections.0.text": "What matters.",
        "written.sections.1.key": "topics",
        "written.sections.1.text": "",
        "written.coFacilitators.0.name": "Ana",
        "written.coFacilitators.10.name": "Bo",
        "written.coFacilitators.2.magMember": "true",
    }
    assert given("ReviseProposalInput", written)["written"] == {
        "sections": [{"key": "focus", "text": "What matters."}],
        "coFacilitators": [{"name": "Ana"}, {"magMember": True}, {"name": "Bo"}],
    }
    areas = given("DeclareCarryForwardInput", {"areas.*": "Norms\n\n Trust \n"})["areas"]
    assert areas == ["Norms", "Trust"]
    blocks = given("PublishDraftInput", {"blocks.*.text": "One\nline.\n\n\nTwo."})["blocks"]
    assert blocks == [{"text": "One\nline."}, {"text": "Two."}]
    revised = {
        "blocks.0": '{"id": "b1", "kind": "HEADING", "level": 2}',
        "blocks.0.*.text": "Norms\n\nA paragraph.",
        "blocks.1": '{"id": "b2"}',
        "blocks.1.*.text": " ",
        "blocks.2": "no JSON",
        "blocks.2.*.text": "New.",
    }
    assert given("ReviseDraftInput", revised)["blocks"] == [
        {"id": "b1", "kind": "HEADING", "level": 2, "text": "Norms"},
        {"text": "A paragraph."},
        {"text": "New."},
    ]
    until = given("ProposeDecisionInput", {"objectionsUntil": "2026-12-01"})
    assert until["objectionsUntil"] == "2026-12-01T23:59:59Z"
    proposals = {"proposals.1": "b", "proposals.0": "a", "proposals.2": ""}
    assert given("SuggestConsolidationInput", proposals)["proposals"] == ["a", "b"]
    rows = {
        "outcomes.0": "setPolicy",
        "outcomes.0.key": "BPF_CAP",
        "outcomes.0.value": "4",
        "outcomes.1": "",
        "outcomes.1.proposal": "a",
        "outcomes.7": "approve",
        "outcomes.7.proposal": "b",
        "outcomes.7.groupName": "",
        "outcomes.8.defer.proposal": "c",
    }
    assert given("RecordDecisionInput", rows)["outcomes"] == [
        {"setPolicy": {"key": "BPF_CAP", "value": 4}},
        {"approve": {"proposal": "b", "groupName": ""}},
        {"defer": {"proposal": "c"}},
    ]
    held = {"held": "2018-04-04", "held.time": "14:00"}
    assert given("ScheduleGroupMeetingInput", held) == {"held": "2018-04-04T14:00:00Z"}
