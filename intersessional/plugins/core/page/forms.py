"""The forms of the core: each sends one command, from the screen of what it is about."""

from intersessional.plugins.core.page.secretariat_forms import SECRETARIAT_FORMS
from intersessional.plugins.page import Form


def _form(path: str, command: str, screen: str, next: str = "") -> Form:
    """A form that leads back to its screen, unless it leads on."""
    return Form(path=path, document=f"{command}.graphql", screen=screen, next=next or screen)


_OF_A_PERSON = (
    _form("/conduct/acceptance", "accept_code_of_conduct", "/conduct"),
    _form("/me/registration", "register_participant", "/me"),
    _form("/me/profile", "update_participant", "/me"),
)

_OF_A_DRAFT = (
    _form("/drafts/{draft}/comments", "post_comment", "/drafts/{draft}", "/comments/{id}"),
    _form(
        "/drafts/{draft}/{block}/comments",
        "post_comment",
        "/drafts/{draft}/{block}",
        "/drafts/{draft}/{block}#c-{id}",
    ),
    _form(
        "/drafts/{draft}/revisions",
        "revise_draft",
        "/drafts/{draft}/revisions/new",
        "/drafts/{draft}",
    ),
    _form("/comments/{comment}/withdraw", "withdraw_comment", "/comments/{comment}"),
)

_WORK = "/groups/{group}/work"
_OF_A_GROUP = (
    _form(f"{_WORK}/members", "join_group", _WORK, f"{_WORK}#members"),
    _form(f"{_WORK}/members/{{membership}}/end", "leave_group", _WORK, f"{_WORK}#members"),
    _form(f"{_WORK}/volunteers", "offer_to_volunteer", _WORK, f"{_WORK}#volunteers"),
    _form(
        f"{_WORK}/volunteers/{{offer}}/withdrawal",
        "withdraw_volunteer_offer",
        _WORK,
        f"{_WORK}#volunteers",
    ),
    _form(f"{_WORK}/calls", "launch_call", _WORK, "/calls/{id}"),
    _form(f"{_WORK}/modalities", "propose_modality", _WORK, f"{_WORK}#modalities"),
    _form(
        f"{_WORK}/modalities/{{modality}}/support",
        "support_modality",
        _WORK,
        f"{_WORK}#modalities",
    ),
    _form(
        f"{_WORK}/modalities/{{modality}}/adoption", "adopt_modality", _WORK, f"{_WORK}#modalities"
    ),
    _form(f"{_WORK}/sessions", "request_session", _WORK, f"{_WORK}#sessions"),
    _form(f"{_WORK}/sessions/{{session}}/time", "schedule_session", _WORK, f"{_WORK}#sessions"),
    _form(f"{_WORK}/sessions/{{session}}/held", "record_session_held", _WORK, f"{_WORK}#sessions"),
    _form(
        f"{_WORK}/sessions/{{session}}/cancellation",
        "cancel_session",
        _WORK,
        f"{_WORK}#sessions",
    ),
    _form(f"{_WORK}/outreach", "log_outreach", _WORK, f"{_WORK}#outreach"),
)

_GROUP = "/groups/{group}"
_OF_FACILITATORS = (
    _form(f"{_GROUP}/drafts", "publish_draft", _GROUP, "/drafts/{id}"),
    _form(f"{_GROUP}/outlines", "define_outline", _GROUP, f"{_GROUP}#outline"),
    _form(f"{_GROUP}/outlines/{{outline}}/revision", "revise_outline", _GROUP, f"{_GROUP}#outline"),
    _form(f"{_GROUP}/reports", "record_group_report", _GROUP, f"{_GROUP}#reports"),
    _form(f"{_GROUP}/carry-forward", "declare_carry_forward", _GROUP, f"{_GROUP}#reports"),
    _form(f"{_GROUP}/continuation", "report_continuation", _GROUP, "/cycles/{year}/continuation"),
    _form(f"{_GROUP}/meetings", "schedule_group_meeting", _GROUP, "/meetings/{id}"),
)

_MEETING = "/meetings/{meeting}"
_OF_A_MEETING = (
    _form(f"{_MEETING}/held", "record_meeting_held", _MEETING),
    _form(f"{_MEETING}/time", "move_meeting", _MEETING),
    _form(f"{_MEETING}/cancellation", "cancel_meeting", _MEETING),
    _form(f"{_MEETING}/summary", "publish_summary", _MEETING, f"{_MEETING}#summary"),
    _form(f"{_MEETING}/agenda/items", "add_agenda_item", _MEETING, f"{_MEETING}#agenda"),
    _form(f"{_MEETING}/agenda/adoption", "adopt_agenda", _MEETING, f"{_MEETING}#agenda"),
    _form(
        f"{_MEETING}/agenda/items/{{item}}/end",
        "finish_agenda_item",
        _MEETING,
        f"{_MEETING}#agenda",
    ),
)

_CONTINUATION = "/cycles/{year}/continuation"
_OF_A_REPORT = (
    _form(
        f"{_CONTINUATION}/{{group}}/consideration", "consider_continuation_report", _CONTINUATION
    ),
)

