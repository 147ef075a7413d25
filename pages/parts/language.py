"""The reader's language: which it is, and words, days and numbers in it.

Words stand in English where they are used, literally, inside ``tr``, ``trn`` or ``mark``; ``pages.parts.strings``
gathers them into ``locale/``, where their translations are. What has no translation yet is shown in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

import streamlit as st
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.messages import Message

LANGUAGES = {"en": "English", "zh": "中文", "ru": "Русский"}
FOLDER = Path(__file__).parents[2] / "locale"
_FORMATS = {"en": Locale("en", "GB"), "zh": Locale("zh"), "ru": Locale("ru")}  # the British write the day first
_IN_HTML = {"zh": "zh-Hans"}
_SWITCH = "language_switch"
SCRIPTS = {code: f'document.documentElement.lang = "{_IN_HTML.get(code, code)}"' for code in LANGUAGES}


_shown: ContextVar[str | None] = ContextVar("lang_shown", default=None)  # of the run; a page asks hundreds of times


def current() -> str:
    """The reader's language, one of ``LANGUAGES``; English outside a session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    found: str = _shown.get() or st.session_state.get("lang_shown", "en")
    return found


def chosen() -> str | None:
    """The language that the reader or a link chose; None where the browser's is taken. Addresses carry it."""
    found: str | None = st.session_state.get("lang")
    return found


def take_in(asked: str | None, written: str | None, *, went_back: bool) -> None:
    """Settle the language once per run, before anything is drawn.

    asked: the address's ``lang``. written: what this session last put there. Until the browser has taken that over,
    a quick reader's address is an older one, so one that says nothing new changes nothing.
    """
    state = st.session_state
    is_news = "lang" not in state or went_back or asked not in (written, state["lang_seen"])
    if asked is None:  # the page menu brings none, and an older address may have none
        state.setdefault("lang", None)
    elif is_news:
        state["lang"] = asked if asked in LANGUAGES else None
    state["lang_seen"] = asked
    state["lang_shown"] = state["lang"] or _of_browser()
    _shown.set(state["lang_shown"])


def _of_browser() -> str:
    """The first of the browser's languages that there is; English where there is none."""
    return accepted(st.context.headers.get("Accept-Language") or "", st.context.locale or "")


def accepted(header: str, first: str = "") -> str:
    """The best of the languages that a browser's header names, after ``first``; English where there is none."""
    found = []
    for entry in header.split(","):
        name, _, quality = entry.partition(";q=")
        try:
            found.append((-float(quality or 1), name.strip()))
        except ValueError:
            continue
    names = [first, *(name for _, name in sorted(found, key=lambda pair: pair[0]))]
    return next((code for name in names if (code := name.lower().split("-")[0]) in LANGUAGES), "en")


def switch(forget: Iterable[str]) -> None:
    """Draw the choice of language. forget: keys of widgets that are to be filled anew when it changes."""

    def choose() -> None:
        st.session_state["lang"] = st.session_state[_SWITCH]
        for key in forget:  # a widget with other labels is another widget
            st.session_state.pop(key, None)

    st.session_state[_SWITCH] = current()
    st.segmented_control(
        tr("Language"),
        list(LANGUAGES),
        key=_SWITCH,
        required=True,
        format_func=lambda code: LANGUAGES.get(code, code),
        label_visibility="collapsed",
        on_change=choose,
    )


def tell_browser() -> None:
    """Let a page that stands alone say which language it is in; ``in_browser`` says it for all others."""
    st.html(f"<script>{SCRIPTS[current()]}</script>", unsafe_allow_javascript=True)


def in_html(code: str | None = None) -> str:
    """A language, the reader's own, as HTML names it: screen readers and fonts go by that."""
    code = code or current()
    return _IN_HTML.get(code, code)


def mark(words: str) -> str:
    """``words`` as they stand, for constants: found for the catalogue here, translated by ``tr`` where drawn."""
    return words


def tr(words: str, /, **values: object) -> str:
    """``words`` in the reader's language, then ``values`` put in as they stand: escape them for HTML or Markdown."""
    code = current()
    return _put(catalogue(code).gettext(words) if words else "", values, code)


