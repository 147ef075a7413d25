"""The interface put together: its routes and middleware, for the dashboard's server or one of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from analysis import warming
from analysis.archive import ArchiveError
from analysis.queries import on_hand
from analysis.settings import Settings
from routes import paths  # noqa: F401  # {id:anything}
from routes.admitting import Allowed, everybody
from routes.answering import written
from routes.asking import site_of
from routes.catalogue import CATALOGUE
from routes.describing import openapi
from routes.headers import SecurityHeaders
from routes.problems import Problem
from routes.rates import Rates
from routes.serving import Endpoint, Server, bare, check_method, check_size, crossing
from routes.watching import MEDIA, ROUTE, Watch, Watching
from routes.working import Work

_NEVER_KEPT = {"Cache-Control": "no-store"}
Answered = Callable[[Request], Awaitable[Response]]


class Interface:
    """All of it, as the settings have it at this moment.

    allowed: decides who is let in. prefix: what stands before every path, such as "/record". scripts: those
    that stand in pages themselves.
    """

    def __init__(
        self,
        allowed: Allowed = everybody,
        prefix: str = "",
        scripts: Sequence[str] = (),
        settings: Settings | None = None,
    ) -> None:
        given = settings or Settings.from_environment()
        self.watch, self._scripts = Watch(), tuple(scripts)
        self.server = Server(
            Work(given.api_seconds),
            Rates(given.api_rate),
            allowed,
            given.api_origins,
            "" if given.site == "as-asked" else given.site,
            prefix.rstrip("/"),
        )

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        before = self.server.prefix
        made = [Route(before + each.path, Endpoint(each, self.server), name=each.name) for each in CATALOGUE]
        plain: tuple[tuple[str, Answered], ...] = (
            ("/openapi.json", self._described),
            ("/health", self._alive),
            ("/health/ready", self._ready),
            ("/metrics", self._figures),
            ("/api", self._unknown),
            ("/api/{rest:anything}", self._unknown),
        )
        return [*made, *(Route(before + path, Plain(path, answered, self.server)) for path, answered in plain)]

    def middleware(self) -> list[Middleware]:
        """What every answer of the server goes through, the pages' too; outermost first."""
        return [Middleware(Watching, watch=self.watch), Middleware(SecurityHeaders, scripts=self._scripts)]

    def alone(self) -> Starlette:
        """A server of its own, without pages."""
        return Starlette(routes=self.routes(), middleware=self.middleware())

    async def _described(self, request: Request) -> Response:
        here, server = request.url, self.server
        site = site_of(here.scheme, request.headers.get("host", ""), server.prefix, server.site)
        return Response(written(openapi(site)), 200, {"Cache-Control": "no-cache"}, media_type="application/json")

    async def _alive(self, _: Request) -> Response:
        """Whether the process answers; looks at nothing that could make it wait."""
        return Response(written(_state()), 200, _NEVER_KEPT, media_type="application/json")

    async def _ready(self, _: Request) -> Response:
        """Whether readers get answers: the archive can be read, its newest release is open, the encoder settled."""
        state = _state()
        try:
            newest = await self.server.work.done(_newest)
        except (Problem, ArchiveError):
            newest = None
        is_ready = newest is not None and state["release"] is not None and state["encoder"] != "loading"
        status = 200 if is_ready else 503
        content = {**state, "ready": is_ready, "newest": newest}
        return Response(written(content), status, _NEVER_KEPT, media_type="application/json")

    async def _figures(self, request: Request) -> Response:
        admission = await self.server.allowed(request, "read")
        if admission.status != 200:
            raise Problem(admission.status, admission.detail)
        return Response(await self.server.work.done(self.watch.text), 200, _NEVER_KEPT, media_type=MEDIA)

    async def _unknown(self, request: Request) -> Response:
        there = ", ".join(each.name for each in CATALOGUE)
        raise Problem(404, f"“{request.url.path[:100]}” is not here. There are: {there}; /openapi.json tells of them.")


class Plain:
    """A route that takes no parameters."""

    def __init__(self, name: str, answered: Answered, server: Server) -> None:
        self._name, self._answered, self._server = name.replace("{rest:anything}", "…"), answered, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever comes."""
        request = Request(scope, receive)
        scope[ROUTE] = self._name
        try:
            check_method(request)
            check_size(request)
            response = Response(status_code=204) if request.method == "OPTIONS" else await self._answered(request)
        except Problem as problem:
            response = problem.response()
        for name, value in crossing(self._server.origins, request.headers.get("origin")).items():
            response.headers[name] = value
        await (bare(response) if request.method == "HEAD" else response)(scope, receive, send)


def _state() -> dict[str, object]:
    newest = on_hand.newest_open(on_hand.folder())
    encoder = "ready" if warming.encoder() is not None else "failed" if warming.problem() else "loading"
    return {"status": "alive", "release": newest.release.number if newest else None, "encoder": encoder}


def _newest() -> int | None:
    return next(reversed(on_hand.numbers(on_hand.folder())), None)
