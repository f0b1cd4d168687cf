"""The page of the core."""

from intersessional.plugins.page import PagePart, Screen

CORE_PAGE = PagePart(
    package="intersessional.plugins.core.page",
    screens=(
        Screen(path="/", document="home.graphql", template="home.html"),
        Screen(path="/drafts/{id}", document="draft.graphql", template="draft.html"),
    ),
    places={"DraftHeader": "Draft", "GroupRow": "Group", "HomeWindows": "Cycle"},
    scripts=("page.js",),
    styles=("page.css", "print.css"),
)
