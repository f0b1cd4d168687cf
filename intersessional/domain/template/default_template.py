"""The default template: in force until a record has a published version."""

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.template.template_part import (
    PartForm,
    RequirementLevel,
    TemplatePart,
    TemplateVersion,
)

_REQUIRED = (RequirementLevel.REQUIRED, PartForm.TEXT)
_RECOMMENDED = (RequirementLevel.RECOMMENDED, PartForm.TEXT)

BACKGROUND_PARTS = ("relationship-to-governance", "relevance-to-communities")
"""The parts of the background (DOMAIN row 44), by their keys."""

DEFAULT_TEMPLATE = TemplateVersion(
    version="default",
    parts=tuple(
        TemplatePart(key, Sealed(title), level, form)
        for key, title, (level, form) in (
            (
                "co-facilitators",
                "Co-facilitators",
                (RequirementLevel.REQUIRED, PartForm.CO_FACILITATORS),
            ),
            ("relationship-to-governance", "Relationship to Internet governance", _RECOMMENDED),
            ("relevance-to-communities", "Relevance for each community", _RECOMMENDED),
            ("topics", "Topics", _REQUIRED),
            ("objectives", "Objectives", _REQUIRED),
            ("focus", "Focus", _REQUIRED),
            ("outreach-plan", "Outreach plan", _REQUIRED),
            ("anticipated-engagement", "Anticipated engagement of each community", _REQUIRED),
            (
                "organisations",
                "Organisations that wish to take part",
                (RequirementLevel.OPTIONAL, PartForm.ORGANISATIONS),
            ),
            ("further-outreach", "Further outreach", _RECOMMENDED),
        )
    ),
)
"""The parts of the background note of 3 April 2018 (DOMAIN A4)."""
