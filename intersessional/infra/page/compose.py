"""The page of a node, composed of what plugins bring."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import OperationType, print_ast
from starlette.routing import compile_path

from intersessional.infra.page.assets import Assets
from intersessional.infra.page.documents import PageDocument, compose_documents
from intersessional.infra.page.headers import page_headers
from intersessional.infra.page.languages import LANGUAGES
from intersessional.infra.page.part_files import PartFiles, part_files
from intersessional.infra.page.script_tags import ScriptTags
from intersessional.infra.page.templates import Templates
from intersessional.infra.page.variables import has_past
from intersessional.plugins.calendar import CalendarEntry, Json
from intersessional.plugins.composition import CompositionError
from intersessional.plugins.page import Form, PagePart, Screen
from intersessional.plugins.page_conflicts import address_form
from intersessional.plugins.plugin import Plugin

VIEWER = "core/viewer.graphql"
"""The query that tells who looks at a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedScreen:
    """A screen with its documents."""

    screen: Screen
    template: str
    """Its full name."""
    document: PageDocument | None
    personal: PageDocument | None
    """What is asked beside it for who has signed in."""
    live: tuple[PageDocument, ...]
    """Its subscriptions, and those of the slots in its places."""

    @property
    def has_past(self) -> bool:
        """Whether it shows past states: its query has a variable of the type ``AsOfInput``."""
        return self.document is not None and has_past(self.document.operation)

    def has_address_like(self, address: str) -> bool:
        """Whether an address is its own, whatever the parameters are called."""
        return address_form(self.screen.path) == address_form(address)

    def parameters(self, path: str) -> dict[str, str]:
        """The parameters in a path. Raises ValueError for the path of another screen."""
        match = compile_path(self.screen.path)[0].match(path)
        if match is None:
            raise ValueError(path)
        return match.groupdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedForm:
    """A form with its mutation, and the screen that is shown with what comes of it."""

    form: Form
    document: PageDocument
    screen: ComposedScreen
    preview: PageDocument | None
    """The query that previews its command, where it has one."""

    @property
    def first_document(self) -> PageDocument:
        """What its fields are sent with first: its preview, where it has one."""
        return self.preview or self.document


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPage:
    """All screens, forms, documents, templates and assets of a node."""

    documents: Mapping[str, PageDocument]
    screens: tuple[ComposedScreen, ...]
    forms: tuple[ComposedForm, ...]
    templates: Templates
    assets: Assets
    calendars: tuple[Callable[[Json], Iterable[CalendarEntry]], ...]
    """What the plugins put in the calendar of a cycle."""
    headers: Sequence[tuple[bytes, bytes]]
    digest: str
    """Of everything that a page is made of beside its answer."""


def compose_page(plugins: Sequence[Plugin]) -> ComposedPage:
    """The page of these plugins. Raises CompositionError."""
    parts = part_files(plugins)
    assets = Assets(parts)
    style = "\n".join(assets.text(name) for name in _names(parts, lambda part: part.styles))
    tags = ScriptTags(assets)
    scripts = tags.of(*_names(parts, lambda part: part.scripts))
    templates = Templates(
        parts,
        {
            "asset": assets.address,
            "languages": LANGUAGES.values,
            "script": tags.of,
            "scripts": lambda: scripts,
            "style": lambda: style,
        },
    )
    # The tests of this package have checked its own, and a start would take 0.4 s longer.
    templates.check([files.plugin for files in parts if not files.is_own])
    composition = _PageComposition(parts, compose_documents(parts), templates)
    screens = tuple(composition.screens())
    return ComposedPage(
        documents=composition.documents,
        screens=screens,
        forms=tuple(composition.forms(screens)),
        templates=templates,
        assets=assets,
        calendars=tuple(one.part.calendar for one in parts if one.part.calendar is not None),
        headers=page_headers(style),
        digest=f"{templates.digest}-{assets.digest}",
    )


def _names(
    parts: Sequence[PartFiles], of_part: Callable[[PagePart], Iterable[str]]
) -> Iterator[str]:
    for files in parts:
        for file in of_part(files.part):
            yield f"{files.plugin}/{file}"


@dataclass(frozen=True, slots=True)
class _PageComposition:
    parts: Sequence[PartFiles]
    documents: Mapping[str, PageDocument]
    templates: Templates

    def screens(self) -> Iterator[ComposedScreen]:
        """The screens of all parts, with the subscriptions of the slots in their places."""
        for files in self.parts:
            for screen in files.part.screens:
                document, personal = (
                    self._document(files, name, OperationType.QUERY) if name else None
                    for name in (screen.document, screen.personal)
                )
                live = [
                    self._document(files, name, OperationType.SUBSCRIPTION) for name in screen.live
                ]
                if document is not None:
                    live += self._live_in(document.places)
                yield ComposedScreen(
                    screen=screen,
                    template=self._template(files, screen.template),
                    document=document,
                    personal=personal,
                    live=tuple({one.name: one for one in live}.values()),
                )

    def forms(self, screens: Sequence[ComposedScreen]) -> Iterator[ComposedForm]:
        """The forms of all parts."""
        for files in self.parts:
            for form in files.part.forms:
                document = self._document(files, form.document, OperationType.MUTATION)
                input_type(document)
                preview = None
                if form.preview is not None:
                    preview = self._document(files, form.preview, OperationType.QUERY)
                    input_type(preview)
                yield ComposedForm(
                    form=form,
                    document=document,
                    screen=next(one for one in screens if one.has_address_like(form.screen)),
                    preview=preview,
                )

    def _live_in(self, places: Collection[str]) -> Iterator[PageDocument]:
        for files in self.parts:
            for slot in files.part.slots:
                self._template(files, slot.template)
                if slot.place in places:
                    for name in slot.live:
                        yield self._document(files, name, OperationType.SUBSCRIPTION)

    def _document(self, files: PartFiles, file: str, kind: OperationType) -> PageDocument:
        name = f"{files.plugin}/{file}"
        document = self.documents.get(name)
        if document is None:
            # Raises a sentence where there is no such file.
            files.text("documents", file)
            raise CompositionError(f"{name} has no operation.")
        if document.operation.operation is not kind:
            raise CompositionError(f"{name} is no {kind.value}.")
        return document

    def _template(self, files: PartFiles, file: str) -> str:
        name = f"{files.plugin}/{file}"
        if name not in self.templates:
            files.text("templates", file)
        return name


def input_type(document: PageDocument) -> str:
    """The name of the type of the variable ``$input`` of a form. Raises CompositionError."""
    match document.operation.variable_definitions:
        case [variable] if variable.variable.name.value == "input":
            return print_ast(variable.type).strip("!")
        case _:
            raise CompositionError(f"{document.name} has not the one variable $input of a form.")
