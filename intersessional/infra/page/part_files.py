"""The files that plugins bring to the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from intersessional.plugins.composition import CompositionError
from intersessional.plugins.page import PagePart
from intersessional.plugins.plugin import Plugin

_PACKAGE = __name__.partition(".")[0]


@dataclass(frozen=True, slots=True)
class PartFiles:
    """The files of one plugin's part. A file's full name begins with that of the plugin."""

    plugin: str
    part: PagePart

    @property
    def is_own(self) -> bool:
        """Whether it is of this package, whose tests have checked it."""
        return self.part.package.partition(".")[0] == _PACKAGE

    def names(self, folder: str, suffix: str = "") -> list[str]:
        """The names of the files in a folder, with their path in it, in order."""
        return sorted(name for name in _walk(self._root / folder) if name.endswith(suffix))

    def text(self, folder: str, name: str) -> str:
        """The text of a file. Raises CompositionError."""
        try:
            return self.content(folder, name).decode()
        except UnicodeDecodeError as error:
            raise CompositionError(f"{self.plugin}: {folder}/{name} is not UTF-8.") from error

    def content(self, folder: str, name: str) -> bytes:
        """The bytes of a file. Raises CompositionError."""
        try:
            return (self._root / folder).joinpath(*name.split("/")).read_bytes()
        except OSError as error:
            raise CompositionError(
                f"{self.plugin} names {folder}/{name}, which is not in {self.part.package}."
            ) from error

    def folder(self, name: str) -> Traversable:
        """A folder of the part, whether it exists or not."""
        return self._root / name

    @property
    def _root(self) -> Traversable:
        return files(self.part.package)


def part_files(plugins: Sequence[Plugin]) -> list[PartFiles]:
    """The files of all plugins that bring a part, in the order of the plugins."""
    return [PartFiles(one.name, one.page) for one in plugins if one.page is not None]


def _walk(folder: Traversable, path: str = "") -> Iterator[str]:
    if not folder.is_dir():
        return
    for one in folder.iterdir():
        if one.is_dir():
            yield from _walk(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}"
