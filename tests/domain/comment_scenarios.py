"""Comments that scenarios share: one made elsewhere, its withdrawal, and what is expected."""

from intersessional.domain.command_handling.scenario import ExpectedEvent, event
from intersessional.domain.comment.attribution import Channel, OriginalSpeaker
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.comment.comment import Comment
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.domain.actors import SECRETARIAT, id_of
from tests.domain.group_scenarios import post

ELSEWHERE = OriginalSpeaker(
    speaker="Ben",
    source="The transcript of day 2.",
    stakeholder_group=StakeholderGroup.GOVERNMENT,
    region=Region.GRULAC,
)
ENTERED = SECRETARIAT.sends(post(channel=Channel.EMAIL, attribution=ELSEWHERE, blocks=("b1",)))
WITHDRAW = WithdrawComment(
    command_id=id_of("withdraw"), comment=post().derived_id, reason="A mistake."
)


def posted(**data: object) -> ExpectedEvent:
    return event(Comment.Posted, **data)
