"""A document's register: everyone it names in full, with titles as printed, and where it names them again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import Word, fold_word, slug, words_of
from analysis.extraction.full_names import FullName, full_names
from analysis.extraction.person_names import (
    keys_of,
    looks_chinese,
    one_letter_apart,
    pronoun_of,
    same_name,
    spellings,
    surname_of,
)
from analysis.extraction.roles import kinds_of, sides_in
from analysis.extraction.titles import courtesy_pronoun, is_courtesy, title_after, title_before, title_set_off
from analysis.schema import EntityKind, Span

_COUNTRY = re.compile(r"\s+of\s+((?:the\s+)?[A-Z][^,.;:()\n]{2,40})")
_OF_STATE = frozenset({"president", "premier", "chancellor", "foreign", "defence", "minister", "leader"})
_SCHOLARLY = frozenset({"university", "institute", "academy", "center", "centre", "college", "school", "foundation"})


@dataclass(slots=True)
class Person:
    """Somebody whom the document names, and what it prints about them."""

    entity_id: str
    name: str
    words: tuple[str, ...]  # of the fullest form in the document
    known: bool  # in the gazetteer
    side: str | None
    pronoun: str | None  # "he", "she"; None: not known
    titles: list[tuple[int, str]] = field(default_factory=list)  # where the name stands, and the office beside it
    kinds: frozenset[str] = frozenset()  # kinds of post held
    nations: frozenset[str] = frozenset()  # sides that name and titles point to, for scholars too

    def title_at(self, at: int) -> str | None:
        """The office as printed at or last before ``at``, else the first one after it."""
        number = bisect_right(self.titles, at, key=lambda title: title[0])
        return self.titles[max(number - 1, 0)][1] if self.titles else None


@dataclass(frozen=True, slots=True)
class Named:
    """One place where the document names a person or an institution."""

    start: int
    end: int
    entity_id: str
    full: bool  # a full name or an alias, not a surname alone


class Register:
    """Who a document names. Built once a document; cost is linear in its length."""

    def __init__(
        self, parsed: Doc, gazetteer: Gazetteer, phrases: Iterable[Span] = (), title: str | None = None
    ) -> None:
        """phrases: spans that name speakers; a name in one of them counts though spaCy has not seen it.

        title: the document's, where it is not part of the text; whoever it names in full may go by surname below.
        """
        self.parsed = parsed
        self.text: str = parsed.text  # spaCy builds it anew each time it is asked
        self.gazetteer = gazetteer
        self.people: dict[str, Person] = {}
        self._spelt: dict[tuple[object, ...], list[str]] = {}
        words = words_of(self.text)
        self._offsets = [token.idx for token in parsed]
        names, institutions = full_names(parsed, self.text, words, gazetteer, phrases)
        self.institutions = [Named(hit.start, hit.end, hit.entity_id, True) for hit in institutions]
        self._full: list[Named] = [Named(name.start, name.end, self._person(name), True) for name in names]
        self._by_surname: dict[str, list[Named]] = defaultdict(list)
        for named in self._full:
            for surname in self._surnames(named.entity_id):
                self._by_surname[surname].append(named)
        for surname, entity_id in self._in_title(title or ""):
            self._by_surname[surname].insert(0, Named(0, 0, entity_id, True))
        self._shared = {name: len({each.entity_id for each in all_}) > 1 for name, all_ in self._by_surname.items()}
        self._near: dict[str, str | None] = {}
        self._spellings: dict[str, list[str]] = {}  # surnames by what is left of them without a letter
        self.mentions = sorted(self._full + self._again(words), key=lambda named: named.start)
        self._starts = [named.start for named in self.mentions]
        self._institution_starts = [named.start for named in self.institutions]
        self._read_titles()

    def token_at(self, offset: int) -> int:
        """The number of the first token that starts at or after ``offset``; the last token's at the end."""
        return min(bisect_left(self._offsets, offset), max(len(self._offsets) - 1, 0))

    def within(self, start: int, end: int) -> list[Named]:
        """Persons named inside ``start:end``, in order."""
        return _within(self.mentions, self._starts, start, end)

    def institutions_within(self, start: int, end: int) -> list[Named]:
        """Institutions and states named inside ``start:end``, in order."""
        return _within(self.institutions, self._institution_starts, start, end)

    def before(self, at: int) -> Iterable[Named]:
        """Persons named before ``at``, nearest first."""
        return _backward(self.mentions, bisect_left(self._starts, at))

    def after(self, at: int) -> Iterable[Named]:
        """Persons named at or after ``at``, nearest first."""
        return islice(self.mentions, bisect_left(self._starts, at), None)

    def institutions_before(self, at: int) -> Iterable[Named]:
        """Institutions and states named before ``at``, nearest first."""
        return _backward(self.institutions, bisect_left(self._institution_starts, at))

    def institutions_after(self, at: int) -> Iterable[Named]:
        """Institutions and states named at or after ``at``, nearest first."""
        return islice(self.institutions, bisect_left(self._institution_starts, at), None)

    def by_surname(self, surname: str, at: int, pronoun: str | None = None) -> tuple[str, bool] | None:
        """Whom a surname means at ``at``: the person of that name last named in full before, else next after.

        surname: folded. pronoun: "he" or "she" where a "Mr" or "Mrs" before it tells. Returns (identifier, whether
        nobody else in the document shares the name); a surname one letter off counts where no other fits. None
        where the document names nobody so.
        """
        known = surname if surname in self._by_surname else self._nearly(surname)
        if known is None:
            return None
        named = self._by_surname[known]
        earlier = bisect_left(named, at, key=lambda each: each.start)
        chosen = named[max(earlier - 1, 0)]
        if pronoun and self._shared[known]:
            ordered = [*reversed(named[:earlier]), *named[earlier:]]
            fitting = (each for each in ordered if self.people[each.entity_id].pronoun in (None, pronoun))
            chosen = next(fitting, chosen)
        return chosen.entity_id, known == surname and not self._shared[known]

    def _nearly(self, surname: str) -> str | None:
        """The one surname of the document that is a letter off; None for none or several."""
        if surname not in self._near:
            if not self._spellings:
                for known in self._by_surname:
                    for spelling in spellings(known):
                        self._spellings.setdefault(spelling, []).append(known)
            alike = dict.fromkeys(known for each in spellings(surname) for known in self._spellings.get(each, ()))
            near = [known for known in alike if one_letter_apart(known, surname)]
            self._near[surname] = near[0] if len(near) == 1 else None
        return self._near[surname]

    def _surnames(self, entity_id: str) -> set[str]:
        person = self.people[entity_id]
        found = {surname_of(person.words)} if len(person.words) > 1 else {fold_word(person.words[0])}
        if person.known:
            found.add(surname_of([word.text for word in words_of(person.name)]))
        if looks_chinese(person.words) and len(person.words) == 2 and len(person.words[1]) > 3:
            found.add(fold_word(person.words[1]))  # "Mr Zemin": a given name taken for the surname
        return found

    def _in_title(self, title: str) -> Iterator[tuple[str, str]]:
        """Surnames of the gazetteer's people whom the title names."""
        for hit in self.gazetteer.scan(title):
            entity = self.gazetteer.entities[hit.entity_id]
            if entity.kind is EntityKind.PERSON:
                words = tuple(word.text for word in words_of(entity.name))
                if hit.entity_id not in self.people:
                    self._person(FullName(0, 0, entity.name, words, hit.entity_id, False))
                yield from ((surname, hit.entity_id) for surname in sorted(self._surnames(hit.entity_id)))

    def _person(self, name: FullName) -> str:
        """The identifier of the person with this full name, entered into the register when new."""
        if name.entity_id:
            known = self.gazetteer.entities[name.entity_id]
            person = self.people.get(known.entity_id)
            if person is None:
                self.people[known.entity_id] = self._known(name, known.entity_id)
            elif len(name.words) > len(person.words):
                person.words = name.words
            return known.entity_id
        if name.words[0][1:] == "" and all(len(word) == 1 for word in name.words[:-1]):
            known_id = self.gazetteer.by_initial(fold_word(name.words[0]), fold_word(name.words[-1]))
            if known_id is not None:  # "N. Modi"
                return self._person(replace(name, entity_id=known_id))
        keys = keys_of(name.words)
        for key in keys:
            for entity_id in self._spelt.get(key, ()):
                if same_name(self.people[entity_id].words, name.words):
                    return entity_id
        entity_id = slug(" ".join(name.words))
        if entity_id not in self.people:
            for key in keys:
                self._spelt.setdefault(key, []).append(entity_id)
            nation = frozenset({"CN"}) if name.chinese else frozenset[str]()
            self.people[entity_id] = Person(
                entity_id, name.text, name.words, False, None, pronoun_of(name.words), nations=nation
            )
        return entity_id

    def _known(self, name: FullName, entity_id: str) -> Person:
        known = self.gazetteer.entities[entity_id]
        kinds = frozenset().union(*(kinds_of(office.title) for office in known.offices), frozenset[str]())
        if known.side == "expert":
            kinds |= {"expert"}
        nations = {known.side} if known.side and known.side not in ("expert", "media") else set()
        for office in known.offices:
            nations.update(sides_in(office.title, self.gazetteer.demonyms))
        pronoun = self.gazetteer.pronoun(entity_id)
        return Person(entity_id, known.name, name.words, True, known.side, pronoun, [], kinds, frozenset(nations))

    def _again(self, words: Sequence[Word]) -> list[Named]:
        """Surnames standing alone that mean somebody named in full."""
        taken = sorted((each.start, each.end) for each in [*self._full, *self.institutions])
        found: list[Named] = []
        at = 0
        for word in words:
            while at < len(taken) and taken[at][1] <= word.start:
                at += 1
            if at < len(taken) and taken[at][0] <= word.start:
                continue
            if word.folded in self._by_surname and word.text[0].isupper() and self._is_name(word):
                match = self.by_surname(word.folded, word.start, courtesy_pronoun(self._word_before(word.start)))
                if match:
                    found.append(Named(word.start, word.end, match[0], False))
        return found

    def _word_before(self, at: int) -> str:
        number = self.token_at(at)
        return self.parsed[number - 1].text if number else ""

    def _is_name(self, word: Word) -> bool:
        """False for a word that only looks like a surname: "He", "Long", "Sun"."""
        token = self.parsed[self.token_at(word.start)]
        return len(word.text) > 3 or token.pos_ == "PROPN"

    def _read_titles(self) -> None:
        names = [False] * len(self.parsed)
        places = [(self.token_at(each.start), each) for each in self.mentions]
        for first, each in places:
            for number in range(first, len(self.parsed)):
                if self._offsets[number] >= each.end:
                    break
                names[number] = True
        for first, each in places:
            self._read_title(first, each, names)
        for person in self.people.values():
            self._settle(person)

    def _read_title(self, first: int, each: Named, names: Sequence[bool]) -> None:
        if first >= len(self.parsed):
            return
        person = self.people[each.entity_id]
        if first and is_courtesy(self.parsed[first - 1].text):
            person.pronoun = person.pronoun or courtesy_pronoun(self.parsed[first - 1].text)
            return
        title = title_before(self.parsed, self.text, first, names)
        if title is None and each.full:
            title = title_after(self.text, each.end) or title_set_off(self.parsed, self.text, first, each.end, names)
        if title and not self._contradicts(person, title):
            person.titles.append((each.start, title))
            country = _COUNTRY.match(self.text, each.end)
            if country and not person.known:  # "President Park Geun-hye of the Republic of Korea"
                person.nations |= frozenset(sides_in(country[1], self.gazetteer.demonyms)[:1])

    def _contradicts(self, person: Person, title: str) -> bool:
        """True when a title names one other side than the person's: it belongs to somebody else."""
        sides = sides_in(title, self.gazetteer.demonyms)
        return person.known and bool(person.nations) and bool(sides) and person.nations.isdisjoint(sides)

    def _settle(self, person: Person) -> None:
        """What the printed titles say about side, posts and pronoun."""
        titles = tuple(dict.fromkeys(title for _, title in person.titles))
        for title in titles:
            person.kinds |= kinds_of(title)
            person.nations |= frozenset(sides_in(title, self.gazetteer.demonyms)[:1])
            lower = title.lower()
            if "woman" in lower:
                person.pronoun = person.pronoun or "she"
            elif "spokesman" in lower or "chairman" in lower:
                person.pronoun = person.pronoun or "he"
        if not person.known:
            person.side = next((side for title in titles if (side := self.side_of_title(title))), None)
            if person.side is None and len(person.nations) == 1 and person.kinds & _OF_STATE:
                person.side = next(iter(person.nations))

    def side_of_title(self, title: str) -> str | None:
        """For whom somebody with this title speaks; scholars speak for themselves: "expert"."""
        institutions = [self.gazetteer.entities[hit.entity_id] for hit in self.gazetteer.scan(title)]
        kinds = kinds_of(title)
        words = {word.folded for word in words_of(title)}
        if "expert" in kinds or any(each.side == "expert" for each in institutions) or words & _SCHOLARLY:
            return "expert"
        if "media" in kinds or any(each.kind is EntityKind.MEDIA for each in institutions):
            return "media"
        sides = sides_in(title, self.gazetteer.demonyms)
        if sides:
            return sides[0]
        return next((each.side for each in institutions if each.side), None)


def _backward(named: Sequence[Named], at: int) -> Iterator[Named]:
    for number in range(at - 1, -1, -1):
        yield named[number]


def _within(named: Sequence[Named], starts: Sequence[int], start: int, end: int) -> list[Named]:
    found: list[Named] = []
    at = bisect_left(starts, start)
    while at < len(named) and named[at].start < end:
        if named[at].end <= end:
            found.append(named[at])
        at += 1
    return found
