"""Who is meant by a post instead of a name: "the Chinese diplomat", "his Russian counterpart", "both leaders"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from analysis.entities.names import fold
from analysis.extraction.antecedents import Antecedents
from analysis.extraction.groups import Member, Who, known, together
from analysis.extraction.register import Named, Person, Register
from analysis.extraction.roles import Phrase, kinds_of
from analysis.schema import EntityKind

_FARTHEST = 400  # mentions looked at in one direction: a bound on the cost of one phrase
_LEAD = 500  # characters: the first paragraphs, where agencies leave the name for later
_SOON = 800
_GENERAL = frozenset({"official", "person", "politician"})
_OF_STATE = frozenset({"president", "premier", "leader", "foreign"})
# How titles of the offices of state begin, by the kind of post that asks for them.
_TITLES = {
    "president": ("president of",),
    "leader": ("president of",),
    "premier": ("premier of", "prime minister of"),
    "chancellor": ("chancellor of",),
    "foreign": (
        "foreign minister of",
        "state councilor and foreign minister of",
        "us secretary of state",
        "external affairs minister of",
    ),
}


class Posts:
    """Resolves posts against a document's register and, for offices of state, the gazetteer."""

    def __init__(self, register: Register, antecedents: Antecedents, day: date | None, home: str | None = None) -> None:
        """day: when the document was published; offices of state are looked up on that day.

        home: the side whose office publishes the document; its own "the President" needs no country.
        """
        self._register = register
        self._antecedents = antecedents
        self._day = day
        self._home = home

    def one(self, phrase: Phrase, at: int) -> Who | None:
        """The one person that a definite phrase at ``at`` means; None when nobody, or no one for sure, fits."""
        if phrase.is_counterpart:
            return self._counterpart(phrase, at)
        if not phrase.kinds:
            return None
        side = phrase.sides[0] if phrase.sides else self._home if phrase.kinds & _OF_STATE else None
        fitting = [person for person in self._people(at) if self._fits(person, phrase.kinds, phrase.head, side)]
        in_post = [person for person in fitting if phrase.kinds & self._held(person)] or fitting
        if in_post:
            first, second = in_post[0], len(in_post) > 1
            return self.person(first, at, 0.65 if second and side is None else 0.85)
        return self._in_office(phrase.kinds, side)

    def several(self, phrase: Phrase, at: int) -> Who | None:
        """The group that a plural phrase means: "the two presidents", "both leaders", "the experts"."""
        if phrase.kinds & {"expert", "person"} or phrase.head in ("two", "both"):
            group = self._antecedents.group(at)
            if group is not None and self._all_fit(group, phrase):
                return group
            if "expert" in phrase.kinds and phrase.count is None:
                return None
        wanted = phrase.count or 2
        kinds = phrase.kinds or frozenset({"leader"})
        if kinds == {"person"}:
            kinds = frozenset({"official", "expert", "leader"})
        if wanted == 2 and not phrase.sides:
            for pair in self._antecedents.joined(at):
                people = [self._register.people[each] for each in pair]
                if all(self._fits(person, kinds, phrase.head, None) for person in people):
                    return together([self.person(person, at, 0.85) for person in people])
        chosen: dict[str, Person] = {}
        sides: set[str | None] = set()
        for person in self._people(at, last_speaker=False):
            if person.side in sides and not phrase.sides:
                continue
            if self._fits(person, kinds, phrase.head, None) and person.entity_id not in chosen:
                if phrase.sides and person.side not in phrase.sides:
                    continue
                chosen[person.entity_id] = person
                sides.add(person.side)
            if len(chosen) == wanted:
                break
        if len(chosen) < wanted:
            return None
        return together([self.person(person, at, 0.85) for person in chosen.values()])

    def they(self, at: int) -> Who | None:
        """Whom "they" means: the last group that spoke, else the pair that the sentences before join."""
        group = self._antecedents.group(at)
        if group is not None:
            return group
        pair = next(iter(self._antecedents.joined(at)), ())
        return together([self.person(self._register.people[each], at, 0.75) for each in pair])

    def states(self, phrase: Phrase, at: int) -> Who | None:
        """The states meant by "the two countries", "both sides": named sides, else the two named most so far."""
        gazetteer = self._register.gazetteer
        by_side = {
            entity.side: entity.entity_id
            for entity in gazetteer.entities.values()
            if entity.kind is EntityKind.STATE and entity.side
        }
        if phrase.qualified:
            return None
        if phrase.sides:
            named = [by_side[side] for side in phrase.sides if side in by_side]
            return together([Who((known(each, gazetteer),), 0.9) for each in named]) if named else None
        if (phrase.count or 2) != 2 or not phrase.plural or not (phrase.definite or phrase.count):
            return None
        before = [
            *islice(self._register.institutions_before(at), _FARTHEST),
            *islice(self._register.before(at), _FARTHEST),
        ]
        after = [
            *islice(self._register.institutions_after(at), _FARTHEST),
            *islice(self._register.after(at), _FARTHEST),
        ]
        for mentions in (before, before + after):
            counts = Counter(by_side[side] for each in mentions if (side := self._side(each.entity_id)) in by_side)
            ranked = [*sorted(counts, key=lambda each: (-counts[each], each)), ""]
            if len(ranked) > 2 and counts[ranked[1]] > counts[ranked[2]]:
                return together([Who((known(each, gazetteer),), 0.8) for each in ranked[:2]])
        return None

    def _side(self, entity_id: str) -> str | None:
        person = self._register.people.get(entity_id)
        return person.side if person else self._register.gazetteer.entities[entity_id].side

    def person(self, person: Person, at: int, confidence: float) -> Who:
        """A person of the register as the speaker at ``at``, with the office printed last before."""
        return Who((Member(person.entity_id, person.name, person.side),), confidence, person.title_at(at))

    def named(self, named: Named) -> Who:
        """Whoever is named at one place; a surname alone is less sure, most of all where two share it."""
        person = self._register.people[named.entity_id]
        confidence = 0.97 if person.known or named.full else 0.92
        if not named.full:
            match = self._register.by_surname(fold(self._register.text[named.start : named.end]), named.start)
            confidence = 0.95 if match and match[1] else 0.85
        return self.person(person, named.start, confidence)

    def _people(self, at: int, *, last_speaker: bool = True) -> Iterator[Person]:
        """Everyone in the register, nearest before ``at`` first, then whoever follows."""
        seen: set[str] = set()
        last = self._antecedents.last(at) if last_speaker else None
        spoke = [Named(at, at, member.entity_id, True) for member in (last.members if last else ()) if member.entity_id]
        nearby: Iterable[Named] = [
            *spoke,
            *islice(self._register.before(at), _FARTHEST),
            *islice(self._register.after(at), _FARTHEST),
        ]
        for named in nearby:
            if named.entity_id not in seen and named.entity_id in self._register.people:
                seen.add(named.entity_id)
                yield self._register.people[named.entity_id]

    def _fits(self, person: Person, kinds: frozenset[str], head: str, side: str | None) -> bool:
        if side and not (person.side == side or side in person.nations):
            return False
        if "woman" in head and person.pronoun == "he":
            return False
        if head.endswith("man") and not head.endswith(("woman", "statesman")) and person.pronoun == "she":
            return False
        if kinds & person.kinds:
            return True
        # "the Chinese diplomat" may be somebody whose post the document never prints.
        return bool(side) and not person.kinds and bool(kinds & _GENERAL)

    def _held(self, person: Person) -> frozenset[str]:
        """The kinds of post that a person may hold on the document's day: printed, or dated in the gazetteer."""
        entity = self._register.gazetteer.entities.get(person.entity_id)
        if entity is None or self._day is None or not entity.offices:
            return person.kinds
        day = self._day
        now = [
            office.title
            for office in entity.offices
            if (office.since is None or office.since <= day) and (office.until is None or day <= office.until)
        ]
        printed = [title for _, title in person.titles]
        return frozenset().union(*(kinds_of(title) for title in [*now, *printed]), frozenset[str]())

    def _all_fit(self, group: Who, phrase: Phrase) -> bool:
        if phrase.count is not None and phrase.count != len(group.members):
            return False
        people = [self._register.people.get(member.entity_id or "") for member in group.members]
        if "expert" in phrase.kinds:
            return all(person is not None and self._may_be_expert(person) for person in people)
        return all(person is not None for person in people)

    def _may_be_expert(self, person: Person) -> bool:
        return person.side == "expert" or not person.kinds - {"expert", "chief", "chair"}

    def _counterpart(self, phrase: Phrase, at: int) -> Who | None:
        """The other side's holder of the post that the person spoken of holds."""
        antecedent = self._antecedents.subject_before(at)
        first = self._register.people.get(antecedent) if antecedent else None
        if first is None:
            return None
        kinds = first.kinds - _GENERAL
        side = phrase.sides[0] if phrase.sides else None
        for person in self._people(at):
            if person.entity_id == first.entity_id or (side is None and person.side == first.side):
                continue
            if self._fits(person, kinds or person.kinds, phrase.head, side):
                return self.person(person, at, 0.85)
        return self._in_office(kinds, side)

    def guest(self, phrase: Phrase, at: int) -> Who | None:
        """The other one at a meeting: "his guest" is nobody of the side of the person spoken of."""
        antecedent = self._antecedents.subject_before(at)
        first = self._register.people.get(antecedent) if antecedent else None
        if first is None:
            return None
        for person in self._people(at, last_speaker=False):
            if person.side == first.side or (phrase.sides and person.side not in phrase.sides):
                continue
            return self.person(person, at, 0.7)
        return None

    def ahead(self, phrase: Phrase, at: int) -> Who | None:
        """Whom "a spokesman" in a report's first lines means: the one holder of that post, named soon after."""
        kinds = phrase.kinds - _GENERAL - {"expert", "media"}
        if not kinds or phrase.plural or phrase.qualified or at > _LEAD:
            return None
        holders = [person for person in self._register.people.values() if self._fits(person, kinds, phrase.head, None)]
        if len(holders) != 1 or (phrase.sides and holders[0].side not in phrase.sides):
            return None
        named = next((each for each in self._register.after(at) if each.entity_id == holders[0].entity_id), None)
        printed = bool(holders[0].titles) and bool(kinds & kinds_of(holders[0].titles[0][1]))
        if named is None or not printed or any(each.entity_id == named.entity_id for each in self._register.before(at)):
            return None
        return self.person(holders[0], at, 0.65) if named.start - at <= _SOON else None

    def _in_office(self, kinds: frozenset[str], side: str | None) -> Who | None:
        """The one person who holds such an office of state on the document's day."""
        if side is None or self._day is None:
            return None
        gazetteer = self._register.gazetteer
        for kind, beginnings in _TITLES.items():
            if kind in kinds:
                holders = [
                    each for each in gazetteer.holders(beginnings, self._day) if gazetteer.entities[each].side == side
                ]
                if len(holders) == 1:
                    return Who((known(holders[0], gazetteer),), 0.8)
        return None
