"""Composition of plugins, and the messages for plugins that do not fit together."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard, Reaction
from intersessional.domain.command_handling.question import Question
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.handlers import post_comment
from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.audit_trail import AuditTrailQuery, AuditTrailSubscription
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.group import GroupType as GroupNode
from intersessional.plugins.comment_window import plugin as comment_window
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.composition import Composition, CompositionError, installed_plugins
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.comments import COMMENTS


@dataclass(frozen=True, kw_only=True)
class Sing(Command):
    """A command without a handler."""

    TOPIC = "song.sing"


async def check(_command: Command, _context: CommandContext) -> None:
    """Refuse nothing."""


async def sing(_command: Sing, _context: CommandContext) -> UUID:
    """Change nothing."""
    return uuid4()


def thanks(root: CommentType) -> int:
    """The number of thanks."""
    return len(str(root.snapshot.key))


def of_thanks(name: str, kind: str = "Comment", field: str = "thanks") -> Plugin:
    return Plugin(name=name, schema=SchemaPart(extends={kind: {field: thanks}}))


SILENCE: Question[int] = Question(
    name="silence", version=1, answer=int, keys=lambda _: (), evolve=lambda answer, _: answer
)
"""A question that nothing concerns."""


@pytest.mark.parametrize(
    ("plugin", "sentence"),
    [
        (Plugin(name="core"), "core and core both claim the name core."),
        (
            Plugin(name="other", aggregates=(Comment,)),
            "core and other both claim the topic comment.",
        ),
        (
            Plugin(name="other", command_handlers=(CommandHandler(PostComment, post_comment),)),
            "core and other both claim the command PostComment.",
        ),
        (
            Plugin(name="other", questions=(SILENCE, SILENCE)),
            "other and other both claim the question silence.",
        ),
        (
            Plugin(name="other", views=(COMMENTS,)),
            "core and other both claim the view comments.",
        ),
        (
            Plugin(name="other", schema=SchemaPart(nodes=(CommentType,))),
            "core and other both claim the type Comment.",
        ),
        (
            Plugin(name="other", schema=SchemaPart(enums=(Channel,))),
            "core and other both claim the type Channel.",
        ),
        (
            Plugin(name="other", schema=SchemaPart(queries=(AuditTrailQuery,))),
            "core and other both claim the query head_position.",
        ),
        (
            Plugin(
                name="other",
                schema=SchemaPart(mutations=(Mutation(PostComment, "Said", CommentType),)),
            ),
            "core and other both claim the mutation postComment.",
        ),
        (
            Plugin(name="other", schema=SchemaPart(subscriptions=(AuditTrailSubscription,))),
            "core and other both claim the subscription audit_trail.",
        ),
    ],
    ids=lambda value: value.split(" the ")[-1] if isinstance(value, str) else "",
)
def test_name_claimed_by_two_plugins_is_refused(plugin: Plugin, sentence: str) -> None:
    with pytest.raises(CompositionError) as refused:
        Composition((CORE, plugin))

    assert str(refused.value) == sentence


def test_command_topic_of_two_plugins_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Praise(Command):
        """Another command of the same topic."""

        TOPIC = Sing.TOPIC

    one = Plugin(name="one", command_handlers=(CommandHandler(Sing, sing),))
    two = Plugin(name="two", command_handlers=(CommandHandler(Praise, sing),))

    with pytest.raises(CompositionError) as refused:
        Composition((CORE, one, two))

    assert str(refused.value) == "one and two both claim the command topic song.sing."


def test_soft_rule_of_two_plugins_is_refused() -> None:
    rule = SoftRule(
        key="SUNG_ALOUD", row=0, strength=RuleStrength.FLAG, sentence="Sing.", source="nowhere"
    )
    one, two = Plugin(name="one", rules=(rule,)), Plugin(name="two", rules=(rule,))

    with pytest.raises(CompositionError) as refused:
        Composition((CORE, one, two))

    assert str(refused.value) == "one and two both claim the rule SUNG_ALOUD."


def test_two_plugins_cannot_give_a_type_the_same_field() -> None:
    with pytest.raises(CompositionError) as refused:
        Composition((CORE, of_thanks("one"), of_thanks("two")))

    assert str(refused.value) == "one and two both claim the field Comment.thanks."


@pytest.mark.parametrize(
    ("plugin", "sentence"),
    [
        (
            Plugin(name="keen", guards=(Guard(Sing, check),)),
            "keen guards Sing, which nothing answers.",
        ),
        (
            Plugin(name="keen", reactions=(Reaction(CommentWindow.Opened, check),)),
            "keen reacts to CommentWindow.Opened, which happens to nothing.",
        ),
        (
            Plugin(name="keen", schema=SchemaPart(mutations=(Mutation(Sing, "Sung", GroupNode),))),
            "keen offers sing, which nothing answers.",
        ),
    ],
)
def test_plugin_that_builds_on_something_missing_is_refused(plugin: Plugin, sentence: str) -> None:
    with pytest.raises(CompositionError) as refused:
        Composition((CORE, plugin))

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("plugin", "sentence"),
    [
        (of_thanks("keen", kind="Coment"), "fields are given to Coment, which is no type."),
        (of_thanks("keen", field="body"), "Comment has a field body already."),
    ],
)
def test_a_field_is_given_to_a_type_that_is_there_and_lacks_it(
    plugin: Plugin, sentence: str
) -> None:
    composition = Composition((CORE, plugin))

    with pytest.raises(CompositionError) as refused:
        composition.schema()

    assert str(refused.value) == sentence


def test_plugin_may_react_to_another_and_guard_it() -> None:
    keen = Plugin(
        name="keen",
        command_handlers=(CommandHandler(Sing, sing),),
        guards=(Guard(PostComment, check), Guard(Sing, check)),
        reactions=(Reaction(CommentWindow.Opened, check),),
    )

    composition = Composition((CORE, comment_window, keen))

    assert composition.guards[-2:] == list(keen.guards)
    assert composition.reactions[-1:] == list(keen.reactions)
    assert "thanks" not in str(composition.schema())


Install = Callable[[str, str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a distribution with one module and one entry point."""

    def write(module: str, source: str, entry: str) -> None:
        (tmp_path / f"{module}.py").write_text(source)
        info = tmp_path / f"{module}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[intersessional.plugins]\n{entry}\n")

    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return write


