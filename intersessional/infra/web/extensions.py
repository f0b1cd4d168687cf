"""What stands around every operation, in order."""

from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    ParserCache,
    ValidationCache,
)

from intersessional.graphql.schema import Extensions
from intersessional.infra.settings import Settings
from intersessional.infra.web.limits import aliases, cost, depth, size_rule
from intersessional.infra.web.operation import Operation

_DOCUMENTS_KEPT = 512


def extensions(settings: Settings) -> Extensions:
    """The limits of these settings. The rules are made here, once, so that caches can hit."""
    rules = [
        size_rule("QUERY_TOO_DEEP", "a depth", settings.query_depth_max, depth),
        size_rule("TOO_MANY_ALIASES", "a number of aliases", settings.query_aliases_max, aliases),
        size_rule("QUERY_TOO_COSTLY", "a cost", settings.query_cost_max, cost),
    ]
    return (
        Operation,
        lambda: MaxTokensLimiter(settings.query_tokens_max),
        lambda: AddValidationRules(rules),
        lambda: ParserCache(_DOCUMENTS_KEPT),
        lambda: ValidationCache(_DOCUMENTS_KEPT),
    )
