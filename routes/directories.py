"""Who speaks, and whom and what statements name: directories and profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from starlette.responses import RedirectResponse, Response

from analysis.queries.codes import days_of
from analysis.queries.entity_table import By, entity_table, in_order
from analysis.queries.offices_over_time import spoke_for
from analysis.queries.speaker_table import Order, narrowed, ordered
from analysis.queries.speakers import newest_rows
from analysis.queries.tallies import tally
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import address, paged, plain, statement_rows, table_rows
from routes.problems import Problem

_SEVERAL = 20  # of formulas, companions and the like


def speakers(asked: Asked) -> Content | Response:
    """Everyone whose words the filters keep; a profile that is asked for has its own address."""
    if asked.get("profile"):
        return RedirectResponse(asked.moved("speakers", "profile"))
    indexes = asked.opened.indexes
    every = indexes.speakers.count(asked.keep)
    kept = narrowed(every, indexes.speakers.spelled, **_narrowing(asked, set(every["side"].dropna())))
    return _directory(asked, "speakers", ordered(kept.rows, Order(asked.word("sort", "statements"))))


def entities(asked: Asked) -> Content | Response:
    """Whom and what statements name; by a name, those too that none names."""
    if asked.get("profile"):
        return RedirectResponse(asked.moved("entities", "profile"))
    indexes = asked.opened.indexes
    counted = indexes.speakers.count(asked.keep)
    speaking = dict(zip(counted["speaker_id"], counted["statements"], strict=True))
    named = bool((asked.get("name") or "").strip())
    every = entity_table(indexes.entities, indexes.mentioned, speaking, asked.keep, unnamed=named)
    kept = narrowed(every, indexes.spelled, **_narrowing(asked, set(asked.opened.sides.values())))
    return _directory(asked, "entities", in_order(kept.rows, By(asked.word("sort", "naming"))))


def _narrowing(asked: Asked, sides: set[str]) -> dict[str, Any]:
    """What a directory is narrowed to; a side that nobody here has is said and left out, as the page does."""
    kind, side = asked.word("of_kind", "any"), asked.word("of_side", "any")
    if side not in ("any", "unknown", *sides):
        asked.notes.append(f"of_side “{side}” is not in this list")
        side = "any"
    known: Mapping[str, str | None] = {"any": None, "unknown": ""}
    return {
        "kind": known.get(kind, kind),
        "side": known.get(side, side),
        "asked": (asked.get("name") or "").strip(),
    }


def _directory(asked: Asked, kind: str, table: pd.DataFrame) -> Content:
    number, part = asked.part(len(table))
    rows = table_rows(table.iloc[part])
    for row in rows:
        key = str(row["speaker_id" if kind == "speakers" else "entity_id"])
        row |= {"html_url": asked.address(kind, {"profile": key}), "url": address(asked, kind, key)}
    return paged(asked, kind, len(table), rows, number, part)


def speaker(asked: Asked) -> Content:
    """One speaker: figures, formulas, companions, offices, and the statements, newest first."""
    key, indexes = asked.identifier or "", asked.opened.indexes
    if key not in indexes.entities and key not in indexes.speakers:
        raise Problem(404, f"Release {asked.opened.release.number} knows no speaker “{key[:100]}”.", "id")
    statements = asked.opened.release.statements
    theirs = np.flatnonzero(indexes.said_by(key) & asked.keep)
    spoke = _in_its_name(asked, key)
    listed = spoke if asked.word("list", "own" if len(theirs) else "spoke") == "spoke" else theirs
    listed = newest_rows(days_of(statements), listed)
    number, part = asked.part(len(listed))
    beside = indexes.printed_in.beside(key, asked.keep)[:_SEVERAL] if len(theirs) else []
    return {
        "speaker": _entity(asked, key),
        "figures": _figures(asked, theirs),
        "statements_in_its_name": len(spoke),
        "formulas": _formulas(asked, theirs),
        "quoted_with": [
            {
                "speaker_id": each.speaker_id,
                "name": asked.opened.names.get(each.speaker_id, each.speaker_id),
                "documents": each.documents,
                "jointly": each.jointly,
            }
            for each in beside
        ],
        **paged(asked, "statements", len(listed), statement_rows(asked, listed[part]), number, part),
    }


def entity(asked: Asked) -> Content:
    """One entity: who names it, in which formulas, what is named with it, and the statements, newest first."""
    key, indexes = asked.identifier or "", asked.opened.indexes
    if key not in indexes.entities:
        raise Problem(404, f"Release {asked.opened.release.number} knows no entity “{key[:100]}”.", "id")
    statements = asked.opened.release.statements
    naming = newest_rows(days_of(statements), np.flatnonzero(indexes.mentioned.naming(key) & asked.keep))
    number, part = asked.part(len(naming))
    links = indexes.mentioned.network(asked.keep, most=_SEVERAL, around=key).links if len(naming) else ()
    together = [
        (each.other if each.one == key else each.one, each.statements)
        for each in links
        if key in (each.one, each.other)
    ]
    return {
        "entity": _entity(asked, key),
        "figures": _figures(asked, naming),
        "named_by": _shares(tally(statements, "speaker_members", naming), asked.opened.names),
        "formulas": _formulas(asked, naming),
        "named_with": _shares(together, asked.opened.names),
        **paged(asked, "statements", len(naming), statement_rows(asked, naming[part]), number, part),
    }


def _in_its_name(asked: Asked, key: str) -> np.ndarray:
    """Places of the statements that others made in an institution's name."""
    indexes = asked.opened.indexes
    if not indexes.offices_of.names(key):
        return np.zeros(0, dtype=np.intp)
    days = asked.selection.since, asked.selection.until
    spoke = spoke_for(key, asked.opened.release.statements, asked.keep, indexes.offices_of, indexes.held, days)
    return np.unique(np.concatenate([each.rows for each in spoke])) if spoke else np.zeros(0, dtype=np.intp)


def _entity(asked: Asked, key: str) -> Content:
    found = asked.opened.indexes.entities.get(key, {})
    offices = [
        {"title": each.title, "since": plain(each.since), "until": plain(each.until)}
        for each in found.get("offices") or ()
    ]
    return {
        "id": key,
        "name": asked.opened.names.get(key, key),
        **{name: plain(found.get(name)) for name in ("kind", "side", "wikidata")},
        "aliases": [str(each) for each in found.get("aliases") or ()],
        "offices": offices,
    }


def _figures(asked: Asked, places: np.ndarray) -> Content:
    """How many statements, how many of them undated, the first and last day, and how many a year."""
    days = days_of(asked.opened.release.statements)[places]
    dated = days[~np.isnat(days)]
    years, counts = np.unique(dated.astype("datetime64[Y]").astype(np.int64) + 1970, return_counts=True)
    return {
        "statements": len(places),
        "undated": len(days) - len(dated),
        "first": plain(dated.min().item()) if len(dated) else None,
        "last": plain(dated.max().item()) if len(dated) else None,
        "years": {str(year): count for year, count in zip(years.tolist(), counts.tolist(), strict=True)},
    }


def _formulas(asked: Asked, places: np.ndarray) -> list[Content]:
    known = asked.opened.formulas
    found = tally(asked.opened.release.statements, "formulas", places)
    return _shares(found, {key: each.name for key, each in known.items()})


def _shares(counted: Sequence[tuple[str, int]], names: Mapping[str, str]) -> list[Content]:
    return [{"id": key, "name": names.get(key, key), "statements": count} for key, count in counted[:_SEVERAL]]
