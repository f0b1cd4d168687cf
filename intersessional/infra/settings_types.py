"""The types of the settings' values, as pydantic checks them."""

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

PostgresUrl = Annotated[str, Field(pattern=r"^postgres(ql)?://")]
HttpUrl = Annotated[str, Field(pattern=r"^https?://[^\s/]+")]
Limit = Annotated[int, Field(ge=1, description="a whole number of at least 1")]

_CommaSeparated = BeforeValidator(
    lambda text: text.replace(" ", "").split(",") if isinstance(text, str) else text
)

Origin = Annotated[str, Field(pattern=r"^https?://[^\s/]+$")]
Origins = Annotated[tuple[Origin, ...], NoDecode, _CommaSeparated]


def _not_everyone(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    if network.prefixlen == 0:
        raise ValueError("Every client could then say which address it has.")
    return network


Network = Annotated[IPv4Network | IPv6Network, AfterValidator(_not_everyone)]
Networks = Annotated[tuple[Network, ...], NoDecode, _CommaSeparated]
