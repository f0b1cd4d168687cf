"""The core, as a plugin."""

from intersessional.domain.answers import CORE as CORE_ANSWERS
from intersessional.domain.subjects import CORE_SUBJECTS
from intersessional.graphql.schema import CORE_PART
from intersessional.plugins.plugin import Plugin
from intersessional.projections.core import CORE_VIEWS

CORE = Plugin(
    name="core",
    subjects=CORE_SUBJECTS,
    answers=CORE_ANSWERS,
    views=CORE_VIEWS,
    schema=CORE_PART,
)
