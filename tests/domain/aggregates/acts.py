"""Acts and aggregates to decide on, made without a unit of work."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import LIVE, Act, Actor, Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails

_NAMESPACE = UUID("5b1f0a5e-0000-5000-8000-000000002019")
IMPORTED = Provenance(Ground.IMPORTED)


def new_id(name: str) -> UUID:
    """An id, the same for the same name."""
    return uuid5(_NAMESPACE, name)


AUTHOR = new_id("author")


def act(
    role: Role = Role.SECRETARIAT,
    person: UUID | None = AUTHOR,
    provenance: Provenance = LIVE,
    now: datetime = datetime(2018, 4, 4, 12, tzinfo=UTC),
) -> Act:
    """An act of one person at noon on 4 April 2018."""
    return Act(
        actor=Actor(role, person),
        command=new_id("command"),
        occurred=Occurred.instant(now),
        provenance=provenance,
    )


def act_at(time: str) -> Act:
    """An act of a time."""
    return replace(act(), occurred=Occurred.parse(time))


def cycle() -> Cycle:
    """The cycle of 2018."""
    return Cycle.open(act(), 2018)


def participant(*roles: Role) -> Participant:
    """A participant who holds these roles since 2018."""
    person = Participant.register(act(), id=AUTHOR)
    since = Occurred.parse("2018")
    for role in roles:
        tenure_id = new_id(f"tenure {role.value}")
        person.grant_role(act(), tenure_id=tenure_id, role=role, since=since, until=None)
    return person


def group() -> Group:
    """A working group."""
    return Group.establish(
        act(),
        id=new_id("group"),
        cycle=cycle(),
        kind="WORKING_GROUP",
        name="A group",
        decision_id=new_id("decision"),
    )


def draft(*texts: str) -> Draft:
    """A draft of blocks with these texts, b1 and b2 if none are given."""
    blocks = [WrittenBlock(text=text) for text in texts or ("One.", "Two.")]
    return Draft.publish(
        act(), id=new_id("draft"), group_id=new_id("group"), title="A draft", blocks=blocks
    )


def proposal(name: str = "proposal", kind: str = "BPF") -> Proposal:
    """A mooted proposal."""
    return Proposal.put_forward(
        act(Role.MAG_MEMBER),
        id=new_id(name),
        cycle=cycle(),
        details=ProposalDetails(title=name, group_kind=kind),
        orally=True,
        proposers=(AUTHOR,),
    )
