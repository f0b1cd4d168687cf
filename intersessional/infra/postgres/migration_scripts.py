"""Migration scripts: numbered SQL files in a folder of the package."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

_RIGHTS = re.compile(r"^(?:GRANT|REVOKE)\b[^;]*;", re.MULTILINE)
_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class MigrationScript:
    """A numbered SQL script, which is applied in one transaction."""

    file_name: str
    sql: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of its text; line ends count as line feeds."""
        return sha256(self.sql.encode()).digest()

    @property
    def rights(self) -> str:
        """Its statements that give and take rights: they can be run again."""
        return "\n".join(_RIGHTS.findall(self.sql))


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationScripts:
    """The scripts of one part of the system, in order of their numbers.

    A script that has landed is never edited: a change is a further script.
    """

    name: str
    scripts: tuple[MigrationScript, ...]
    format: int = 1
    """The version of the stored rows, for changes that no script can make; another is refused."""

    @classmethod
    def read(cls, name: str, folder: Path, *, format: int = 1) -> Self:
        """The scripts in a folder: ``0001_tables.sql``, ``0002_…``; other files are left out.

        Raises ValueError when a number is missing, stands twice, or a name is of another form.
        """
        files = sorted(folder.glob("*.sql"))
        for number, file in enumerate(files, start=1):
            match = _FILE_NAME.fullmatch(file.name)
            if match is None or int(match[1]) != number:
                raise ValueError(f"{file} is not named {number:04}_<what it does>.sql")
        scripts = (MigrationScript(file.name, file.read_text(encoding="utf-8")) for file in files)
        return cls(name=name, scripts=tuple(scripts), format=format)
