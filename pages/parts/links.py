"""The one place that builds addresses and reads them.

Every page's whole state is in its address: the shared filters, the release, and the page's own parameters. An
address that this session did not write (a link that was opened, the back button) is taken in whole; otherwise
what the reader did on the page is written out, so that the address bar can always be copied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.queries import link_parameters
from analysis.queries.link_parameters import Own, Values, given
from pages.parts import language, text
from pages.parts.language import number, tr, trn
from pages.parts.places import PLACES

SHARED = tuple(each.name for each in link_parameters.SHARED)  # what every page can be asked for
_STREAMLIT_OWN = {"embed", "embed_options"}
_TO_COPY = "places_of_address"
_CLAUSES, _LONGEST_CLAUSE = 8, 240  # told of a link that asks for much that is not there; characters of each


def take_in(path: str) -> None:
    """Read the address once per run, before anything is drawn. ``path`` is the page that it opens."""
    now: Values = {name: st.query_params.get_all(name) for name in st.query_params if name not in _STREAMLIT_OWN}
    before: tuple[str, Values] | None = st.session_state.get("address")
    st.session_state["went_back"] = went_back = _is_history_navigation()
    if before is None:
        opened = True
    elif went_back:
        opened = (path, now) != before
    elif before[0] != path:
        opened = bool(now)  # a link in a page brings its parameters, the page menu brings none
    else:
        opened = False  # whatever it says: a quick reader acts before the browser has taken over what was written
    st.session_state["address"] = (path, now)
    st.session_state["opened"] = opened
    st.session_state[_TO_COPY] = []
    own: dict[str, Values] = st.session_state.setdefault("own", {})
    if opened or path not in own:
        own[path] = link_parameters.own_of(now, path)
    if opened:
        lost(link_parameters.strange(now, path))
    unknown = next((code for code in now.get("lang", ())[-1:] if code not in language.LANGUAGES), None)
    if opened and unknown is not None:
        every = language.listed(language.LANGUAGES)
        lost([tr("language “{asked}” is none of {languages}", asked=unknown, languages=every)])


def take_language() -> None:
    """Settle the reader's language once per run, before the page menu is drawn."""
    before: tuple[str, Values] | None = st.session_state.get("address")
    written = next(iter(before[1].get("lang", ())), None) if before else None
    language.take_in(st.query_params.get("lang"), written, went_back=_is_history_navigation())


def choose_language() -> None:
    """Draw the choice of language."""
    language.switch(PLACES[st.session_state["address"][0]].parameters)


def _is_history_navigation() -> bool:
    """True when the browser's back or forward button caused this run."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def opened() -> bool:
    """True in the run that takes in an address which this session did not write."""
    return bool(st.session_state["opened"])


def address() -> Values:
    """The parameters of the address as they stood when the run began."""
    taken: tuple[str, Values] = st.session_state["address"]
    return taken[1]


def lost(sentences: Iterable[str]) -> None:
    """Tell the reader what a link asked for that could not be used. One clause each; a link's words are only words."""
    every = [text.in_short(language.told(each), _LONGEST_CLAUSE) for each in sentences]
    if not every:
        return
    told = every[:_CLAUSES]
    if more := len(every) - len(told):
        told.append(trn("{count} more thing like this", "{count} more things like this", more))
    title = tr("This link asks for more than can be shown")
    sentence = text.sentence(language.clauses(told))
    st.warning(tr("{sentence}.", sentence=sentence), title=title, icon=":material/link_off:")


def _own() -> Values:
    path: str = st.session_state["address"][0]
    values: Values = st.session_state["own"][path]
    return values


def get(name: str) -> str | None:
    """The page's own parameter ``name``; None where it is not set."""
    return next(iter(_own().get(name, ())), None)


def get_all(name: str) -> list[str]:
    """Every value of the page's own parameter ``name``."""
    return list(_own().get(name, ()))


def put(**values: Own) -> None:
    """Set the page's own parameters; None clears one. For callbacks and for what a widget returned."""
    for name, value in values.items():
        if values_given := given(value):
            _own()[name] = values_given
        else:
            _own().pop(name, None)
        if name == "page":
            st.session_state.pop("page", None)


def choice(name: str, options: Collection[str], default: str) -> str:
    """The key of a widget for the page's parameter ``name``, with the asked option put into it.

    An option that does not exist is said aloud and ``default`` taken. Call ``keep`` with what the widget returned.
    """
    asked, why = link_parameters.one_of(name, get(name), options)
    if why is not None:
        lost([why])
        put(**{name: None})
    if opened() or st.session_state.get(name) not in options:  # another page may have a parameter of the same name
        st.session_state[name] = asked or default
    return name


def keep(name: str, value: str | int | None, default: str | int | None = None) -> None:
    """Note for the address what a widget returned; the default is left out."""
    put_value = None if value == default else value
    if put_value is None or put_value == "":
        _own().pop(name, None)
    else:
        _own()[name] = [str(put_value)]


def page_number(pages: int) -> int:
    """Draw the page buttons where there is more than one page; the page asked for, from 1, within ``pages``."""
    shown, why = link_parameters.page_of(get("page"), pages, number(max(pages, 1)))
    if why is not None and opened():
        lost([why])
    if pages > 1:
        if opened() or "page" not in st.session_state or not 1 <= st.session_state["page"] <= pages:
            st.session_state["page"] = shown
        shown = st.pagination(pages, key="page")
    keep("page", shown, 1)
    return shown


