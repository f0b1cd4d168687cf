"""The page of the core."""

from intersessional.plugins.core.page.calendar import cycle_entries
from intersessional.plugins.core.page.forms import FORMS
from intersessional.plugins.page import PagePart, Screen

CORE_PAGE = PagePart(
    package="intersessional.plugins.core.page",
    screens=(
        Screen(path="/", document="home.graphql", template="home.html"),
        Screen(
            path="/drafts/{id}",
            document="draft.graphql",
            template="draft.html",
            live=("comment_events.graphql", "draft_events.graphql"),
        ),
        Screen(
            path="/drafts/{id}/{block}",
            document="paragraph.graphql",
            template="paragraph.html",
            live=("comment_events.graphql",),
        ),
        Screen(
            path="/drafts/{id}/changes/{to}",
            document="draft_changes.graphql",
            template="draft_changes.html",
        ),
        Screen(
            path="/drafts/{id}/revisions/new",
            document="revision.graphql",
            template="revision.html",
            personal="own_revision.graphql",
        ),
        Screen(
            path="/comments/{id}",
            document="comment.graphql",
            template="comment.html",
            live=("comment_events.graphql",),
        ),
        Screen(path="/conduct", document="conduct.graphql", template="conduct.html"),
        Screen(path="/me", document="me.graphql", template="me.html"),
        Screen(path="/keys", template="keys.html"),
        Screen(path="/sign-out", template="sign_out.html"),
        Screen(path="/languages", template="languages.html"),
        Screen(path="/cycles/{year}", document="cycle.graphql", template="cycle.html"),
        Screen(
            path="/cycles/{year}/proposals",
            document="proposals.graphql",
            template="proposals.html",
            personal="own_proposals.graphql",
        ),
        Screen(
            path="/cycles/{year}/questions", document="questions.graphql", template="questions.html"
        ),
        Screen(
            path="/cycles/{year}/working-groups",
            document="working_groups.graphql",
            template="working_groups.html",
        ),
        Screen(path="/documents/{id}", document="document.graphql", template="document.html"),
        Screen(
            path="/cycles/{year}/continuation",
            document="continuation.graphql",
            template="continuation.html",
        ),
        Screen(path="/themes/{key}", document="theme.graphql", template="theme.html"),
        Screen(
            path="/calls/{id}",
            document="call.graphql",
            template="call.html",
            personal="own_call.graphql",
        ),
        Screen(
            path="/cycles/{year}/annual-meeting",
            document="annual_meeting.graphql",
            template="annual_meeting.html",
        ),
        Screen(
            path="/cycles/{year}/calendar", document="calendar.graphql", template="calendar.html"
        ),
        Screen(
            path="/meetings/{id}",
            document="meeting.graphql",
            template="meeting.html",
            personal="own_meeting.graphql",
        ),
        Screen(
            path="/cycles/{year}/deviations",
            document="deviations.graphql",
            template="deviations.html",
        ),
        Screen(
            path="/cycles/{year}/outlines", document="outlines.graphql", template="outlines.html"
        ),
        Screen(
            path="/cycles/{year}/elements/{key}",
            document="element.graphql",
            template="element.html",
        ),
        Screen(
            path="/cycles/{year}/sessions", document="sessions.graphql", template="sessions.html"
        ),
        Screen(
            path="/groups/{id}/work",
            document="work.graphql",
            template="work.html",
            personal="own_work.graphql",
        ),
        Screen(
            path="/groups/{id}",
            document="group.graphql",
            template="group.html",
            personal="own_group.graphql",
        ),
        Screen(
            path="/decisions/{id}",
            document="decision.graphql",
            template="decision.html",
            personal="own_decision.graphql",
        ),
        Screen(
            path="/proposals/{id}",
            document="proposal.graphql",
            template="proposal.html",
            personal="own_proposal.graphql",
        ),
        Screen(path="/why/{id}", document="why.graphql", template="why.html"),
        Screen(path="/record", document="record.graphql", template="record.html"),
        Screen(path="/record/{position}", document="event.graphql", template="event.html"),
        Screen(path="/secretariat", document="secretariat.graphql", template="secretariat.html"),
        Screen(
            path="/secretariat/decision",
            document="decide_cycles.graphql",
            template="decide_cycles.html",
        ),
        Screen(
            path="/secretariat/decision/{year}", document="decide.graphql", template="decide.html"
        ),
        Screen(path="/secretariat/import", document="imports.graphql", template="import.html"),
        Screen(
            path="/secretariat/correction/{position}",
            document="correction.graphql",
            template="correction.html",
        ),
        Screen(
            path="/secretariat/summary", document="summaries.graphql", template="summaries.html"
        ),
        Screen(
            path="/secretariat/summary/{id}", document="summary.graphql", template="summary.html"
        ),
        Screen(path="/offline", template="offline.html"),
    ),
    forms=FORMS,
    places={
        "CommandRefusal": "Refusal",
        "CommentFooter": "Comment",
        "CycleCalendar": "Cycle",
        "CycleDates": "Cycle",
        "DraftHeader": "Draft",
        "EventWords": "AuditEntry",
        "FormClosed": "Draft",
        "GroupRow": "Group",
        "HomeWindows": "Cycle",
        "NodeWords": "Node",
    },
    scripts=("page.js",),
    styles=("page.css", "print.css"),
    calendar=cycle_entries,
)
