"""Full names of persons in a text: the gazetteer's, spaCy's, Chinese names by their form, and speakers' own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import NameHit, NameIndex, Word
from analysis.extraction.person_names import looks_chinese, stands_out
from analysis.extraction.roles import core_of, only_names_a_post
from analysis.extraction.titles import is_courtesy
from analysis.schema import EntityKind, Span

_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le ter van von".split())
_PRONOUNS = frozenset("i me we us you he him she her they them it".split())
_ARTICLES = frozenset(
    """the a an this that our his her their its former new senior top acting deputy vice ex late and rep sen gov
    prof""".split()
)
_ORGANISATIONS = frozenset(
    """academy administration affairs agency airlines alliance army association authority bank board brigade bureau
    center centre chamber club college commission committee communist company conference congress corp corporation
    council court daily department duma embassy federation forum foundation front fund gazette government group
    house inc institute institution journal ltd media ministry monitor movement navy forces network news office
    organisation organization parliament party post press project republic review school security senate service
    society state states strategy street studies summit television think times treasury tribune tv union united
    university watch week world""".split()
)
_RANKS = frozenset("gen lt col adm sgt capt maj del rev amb".split())  # titles when a full stop follows
_OPENERS = frozenset(
    """about according after against although among and as at because before besides between but by despite during
    following for from if in like of on or since so than that though to toward towards under unlike until upon when
    where whereas while with without yet""".split()
)  # which begin a sentence with a capital letter, before a name
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:;…\n])[)\]”’\"'\s]*[“‘\"'(\[]*$")
_GAP = re.compile(r"[ \u00a0-]|\. |\.|’|'")


@dataclass(frozen=True, slots=True)
class FullName:
    """A person's name as one place of a document prints it."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    entity_id: str | None  # where the gazetteer knows it
    chinese: bool


def full_names(
    parsed: Doc, text: str, words: Sequence[Word], gazetteer: Gazetteer, phrases: Iterable[Span]
) -> tuple[list[FullName], list[NameHit]]:
    """(persons' names, institutions) in the order of the text, without overlaps.

    text: ``parsed.text``. words: ``words_of(text)``. phrases: spans that name speakers.
    A longer name found by form wins over a shorter one of the gazetteer: "Xi Shuo" is nobody's alias "Xi".
    """
    finder = _Finder(parsed, text, words, gazetteer)
    hits = gazetteer.scan(text, words)
    people = [hit for hit in hits if gazetteer.entities[hit.entity_id].kind is EntityKind.PERSON]
    institutions = [hit for hit in hits if gazetteer.entities[hit.entity_id].kind is not EntityKind.PERSON]
    spans = [(hit.start, hit.end, hit.entity_id) for hit in people]
    candidates = [*finder.by_parser(), *finder.by_form(), *finder.by_phrases(phrases)]
    blocked = sorted((hit.start, hit.end) for hit in institutions)
    chosen = _choose(spans, sorted(set(candidates)), blocked)
    again = NameIndex((text[start:end], "") for start, end, entity_id in chosen if entity_id is None)
    seen = [(hit.start, hit.end) for hit in again.scan(text, words)]  # where spaCy missed a name it knew elsewhere
    chosen = _choose(spans, sorted({*candidates, *seen}), blocked)
    names = [finder.name(start, end, entity_id) for start, end, entity_id in chosen]
    return names, institutions


def _choose(
    known: Sequence[tuple[int, int, str]], found: Sequence[tuple[int, int]], blocked: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str | None]]:
    """Known and found spans without overlaps: known first, unless a found one contains it and is longer."""
    everything: list[tuple[int, int, str | None]] = [*known, *((start, end, None) for start, end in found)]
    everything.sort(key=lambda each: (-(each[1] - each[0]), each[2] is None, each[0]))
    ends: list[int] = []
    starts: list[int] = []
    chosen: list[tuple[int, int, str | None]] = []
    block_starts = [start for start, _ in blocked]

    def clear(start: int, end: int, firsts: Sequence[int], lasts: Sequence[int]) -> bool:
        at = bisect_left(firsts, end)
        return at == 0 or lasts[at - 1] <= start

    block_ends = [end for _, end in blocked]
    for start, end, entity_id in everything:
        if not clear(start, end, starts, ends) or not clear(start, end, block_starts, block_ends):
            continue
        at = bisect_right(starts, start)
        starts.insert(at, start)
        ends.insert(at, end)
        chosen.append((start, end, entity_id))
    return sorted(chosen, key=lambda each: each[0])


