"""Arguments that root fields share."""

from datetime import datetime
from typing import Annotated

import strawberry

from intersessional.graphql.request.as_of_input import AsOfInput
from intersessional.graphql.schema.scalars import Position

Id = Annotated[strawberry.ID, strawberry.argument(description="The UUID.")]
Key = Annotated[str, strawberry.argument(description="Its unique key, chosen by the Secretariat.")]
Year = Annotated[int, strawberry.argument(description="The year of the cycle.")]
PastState = Annotated[
    AsOfInput | None,
    strawberry.argument(description="The past state to read; the latest when not given."),
]
Since = Annotated[
    datetime | None,
    strawberry.argument(description="What was recorded from this instant on; else from the first."),
]
Until = Annotated[
    datetime | None,
    strawberry.argument(description="What was recorded before this instant; else to the last."),
]
AfterPosition = Annotated[
    Position | None,
    strawberry.argument(
        description="The position to resume after: first all later events, then new ones. "
        "Without it, only new events."
    ),
]
