"""The tables of identity, brought into the database beside the record's."""

from pathlib import Path

from intersessional.infra.postgres.migrations import MigrationScripts

AUTH_SCRIPTS = MigrationScripts(
    name="identity", scripts=(Path(__file__).with_name("schema.sql").read_text(),)
)
