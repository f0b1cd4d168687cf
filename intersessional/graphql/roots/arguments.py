"""Arguments that root fields share."""

from typing import Annotated

import strawberry

from intersessional.graphql.request.as_of_input import AsOfInput
from intersessional.graphql.schema.scalars import Position

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Key = Annotated[str, strawberry.argument(description="The key by which the record knows it.")]
Year = Annotated[int, strawberry.argument(description="The year of the cycle.")]
PastState = Annotated[
    AsOfInput | None,
    strawberry.argument(description="The past state to answer from; else the latest."),
]
AfterPosition = Annotated[
    Position | None,
    strawberry.argument(
        description="The position to go on after: first what was missed, then live. "
        "Without it, only what is to come."
    ),
]
