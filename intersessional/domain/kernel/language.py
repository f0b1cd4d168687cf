"""Language tags, as BCP 47 has them."""

import re

from intersessional.domain.kernel.refusals import BadValue

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE,
)
_TAG_MAX = 35
"""Characters of a tag: what RFC 5646, 4.4.1 asks every reader to hold."""


def validated_language(field: str, value: str) -> str:
    """A tag such as ``en``, ``zh-Hant`` or ``pt-BR``, in the upper and lower case of RFC 5646.

    It is checked for its form: language, script, region and variants. Raises BadValue.
    """
    tag = _TAG.fullmatch(value)
    if tag is None or len(value) > _TAG_MAX:
        problem = "give a language tag of BCP 47, such as en, zh-Hant or pt-BR."
        raise BadValue(field=field, problem=problem)
    parts = [tag["language"].lower()]
    if tag["script"]:
        parts.append(tag["script"].title())
    if tag["region"]:
        parts.append(tag["region"].upper())
    return "-".join(parts) + tag["variants"].lower()


def validated_optional_language(field: str, value: str | None) -> str | None:
    """A language tag, or None. Raises BadValue as ``validated_language`` does."""
    return None if value is None else validated_language(field, value)
