"""The words that set two or three groups apart, as tables."""

from __future__ import annotations

import streamlit as st

from analysis.queries.comparing.distinctive_words import LEAST_Z, GroupWords
from analysis.queries.comparing.groups import Who
from pages.parts import link_widgets, links, tables, text
from pages.parts.compare_parts import heading
from pages.parts.compared import Compared
from pages.parts.language import listed, number, tr, trn


def draw(compared: Compared) -> None:
    """Draw the words that set the groups apart, with the measure and what it rests on."""
    st.subheader(tr("Words that set them apart"), anchor=False)
    with_names = link_widgets.toggle("names", tr("Count the names of speakers too"))
    found = compared.words(with_names=with_names)
    for column, group, part, look in zip(
        st.columns(len(compared.groups), gap="medium"), compared.groups, found.groups, compared.looks, strict=True
    ):
        with column:
            counted = trn("{count} word", "{count} words", part.counted)
            heading(look, tr("{words} in {statements} statements", words=counted, statements=number(part.statements)))
            _word_table(group.who, look.name, part)
    st.caption(
        tr(
            "Weighted log-odds-ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, “Fightin’ "
            "Words”): z says how surely a word is used more by one than by the other; what chance alone gives one word "
            "in forty lies above {least}. {compared} different words were compared, inflections taken together; the "
            "prior is the whole release’s use of them and weighs as much as {prior} words. Words without a subject of "
            "their own are left out, and so is what is used in one statement only.",
            least=LEAST_Z,
            compared=number(found.compared),
            prior=number(found.prior),
        )
    )
    _names_of_speakers(found.left_out)


def _names_of_speakers(left_out: tuple[str, ...]) -> None:
    if left_out:
        some = listed(left_out[:20]) + (" …" if len(left_out) > 20 else "")
        st.caption(tr("Left out as names of speakers: {names}", names=text.markdown(some)))


def _word_table(who: Who, name: str, part: GroupWords) -> None:
    if not part.words:
        st.caption(tr("No word is surely used more here than by the others."))
        return
    head = [tr("Word"), "z", tr("Uses"), tr("By the others"), tr("Statements")]
    rows = [
        [
            tables.Html(links.anchor("search", each.word, q=f'"{each.word}" {who}')),
            f"{each.z:.1f}",
            each.uses,
            each.uses_elsewhere,
            each.statements,
        ]
        for each in part.words
    ]
    tables.table(tr("Words that set {name} apart", name=name), head, rows, numbers=head[1:])