def parameters(own: Mapping[str, Own], *, shared: Values | None = None) -> list[tuple[str, str]]:
    """Everything that an address carries, in a fixed order: a page's ``own`` values, filters, release, language."""
    filters: Values = st.session_state["shared"] if shared is None else shared
    return link_parameters.pairs(own, filters, st.session_state["release"], language.chosen())


def write_out() -> None:
    """Put the page's state into the address and into what is offered to copy, last thing in a run."""
    path: str = st.session_state["address"][0]
    own = _own()
    for place in st.session_state.pop(_TO_COPY, []):
        place.code(full(), language=None, wrap_lines=True)
        with place:
            _for_programs(path, own)
    pairs = [(name, value) for name in PLACES[path].parameters for value in own.get(name, ())]
    pairs += parameters({})
    wanted: Values = {}
    for name, value in pairs:
        wanted.setdefault(name, []).append(value)
    if wanted != address() and not st.session_state["went_back"]:  # writing then would bar the way further back
        kept: Values = {name: st.query_params.get_all(name) for name in _STREAMLIT_OWN if name in st.query_params}
        st.query_params.from_dict(kept | wanted)
    st.session_state["address"] = (path, wanted)


def to(
    path: str,
    label: str,
    *,
    icon: str | None = None,
    help: str | None = None,
    shared: Values | None = None,
    **own: Own,
) -> None:
    """Draw a link to another page that keeps the filters and the release. ``label`` is Markdown: escape names.

    shared: filters to go with instead of those that stand.
    """
    if path == st.session_state["address"][0]:  # a page link to its own page would look like the current one
        key = f"go {path} {own}"
        st.button(label, icon=icon, help=help, type="tertiary", key=key, on_click=_go, args=(own,))
        return
    st.page_link(PLACES[path].file, label=label, icon=icon, help=help, query_params=parameters(own, shared=shared))


def _go(own: Mapping[str, Own]) -> None:
    """Ask this page for ``own`` and nothing else; a callback."""
    path: str = st.session_state["address"][0]
    for name in PLACES[path].parameters:
        st.session_state.pop(name, None)  # widgets are filled anew
    st.session_state["own"][path] = {name: each for name, value in own.items() if (each := given(value))}


def anchor(path: str, label: str, *, shared: Values | None = None, **own: Own) -> str:
    """HTML that links ``label`` to a page with the filters and the release, for use within our own markup.

    shared: filters to go with instead of those that stand.
    """
    where = f"{path}?{urlencode(parameters(own, shared=shared))}"
    return f'<a href="{text.escape(where)}" target="_self">{text.escape(label)}</a>'


def way(path: str, label: str, icon: str, *, help: str | None = None, shared: Values | None = None, **own: Own) -> str:
    """HTML of a link as ``to`` draws it, for a row of them in one piece: each drawn on its own costs far more.

    ``label`` is plain. icon: its name. shared: filters to go with instead of those that stand.
    """
    where = f"{path}?{urlencode(parameters(own, shared=shared))}"
    title = f' title="{text.escape(help)}"' if help else ""
    return (
        f'<a class="or-way" href="{text.escape(where)}" target="_self"{title}>{text.icon(icon)}{text.escape(label)}</a>'
    )


def site() -> str:
    """The dashboard's own address, without a slash at its end."""
    here = st.context.url or ""
    current: str = st.session_state["address"][0]
    return here.removesuffix("/").removesuffix(f"/{current}" if current else "")


def view() -> str:
    """The path and the parameters of this page as it stands."""
    current: str = st.session_state["address"][0]
    pairs = [(name, value) for name in PLACES[current].parameters for value in _own().get(name, ())]
    return f"{current}?{urlencode(pairs + parameters({}))}"


def full(path: str | None = None, **own: Own) -> str:
    """The whole address of a page for a colleague: this page as it stands, or ``path`` with ``own`` and no filters."""
    where = view() if path is None else f"{path}?{urlencode(parameters(own, shared={}))}"
    return f"{site()}/{where}"


def share(label: str, **statement: str) -> None:
    """Draw a button that opens the address to copy: of the statement given, or of this view as the run leaves it."""
    with st.popover(label, icon=":material/link:", help=tr("A link that shows a colleague the same")):
        st.caption(tr("Opens exactly this, in this release of the data."))
        place = st.container()
    if statement:
        place.code(full(**statement), language=None, wrap_lines=True)
        with place:
            path = statement.pop("path")
            _for_programs(path, {name: [value] for name, value in statement.items()}, filtered=False)
    else:
        st.session_state.setdefault(_TO_COPY, []).append(place)


def _for_programs(path: str, own: Values, *, filtered: bool = True) -> None:
    """Draw the links to what programs read in place of a page: its JSON, and a feed of what is new in it."""
    pairs = [(name, value) for name in PLACES[path].parameters for value in own.get(name, ())]
    pairs += parameters({}, shared=None if filtered else {})
    if (twin := link_parameters.twin(path, pairs)) is None:
        return
    found = [(twin, tr("JSON"))]
    if filtered and path in ("", "timeline", "search") and (path != "search" or own.get("q")):
        fed = [pair for pair in pairs if pair[0] in (*link_parameters.FED, *st.session_state["shared"])]
        found.append((link_parameters.written("feed.atom", fed), tr("Atom feed of what is new")))
    each = [
        f'<a href="{text.escape(f"{site()}/{where}")}" target="_blank" rel="noopener">{text.escape(label)}</a>'
        for where, label in found
    ]
    st.html(f'<p class="or-soft or-tight-p">{tr("For programs: {links}", links=language.listed(each))}</p>')
