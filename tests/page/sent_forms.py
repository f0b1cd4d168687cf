"""A browser that fills in the forms of a screen: what a form holds is sent, and what is typed."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.graphql.server import Server
from tests.page.reading import text
from tests.page.visitor import Visitor, visiting

Fields = dict[str, str]

_EMPTY = ("checkbox", "file")
"""The inputs that hold nothing until somebody fills them in."""


class _Forms(HTMLParser):
    """The forms of a page by their addresses, with the fields that they hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self._fields: Fields | None = None
        self._text: str | None = None
        self._choice: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.forms.setdefault(given.get("action", ""), {})
        if self._fields is None:
            return
        name = given.get("name", "")
        if tag == "input" and (given.get("type") not in _EMPTY or "checked" in given):
            self._fields[name] = given.get("value", "")
        elif tag == "textarea":
            self._text, self._fields[name] = name, ""
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice is not None:
            first = self._fields.setdefault(self._choice, given.get("value", ""))
            self._fields[self._choice] = given.get("value", "") if "selected" in given else first

    def handle_data(self, data: str) -> None:
        if self._fields is not None and self._text is not None:
            self._fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "textarea" and self._fields is not None and self._text is not None:
            self._fields[self._text] = self._fields[self._text].removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._choice = None


def forms_in(html: str) -> Mapping[str, Fields]:
    """The forms of a page by their addresses, with the fields that they hold."""
    return _Forms(html).forms


def named_value(html: str, name: str) -> str:
    """The value of the first field or button with a name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, text(html)
    return found[1]


class Person:
    """Somebody who has signed in, and sends forms from the screens that have them."""

    def __init__(self, visitor: Visitor, id: str) -> None:
        self.visitor = visitor
        self.id = id

    async def forms(self, screen: str) -> Mapping[str, Fields]:
        """The forms that a screen shows them, by their addresses."""
        page = await self.visitor.get(screen)
        assert page.status_code == 200, (screen, page.text[-800:])
        return forms_in(page.text)

    async def send(self, screen: str, action: str, **typed: Any) -> httpx.Response:
        """Fill in a form of a screen and send it; a name with a dot has two underscores."""
        shown = await self.forms(screen)
        assert action in shown, (action, [*shown])
        names = {name.replace("__", "."): text for name, text in typed.items()}
        assert {*names} <= {*shown[action]} | _boxes(action, names), (names, shown[action])
        return await self.visitor.post(action, {**shown[action], **names})

    async def record(self, screen: str, action: str, **typed: Any) -> str:
        """Send a form that is recorded; answers the screen that follows, and its address."""
        answer = await self.send(screen, action, **typed)
        assert answer.status_code == 303, (action, answer.text[-3_000:])
        following = answer.headers["location"]
        page = await self.visitor.get(following.partition("#")[0])
        assert page.status_code == 200
        return page.text


def _boxes(action: str, names: Mapping[str, Any]) -> set[str]:
    """Boxes that are ticked: a form that is not sent yet holds nothing for them."""
    return {name for name, text in names.items() if text == "true"}


async def signed_in(server: Server, visitor: Visitor, role: str, name: str) -> Person:
    """Somebody who has signed in with a role, in development."""
    answer = await visitor.post("/sign-in", {"role": role, "name": name})
    assert answer.status_code == 303, answer.text
    await server.caught_up()
    [id] = re.findall(r'data-viewer="([^"]+)"', (await visitor.get("/keys")).text)
    return Person(visitor, id)


__all__ = ["Person", "forms_in", "named_value", "signed_in", "visiting"]
