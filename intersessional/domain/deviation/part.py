"""The part of the domain about soft rules and deviations from them."""

from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.rule.core_rules import CORE_RULES

DEVIATION_PART = DomainPart(aggregates=(Deviation,), rules=CORE_RULES)
