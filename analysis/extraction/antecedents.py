"""Whom a pronoun stands for: the person, body or group that the sentences before it speak of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from analysis.extraction.groups import Who, known
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import names_a_post
from analysis.schema import Kind, Span

_REACH = 5  # sentences back
_SAME_PARAGRAPH = 4  # for somebody named in the paragraph of the pronoun
_NEXT = 2  # sentences back, for somebody without a name
_THINGS = frozenset({"it", "that", "which", "this", "who", "there"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "ROOT"})

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "themselves"})
IT = frozenset({"it", "its", "itself"})
SPEAKING = frozenset({"i", "me", "we", "us", "myself", "ourselves"})
RELATIVE = frozenset({"who", "whom"})
NOBODY = frozenset({"that", "which", "this", "these", "those", "what", "there", "you", "one", "someone", "everyone"})
PRONOUNS = HE | SHE | THEY | IT | SPEAKING | RELATIVE | NOBODY


class Antecedents:
    """Candidates for pronouns: persons and bodies named, and speakers resolved so far."""

    def __init__(self, register: Register, quoted: Sequence[tuple[Span, Kind]]) -> None:
        """quoted: spans of quotations in the order of the text."""
        self._register = register
        lines = [match.end() for match in re.finditer(r"\n+", register.text)]
        self._sentences = sorted({*lines, *(sentence.start_char for sentence in register.parsed.sents)})
        self._quotes = sorted((span.start, span.end, kind is Kind.DIRECT) for span, kind in quoted)
        self._quote_starts = [start for start, _, _ in self._quotes]
        self.spoken: list[tuple[int, Who]] = []  # where a speaker stands, and who it is, in the order of the text

    def person(
        self, at: int, pronoun: str | None, own: Span | None = None, addressed: str | None = None
    ) -> tuple[str, float] | None:
        """The person meant by a pronoun at ``at``, and how sure that is; None when nobody fits.

        pronoun: "he" or "she"; None fits everybody. Subjects count most, then the last speaker, then
        nearness; a possessor or somebody named inside a quotation counts little. own: what the pronoun says; whoever
        is named in it, or is spoken to (``addressed``), is somebody else.
        """
        here = self._sentence(at)
        best: tuple[float, int, str] | None = None
        scores: dict[str, float] = {}
        for place, entity_id, score in self._candidates(at, here):
            person = self._register.people.get(entity_id)
            if person is None or (pronoun and person.pronoun and person.pronoun != pronoun):
                continue
            if entity_id == addressed or (own is not None and own.start <= place < own.end):
                continue
            if pronoun and person.pronoun == pronoun:
                score += 0.5
            scores[entity_id] = max(score, scores.get(entity_id, score))
            if best is None or (score, place) > best[:2]:
                best = (score, place, entity_id)
        if best is None or best[0] <= 0:
            return None
        rivals = [score for entity_id, score in scores.items() if entity_id != best[2]]
        sure = 0.9 if not rivals else 0.85 if best[0] - max(rivals) >= 2 else 0.7
        return best[2], sure

    def unnamed(self, at: int) -> Span | None:
        """The phrase of somebody without a name who is the last subject before ``at``: "A diplomat hit back. He said".

        Only a post told of for the first time counts ("a", "another"); None where anyone named is the last subject.
        """
        parsed = self._register.parsed
        first = self._register.token_at(at)
        here = self._sentence(at)
        for number in range(first - 1, -1, -1):
            token = parsed[number]
            if here - self._sentence(token.idx) > _NEXT:
                return None
            if token.dep_ not in _SUBJECT or self.in_direct_quote(token.idx):
                continue
            start, end = parsed[token.left_edge.i].idx, parsed[token.right_edge.i].idx + len(parsed[token.right_edge.i])
            if (token.pos_ in ("PROPN", "PRON") and token.lower_ not in _THINGS) or self._register.within(start, end):
                return None
            if token.pos_ == "NOUN" and names_a_post(token.lower_):
                article = parsed[token.left_edge.i].lower_ in ("a", "an", "another")
                return Span(start, end) if article and end <= at else None
        return None

    def _candidates(self, at: int, here: int) -> list[tuple[int, str, float]]:
        """(place, identifier, score) of everyone named or speaking shortly before ``at``."""
        found: list[tuple[int, str, float]] = []
        for named in self._register.before(at):
            back = here - self._sentence(named.start)
            if back > _REACH:
                break
            here_too = _SAME_PARAGRAPH if "\n" not in self._register.text[named.end : at] else 0
            found.append((named.start, named.entity_id, self._weight(named, back) + here_too))
        latest = True
        for place, who in reversed(self.spoken):
            back = here - self._sentence(place)
            if place < at and back <= _REACH and len(who.members) == 1 and who.members[0].entity_id:
                same_paragraph = "\n" not in self._register.text[place:at]
                bonus = 7 if latest and same_paragraph else 4
                found.append((place, who.members[0].entity_id, 10 - 2 * back + bonus))
                latest = False
            if back > _REACH:
                break
        return found

    def _weight(self, named: Named, back: int) -> float:
        score = 10.0 - 2 * back
        token = self._register.parsed[self._register.token_at(max(named.end - 1, named.start))]
        if token.idx >= named.end and token.i:
            token = self._register.parsed[token.i - 1]
        while token.dep_ in ("compound", "appos", "flat") and token.head.i != token.i:
            token = token.head
        opening = self._register.text[self._sentences[self._sentence(named.start)] : named.start].lower()
        if token.dep_ in _SUBJECT or opening in ("", "the "):
            score += 5.5 if token.head.dep_ == "ROOT" else 4
        if token.dep_ == "pobj" and token.head.lower_ in ("to", "with"):
            score -= 3
        following = self._register.text[named.end : named.end + 2]
        if following in ("’s", "'s") or following[:1] in ("’", "'"):
            score -= 3
        quote = self._quote_at(named.start)
        if quote:
            score -= 8 if quote[2] else 5
        return score

    def group(self, at: int) -> Who | None:
        """The group meant by "they": the last group that spoke shortly before ``at``."""
        here = self._sentence(at)
        for place, who in reversed(self.spoken):
            if place >= at:
                continue
            if here - self._sentence(place) > _REACH:
                break
            if len(who.members) > 1:
                return who
        return None

    def body(self, at: int) -> Who | None:
        """The institution or state meant by "it": the last subject of a sentence, else the last one that spoke."""
        here = self._sentence(at)
        for named in self._register.institutions_before(at):
            back = here - self._sentence(named.start)
            if back > 2:
                break
            if back and self._weight(named, 0) > 10:
                return Who((known(named.entity_id, self._register.gazetteer),), 0.8)
        for place, who in reversed(self.spoken):
            if place >= at:
                continue
            if here - self._sentence(place) > _REACH:
                break
            if len(who.members) == 1 and who.members[0].entity_id not in self._register.people:
                return who
        return None

    def beside(self, at: int) -> str | None:
        """The person whom "who" at ``at`` refers to: the last one named, close before it."""
        named = next(iter(self._register.before(at)), None)
        return named.entity_id if named and at - named.end <= 150 else None

    def joined(self, at: int) -> list[tuple[str, str]]:
        """Pairs of persons that the last sentences before ``at`` join: "Xi and Putin", nearest first."""
        here = self._sentence(at)
        found: list[tuple[str, str]] = []
        later: Named | None = None
        for named in self._register.before(at):
            if here - self._sentence(named.start) > _REACH:
                break
            if later is not None and later.entity_id != named.entity_id:
                gap = self._register.text[named.end : later.start]
                if len(gap) < 60 and re.match(r"\s+(?:and|with his|met|&)\s", gap) and "." not in gap:
                    found.append((named.entity_id, later.entity_id))
            later = named
        return found

    def last(self, at: int) -> Who | None:
        """Whoever spoke last before ``at``."""
        return next((who for place, who in reversed(self.spoken) if place < at and who.members), None)

    def subject_before(self, at: int) -> str | None:
        """The person whom "his" means in "his Russian counterpart": the nearest subject or speaker before."""
        found = self.person(at, None)
        return found[0] if found else None

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at) - 1

    def _quote_at(self, at: int) -> tuple[int, int, bool] | None:
        """(start, end, whether direct) of the quotation that ``at`` lies in."""
        number = bisect_right(self._quote_starts, at) - 1
        return self._quotes[number] if number >= 0 and at < self._quotes[number][1] else None

    def in_direct_quote(self, at: int) -> bool:
        """True when ``at`` lies in a direct quotation."""
        quote = self._quote_at(at)
        return quote is not None and quote[2]