_CALL = "/calls/{call}"
_OF_A_CALL = (
    _form("/cycles/{year}/calls", "launch_call", "/cycles/{year}", "/calls/{id}"),
    _form(f"{_CALL}/time", "move_call", _CALL),
    _form(f"{_CALL}/end", "close_call", _CALL),
    _form(f"{_CALL}/volunteers", "offer_to_volunteer", _CALL, f"{_CALL}#volunteers"),
    _form(
        f"{_CALL}/volunteers/{{offer}}/withdrawal",
        "withdraw_volunteer_offer",
        _CALL,
        f"{_CALL}#volunteers",
    ),
)

_VENUES = "/cycles/{year}/annual-meeting"
_OF_THE_ANNUAL_MEETING = (
    _form(f"{_VENUES}/options", "record_venue_option", _VENUES, f"{_VENUES}#options"),
    _form(f"{_VENUES}/options/{{option}}", "change_venue_option", _VENUES, f"{_VENUES}#options"),
)

_PROPOSALS = "/cycles/{year}/proposals"
_PROPOSAL = "/proposals/{proposal}"
_NOMINATION = f"{_PROPOSAL}/nominations/{{nomination}}"
_OF_A_PROPOSAL = (
    _form(_PROPOSALS, "submit_proposal", _PROPOSALS, "/proposals/{id}"),
    _form(f"{_PROPOSALS}/mooted", "moot_proposal", _PROPOSALS, "/proposals/{id}"),
    _form(f"{_PROPOSALS}/deadline", "set_proposal_deadline", _PROPOSALS),
    _form(f"{_PROPOSALS}/assessments", "assess_resources", _PROPOSALS, "/cycles/{year}"),
    _form(f"{_PROPOSAL}/writing", "submit_proposal", _PROPOSAL, f"{_PROPOSAL}#written"),
    _form(f"{_PROPOSAL}/revisions", "revise_proposal", _PROPOSAL, f"{_PROPOSAL}#written"),
    _form(f"{_PROPOSAL}/withdrawal", "withdraw_proposal", _PROPOSAL),
    _form(f"{_PROPOSAL}/parts", "split_proposal", _PROPOSAL, f"{_PROPOSAL}#outcome"),
    _form(f"{_PROPOSAL}/consents", "consent_to_revision", _PROPOSAL, f"{_PROPOSAL}#written"),
    _form(f"{_PROPOSAL}/statements", "record_statement", _PROPOSAL, f"{_PROPOSAL}#statements"),
    _form(
        f"{_PROPOSAL}/statements/{{statement}}/withdrawal",
        "withdraw_statement",
        _PROPOSAL,
        f"{_PROPOSAL}#statements",
    ),
    _form(f"{_PROPOSAL}/questions", "raise_question", _PROPOSAL, f"{_PROPOSAL}#questions"),
    _form(f"{_PROPOSAL}/interests", "signal_interest", _PROPOSAL, f"{_PROPOSAL}#interests"),
    _form(
        f"{_PROPOSAL}/nominations",
        "nominate_co_facilitator",
        _PROPOSAL,
        f"{_PROPOSAL}#nominations",
    ),
    _form(
        f"{_NOMINATION}/confirmation",
        "confirm_co_facilitator",
        _PROPOSAL,
        f"{_PROPOSAL}#nominations",
    ),
    _form(
        f"{_NOMINATION}/replacement",
        "replace_co_facilitator",
        _PROPOSAL,
        f"{_PROPOSAL}#nominations",
    ),
    _form(
        f"{_PROPOSAL}/consolidations", "suggest_consolidation", _PROPOSAL, f"{_PROPOSAL}#outcome"
    ),
    _form(
        f"{_PROPOSAL}/consolidations/{{consolidation}}/consent",
        "consent_to_consolidation",
        _PROPOSAL,
        f"{_PROPOSAL}#outcome",
    ),
)

_QUESTIONS = "/cycles/{year}/questions"
_OF_A_QUESTION = (
    _form(_QUESTIONS, "raise_question", _QUESTIONS, f"{_QUESTIONS}#q-{{id}}"),
    _form(
        f"{_QUESTIONS}/{{question}}/answers",
        "answer_question",
        _QUESTIONS,
        f"{_QUESTIONS}#q-{{question}}",
    ),
    _form(
        f"{_QUESTIONS}/{{question}}/withdrawal",
        "withdraw_question",
        _QUESTIONS,
        f"{_QUESTIONS}#q-{{question}}",
    ),
)

_DECISION = "/decisions/{decision}"
_OBJECTIONS = f"{_DECISION}/objections"
_OF_A_DECISION = (
    _form(_OBJECTIONS, "object_to_decision", _DECISION, f"{_DECISION}#objections"),
    _form(f"{_OBJECTIONS}/told", "object_to_decision", _DECISION, f"{_DECISION}#objections"),
    _form(
        f"{_OBJECTIONS}/{{objection}}/withdrawal",
        "withdraw_objection",
        _DECISION,
        f"{_DECISION}#objections",
    ),
    _form(f"{_DECISION}/outcome", "take_decision", _DECISION),
    _form(f"{_DECISION}/end", "block_decision", _DECISION),
)

FORMS = (
    *_OF_A_PERSON,
    *_OF_A_DRAFT,
    *_OF_A_GROUP,
    *_OF_FACILITATORS,
    *_OF_A_MEETING,
    *_OF_A_REPORT,
    *_OF_A_CALL,
    *_OF_THE_ANNUAL_MEETING,
    *_OF_A_PROPOSAL,
    *_OF_A_QUESTION,
    *_OF_A_DECISION,
    *SECRETARIAT_FORMS,
)
