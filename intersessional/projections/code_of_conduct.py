"""The view of the code of conduct."""

from dataclasses import dataclass, replace

from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class ConductVersionDocument:
    """One version of the code of conduct, in force since it was published."""

    version: int
    since: Occurred
    text: Sealed | None
    source: str | None


@dataclass(frozen=True)
class CodeOfConductDocument:
    """The code of conduct with its versions, in order of effect."""

    versions: tuple[ConductVersionDocument, ...] = ()


def _evolve(
    code: CodeOfConductDocument | None, recorded: RecordedEvent
) -> CodeOfConductDocument | None:
    match recorded.event:
        case CodeOfConduct.Named():
            return code or CodeOfConductDocument()
        case CodeOfConduct.Published() as event:
            version = ConductVersionDocument(
                event.published_version, event.act.occurred, event.text, event.source
            )
            before = code or CodeOfConductDocument()
            return replace(before, versions=(*before.versions, version))
        case _:
            return code


CODES_OF_CONDUCT = View(
    name="codes_of_conduct",
    version=1,
    document=CodeOfConductDocument,
    keys=stream_of(CodeOfConduct),
    evolve=_evolve,
    lists=lambda _: under(None),
)
