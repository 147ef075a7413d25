"""Plotly's program for the browser, as its Python package carries it, at an address that changes with its version."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from pages.parts.plot import PROGRAM

_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def route(prefix: str) -> Route:
    """The route. prefix: what stands before every path, such as "/record"."""
    found = find_spec("plotly")
    assert found is not None
    assert found.origin is not None
    program = Path(found.origin).parent / "package_data/plotly.min.js"

    async def answer(_: Request) -> FileResponse:
        return FileResponse(program, media_type="text/javascript", headers=_KEPT)

    return Route(prefix + PROGRAM, answer, name="plotly")
