"""Counting what is asked, for Prometheus: requests by route and status, how long they took, and memory."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis import warming
from analysis.queries import on_hand

MEDIA = CONTENT_TYPE_PLAIN_0_0_4
ROUTE = "on_record.route"  # in a request's scope: the name of the route that took it
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Watch:
    """The figures of this process; others of the same server keep their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "on_record_requests", "HTTP requests answered.", ("route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "on_record_request_seconds", "How long they took.", ("route",), registry=registry, buckets=_SECONDS
        )
        self._release = Gauge("on_record_release", "The newest release that is open; 0: none.", registry=registry)
        self._statements = Gauge("on_record_statements", "Its statements.", registry=registry)
        self._encoder = Gauge("on_record_encoder_ready", "1 when search goes by meaning.", registry=registry)

    def note(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        newest = on_hand.newest_open(on_hand.folder())
        self._release.set(newest.release.number if newest else 0)
        self._statements.set(newest.release.manifest.counts["statements"] if newest else 0)
        self._encoder.set(warming.encoder() is not None)
        return bytes(generate_latest(self._registry))


class Watching:
    """ASGI middleware that notes every answer, the pages' too."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app, self._watch = app, watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, and note how it was answered; 500 where it was not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._watch.note(str(scope.get(ROUTE, "pages")), status, time.perf_counter() - began)
