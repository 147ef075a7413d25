"""What went wrong, in the form of RFC 9457: what was found, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

MEDIA = "application/problem+json"


class Problem(Exception):  # noqa: N818  # the answer to a request, not a fault of the program
    """An answer that is no success.

    detail: what was found and what to do. where: the parameter, header or part of the path that it is about.
    headers: go with the answer.
    """

    def __init__(
        self, status: int, detail: str, where: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.where = status, detail, where
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer itself; never kept by caches."""
        content = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status}
        content["detail"] = self.detail
        if self.where is not None:
            content["parameter"] = self.where
        body = json.dumps(content, ensure_ascii=True).encode()
        return Response(body, self.status, {"Cache-Control": "no-store", **self.headers}, media_type=MEDIA)
