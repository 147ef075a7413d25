"""Postings of a statements table: which statements hold a word, how often, and where its texts say it."""

from __future__ import annotations

import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.archive.served.arrays import Grouped, grouped, joined, kept, load, save
from analysis.archive.served.worth import UNIT, Worth, open_worth, weigh
from analysis.wording import forms, stem

ABOUT = 0.5  # how much a word of the office, source or day counts beside a word that was said, or the speaker's name
_PIECE = 50_000  # statements indexed at once: what is held beside the result stays small
_ARRAYS = ("said", "starts", "stem_of_form", "stem_starts", "stem_rows", "stem_counts", "form_starts", "form_places")


@dataclass(frozen=True, slots=True)
class Text:
    """One statement's words, by what they are."""

    said: str
    speaker: str
    about: str  # office, relay, source and day


@dataclass(slots=True)
class Postings:
    """Where every word stands. Arrays may be mapped files: never change one."""

    said: np.ndarray  # (tokens,) int32: form ids of all texts end to end
    starts: np.ndarray  # (n + 1,) int64: where each statement's begin
    forms: list[str]  # form by id
    stems: list[str]  # stem by id
    stem_of_form: np.ndarray  # (forms,) int32
    by_stem: Grouped  # stem → rows, int32 ascending, and counts, uint8 in halves: said and speaker count 2, others 1
    by_form: Grouped  # form → places in ``said``, int32 ascending
    worth: Worth  # of each of ``by_stem``'s entries

    @property
    def size(self) -> int:
        """Statements."""
        return len(self.starts) - 1

    def rows(self, stem_id: int) -> tuple[np.ndarray, np.ndarray]:
        """The statements that hold a stem, (m,) int32 ascending, and its worth in each: (m,) uint8 in ``STEP``s."""
        found = self.by_stem.of(stem_id)
        return self.by_stem.values[0][found], self.worth.entries[found]

    def save(self, folder: Path) -> None:
        """Write everything into ``folder``; ``open_postings`` maps it."""
        arrays = (self.said, self.starts, self.stem_of_form, self.by_stem.starts, *self.by_stem.values)
        named = dict(zip(_ARRAYS, (*arrays, self.by_form.starts, *self.by_form.values), strict=True))
        for name, values in (named | self.worth.arrays).items():
            if not (folder / f"{name}.npy").exists():  # a mapped file is there already
                save(folder, name, values)
        for name, words in (("forms", self.forms), ("stems", self.stems)):
            (folder / f"{name}.txt").write_text("\n".join(words), encoding="utf-8", errors="surrogatepass")


def open_postings(folder: Path) -> Postings:
    """The postings saved in ``folder``, mapped; only the word lists are read. Raises OSError where they are not."""
    said, starts, stem_of_form, stem_starts, rows, counts, form_starts, places = (load(folder, n) for n in _ARRAYS)
    words = [_lines(folder / f"{name}.txt") for name in ("forms", "stems")]
    by_stem, by_form = Grouped(stem_starts, (rows, counts)), Grouped(form_starts, (places,))
    return Postings(said, starts, words[0], words[1], stem_of_form, by_stem, by_form, open_worth(folder))


def index_words(
    texts: Iterable[Text], before: Postings | None = None, keep: np.ndarray | None = None, into: Path | None = None
) -> Postings:
    """The postings of ``texts``, after those of ``before``'s statements that ``keep``, (n,) bool, says to keep.

    About 0.06 ms a text; what ``before`` has indexed is copied, not read again. into: a folder for the large arrays.
    """
    vocabulary = _Vocabulary(before)
    pieces = [_kept(before, np.ones(before.size, bool) if keep is None else keep)] if before else []
    row = len(pieces[0].lengths) if pieces else 0
    place = int(pieces[0].lengths.sum()) if pieces else 0
    waiting: list[Text] = []
    for text in texts:
        waiting.append(text)
        if len(waiting) == _PIECE:
            pieces.append(_piece(waiting, vocabulary, row, place))
            row, place, waiting = row + len(waiting), place + int(pieces[-1].lengths.sum()), []
    pieces.append(_piece(waiting, vocabulary, row, place))
    lengths = np.concatenate([piece.lengths for piece in pieces])
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    def files(*names: str) -> list[Path] | None:
        return [into / f"{name}.npy" for name in names] if into else None

    by_stem = joined([piece.by_stem for piece in pieces], len(vocabulary.stems), files("stem_rows", "stem_counts"))
    by_form = joined([piece.by_form for piece in pieces], len(vocabulary.forms), files("form_places"))
    said = np.concatenate([piece.said for piece in pieces])
    stem_of_form = np.array(vocabulary.stem_of_form, dtype=np.int32)
    words = list(vocabulary.forms), list(vocabulary.stems)
    return Postings(said, starts, *words, stem_of_form, by_stem, by_form, weigh(by_stem, lengths, into))


