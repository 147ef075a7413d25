"""One route as the server calls it: a request checked, let in, answered beside the event loop, and never a surprise."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from analysis.archive import ArchiveError
from routes.admitting import Admission, Allowed
from routes.answering import answer, caching, is_known
from routes.asking import LONGEST_QUERY_STRING, Asked, open_asked, read_values, site_of
from routes.declaring import Declared
from routes.problems import Problem
from routes.rates import Rates
from routes.watching import ROUTE
from routes.working import Work

_log = logging.getLogger(__name__)
_METHODS = "GET, HEAD, OPTIONS"
_LARGEST_BODY = 8_192  # bytes; nothing here reads one


@dataclass(frozen=True)
class Server:
    """What all routes share."""

    work: Work
    rates: Rates
    allowed: Allowed
    origins: tuple[str, ...]  # sites whose scripts may read; "*": all
    site: str  # "": as the request has it
    prefix: str  # before every path: "/record"


class Endpoint:
    """Answers one route's requests; an ASGI app, so that every method comes here."""

    def __init__(self, declared: Declared, server: Server) -> None:
        self._declared, self._server = declared, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever comes."""
        request = Request(scope, receive)
        scope[ROUTE] = self._declared.name
        try:
            response = await self._response(request)
        except Problem as problem:
            response = problem.response()
        except Exception:  # the visitor is told nothing of it, the log everything
            _log.exception("%s could not be answered", self._declared.name)
            response = Problem(500, "Something went wrong here; it is in the server's log.").response()
        for name, value in crossing(self._server.origins, request.headers.get("origin")).items():
            response.headers[name] = value
        if "etag" in response.headers or "cache-control" in response.headers:
            response.headers.add_vary_header("Accept-Encoding")
        await (bare(response) if request.method == "HEAD" else response)(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        check_method(request)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS})
        client = request.client.host if request.client else None
        if wait := self._server.rates.wait(client, self._declared.cost):
            after = {"Retry-After": str(math.ceil(wait))}
            raise Problem(429, f"Too many requests from this address; wait {math.ceil(wait)} seconds.", None, after)
        check_size(request)
        check_accept(request, self._declared.media)
        admission = await self._server.allowed(request, "read")
        if admission.status != 200:
            headers = {"WWW-Authenticate": "Bearer"} if admission.status == 401 else None
            raise Problem(admission.status, admission.detail, None, headers)
        values = read_values(self._declared, request.scope.get("query_string", b""))
        here = request.url
        site = site_of(here.scheme, request.headers.get("host", ""), self._server.prefix, self._server.site)
        identifier = request.path_params.get("id")
        known = request.headers.get("if-none-match")
        return await self._server.work.done(partial(self._made, values, identifier, site, known, admission))

    def _made(
        self, values: dict[str, list[str]], identifier: str | None, site: str, known: str | None, admission: Admission
    ) -> Response:
        """The answer; runs in a thread."""
        try:
            opened, there = open_asked(values)
            asked = Asked(self._declared, values, identifier, opened, there, site)
            kept = caching(asked, public=admission.public)
            if "ETag" in kept and is_known(kept["ETag"], known):
                return Response(status_code=304, headers=kept)
            _ = asked.selection
            made = self._declared.answer(asked)
            response = made if isinstance(made, Response) else answer(asked, made)
            response.headers.update(kept)
            return response
        except ArchiveError as error:
            _log.warning("%s: %s", self._declared.name, error)
            raise Problem(503, "The archive cannot be read at this moment.", None, {"Retry-After": "30"}) from error
        except MemoryError as error:
            _log.exception("%s: there was no memory", self._declared.name)
            told = "This takes more memory than the server has left; narrow the filters or the dates."
            raise Problem(503, told, None, {"Retry-After": "30"}) from error


def check_method(request: Request) -> None:
    """Raise Problem for any method but those that read."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        told = f"{request.method[:20]} is not answered here; nothing can be changed this way. Use GET."
        raise Problem(405, told, None, {"Allow": _METHODS})


def check_size(request: Request) -> None:
    """Raise Problem for an address or a body that is longer than any that is needed."""
    query = request.scope.get("query_string", b"")
    if len(query) > LONGEST_QUERY_STRING:
        raise Problem(414, f"The query string has {len(query):,} bytes; at most {LONGEST_QUERY_STRING:,} are read.")
    length = request.headers.get("content-length", "0")
    chunked = "transfer-encoding" in request.headers
    if chunked or not length.isdecimal() or int(length[:12]) > _LARGEST_BODY:
        raise Problem(413, f"Send no body, or one of at most {_LARGEST_BODY:,} bytes: nothing here reads it.")


def check_accept(request: Request, media: str) -> None:
    """Raise Problem where a request takes none of what is answered."""
    accept, kind = request.headers.get("accept", ""), media.partition(";")[0]
    wanted = [each.strip().lower().replace(" ", "") for each in accept.split(",") if each.strip()]
    fitting = {"*/*", f"{kind.partition('/')[0]}/*", kind}
    refused = {name for name in wanted if name.endswith((";q=0", ";q=0.0", ";q=0.00", ";q=0.000"))}
    if wanted and not any(name.partition(";")[0] in fitting for name in wanted if name not in refused):
        raise Problem(406, f"This is {kind}, and the request takes only {accept[:100]}.", "Accept")


def crossing(origins: tuple[str, ...], origin: str | None) -> dict[str, str]:
    """The headers that let another site's scripts read an answer; none where they may not. Cookies never go along."""
    if "*" in origins:
        allowed = {"Access-Control-Allow-Origin": "*"}
    elif origin is not None and origin in origins:
        allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    else:
        return {}
    further = {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": "Authorization, If-None-Match",
        "Access-Control-Expose-Headers": "ETag, Retry-After, X-On-Record-Notes",
        "Access-Control-Max-Age": "86400",
    }
    return {**allowed, **further, "Cross-Origin-Resource-Policy": "cross-origin"}


def bare(response: Response) -> Response:
    """An answer's head, for HEAD."""
    only = Response(status_code=response.status_code)
    has_length = bool(getattr(response, "body", None))  # a file's is not known before it is made
    only.raw_headers = [pair for pair in response.raw_headers if has_length or pair[0] != b"content-length"]
    return only
