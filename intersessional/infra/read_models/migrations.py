"""Migration scripts of the tables of the read models."""

from pathlib import Path

from intersessional.infra.postgres.migrations import MigrationScripts

READ_MODEL_SCRIPTS = MigrationScripts(
    name="views", scripts=(Path(__file__).with_name("schema.sql").read_text(),)
)
