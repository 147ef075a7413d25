"""The pipeline's quotes, scored against the quotes that people marked in the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.entities.gazetteer import Gazetteer
from analysis.evaluation.scores import Scores, read_jsonl, score
from analysis.evaluation.units import Row
from analysis.extraction import extract
from analysis.extraction.printed import as_printed
from analysis.parsing import load_parser
from analysis.pipeline import read
from analysis.progress import Progress
from analysis.settings import Settings
from analysis.workers.documents import parse_documents


def evaluate_quotes(
    gold: Sequence[Path],
    settings: Settings,
    *,
    speech_only: bool = False,
    keep_kinds: bool = False,
    canonical: bool = False,
    progress: Progress | None = None,
) -> Scores:
    """Scores of what extraction finds in the documents of the annotated files ``gold``.

    The flags are those of ``analysis.evaluation.scores.score``. A document that fails counts as one without quotes.
    Raises ValueError, naming file and line, when a file is not annotated JSONL or repeats another's ``doc_id``.
    """
    progress = progress or Progress()
    wanted: dict[str, Row] = {}
    for path in gold:
        rows = read_jsonl(path)
        if twice := wanted.keys() & rows.keys():
            raise ValueError(f"{path} repeats the doc_id {min(twice)} of another file; give each document once")
        wanted |= rows
    documents, _ = read(list(gold), settings, progress)
    parser = load_parser(settings.parser)
    gazetteer = Gazetteer.load(settings.data / "gazetteer")
    found = {}
    with progress.step("Extracting", len(documents)) as advance:
        for done, (document, parsed) in enumerate(parse_documents(documents, parser), start=1):
            if not isinstance(parsed, Exception):
                found[document.doc_id] = as_printed(document, extract(document, parsed, gazetteer))
            advance(done)
    return score(wanted, found, speech_only=speech_only, keep_kinds=keep_kinds, canonical=canonical)
