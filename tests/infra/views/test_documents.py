"""Documents are stored as bytes that are read back as they were."""

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given, settings

from intersessional.domain.subject import Happening
from intersessional.infra.views.documents import Shape
from intersessional.projections.core import CORE_VIEWS
from intersessional.projections.fold import fold
from intersessional.projections.moment import Moment
from tests.projections.core_events import core_histories, every_step
from tests.projections.test_core_views import recorded


@settings(max_examples=10, deadline=None)
@given(history=core_histories(every_step))
def test_every_document_of_the_core_comes_back(history: list[Happening]) -> None:
    for view in CORE_VIEWS:
        shape = Shape(view.document)
        found = fold(view, recorded(history), Moment(len(history)))

        assert found
        for one in found.values():
            assert shape.decode(shape.encode(one.document)) == one.document


def test_a_document_of_another_shape_is_refused() -> None:
    written = Shape(Old).encode(Old("three"))

    with pytest.raises(msgspec.ValidationError):
        Shape(New).decode(written)


def test_a_type_whose_values_could_not_be_read_back_is_no_document() -> None:
    with pytest.raises(TypeError):
        Shape(Unclear)


@dataclass(frozen=True)
class Old:
    amount: str


@dataclass(frozen=True)
class New:
    amount: int


@dataclass(frozen=True)
class Unclear:
    amount: Old | New
