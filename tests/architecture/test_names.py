"""Class names are unique in the package."""

from collections import defaultdict
from collections.abc import Mapping

from tests.architecture.source_files import source_files


def test_class_name_is_unique_in_the_package() -> None:
    places: Mapping[str, list[str]] = defaultdict(list)
    for file in source_files():
        for name in file.classes:
            places[name].append(file.module)

    assert {name for name, modules in places.items() if len(modules) > 1} == set()