class _Finder:
    """Candidates for full names, as runs of words."""

    def __init__(self, parsed: Doc, text: str, words: Sequence[Word], gazetteer: Gazetteer) -> None:
        self._text = text
        self._parsed = parsed
        self._words = words
        self._starts = [word.start for word in words]
        self._gazetteer = gazetteer

    def name(self, start: int, end: int, entity_id: str | None) -> FullName:
        words = tuple(word.text for word in self._within(start, end))
        return FullName(start, end, self._text[start:end], words, entity_id, looks_chinese(words))

    def by_parser(self) -> Iterable[tuple[int, int]]:
        """spaCy's persons of two words or more; other names only where they have a Chinese person's form."""
        for entity in self._parsed.ents:
            if entity.label_ == "PERSON":
                yield from self._trimmed(entity.start_char, entity.end_char)
            elif entity.label_ in ("ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LOC"):
                words = self._within(entity.start_char, entity.end_char)
                if len(words) in (2, 3) and looks_chinese([word.text for word in words]):
                    yield from self._trimmed(entity.start_char, entity.end_char)

    def by_form(self) -> Iterable[tuple[int, int]]:
        """Two capitalised words that make a Chinese name, and no third beside them."""
        words = self._words
        for at in range(len(words) - 1):
            pair = words[at : at + 2]
            if not (pair[0].text[0].isupper() and pair[1].text[0].isupper() and pair[1].text[1:].islower()):
                continue
            if self._text[pair[0].end : pair[1].start] != " " or not stands_out([word.text for word in pair]):
                continue
            following = words[at + 2] if at + 2 < len(words) else None
            if following and following.text[0].isupper() and self._text[pair[1].end : following.start] == " ":
                continue  # "Peng Liyuan University", a longer name
            yield pair[0].start, pair[1].end

    def by_phrases(self, phrases: Iterable[Span]) -> Iterable[tuple[int, int]]:
        """The capitalised words that end the core of a speaker's phrase: "Fed chair Ana Duarte, who …"."""
        for span in phrases:
            phrase = self._text[span.start : span.end]
            core = core_of(phrase)
            end = span.start + len(core) if phrase.startswith(core) else span.end
            yield from self._trimmed(span.start, end)

    def _within(self, start: int, end: int) -> list[Word]:
        found: list[Word] = []
        at = bisect_left(self._starts, start)
        while at < len(self._words) and self._words[at].end <= end:
            found.append(self._words[at])
            at += 1
        return found

    def _trimmed(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The name at the end of a span, without titles before it and possessives after it; nothing if none is left."""
        run: list[Word] = []
        for word in reversed(self._within(start, end)):
            if not run and word.text == "s":
                continue
            gap = self._text[word.end : run[-1].start] if run else ""
            if run and not (_GAP.fullmatch(gap) and self._fits(word, run)):
                break
            if gap.startswith(".") and word.folded in _RANKS:
                break
            if not run and not word.text[0].isupper() and self._text[word.start - 1 : word.start] != "-":
                break  # "Park Geun-hye" ends in a small letter, "Ruiz then" in none of the name
            run.append(word)
        run.reverse()
        while run and run[0].folded in _PARTICLES and not run[0].text[0].isupper():
            run.pop(0)
        if len(run) >= 2 and run[0].text[0].isupper() and all(self._is_name_word(word) for word in run):
            yield run[0].start, run[-1].end

    def _fits(self, word: Word, run: Sequence[Word]) -> bool:
        """True when ``word`` may stand before the words of ``run`` in one name."""
        if word.folded in _PARTICLES:
            return True
        return (
            word.text[0].isupper()
            and word.folded not in _ARTICLES
            and not self._opens_a_sentence(word)
            and not is_courtesy(word.text)
            and self._is_name_word(word)
            and len(run) < 5
        )

    def _opens_a_sentence(self, word: Word) -> bool:
        """True for the "To" of "To Hu Jintao, Putin wrote"; elsewhere such a word may be part of a name."""
        before = self._text[max(word.start - 4, 0) : word.start]
        return word.folded in _OPENERS and bool(_SENTENCE_STARTS.search(before))

    def _is_name_word(self, word: Word) -> bool:
        return (
            not any(character.isdigit() for character in word.text)
            and word.folded not in _ORGANISATIONS
            and not only_names_a_post(word.folded)
            and word.folded not in self._gazetteer.demonyms
            and word.folded not in _PRONOUNS
            and not (word.text.isupper() and len(word.text) > 2)
        )
