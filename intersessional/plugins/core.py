"""The core, as a plugin."""

from intersessional.domain.answers import CORE_COMMAND_HANDLERS as CORE_ANSWERS
from intersessional.domain.subjects import CORE_AGGREGATES
from intersessional.graphql.schema.composed_schema import CORE_PART
from intersessional.plugins.plugin import Plugin
from intersessional.projections.core import CORE_VIEWS

CORE = Plugin(
    name="core",
    aggregates=CORE_AGGREGATES,
    command_handlers=CORE_ANSWERS,
    views=CORE_VIEWS,
    schema=CORE_PART,
)
