"""What stands around every operation, in order."""

from graphql import ASTValidationRule, ValidationContext, ValidationRule
from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    ParserCache,
    ValidationCache,
)

from intersessional.graphql.schema import Extensions
from intersessional.infra.settings import Settings
from intersessional.infra.web.limits import Limits
from intersessional.infra.web.operation import Operation

_DOCUMENTS_KEPT = 512


def extensions(settings: Settings) -> Extensions:
    """The limits of these settings. The rule is made here, once, so that caches can hit."""

    class WithinLimits(ValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            for error in Limits.of(settings, context.schema).errors(context.document, {}):
                self.report_error(error)

    rules: list[type[ASTValidationRule]] = [WithinLimits]
    return (
        Operation,
        lambda: MaxTokensLimiter(settings.query_tokens_max),
        lambda: AddValidationRules(rules),
        lambda: ParserCache(_DOCUMENTS_KEPT),
        lambda: ValidationCache(_DOCUMENTS_KEPT),
    )
