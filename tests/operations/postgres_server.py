"""PostgreSQL servers as an administrator runs them, on a port and with settings."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from intersessional.infra.embedded_postgres.privileges import die_with_parent
from tests.operations.installations import SERVER_USER, Installation
from tests.ports import free_port

START_TIMEOUT_S = 60
MEMORY = Path("/dev/shm")

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "40",
    "shared_buffers": "16MB",
    # Only the machine's crash loses what is not flushed, and no test crashes the machine.
    "fsync": "off",
    "timezone": "UTC",
    "logging_collector": "off",
}


class PostgresServer:
    """A server in a directory of its own; ``settings`` are those of its next start."""

    def __init__(self, installation: Installation, directory: Path) -> None:
        self.installation = installation
        self.data = directory
        self.port = free_port()
        self.settings: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres", login: str = "postgres") -> str:
        """The DSN for a login, such as ``user:password``."""
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        settings = {"port": str(self.port), **SETTINGS, **self.settings}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.installation.path("postgres"), "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                user=SERVER_USER,
                extra_groups=None if SERVER_USER is None else [],
                preexec_fn=die_with_parent(signal.SIGQUIT),
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.01)

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.data.with_name(f"{self.data.name}.log")

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """End it: at once and cleanly, or by SIGKILL with all its processes."""
        process, self._process = self._process, None
        if process is None:
            return
        if by is signal.SIGKILL:
            # Sessions would go on for a moment without their parent.
            for child in _children(process.pid):
                _kill(child)
        process.send_signal(by)
        process.wait(60)

    def run(self, name: str, *arguments: str | Path) -> str:
        """Run a program of the installation on this server, as the superuser."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")
        return _run([self.installation.path(name), *where, *arguments])

    def write_settings(self, lines: str) -> None:
        """Add lines to ``postgresql.conf``; of two for one setting the last one holds."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(lines)

    def run_statements(self, script: str) -> None:
        """Run statements, each in a transaction of its own, as the superuser."""
        for statement in filter(str.strip, script.split(";")):
            self.run("psql", "-c", statement)

    def rewind(self, source: str) -> None:
        """Make it a standby of the server that took over, which ``source`` names."""
        program = self.installation.path("pg_rewind")
        source_server = f"--source-server={source}"
        _run([program, "-D", self.data, "--write-recovery-conf", "--no-sync", source_server])

    async def execute(self, statement: str) -> None:
        """Run a statement as the superuser."""
        connection = await asyncpg.connect(self.url())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def promote(self) -> None:
        """Make a standby the primary."""
        _run([self.installation.path("pg_ctl"), "promote", "-D", self.data])

    def wait_for(self, question: str) -> None:
        """Wait until a query answers yes."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while self.run("psql", "-Atqc", question).strip() != "t":
            assert time.monotonic() < deadline, question
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() in ("ready", "standby")


class PostgresServers:
    """The servers of a test, and their directories."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._servers: list[PostgresServer] = []

    def directory(self, name: str) -> Path:
        """A new directory that belongs to the servers' user."""
        made = self.folder / name
        made.mkdir(mode=0o700)
        if SERVER_USER is not None:
            shutil.chown(made, SERVER_USER)
        return made

    def empty(self, name: str, installation: Installation) -> PostgresServer:
        """A server on new data, which is not started. One initdb is made for each version."""
        template = self.folder / f"initdb-{installation.version}"
        if not template.exists():
            self.directory(template.name)
            _run(
                [
                    *(installation.path("initdb"), "-D", template, "-U", "postgres"),
                    *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
                ]
            )
        _run(["cp", "-a", template, self.folder / name])
        return self.on(name, installation)

    def on(self, name: str, installation: Installation) -> PostgresServer:
        """A server on data that is there, such as a base backup."""
        server = PostgresServer(installation, self.folder / name)
        self._servers.append(server)
        return server

    def stop(self) -> None:
        """Stop all that still run."""
        for server in self._servers:
            server.stop(signal.SIGQUIT)


@contextmanager
def postgres_servers() -> Generator[PostgresServers]:
    """Servers that end with the test."""
    parent = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        Path(folder).chmod(0o755)
        if SERVER_USER is not None:
            shutil.chown(folder, SERVER_USER)
        servers = PostgresServers(Path(folder))
        try:
            yield servers
        finally:
            servers.stop()


def with_settings(url: str, **settings: str) -> str:
    """A DSN with further parameters."""
    given = "&".join(f"{name}={value}" for name, value in settings.items())
    return f"{url}{'&' if '?' in url else '?'}{given}"


def _run(command: list[str | Path], env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        user=SERVER_USER,
        extra_groups=None if SERVER_USER is None else [],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **(env or {})},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
