"""The page of a node, composed of what plugins bring."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import print_ast
from starlette.routing import compile_path

from intersessional.infra.page.assets import Assets
from intersessional.infra.page.documents import PageDocument, compose_documents
from intersessional.infra.page.headers import page_headers
from intersessional.infra.page.languages import LANGUAGES
from intersessional.infra.page.part_files import PartFiles, part_files
from intersessional.infra.page.templates import Templates
from intersessional.plugins.page import Form, Screen
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
    live: tuple[PageDocument, ...]
    """Its subscriptions, and those of the slots in its places."""

    def has_address_like(self, address: str) -> bool:
        """Whether an address is its own, whatever the parameters are called."""
        return _PARAMETER.sub("{}", self.screen.path) == _PARAMETER.sub("{}", address)

    def parameters(self, path: str) -> dict[str, str]:
        """The parameters in a path. Raises ValueError for the path of another screen."""
        match = compile_path(self.screen.path)[0].match(path)
        if match is None:
            raise ValueError(path)
        return match.groupdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedForm:
    """A form with its mutation, and the screen that is shown when it is refused."""

    form: Form
    document: PageDocument
    input_type: str
    """The name of the type of ``$input``."""
    screen: ComposedScreen


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPage:
    """All screens, forms, documents, templates and assets of a node."""

    documents: Mapping[str, PageDocument]
    screens: tuple[ComposedScreen, ...]
    forms: tuple[ComposedForm, ...]
    templates: Templates
    assets: Assets
    headers: Sequence[tuple[bytes, bytes]]
    digest: str
    """Of everything that a page is made of beside its answer."""


def compose_page(plugins: Sequence[Plugin]) -> ComposedPage:
    """The page of these plugins. Raises CompositionError."""
    parts = part_files(plugins)
    assets = Assets(parts)
    documents = compose_documents(parts)
    style = "\n".join(
        assets.text(f"{one.plugin}/{file}") for one in parts for file in one.part.styles
    )
    scripts = [f"{one.plugin}/{file}" for one in parts for file in one.part.scripts]
    templates = Templates(
        parts,
        {
            "asset": assets.address,
            "languages": LANGUAGES.values,
            "scripts": lambda: [assets.address(name) for name in scripts],
            "style": lambda: style,
        },
    )
    screens = tuple(
        _screen(files, screen, parts, documents) for files in parts for screen in files.part.screens
    )
    return ComposedPage(
        documents=documents,
        screens=screens,
        forms=tuple(
            _form(files, form, screens, documents) for files in parts for form in files.part.forms
        ),
        templates=templates,
        assets=assets,
        headers=page_headers(style),
        digest=f"{templates.digest}-{assets.digest}",
    )


def _screen(
    files: PartFiles,
    screen: Screen,
    parts: Sequence[PartFiles],
    documents: Mapping[str, PageDocument],
) -> ComposedScreen:
    document = documents[f"{files.plugin}/{screen.document}"] if screen.document else None
    places = document.places if document else frozenset[str]()
    live = [f"{files.plugin}/{name}" for name in screen.live]
    for one in parts:
        for slot in one.part.slots:
            if slot.place in places:
                live += [f"{one.plugin}/{name}" for name in slot.live]
    return ComposedScreen(
        screen=screen,
        template=f"{files.plugin}/{screen.template}",
        document=document,
        live=tuple(documents[name] for name in dict.fromkeys(live)),
    )


def _form(
    files: PartFiles,
    form: Form,
    screens: Sequence[ComposedScreen],
    documents: Mapping[str, PageDocument],
) -> ComposedForm:
    document = documents[f"{files.plugin}/{form.document}"]
    [variable] = document.operation.variable_definitions or ()
    return ComposedForm(
        form=form,
        document=document,
        input_type=print_ast(variable.type).strip("!"),
        screen=next(one for one in screens if one.has_address_like(form.screen)),
    )


_PARAMETER = re.compile(r"\{[a-z_A-Z]+\}")