_PLUGIN = "from intersessional.plugins.plugin import Plugin\nplugin = Plugin(name='applause')\n"


def test_installed_plugins_are_found_in_the_order_of_their_names(install: Install) -> None:
    install("applauding", _PLUGIN, "applause = applauding:plugin")

    names = [plugin.name for plugin in installed_plugins().plugins]

    assert names == ["core", "applause", "comment_window"]


def test_a_plugin_can_be_left_out(install: Install) -> None:
    install("applauding_too", _PLUGIN, "applause = applauding_too:plugin")

    names = [plugin.name for plugin in installed_plugins(without=["applause"]).plugins]

    assert names == ["core", "comment_window"]


@pytest.mark.parametrize(
    ("module", "source", "entry", "sentence"),
    [
        (
            "nothing",
            "plugin = 2018\n",
            "noise = nothing:plugin",
            "nothing:plugin is not the plugin",
        ),
        (
            "elsewise",
            _PLUGIN,
            "noise = elsewise:plugin",
            "elsewise:plugin is not the plugin noise.",
        ),
        ("missing", "", "noise = missing:plugin", "missing:plugin cannot be loaded: "),
        ("broken", "import nowhere_at_all\n", "noise = broken:plugin", "broken:plugin cannot be"),
    ],
)
def test_an_entry_point_that_is_no_plugin_is_refused(
    install: Install, module: str, source: str, entry: str, sentence: str
) -> None:
    install(module, source, entry)

    with pytest.raises(CompositionError) as refused:
        installed_plugins()

    assert str(refused.value).startswith(sentence)
