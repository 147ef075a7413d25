"""Who speaks where no words beside a quotation say so: a speech's speaker, whoever is asked, a letter's sender."""

from __future__ import annotations

import re
from functools import cached_property

from analysis.entities.names import fold, slug, words_of
from analysis.extraction.groups import Member, Who, known
from analysis.extraction.person_names import one_letter_apart
from analysis.extraction.posts import Posts
from analysis.extraction.register import Person, Register
from analysis.extraction.roles import read_phrase
from analysis.extraction.speeches import named_speaker
from analysis.schema import Document, EntityKind

_COURTESY = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Hon|H\.\s?E|(?:His|Her) Excellency)\b\.?,?\s+)+", re.IGNORECASE
)
_NO_NAME = frozenset({"The", "His", "Her", "Their", "A", "An"})
_MOST = 200  # people of one initial that a label is compared with
_BEFORE = 1500  # characters before a letter in which its sender is named


class OwnSpeaker:
    """Resolves the speaker that metadata, title or introduction name."""

    def __init__(self, document: Document, register: Register, posts: Posts) -> None:
        self._document = document
        self._register = register
        self._gazetteer = register.gazetteer
        self._posts = posts

    @cached_property
    def who(self) -> Who:
        """The document's own speaker, or whoever answers in it; nobody where none is named."""
        words = named_speaker(self._document)
        if words is None:
            return self._titled() or self._introduced(len(self._register.text)) or Who()
        who = self._called(words)
        if not who.members or not self._document.speaker:
            return who
        one = who.members[0]
        side = self._document.speaker_side if self._document.speaker_side in self._gazetteer.sides else None
        member = Member(one.entity_id, one.name, one.side or side)
        return Who((member, *who.members[1:]), who.confidence, self._document.speaker_post)

    def labelled(self, label: str, who: Who) -> Who:
        """Whom a label's name means: ``who``, or whom the document names more fully or spells otherwise.

        "V. Orlov" is the Viktor Orlov of the same document; a full name is somebody though nothing else is known.
        """
        words = label.split()
        if len(words) < 2 or not words[0][:1].isupper() or words[0] in _NO_NAME or not words[-1][:1].isalpha():
            return who
        if who.is_named and all(member.entity_id in self._gazetteer.entities for member in who.members):
            return who
        surname = fold(words[-1])
        given = fold(words[0]).rstrip(".")
        for person in self._by_initial.get(given[:1], ())[:_MOST]:
            first, last = fold(person.words[0]), fold(person.words[-1])
            if (first == given and one_letter_apart(last, surname) and person.known) or (
                len(given) == 1 and last == surname and len(first) > 1
            ):
                return self._posts.person(person, len(self._register.text), 0.9)
        if who.members:
            return who
        return Who((Member(slug(label) or None, label, None),), 0.9, who.role_text)

    @cached_property
    def _by_initial(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self._register.people.values():
            if len(person.words) > 1:
                found.setdefault(fold(person.words[0])[:1], []).append(person)
        return found

    def sender(self, at: int) -> Who | None:
        """Who sent the letter announced at ``at``: whom the sentence before begins with, else the title."""
        start = self._register.text.rfind("\n", 0, max(0, at - 3)) + 1
        before = self._register.within(max(start, at - _BEFORE), at)
        if before:
            person = self._register.people[before[0].entity_id]
            return self._posts.person(person, at, 0.85)
        return self._titled()

    def _called(self, words: str) -> Who:
        """Whom a name, a name after an office, or an office alone means."""
        name = _plain(words)
        entity = self._gazetteer.find(name)
        if entity is not None:
            return Who((known(entity.entity_id, self._gazetteer),), 0.97)
        hits = [hit.entity_id for hit in self._gazetteer.scan(words)]
        people = [each for each in hits if self._gazetteer.entities[each].kind is EntityKind.PERSON]
        if people:
            return Who((known(people[-1], self._gazetteer),), 0.95)
        if not self._document.speaker:
            phrase = read_phrase(f"the {words}", self._gazetteer.demonyms)
            if phrase.kinds or hits:
                institution = Who((known(hits[-1], self._gazetteer),), 0.85) if hits and not phrase.kinds else None
                return self._posts.one(phrase, 0) or institution or Who()
        if len(words_of(name)) < 2:
            return Who((Member(None, name, None),), 0.6)
        return Who((Member(slug(name), name, None),), 0.9)

    def _titled(self) -> Who | None:
        """The first person whom the title names."""
        for hit in self._gazetteer.scan(self._document.title or ""):
            if self._gazetteer.entities[hit.entity_id].kind is EntityKind.PERSON:
                return Who((known(hit.entity_id, self._gazetteer),), 0.85)
        return None

    def _introduced(self, end: int) -> Who | None:
        """The first person whom the text names in full."""
        for named in self._register.within(0, min(end, _BEFORE)):
            if named.full:
                return self._posts.person(self._register.people[named.entity_id], named.start, 0.6)
        return None


def _plain(words: str) -> str:
    """A name without courtesies, and without capitals throughout a word: "Mr. Jean DUPOND," is Jean Dupond."""
    name = _COURTESY.sub("", " ".join(words.split())).strip(" ,;.")
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in name.split())
