"""The views of draft outputs and of their revisions."""

import pytest

from intersessional.domain.draft.block import Block, OutputElement
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.ids import cycle_id, revision_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.draft_revisions import DRAFT_REVISIONS, DraftRevisionDocument
from intersessional.projections.drafts import DRAFTS, DraftDocument, drafts_kind
from intersessional.projections.kernel.view import under
from tests.projections.event_history import EventHistory, id_of

B1 = Block("b1", Sealed("What it is about."), OutputElement.DEFINITION_OF_ISSUES)
B2 = Block("b2", Sealed("What worked."), None)
B2_MENDED = Block("b2", Sealed("What has worked."), None)
B3 = Block("b3", Sealed("What comes next."), None)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def draft(history: EventHistory) -> Draft:
    return history.begin(
        Draft,
        Draft.Published,
        id_of("draft"),
        group_id=id_of("group"),
        cycle_id=cycle_id(2018),
        title=Sealed("Draft output"),
        label=Sealed("Draft I"),
        language="en",
        revision=1,
        blocks=(B1, B2),
    )


def revise(history: EventHistory, draft: Draft) -> None:
    history.append(
        draft,
        Draft.Revised,
        group_id=id_of("group"),
        cycle_id=cycle_id(2018),
        revision=2,
        label=Sealed("Draft II"),
        language="en",
        order=("b3", "b2"),
        added=(B3,),
        changed=(B2_MENDED,),
        removed=("b1",),
    )


def test_the_last_revision_is_shown_under_the_title_of_the_first(
    history: EventHistory, draft: Draft
) -> None:
    published = history.document(DRAFTS, draft.id)
    revise(history, draft)
    revised = history.document(DRAFTS, draft.id)

    group, title = id_of("group"), Sealed("Draft output")
    assert published == DraftDocument(
        group, cycle_id(2018), title, Sealed("Draft I"), "en", 1, (B1, B2), (1, 1)
    )
    assert revised == DraftDocument(
        group, cycle_id(2018), title, Sealed("Draft II"), "en", 2, (B3, B2_MENDED), (2, 2)
    )
    assert DRAFTS.lists(revised) == under(id_of("group"), drafts_kind(revised.cycle_id))


def test_every_revision_has_its_label_and_language(history: EventHistory, draft: Draft) -> None:
    revise(history, draft)

    first, second = (
        history.document(DRAFT_REVISIONS, revision_id(draft.id, number)) for number in (1, 2)
    )

    assert (first.number, first.label) == (1, Sealed("Draft I"))
    assert isinstance(second, DraftRevisionDocument)
    assert (second.number, second.label, second.language) == (2, Sealed("Draft II"), "en")
    assert DRAFT_REVISIONS.lists(second) == under(draft.id)
