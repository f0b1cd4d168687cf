"""Migration scripts of the tables of the read models."""

from pathlib import Path

from intersessional.infra.postgres.migration_scripts import MigrationScripts

READ_MODEL_SCRIPTS = MigrationScripts.read("views", Path(__file__).parent, format=2)
