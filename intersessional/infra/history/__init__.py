"""The data files of the 2018 cycle and what led to it, and the illustration."""

from pathlib import Path

from intersessional.infra.history.illustration import illustrate

HISTORY = tuple(
    Path(__file__).with_name(name)
    for name in (
        "sources.yaml",
        "themes.yaml",
        "people.yaml",
        "april-2018.yaml",
        "forums-2017.yaml",
        "after-april-2018.yaml",
        "calls-2018.yaml",
        "work-of-2018.yaml",
        "evidence.yaml",
        "other-years.yaml",
        "years-2014-and-2015.yaml",
        "corrections.yaml",
    )
)
"""The data files of the core, in the order in which they are recorded."""

__all__ = ["HISTORY", "illustrate"]
