"""The soft rules of the core; plugins bring theirs."""

from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule

REPORTS_CONSIDERED = SoftRule(
    key="REPORTS_CONSIDERED",
    row=7,
    strength=RuleStrength.GATE,
    sentence="Proposals for new BPFs are decided after each existing BPF has reported to the MAG, "
    "or is recorded to have given no report.",
    source="SR-3, AX-T1, AX-T2",
)
PROPOSAL_IN_TIME = SoftRule(
    key="PROPOSAL_IN_TIME",
    row=9,
    strength=RuleStrength.FLAG,
    sentence="A proposal is given in writing by the deadline.",
    source="SR-4",
    checked_against={
        "cycle.proposal_deadline_set.v1": ("due_on", "time_zone"),
        "proposal.submitted.v1": ("occurred",),
    },
)
MERGER_AGREED = SoftRule(
    key="MERGER_AGREED",
    row=13,
    strength=RuleStrength.GATE,
    sentence="Proposals are merged with the agreement of those who put them forward.",
    source="SR-4",
)
DOCUMENT_ROUTED = SoftRule(
    key="DOCUMENT_ROUTED",
    row=15,
    strength=RuleStrength.GATE,
    sentence="A document of a working group goes to the working group first, then to the MAG.",
    source="SR-5",
    checked_against={"document.forwarded.v1": ("recipient.kind", "occurred")},
)
PRACTICES_COLLECTED = SoftRule(
    key="PRACTICES_COLLECTED",
    row=21,
    strength=RuleStrength.FLAG,
    sentence="A BPF collects practices that exist; it does not develop new policies.",
    source="AX-I",
    checked_against={"statement.recorded.v1": ("raises_scope_concern",)},
)
MODALITY_SUPPORTED = SoftRule(
    key="MODALITY_SUPPORTED",
    row=25,
    strength=RuleStrength.GATE,
    sentence="A group adopts a modality with recorded support of its participants, or without "
    "objection.",
    source="AX-M2 to AX-M4",
    checked_against={"modality.adopted.v1": ("support", "without_objection")},
)
OUTPUT_STRUCTURED = SoftRule(
    key="OUTPUT_STRUCTURED",
    row=28,
    strength=RuleStrength.FLAG,
    sentence="The output of a group has the suggested structure.",
    source="AX-M7",
)
CARRY_FORWARD_GIVEN = SoftRule(
    key="CARRY_FORWARD_GIVEN",
    row=29,
    strength=RuleStrength.REPORT,
    sentence="A final output has a segment on whether the work is carried forward, and on what.",
    source="AX-M8",
)
REPORTED_AT_FIRST_MEETING = SoftRule(
    key="REPORTED_AT_FIRST_MEETING",
    row=32,
    strength=RuleStrength.FLAG,
    sentence="Existing BPFs report at the first meeting of the MAG in the year.",
    source="AX-T1",
)
DEADLINE_BY_DEFAULT = SoftRule(
    key="DEADLINE_BY_DEFAULT",
    row=33,
    strength=RuleStrength.FLAG,
    sentence="Proposals are due before the first meeting of the MAG in the year.",
    source="AX-T2",
    checked_against={"cycle.proposal_deadline_set.v1": ("due_on",)},
)
WITHIN_CAPACITY = SoftRule(
    key="WITHIN_CAPACITY",
    row=34,
    strength=RuleStrength.REPORT,
    sentence="No more groups are approved than the Secretariat's assessment of resources allows.",
    source="AX-T3",
)
WORK_AFTER_APPROVAL = SoftRule(
    key="WORK_AFTER_APPROVAL",
    row=35,
    strength=RuleStrength.GATE,
    sentence="A group meets and drafts from its approval on.",
    source="AX-T4",
    checked_against={
        "group.established.v1": ("occurred",),
        "group.approved.v1": ("occurred",),
        "meeting.scheduled.v1": ("planned",),
        "meeting.moved.v1": ("planned",),
        "meeting.held.v1": ("began",),
        "draft.published.v1": ("occurred",),
    },
)
SESSION_HELD = SoftRule(
    key="SESSION_HELD",
    row=38,
    strength=RuleStrength.REPORT,
    sentence="Each BPF holds a session of its own at the annual meeting.",
    source="AX-T6",
)
LENGTH_ADVISED = SoftRule(
    key="LENGTH_ADVISED",
    row=42,
    strength=RuleStrength.FLAG,
    sentence="A proposal has two to three pages.",
    source="AX-P",
)
BACKGROUND_COMPLETE = SoftRule(
    key="BACKGROUND_COMPLETE",
    row=44,
    strength=RuleStrength.FLAG,
    sentence="The background of a proposal says how it relates to the discussions on Internet "
    "governance, and why it matters to each stakeholder community.",
    source="AX-P",
)
OBJECTIONS_RECORDED = SoftRule(
    key="OBJECTIONS_RECORDED",
    row=48,
    strength=RuleStrength.GATE,
    sentence="The objections to a decision are recorded by name or by number.",
    source="the MAG's practice",
    checked_against={
        "decision.recorded.v1": ("method", "objections"),
        "decision.taken.v1": ("method", "objections"),
    },
)

CORE_RULES = (
    REPORTS_CONSIDERED,
    PROPOSAL_IN_TIME,
    MERGER_AGREED,
    DOCUMENT_ROUTED,
    PRACTICES_COLLECTED,
    MODALITY_SUPPORTED,
    OUTPUT_STRUCTURED,
    CARRY_FORWARD_GIVEN,
    REPORTED_AT_FIRST_MEETING,
    DEADLINE_BY_DEFAULT,
    WITHIN_CAPACITY,
    WORK_AFTER_APPROVAL,
    SESSION_HELD,
    LENGTH_ADVISED,
    BACKGROUND_COMPLETE,
    OBJECTIONS_RECORDED,
)
