"""Every span of a document that names an entity: the gazetteer's names joined with spaCy's."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.entities.gazetteer import Gazetteer
from analysis.extraction.register import Register
from analysis.schema import Document, EntityKind, Mention, Span

_KEPT = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW"})
_LABELS = {
    EntityKind.PERSON: "PERSON",
    EntityKind.STATE: "GPE",
    EntityKind.ORGANISATION: "ORG",
    EntityKind.MEDIA: "ORG",
    EntityKind.PLACE: "LOC",
    EntityKind.EVENT: "EVENT",
    EntityKind.TREATY: "LAW",
    EntityKind.GROUP: "NORP",
}


def find_mentions(document: Document, parsed: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """Mentions in the order of the text, none overlapping another.

    A surname alone links to the person whom the document names in full. Persons whom the gazetteer does not know
    link to an identifier made of their name; other names that only spaCy found stay unlinked. Nothing is
    taken from boilerplate. Cost is linear in the document's length.
    """
    register = Register(parsed, gazetteer)
    text = register.text
    found = [
        Mention(document.document_id, each.entity_id, "PERSON", each.start, each.end, text[each.start : each.end])
        for each in register.mentions
    ]
    found += [
        Mention(
            document.document_id,
            each.entity_id,
            _LABELS[gazetteer.entities[each.entity_id].kind],
            each.start,
            each.end,
            text[each.start : each.end],
        )
        for each in register.institutions
    ]
    found.sort(key=lambda mention: (mention.start, mention.end))
    merged = _joined(found, _unlinked(document, parsed, text, gazetteer))
    return _outside(merged, document.boilerplate)


def _unlinked(document: Document, parsed: Doc, text: str, gazetteer: Gazetteer) -> list[Mention]:
    """spaCy's names; linked only where another spelling of a known name leads to an entity."""
    found: list[Mention] = []
    for entity in parsed.ents:
        if entity.label_ not in _KEPT or "\n" in entity.text:
            continue
        known = gazetteer.find(entity.text)
        start = entity.start_char + (4 if entity.text[:4].lower() == "the " else 0)
        found.append(
            Mention(
                document.document_id,
                known.entity_id if known else None,
                _LABELS[known.kind] if known else entity.label_,
                start,
                entity.end_char,
                text[start : entity.end_char],
            )
        )
    return found


def _joined(known: list[Mention], found: list[Mention]) -> list[Mention]:
    """Both lists in the order of the text; what ``found`` says where ``known`` speaks too is left out."""
    joined: list[Mention] = []
    at = 0
    for mention in found:
        while at < len(known) and known[at].end <= mention.start:
            joined.append(known[at])
            at += 1
        if at == len(known) or known[at].start >= mention.end:
            joined.append(mention)
    return joined + known[at:]


def _outside(mentions: list[Mention], boilerplate: Sequence[Span]) -> list[Mention]:
    """The mentions that touch no boilerplate."""
    lines = sorted(boilerplate, key=lambda span: span.start)
    kept: list[Mention] = []
    at = 0
    for mention in mentions:
        while at < len(lines) and lines[at].end <= mention.start:
            at += 1
        if at == len(lines) or lines[at].start >= mention.end:
            kept.append(mention)
    return kept
