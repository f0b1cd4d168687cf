"""An act of each kind on an output of a group begun here, by one whose right it is."""

from intersessional.domain.carry_forward.commands import DeclareCarryForward
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.document.commands import (
    ForwardDocument,
    PublishDocument,
    RecordMissingDocument,
    ReviseDocument,
)
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.document.document_text import WrittenVersion
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.kernel.body import BodyKind, NamedBody
from intersessional.domain.kernel.ids import cycle_id, outline_id
from intersessional.domain.outline.commands import DefineOutline, OutlineEntry, ReviseOutline
from tests.domain.actors import COMMENTER, FACILITATOR, id_of
from tests.domain.group_scenarios import (
    DRAFT,
    DRAFTED,
    GROUP,
    POSTED,
    WORKING,
    post,
    publish,
)
from tests.domain.live_acts_for_the_mag import acts

MAG = NamedBody(kind=BodyKind.MAG)
TEXT = WrittenVersion(label="Draft 1", text="The annex.")
SECTIONS = (OutlineEntry(title="Cases"),)
PUBLISH = PublishDocument(
    command_id=id_of("publish document"),
    kind=DocumentKind.MANDATE,
    title="The mandate",
    body=NamedBody(kind=BodyKind.GROUP, group=GROUP),
    year=2018,
    version=TEXT,
)
PUBLISHED = (*WORKING, FACILITATOR.sends(PUBLISH))
DEFINE = DefineOutline(command_id=id_of("define"), group=GROUP, year=2018, sections=SECTIONS)
DEFINED = (*WORKING, FACILITATOR.sends(DEFINE))
OUTLINE = outline_id(GROUP, cycle_id(2018))

ON_OUTPUTS = acts(
    (WORKING, FACILITATOR.sends(publish(WrittenBlock(text="New.")))),
    (
        DRAFTED,
        FACILITATOR.sends(
            ReviseDraft(
                command_id=id_of("revise"), draft=DRAFT, blocks=(WrittenBlock(text="New."),)
            )
        ),
    ),
    (
        (*DRAFTED, POSTED),
        COMMENTER.sends(WithdrawComment(command_id=id_of("w"), comment=post().derived_id)),
    ),
    (WORKING, FACILITATOR.sends(DEFINE)),
    (
        DEFINED,
        FACILITATOR.sends(
            ReviseOutline(command_id=id_of("redefine"), outline=OUTLINE, sections=SECTIONS)
        ),
    ),
    (
        DRAFTED,
        FACILITATOR.sends(
            DeclareCarryForward(
                command_id=id_of("declare"),
                group=GROUP,
                year=2018,
                wish=ContinuationWish.NO,
                draft=DRAFT,
            )
        ),
    ),
    (WORKING, FACILITATOR.sends(PUBLISH)),
    (
        WORKING,
        FACILITATOR.sends(
            RecordMissingDocument(
                command_id=id_of("missing"),
                kind=DocumentKind.MANDATE,
                title="The mandate",
                body=PUBLISH.body,
                year=2018,
            )
        ),
    ),
    (
        PUBLISHED,
        FACILITATOR.sends(
            ReviseDocument(command_id=id_of("next"), document=PUBLISH.derived_id, version=TEXT)
        ),
    ),
    (
        PUBLISHED,
        FACILITATOR.sends(
            ForwardDocument(
                command_id=id_of("forward"),
                document=PUBLISH.derived_id,
                recipient=PUBLISH.body or MAG,
            )
        ),
    ),
)