@dataclass(frozen=True, slots=True)
class _Piece:
    said: np.ndarray
    lengths: np.ndarray  # (n,) tokens of each statement's text
    by_stem: Grouped
    by_form: Grouped


class _Vocabulary:
    """Form and stem ids, given in the order in which words are met."""

    def __init__(self, before: Postings | None) -> None:
        self.forms = {form: at for at, form in enumerate(before.forms)} if before else {}
        self.stems = {root: at for at, root in enumerate(before.stems)} if before else {}
        self.stem_of_form: list[int] = before.stem_of_form.tolist() if before else []

    def ids(self, text: str) -> list[int]:
        """The form ids of a text's words."""
        known = self.forms
        found = []
        for form in forms(text):
            at = known.get(form)
            if at is None:
                at = known[form] = len(known)
                self.stem_of_form.append(self.stems.setdefault(stem(form), len(self.stems)))
            found.append(at)
        return found


def _piece(texts: Sequence[Text], vocabulary: _Vocabulary, row: int, place: int) -> _Piece:
    """The postings of some texts whose first statement stands at ``row`` and first token at ``place``."""
    said, others, weights = array.array("i"), array.array("i"), array.array("B")
    lengths, other_lengths = [], []
    for text in texts:
        ids, speaker, about = vocabulary.ids(text.said), vocabulary.ids(text.speaker), vocabulary.ids(text.about)
        said.extend(ids)
        others.extend(speaker)
        others.extend(about)
        weights.extend([int(1 / UNIT)] * len(speaker) + [int(ABOUT / UNIT)] * len(about))
        lengths.append(len(ids))
        other_lengths.append(len(speaker) + len(about))
    tokens = np.array(said, dtype=np.int32)
    every = np.concatenate([tokens, np.array(others, dtype=np.int32)])
    rows = np.arange(row, row + len(texts), dtype=np.int64)
    owner = np.concatenate([np.repeat(rows, lengths), np.repeat(rows, other_lengths)]) if len(texts) else every
    counts = np.concatenate([np.full(len(tokens), int(1 / UNIT)), np.array(weights, dtype=np.int64)])
    stems = np.array(vocabulary.stem_of_form, dtype=np.int64)[every] if len(every) else every.astype(np.int64)
    width = row + len(texts) + 1
    distinct, inverse = np.unique(stems * width + owner, return_inverse=True)
    summed = np.minimum(np.bincount(inverse, weights=counts, minlength=len(distinct)), 255).astype(np.uint8)
    by_stem = grouped(distinct // width, ((distinct % width).astype(np.int32), summed), len(vocabulary.stems))
    by_form = grouped(tokens, (np.arange(place, place + len(tokens), dtype=np.int32),), len(vocabulary.forms))
    return _Piece(tokens, np.array(lengths, dtype=np.int64), by_stem, by_form)


def _kept(before: Postings, keep: np.ndarray) -> _Piece:
    """The postings of the statements that stay, in rows and places without gaps."""
    lengths = np.diff(before.starts)
    stays = np.repeat(keep, lengths)
    new_row = (np.cumsum(keep) - 1).astype(np.int32)
    new_place = (np.cumsum(stays) - 1).astype(np.int32)
    rows, counts = before.by_stem.values
    (places,) = before.by_form.values
    by_stem = kept(Grouped(before.by_stem.starts, (new_row[rows], counts)), keep[rows])
    by_form = kept(Grouped(before.by_form.starts, (new_place[places],)), stays[places])
    return _Piece(before.said[stays], lengths[keep], by_stem, by_form)


def _lines(path: Path) -> list[str]:
    written = path.read_text(encoding="utf-8", errors="surrogatepass")
    return written.split("\n") if written else []
