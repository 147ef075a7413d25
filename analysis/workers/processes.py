"""Several processes on this machine. One that is killed costs its chunk's time and nothing else."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from analysis.schema import Skipped
from analysis.workers.documents import Done, Tools, Work, extract_chunk

if TYPE_CHECKING:
    from analysis.embedding import Encoder

_log = logging.getLogger(__name__)
_state: dict[str, Any] = {}  # of a worker's process


class Processes:
    """See :class:`analysis.workers.Workers`."""

    def __init__(self, count: int) -> None:
        self._count = count

    def extract(self, work: Sequence[Work], tools: Tools) -> Iterator[tuple[int, Done]]:
        """As they are done. A document whose process ends each time it is read is skipped with that reason."""
        waiting = deque(enumerate(work))
        while waiting:
            flying: dict[Future[Done], tuple[int, Work]] = {}
            pool = _pool(self._count, tools)
            try:
                while waiting or flying:
                    while waiting and len(flying) < 2 * self._count:
                        at, chunk = waiting.popleft()
                        flying[pool.submit(_extract, chunk)] = at, chunk
                    for done in wait(flying, return_when=FIRST_COMPLETED).done:
                        found = done.result()
                        yield flying.pop(done)[0], found
            except BrokenProcessPool:
                _log.warning("a worker's process ended; what it had in hand is done again")
                again = [chunk for _, chunk in flying.values()]
                yield from zip([at for at, _ in flying.values()], _carefully(again, tools), strict=True)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def encoder(self, encoder: Encoder) -> Encoder:
        """PyTorch uses the machine's processors by itself."""
        return encoder


def _carefully(pieces: Sequence[Work], tools: Tools) -> Iterator[Done]:
    """Piece after piece by one process; document by document where that ends, and another process from then on."""
    pool: ProcessPoolExecutor | None = None
    for piece in pieces:
        pool = pool or _pool(1, tools)
        try:
            done = pool.submit(_extract, piece).result()
        except BrokenProcessPool:
            pool.shutdown()
            pool = None
            if len(piece) > 1:
                done = [one for each in _carefully([[each] for each in piece], tools) for one in each]
            else:
                source = piece[0][0].source
                words = (
                    f"{source} could not be processed: it ended the process that read it, for want of memory perhaps"
                )
                done = [Skipped(source, "failed", words)]
        yield done
    if pool is not None:
        pool.shutdown()


def _pool(count: int, tools: Tools) -> ProcessPoolExecutor:
    """Processes that start from nothing: one that was forked off beside running threads may wait for ever."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(tools,))


def _begin(tools: Tools) -> None:
    from analysis.parsing import load_parser

    _state["tools"], _state["parser"] = tools, load_parser(tools.parser)


def _extract(chunk: Work) -> Done:
    return extract_chunk(chunk, _state["tools"], _state["parser"])
