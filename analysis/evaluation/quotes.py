"""The pipeline's quotes, scored against the quotes that people marked in the same texts."""

from __future__ import annotations

from pathlib import Path

from analysis.entities.gazetteer import Gazetteer
from analysis.evaluation.scores import Scores, read_jsonl, score
from analysis.extraction import extract
from analysis.extraction.printed import as_printed
from analysis.parsing import load_parser
from analysis.pipeline import parse_documents, read
from analysis.progress import Progress
from analysis.settings import Settings


def evaluate_quotes(
    gold: Path,
    settings: Settings,
    *,
    speech_only: bool = False,
    keep_kinds: bool = False,
    canonical: bool = False,
    progress: Progress | None = None,
) -> Scores:
    """Scores of what extraction finds in the documents of the annotated file ``gold``.

    The flags are those of ``analysis.evaluation.scores.score``. A document that fails counts as one without quotes.
    Raises ValueError, naming file and line, when the file is not annotated JSONL.
    """
    progress = progress or Progress()
    wanted = read_jsonl(gold)
    documents, _ = read([gold], settings, progress)
    parser = load_parser(settings.parser)
    gazetteer = Gazetteer.load(settings.data / "gazetteer")
    found = {}
    with progress.step("Extracting", len(documents)) as advance:
        for done, (document, parsed) in enumerate(parse_documents(documents, parser), start=1):
            if not isinstance(parsed, Exception):
                found[document.doc_id] = as_printed(document, extract(document, parsed, gazetteer))
            advance(done)
    return score(wanted, found, speech_only=speech_only, keep_kinds=keep_kinds, canonical=canonical)
