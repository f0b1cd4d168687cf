"""What is installed can be seen."""

from tests.infra.cli.programme import run


async def test_the_core_and_every_plugin_are_listed_with_what_they_add() -> None:
    listed = await run("plugins")

    assert listed.code == 0
    core, window = listed.out.split("comment_window", 1)
    assert "core" in core
    assert "PostComment" in core
    assert "guards" in window
    assert "PostComment" in window
