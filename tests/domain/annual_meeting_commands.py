"""Commands about the annual meeting of 2018."""

from datetime import date

from intersessional.domain.annual_meeting.annual_meeting_status import (
    VenueStatus,
)
from intersessional.domain.annual_meeting.commands import (
    CancelAnnualMeeting,
    ChangeVenueOption,
    ConfirmAnnualMeeting,
    RecordVenueOption,
    SetTentativeDates,
)
from intersessional.domain.kernel.occurred import Occurred
from tests.domain.actors import id_of

OPTION = RecordVenueOption(
    command_id=id_of("o"),
    year=2018,
    rank=1,
    status=VenueStatus.PURSUED,
    description="A host country in Asia.",
)
TENTATIVE = SetTentativeDates(
    command_id=id_of("t"),
    year=2018,
    within=Occurred.parse("2018-12"),
    place="Asia",
    condition="If it can be agreed.",
)
CONFIRM = ConfirmAnnualMeeting(
    command_id=id_of("c"),
    year=2018,
    starts_on=date(2018, 11, 12),
    ends_on=date(2018, 11, 14),
    place="Paris",
    time_zone="Europe/Paris",
)
CANCEL = CancelAnnualMeeting(command_id=id_of("cancel"), year=2018, reason="A strike.")
DROP = ChangeVenueOption(
    command_id=id_of("drop"),
    year=2018,
    option=OPTION.derived_id,
    status=VenueStatus.DROPPED,
    reason="No agreement.",
)
