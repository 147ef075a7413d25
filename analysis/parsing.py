"""One spaCy pass per document: loading the parser and running texts through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

_LONGEST = 10_000_000  # characters; Settings.longest_document refuses texts long before this


@lru_cache(maxsize=2)
def load_parser(name: str) -> Language:
    """The installed spaCy pipeline ``name``, shared by all callers in this process.

    Raises OSError, with what to install, when it is not there.
    """
    try:
        parser = spacy.load(name)
    except OSError as error:
        raise OSError(
            f"spaCy pipeline “{name}” is not installed. Run `make run` (or pip install -r requirements.txt), "
            "or set ON_RECORD_PARSER to one that is."
        ) from error
    parser.max_length = _LONGEST
    return parser


def parse(parser: Language, texts: Iterable[str], workers: int = 1) -> Iterator[Doc]:
    """Parsed documents in the order of ``texts``; their text is unchanged, so offsets hold.

    workers: processes to spread the texts over; each costs about 300 MB.
    """
    return iter(parser.pipe(texts, batch_size=8, n_process=workers))
