"""The forms of the core: each sends one command, from the screen of what it is about."""

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
    _form("/comments/{comment}/withdraw", "withdraw_comment", "/comments/{comment}"),
)

_WORK = "/groups/{group}/work"
_OF_A_GROUP = (
    _form(f"{_WORK}/members", "join_group", _WORK, f"{_WORK}#members"),
    _form(f"{_WORK}/members/{{membership}}/end", "leave_group", _WORK, f"{_WORK}#members"),
    _form(f"{_WORK}/volunteers", "offer_to_volunteer", _WORK, f"{_WORK}#volunteers"),
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
    _form(f"{_WORK}/outreach", "log_outreach", _WORK, f"{_WORK}#outreach"),
)

_OF_A_CALL = (
    _form(
        "/calls/{call}/volunteers",
        "offer_to_volunteer",
        "/calls/{call}",
        "/calls/{call}#volunteers",
    ),
)

FORMS = (*_OF_A_PERSON, *_OF_A_DRAFT, *_OF_A_GROUP, *_OF_A_CALL)
