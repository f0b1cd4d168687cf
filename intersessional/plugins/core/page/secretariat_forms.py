"""The forms of the Secretariat: what one form shows, the next one records."""

from intersessional.plugins.page import Form

_IMPORT = "/secretariat/import"
_OF_AN_IMPORT = (
    Form(
        path=f"{_IMPORT}/check",
        document="import_check.graphql",
        screen=_IMPORT,
        takes_file=True,
    ),
    Form(path=f"{_IMPORT}/again", document="import_check.graphql", screen=_IMPORT),
    Form(
        path=f"{_IMPORT}/record",
        document="import_history.graphql",
        screen=_IMPORT,
        next=f"{_IMPORT}#i-{{id}}",
    ),
)

_OF_A_DECISION = (
    Form(
        path="/secretariat/decision/{year}",
        document="record_decision.graphql",
        screen="/secretariat/decision/{year}",
        next="/decisions/{id}",
        preview="preview_decision.graphql",
    ),
)

SECRETARIAT_FORMS = (*_OF_AN_IMPORT, *_OF_A_DECISION)
