"""A page that does not fit together is refused in a sentence."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from intersessional.infra.garbage_collection import no_collection
from intersessional.infra.http.composed_node import ComposedNode, compose_node
from intersessional.infra.page.compose import compose_page
from intersessional.infra.page.documents import prepared_documents
from intersessional.infra.settings import Mode
from intersessional.plugins.composition import Composition, CompositionError
from intersessional.plugins.core import CORE
from intersessional.plugins.page import Form, PagePart, Screen, Slot
from intersessional.plugins.plugin import Plugin
from tests.composed import composed_node, installed_node
from tests.graphql.server import CORE_ONLY

Make = Callable[..., Plugin]

QUERY = "query Songs { headPosition }"
MUTATION = (
    "mutation Sing($input: WithdrawCommentInput!) { withdrawComment(input: $input) { __typename } }"
)
SONGS = Screen(path="/songs", document="songs.graphql", template="songs.html")


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a plugin called songs with a page of these files."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    def make(files: Mapping[str, str] | None = None, **part: object) -> Plugin:
        package = f"songs_{tmp_path.name}"
        for name, text in {"__init__.py": "", **(files or {})}.items():
            path = tmp_path / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        sys.modules.pop(package, None)
        return Plugin(name="songs", page=PagePart(package=package, **part))  # type: ignore[arg-type]

    return make


def refusal(plugin: Plugin) -> str:
    """The sentence with which the core and a plugin are refused."""
    with pytest.raises(CompositionError) as refused:
        compose(plugin)
    return str(refused.value)


@no_collection()
def compose(plugin: Plugin) -> None:
    """Compose the core and a plugin that adds nothing to the API, as a server does at its start.

    Documents that are in the page of the core alone are not validated again.
    """
    core = composed_node(CORE_ONLY, Mode.PRODUCTION)
    documents = compose_page(Composition((CORE, plugin)).plugins).documents
    others = [one for name, one in documents.items() if core.page.documents.get(name) != one]
    prepared_documents(others, core.schema)


@pytest.mark.parametrize(
    "node",
    [lambda: composed_node(CORE_ONLY, Mode.PRODUCTION), installed_node],
    ids=("core", "installed"),
)
def test_own_documents_are_valid_which_no_start_validates(
    node: Callable[[], ComposedNode],
) -> None:
    documents = node().page.documents.values()

    assert all(one.is_own for one in documents)
    prepared_documents([replace(one, is_own=False) for one in documents], node().schema)


def test_own_document_is_validated_with_what_a_plugin_puts_in_its_place(make: Make) -> None:
    files = {"documents/song.graphql": "fragment song on Draft { song }"}
    slot = Slot(place="DraftHeader", document="song.graphql", template="song.html")

    assert "Cannot query field 'song'" in refusal(
        make({**files, "templates/song.html": ""}, slots=(slot,))
    )


def test_address_that_two_plugins_claim(make: Make) -> None:
    plugin = make(screens=(Screen(path="/drafts/{other}", template="songs.html"),))

    with pytest.raises(CompositionError) as refused:
        compose_node(Composition((CORE, plugin)), Mode.PRODUCTION)

    assert str(refused.value) == "core and songs both claim the address /drafts/{}."


def test_address_of_the_server(make: Make) -> None:
    plugin = make(screens=(Screen(path="/graphql/songs", template="songs.html"),))

    assert refusal(plugin) == "songs claims the address /graphql/songs, which no plugin can have."


def test_slot_for_a_place_that_is_not_there(make: Make) -> None:
    plugin = make(slots=(Slot(place="Attic", document="songs.graphql", template="songs.html"),))

    assert refusal(plugin) == "songs fills the place Attic, which is in no screen."


def test_form_of_a_screen_that_is_not_there(make: Make) -> None:
    form = Form(path="/sing", document="sing.graphql", screen="/songs", next="/")

    sentence = refusal(make(forms=(form,)))

    assert sentence == "songs sends the form /sing from /songs, which is no screen."


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"templates/songs.html": ""}, "songs names documents/songs.graphql, which is not in "),
        ({"documents/songs.graphql": QUERY}, "songs names templates/songs.html, which is not in "),
        (
            {"documents/songs.graphql": "query {", "templates/songs.html": ""},
            "songs/songs.graphql: Syntax Error: Expected Name, found <EOF>.",
        ),
        (
            {"documents/songs.graphql": "{ songs }", "templates/songs.html": ""},
            "songs/songs.graphql: Cannot query field 'songs' on type 'Query'.",
        ),
        (
            {
                "documents/songs.graphql": "{ groups(first: 100) { nodes { drafts(first: 100) "
                "{ nodes { comments(first: 100) { nodes { id } } } } } } }",
                "templates/songs.html": "",
            },
            "songs/songs.graphql: The query has a cost of ",
        ),
        (
            {"documents/songs.graphql": MUTATION, "templates/songs.html": ""},
            "songs/songs.graphql is no query.",
        ),
        (
            {"documents/songs.graphql": f"{QUERY} query B {{ headPosition }}"},
            "songs/songs.graphql has 2 operations; it can have one.",
        ),
        (
            {"documents/songs.graphql": QUERY, "templates/songs.html": "\n{% if %}"},
            "songs/songs.html, line 2: Expected an expression, got 'end of statement block'.",
        ),
        (
            {"documents/songs.graphql": QUERY, "templates/songs.html": "{% extends 'no.html' %}"},
            "songs/songs.html names the template no.html, which is not there.",
        ),
        (
            {"documents/songs.graphql": QUERY, "templates/songs.html": "{{ asset('songs/a.js') }}"},
            "There is no asset songs/a.js.",
        ),
        (
            {"documents/songs.graphql": QUERY, "templates/songs.html": "{{ place('Attic', 1) }}"},
            "songs/songs.html has the place Attic, which no plugin declares.",
        ),
        ({"assets/song.exe": ""}, "songs/song.exe: assets end with .css, "),
        (
            {
                "documents/others.graphql": "{ head: headPosition ...Song }"
                " fragment Song on Query { headPosition }",
                "documents/songs.graphql": "{ headPosition ...Song }",
                "templates/songs.html": "",
            },
            "songs/songs.graphql: Unknown fragment 'Song'.",
        ),
    ],
)
def test_screen_whose_files_are_wrong(make: Make, files: dict[str, str], sentence: str) -> None:
    assert refusal(make(files, screens=(SONGS,))).startswith(sentence)


def test_script_that_is_missing(make: Make) -> None:
    assert refusal(make(scripts=("song.js",))) == "There is no asset songs/song.js."


def test_catalogue_that_does_not_parse(make: Make) -> None:
    sentence = refusal(make({"messages/fr.po": 'msgid "Songs"\nmsgtr "Chansons"'}))

    assert "fr.po cannot be read" in sentence


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (QUERY, "songs/sing.graphql is no mutation."),
        (
            'mutation { withdrawComment(input: {commandId: "a", comment: "b"}) { __typename } }',
            "songs/sing.graphql has not the one variable $input of a form.",
        ),
    ],
)
def test_form_whose_document_is_no_mutation_of_an_input(
    make: Make, document: str, sentence: str
) -> None:
    files = {
        "documents/songs.graphql": QUERY,
        "documents/sing.graphql": document,
        "templates/songs.html": "",
    }
    form = Form(path="/songs", document="sing.graphql", screen="/songs", next="/songs")

    assert refusal(make(files, screens=(SONGS,), forms=(form,))) == sentence


@pytest.mark.parametrize(
    "document",
    [
        "fragment Song on Comment { id }",
        QUERY,
        "fragment A on Draft { id } fragment B on Draft { id }",
    ],
)
def test_slot_that_is_not_one_fragment_on_the_type_of_its_place(make: Make, document: str) -> None:
    files = {"documents/song.graphql": document, "templates/song.html": ""}
    slot = Slot(place="DraftHeader", document="song.graphql", template="song.html")

    assert refusal(make(files, slots=(slot,))) == (
        "songs/song.graphql is not one fragment on Draft, as the place DraftHeader needs it."
    )


def test_fragment_that_two_plugins_define(make: Make) -> None:
    plugin = make({"documents/fields.graphql": "fragment CommentFields on Comment { id }"})

    assert refusal(plugin) == "songs/fields.graphql defines the fragment CommentFields again."


def test_operation_may_be_called_like_one_of_another_plugin(make: Make) -> None:
    name = next(
        one.operation.name.value
        for one in installed_node().page.documents.values()
        if one.operation.name is not None
    )
    files = {"documents/songs.graphql": f"query {name} {{ headPosition }}"}

    compose(make({**files, "templates/songs.html": ""}, screens=(SONGS,)))


def test_templates_of_this_package_name_what_is_there() -> None:
    templates = installed_node().page.templates

    templates.check({plugin.name for plugin in installed_node().composition.plugins})

    assert len(templates.texts) > 50


def test_own_template_comes_before_that_of_the_core(make: Make) -> None:
    files = {
        "documents/songs.graphql": QUERY,
        "templates/songs.html": "{% include 'error.html' %}",
        "templates/error.html": "of songs",
    }

    page = compose_page((CORE, make(files, screens=(SONGS,))))

    assert "songs/songs.html" in page.templates
