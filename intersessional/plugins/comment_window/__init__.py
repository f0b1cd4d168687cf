"""Comment windows: from six weeks before the annual meeting to its end."""

from pathlib import Path

from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.first_draft import FIRST_DRAFT
from intersessional.plugins.comment_window.guard import GUARDS
from intersessional.plugins.comment_window.handlers import COMMAND_HANDLERS
from intersessional.plugins.comment_window.node import CommentWindowType as CommentWindowNode
from intersessional.plugins.comment_window.node import (
    is_consulting,
    window_of_draft,
    window_of_group,
)
from intersessional.plugins.comment_window.page import COMMENT_WINDOW_PAGE
from intersessional.plugins.comment_window.reactions import REACTIONS
from intersessional.plugins.comment_window.soft_rules import SOFT_RULES
from intersessional.plugins.comment_window.subscription import WindowSubscription
from intersessional.plugins.comment_window.timer import run_timer
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.comment_window.window_spread import spread_of_cycle
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.plugin import Plugin

plugin = Plugin(
    name="comment_window",
    aggregates=(CommentWindow,),
    command_handlers=COMMAND_HANDLERS,
    questions=(FIRST_DRAFT,),
    rules=SOFT_RULES,
    guards=GUARDS,
    reactions=REACTIONS,
    views=(COMMENT_WINDOWS,),
    schema=SchemaPart(
        nodes=(CommentWindowNode,),
        enums=(WindowState,),
        subscriptions=(WindowSubscription,),
        extends={
            "Cycle": {"window_spread": spread_of_cycle},
            "Group": {"comment_window": window_of_group, "consulting": is_consulting},
            "Draft": {"comment_window": window_of_draft},
        },
    ),
    tasks=(run_timer,),
    page=COMMENT_WINDOW_PAGE,
    histories=(Path(__file__).with_name("history") / "windows-in-other-years.yaml",),
)
