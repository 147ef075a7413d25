"""Speakers who are in neither the register nor the gazetteer, and names that are spelt a letter off."""

from __future__ import annotations

import re

from analysis.entities.names import slug, words_of
from analysis.extraction import antecedents as pronouns
from analysis.extraction.groups import Member, Who, known
from analysis.extraction.posts import Posts
from analysis.extraction.register import Register
from analysis.extraction.roles import names_a_post, sides_in

_GENERIC = frozenset(
    "question questions participant remark remarks answer reply response moderator speaker voice q audience operator"
    " volunteer translator interpreter announcer narrator".split()
)
_COURTESY = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Madame?|Dr|Prof|Sen|Rep|Gov)\b\.?\s+)+", re.IGNORECASE)


class Strangers:
    """Resolves names that only this document prints."""

    def __init__(self, register: Register, posts: Posts) -> None:
        self._register = register
        self._gazetteer = register.gazetteer
        self._posts = posts

    def named(self, core: str, at: int) -> Who | None:
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
        return self.outsider(re.sub(r"^the\s+", "", core, flags=re.IGNORECASE))

    def outsider(self, name: str) -> Who:
        """Somebody only this document names; a single word names nobody well enough for an identifier."""
        name = re.sub(r"[’']s?$", "", _COURTESY.sub("", name.strip()))
        entity = self._gazetteer.find(name)
        if entity is not None:
            return Who((known(entity.entity_id, self._gazetteer),), 0.9)
        sides = sides_in(name, self._gazetteer.demonyms)
        one_word = len(words_of(name)) < 2 and not name.isupper()
        return Who((Member(None if one_word else slug(name) or None, name, sides[0] if sides else None),), 0.6)
