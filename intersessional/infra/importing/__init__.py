"""History told in data files, recorded through the ordinary commands."""

from intersessional.infra.importing.history import History, read_history
from intersessional.infra.importing.importer import Imported, import_history
from intersessional.infra.importing.refused import ImportRefused

__all__ = ["History", "ImportRefused", "Imported", "import_history", "read_history"]
