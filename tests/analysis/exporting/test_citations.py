"""Promises about citations: reference managers read back what was written, and nothing in a text acts in them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from made import FRAMED, everywhere, exported, words

from analysis.exporting.citations import write_bibtex, write_csl, write_ris
from analysis.exporting.reference import reference, write_references

BASES = [("stated", "7 March 2023"), ("published", "published 7 March 2023")]


def bibtex(export):
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(words(write_bibtex, export))
    assert not library.failed_blocks
    return library.entries


def ris(export):
    return pytest.importorskip("rispy").loads(words(write_ris, export))


def csl(export):
    """The items, which citeproc takes and sets as a bibliography."""
    items = json.loads(words(write_csl, export))
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON

    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    assert len(bibliography.bibliography()) == len({item["id"] for item in items})
    return items, [str(each) for each in bibliography.bibliography()]


def test_a_citation_names_speaker_day_page_words_and_release():
    export = exported()
    (entry,) = bibtex(export)
    assert entry.key == "st-0123456789ab"
    assert entry["author"] == "{Wang Yi}"
    assert (entry["year"], entry["month"], entry["day"]) == ("2023", "mar", "7")
    assert entry["url"] == "https://example.org/a?b=1"
    assert entry["note"] == "Via On Record, release 3, statement st-0123456789ab"
    (record,) = ris(export)
    assert record["authors"] == ["Wang Yi"]
    assert (record["title"], record["publisher"], record["year"]) == ("A briefing", "Outlet", "2023")
    assert record["urls"] == ["https://example.org/a?b=1"]
    assert record["abstract"] == "Ties are firm"
    assert record["notes"] == ["Via On Record, release 3, statement st-0123456789ab"]
    (item,), (shown,) = csl(export)
    assert item["issued"] == {"date-parts": [[2023, 3, 7]]}
    assert item["author"] == [{"literal": "Wang Yi"}]
    assert item["note"] == "Via On Record, release 3, statement st-0123456789ab"
    assert "Wang Yi" in shown
    assert "2023" in shown


def test_several_statements_are_as_many_records_in_their_order():
    export = exported(*[{"statement_id": f"st-{at}"} for at in range(12)])
    wanted = [f"st-{at}" for at in range(12)]
    assert [entry.key for entry in bibtex(export)] == wanted
    assert [record["id"] for record in ris(export)] == wanted
    assert [item["id"] for item in csl(export)[0]] == wanted
    assert [line.rpartition(" ")[2] for line in words(write_references, export).splitlines()] == [
        f"{each}." for each in wanted
    ]


def test_unknown_values_stay_unknown():
    export = exported({"speaker_name": None, "said_on": None, "source_title": None, "source_url": None})
    (item,) = json.loads(words(write_csl, export))
    assert not {"author", "issued", "URL"} & set(item)
    assert item["title"] == "Ties are firm"
    assert not {"author", "year", "url"} & {field.key for field in bibtex(export)[0].fields}
    assert not {"authors", "year", "urls"} & set(ris(export)[0])


@pytest.mark.parametrize(("basis", "shown"), BASES)
def test_a_plain_citation_can_be_copied_into_a_text(basis, shown):
    (row,) = exported({"said_on_basis": basis}).rows()
    assert reference(row, 3).plain() == (
        f"Wang Yi, Foreign Minister of China, {shown}: “Ties are firm”. “A briefing”, Outlet, "
        "https://example.org/a?b=1. Via On Record, release 3, statement st-0123456789ab."
    )


def test_reported_words_are_not_put_in_quotation_marks():
    (row,) = exported({"kind": "indirect", "text": "ties were firm", "via": "Xinhua"}).rows()
    assert "relayed by Xinhua, 7 March 2023: reported: ties were firm." in reference(row, 3).plain()


def test_a_plain_citation_of_what_is_not_known_says_so():
    unknown = dict.fromkeys(["speaker_name", "office", "said_on", "source_title", "source_publisher", "source_url"])
    (row,) = exported({**unknown, "publishers": ()}).rows()
    assert reference(row, 3).plain() == (
        "Speaker not known, undated: “Ties are firm”. Via On Record, release 3, statement st-0123456789ab."
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "not an address", "https://"])
def test_only_web_addresses_are_addresses_of_a_citation(address):
    export = exported({"source_url": address})
    assert "url" not in {field.key for field in bibtex(export)[0].fields}
    assert "urls" not in ris(export)[0]
    assert "URL" not in csl(export)[0][0]
    assert address not in words(write_references, export)


@pytest.mark.parametrize(
    "text", ["100 % & more_or_less #1 {x} $5 ~ ^ \\end", "a}\n@misc{evil, title={x}}", "}", "\\", "Дружба 友谊"]
)
def test_what_means_something_to_tex_is_only_text(text):
    (entry,) = bibtex(exported(everywhere(text)))
    plain = entry["abstract"]
    for letter, escaped in (("\\textbackslash{}", "\\"), ("\\textasciicircum{}", "^"), ("\\textasciitilde{}", "~")):
        plain = plain.replace(letter, f"\0{ord(escaped)}\0")
    plain = re.sub(r"\\([{}$&%#_])", r"\1", plain)
    plain = re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), plain)
    assert plain == " ".join(text.split())


@given(FRAMED)
def test_one_statement_is_one_record_whatever_its_text(text):
    export = exported(everywhere(text) | {"source_url": f"https://example.org/{text}", "statement_id": text})
    assert len(bibtex(export)) == 1
    (record,) = ris(export)
    assert record["abstract"].startswith("a")
    assert len(csl(export)[0]) == 1
    assert words(write_references, export).count("\n") == 1


def test_a_line_of_a_text_cannot_end_a_ris_record():
    (record,) = ris(exported({"text": "first\nER  - \nTY  - GEN\u2028ER  - "}))
    assert record["abstract"] == "first ER - TY - GEN ER -"
