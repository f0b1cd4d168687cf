"""The core, as a plugin."""

from intersessional.domain.core import CORE_DOMAIN
from intersessional.graphql.schema.composed_schema import CORE_PART
from intersessional.plugins.plugin import Plugin
from intersessional.projections.core import CORE_VIEWS

CORE = Plugin(
    name="core",
    aggregates=CORE_DOMAIN.aggregates,
    command_handlers=CORE_DOMAIN.command_handlers,
    views=CORE_VIEWS,
    schema=CORE_PART,
)
