"""The templates of the page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from intersessional.infra.page.catalogues import read_catalogues
from intersessional.infra.page.environment import PageEnvironment
from intersessional.infra.page.languages import Language
from intersessional.infra.page.links import LINK_FUNCTIONS
from intersessional.infra.page.part_files import PartFiles
from intersessional.infra.page.rendering import CURRENT, Rendering
from intersessional.infra.page.template_check import check_templates


class Templates:
    """The templates of all parts; each is compiled when it is first shown."""

    def __init__(
        self, parts: Sequence[PartFiles], functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        """``functions`` may be called in templates. Raises CompositionError."""
        texts = {
            f"{files.plugin}/{file}": files.text("templates", file)
            for files in parts
            for file in files.names("templates", ".html")
        }
        self._slots: dict[str, list[str]] = {}
        for files in parts:
            for slot in files.part.slots:
                self._slots.setdefault(slot.place, []).append(f"{files.plugin}/{slot.template}")
        messages = [
            files.text("messages", file)
            for files in parts
            for file in files.names("messages", ".po")
        ]
        content = repr((sorted(texts.items()), messages))
        self.digest = sha256(content.encode()).hexdigest()[:16]
        self._catalogues = read_catalogues(files.folder("messages") for files in parts)
        self._environment = PageEnvironment(
            texts, {**functions, **LINK_FUNCTIONS, "place": self._place}
        )
        self._places = {place for files in parts for place in files.part.places}
        self._asset = functions["asset"]

    def __contains__(self, name: str) -> bool:
        """Whether there is a template of this name: ``core/draft.html``."""
        return name in self._environment.texts

    def check(self, plugins: Collection[str]) -> None:
        """Parse the templates of these plugins, and look up what they name.

        Raises CompositionError.
        """
        names = [name for name in self.texts if name.partition("/")[0] in plugins]
        check_templates(names, self._environment, self._places, self._asset)

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of all templates, by their full names."""
        return self._environment.texts

    def render(self, name: str, language: Language, context: Mapping[str, Any]) -> str:
        """A page. Raises UndefinedError where it uses what is not there."""
        context = {**context, "language": language.tag, "dir": language.direction}
        catalogue = self._catalogues[language.tag]
        token = CURRENT.set(Rendering(language=language, catalogue=catalogue, context=context))
        try:
            return self._environment.get_template(name).render(context)
        finally:
            CURRENT.reset(token)

    def _place(self, name: str, node: object) -> Markup:
        """The slots of a place, one after the other."""
        context = CURRENT.get().context
        shown = (
            self._environment.get_template(slot).render(context, node=node)
            for slot in self._slots.get(name, ())
        )
        return Markup("").join(Markup(one) for one in shown)
