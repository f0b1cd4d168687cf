"""The routes of the page."""

from functools import partial

from starlette.requests import Request
from starlette.routing import Route

from intersessional.infra.accept import Accept
from intersessional.infra.page.calendars import Calendars
from intersessional.infra.page.forms import FormSender
from intersessional.infra.page.page_route import PageRoute
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.page.sign_in import SignIn
from intersessional.infra.page.sign_out import SignOut


def page_routes(screens: ScreenRenderer) -> list[Route]:
    """A route for each screen and each form, those of signing in, calendars and assets."""
    page, forms = screens.page, FormSender(screens)
    calendars = Calendars(screens, page.calendars)
    routes = [
        *calendars.routes(),
        *(PageRoute(one.screen.path, partial(screens.respond, screen=one)) for one in page.screens),
        *(
            PageRoute(one.form.path, partial(forms.respond, form=one), method="POST")
            for one in page.forms
        ),
        *SignIn(screens).routes(),
        *SignOut(screens.services).routes(),
    ]
    return [*(route.route(screens) for route in routes), *page.assets.routes()]


def is_browser(request: Request) -> bool:
    """Whether a request is a browser's for a page: it names HTML, and prefers it to JSON."""
    accept = Accept.from_headers(request.headers)
    return (
        accept.names("text/html") and accept.best(("text/html", "application/json")) == "text/html"
    )
