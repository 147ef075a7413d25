"""From the words that name a speaker to who it is: full names, pronouns, posts, institutions and groups."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import fold, slug, words_of
from analysis.extraction import antecedents as pronouns
from analysis.extraction.antecedents import Antecedents
from analysis.extraction.found import FoundQuote, ResolvedSpeaker
from analysis.extraction.groups import Member, Who, known, together
from analysis.extraction.heads import heads_of
from analysis.extraction.issuers import Issuers
from analysis.extraction.own_speaker import OwnSpeaker
from analysis.extraction.posts import Posts
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import Phrase, core_of, names_a_post, read_phrase, sides_in
from analysis.schema import Document, Span

_BETWEEN = re.compile(r"(?:[’']s)?\s*(?:,|;|&|\band\b|\bas well as\b|\balong with\b|\btogether with\b)")
_GENERIC = frozenset(
    "question questions participant remark remarks answer reply response moderator speaker voice q audience operator"
    " volunteer translator interpreter announcer narrator".split()
)
_AND = re.compile(r"\s+(?:and|&|as well as)\s+(?=(?:his|her|the|their|he|she)\b|[A-Z])")
_OFFICIAL = re.compile(r"\b(?:President|Presidential|Ministry|Government|Embassy|Department|Council) of\b|Embassy")
_COURTESY = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov)\b\.?\s+)+", re.IGNORECASE)
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
        self._issuers = Issuers(self._register)
        self._posts = Posts(self._register, self._antecedents, document.published_on, self._home())
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
                who = self._own_speaker.labelled(self._text[quote.speaker.start : quote.speaker.end], who)
            self._seen[quote.speaker] = who
            self._antecedents.spoken.append((quote.speaker.start, who))
        return ResolvedSpeaker(who.speaker_id, who.name, who.side, who.role_text, via, who.confidence)

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
        return self._unnamed(text, start, end)

    def _pronoun(self, word: str, at: int) -> Who:
        if word in pronouns.NOBODY:
            return Who()
        if word in pronouns.RELATIVE:
            beside = self._antecedents.beside(at)
            return self._posts.person(self._register.people[beside], at, 0.85) if beside else Who()
        if word in pronouns.HE | pronouns.SHE:
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
            return self._person(named[0]) if named else Who()
        return self._outsider(self._document.author) if self._document.author else Who()

    def _named(self, named: Sequence[Named], start: int, end: int) -> Who:
        members = [named[0]]
        for following in named[1:]:
            gap = self._text[members[-1].end : following.start]
            if _BETWEEN.match(gap) and len(gap) < 120 and following.entity_id != members[-1].entity_id:
                members.append(following)
        parts = [self._person(each) for each in members]
        rest = _AND.match(self._text[members[-1].end : end])
        if rest:
            other = self._who(members[-1].end + rest.end(), end)
            if other.members:  # named, though perhaps not well enough for an identifier
                everyone = (*(member for part in parts for member in part.members), *other.members)
                return together([*parts, other]) or Who(everyone, 0.6)
            if self._text[members[-1].end + rest.end() : end].strip().lower() in pronouns.SPEAKING:
                return Who()
        return (together(parts) if len(parts) > 1 else None) or parts[0]

    def _person(self, named: Named) -> Who:
        person = self._register.people[named.entity_id]
        confidence = 0.97 if person.known or named.full else 0.92
        if not named.full:
            match = self._register.by_surname(fold(self._text[named.start : named.end]), named.start)
            confidence = 0.95 if match and match[1] else 0.85
        return self._posts.person(person, named.start, confidence)

    def _unnamed(self, text: str, start: int, end: int) -> Who:
        """A phrase without a person's name: institutions, posts, documents, states, bodies, or a stranger."""
        core = core_of(text)
        institutions = self._register.institutions_within(start, end)
        heads = [each for each in institutions if self._is_head(each, text, core, start)]
        if heads:
            return self._institutions(heads, text, start, end)
        phrase = read_phrase(text, self._gazetteer.demonyms)
        following = self._apposition(phrase, end)
        if following is not None:
            return following
        who = self._described(phrase, text, institutions, start)
        if who is not None:
            return who
        several = phrase.plural and len(core.split()) == 1  # "Democrats"
        if not (phrase.indefinite or phrase.is_unnamed or phrase.kinds or phrase.is_document or several):
            stranger = self._stranger(core, start)
            if stranger is not None:
                return stranger
        return self._anonymous(phrase, text, institutions, start)

    def _apposition(self, phrase: Phrase, end: int) -> Who | None:
        """Whoever is named right after a description: "the Russian ambassador in Beijing", then ", Andrei Denisov,"."""
        if not (phrase.kinds or phrase.is_body) or phrase.plural:
            return None
        gap = re.compile(r"\s|,\s(?=[^,.;\n]{3,40}[,)])" if phrase.definite else r"\s").match(self._text, end)
        if gap is None:
            return None
        for named in self._register.within(gap.end(), gap.end() + 60)[:1]:
            if named.start == gap.end():
                return self._person(named)
        for named in self._register.institutions_within(gap.end(), gap.end() + 60)[:1]:
            if named.start == gap.end() and phrase.is_body:
                return Who((known(named.entity_id, self._gazetteer),), 0.9)
        return None

    def _is_head(self, named: Named, text: str, core: str, start: int) -> bool:
        """True when the name is what the phrase is about: it ends the core, or runs over the core's end."""
        core_end = start + (text.find(core) if core in text else 0) + len(core)
        if named.start >= core_end:
            return False
        return not self._text[named.end : core_end].strip(" ’'s.)")

    def _institutions(self, heads: Sequence[Named], text: str, start: int, end: int) -> Who:
        last = heads[-1]
        chain = [last]
        for named in reversed(self._register.institutions_within(start, last.start)):
            if not re.fullmatch(r",?\s*(?:and|&|,)\s*(?:the )?", self._text[named.end : chain[0].start]):
                break
            chain.insert(0, named)
        parts = [Who((known(each.entity_id, self._gazetteer),), 0.95) for each in chain]
        rest = _AND.match(self._text[last.end : end])
        if rest:
            other = self._who(last.end + rest.end(), end)
            if other.is_named:
                parts.append(other)
        return together(parts) or parts[0]

    def _described(self, phrase: Phrase, text: str, institutions: Sequence[Named], at: int) -> Who | None:
        """Whoever a description means; None when it means nobody in particular."""
        if phrase.is_document and "joint" in text.lower():
            return self._posts.states(read_phrase("the two countries", self._gazetteer.demonyms), at)
        if phrase.is_document:
            letter = self._said is not None and self._said.turn
            issuer = self._issuers.of_document(phrase, text, institutions, at)
            return issuer or (self._own_speaker.sender(at) if letter else None)
        if phrase.is_state:
            return self._posts.states(phrase, at)
        if phrase.indefinite and not phrase.is_counterpart:
            return None
        if phrase.kinds or phrase.is_counterpart or phrase.head in ("two", "both"):
            if phrase.plural and (phrase.definite or phrase.count or len(phrase.sides) > 1):
                return self._posts.several(phrase, at)
            if phrase.definite or phrase.sides or phrase.is_counterpart:
                return None if phrase.plural else self._posts.one(phrase, at)
            return None
        if phrase.is_body:
            return self._body(phrase, at)
        return None

    def _body(self, phrase: Phrase, at: int) -> Who | None:
        """The institution last named with the phrase's noun: "the ministry", "the Chinese embassy"."""
        for named in self._register.institutions_before(at):
            entity = self._gazetteer.entities[named.entity_id]
            if phrase.sides and entity.side not in phrase.sides:
                continue
            noun_fits = phrase.head in fold(self._text[named.start : named.end]).split()
            if noun_fits or phrase.head in fold(entity.name).split():
                return Who((known(entity.entity_id, self._gazetteer),), 0.85)
        return None

    def _stranger(self, core: str, at: int) -> Who | None:
        """A name that neither register nor gazetteer knows: a surname one letter off, an organisation, a person."""
        words = [word for word in words_of(core) if word.folded != "the"]
        if (
            not words
            or words[-1].folded in _GENERIC
            or not words[-1].text[0].isupper()
            or any(word.folded in pronouns.PRONOUNS for word in words)
        ):
            return None
        near = self._register.by_surname(words[-1].folded, at) if len(words) < 4 else None
        if near and not names_a_post(words[-1].text):
            return self._posts.person(self._register.people[near[0]], at, 0.8)
        token = self._register.parsed[self._register.token_at(at)]
        if len(words) == 1 and token.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
            return None
        return self._outsider(re.sub(r"^the\s+", "", core, flags=re.IGNORECASE))

    def _outsider(self, name: str) -> Who:
        """Somebody only this document names; a single word names nobody well enough for an identifier."""
        name = re.sub(r"[’']s?$", "", _COURTESY.sub("", name.strip()))
        entity = self._gazetteer.find(name)
        if entity is not None:
            return Who((known(entity.entity_id, self._gazetteer),), 0.9)
        sides = sides_in(name, self._gazetteer.demonyms)
        one_word = len(words_of(name)) < 2 and not name.isupper()
        return Who((Member(None if one_word else slug(name) or None, name, sides[0] if sides else None),), 0.6)

    def _anonymous(self, phrase: Phrase, text: str, institutions: Sequence[Named], at: int) -> Who:
        """A speaker without a name: the side where the words tell it, and the words themselves as the role."""
        core_end = at + len(core_of(text))
        sides = phrase.sides or tuple(
            dict.fromkeys(
                side
                for each in institutions
                if each.end <= core_end and (side := self._gazetteer.entities[each.entity_id].side) is not None
            )
        )
        side = "+".join(sorted(sides)) if sides else None
        if phrase.kinds & {"expert"}:
            side = "expert"
        elif phrase.kinds & {"media"} or phrase.head in (
            "newspaper",
            "media",
            "article",
            "broadcaster",
            "outlet",
            "daily",
        ):
            side = "media"
        role = re.sub(r"^(?:the|an?)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
        return Who((), 0.8, role if phrase.kinds else None, side)


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
