"""The example plugin works as documented, and is found once it is installed."""

import sys
import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

import acknowledgement
import pytest
from acknowledgement import plugin

from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.group.commands import AppointFacilitator, ConcludeGroup
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.testing import Clock, RunningSystem
from tests.composed import composed_schema
from tests.plugins.scenario import PluginScenario, comment
from tests.plugins.system import running

NOW = "2027-10-05T12:00:00Z"
LATER = "2027-10-06T09:30:00Z"
HOME = Path(acknowledgement.__file__).parent
PROJECT: dict[str, Any] = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]

_ACKNOWLEDGE = """mutation ($input: AcknowledgeCommentInput!) { acknowledgeComment(input: $input) {
    __typename
    ... on CommentAcknowledged { comment { body acknowledged { at precision } } }
    ... on Refusal { code } } }"""
_COMMENTS = """query ($draft: ID!, $asOf: AsOfInput) { draft(id: $draft, asOf: $asOf) {
    comments { nodes { acknowledged { at } } } } }"""


async def acknowledge(
    system: RunningSystem, comment: object, caller: Caller, **more: object
) -> dict[str, Any]:
    """The payload of the mutation."""
    given = {"commandId": str(uuid4()), "comment": str(comment), **more}
    answer = await system.query(_ACKNOWLEDGE, caller, input=given)
    acknowledged: dict[str, Any] = answer["acknowledgeComment"]
    return acknowledged


async def test_comment_is_acknowledged_once_by_a_group_facilitator(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft = await scenario.draft(group)
        someone, facilitator = await scenario.person(uuid4()), await scenario.person(uuid4())
        assert facilitator.person is not None
        await system.submit(
            AppointFacilitator(
                command_id=uuid4(),
                group=group,
                participant=facilitator.person,
                decision=await scenario.mandate(),
            )
        )
        posted = await system.submit(comment(draft, body="Well said."), someone)
        clock.set(LATER)

        by_its_author = await acknowledge(system, posted.subject, someone)
        by_a_facilitator = await acknowledge(system, posted.subject, facilitator)
        again = await acknowledge(system, posted.subject, facilitator)

        assert by_its_author == {"__typename": "RoleRequired", "code": "ROLE_REQUIRED"}
        assert by_a_facilitator == {
            "__typename": "CommentAcknowledged",
            "comment": {
                "body": "Well said.",
                "acknowledged": {"at": "2027-10-06T09:30:00.000000Z", "precision": "INSTANT"},
            },
        }
        assert again == {"__typename": "AlreadyRecorded", "code": "ALREADY_RECORDED"}
        before = await system.query(_COMMENTS, draft=str(draft), asOf={"position": posted.position})
        assert before["draft"]["comments"]["nodes"] == [{"acknowledged": None}]


async def test_concluded_group_acknowledges_no_comment(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        posted = await system.submit(comment(draft), someone)
        mandate = await scenario.mandate()
        await system.submit(ConcludeGroup(command_id=uuid4(), group=group, decision=mandate))

        refused = await acknowledge(system, posted.subject, OPERATOR)

        assert refused == {"__typename": "GroupHasConcluded", "code": "GROUP_CONCLUDED"}


async def test_comment_that_has_changed_since_it_was_read_is_not_acknowledged(
    database_url: str,
) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        posted = await system.submit(comment(draft), someone)
        await system.submit(WithdrawComment(command_id=uuid4(), comment=posted.subject), someone)

        as_it_was = await acknowledge(system, posted.subject, OPERATOR, expectedVersion=1)
        as_it_is = await acknowledge(system, posted.subject, OPERATOR, expectedVersion=2)

        assert as_it_was == {"__typename": "StaleVersion", "code": "STALE_VERSION"}
        assert as_it_is["__typename"] == "CommentAcknowledged"


def test_project_of_the_example_names_the_plugin() -> None:
    [(name, value)] = PROJECT["entry-points"]["intersessional.plugins"].items()
    module, attribute = value.split(":")

    assert (HOME / f"{module}.py").samefile(acknowledgement.__file__)
    assert getattr(acknowledgement, attribute) is plugin
    assert name == plugin.name


def test_installed_example_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "intersessional_acknowledgement-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PROJECT['name']}\nVersion: 1\n")
    [(name, value)] = PROJECT["entry-points"]["intersessional.plugins"].items()
    (info / "entry_points.txt").write_text(f"[intersessional.plugins]\n{name} = {value}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    composition = installed_plugins()

    names = [plugin.name for plugin in composition.plugins]
    assert names == ["core", "acknowledgement", "comment_window"]
    assert "acknowledgeComment" in str(composed_schema(composition))
