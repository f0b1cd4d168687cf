"""Imports of history are recorded by the person of the Secretariat who makes them."""

from dataclasses import replace

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.history_import.commands import ImportHistory
from intersessional.domain.history_import.history_import import HistoryImport
from intersessional.domain.kernel.act import Citation, Ground, Provenance, Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import RoleRequired
from tests.domain.actors import OPERATOR, PEOPLE, SECRETARIAT, id_of
from tests.domain.given_when_then import given

IMPORT = ImportHistory(command_id=id_of("import"), history="april-2018", digest="0" * 64, entries=3)


def test_import_names_the_file() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(IMPORT)).then(
        event(HistoryImport.Recorded, history="april-2018", digest="0" * 64, entries=3)
    )


def test_no_file_tells_of_imports_in_anybodys_name() -> None:
    entry = replace(
        IMPORT,
        occurred=Occurred.parse("2018-03-01"),
        provenance=Provenance(Ground.IMPORTED, (Citation("minutes"),)),
    )
    by = SentCommand(entry, Caller(person=SECRETARIAT.id, operator=True))

    for sent in (OPERATOR.sends(IMPORT), OPERATOR.sends(entry), by):
        refusal = given(PEOPLE).when(sent).refusal(RoleRequired)
        assert refusal.needed == (Role.SECRETARIAT,)
