"""What a browser has kept of a page goes on being a page when the server says that it is still good."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from routes.headers import DATA, SecurityHeaders, policy

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accepts", "wanted"),
    [
        ("/page", "*/*", policy(["run()"])),
        ("/data", BROWSER, DATA),
        ("/unchanged", BROWSER, policy(["run()"])),
        ("/unchanged", "application/json", DATA),
        ("/unchanged", "*/*", DATA),
    ],
)
def test_pages_have_the_policy_of_pages_and_data_that_of_data(path, accepts, wanted):
    routes = [
        Route("/page", lambda _: HTMLResponse("<h1>")),
        Route("/data", lambda _: JSONResponse({})),
        Route("/unchanged", lambda _: Response(status_code=304)),
    ]
    client = TestClient(SecurityHeaders(Starlette(routes=routes), ["run()"]))
    assert client.get(path, headers={"accept": accepts}).headers["content-security-policy"] == wanted
