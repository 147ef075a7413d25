"""Untrusted words made safe to show: in our own HTML, in Markdown labels, and as links.

Document text, names and titles come from strangers. Nothing of theirs reaches a page except through here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from analysis.schema import Span
from analysis.web_address import web_address

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")
_BARE_ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|@(?=[-\w])", re.IGNORECASE)  # Streamlit links even what is escaped
_WITHIN_A_LINE = re.compile(r"([\\`*_{}\[\]<>|~$:^&])")


def known(value: object) -> str | None:
    """``value`` as text; None where it is missing or empty."""
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NaT:
        return None
    return str(value).strip() or None


def escape(value: object) -> str:
    """``value`` for the text or an attribute of our own HTML; missing values become an empty string."""
    return html.escape(known(value) or "", quote=True)


def in_chart(value: object) -> str:
    """``value`` for Plotly, which reads tags and, of what HTML writes for signs, not the quotation marks."""
    return html.escape(known(value) or "", quote=False)


def markdown(value: object) -> str:
    """``value`` for a Markdown label, with every character that could mean something to Markdown taken literally."""
    return _MARKDOWN.sub(r"\\\1", _unlinked(value))


def sentence(value: object) -> str:
    """``value`` for the middle of a line of Markdown: nothing in it is more than a word. It must not begin a line."""
    return _WITHIN_A_LINE.sub(r"\\\1", _unlinked(value))


def _unlinked(value: object) -> str:
    """``value`` on one line, with a sign that is not seen where an address would be taken for a link."""
    return _BARE_ADDRESS.sub("\\g<0>\u2060", " ".join((known(value) or "").split()))


def in_short(words: str, most: int) -> str:
    """``words`` with their middle left out where they are longer than ``most`` characters: both ends say something."""
    return words if len(words) <= most else f"{words[: most * 2 // 3].rstrip()} … {words[-most // 4 :].lstrip()}"


def icon(name: str) -> str:
    """HTML of an icon of Streamlit's own font, which screen readers pass over."""
    return f'<span class="or-icon" aria-hidden="true">{escape(name)}</span>'


def outside_link(address: object, label: object) -> str:
    """HTML that links ``label`` to a page elsewhere; the label alone where ``address`` is no web address."""
    target = web_address(address)
    if target is None:
        return escape(label)
    return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a>'


def runs(words: str, found: Iterable[str]) -> list[tuple[int, int]]:
    """Where ``words`` has whole words of ``found``, whatever their case; neighbours are one run.

    Returns (start, end) in code points, in order.
    """
    terms = sorted({term for term in found if term.strip()}, key=len, reverse=True)
    if not terms:
        return []
    one = r"(?<!\w)(?:" + "|".join(re.escape(term) for term in terms) + r")(?!\w)"
    return [match.span() for match in re.finditer(rf"{one}(?:[\s\-‑–,’']{{1,2}}{one})*", words, re.IGNORECASE)]


def highlighted(words: str, found: Iterable[str], part: Span | None = None) -> str:
    """HTML of ``words`` with every run of ``found`` in ``<mark>``, and ``part`` of them in ``<u>``."""
    marks = runs(words, found)
    ends = {0, len(words), *(end for run in marks for end in run), *((part.start, part.end) if part else ())}
    places = sorted(ends)
    drawn = []
    for start, end in pairwise(places):
        piece = escape_exactly(words[start:end])
        if any(first <= start and end <= last for first, last in marks):
            piece = f"<mark>{piece}</mark>"
        if part and part.start <= start and end <= part.end:
            piece = f"<u>{piece}</u>"
        drawn.append(piece)
    return "".join(drawn).replace("</u><u>", "")


def escape_exactly(words: str) -> str:
    """``words`` for HTML with their spaces kept."""
    return html.escape(words, quote=True)


def shortened(words: str, most: int) -> str:
    """``words`` on one line, cut at a word with "…" where they are longer than ``most`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"
