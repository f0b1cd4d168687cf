"""The soft rules about comment windows."""

from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule

OPEN_SIX_WEEKS_BEFORE = SoftRule(
    key="OPEN_SIX_WEEKS_BEFORE",
    row=36,
    strength=RuleStrength.REPORT,
    sentence="Drafts are open for public comment from about six weeks before the annual meeting, "
    "and into it.",
    source="AX-T5",
)
WINDOW_WEEKS_SHARED = SoftRule(
    key="WINDOW_WEEKS_SHARED",
    row=37,
    strength=RuleStrength.GATE,
    sentence="The comment windows of all groups open six weeks before the annual meeting.",
    source="AX-T5",
    checked_against={"policy.set.v1": ("value.number",)},
)
WINDOW_SPREAD = SoftRule(
    key="WINDOW_SPREAD",
    row=37,
    strength=RuleStrength.REPORT,
    sentence="The comment windows of a cycle open as consistently as possible.",
    source="AX-T5",
)
SOFT_RULES = (OPEN_SIX_WEEKS_BEFORE, WINDOW_WEEKS_SHARED, WINDOW_SPREAD)
