"""Who stands behind a document that speaks, and who relayed a quote: readouts, statements, newspapers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from analysis.entities.names import fold
from analysis.extraction.authors import Authors
from analysis.extraction.groups import Member, Who, known
from analysis.extraction.register import Named, Register
from analysis.extraction.roles import Phrase
from analysis.schema import Entity, EntityKind, Span

_WINDOW = 4_000  # characters looked back over for the sentence that introduced a document
_ISSUED = re.compile(r"(?:\s+out)?\s+(?:by|from|of|issued by|released by|published by)\s+(?:the\s+)?")
_WRITTEN = frozenset("article report paper editorial commentary newspaper post document book study".split())


class Issuers:
    """Resolves documents and relayers against a document's register."""

    def __init__(self, register: Register, who: Callable[[int, int], Who]) -> None:
        """who: resolves the words at ``start:end`` to a speaker."""
        self._authors = Authors(register.parsed, who)
        self._register = register
        self._text = register.text
        self._gazetteer = register.gazetteer

    def relayed(self, span: Span | None) -> str | None:
        """Who relayed a quote: a newspaper's or agency's name, anything else as printed."""
        if span is None:
            return None
        printed = " ".join(self._text[span.start : span.end].split())
        entity = self._gazetteer.find(printed)
        if entity is None:
            entity = self._media_called(printed, span.start)
        return entity.name if entity and entity.kind is EntityKind.MEDIA else printed or None

    def _media_called(self, printed: str, at: int) -> Entity | None:
        """The newspaper meant by the last word of its name: "the Post" after the South China Morning Post."""
        word = fold(printed)
        for named in self._register.institutions_before(at):
            entity = self._gazetteer.entities[named.entity_id]
            if entity.kind is EntityKind.MEDIA and word in fold(entity.name).split():
                return entity
        return None

    def of_document(self, phrase: Phrase, text: str, institutions: Sequence[Named], at: int) -> Who | None:
        """Who issued a statement, readout or report."""
        inside = self._register.within(at, at + len(text))
        if inside:
            person = self._register.people[inside[-1].entity_id]
            return Who((Member(person.entity_id, person.name, person.side),), 0.9, person.title_at(at))
        issuer = self._issued_by(at + len(text))
        if institutions or issuer:
            return Who((known(issuer or institutions[-1].entity_id, self._gazetteer),), 0.9)
        if phrase.head in _WRITTEN:
            return None
        if phrase.definite:
            return self._issuer(phrase.head, at) or self._authors.of(phrase.head, self._register.token_at(at))
        return None

    def _issued_by(self, end: int) -> str | None:
        """The institution right after a document's noun: "the readout", then "by the Chinese Foreign Ministry"."""
        link = _ISSUED.match(self._text, end)
        near = self._register.institutions_within(link.end(), link.end() + 60) if link else []
        return near[0].entity_id if link and near and near[0].start == link.end() else None

    def _issuer(self, noun: str, at: int) -> Who | None:
        """The institution that an earlier sentence gave a statement or readout to: "the readout by the ministry"."""
        window = self._text[max(0, at - 4_000) : at]
        spelt = "read[ -]?out" if noun in ("readout", "read-out", "read") else re.escape(noun)
        for match in reversed(list(re.finditer(rf"\b{spelt}\b", window, re.IGNORECASE))):
            place = max(0, at - 4_000) + match.start()
            issuer = self._issued_by(place + len(match[0])) or self._issued_before(place)
            if issuer:
                return Who((known(issuer, self._gazetteer),), 0.8)
        return None

    def _issued_before(self, place: int) -> str | None:
        """The institution right before a document's noun: "the Kremlin’s statement", "the embassy said in a note"."""
        for named in self._register.institutions_within(max(0, place - 60), place):
            between = self._text[named.end : place]
            if re.fullmatch(r"(?:[’']s)?\s+(?:\w+\s+){0,2}", between):
                return named.entity_id
            entity = self._gazetteer.entities[named.entity_id]
            if entity.kind is EntityKind.ORGANISATION and re.fullmatch(
                r"\s+\w+\s+in\s+(?:a|its|the)\s+(?:\w+\s+)?", between
            ):
                return named.entity_id
        return None
