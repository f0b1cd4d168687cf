"""Approvals against the assessment of resources, in the API."""

from uuid import UUID

from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import object_type
from intersessional.graphql.values.assessment import AssessmentType
from intersessional.projections.assessments import ASSESSMENTS, AssessmentDocument
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey


@object_type
class CapacityUse:
    """How many groups were approved, and how many the resources can support.

    It reports on the soft rule `WITHIN_CAPACITY`.
    """

    assessment: AssessmentType
    """The assessment that took effect last."""
    approved: int
    """The number of groups of the cycle that were approved from proposals."""
    exceeded: bool
    """Whether there are more of them than the assessment allows."""


async def capacity_use(cycle: UUID, approved: int, loaders: Loaders) -> CapacityUse | None:
    """The approvals of a cycle against its latest assessment; None without one."""
    last: DocumentSnapshot[AssessmentDocument] | None = None
    async for one in every_document(loaders, ASSESSMENTS, ListKey(cycle)):
        if last is None or one.document.assessed.effect >= last.document.assessed.effect:
            last = one
    if last is None:
        return None
    return CapacityUse(
        assessment=AssessmentType.from_snapshot(last, loaders),
        approved=approved,
        exceeded=approved > last.document.capacity,
    )
