"""The sender of operations over one connection."""

from dataclasses import dataclass

from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import Principal
from intersessional.infra.rate_limits.request_limits import Account


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends operations, and who pays for them."""

    principal: Principal
    account: Account

    @property
    def caller(self) -> Caller:
        """The sender as commands see it."""
        return self.principal.caller
