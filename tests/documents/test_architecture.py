"""ARCHITECTURE.md names every folder, and the links of all documents lead somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()


def test_file_and_folder_that_the_page_names_exists() -> None:
    named = {
        *re.findall(
            r"\b((?:domain|graphql|infra|plugins|projections)/[a-z_/]*(?:\.py)?)", ARCHITECTURE
        )
    }

    assert len(named) > 20
    assert sorted(one for one in named if not (ROOT / "intersessional" / one).exists()) == []


def test_folder_of_infra_stands_in_the_table() -> None:
    folders = [
        path.name
        for path in (ROOT / "intersessional" / "infra").iterdir()
        if (path / "__init__.py").exists()
    ]

    assert [name for name in folders if f"`infra/{name}/`" not in ARCHITECTURE] == []


def test_link_between_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    dead = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / link).exists()
    ]

    assert dead == []
