"""How fast a made archive is opened, searched and counted, in what memory, and how right: beside numpy and faiss.

    python benchmarks/made_archive.py --statements 1000000 --archive made-1m
    python benchmarks/archive_scale.py made-1m

Hybrid search with questions whose vectors are known already, without filters and with filters that go together with
meaning; timeline counts for the same filters. recall@20 is of search by meaning against exact cosines of 32-bit floats,
and of hybrid search against itself with those.
faiss is not needed to run On Record: pip install faiss-cpu==1.15.1, or the row is left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.archive import Release, open_release
from analysis.carried_encoder import open_carried
from analysis.models import MODELS
from analysis.queries.lanes import By, LaneTable
from analysis.queries.period_counts import count
from analysis.queries.search import search
from analysis.queries.selection import Selection, keeping
from analysis.queries.timeline import Calendar, Unit
from analysis.queries.word_index import word_index
from analysis.weights import exported_folder

_TOP = 20


class Known:
    """An encoder that gives the vectors it was given: encoding is not what is measured."""

    name = "made"

    def __init__(self, vectors: dict[str, np.ndarray], fingerprint: str) -> None:
        self._vectors = vectors
        self.fingerprint = fingerprint
        self.dimensions = len(next(iter(vectors.values())))

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """The vectors of texts that are questions."""
        return np.stack([self._vectors[text] for text in texts])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--passes", type=int, default=1, help="over the questions without filters (default: 1)")
    parser.add_argument(
        "--encoder",
        help="load this one too, for the memory: small or base, exported on this machine (default: none)",
    )
    parser.add_argument("--no-peers", action="store_true", help="neither recall nor numpy and faiss")
    arguments = parser.parse_args()
    asked = questions(arguments.archive, arguments.queries)
    started = time.perf_counter()
    release = open_release(arguments.archive)
    statements = release.statements
    word_index(statements)
    encoder = Known(asked, str(release.manifest.weights))
    search(release, next(iter(asked)), encoder=encoder)
    print(f"{len(statements):,} statements; opened, with the first answer, in {time.perf_counter() - started:.2f} s")
    if arguments.encoder:
        open_carried(exported_folder(MODELS[arguments.encoder].fingerprint)).encode(["no limits"])
    filters = _filters(release)
    calendar, sides = Calendar(statements), LaneTable(statements, By.SIDE)
    for name, selection in filters.items():
        kept = int(keeping(statements, selection).sum())
        spent = [_timed(_search, release, question, selection, encoder) for question in asked]
        if selection.is_empty:
            passes = [spent]
            for number in range(2, arguments.passes + 1):
                passes.append([_timed(_search, release, question, selection, encoder) for question in asked])
                print(f"all, pass {number}: {_told(passes[-1])}; least of the passes {_told(np.min(passes, axis=0))}")
        counted = [_timed(_counts, release, calendar, sides, selection) for _ in range(30)]
        print(f"{name:8} {kept:9,} kept: hybrid {_told(spent)}; timeline {_told(counted)}")
    print(f"memory: {_memory()}")
    if not arguments.no_peers:
        _exactly(release, asked, filters)


def questions(archive: Path, count: int) -> dict[str, np.ndarray]:
    """Questions by text; made by another process, so that this one holds no encoder."""
    file = archive.parent / f"questions-{count}.npz"
    if not file.exists():
        code = (
            "import sys, numpy as np; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
            "from benchmarks.made_archive import make_world, queries\n"
            "pairs = list(queries(make_world('small', Path(sys.argv[2]), 1), int(sys.argv[3])))\n"
            "np.savez(sys.argv[4], texts=[t for t, _ in pairs], vectors=[v for _, v in pairs])\n"
        )
        root, vectors = Path(__file__).resolve().parent.parent, archive.parent / "made-vectors"
        subprocess.run([sys.executable, "-c", code, root, vectors, str(count), file], check=True)
    found = np.load(file)
    return dict(zip((str(text) for text in found["texts"]), found["vectors"], strict=True))


def _filters(release: Release) -> dict[str, Selection]:
    speakers = release.statements["speaker_id"].value_counts().index
    return {
        "all": Selection(),
        "speaker": Selection(speakers=(str(speakers[3]),)),
        "rare": Selection(speakers=(str(speakers[400]),)),
        "year": Selection(since=date(2015, 1, 1), until=date(2015, 12, 31)),
        "formula": Selection(formulas=("no-limits",)),
        "side": Selection(sides=("CN",)),
    }


def _search(release: Release, question: str, selection: Selection, encoder: Known) -> None:
    search(release, question, selection, encoder=encoder, limit=_TOP)


def _counts(release: Release, calendar: Calendar, sides: LaneTable, selection: Selection) -> None:
    rows = calendar.known(None if selection.is_empty else np.flatnonzero(keeping(release.statements, selection)))
    reach = calendar.reach(rows)
    if reach is not None:
        lanes = sides.lanes(rows)
        count(calendar, rows, sides.standing(lanes), lanes, Unit.QUARTER, reach).bars()


def _exactly(release: Release, asked: dict[str, np.ndarray], filters: dict[str, Selection]) -> None:
    """recall@20 of closeness as search sees it, and what numpy and faiss take for the same."""
    rows = np.arange(len(release.statements))
    vectors = release.vectors_at(rows)
    questions = np.stack(list(asked.values()))
    kept = {name: np.flatnonzero(keeping(release.statements, one)) for name, one in filters.items()}
    for name, places in kept.items():
        exact = [_best(vectors[places] @ question, places) for question in questions[:30]]
        ours = [_best(release.closeness(question, places), places) for question in questions[:30]]
        found = _hybrid(release, asked, filters[name])
        with patch.object(Release, "closeness", lambda _, query, rows=None, line=None: vectors[_all(rows)] @ query):
            wanted = _hybrid(release, asked, filters[name])
        told = f"hybrid search as with exact cosines {_recall(found, wanted):.3f}"
        print(f"{name:8} recall@{_TOP} {_recall(ours, exact):.3f}; {told} (n = {len(exact)})")
    ours_spent = [_timed(release.closeness, q) for q in questions]
    print(f"cosines of all: ours {_told(ours_spent)}")
    print(f"cosines of all: numpy, 32-bit {_told([_timed(np.matmul, vectors, q) for q in questions])}")
    exact = [_best(vectors @ question, rows) for question in questions[:30]]
    try:
        import faiss  # type: ignore[import-not-found]
    except ImportError:
        return
    faiss.omp_set_num_threads(2)
    for name in ("SQ8", f"IVF{int(4 * len(rows) ** 0.5)},SQ8"):
        index = faiss.index_factory(vectors.shape[1], name, faiss.METRIC_INNER_PRODUCT)
        started = time.perf_counter()
        index.train(vectors[:200_000])
        index.add(vectors)
        built = time.perf_counter() - started
        if "IVF" in name:
            index.nprobe = 32
        spent = [_timed(index.search, q[None], _TOP) for q in questions]
        found = [set(index.search(question[None], _TOP)[1][0].tolist()) for question in questions[:30]]
        print(f"faiss {name}: {_told(spent)}, recall@{_TOP} {_recall(found, exact):.3f}, built in {built:.0f} s")


def _hybrid(release: Release, asked: dict[str, np.ndarray], selection: Selection) -> list[set[int]]:
    """What hybrid search finds for 30 of the questions, as places in the table."""
    encoder = Known(asked, str(release.manifest.weights))
    places = {one: at for at, one in enumerate(release.statements["statement_id"].tolist())}
    every = (search(release, each, selection, encoder=encoder, limit=_TOP) for each in list(asked)[:30])
    return [{places[hit.statement_id] for hit in hits} for hits in every]


def _all(rows: np.ndarray | None) -> np.ndarray | slice:
    return slice(None) if rows is None else rows


def _best(scores: np.ndarray, places: np.ndarray) -> set[int]:
    return set(places[np.argsort(-scores, kind="stable")[:_TOP]].tolist())


def _recall(found: Sequence[set[int]], exact: Sequence[set[int]]) -> float:
    return float(np.mean([len(one & other) / max(len(other), 1) for one, other in zip(found, exact, strict=True)]))


def _timed(work: Callable[..., object], *given: object) -> tuple[float, float]:
    """Seconds that passed, and seconds of processor time: others may be using the machine."""
    started, spent = time.perf_counter(), time.process_time()
    work(*given)
    return time.perf_counter() - started, time.process_time() - spent


def _told(seconds: Sequence[tuple[float, float]] | np.ndarray) -> str:
    (median, own), (most, most_own) = np.quantile(np.asarray(seconds), [0.5, 0.95], axis=0) * 1000
    return f"median {median:.1f} ms, p95 {most:.1f} ms (n = {len(seconds)}; processor {own:.1f} and {most_own:.1f} ms)"


def _memory() -> str:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
    held = {line.split(":")[0]: int(line.split()[1]) / 1e6 for line in lines}
    return (
        f"{held['Rss']:.2f} GB resident ({held['Pss']:.2f} GB as its share), of it {held['Anonymous']:.2f} GB its own, "
        "the rest mapped files"
    )


if __name__ == "__main__":
    main()
