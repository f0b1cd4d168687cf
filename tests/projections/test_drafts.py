"""The view of draft outputs."""

from intersessional.domain.draft.block import Block, OutputElement
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.drafts import DRAFTS, DraftDocument
from intersessional.projections.kernel.view import under
from tests.projections.event_history import EventHistory, id_of

FIRST = (
    Block("b1", Sealed("What it is about."), OutputElement.DEFINITION_OF_ISSUES),
    Block("b2", Sealed("What worked."), None),
)
SECOND = (Block("b3", Sealed("What comes next."), None), FIRST[0])


def test_the_last_revision_is_shown_under_the_title_of_the_first() -> None:
    history = EventHistory()
    draft = history.begin(
        Draft,
        Draft.Published,
        id_of("draft"),
        group_id=id_of("group"),
        title=Sealed("Draft output"),
        revision=1,
        blocks=FIRST,
    )
    published = history.document(DRAFTS, draft.id)
    history.append(draft, Draft.Revised, revision=2, blocks=SECOND)
    revised = history.document(DRAFTS, draft.id)

    assert published == DraftDocument(id_of("group"), Sealed("Draft output"), 1, FIRST)
    assert revised == DraftDocument(id_of("group"), Sealed("Draft output"), 2, SECOND)
    assert DRAFTS.lists(revised) == under(id_of("group"))
