"""Every sentence of the page can be translated, and is."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment

from intersessional.infra.page.part_files import part_files
from intersessional.plugins.composition import installed_plugins
from tests.page.messages import (
    TAGS,
    catalogue,
    extracted,
    folder,
    forms_of,
    parts,
    untranslated,
    updated,
)

TEMPLATES = {
    f"{one.plugin}/{name}": one.text("templates", name)
    for one in part_files(installed_plugins().plugins)
    for name in one.names("templates", ".html")
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_words_outside_of_its_messages(name: str) -> None:
    assert list(_words(TEMPLATES[name])) == []


def test_messages_are_found_in_templates() -> None:
    assert len(extracted("core")) > 100


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("plugin", parts())
def test_translation_has_the_placeholders_of_its_message(plugin: str, tag: str) -> None:
    for message in catalogue(plugin, tag):
        wanted = _placeholders(forms_of(message.id)[-1])
        forms = [form for form in forms_of(message.string) if message.id and form]
        assert all(_placeholders(form) <= wanted for form in forms), message.id
        assert not forms or _placeholders(forms[-1]) == wanted, message.id


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("plugin", parts())
def test_catalogue_translates_every_message_of_the_templates(plugin: str, tag: str) -> None:
    assert list(untranslated(plugin, tag)) == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("plugin", parts())
def test_catalogue_is_as_it_is_brought_up_to_date(plugin: str, tag: str) -> None:
    """`python -m tests.page.messages` does so."""
    file = folder(parts()[plugin]) / f"{tag}.po"

    assert file.read_text(encoding="utf-8") == updated(plugin, tag)


def _placeholders(text: str) -> set[str]:
    """What a text leaves open, for templates and for scripts; a form for one may name no number."""
    return set(re.findall(r"%\(\w+\)s|\{\w+\}", text))


def _words(template: str) -> Iterator[str]:
    """The words of a template that no translation replaces, in its text and its attributes."""
    html = re.sub(r"<(script|style|code|kbd)\b.*?</\1>", "", _data(template), flags=re.DOTALL)
    for attribute in re.findall(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"', html):
        yield from re.findall(r"[^\W\d_]{2,}", attribute)
    without_tags = re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", html)
    text = re.sub(r"&\w+;", " ", without_tags)
    yield from re.findall(r"[^\W\d_]{2,}", text)


def _data(template: str) -> str:
    """What a template has outside of tags and expressions, which become a space."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    found: list[str] = []
    translated, block = False, False
    for _, kind, value in environment.lex(template):
        if kind == "block_begin":
            block = True
        elif kind == "name" and block:
            translated = value == "trans" or (translated and value != "endtrans")
            block = False
        elif kind == "data" and not translated:
            found.append(value)
        elif kind in ("variable_end", "block_end"):
            found.append(" ")
    return "".join(found)
