"""Work done beside the event loop, with a deadline: who waits too long is told so, and a queue stays short."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from routes.problems import Problem

Made = TypeVar("Made")
_THREADS = 4
_QUEUE = 32  # requests at work or waiting; one more is sent away at once
_AGAIN = {"Retry-After": "5"}


class Work:
    """A few threads. A request that is given up still occupies its thread until it is done."""

    def __init__(self, seconds: float, threads: int = _THREADS, queue: int = _QUEUE) -> None:
        self._seconds, self._most = seconds, queue
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="routes")
        self._waiting = 0
        self._lock = threading.Lock()

    async def done(self, job: Callable[[], Made]) -> Made:
        """What ``job`` gives, or raises. Raises Problem: 503 where nothing was begun in time, 504 where it takes on."""
        with self._lock:
            if self._waiting >= self._most:
                raise Problem(503, "The server has more requests than it can answer. Ask again later.", None, _AGAIN)
            self._waiting += 1
        try:
            future = self._pool.submit(job)
        except RuntimeError as stopping:
            self._release()
            raise Problem(503, "The server is stopping. Ask again later.", None, _AGAIN) from stopping
        future.add_done_callback(lambda _: self._release())
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), self._seconds)
        except TimeoutError:
            if future.done() and not future.cancelled():  # raised by the job, not by waiting
                return future.result()
            if future.cancel():
                told = f"The server is busy: nothing was begun within {self._seconds:g} seconds. Ask again later."
                raise Problem(503, told, None, _AGAIN) from None
            told = f"This takes more than {self._seconds:g} seconds. Narrow the filters or the question."
            raise Problem(504, told, None, _AGAIN) from None

    def stop(self) -> None:
        """Take up nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _release(self) -> None:
        with self._lock:
            self._waiting -= 1
