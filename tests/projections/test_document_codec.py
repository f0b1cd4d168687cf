"""Documents are encoded as bytes and decoded to equal documents."""

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given, settings

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.fold import fold
from tests.projections.random_events import every_step, random_histories
from tests.projections.test_core_views import recorded


@settings(max_examples=10, deadline=None)
@given(history=random_histories(every_step))
def test_every_document_of_the_core_comes_back(history: list[DomainEvent]) -> None:
    for view in CORE.views:
        document_codec = DocumentCodec(view.document)
        found = fold(view, recorded(history), AsOf(len(history)))

        assert found
        for one in found.values():
            assert document_codec.decode(document_codec.encode(one.document)) == one.document


def test_a_document_of_another_shape_is_refused() -> None:
    written = DocumentCodec(Old).encode(Old("three"))

    with pytest.raises(msgspec.ValidationError):
        DocumentCodec(New).decode(written)


def test_a_type_whose_values_could_not_be_read_back_is_no_document() -> None:
    with pytest.raises(TypeError):
        DocumentCodec(Unclear)


@dataclass(frozen=True)
class Old:
    amount: str


@dataclass(frozen=True)
class New:
    amount: int


@dataclass(frozen=True)
class Unclear:
    amount: Old | New
