"""The page of comment windows: their states in the places of the core's screens."""

from intersessional.plugins.comment_window.page.calendar import window_entries
from intersessional.plugins.page import PagePart, Slot

COMMENT_WINDOW_PAGE = PagePart(
    package="intersessional.plugins.comment_window.page",
    slots=(
        Slot(place="CommandRefusal", document="refusal.graphql", template="refusal.html"),
        Slot(place="DraftHeader", document="draft_window.graphql", template="draft_window.html"),
        Slot(place="FormClosed", document="form_closed.graphql", template="form_closed.html"),
        Slot(place="GroupRow", document="group_window.graphql", template="group_window.html"),
        Slot(
            place="CycleCalendar", document="cycle_calendar.graphql", template="cycle_calendar.html"
        ),
        Slot(place="CycleDates", document="window_dates.graphql", template="window_dates.html"),
        Slot(place="EventWords", document="event_words.graphql", template="event_words.html"),
        Slot(place="HomeWindows", document="cycle_windows.graphql", template="cycle_windows.html"),
        Slot(place="NodeWords", document="node_words.graphql", template="node_words.html"),
    ),
    scripts=("time_left.js",),
    calendar=window_entries,
)
