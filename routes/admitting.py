"""The one place where it is decided who may ask what. By default everybody reads, and nothing here changes anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a request is let in."""

    status: int = 200  # 401: not signed in; 403: not allowed
    detail: str = ""  # for those who are not let in: what it takes
    public: bool = True  # False: the answer is for whoever asked, and no shared cache may keep it


Allowed = Callable[[Request, str], Awaitable[Admission]]  # the request, and the act: "read"


async def everybody(request: Request, act: str) -> Admission:
    """Let everybody in who reads."""
    return Admission() if act == "read" else Admission(403, f"Nobody may {act} here.")
