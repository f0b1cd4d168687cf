"""Calendars of one cycle, or of the latest ones, for programs that show calendars."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.execution import points
from intersessional.infra.connections.own_origin import own_origin
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.answers import ScreenAnswer, ask, coerced
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.headers import KEPT
from intersessional.infra.page.icalendar_text import icalendar_text
from intersessional.infra.page.page_response import PageResponse
from intersessional.infra.page.page_route import PageRoute
from intersessional.infra.page.rendered_pages import RenderedPage, compressed, etag_of
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.page.session import sender_of
from intersessional.plugins.calendar import CalendarEntry, Json
from intersessional.plugins.core.page.calendar import meeting_entries

ADDRESS = "/calendar.ics"
CYCLE_ADDRESS = "/cycles/{year}/calendar.ics"
CYCLES_MAX = 10
"""The latest cycles that the calendar of all has."""
PAGES_MAX = 20
"""Pages of 100 meetings that a calendar has, the last recorded ones."""

_HEADERS = ((b"content-type", b"text/calendar; charset=utf-8"), KEPT)

CycleEntries = Callable[[Json], Iterable[CalendarEntry]]


@dataclass(frozen=True, slots=True)
class Calendars:
    """Answers requests for calendars with what the API answers to documents of the page."""

    screens: ScreenRenderer
    parts: Sequence[CycleEntries]
    """What the plugins put in the calendar of a cycle."""
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    """Held while a calendar is written: one at a time."""

    def routes(self) -> Iterator[PageRoute]:
        """The addresses of the calendars."""
        yield PageRoute(ADDRESS, self.respond)
        yield PageRoute(CYCLE_ADDRESS, self.respond)

    async def respond(self, request: Request) -> Response:
        """A calendar, or 304. Raises ScreenError, and what the API raises."""
        sender = await sender_of(request, self.screens.services)
        year = _year(request)
        meetings = [one async for one in self._meetings(year, sender)]
        cycles = [one async for one in self._cycles(year, sender)]
        origin = own_origin(request)
        content = b"\n".join(one.data_bytes for one in (*meetings, *cycles))
        etag = etag_of(ADDRESS, origin, str(year), content)
        headers = (*_HEADERS, (b"etag", etag.encode()))
        if etag in request.headers.get("if-none-match", ""):
            return PageResponse(request, sender.account, b"", headers, 304)
        key = (ADDRESS, origin, str(year), content, b"")
        # It is written in steps: who asks for the same meanwhile waits for it.
        async with self._writing:
            kept = self.screens.rendered.get(key)
            if kept is None:
                name = f"IGF intersessional work{'' if year is None else f' {year}'}"
                text = await icalendar_text(name, [*self._entries(meetings, cycles)], origin)
                sender.account.charge_done(points.of_rendering(len(text)))
                kept = RenderedPage(etag, compressed(text.decode()))
                self.screens.rendered.put(key, kept)
        return PageResponse(request, sender.account, kept.compressed, headers)

    def _entries(
        self, meetings: Sequence[ScreenAnswer], cycles: Sequence[ScreenAnswer]
    ) -> Iterator[CalendarEntry]:
        for page in meetings:
            for meeting in page.data["meetings"]["nodes"]:
                yield from meeting_entries(meeting)
        for answer in cycles:
            for part in self.parts:
                yield from part(answer.data["cycle"])

    async def _meetings(self, year: int | None, sender: Sender) -> AsyncGenerator[ScreenAnswer]:
        after: str | None = None
        for _ in range(PAGES_MAX):
            answer = await self._ask("meetings", sender, year=year, after=after)
            yield answer
            page = answer.data["meetings"]["pageInfo"]
            if not page["hasNextPage"]:
                return
            after = page["endCursor"]

    async def _cycles(self, year: int | None, sender: Sender) -> AsyncGenerator[ScreenAnswer]:
        if year is not None:
            answer = await self._ask("cycle", sender, year=year)
            if answer.data["cycle"] is None:
                raise ScreenError.absent()
            yield answer
            return
        nodes = (await self._ask("years", sender)).data["cycles"]["nodes"]
        for one in sorted((node["year"] for node in nodes), reverse=True)[:CYCLES_MAX]:
            yield await self._ask("cycle", sender, year=one)

    async def _ask(self, name: str, sender: Sender, **variables: Json) -> ScreenAnswer:
        services = self.screens.services
        document = self.screens.page.documents[f"core/calendar_{name}.graphql"]
        given = {key: value for key, value in variables.items() if value is not None}
        return await ask(services, await coerced(services, document, given, sender), sender)


def _year(request: Request) -> int | None:
    text = request.path_params.get("year")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ScreenError.absent()
    return int(text)
