"""What the inputs of an operation cost: each value is coerced, and converted for each use."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from graphql import (
    ListValueNode,
    ObjectFieldNode,
    VariableNode,
    Visitor,
    VisitorAction,
    visit,
)
from graphql.language import DocumentNode

_VALUES_A_POINT = 2


class InputUses:
    """How often each variable is used in a document, and how many values stand in it."""

    def __init__(self, document: DocumentNode) -> None:
        self._uses: Counter[str] = Counter()
        self._literals = 0
        visit(document, _Uses(self))

    def points(self, values: Mapping[str, Any]) -> int:
        """The points of coercing these values of variables, and of converting all inputs."""
        count = self._literals
        for name, value in values.items():
            if isinstance(value, dict | list):
                count += (1 + self._uses[name]) * _size(cast("object", value))
        return count // _VALUES_A_POINT

    def use(self, name: str) -> None:
        """Count a use of a variable."""
        self._uses[name] += 1

    def stand(self, values: int) -> None:
        """Count values that stand in the document."""
        self._literals += values


class _Uses(Visitor):
    def __init__(self, uses: InputUses) -> None:
        super().__init__()
        self._input_uses = uses

    def enter_variable_definition(self, *_: Any) -> VisitorAction:
        return self.SKIP

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self._input_uses.use(node.name.value)

    def enter_object_field(self, _: ObjectFieldNode, *__: Any) -> None:
        self._input_uses.stand(1)

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        self._input_uses.stand(len(node.values))


def _size(value: object) -> int:
    """How many values a value holds."""
    count, left = 0, [value]
    while left:
        one = left.pop()
        inner: list[object] = []
        if isinstance(one, list):
            inner = cast("list[object]", one)
        elif isinstance(one, dict):
            inner = [*cast("dict[str, object]", one).values()]
        count += len(inner)
        left += [each for each in inner if isinstance(each, dict | list)]
    return count
