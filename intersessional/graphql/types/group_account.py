"""The account that a group gives of itself, in the API: wishes, reports, who drafts."""

from typing import Self

import strawberry

from intersessional.domain.group.account import DRAFTING_TEAM_MAX
from intersessional.domain.group.reported_years import YEARS_OF_REPORT_MAX
from intersessional.domain.group.wish import GroupWish
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.body import BodyType, body_of
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.group_reports import GroupReportDocument
from intersessional.projections.group_years import WishDocument
from intersessional.projections.groups import DraftingTeamDocument
from intersessional.projections.kernel.reader import DocumentSnapshot


@object_type
class StatedWishType:
    """What a group wishes for a cycle."""

    value: strawberry.Private[WishDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def kind(self) -> GroupWish:
        """The wish."""
        return self.value.wish

    @field
    def body(self) -> BodyType | None:
        """The body into which it wishes to pass."""
        return body_of(self.value.body, self.loaders)

    @field
    def stated(self) -> OccurredType:
        """When it was stated."""
        return OccurredType(value=self.value.stated)

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it was stated; null when at none, or unknown."""
        return await MeetingType.find(self.value.meeting_id, self.loaders)

    @field
    async def words(self) -> str | None:
        """What was said."""
        return await self.loaders.text(self.value.words)


@object_type
class DraftingTeamType:
    """The drafting team of a group."""

    value: strawberry.Private[DraftingTeamDocument]
    loaders: strawberry.Private[Loaders]

    @field
    @at_most(DRAFTING_TEAM_MAX)
    async def members(self) -> list[ParticipantType]:
        """Its members; nobody where no source names them."""
        return await ParticipantType.find_all(self.value.members, self.loaders)

    @field
    async def task(self) -> str | None:
        """What it drafts."""
        return await self.loaders.text(self.value.task)

    @field
    def formed(self) -> OccurredType:
        """When it was formed."""
        return OccurredType(value=self.value.formed)


@object_type
class GroupReportType:
    """A report of a group on its work in a cycle."""

    value: strawberry.Private[DocumentSnapshot[GroupReportDocument]]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(cls, value: DocumentSnapshot[GroupReportDocument], loaders: Loaders) -> Self:
        """The report over its document."""
        return cls(value=value, loaders=loaders)

    @field
    def id(self) -> strawberry.ID:
        """Its UUID."""
        return strawberry.ID(str(self.value.key))

    @field
    async def report(self) -> str | None:
        """The report in words."""
        return await self.loaders.text(self.value.document.report)

    @field
    async def report_status(self) -> TextStatus:
        """Whether the words are given; if not, why."""
        document = self.value.document
        return await text_status(
            document.report, historical=document.is_historical, loaders=self.loaders
        )

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting of the MAG to which it was given; null when to none, or unknown."""
        return await MeetingType.find(self.value.document.meeting_id, self.loaders)

    @field
    @at_most(YEARS_OF_REPORT_MAX)
    def annual_meeting_years(self) -> list[int]:
        """The years of the annual meetings that it tells of, as corrected last."""
        return list(self.value.document.annual_meeting_years)

    @field
    def reported(self) -> OccurredType:
        """When it was given."""
        return OccurredType(value=self.value.document.reported)
