"""Migration scripts of the tables of authentication."""

from pathlib import Path

from intersessional.infra.postgres.migration_scripts import MigrationScripts

AUTH_SCRIPTS = MigrationScripts.read("identity", Path(__file__).parent)
