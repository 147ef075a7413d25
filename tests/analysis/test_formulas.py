"""Formulas are found as whole wordings, in every spelling and inflection, and nowhere else."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.archive import open_release
from analysis.formulas import COLUMNS, Formula, Formulas
from analysis.grouping import group
from analysis.pipeline import build
from analysis.queries.selection import Selection, select
from analysis.schema import Basis, Kind, Quote
from analysis.settings import ROOT, Settings
from analysis.variants import inflections, read_variant
from analysis.wording import words

SHIPPED = Formulas.load(ROOT / "data" / "formulas.csv")


def formulas(**variants: str) -> Formulas:
    """Formulas with these variants, by identifier; an underscore stands for a hyphen."""
    return Formulas(
        Formula(name.replace("_", "-"), name, tuple(each.split("; ")), (), None, None, None, "A note.")
        for name, each in variants.items()
    )


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("They called it a partnership with “No Limits”.", "no-limits"),
        ("a no‑limits friendship", "no-limits"),
        ("There is no limit for the cooperation of our regions.", "no-limits"),
        ("no ceiling, no forbidden areas", "no-ceiling"),
        ("Our ties do not target any third country.", "not-targeting-third-parties"),
        ("This work isn’t aimed at any third country, he said.", "not-targeting-third-parties"),
        ("It has never been directed against third states.", "not-targeting-third-parties"),
        ("NON-ALLIANCE, NON-CONFRONTATION", "no-alliance-no-confrontation"),
        ("Neither capital plans to form a military alliance.", "not-an-alliance"),
        ("a new type of great-power relations", "new-type-of-major-country-relations"),
        ("a comprehensive strategic partnership of co-ordination", "partnership-of-coordination"),
        (
            "the comprehensive partnership and strategic interaction of our states",
            "comprehensive-strategic-partnership",
        ),
        ("strategic coordination entering the new era", "partnership-for-a-new-era"),
        ("The two stand back to back.", "back-to-back"),
        ("Ties are now the best in their history.", "best-in-history"),
        ("Relations are as solid as a rock.", "solid-as-rock"),
        ("Russia’s legitimate security concerns", "legitimate-security-concerns"),
        ("illegal and unilateral sanctions", "unilateral-sanctions"),
        ("a Cold\u00a0War mindset", "cold-war-mentality"),
        ("on each other’s core interests", "core-interests"),
        ("the indivisibility of security", "indivisible-security"),
        ("a multi-polar world", "multipolar-world"),
        ("a multi polar world", "multipolar-world"),
        ("multipolarization of the world", "multipolar-world"),
        ("profound changes unseen in a century", "changes-unseen-in-a-century"),
        ("the crisis in Ukraine", "ukraine-crisis"),
        ("Russia's war on Ukraine", "war-against-ukraine"),
        ("good neighbors", "good-neighbours"),
        ("good‐neighbourliness", "good-neighbours"),
        ("good neighbours, good friends, good partners", "good-neighbours-friends-partners"),
        ("a win–win outcome", "win-win"),
        ("a political\nsolution", "political-settlement"),
        ("the defense industrial base", "defence-industrial-base"),
        ("a “rules-based” order", "rules-based-order"),
        ("They were driving a wedge between neighbours.", "driving-a-wedge"),
        ("as permanent members of the U.N. Security Council", "permanent-members-of-the-security-council"),
        ("a stabilising factor", "stabilising-factor"),
        ("a stabilizing factor", "stabilising-factor"),
        ("our key interests", "core-interests"),
    ],
)
def test_a_formula_is_found_in_its_many_forms(text, formula):
    assert formula in SHIPPED.in_text(text)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("The limits of trade are known.", "no-limits"),
        ("There are no limits on imported grain.", "no-limits"),
        ("He said no. Limits will follow.", "no-limits"),
        ("He said no, limits will follow.", "no-limits"),
        ("no\n\nlimits", "no-limits"),
        ("casino limits", "no-limits"),
        ("no limitsberg", "no-limits"),
        ("The sanctions target third countries.", "not-targeting-third-parties"),
        ("It is not a third party.", "not-targeting-third-parties"),
        ("a new type of relations", "new-type-of-major-country-relations"),
        ("They held back-to-back meetings.", "back-to-back"),
        ("Harvests were the best in history.", "best-in-history"),
        ("an unprecedented level of sanctions", "unprecedented-level"),
        ("Rock music was solid.", "solid-as-rock"),
        ("during the Cold War", "cold-war-mentality"),
        ("our core European interests", "core-interests"),
        ("the key interest rate", "core-interests"),
        ("The crisis spread. Ukraine answered.", "ukraine-crisis"),
        ("Russia's war economy", "war-against-ukraine"),
        ("with support for Russia, the war will last", "war-against-ukraine"),
        ("the good that neighbours do", "good-neighbours"),
        ("to win and win again", "win-win"),
        ("a political, not a military solution", "political-settlement"),
        ("a court of international law and justice", "fairness-and-justice"),
        ("a non-permanent member of the Security Council", "permanent-members-of-the-security-council"),
        ("two Chinas, or one China and one Taiwan", "one-china"),
        ("He stood trial in Moscow.", "withstood-the-test"),
        ("factors of instability", "stabilising-factor"),
    ],
)
def test_words_that_only_come_close_are_no_formula(text, formula):
    assert formula not in SHIPPED.in_text(text)


def test_spans_are_the_words_as_they_stand():
    text = "Both spoke of “no-limits” ties and the world’s multi-polarity; then of no limits."
    assert [text[start:end] for start, end, _ in SHIPPED.spans(text)] == ["no-limits", "multi-polarity", "no limits"]
    assert SHIPPED.in_text(text) == ("multipolar-world", "no-limits")


def test_formulas_may_overlap_but_one_never_overlaps_itself_and_the_longest_is_taken():
    text = "A comprehensive strategic partnership of coordination for a new era."
    assert [(text[start:end], found) for start, end, found in SHIPPED.spans(text)] == [
        ("comprehensive strategic partnership", "comprehensive-strategic-partnership"),
        ("strategic partnership", "strategic-partnership"),
        ("strategic partnership of coordination", "partnership-of-coordination"),
        ("partnership of coordination for a new era", "partnership-for-a-new-era"),
    ]
    every = formulas(one="a <2> b; a b")
    assert every.spans("a b c b a b") == [(0, 7, "one"), (8, 11, "one")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("против третьих стран", ("third",)),
        ("Против Третьих  Стран!", ("third",)),
        ("против третьей страны", ()),
        ("合作没有上限", ("ceiling",)),
        ("没有，上限", ()),
    ],
)
def test_wordings_in_russian_and_chinese_are_found_too(text, found):
    assert formulas(ceiling="没有上限", third="против третьих стран").in_text(text) == found


@pytest.mark.parametrize(
    ("word", "also"),
    [
        ("target", {"targets", "targeted", "targeting"}),
        ("party", {"parties"}),
        ("sow", {"sows", "sowed", "sowing"}),
        ("drive", {"drives", "driving"}),
        ("fan", {"fans", "fanned", "fanning"}),
        ("clash", {"clashes"}),
    ],
)
def test_inflection_adds_the_regular_forms(word, also):
    assert also <= set(inflections(word))


@pytest.mark.parametrize(
    "variant",
    [
        "",
        "<3> words",
        "words <3>",
        "[a] word",
        "a <0> b",
        "a <99> b",
        "(a|)",
        "(a",
        "a)",
        "a !(b) c",
        "a | b",
        "~",
        "a ~",
    ],
)
def test_a_variant_that_cannot_be_read_is_refused_in_words(variant):
    with pytest.raises(ValueError, match="“"):
        read_variant(variant)


@given(st.text(max_size=300))
@example("no limits" * 3)
@example("no limits’")
@example("\ud800 no limits \ud800")
@example("İ no limits İ ﬁ")
def test_any_text_is_searched_and_every_span_is_of_whole_words(text):
    at = {(word.start, word.end) for word in words(text)}
    starts, ends = {start for start, _ in at}, {end for _, end in at}
    found = SHIPPED.spans(text)
    assert all(start in starts and end in ends and start < end for start, end, _ in found)
    assert found == sorted(found)
    assert SHIPPED.in_text(text) == tuple(sorted({formula for *_, formula in found}))


@given(
    st.lists(
        st.sampled_from(
            "no limits not directed against third parties , . ; “ ” - — \n\n relations are best in history".split(" ")
        ),
        max_size=40,
    )
)
def test_one_formula_never_overlaps_itself(pieces):
    text = " ".join(pieces)
    ends: dict[str, int] = {}
    for start, end, formula in SHIPPED.spans(text):
        assert start >= ends.get(formula, 0)
        ends[formula] = end


@pytest.mark.parametrize("piece", ["relations are not a new ", "no ", '"', "\n ", "not directed "])
def test_ten_times_the_text_takes_about_ten_times_as_long(piece):
    def seconds(text: str) -> float:
        started = time.process_time()
        SHIPPED.in_text(text)
        return time.process_time() - started

    short, long = ("x" + piece * (size // len(piece)) + "y" for size in (10_000, 100_000))
    assert min(seconds(long) for _ in range(2)) < 40 * max(min(seconds(short) for _ in range(3)), 0.005)


def write(folder: Path, *rows: str, header: str = ",".join(COLUMNS)) -> Path:
    path = folder / "formulas.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_row_becomes_a_record_that_pages_can_show(tmp_path: Path):
    row = "no-limits,No limits,no-limits; [a] no limit~,2022-02-04,china+russia,https://example.org/1,All is allowed."
    with pytest.raises(ValueError, match=r"formulas\.csv, line 2: “\[a\] no limit~” must begin"):
        Formulas.load(write(tmp_path, row))
    read = Formulas.load(write(tmp_path, row.replace("[a] no limit~", "(no|without any) limit~ <2> at all")))
    assert read.formulas["no-limits"] == Formula(
        "no-limits",
        "No limits",
        ("no-limits", "(no|without any) limit~ <2> at all"),
        ("no-limits", "no limit at all"),
        date(2022, 2, 4),
        "china+russia",
        "https://example.org/1",
        "All is allowed.",
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("No limits,No limits,no limits,,,,A note.", "line 2: “No limits” is no identifier"),
        ("no-limits,,no limits,,,,A note.", "line 2: a formula needs a name and a note"),
        ("no-limits,No limits,no limits,,,,", "line 2: a formula needs a name and a note"),
        ("no-limits,No limits,;,,,,A note.", "line 2: a formula needs at least one variant"),
        ("no-limits,No limits,no (limits,,,,A note.", r"line 2: “\(limits” cannot be read"),
        ("no-limits,No limits,no limits,4 February,,,A note.", "line 2: “4 February” is no date"),
        ("no-limits,No limits,no limits,,,example.org,A note.", "line 2: “example.org” is no web address"),
        ("no-limits,No limits,no limits,,,A note.", "line 2: 6 fields where 7 belong"),
        ("a,A,a b,,,,Note.\na,B,a c,,,,Note.", "line 3: “a” is already given in .*line 2"),
        ("a,A,a b,,,,Note.\nb,a,a c,,,,Note.", "line 3: “a” is already given in .*line 2"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_file_and_line(tmp_path: Path, row: str, message: str):
    with pytest.raises(ValueError, match=rf"formulas\.csv, {message}"):
        Formulas.load(write(tmp_path, row))


def test_a_file_that_is_no_table_of_formulas_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match=r"formulas\.csv is missing"):
        Formulas.load(tmp_path / "formulas.csv")
    with pytest.raises(ValueError, match=r"formulas\.csv, line 1: the columns are a, b; write formula_id"):
        Formulas.load(write(tmp_path, header="a,b"))
    (tmp_path / "formulas.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="is not UTF-8 at byte 0"):
        Formulas.load(tmp_path / "formulas.csv")


def quote(text: str, document_id: str) -> Quote:
    return Quote(
        quote_id=f"q-{document_id}",
        document_id=document_id,
        start=0,
        end=len(text),
        text=text,
        kind=Kind.DIRECT,
        speaker_id="wang-yi",
        speaker_name="Wang Yi",
        speaker_text=None,
        speaker_start=None,
        speaker_end=None,
        role_text=None,
        cue=None,
        cue_start=None,
        cue_end=None,
        via=None,
        said_on=date(2023, 2, 22),
        said_on_basis=Basis.STATED,
        said_on_text=None,
        side="CN",
        confidence=0.9,
    )


class NoOffices:
    def office(self, entity_id: str, on: date | None) -> str | None:
        return None


def test_a_statement_uses_the_formulas_of_all_its_prints():
    prints = [
        quote("The friendship of our peoples has no limits and serves a new world of several poles", "d-1"),
        quote("The friendship of our peoples has no limit and serves a new, multipolar world", "d-2"),
        quote("Trade will grow by a third", "d-3"),
    ]
    grouped, statements = group(prints, {}, None, NoOffices())
    assert sorted(each.prints for each in statements) == [1, 2]
    marked = SHIPPED.mark(statements, grouped)
    assert [each.formulas for each in sorted(marked, key=lambda each: each.prints)] == [
        (),
        ("multipolar-world", "no-limits"),
    ]
    assert [replace(each, formulas=()) for each in marked] == statements


def test_a_build_marks_its_statements_and_they_can_be_asked_for(tmp_path: Path, settings: Settings, encoder: object):
    (tmp_path / "article.txt").write_text(
        "BEIJING, March 7, 2023 (Wire) -- “Our friendship has no limits,” Foreign Minister Qin Gang said.\n\n"
        "“Trade will grow by a third,” Qin added on Tuesday.\n",
        encoding="utf-8",
    )
    build([tmp_path / "article.txt"], settings)
    statements = open_release(settings.archive).statements
    assert len(statements) == 2
    assert list(select(statements, Selection(formulas=("no-limits",)))["text"]) == ["Our friendship has no limits,"]
