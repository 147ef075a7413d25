"""Which workers do a build, and what each kind has to offer."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from analysis.workers.documents import Done, Tools, Work, extract_chunk

if TYPE_CHECKING:
    from analysis.embedding import Encoder

_MOST = 8  # processes that are started unasked: each takes some 0.6 GB
_WORTH_IT = 1_000_000  # characters; below, a process is not started sooner than it is done


class Workers(Protocol):
    """Somebody who extracts and encodes."""

    def extract(self, work: Sequence[Work], tools: Tools) -> Iterator[tuple[int, Done]]:
        """Each chunk's place with what came of it, in whatever order they are done."""

    def encoder(self, encoder: Encoder) -> Encoder:
        """``encoder``, or one that gives the same vectors by more machines."""


class OneProcess:
    """This process alone."""

    def extract(self, work: Sequence[Work], tools: Tools) -> Iterator[tuple[int, Done]]:
        """In order."""
        from analysis.parsing import load_parser

        parser = load_parser(tools.parser)
        for at, chunk in enumerate(work):
            yield at, extract_chunk(chunk, tools, parser)

    def encoder(self, encoder: Encoder) -> Encoder:
        """PyTorch uses the machine's processors by itself."""
        return encoder


def choose(ray: str | None, processes: int | None, characters: int) -> AbstractContextManager[Workers]:
    """The workers for texts of so many characters together. ray: a cluster's address. processes: None: as fits.

    Raises OSError when the cluster cannot be reached.
    """
    if ray is not None:
        from analysis.workers.ray_cluster import ray_cluster

        return ray_cluster(ray)
    if processes is None:
        processes = min(_MOST, len(os.sched_getaffinity(0))) if characters >= _WORTH_IT else 1
    return _local(processes)


@contextmanager
def _local(processes: int) -> Iterator[Workers]:
    if processes == 1:
        yield OneProcess()
    else:
        from analysis.workers.processes import Processes

        yield Processes(processes)
