"""The tables of the views, brought into the database beside the record's."""

from pathlib import Path

from intersessional.infra.postgres.migrations import MigrationScripts

READ_MODEL_SCRIPTS = MigrationScripts(
    name="views", scripts=(Path(__file__).with_name("schema.sql").read_text(),)
)
