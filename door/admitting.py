"""Who may read by program: the same rules as on the pages, for the routes."""

from __future__ import annotations

from starlette.requests import Request

from access import desk
from access.roles import Act
from door.signed_in import Refused, allow
from routes.admitting import Admission


async def admitted(request: Request, act: str) -> Admission:
    """Whether the rules, as they are at this moment, let the sender of a request read."""
    if act != Act.READ.word:
        return Admission(403, f"Nothing but reading is answered here, and this is {act}.")
    try:
        await allow(request, Act.READ)
    except Refused as refused:
        return Admission(refused.status, refused.detail)
    return Admission(public=not desk.rules().closed)
