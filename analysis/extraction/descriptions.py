"""Speakers whom no person's name stands for: institutions, posts, documents, states, bodies and strangers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from analysis.entities.gazetteer import Gazetteer
from analysis.entities.names import fold
from analysis.extraction.groups import Who, known, together
from analysis.extraction.issuers import Issuers
from analysis.extraction.posts import Posts
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import Phrase, core_of, read_phrase, sides_in
from analysis.extraction.strangers import Strangers
from analysis.schema import EntityKind

_OUTLETS = frozenset("paper newspaper daily tabloid agency broadcaster channel magazine weekly outlet".split())
_OUTLET_REACH = 600  # characters
_SILENT = frozenset({EntityKind.PLACE, EntityKind.EVENT})
_SELF_GOVERNED = frozenset({"hong-kong", "macau", "crimea", "donetsk"})  # places with an administration that speaks
_SENT = frozenset({"spokes", "ambassador", "aide", "diplomat"})  # who speak for whom they serve
JOINED = re.compile(r"\s+(?:and|&|as well as)\s+(?=(?:his|her|the|their|he|she)\b|[A-Z])")


class Descriptions:
    """Resolves phrases without a person's name against a document's register."""

    def __init__(
        self, register: Register, posts: Posts, issuers: Issuers, strangers: Strangers, who: Callable[[int, int], Who]
    ) -> None:
        """who: resolves whatever a description is joined to ("the ministry and Mr Ruiz")."""
        self._register = register
        self._text = register.text
        self._gazetteer: Gazetteer = register.gazetteer
        self._posts = posts
        self._issuers = issuers
        self._strangers = strangers
        self._who = who

    def of(self, text: str, start: int, end: int) -> Who:
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
            stranger = self._strangers.named(core, start)
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
                return self._posts.named(named)
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
        chain = [each for each in chain if not self._is_silent(each.entity_id)]
        if not chain:
            return Who()  # "Samarkand": a place where something was said
        parts = [Who((known(each.entity_id, self._gazetteer),), 0.95) for each in chain]
        rest = JOINED.match(self._text[last.end : end])
        if rest:
            other = self._who(last.end + rest.end(), end)
            if other.is_named:
                parts.append(other)
        return together(parts) or parts[0]

    def _is_silent(self, entity_id: str) -> bool:
        return self._gazetteer.entities[entity_id].kind in _SILENT and entity_id not in _SELF_GOVERNED

    def _described(self, phrase: Phrase, text: str, institutions: Sequence[Named], at: int) -> Who | None:
        """Whoever a description means; None when it means nobody in particular."""
        outlet = self._outlet(phrase, at)
        if outlet is not None:
            return outlet
        if phrase.is_document and "joint" in text.lower():
            return self._posts.states(read_phrase("the two countries", self._gazetteer.demonyms), at)
        if phrase.is_document:
            return self._issuers.of_document(phrase, text, institutions, at)
        if phrase.is_state:
            return self._posts.states(phrase, at)
        if phrase.is_guest and not phrase.plural:
            return self._posts.guest(phrase, at)
        if phrase.indefinite and not phrase.is_counterpart:
            return self._posts.ahead(phrase, at)
        if phrase.kinds or phrase.is_counterpart or phrase.head in ("two", "both"):
            if phrase.plural and (phrase.definite or phrase.count or len(phrase.sides) > 1):
                return self._posts.several(phrase, at)
            if phrase.definite or phrase.sides or phrase.is_counterpart:
                return None if phrase.plural else self._posts.one(phrase, at)
            return None
        if phrase.is_body:
            return self._body(phrase, at)
        return None

    def _outlet(self, phrase: Phrase, at: int) -> Who | None:
        """The newspaper or agency last named, within a paragraph or two, for a bare "the paper", "the agency"."""
        if phrase.head not in _OUTLETS or not phrase.definite or phrase.qualified or phrase.sides or phrase.plural:
            return None
        for named in self._register.institutions_before(at):
            if at - named.start > _OUTLET_REACH:
                return None
            if self._gazetteer.entities[named.entity_id].kind is EntityKind.MEDIA:
                return Who((known(named.entity_id, self._gazetteer),), 0.8)
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
        if not sides and phrase.kinds & _SENT:
            sides = sides_in(text, self._gazetteer.demonyms)[:1]  # "a spokesman for the Chinese embassy"
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
