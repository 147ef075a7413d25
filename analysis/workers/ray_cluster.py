"""A Ray cluster: Ray Data actors that hold the models, on as many machines as it has.

A worker or a machine that is lost costs what it had in hand: Ray starts another and gives it the same chunks. What
still fails after that is done by a process of this machine, which finds the document that ends its reader.
Grouping, the tables and publishing stay with the process that asked: they need all quotes at once.
"""

from __future__ import annotations

import logging
import pickle
import socket
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.fingerprint import code_fingerprint
from analysis.grouping.alignment import TokenEncoder
from analysis.workers.documents import Done, Tools, Work, extract_chunk
from analysis.workers.processes import Processes

if TYPE_CHECKING:
    from analysis.embedding import Encoder, Progress
    from analysis.grouping.alignment import Tokens

_TRIES = 5  # of a block whose worker is lost each time
_FEW = 8  # batches that are encoded sooner here than sent away
_PER_BLOCK = 8  # chunks, some seconds of work: what a lost worker loses
_log = logging.getLogger(__name__)


def _knock(address: str) -> None:
    """Raise OSError at once where nobody answers: Ray itself tries for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=10).close()


def _limited() -> dict[str, Any]:
    return {"max_task_retries": _TRIES}


@contextmanager
def ray_cluster(address: str) -> Iterator[RayCluster]:
    """The cluster at ``address`` (host:port, or "auto"). Raises OSError when it cannot be reached or used."""
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise OSError("Ray is not installed: pip install -r requirements-cluster.txt") from error
    try:
        _knock(address)
        ray.init(address=address, logging_level=logging.ERROR, log_to_driver=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise OSError(f"The Ray cluster at {address} cannot be reached: {str(error).splitlines()[0]}") from error
    try:
        _settle()
        resources: dict[str, float] = ray.cluster_resources()
        yield RayCluster(int(resources.get("CPU", 1)))
    finally:
        ray.shutdown()


def _settle() -> None:
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # what is missing is done here
    context.print_on_execution_start = False
    for name in ("ray.data", "ray"):
        logging.getLogger(name).setLevel(logging.ERROR)


class RayCluster:
    """See :class:`analysis.workers.Workers`. processors: of all machines together; one worker for each."""

    def __init__(self, processors: int) -> None:
        self.processors = max(1, processors)

    def extract(self, work: Sequence[Work], tools: Tools) -> Iterator[tuple[int, Done]]:
        """As they are done, then what the cluster could not do."""
        missing = dict(enumerate(work))
        given = (code_fingerprint(), pickle.dumps(tools))
        for at, done in self._run(_Extractor, given, list(work)):
            del missing[at]
            yield at, done
        if missing:
            _log.warning(
                "%s of %s chunks could not be done by the cluster; this machine does them", len(missing), len(work)
            )
            places = sorted(missing)
            for turn, done in Processes(1).extract([missing[at] for at in places], tools):
                yield places[turn], done

    def encoder(self, encoder: Encoder) -> Encoder:
        """The same encoder on every machine."""
        return (
            _SpreadWithTokens(encoder, self, encoder) if isinstance(encoder, TokenEncoder) else _Spread(encoder, self)
        )

    def encode(self, name: str, fingerprint: str, batches: list[list[str]]) -> Iterator[tuple[int, np.ndarray]]:
        """Each batch's place with its vectors."""
        yield from self._run(_Encoder, (code_fingerprint(), name, fingerprint), batches)

    def _run(self, actor: type, given: tuple[Any, ...], work: list[Any]) -> Iterator[tuple[int, Any]]:
        import ray.data
        import ray.exceptions

        if not work:
            return
        workers = min(self.processors, len(work))
        blocks = min(len(work), max(4 * workers, len(work) // _PER_BLOCK))
        rows = [{"at": at, "work": pickle.dumps(each)} for at, each in enumerate(work)]
        done = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            actor,
            fn_constructor_args=given,
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers, initial_size=workers),
            num_cpus=1,
            ray_remote_args_fn=_limited,
        )
        try:
            for row in done.iter_rows():
                yield int(row["at"]), pickle.loads(row["done"])
        except ray.exceptions.RayError as error:
            told = str(error).strip().splitlines() or [type(error).__name__]
            raise OSError(f"The Ray cluster cannot go on: {told[-1]}") from error


class _Actor(ABC):
    """What the cluster's workers share: they run the same code as the process that asked."""

    def __init__(self, code: str) -> None:
        if code_fingerprint() != code:
            raise RuntimeError("this machine has another version of On Record than the one that builds")

    def __call__(self, batch: dict[str, np.ndarray]) -> dict[str, Any]:
        done = [pickle.dumps(self.do(pickle.loads(work))) for work in batch["work"]]
        return {"at": batch["at"], "done": np.array([*done, None], dtype=object)[:-1]}

    @abstractmethod
    def do(self, work: Any) -> Any:  # noqa: ANN401  # each kind of worker has its own
        """One chunk's work."""


class _Extractor(_Actor):
    def __init__(self, code: str, tools: bytes) -> None:
        super().__init__(code)
        from analysis.parsing import load_parser

        self._tools: Tools = pickle.loads(tools)
        self._parser = load_parser(self._tools.parser)

    def do(self, work: Work) -> Done:
        return extract_chunk(work, self._tools, self._parser)


class _Encoder(_Actor):
    def __init__(self, code: str, name: str, fingerprint: str) -> None:
        super().__init__(code)
        from analysis.embedding import load_encoder

        self._encoder = load_encoder(name)
        if self._encoder.fingerprint != fingerprint:
            raise RuntimeError(f"this machine has another encoder under the name “{name}”")

    def do(self, work: list[str]) -> np.ndarray:
        return self._encoder.encode(work)


class _Spread:
    """An encoder whose batches go to all machines; each batch is the one that a single machine would make."""

    def __init__(self, here: Encoder, cluster: RayCluster) -> None:
        self._here, self._cluster = here, cluster
        self.name, self.fingerprint, self.dimensions = here.name, here.fingerprint, here.dimensions

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """One unit row a text, in the order given."""
        from analysis.embedding import batches

        every = batches(texts)
        if len(every) < _FEW:
            return self._here.encode(texts, progress)
        vectors, done = np.zeros((len(texts), self.dimensions), dtype=np.float32), 0
        work = [[texts[row] for row in rows] for rows in every]
        missing = dict(enumerate(every))
        for at, found in self._cluster.encode(self.name, self.fingerprint, work):
            vectors[missing.pop(at)] = found
            done += len(found)
            if progress:
                progress(done, len(texts))
        for rows in missing.values():
            vectors[rows] = self._here.encode([texts[row] for row in rows])
        return vectors


class _SpreadWithTokens(_Spread):
    """One whose tokens are read on this machine: grouping asks for those of few texts."""

    def __init__(self, here: Encoder, cluster: RayCluster, tokens: TokenEncoder) -> None:
        super().__init__(here, cluster)
        self._by_token = tokens

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text."""
        return self._by_token.tokens(texts)
