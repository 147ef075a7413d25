"""Where a statement is printed: whether its words are the speaker's own, each print in its context, what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from analysis.pieces import joined, kind_among
from analysis.queries.documents import around, other_prints, same_print
from analysis.queries.verbatim import Printed, how_printed, is_it_verbatim, quoted_parts
from analysis.queries.wording import Change, Wording, wording
from analysis.schema import Document, Kind
from analysis.web_address import web_address
from pages.parts import data, language, links, marked_text, text
from pages.parts.language import mark, number, told, tr, trn

_AT_ONCE = 6  # prints drawn before the reader asks for the rest
_READ = 24  # texts read to answer whether the words are in quotation marks
_NAMED = 4  # prints named in the answer
_HOW = {
    Printed.MARKS: mark("in quotation marks"),
    Printed.OWN: mark("the speaker’s own text"),
    Printed.PARTLY: mark("reported, some words in quotation marks"),
    Printed.REPORTED: mark("reported, without quotation marks"),
}
_TAGS = {Change.ADDED: "ins", Change.LEFT_OUT: "del"}


@dataclass(frozen=True)
class Print:
    """One print of a statement."""

    document_id: str
    quote_id: str  # of its first piece
    kind: Kind
    words: str  # of all its pieces
    marked: tuple[str, ...]  # those of them that stand in quotation marks, where not all do
    start: int  # of the first piece
    end: int  # of the last
    publisher: str | None
    title: str | None
    published_on: date | None


def of(statement: data.Row) -> list[Print]:
    """Every print, the one whose words the statement has first, then by the day of publication, undated ones last."""
    own = str(statement["quote_id"])
    quotes = data.quotes_of(str(statement["statement_id"]))
    others = [str(quote_id) for quote_id in other_prints(quotes, own)["quote_id"]]
    found = [made for quote_id in (own, *others) if (made := _made(quotes, quote_id))]
    return found[:1] + sorted(found[1:], key=lambda each: (each.published_on or date.max, each.document_id, each.start))


def _made(quotes: pd.DataFrame, quote_id: str) -> Print | None:
    pieces = quotes[quotes["quote_id"].isin(same_print(quotes, quote_id))]
    shelf = data.current().shelf
    if pieces.empty:
        return None
    document_id = str(pieces["document_id"].iloc[0])
    place = shelf.place(document_id)
    listed = shelf.rows([place], shelf.every)[0] if place is not None else None
    return Print(
        document_id,
        str(pieces["quote_id"].iloc[0]),
        kind_among(pieces["kind"]),
        joined(pieces["text"]),
        _marked(pieces),
        int(pieces["start"].min()),
        int(pieces["end"].max()),
        listed.publisher if listed else None,
        listed.title if listed else None,
        listed.published_on if listed else None,
    )


def _marked(pieces: pd.DataFrame) -> tuple[str, ...]:
    found: list[str] = []
    for words, kind in zip(pieces["text"], pieces["kind"], strict=True):
        found += [words] if kind == Kind.DIRECT else quoted_parts(words)
    return tuple(found)


def _ways(prints: Sequence[Print]) -> list[Printed]:
    """How each print gives the words. A late one of many is taken to be marked as the first direct one is."""
    marked = Printed.MARKS
    found = []
    for at, each in enumerate(prints):
        document = data.read(each.document_id) if at < _READ else None
        if each.kind is Kind.DIRECT and document is None:
            how = marked
        else:
            how = how_printed(each.kind, document.text if document else "", each.start, each.end)
        if each.kind is Kind.DIRECT and Kind.DIRECT not in {one.kind for one in prints[:at]}:
            marked = how
        found.append(how)
    return found


def answer(statement: data.Row, prints: Sequence[Print]) -> None:
    """Say at the top whether the words are the speaker's own, where they are printed, and whether prints agree."""
    if not prints:
        st.html(f'<p class="or-answer">{tr("Its prints could not be read from the archive.")}</p>')
        return
    ways = _ways(prints)
    verdict = tr("{sentence}.", sentence=text.escape(told(is_it_verbatim(ways))))
    more = [_places(prints)]
    if Printed.MARKS not in ways and Printed.OWN not in ways and Printed.PARTLY in ways:
        marked = language.listed(f"“{text.escape(part)}”" for part in prints[ways.index(Printed.PARTLY)].marked[:6])
        if marked:
            more.insert(0, tr("In quotation marks: {words}.", words=marked))
    if len(prints) > 1:
        more.append(_agreement(statement, prints))
    more += _translated(prints[0])
    st.html(
        f'<div class="or-answer" role="note"><p><strong>{verdict}</strong></p>'
        f'<p class="or-soft">{" ".join(more)}</p></div>'
    )


def _agreement(statement: data.Row, prints: Sequence[Print]) -> str:
    """Whether all prints have the same words."""
    others = prints[1:_READ]
    changed = sum(_compared(statement, each).differs for each in others)
    if not changed:
        return tr("All prints have the same words.")
    if len(others) == 1:
        return tr("The other print words it differently: see below.")
    return trn(
        "{changed} of {count} other print words it differently: see below.",
        "{changed} of {count} other prints word it differently: see below.",
        len(others),
        changed=number(changed),
    )


