"""Migration scripts of the tables of authentication."""

from pathlib import Path

from intersessional.infra.postgres.migrations import MigrationScripts

AUTH_SCRIPTS = MigrationScripts(
    name="identity", scripts=(Path(__file__).with_name("schema.sql").read_text(),)
)
