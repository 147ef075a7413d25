"""Scores of extraction against annotated text: spans, kinds, speakers, days, sides, and what is no statement.

Gold and system are documents in the shape that ``python -m analysis extract`` prints; gold may add ``speech``,
``optional``, ``speaker_canonical``, ``speaker_canonical_alt``, ``group_members`` and ``negatives``. The measures
follow Newell, Margolin and Ruths (LREC 2018) and the Gender Gap Tracker (Asr et al., PLOS ONE 2021): a unit is found
exactly (same start and end) or with 80 % overlap of tokens, one to one, best overlap first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.evaluation.calibration import Judged
from analysis.evaluation.speakers import name_as_printed, same_name, same_span, same_speaker
from analysis.evaluation.units import WORD, Row, Unit, units
from analysis.schema import Kind

_KINDS = ("all", *Kind)


@dataclass(slots=True)
class Tally:
    """True and false positives and misses of one measure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the system's units that are right, in [0, 1]; 0 where it gave none."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold units that were found, in [0, 1]."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(slots=True)
class Scores:
    """Figures over a gold file; every tally by kind of quote, "all" among them."""

    documents: int = 0
    words: int = 0
    exact: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})
    overlap: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})  # 80 % of tokens
    attributed: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})
    dated: Tally = field(default_factory=Tally)  # of matched units that the gold dates: right or wrong
    undated: Tally = field(default_factory=Tally)  # of matched units that the gold leaves undated: kept so, or not
    # Of matched units whose speaker the gold names: right or wrong.
    speaker_span: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})  # the same words
    speaker_words: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})  # a shared word
    speaker_name: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in _KINDS})  # canonical
    sides: Tally = field(default_factory=Tally)  # of matched units with a side in both files
    negatives: int = 0  # stretches that the gold marks as no statement
    negatives_hit: int = 0  # of them, taken for a quote
    judged: list[Judged] = field(default_factory=list)  # the system's quotes, each right or wrong, with its confidence


def read_jsonl(path: Path) -> dict[str, Row]:
    """Documents of a JSONL file by ``doc_id``. Raises ValueError naming file and line for a broken row."""
    documents: dict[str, Row] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                documents[row["doc_id"]] = row
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise ValueError(f"{path} line {number} is no annotated document ({error!r})") from error
    return documents


