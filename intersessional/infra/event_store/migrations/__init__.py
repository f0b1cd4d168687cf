"""Migration scripts of the tables of the event store."""

from pathlib import Path

from intersessional.infra.postgres.migration_scripts import MigrationScripts

EVENT_STORE_SCRIPTS = MigrationScripts.read("record", Path(__file__).parent, format=3)
