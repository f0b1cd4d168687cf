"""The environment of the templates: where they are looked for, and what they may call."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from babel.support import Translations
from jinja2 import DictLoader, Environment, StrictUndefined

from intersessional.infra.page import filters
from intersessional.infra.page.rendering import CURRENT

_CORE = "core"


class PageEnvironment(Environment):
    """An environment in which a template is looked for in its own plugin, then in the core."""

    def __init__(
        self, texts: Mapping[str, str], functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        """``texts`` are the templates by their full name; they may call the ``functions``."""
        super().__init__(
            loader=DictLoader(texts),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.texts = texts
        self.newstyle_gettext = True
        given: dict[str, Any] = self.globals
        given.update(functions)
        own: dict[str, Callable[..., Any]] = {
            "day": filters.day,
            "day_number": filters.day_number,
            "days_before": filters.days_before,
            "moment": filters.moment,
            "number": filters.number,
            "period": filters.period,
            "zone_place": filters.zone_place,
        }
        self.filters.update(own)
        install: Any = self.install_gettext_callables  # type: ignore[attr-defined]  # pyright: ignore
        install(_gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext)

    def join_path(self, template: str, parent: str) -> str:
        """The full name of a template that another one names."""
        own = f"{parent.partition('/')[0]}/{template}"
        if own in self.texts:
            return own
        core = f"{_CORE}/{template}"
        return core if core in self.texts else template

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, or a field of an answer: a field may be called ``items``."""
        if isinstance(obj, dict) and attribute in obj:
            return cast("dict[str, Any]", obj)[attribute]
        return super().getattr(obj, attribute)


def _catalogue() -> Translations:
    return CURRENT.get().catalogue


def _gettext(message: str) -> str:
    return _catalogue().gettext(message)


def _ngettext(one: str, many: str, n: int) -> str:
    return _catalogue().ngettext(one, many, n)


def _pgettext(context: str, message: str) -> str:
    return str(_catalogue().pgettext(context, message))


def _npgettext(context: str, one: str, many: str, n: int) -> str:
    return str(_catalogue().npgettext(context, one, many, n))
