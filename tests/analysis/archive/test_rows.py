from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from small_archive import document, quote

from analysis.archive.rows import digest, table_schemas, to_frame, to_record, to_rows
from analysis.schema import Basis, Citation, Document, Kind, Quote, Span

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
unsure = st.none() | texts
days = st.none() | st.dates()
citations = st.builds(Citation, st.integers(0, 99), unsure, unsure, unsure, days)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(pair[0], sum(pair)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with anything in it that can be written down."""
    return replace(
        document("d-1", draw(texts)),
        title=draw(unsure),
        url=draw(unsure),
        published_on=draw(days),
        boilerplate=tuple(draw(st.lists(spans, max_size=3))),
        questions=tuple(draw(st.lists(spans, max_size=3))),
        citations=tuple(draw(st.lists(citations, max_size=3))),
    )


@given(st.lists(documents(), max_size=4))
def test_documents_come_back_from_rows_as_they_were(given_documents: list[Document]) -> None:
    rows = to_rows(given_documents, table_schemas(0)["documents"])
    assert [to_record(Document, row) for row in rows.to_pylist()] == given_documents
    assert digest(rows) == digest(to_rows(given_documents[::-1], rows.schema))


@given(citation=st.none() | citations, day=days, via=unsure, at=st.none() | st.integers(0, 9))
def test_quotes_come_back_from_rows_as_they_were(
    citation: Citation | None, day: date | None, via: str | None, at: int | None
) -> None:
    page = document("d-1", "“Yes,” they said.")
    basis = Basis.UNKNOWN if day is None else Basis.STATED
    said = quote(
        page,
        "Yes,",
        "q-1",
        "s-1",
        citation=citation,
        said_on=day,
        said_on_basis=basis,
        via=via,
        cue_start=at,
        cue_end=at,
    )
    rows = to_rows([said], table_schemas(0)["quotes"])
    back = to_record(Quote, rows.to_pylist()[0])
    assert back == said
    assert (back.kind, back.said_on_basis) == (Kind.DIRECT, basis)
    shown = to_frame(rows).iloc[0]
    assert shown["citation"] == citation
    assert shown["via"] == via
    assert shown["cue_start"] == at
