"""The part of the domain about policies: decisions adopt and supersede them."""

from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.policy.policy import Policy

POLICY_PART = DomainPart(
    aggregates=(Policy,),
)
