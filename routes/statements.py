"""Statements: those that the filters keep, one with every print, and those that a dossier collects."""

from __future__ import annotations

from dataclasses import asdict

from analysis.exporting.dossier import read_dossier
from analysis.queries.coverage import coverage
from analysis.queries.documents import other_prints, same_print
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import address, paged, plain, statement_rows
from routes.problems import Problem


def several(asked: Asked) -> Content:
    """The statements that the filters keep, newest first unless asked otherwise, undated ones last."""
    calendar = asked.opened.timetable.calendar
    if asked.get("list") == "undated":
        order = calendar.undated(asked.kept)
    elif asked.get("sort") == "oldest":
        order = calendar.in_order(asked.kept)
    else:
        order = calendar.newest_first(asked.kept)
    number, part = asked.part(len(order))
    return paged(asked, "statements", len(order), statement_rows(asked, order[part]), number, part)


def one(asked: Asked) -> Content:
    """A statement with every print of it, that whose words it has first."""
    wanted = asked.identifier or ""
    place = asked.opened.place(wanted)
    if place is None:
        raise Problem(404, f"Release {asked.opened.release.number} has no statement “{wanted[:100]}”.", "id")
    row = statement_rows(asked, [place])[0]
    own = str(row["quote_id"])
    quotes = asked.opened.release.quotes_of(wanted)
    firsts = [own, *(str(quote_id) for quote_id in other_prints(quotes, own)["quote_id"])]
    prints = []
    for quote_id in firsts:
        pieces = quotes[quotes["quote_id"].isin(same_print(quotes, quote_id))]
        if len(pieces):
            document_id = str(pieces["document_id"].iloc[0])
            prints.append(
                {
                    "document_id": document_id,
                    "licence": asked.opened.licences.get(document_id),
                    "pieces": [
                        {name: plain(each[name]) for name in ("quote_id", "start", "end", "kind", "text")}
                        for each in pieces.to_dict("records")
                    ],
                    "html_url": asked.address("document", {"document": document_id, "quote": quote_id}),
                    "url": address(asked, "documents", document_id),
                }
            )
    return {"statement": row, "prints": prints}


def collected(asked: Asked) -> Content:
    """The statements of a dossier that this release has, in their order, with the reader's notes."""
    read = read_dossier(asked.values)
    asked.notes.extend(map(str, read.lost))
    there = []
    for item in read.dossier.items:
        place = asked.opened.place(item.statement_id)
        if place is None:
            asked.notes.append(f"statement “{item.statement_id}” is not in this release")
        else:
            there.append((place, item.note or None))
    number, part = asked.part(len(there))
    shown = there[part]
    rows = statement_rows(asked, [place for place, _ in shown], {"note": [note for _, note in shown]})
    return {"title": read.dossier.title or None, **paged(asked, "statements", len(there), rows, number, part)}


def overview(asked: Asked) -> Content:
    """What the filters keep, counted, with what these counts leave out, and the latest statements."""
    found = coverage(asked.opened.release.statements, asked.places)
    counted = plain(asdict(found))
    for name in ("speakers", "sources"):
        counted[name] = counted[name][:50]
    latest = asked.opened.timetable.calendar.newest_first(asked.kept)[:3]
    every = {"statements": len(asked.opened.places), "documents": len(asked.opened.shelf)}
    return {"release_holds": every, "kept": counted, "latest": statement_rows(asked, latest)}