def _places(prints: Sequence[Print]) -> str:
    """Who prints it and when, each a link to the words there."""
    named = []
    for each in prints[:_NAMED]:
        label = language.beside(each.publisher or tr("publisher not known"), _day(each.published_on) or "")
        named.append(links.anchor("document", label, document=each.document_id, quote=each.quote_id))
    if rest := len(prints) - _NAMED if len(prints) > _NAMED else 0:
        named.append(trn("{count} more", "{count} more", rest))
    return tr("Printed by {places}.", places=language.clauses(named))


def _day(published_on: date | None) -> str | None:
    return language.day(published_on) if published_on else None


def _translated(first: Print) -> list[str]:
    """That the words may be a translator's."""
    document = data.read(first.document_id)
    if document is None or document.lang != "en":
        return []
    return [tr("It is printed in English: of what was said in another language, these are a translator’s words.")]


def draw(statement: data.Row, prints: Sequence[Print]) -> None:
    """Draw every print with its source, in its context, and what it changed of the words shown above."""
    if not prints:
        return
    places = trn("Where it is printed: {count} place", "Where it is printed: {count} places", len(prints))
    st.subheader(tr("Where it is printed") if len(prints) == 1 else places, anchor=False)
    ways = _ways(prints)
    if any(_is_shown(_compared(statement, each)) for each in prints[1:_READ]):
        _legend()
    for each, way in list(zip(prints, ways, strict=True))[:_AT_ONCE]:
        _print(statement, each, way, is_first=each is prints[0])
    if len(prints) > _AT_ONCE:
        label = trn("{count} more place", "{count} more places", len(prints) - _AT_ONCE)
        if (rest := st.expander(label, on_change="rerun", key="more_prints")).open:
            with rest:
                for each, way in list(zip(prints, ways, strict=True))[_AT_ONCE:]:
                    _print(statement, each, way, is_first=False)


def _legend() -> None:
    names = tr("underlined"), tr("struck through")
    added, left_out = f"<ins>{names[0]}</ins>", f"<del>{names[1]}</del>"
    told = tr(
        "Against the words above: {added} stands only in this print, {left_out} only above. Capitals and punctuation "
        "are not compared.",
        added=added,
        left_out=left_out,
    )
    st.html(f'<p class="or-soft or-diff">{told}</p>')


def _compared(statement: data.Row, printed: Print) -> Wording:
    words = str(statement["text"])
    return data.picked().keep(("wording", words, printed.words), lambda: wording(words, printed.words))


def _is_shown(compared: Wording) -> bool:
    """True where a comparison word by word tells something."""
    return compared.differs and not compared.is_other_words


def _print(statement: data.Row, printed: Print, way: Printed, *, is_first: bool) -> None:
    found = data.read(printed.document_id)
    if found is None:
        st.caption(tr("A text that prints it could not be read; run `python -m analysis check`."))
        return
    quotes = data.quotes_in(printed.document_id)
    window = around(found.text, printed.start, printed.end)
    compared = _compared(statement, printed)
    told_how = [tr(_HOW[way])]
    told_how.append(tr("the words shown above") if is_first else text.escape(told(compared.in_words())))
    changes = f'<p class="or-words or-diff">{_woven(compared)}</p>' if not is_first and _is_shown(compared) else ""
    with st.container(border=True, gap="small"):
        st.html(
            f'<p class="or-soft or-tight-p">{_in(found, printed)}</p>'
            f'<p class="or-soft or-how"><span class="or-tag">{told_how[0]}</span> {told_how[1]}</p>{changes}'
            f"{marked_text.marked(found, quotes, printed.quote_id, window)}{marked_text.footnotes(found, window)}"
        )


def _in(found: Document, printed: Print) -> str:
    title = links.anchor(
        "document", found.title or tr("Untitled text"), document=printed.document_id, quote=printed.quote_id
    )
    by = [text.escape(found.publisher or tr("publisher not known"))]
    if found.published_on:
        by.append(language.day(found.published_on))
    source = f" · {text.outside_link(found.url, tr('its page'))}" if web_address(found.url) else ""
    return tr("In {title} ({printed})", title=title, printed=language.listed(by)) + source


def _woven(compared: Wording) -> str:
    """HTML of the words with what was left out and added, each said to those who can't see the lines."""
    spoken = {Change.ADDED: tr("added:"), Change.LEFT_OUT: tr("left out:")}
    drawn = []
    for stretch in compared.stretches:
        words = text.escape_exactly(stretch.words)
        if stretch.change is Change.SAME:
            drawn.append(words)
            continue
        tag, bare = _TAGS[stretch.change], words.rstrip()
        said = f'<span class="or-unseen">[{spoken[stretch.change]} </span>'
        drawn.append(f'<{tag}>{said}{bare}<span class="or-unseen">]</span></{tag}>{words[len(bare) :] or " "}')
    return "".join(drawn)
