"""The messages of the page's templates, and the catalogues that translate them.

`python -m tests.page.messages` brings every catalogue up to date: a new message is without a
translation, one that no template has any more is gone.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from intersessional.domain.rule.soft_rule import SoftRule
from intersessional.infra.page.languages import LANGUAGES, SOURCE
from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.page import PagePart

TAGS = tuple(tag for tag in LANGUAGES if tag != SOURCE.tag)
_OPTIONS = {"trimmed": "false", "silent": "false", "newstyle_gettext": "true"}
_HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {tag}\\n"
"Plural-Forms: {forms}\\n"

"""


def parts() -> dict[str, PagePart]:
    """What each installed plugin brings to the page."""
    return {one.name: one.page for one in installed_plugins().plugins if one.page is not None}


def rules(plugin: str) -> Sequence[SoftRule]:
    """The soft rules of a plugin."""
    [found] = [one for one in installed_plugins().plugins if one.name == plugin]
    return found.rules


def folder(part: PagePart) -> Path:
    """The folder of the catalogues of a part."""
    return Path(str(files(part.package))) / "messages"


@cache
def extracted(plugin: str) -> Catalog:
    """The messages of a plugin's templates, and the sentences of its soft rules."""
    catalog = Catalog()
    templates = Path(str(files(parts()[plugin].package))) / "templates"
    found = extract_from_dir(
        templates, [("**.html", "jinja2")], {"**.html": _OPTIONS}, comment_tags=("Translators:",)
    )
    for _, _, message, comments, context in found:
        catalog.add(message, auto_comments=comments, context=context)
    for rule in rules(plugin):
        catalog.add(rule.sentence)
    return catalog


def catalogue(plugin: str, tag: str) -> Catalog:
    """The catalogue of a plugin in a language; an empty one where there is none."""
    file = folder(parts()[plugin]) / f"{tag}.po"
    if not file.exists():
        return Catalog(locale=tag)
    with file.open("rb") as lines:
        return read_po(lines, locale=tag)


def updated(plugin: str, tag: str) -> str:
    """The catalogue of a plugin in a language, with the messages of its templates alone."""
    catalog = catalogue(plugin, tag)
    written = Catalog(locale=tag)
    for message in extracted(plugin):
        if message.id:
            known = catalog.get(message.id, message.context)
            translation = known.string if known else None
            written.add(message.id, translation, context=message.context)
    lines = BytesIO()
    write_po(lines, written, width=100, omit_header=True)
    return _HEADER.format(tag=tag, forms=written.plural_forms) + lines.getvalue().decode()


def untranslated(plugin: str, tag: str) -> Iterator[object]:
    """The messages of a plugin that its catalogue does not translate."""
    catalog = catalogue(plugin, tag)
    for message in extracted(plugin):
        found = catalog.get(message.id, message.context) if message.id else message
        if message.id and (found is None or not all(forms_of(found.string))):
            yield message.id


def forms_of(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a message or a translation; one where it has no plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def main() -> None:
    """Write all catalogues, and say how much is missing."""
    for plugin, part in parts().items():
        folder(part).mkdir(exist_ok=True)
        for tag in TAGS:
            text = updated(plugin, tag)
            (folder(part) / f"{tag}.po").write_text(text, encoding="utf-8")
            missing = sum(1 for _ in untranslated(plugin, tag))
            sys.stderr.write(f"{plugin} {tag}: {missing} without a translation\n")


if __name__ == "__main__":
    main()
