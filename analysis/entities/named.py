"""Whom and what statements name in their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.schema import Quote, Statement


def name_entities(
    statements: Sequence[Statement], quotes: Iterable[Quote], named: Iterable[tuple[str | None, str | None]]
) -> list[Statement]:
    """The statements with the entities that their prints' words name.

    named: a quote's and an entity's identifier for each mention, None where it stands in no quote or is nobody known.
    """
    statement_of = {quote.quote_id: quote.statement_id for quote in quotes}
    found: dict[str | None, set[str]] = {}
    for quote_id, entity_id in named:
        if entity_id and quote_id in statement_of:
            found.setdefault(statement_of[quote_id], set()).add(entity_id)
    return [replace(each, entities=tuple(sorted(found.get(each.statement_id, ())))) for each in statements]
