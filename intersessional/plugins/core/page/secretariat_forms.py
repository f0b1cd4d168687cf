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

_CORRECTION = "/secretariat/correction/{position}"
_OF_A_CORRECTION = (
    Form(path=f"{_CORRECTION}/preview", document="correction_preview.graphql", screen=_CORRECTION),
    Form(
        path=f"{_CORRECTION}/record",
        document="correct_fact.graphql",
        screen=_CORRECTION,
        next="/record/{position}",
    ),
)

_SUMMARY = "/secretariat/summary/{meeting}"
_OF_A_SUMMARY = (
    Form(
        path=f"{_SUMMARY}/publish",
        document="publish_summary.graphql",
        screen=_SUMMARY,
        next="/meetings/{meeting}#summary",
    ),
)

SECRETARIAT_FORMS = (
    *_OF_AN_IMPORT,
    *_OF_A_DECISION,
    *_OF_A_CORRECTION,
    *_OF_A_SUMMARY,
)
