"""What a page sends to a browser, looked through for strangers' words that are more than words.

Fails closed: every text of every message counts as Markdown unless it is listed here as shown letter for letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.parts import inline_scripts

# Of the corpus, what must not reach Markdown as it stands: escaped, each of them has a backslash within.
MARKUP = (
    "<script", "<img", "<svg", "<iframe", "[click](", "[sign in again](", "![i](", "**bold**", "`code`", "<https://evil",
    r"$\href", r"$$\includegraphics", ":red[", ":material/bolt:", ":streamlit:", ":blue-badge[", ":rainbow[", ":skull:",
)  # fmt: skip
# Streamlit makes links of these, even where signs in them are escaped.
_ADDRESSES = re.compile(r"(?:https?\\?:\\?/\\?/|www\\?\.|\\?@)evil", re.IGNORECASE)
# Shown letter for letter by Streamlit's front end, or never shown: read in its source and looked at in a browser.
LETTER_FOR_LETTER = {
    "code.code_text",
    "text_input.default",
    "text_input.value",
    "text_input.placeholder",
    "text_area.default",
    "text_area.value",
    "multiselect.options",
    "multiselect.raw_values",
    "selectbox.options",
    "selectbox.raw_value",
    "page_link.query_string",
    "page_info_changed.query_string",
    "bidi_component.json",
    "navigation.page_sections",
}
_NAMES = re.compile(r"(?:^|\.)(?:\w*_?id|key|form_id|alt|element_id|script_hash|url|page_script_hash|proto_hash)$")
_TAGS = set(
    "a article aside b blockquote br button code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 hr i ins "
    "label li main mark nav ol p pre script small span strong style sub summary sup table tbody td th thead tr u "
    "ul".split()
)
_SCRIPTS = frozenset(inline_scripts.every())


def problems(messages: Iterable[ForwardMsg]) -> list[str]:
    """What in a page's messages could be more than words, each with where it stands."""
    found = []
    for message in messages:
        for path, words in _texts(message):
            found += [f"{path}: {each}" for each in _wrong(path, words)]
    return list(dict.fromkeys(found))


def size(messages: Iterable[ForwardMsg]) -> int:
    """Bytes that a browser has to take in."""
    return sum(message.ByteSize() for message in messages)


def words(messages: Iterable[ForwardMsg]) -> str:
    """All that a page says."""
    return "\n".join(each for message in messages for _, each in _texts(message))


def _texts(message: Message, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        here = (*path, field.name)
        values = value if isinstance(value, Iterable) and not isinstance(value, str | bytes) else [value]
        if isinstance(value, dict) or hasattr(value, "items"):
            values = list(value.values())
        for each in values:
            if isinstance(each, Message):
                yield from _texts(each, here)
            elif isinstance(each, str):
                yield ".".join(here[-2:]), each


def _wrong(path: str, words: str) -> list[str]:
    if path == "html.body":
        return list(in_html(words))
    if path == "bidi_component.json" and "figure" in (told := json.loads(words)):
        return list(_in_chart(json.loads(told["figure"])))
    if path in LETTER_FOR_LETTER or _NAMES.search(path):
        return []
    linked = [found.start() for found in _ADDRESSES.finditer(words)]
    return [words[max(0, at - 60) : at + 40] for at in [*linked, *(at for each in MARKUP for at in _bare(words, each))]]


def _bare(words: str, part: str) -> Iterator[int]:
    """Where ``part`` stands without a backslash that takes its first sign's meaning away."""
    at = words.find(part)
    while at >= 0:
        before = words[:at]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            yield at
            return
        at = words.find(part, at + 1)


def in_html(markup: str) -> Iterator[str]:
    """What in our own HTML is none of ours."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        if strange := [
            name for name in given if name.startswith("on") or name in ("src", "srcdoc", "action", "autofocus")
        ]:
            self.found.append(f"<{tag} {strange}>")
        if "href" in given:
            self._link(given)
        if tag == "script":
            self._script = []

    def _link(self, given: dict[str, str]) -> None:
        scheme = urlsplit("".join(given["href"].split())).scheme
        if scheme not in ("", "http", "https") or given["href"].startswith("//"):
            self.found.append(f"href {given['href'][:80]}")
        elsewhere = scheme and not given["href"].startswith("http://localhost")
        if elsewhere and not {"noopener"} <= set(given.get("rel", "").split()):
            self.found.append(f"href without noopener {given['href'][:80]}")

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            if "".join(self._script) not in _SCRIPTS:
                self.found.append(f"<script>{''.join(self._script)[:80]}")
            self._script = None


def _in_chart(value: Any, name: str = "") -> Iterator[str]:
    """Plotly takes some HTML in every text: of ours are ``<b>``, ``<i>``, ``<br>`` and ``<extra>``."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _in_chart(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _in_chart(each, name)
    elif isinstance(value, str) and name not in ("customdata", "ids", "x", "y", "base"):
        bare = re.sub(r"</?(?:b|i|extra|br)>", "", value)
        if "<" in bare or "<b>bold</b>" in value:
            yield f"chart {name}: {value[:100]}"
        if name == "hovertemplate" and "%{customdata}" in value:
            yield f"chart {name}: {value[:100]}"
