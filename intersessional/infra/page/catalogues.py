"""The catalogues of translations, read from the .po files of all plugins."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from intersessional.infra.page.languages import LANGUAGES, SOURCE
from intersessional.plugins.composition import CompositionError


class CatalogueError(CompositionError):
    """A catalogue cannot be read; the message says which and why."""


def read_catalogues(folders: Iterable[Traversable]) -> Mapping[str, Translations]:
    """The translations of each language, from ``<tag>.po`` in the folders. Raises CatalogueError.

    A message that an earlier folder translates is not replaced by a later one.
    """
    folders = tuple(folders)
    return {tag: _translations(tag, folders) for tag in LANGUAGES}


def _translations(tag: str, folders: Iterable[Traversable]) -> Translations:
    catalog = Catalog(locale=tag)
    if tag != SOURCE.tag:
        for folder in folders:
            _merge(catalog, folder.joinpath(f"{tag}.po"), tag)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def _merge(catalog: Catalog, file: Traversable, tag: str) -> None:
    if not file.is_file():
        return
    try:
        with file.open("rb") as lines:
            read = read_po(lines, locale=tag, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}.") from error
    if read.num_plurals != catalog.num_plurals:
        forms = catalog.num_plurals
        raise CatalogueError(f"{file} has not the {forms} plural forms of its language.")
    # Compiling sorts them by comparing, which costs a third of it all unless they are in order.
    for message in sorted(read, key=_text):
        if message.id and message.string and catalog.get(message.id, message.context) is None:
            catalog.add(message.id, message.string, context=message.context)


def _text(message: Message) -> str:
    """What is translated: the singular where there are several forms."""
    return message.id if isinstance(message.id, str) else message.id[0]
