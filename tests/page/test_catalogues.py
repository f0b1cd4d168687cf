"""Catalogues are read as they are, and one that is broken is refused in a sentence."""

from pathlib import Path

import pytest

from intersessional.infra.page.catalogues import CatalogueError, read_catalogues

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
ARABIC = (
    '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :'
    ' n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);\\n"\n'
)
FORMS = ("صفر", "واحد", "اثنان", "قليل", "كثير", "آخر")


def test_plural_forms_of_arabic_are_those_of_cldr(tmp_path: Path) -> None:
    lines = "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(FORMS))
    message = 'msgid "one comment"\nmsgid_plural "%(num)s comments"\n'
    (tmp_path / "ar.po").write_text(f"{HEADER}{ARABIC}\n{message}{lines}", encoding="utf-8")

    arabic = read_catalogues([tmp_path])["ar"]

    forms = [arabic.ungettext("one comment", "%(num)s comments", n) for n in (0, 1, 2, 5, 50, 100)]
    assert forms == list(FORMS)


def test_message_without_a_translation_is_in_english(tmp_path: Path) -> None:
    assert read_catalogues([tmp_path])["fr"].ugettext("Record") == "Record"


def test_first_plugin_that_translates_a_message_is_read(tmp_path: Path) -> None:
    for name, translation in (("one", "Registre"), ("two", "Archives")):
        folder = tmp_path / name
        folder.mkdir()
        text = f'{HEADER}"Plural-Forms: nplurals=3; plural=(n > 1);\\n"\n\n'
        text += f'msgid "Record"\nmsgstr "{translation}"\n'
        (folder / "fr.po").write_text(text, encoding="utf-8")

    catalogues = read_catalogues([tmp_path / "one", tmp_path / "two"])

    assert catalogues["fr"].ugettext("Record") == "Registre"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\nnonsense",
        f'{HEADER}"Plural-Forms: nplurals=1; plural=0;\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_broken_catalogue_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "fr.po").write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=r"fr\.po"):
        read_catalogues([tmp_path])
