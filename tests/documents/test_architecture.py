"""ARCHITECTURE.md and the decisions are held to what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()


def test_every_file_and_folder_on_the_street_exists() -> None:
    named = {
        *re.findall(
            r"\b((?:domain|graphql|infra|plugins|projections)/[a-z_/]*(?:\.py)?)", ARCHITECTURE
        )
    }

    assert len(named) > 20
    assert sorted(one for one in named if not (ROOT / "intersessional" / one).exists()) == []


def test_every_part_of_infra_is_told_of() -> None:
    folders = [
        path.name
        for path in (ROOT / "intersessional" / "infra").iterdir()
        if (path / "__init__.py").exists()
    ]

    assert [name for name in folders if f"`infra/{name}/`" not in ARCHITECTURE] == []


def test_every_decision_stands_in_the_table_under_its_title() -> None:
    table = (ROOT / "docs" / "adr" / "README.md").read_text()

    for page in sorted((ROOT / "docs" / "adr").glob("0*.md")):
        number, title = page.read_text().split("\n", 1)[0].removeprefix("# ").split(" ", 1)
        assert f"| [{number}]({page.name}) | {title} |" in table


def test_every_link_between_the_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    dead = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / link).exists()
    ]

    assert dead == []
