"""From the words that name a speaker to who it is: full names, pronouns, posts, institutions and groups."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction import antecedents as pronouns
from analysis.extraction.antecedents import Antecedents
from analysis.extraction.descriptions import JOINED, Descriptions
from analysis.extraction.found import FoundQuote, ResolvedSpeaker
from analysis.extraction.groups import Who, together
from analysis.extraction.heads import heads_of
from analysis.extraction.issuers import Issuers
from analysis.extraction.own_speaker import OwnSpeaker
from analysis.extraction.posts import Posts
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import read_phrase, sides_in
from analysis.extraction.strangers import Strangers
from analysis.schema import Document, Span

_BETWEEN = re.compile(r"(?:[’']s)?\s*(?:,|;|&|\band\b|\bas well as\b|\balong with\b|\btogether with\b)")
_OFFICIAL = re.compile(r"\b(?:President|Presidential|Ministry|Government|Embassy|Department|Council) of\b|Embassy")
_ADDRESSEE = 60  # characters after a word of speaking
_TO = re.compile(r"\s+(?:to\s+)?(?:[A-Z]\w+\s+){0,3}")  # titles before a name
_LABEL = re.compile(r"^(?P<label>[^\n:.!?“\"]{3,120}):(?=\s)", re.MULTILINE)


def resolve_speakers(
    found: Sequence[FoundQuote], document: Document, parsed: Doc, gazetteer: Gazetteer
) -> list[ResolvedSpeaker]:
    """Who says each of ``found``, in the same order.

    People are named through the document's own register of full names first, then the gazetteer; whoever is in
    neither gets an identifier made of the fullest name that the document prints. Nobody is guessed: a speaker who
    cannot be named has neither identifier nor name, though perhaps a side ("Chinese officials").
    Cost is linear in the document's length.
    """
    resolver = _Resolver(found, document, parsed, gazetteer)
    order = sorted(range(len(found)), key=lambda number: ((found[number].speaker or found[number].span).start, number))
    resolved = {number: resolver.resolve(found[number]) for number in order}
    return [resolved[number] for number in range(len(found))]


class _Resolver:
    """Resolves one document's speakers in the order of its text, remembering who spoke."""

    def __init__(self, found: Sequence[FoundQuote], document: Document, parsed: Doc, gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._register = Register(
            parsed, gazetteer, [quote.speaker for quote in found if quote.speaker], document.title
        )
        self._text = self._register.text
        self._antecedents = Antecedents(self._register, [(quote.span, quote.kind) for quote in found])
        self._issuers = Issuers(self._register, self._who)
        self._posts = Posts(self._register, self._antecedents, document.published_on, self._home())
        self._strangers = Strangers(self._register, self._posts)
        self._descriptions = Descriptions(self._register, self._posts, self._issuers, self._strangers, self._who)
        self._own_speaker = OwnSpeaker(document, self._register, self._posts)
        self._labels = [match.span("label") for match in _LABEL.finditer(self._text)]
        self._seen: dict[Span, Who] = {}
        self._said: FoundQuote | None = None  # the quote whose speaker is being resolved

    def _home(self) -> str | None:
        """The side whose office of state publishes the document; None for newspapers and agencies."""
        publisher = self._document.publisher or ""
        sides = sides_in(publisher, self._gazetteer.demonyms) if _OFFICIAL.search(publisher) else ()
        return sides[0] if sides else None

    def resolve(self, quote: FoundQuote) -> ResolvedSpeaker:
        via = self._issuers.relayed(quote.via)
        self._said = quote
        if quote.speaker is None:
            own = self._own_speaker.who if quote.turn else Who()
            return ResolvedSpeaker(own.speaker_id, own.name, own.side, own.role_text, via, own.confidence)
        who = self._seen.get(quote.speaker)
        if who is None:
            who = self._who(quote.speaker.start, quote.speaker.end)
            if quote.turn:
                who = self._turn(quote.speaker, who)
            self._seen[quote.speaker] = who
            self._antecedents.spoken.append((quote.speaker.start, who))
        return ResolvedSpeaker(who.speaker_id, who.name, who.side, who.role_text, via, who.confidence)

    def _turn(self, label: Span, who: Who) -> Who:
        """Whoever a transcript's label or a letter's heading stands for, given what its words alone say."""
        words = self._text[label.start : label.end]
        if not who.members and read_phrase(words, self._gazetteer.demonyms).is_document:
            who = self._own_speaker.sender(label.start) or who
        return self._own_speaker.labelled(words, who)

    def _who(self, start: int, end: int) -> Who:
        start, end = _stripped(self._text, start, end)
        text = self._text[start:end]
        if not text:
            return Who()
        if text.lower() in pronouns.PRONOUNS:
            return self._pronoun(text.lower(), start)
        named = heads_of(self._register, start, end)
        if named:
            return self._named(named, start, end)
        return self._descriptions.of(text, start, end)

    def _pronoun(self, word: str, at: int) -> Who:
        if word in pronouns.NOBODY:
            return Who()
        if word in pronouns.RELATIVE:
            beside = self._antecedents.beside(at)
            return self._posts.person(self._register.people[beside], at, 0.85) if beside else Who()
        if word in pronouns.HE | pronouns.SHE:
            stranger = self._antecedents.unnamed(at)
            if stranger is not None:
                return self._who(stranger.start, stranger.end)
            meant = "he" if word in pronouns.HE else "she" if word in pronouns.SHE else None
            person = self._antecedents.person(at, meant, *self._spoken_with())
            if person is None:
                return Who()
            return self._posts.person(self._register.people[person[0]], at, person[1])
        if word in pronouns.THEY:
            return self._posts.they(at) or Who()
        if word in pronouns.IT:
            return self._antecedents.body(at) or Who()
        return self._first_person(at) if word in ("i", "me", "myself") else Who()

    def _spoken_with(self) -> tuple[Span | None, str | None]:
        """The words of the quote in hand, and the person they are spoken to ("he told Wang")."""
        if self._said is None:
            return None, None
        cue = self._said.cue
        after = self._register.within(cue.end, cue.end + _ADDRESSEE) if cue is not None else []
        if not after or not _TO.fullmatch(self._text[cue.end if cue else 0 : after[0].start]):
            return self._said.span, None
        return self._said.span, after[0].entity_id

    def _first_person(self, at: int) -> Who:
        """Whom "I" means outside quotation marks: the transcript's speaker, else the author."""
        if self._antecedents.in_direct_quote(at):
            return Who()
        number = bisect_left(self._labels, (at,)) - 1
        if number >= 0:
            start, end = self._labels[number]
            named = heads_of(self._register, start, end)
            return self._posts.named(named[0]) if named else Who()
        return self._strangers.outsider(self._document.author) if self._document.author else Who()

    def _named(self, named: Sequence[Named], start: int, end: int) -> Who:
        members = [named[0]]
        for following in named[1:]:
            gap = self._text[members[-1].end : following.start]
            if _BETWEEN.match(gap) and len(gap) < 120 and following.entity_id != members[-1].entity_id:
                members.append(following)
        parts = [self._posts.named(each) for each in members]
        rest = JOINED.match(self._text[members[-1].end : end])
        if rest:
            other = self._who(members[-1].end + rest.end(), end)
            if other.members:  # named, though perhaps not well enough for an identifier
                everyone = (*(member for part in parts for member in part.members), *other.members)
                return together([*parts, other]) or Who(everyone, 0.6)
            if self._text[members[-1].end + rest.end() : end].strip().lower() in pronouns.SPEAKING:
                return Who()
        return (together(parts) if len(parts) > 1 else None) or parts[0]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without white space, marks and a transcript label's colon or note around it."""
    while start < end and text[start] in " \t\r\n\u00a0\"“”„«»‘’'`,.:;–—-*_":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\u00a0\"“”„«»‘'`,:;–—-*_":
        end -= 1
    note = re.search(r"\s*\([^()]*\)\s*$", text[start:end])
    if note and note.start() > 0:
        end = start + note.start()
    return start, end
