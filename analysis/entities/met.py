"""Entities that documents name and the gazetteer does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.schema import Entity, EntityKind, Mention, Quote

_KINDS = {  # spaCy's labels
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "NORP": EntityKind.GROUP,
    "GPE": EntityKind.STATE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "EVENT": EntityKind.EVENT,
    "LAW": EntityKind.TREATY,
}


def entities_met(quotes: Iterable[Quote], mentions: Iterable[Mention], known: Mapping[str, Entity]) -> list[Entity]:
    """One entity for each identifier in quotes and mentions that ``known`` lacks, by identifier.

    A speaker is taken for a person unless a mention says otherwise. Speakers are named as quotes name them, others
    by the longest words that name them.
    """
    names: dict[str, str] = {}
    sides: dict[str, str | None] = {}
    kinds: dict[str, EntityKind] = {}
    for quote in quotes:
        members = quote.speaker_members
        together = (quote.speaker_name or "").split(" and ")
        for at, member in enumerate(members):
            name = quote.speaker_name if len(members) == 1 else together[at] if len(together) == len(members) else None
            names.setdefault(member, name or member)
            sides.setdefault(member, quote.side if len(quote.sides) == 1 else None)
    printed: dict[str, str] = {}
    for mention in mentions:
        if mention.entity_id:
            printed[mention.entity_id] = max(printed.get(mention.entity_id, ""), mention.text, key=len)
            kinds.setdefault(mention.entity_id, _KINDS.get(mention.label, EntityKind.PERSON))
    names = printed | names
    return [
        Entity(each, names[each], kinds.get(each, EntityKind.PERSON), sides.get(each), in_gazetteer=False)
        for each in sorted(names.keys() - known.keys())
    ]
