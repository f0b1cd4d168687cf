"""Times of events in random histories, and instants to read as of."""

from datetime import datetime

OCCURRED_TEXTS = (
    "2017",
    "2018-03",
    "2018-03-05",
    "2018-03-05/2018-03-07",
    "2018-03-06T12:00:00Z",
    "2018-02-28T23:59:59.999999Z",
    "2019-01",
)
INSTANTS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2016-12-31T00:00:00Z",
        "2018-01-01T00:00:00Z",
        "2018-03-01T00:00:00Z",
        "2018-03-05T12:00:00Z",
        "2018-03-06T12:00:00Z",
        "2018-03-08T00:00:00Z",
        "2018-04-01T00:00:00Z",
        "2020-01-01T00:00:00Z",
    )
)
