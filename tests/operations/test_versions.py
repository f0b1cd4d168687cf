"""The store and a record on each version of PostgreSQL, as an ordinary role and over TLS."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import pytest_asyncio

from intersessional.domain.command_handling.event_store import EventStore
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from intersessional.infra.postgres.migrations import migrate
from tests.infra.cli.program import invoke
from tests.infra.event_store import test_closed_texts_contract, test_event_store_contract
from tests.infra.event_store.offices import NoAnswers
from tests.infra.event_store.postcards import Postcard
from tests.infra.event_store.store_location import StoreLocation
from tests.operations.certificates import CertificateAuthority
from tests.operations.installations import installations
from tests.operations.postgres_server import PostgresServer, PostgresServers, with_settings
from tests.recorded import record_all

VERSIONS = (14, 15, 16, 17, 18)

# The contract of the store once more, on the oldest version; all other tests run on the newest.
for contract in (test_event_store_contract, test_closed_texts_contract):
    globals().update(
        {name: test for name, test in vars(contract).items() if name.startswith("test_")}
    )


class ManagedServers:
    """Servers of each version whose administrator gives out a database and ordinary logins."""

    def __init__(self, servers: PostgresServers) -> None:
        self.servers = servers
        self.authority = CertificateAuthority(servers.folder, "authority")
        self._started: dict[int, PostgresServer] = {}

    def urls(self, version: int) -> dict[str, str]:
        """The settings that the administrator gives out, by the names of their variables."""
        return {
            "DATABASE_URL": self.url(version, "igf_node:secret"),
            "INTERSESSIONAL_OWNER_DATABASE_URL": self.url(version, "igf_owner:secret"),
        }

    def url(self, version: int, login: str) -> str:
        """The DSN for a login, with the certificate to trust. Skips a test without the version."""
        server = self._started.get(version) or self._start(version)
        url = server.url("igf", login)
        if not server.installation.speaks_tls:
            return url
        return with_settings(url, sslmode="verify-full", sslrootcert=str(self.authority.path))

    def execute(self, version: int, statement: str) -> None:
        """Run a statement as the administrator."""
        asyncio.run(self._started[version].execute(statement))

    @contextmanager
    def without_right_to_create(self, version: int) -> Generator[None]:
        """The owner has lost the right to create schemas, until the end of the block."""
        self.execute(version, "REVOKE CREATE ON DATABASE igf FROM igf_owner")
        try:
            yield
        finally:
            self.execute(version, MAY_CREATE)

    def _start(self, version: int) -> PostgresServer:
        installation = next((one for one in installations() if one.version == version), None)
        if installation is None:
            pytest.skip(f"PostgreSQL {version} is not installed here")
        server = self.servers.empty(f"version-{version}", installation)
        kind = "host"
        if installation.speaks_tls:
            certificate, key = self.authority.sign_server()
            server.settings = {
                "ssl": "on",
                "ssl_cert_file": str(certificate),
                "ssl_key_file": str(key),
            }
            kind = "hostssl"
        (server.data / "pg_hba.conf").write_text(
            "host all postgres 127.0.0.1/32 trust\n"
            f"{kind} igf igf_owner,igf_node 127.0.0.1/32 scram-sha-256\n"
        )
        server.start()
        self._started[version] = server
        self.execute(version, "CREATE DATABASE igf TEMPLATE template0")
        self.execute(version, LOGINS)
        return server


MAY_CREATE = "GRANT CREATE ON DATABASE igf TO igf_owner"

LOGINS = f"""
CREATE ROLE intersessional_app NOLOGIN;
CREATE ROLE igf_owner LOGIN PASSWORD 'secret';
CREATE ROLE igf_node LOGIN PASSWORD 'secret' IN ROLE intersessional_app;
{MAY_CREATE};
"""


@pytest.fixture(scope="module")
def managed(servers: PostgresServers) -> ManagedServers:
    """The servers of this file."""
    return ManagedServers(servers)


@pytest.fixture(scope="module")
def oldest(managed: ManagedServers) -> dict[str, str]:
    """The addresses of a database on the oldest version."""
    return managed.urls(VERSIONS[0])


@pytest_asyncio.fixture
async def location(oldest: dict[str, str]) -> StoreLocation:
    """An empty record of this test's own."""
    url, owner_url = oldest.values()
    schema = f"record_{uuid4().hex}"
    await migrate(owner_url, schema=schema, parts=(EVENT_STORE_SCRIPTS,))
    return StoreLocation(url=url, owner_url=owner_url, schema=schema)


@pytest.fixture
def event_store(sequencer: Sequencer, log: EventLog) -> EventStore:
    """A store on the oldest version."""
    codec = Codec([Postcard])
    return PostgresEventStore(log=log, sequencer=sequencer, codec=codec, answers=NoAnswers())


@pytest.mark.parametrize("version", VERSIONS)
def test_record_is_made_and_replayed_on_each_version(managed: ManagedServers, version: int) -> None:
    urls = managed.urls(version)

    migrated = invoke("migrate", **urls)
    # A start needs no right that the first one has used up.
    with managed.without_right_to_create(version):
        asyncio.run(record_all(urls["DATABASE_URL"]))
        replayed = invoke("replay", **urls)

    assert migrated.code == 0, migrated.err
    assert replayed.code == 0, replayed.out + replayed.err


def test_server_whose_certificate_nobody_trusts_is_refused_in_a_sentence(
    managed: ManagedServers,
) -> None:
    version = next((one.version for one in installations() if one.speaks_tls), None)
    if version is None:
        pytest.skip("no server here was built with OpenSSL")
    other = CertificateAuthority(managed.servers.folder, "other")
    url = managed.url(version, "igf_node:secret").replace(
        str(managed.authority.path), str(other.path)
    )

    refused = invoke("head", DATABASE_URL=url)

    assert refused.code == 1
    assert refused.err.startswith("The server of DATABASE_URL cannot be used:")
    assert "certificate" in refused.err
    assert "secret" not in refused.err
