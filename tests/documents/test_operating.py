"""The page for operators names every problem of the health and every metric."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text()
INFRA = ROOT / "intersessional" / "infra"
PROBLEMS = {
    code
    for file in (INFRA / "health").glob("*.py")
    for code in re.findall(r'HealthProblem\(\s*"([A-Z_]+)"', file.read_text())
}
METRICS = set(
    re.findall(
        r'(?:_(?:gauge|counter|histogram)\(|PREFIX \+)\s*"([a-z_]+)"',
        (INFRA / "metrics" / "node_collector.py").read_text(),
    )
)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_problem_of_the_health_stands_on_the_page(code: str) -> None:
    assert f"| `{code}` |" in PAGE


@pytest.mark.parametrize("name", sorted(METRICS - {"node"}))
def test_metric_stands_on_the_page(name: str) -> None:
    assert name in named_on_the_page()


def test_page_names_no_metric_that_there_is_not() -> None:
    assert named_on_the_page() <= METRICS


def named_on_the_page() -> set[str]:
    """The metrics of the page's table, without what the library adds to their names."""
    rows = re.findall(r"^\| (`[a-z_]+(?:\{[a-z,]+\})?`.*?) \|", PAGE, re.MULTILINE)
    names = re.findall(r"`([a-z_]+)(?:\{[a-z,]+\})?`", " ".join(rows))
    return {name.removesuffix("_total") for name in names}


def test_problems_and_metrics_were_found() -> None:
    assert len(PROBLEMS) > 8
    assert len(METRICS) > 15
