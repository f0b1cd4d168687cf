"""Imports history from YAML files, through the ordinary commands."""

from intersessional.infra.importer.checked_import import CheckedImporter
from intersessional.infra.importer.errors import HistoryImportError
from intersessional.infra.importer.history import History, read_history
from intersessional.infra.importer.importer import ImportSummary, import_history

__all__ = [
    "CheckedImporter",
    "History",
    "HistoryImportError",
    "ImportSummary",
    "import_history",
    "read_history",
]