def trn(one: str, many: str, number_: int, /, **values: object) -> str:
    """The words for so many, with "{count}" put in, and ``values``: "1 statement", "1,204 statements"."""
    code = current()
    found = catalogue(code).ngettext(one, many, number_)
    return _put(found, {"count": _grouped(number_, code), **values}, code)


def told(words: str | Exception) -> str:
    """A message from ``analysis`` in the reader's language, or that of an exception; other words as they stand."""
    return _said(words.args[0] if isinstance(words, Exception) and words.args else words, current())


def _said(words: object, code: str) -> str:
    if not isinstance(words, Message):
        return str(words)
    known = catalogue(code)
    if words.many is not None and words.number is not None:
        found = known.ngettext(words.template, words.many, words.number)
        return _put(found, {"count": _grouped(words.number, code), **words.values}, code)
    return _put(known.gettext(words.template) if words.template else "", words.values, code)


def _put(words: str, values: Mapping[str, object], code: str) -> str:
    """``words`` with ``values`` in them, messages and days among these in the language."""
    if not values:
        return words
    found = words.format(**{name: _in_words(value, code) for name, value in values.items()})
    return found.replace("г..", "г.") if code == "ru" else found  # a day's last point ends the sentence too


def _in_words(value: object, code: str) -> object:
    if isinstance(value, date):
        return _day(value, code)
    return _said(value, code) if isinstance(value, Message) else value


def number(value: int) -> str:
    """ "1,204" in English and Chinese, "1 204" in Russian."""
    return _grouped(value, current())


def _grouped(value: int, code: str) -> str:
    return f"{value:,}".replace(",", _FORMATS[code].number_symbols["latn"]["group"])


def day(value: date | None) -> str:
    """ "18 March 2023", "2023年3月18日", "18 марта 2023 г."; "Undated" where it is not known."""
    return _day(value, current()) if value else tr("Undated")


@lru_cache(maxsize=20_000)
def _day(value: date, code: str) -> str:
    return format_date(value, "long", locale=_FORMATS[code])


def month(value: date) -> str:
    """ "March 2023", "2023年3月", "март 2023 г."."""
    return format_skeleton("yMMMM", value, locale=_FORMATS[current()])


def short_month(value: date) -> str:
    """ "Mar 2023", "2023年3月", "март 2023 г."."""
    return format_skeleton("yMMM", value, locale=_FORMATS[current()])


def short_day(value: date) -> str:
    """ "18 Mar", "3月18日", "18 мар."."""
    return format_skeleton("MMMd", value, locale=_FORMATS[current()])


def span(first: date | None, last: date | None) -> str:
    """ "2001–2026" or "March 2023 – May 2024" or "9–18 March 2023" or one day; "no dates" where none is known."""
    if first is None or last is None:
        return tr("no dates")
    if first == last:
        return day(first)
    if last.year - first.year >= 2:
        return f"{first.year}–{last.year}"
    if (first.year, first.month) != (last.year, last.month):
        return f"{month(first)} – {month(last)}"
    return f"{day(first)}–{last.day}日" if current() == "zh" else f"{first.day}–{day(last)}"


def clauses(parts: Iterable[str]) -> str:
    """Clauses as one, with the language's semicolon between them."""
    joined = ""
    for part in parts:
        joined = tr("{first}; {second}", first=joined, second=part) if joined else part
    return joined


def beside(*parts: str) -> str:
    """A name and what belongs to it, with the language's comma between them; empty parts are left out."""
    joined = ""
    for part in filter(None, parts):
        joined = tr("{first}, {second}", first=joined, second=part) if joined else part
    return joined


def labelled(label: str, value: object) -> str:
    """What something is, and its value, with the language's colon between them."""
    return tr("{label}: {value}", label=label, value=value)


def listed(parts: Iterable[str]) -> str:
    """Names as a list, with the language's comma between them."""
    joined = ""
    for part in parts:
        joined = tr("{names}, {next}", names=joined, next=part) if joined else part
    return joined


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations into a language, read from its .po file once; none for English."""
    file = FOLDER / code / "LC_MESSAGES/on_record.po"
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as lines:
        messages = read_po(lines, locale=code)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)
