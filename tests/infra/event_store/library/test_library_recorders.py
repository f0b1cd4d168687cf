"""The library's own test cases for recorders pass on our record."""

import asyncio
from collections.abc import Generator

import pytest
from eventsourcing.persistence import AggregateRecorder
from eventsourcing.tests import persistence as published

from tests.infra.event_store.library.library_recorders import (
    OurAggregateRecorder,
    OurRecorder,
    our_recorder,
)
from tests.infra.event_store.store_location import StoreLocation


class OnOurRecord:
    """Gives each of the library's tests a record of its own, and looks at its proof afterwards."""

    recorder: OurRecorder

    @pytest.fixture(autouse=True)
    def _record(self, location: StoreLocation) -> Generator[None]:
        with our_recorder(location) as recorder:
            self.recorder = recorder
            yield
        asyncio.run(must_be_whole(location))


async def must_be_whole(location: StoreLocation) -> None:
    assert (await location.verified_head()).position > 0


class TestAggregateRecorder(OnOurRecord, published.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return OurAggregateRecorder(self.recorder.node)


class TestApplicationRecorder(OnOurRecord, published.ApplicationRecorderTestCase[OurRecorder]):
    def create_recorder(self) -> OurRecorder:
        return self.recorder

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnOurRecord, published.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> OurRecorder:
        return self.recorder
