"""What a plugin brings to the page: addresses, documents, templates and assets.

All files lie in the package that the part names: ``documents/``, ``templates/``, ``assets/`` and
``messages/``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from intersessional.plugins.calendar import CalendarEntry, Json


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page at an address: the query that it asks, and the template that shows the answer."""

    path: str
    """The address, with its parameters in braces: ``/drafts/{id}``."""

    template: str
    """The file in ``templates/``."""

    document: str | None = None
    """The file in ``documents/`` with the query; None for a screen that asks nothing.

    A variable takes its value from the path, else from the query string, by its name. Where the
    path has parameters and the first field of the query is null, the answer is 404.
    """

    personal: str | None = None
    """The file in ``documents/`` with a query that is asked beside it for who has signed in.

    It tells what is theirs and what they may do now; nobody else's page rests on it, and no past
    state. Its variables are those of the address.
    """

    live: tuple[str, ...] = ()
    """The files in ``documents/`` with the subscriptions of its socket.

    A required variable that the path does not give has the value of the first attribute
    ``data-live-<name>`` in the page.
    """


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Something shown in a place of screens, also of other plugins' screens."""

    place: str
    """The name of the place."""

    document: str
    """The file in ``documents/`` with one fragment on the type of the place."""

    template: str
    """The file in ``templates/``; it gets the object that the place is in as ``node``."""

    live: tuple[str, ...] = ()
    """The files in ``documents/`` with the subscriptions that a screen with the place needs."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """An address that takes a form by POST, and sends a mutation with its fields."""

    path: str
    """The address, with its parameters in braces; they are fields too."""

    document: str
    """The file in ``documents/`` with a mutation that has the one variable ``$input``."""

    screen: str
    """The address of the screen that is shown again when the command is refused."""

    next: str
    """The address of the screen that follows when it is recorded; ``{id}`` is the payload's id."""

    takes_file: bool = False
    """Whether it is sent as multipart/form-data, with one file as the text of a field."""

    preview: str | None = None
    """The file in ``documents/`` with a query that previews the command, with the one variable
    ``$input``; its field has a ``refusal``, as a ``CommandPreview`` has.

    Fields that were not previewed are not sent: the screen is shown with their preview.
    """


@dataclass(frozen=True, kw_only=True)
class PagePart:
    """What a plugin brings to the page."""

    package: str
    """The package that its files lie in."""

    screens: tuple[Screen, ...] = ()
    """Its pages."""

    forms: tuple[Form, ...] = ()
    """Its forms."""

    slots: tuple[Slot, ...] = ()
    """What it shows in places."""

    places: Mapping[str, str] = field(default_factory=dict[str, str])
    """The places in its own screens, with the type of the object that each is in.

    A document spreads a place like a fragment of this name; composition defines the fragment.
    """

    scripts: tuple[str, ...] = ()
    """The files in ``assets/`` that every page loads as modules."""

    styles: tuple[str, ...] = ()
    """The files in ``assets/`` whose rules every page contains."""

    calendar: Callable[[Json], Iterable[CalendarEntry]] | None = None
    """What it puts in the calendar of a cycle: it gets the cycle with the fields of its slot in the
    place ``CycleCalendar``.
    """
