"""The page of the core."""

from intersessional.plugins.page import PagePart, Screen

CORE_PAGE = PagePart(
    package="intersessional.plugins.core.page",
    screens=(
        Screen(path="/", document="home.graphql", template="home.html"),
        Screen(
            path="/drafts/{id}",
            document="draft.graphql",
            template="draft.html",
            live=("comment_events.graphql", "draft_events.graphql"),
        ),
        Screen(
            path="/drafts/{id}/{block}",
            document="paragraph.graphql",
            template="paragraph.html",
            live=("comment_events.graphql",),
        ),
        Screen(
            path="/comments/{id}",
            document="comment.graphql",
            template="comment.html",
            live=("comment_events.graphql",),
        ),
        Screen(path="/conduct", template="conduct.html"),
        Screen(path="/keys", template="keys.html"),
        Screen(path="/sign-out", template="sign_out.html"),
        Screen(path="/languages", template="languages.html"),
    ),
    places={
        "CommentFooter": "Comment",
        "DraftHeader": "Draft",
        "GroupRow": "Group",
        "HomeWindows": "Cycle",
    },
    scripts=("page.js",),
    styles=("page.css", "print.css"),
)
