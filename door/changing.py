"""Changes over HTTP: documents added and taken out by programs and scripts, as editors and admins do on the pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from access.people import Person
from access.roles import Act, Role
from analysis.changing.files_given import MOST_FILES, MOST_IN_ALL, Given, Sorted, sort_out
from analysis.changing.orders import HowFar, Order
from analysis.changing.starting import BusyError, orders_of, start, why_not
from analysis.settings import Settings
from door.signed_in import Refused, allow

_AROUND = 200_000  # bytes that a form needs beside its files
_FIELD = "files"
_FLAG = {"true": True, "false": False}
Answer = Callable[[Request], Awaitable[Response]]


def change_routes(prefix: str = "") -> list[Route]:
    """The routes, to stand before those that only read. prefix: what stands before every path, such as "/record"."""

    def route(path: str, answer: Answer, method: str) -> Route:
        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Refused as refused:
                return _problem(refused.status, refused.detail)
            except HTTPException as error:
                return _problem(error.status_code, error.detail)

        return Route(prefix + path, answered, methods=[method])

    async def add(request: Request) -> Response:
        return await _add(request, prefix)

    async def remove(request: Request) -> Response:
        return await _remove(request, prefix)

    return [
        route("/api/documents", add, "POST"),
        route("/api/documents/{document_id}", remove, "DELETE"),
        route("/api/changes/{order_id}", _how_far, "GET"),
    ]


async def _add(request: Request, prefix: str) -> Response:
    """Add the files of a form, or with ``dry_run=true`` say what they hold."""
    person = await allow(request, Act.ADD)
    dry_run = request.query_params.get("dry_run", "false")
    if dry_run not in _FLAG:
        raise Refused(400, f"“dry_run” is “{dry_run[:100]}”; give true or false.")
    found = sort_out(await _files(request))
    refused = [{"file": name, "detail": f"{name} {why}"} for name, why in found.refused]
    if not found.taken:
        said = " ".join(one["detail"] for one in refused[:10]) or f"Send files in the form's field “{_FIELD}”."
        raise Refused(422, said)
    order = Order("look" if _FLAG[dry_run] else "add", person.who, person.role.word)
    return await run_in_threadpool(_begun, order, found, prefix, refused)


async def _remove(request: Request, prefix: str) -> Response:
    """Take a document out."""
    person = await allow(request, Act.REMOVE)
    document = request.path_params["document_id"]
    order = Order("remove", person.who, person.role.word, documents=(document,))
    return await run_in_threadpool(_begun, order, None, prefix, [])


async def _how_far(request: Request) -> Response:
    """How far a change is; for whoever asked for it, and for admins."""
    person = await allow(request, Act.ADD)
    found = await run_in_threadpool(_found, request.path_params["order_id"], person)
    if found is None:
        raise Refused(404, "There is no such change, or somebody else asked for it.")
    return _json(_told(found), 200)


def _found(order_id: str, person: Person) -> HowFar | None:
    orders = orders_of(Settings.from_environment())
    try:
        order, how_far = orders.order(order_id), orders.how_far(order_id)
    except KeyError:
        return None
    return how_far if order.who == person.who or person.role is Role.ADMIN else None


def _begun(order: Order, found: Sorted | None, prefix: str, refused: list[dict[str, str]]) -> Response:
    settings = Settings.from_environment()
    if (stop := why_not(settings)) is not None:
        raise Refused(503, str(stop))
    orders = orders_of(settings)
    try:
        order_id = orders.make(order, found.taken if found else None)
        start(orders, order_id)
    except BusyError as busy:
        raise Refused(503, str(busy)) from busy
    except OSError as error:
        raise Refused(503, "The server could not begin with it.") from error
    where = f"{prefix}/api/changes/{order_id}"
    answer = _json({"change": order_id, "url": where, "refused": refused, **_told(orders.how_far(order_id))}, 202)
    answer.headers["Location"] = where
    return answer


async def _files(request: Request) -> list[Given]:
    """The files of the request's form. Raises Refused where it is none, or larger than may be."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refused(415, f"Send a form (multipart/form-data) with files in its field “{_FIELD}”.")
    most, arrived = MOST_IN_ALL + _AROUND, 0
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise Refused(413, f"At most {MOST_IN_ALL // 1_000_000} MB are added at a time.")

    async def counted() -> Message:
        nonlocal arrived
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise Refused(413, f"At most {MOST_IN_ALL // 1_000_000} MB are added at a time.")
        return message

    async with Request(request.scope, counted).form(max_files=2 * MOST_FILES, max_fields=10) as form:
        given = [each for each in form.getlist(_FIELD) if isinstance(each, UploadFile)]
        return [Given(each.filename or "", await each.read()) for each in given]


def _told(how_far: HowFar) -> dict[str, Any]:
    return {
        "state": how_far.state.value,
        "step": how_far.step,
        "done": how_far.done,
        "total": how_far.total,
        "problem": how_far.problem or None,
        "result": dict(how_far.result) or None,
    }


def _json(content: Mapping[str, Any], status: int) -> Response:
    body = json.dumps(content, ensure_ascii=True).encode()
    return Response(body, status, {"Cache-Control": "no-store"}, media_type="application/json")


def _problem(status: int, detail: str) -> Response:
    """The form of RFC 9457, as other routes have it."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    headers = {"Cache-Control": "no-store"} | ({"WWW-Authenticate": "Bearer"} if status == 401 else {})
    body = json.dumps(content, ensure_ascii=True).encode()
    return Response(body, status, headers, media_type="application/problem+json")