def _pairs(gold: Sequence[Unit], system: Sequence[Unit], threshold: float) -> dict[int, int]:
    """Gold index → system index, one to one, best overlap first, ties in text order."""
    candidates = []
    for i, wanted in enumerate(gold):
        for j, given in enumerate(system):
            if given.end > wanted.start and given.start < wanted.end:
                overlap = len(wanted.tokens & given.tokens) / max(len(wanted.tokens), len(given.tokens))
                if overlap >= threshold:
                    candidates.append((-overlap, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _speaker_is_right(text: str, gold: Row, system: Row, canonical: bool) -> bool:
    if canonical and gold.get("speaker_canonical"):
        return same_name(gold, system)
    return not name_as_printed(text, gold) or same_speaker(text, gold, system)


def _count(
    tallies: dict[str, Tally],
    gold: Sequence[Unit],
    wanted: Sequence[bool],
    system: Sequence[Unit],
    hits: Mapping[int, int],
    forgiven: Iterable[int],
) -> None:
    passed = set(hits.values()) | set(forgiven)
    for i, unit in enumerate(gold):
        if wanted[i]:
            for kind in ("all", unit.kind):
                tallies[kind].right += i in hits
                tallies[kind].missed += i not in hits
    for j, unit in enumerate(system):
        if j not in passed:
            for kind in ("all", unit.kind):
                tallies[kind].wrong += 1


def _forgiven(gold: Sequence[Unit], wanted: Sequence[bool], system: Sequence[Unit]) -> set[int]:
    """System units that cover what the gold marks but nobody asks for: neither right nor wrong."""
    unasked = [unit for unit, asked in zip(gold, wanted, strict=True) if not asked]
    spared = set()
    for j, given in enumerate(system):
        for unit in unasked:
            shared = len(given.tokens & unit.tokens)
            if shared >= min(0.3 * max(len(given.tokens), len(unit.tokens)), 0.5 * len(given.tokens)):
                spared.add(j)
    return spared


def score(
    gold_documents: Mapping[str, Row],
    system_documents: Mapping[str, Row],
    *,
    speech_only: bool = False,
    keep_kinds: bool = False,
    canonical: bool = False,
) -> Scores:
    """Scores of the system's quotes over every gold document; a document the system lacks counts as empty.

    speech_only: quotes whose cue is no act of speech are neither wanted nor punished. keep_kinds: trust the
    files' own kinds. canonical: an attribution is right when the canonical name is. Raises ValueError
    when the two files hold different texts for one document.
    """
    scores = Scores()
    for doc_id, document in gold_documents.items():
        text = document["text"]
        answer = system_documents.get(doc_id, {"quotes": []})
        if answer.get("text", text) != text:
            raise ValueError(f"{doc_id}: the system's text differs from the gold's; extract from the gold file itself")
        scores.documents += 1
        scores.words += sum(1 for _ in WORD.finditer(text))
        gold = units(text, document["quotes"], keep_kinds)
        system = units(text, answer["quotes"], keep_kinds)
        _score_document(scores, text, gold, system, speech_only, canonical)
        _score_negatives(scores, text, document.get("negatives") or [], gold, system)
    return scores


def _score_document(
    scores: Scores, text: str, gold: list[Unit], system: list[Unit], speech_only: bool, canonical: bool
) -> None:
    wanted = [
        not unit.quote.get("optional") and (unit.quote.get("speech", True) is not False or not speech_only)
        for unit in gold
    ]
    spared = _forgiven(gold, wanted, system)
    where = {(unit.start, unit.end): j for j, unit in enumerate(system)}
    same = {i: where[unit.start, unit.end] for i, unit in enumerate(gold) if (unit.start, unit.end) in where}
    _count(scores.exact, gold, wanted, system, same, spared)
    pairs = _pairs(gold, system, 0.8)
    _count(scores.overlap, gold, wanted, system, pairs, spared)
    right = {i: j for i, j in pairs.items() if _speaker_is_right(text, gold[i].quote, system[j].quote, canonical)}
    unasked = {j for i, j in pairs.items() if not wanted[i]}
    _count(scores.attributed, gold, wanted, system, right, spared | unasked)
    spared_too = spared | unasked
    scores.judged.extend(
        Judged(unit.quote["confidence"], j in right.values())
        for j, unit in enumerate(system)
        if j not in spared_too and unit.quote.get("confidence") is not None
    )
    for i, j in pairs.items():
        if wanted[i]:
            _score_match(scores, text, gold[i], system[j].quote)


def _score_match(scores: Scores, text: str, unit: Unit, system: Row) -> None:
    """Speaker, day and side of one unit that the system found."""
    gold = unit.quote
    if name_as_printed(text, gold):
        for kind in ("all", unit.kind):
            _tell(scores.speaker_span[kind], same_span(text, gold, system))
            _tell(scores.speaker_words[kind], same_speaker(text, gold, system))
            if gold.get("speaker_canonical"):
                _tell(scores.speaker_name[kind], same_name(gold, system))
        if "date" in gold and "date" in system:
            _tell(scores.dated if gold["date"] else scores.undated, (gold["date"] or None) == (system["date"] or None))
        if gold.get("side") and system.get("side"):
            _tell(scores.sides, gold["side"] == system["side"])


def _tell(tally: Tally, right: bool) -> None:
    tally.right += right
    tally.wrong += not right


def _score_negatives(
    scores: Scores, text: str, negatives: Sequence[Row], gold: Sequence[Unit], system: Sequence[Unit]
) -> None:
    """Count what is no statement, and what of it a quote covers by half where the gold has no quote."""
    wanted = frozenset[int]().union(*(unit.tokens for unit in gold))
    for negative in negatives:
        start, end = negative["start"], negative["end"]
        tokens = {word.start() for word in WORD.finditer(text) if start <= word.start() < end}
        scores.negatives += 1
        scores.negatives_hit += not tokens & wanted and any(
            len(tokens & unit.tokens) >= 0.5 * max(1, min(len(tokens), len(unit.tokens))) for unit in system
        )
