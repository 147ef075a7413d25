"""The few scripts that stand in a page itself: a browser runs these, told by their hashes, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

from pages.parts import document_parts, language

_IN_A_PAGE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def every() -> tuple[str, ...]:
    """Each script, letter by letter: Streamlit's own in its empty page, and ours."""
    shell = Path(streamlit.__file__).parent / "static/index.html"
    return (*_IN_A_PAGE.findall(shell.read_text(encoding="utf-8")), *language.SCRIPTS.values(), document_parts.SCROLL)
