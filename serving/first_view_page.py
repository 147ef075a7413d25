"""A page that Streamlit drew, from its messages to plain HTML: what can be read of it, and room for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from streamlit import config, file_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.parts import language, text

_PAGES = Path(__file__).resolve().parent.parent / "pages/parts/style.css"
_MAIN, _SIDEBAR = 0, 1  # Streamlit's containers
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ESCAPED = re.compile(r"\\([^\w\s])")
_FONTS = (("Source Sans", "SourceSansVF-Upright"), ("Source Serif", "SourceSerifVariable-Roman"))
_SYMBOLS = ("Material Symbols Rounded", "MaterialSymbols-Rounded")


@dataclass
class _Node:
    """An element or a block, and what stands in it by place."""

    kind: str = ""
    about: Any = None
    parts: dict[int, _Node] = field(default_factory=dict)


def html(messages: Iterable[ForwardMsg], code: str) -> str:
    """HTML of the page to lay over Streamlit's. code: of its language.

    Empty where the page reports an error, or has not the component in its sidebar that takes the cover away.
    """
    root, pages = _Node(), []
    for message in messages:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            pages = list(message.navigation.app_pages)
        elif kind == "delta":
            _place(root, message)
    main, side = root.parts.get(_MAIN), root.parts.get(_SIDEBAR)
    if main is None or side is None or _has(main, "exception") or not _has(side, "bidi_component"):
        return ""
    menu = "".join(_menu(page) for page in pages if not page.is_hidden)
    return (
        f'<div id="first-view" lang="{language.in_html(code)}"><style>{_style()}</style>'
        f"<aside><nav>{menu}</nav>{''.join(_drawn(side))}</aside><main>{''.join(_drawn(main))}</main></div>"
    )


def _place(root: _Node, message: ForwardMsg) -> None:
    """Put what a message draws where it belongs."""
    at = root
    for step in message.metadata.delta_path:
        at = at.parts.setdefault(step, _Node())
    delta = message.delta
    if delta.WhichOneof("type") == "new_element":
        at.kind = str(delta.new_element.WhichOneof("type"))
        at.about, at.parts = getattr(delta.new_element, at.kind), {}
    elif delta.WhichOneof("type") == "add_block":
        at.kind = str(delta.add_block.WhichOneof("type"))
        at.about = delta.add_block


def _has(node: _Node, kind: str) -> bool:
    return node.kind == kind or any(_has(part, kind) for part in node.parts.values())


def _menu(page: Any) -> str:  # noqa: ANN401
    here = ' aria-current="page"' if page.is_default else ""
    where = "" if page.is_default else page.url_pathname
    return f'<a href="./{text.escape(where)}"{here}>{_icon(page.icon)}{text.escape(page.page_name)}</a>'


def _icon(name: str) -> str:
    return text.icon(name.removeprefix(":material/").removesuffix(":")) if name else ""


def _drawn(node: _Node) -> list[str]:
    """What stands in a block, in order."""
    return [_one(part) for _, part in sorted(node.parts.items())]


def _one(node: _Node) -> str:
    if node.kind == "html":
        return f"<div>{node.about.body}</div>" if not node.about.unsafe_allow_javascript else ""
    if node.kind == "heading":
        tag = node.about.tag if node.about.tag in ("h1", "h2", "h3", "h4") else "h2"
        return f"<{tag}>{_words(node.about.body)}</{tag}>"
    if node.kind == "markdown":
        return _markdown(node.about)
    if node.kind == "popover":
        about = node.about.popover
        return f'<div class="fv-popover">{_icon(about.icon)}{_words(about.label)}{text.icon("expand_more")}</div>'
    if node.kind == "expandable":
        return f'<div class="fv-expandable">{text.icon("chevron_right")}{_words(node.about.expandable.label)}</div>'
    if node.kind == "column":
        return f'<div class="fv-stack" style="flex:{node.about.column.weight:.3f} 1 0">{"".join(_drawn(node))}</div>'
    if node.parts:
        return f'<div class="{_look(node)}">{"".join(_drawn(node))}</div>'
    label = str(getattr(node.about, "label", ""))
    if node.kind == "button_group":
        choices = "".join(f"<span>{_words(one.content)}</span>" for one in node.about.options)
        return f'<div class="fv-choices">{choices}</div>'
    if node.kind == "page_link":
        return f'<div class="or-ways"><span>{_icon(node.about.icon)} {_words(label)}</span></div>'
    if label:
        empty = _words(getattr(node.about, "placeholder", ""))
        return f'<div class="fv-field"><p>{_words(label)}</p><div>{empty}</div></div>'
    return ""


def _look(node: _Node) -> str:
    """The class of a block: a row, or one below the other."""
    if any(part.kind == "column" for part in node.parts.values()):
        return "fv-row fv-columns"
    is_row = node.kind == "flex_container" and node.about.flex_container.direction == _horizontal()
    return "fv-row" if is_row else "fv-stack"


@cache
def _horizontal() -> int:
    from streamlit.proto.Block_pb2 import Block

    return int(Block.FlexContainer.Direction.Value("HORIZONTAL"))


def _markdown(about: Any) -> str:  # noqa: ANN401
    if about.body.startswith("### "):
        return f"<h3>{_words(about.body[4:])}</h3>"
    is_caption = about.element_type == type(about).Type.Value("CAPTION")
    return f"<p{' class=fv-caption' if is_caption else ''}>{_words(about.body)}</p>"


def _words(markdown: str) -> str:
    """Markdown's words as HTML: emphasis, and signs that stand for themselves; everything else as it is written."""
    strong = _STRONG.sub(r"<strong>\1</strong>", text.escape(markdown))
    return _ESCAPED.sub(r"\1", strong)


@cache
def _style() -> str:
    media = Path(file_util.get_static_dir()) / "static/media"
    faces = "".join(
        f'@font-face{{font-family:"{family}";src:url("./static/media/{file.name}") format("woff2");'
        f"font-weight:200 900;font-display:swap}}"
        for family, begins in (*_FONTS, _SYMBOLS)
        for file in sorted(media.glob(f"{begins}*.woff2"))[:1]
    )
    themes = {name: _colours(name) for name in ("light", "dark")}
    return (
        faces
        + _PAGES.read_text(encoding="utf-8")
        + f"#first-view{{{themes['light']}}}@media(prefers-color-scheme:dark){{#first-view{{{themes['dark']}}}}}"
        + Path(__file__).with_name("first_view.css").read_text(encoding="utf-8")
    )


def _colours(theme: str) -> str:
    """The theme's colours as the stylesheet names them."""
    found: Sequence[tuple[str, str]] = (
        ("--page", f"theme.{theme}.backgroundColor"),
        ("--beside", f"theme.{theme}.sidebar.backgroundColor"),
        ("--ink", f"theme.{theme}.textColor"),
        ("--edge", f"theme.{theme}.borderColor"),
    )
    return "".join(f"{name}:{config.get_option(option)};" for name, option in found) + f"color-scheme:{theme};"
