"""The sections of an outline, and how they differ from the suggested structure (DOMAIN row 28)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from intersessional.domain.draft.block import OutputElement
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.outline.commands import OutlineEntry

SECTIONS_MAX = 50
"""Sections that an outline can have."""

SUGGESTED = tuple(one for one in OutputElement if one is not OutputElement.CARRY_FORWARD)
"""The eight elements that are suggested for an output, in their order (DOMAIN row 31)."""


@dataclass(frozen=True)
class OutlineSection:
    """A section of an outline: its id stays when it is renamed or moved."""

    id: str
    title: Permanent
    element: OutputElement | None


def numbered(
    entries: Sequence[OutlineEntry], *, last: Collection[str], made: int
) -> tuple[OutlineSection, ...]:
    """The sections with their ids: those of the last version, and new ones counted on.

    Raises BadValue; NotFound for an id that the last version lacks.
    """
    if not 1 <= len(entries) <= SECTIONS_MAX:
        raise BadValue(field="sections", problem=f"an outline has 1 to {SECTIONS_MAX} of them.")
    sections: list[OutlineSection] = []
    for n, entry in enumerate(entries):
        if entry.id is None:
            made += 1
        elif entry.id not in last:
            raise NotFound(kind="section", id=entry.id)
        title = validated_name(f"sections.{n}.title", entry.title)
        sections.append(OutlineSection(entry.id or f"s{made}", title, entry.element))
    _check_unique([one.id for one in sections], "a section id is given twice.")
    check_elements(sections)
    return tuple(sections)


def check_elements(sections: Sequence[OutlineSection]) -> None:
    """Check that each element has one section at most. Raises BadValue."""
    elements = [one.element for one in sections if one.element is not None]
    _check_unique(elements, "an element is given twice.")


def missing_elements(sections: Sequence[OutlineSection]) -> tuple[OutputElement, ...]:
    """The suggested elements of which there is no section."""
    given = {one.element for one in sections}
    return tuple(one for one in SUGGESTED if one not in given)


def is_in_order(sections: Sequence[OutlineSection]) -> bool:
    """Whether the suggested elements that it has stand in their order; others stand anywhere."""
    given = _suggested(sections)
    return given == sorted(given, key=SUGGESTED.index)


def deviating_facts(
    sections: Sequence[OutlineSection],
) -> Mapping[str, Sequence[OutputElement]]:
    """How sections differ from the suggested structure; nothing where they do not.

    Sections beside the elements are free (DOMAIN row 31).
    """
    facts: dict[str, Sequence[OutputElement]] = {}
    if missing := missing_elements(sections):
        facts["missing"] = missing
    if not is_in_order(sections):
        facts["order"] = tuple(_suggested(sections))
    return facts


def _suggested(sections: Sequence[OutlineSection]) -> list[OutputElement]:
    return [one.element for one in sections if one.element in SUGGESTED]


def _check_unique(values: Sequence[object], problem: str) -> None:
    if len({*values}) < len(values):
        raise BadValue(field="sections", problem=problem)
