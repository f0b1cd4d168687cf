"""The objects of a class that exist in this process."""

import gc
from typing import TypeVar

T = TypeVar("T")


def objects_of(*classes: type[T]) -> list[T]:
    """All objects of these classes that the garbage collector knows.

    A weak proxy claims the class of its object, and raises ReferenceError when that is gone: only
    what an object itself is counts.
    """
    return [one for one in gc.get_objects() if issubclass(type(one), classes)]
