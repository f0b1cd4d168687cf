"""The forms of the Secretariat: what is previewed is recorded."""

from intersessional.plugins.page import Form

_IMPORT = "/secretariat/import"
_DECISION = "/secretariat/decision/{year}"
_CORRECTION = "/secretariat/correction/{position}"
_SUMMARY = "/secretariat/summary/{meeting}"

SECRETARIAT_FORMS = (
    Form(
        path=_IMPORT,
        document="import_history.graphql",
        screen=_IMPORT,
        next=f"{_IMPORT}#i-{{id}}",
        takes_file=True,
        preview="import_check.graphql",
    ),
    Form(
        path=_DECISION,
        document="record_decision.graphql",
        screen=_DECISION,
        next="/decisions/{id}",
        preview="preview_decision.graphql",
    ),
    Form(
        path=f"{_DECISION}/proposed",
        document="propose_decision.graphql",
        screen=_DECISION,
        next="/decisions/{id}",
        preview="preview_proposed_decision.graphql",
    ),
    Form(
        path=_CORRECTION,
        document="correct_fact.graphql",
        screen=_CORRECTION,
        next="/record/{position}",
        preview="correction_preview.graphql",
    ),
    Form(
        path=f"{_SUMMARY}/publish",
        document="publish_summary.graphql",
        screen=_SUMMARY,
        next="/meetings/{meeting}#summary",
    ),
)
