"""``intersessional plugins`` lists the installed plugins."""

from tests.infra.cli.program import invoke


def test_core_and_plugins_are_listed_with_their_parts() -> None:
    listed = invoke("plugins")

    assert listed.code == 0
    core, window = listed.out.split("comment_window", 1)
    assert "core" in core
    assert "PostComment" in core
    assert "guards" in window
    assert "PostComment" in window
