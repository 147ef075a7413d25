"""The parser is the pinned one, leaves the text as it is, and takes any text in linear time."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis.parsing as parsing
from analysis.parsing import PARSERS, PackagedParser, folder_digest, load_parser, parse, tokens

PARSER = load_parser("en_core_web_sm")


def test_the_parse_keeps_the_text_as_it_is():
    texts = ["Wang said:\n\n  “ties are firm”.", "", " \t\n", "Путин заявил. 王毅表示。"]
    assert [parsed.text for parsed in parse(PARSER, texts)] == texts


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.sampled_from("“”\"'«a.字-"), st.integers(450, 1500), st.text(max_size=80))
def test_long_runs_without_a_space_keep_their_text(before, character, times, after):
    text = before + character * times + after
    assert tokens(PARSER, text).text == text


def test_only_the_run_itself_is_cut_plainly():
    run = "”" * 600
    words = [token.text for token in tokens(PARSER, f"She didn't answer. {run} He’d left.")]
    assert words[:5] == ["She", "did", "n't", "answer", "."]
    assert words[-4:] == ["He", "’d", "left", "."]
    assert max(map(len, words)) == 600


def test_letters_without_a_space_are_cut_in_pieces():
    assert max(len(token) for token in tokens(PARSER, "王毅表示关系很好" * 100)) == 100


def test_a_run_of_marks_costs_time_in_proportion_to_its_length():
    def seconds(length: int) -> float:
        started = time.perf_counter()
        tokens(PARSER, "“" * length)
        return time.perf_counter() - started

    seconds(100_000)
    assert seconds(2_000_000) < 5, "the square of this length would take hours"


def test_damaged_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "damaged_parser"
    folder = package / "en-1.0"
    folder.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (folder / "meta.json").write_text("{}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(PARSERS, "damaged", PackagedParser("damaged_parser", "en-1.0", folder_digest(folder)))
    (folder / "meta.json").write_text("{ }", encoding="utf-8")
    with pytest.raises(OSError, match="not the pinned ones"):
        load_parser("damaged")
    shutil.rmtree(folder)
    with pytest.raises(OSError, match="not the pinned ones"):
        load_parser("damaged")


def test_a_parser_that_is_not_installed_is_named_with_what_to_do():
    with pytest.raises(OSError, match=r"no_such_pipeline.*make setup.*en_core_web_sm"):
        load_parser("no_such_pipeline")


def test_every_packaged_parser_is_what_its_hash_says():
    assert set(PARSERS) == {"en_core_web_sm", "en_core_web_md"}
    for name, packaged in PARSERS.items():
        assert parsing._verified_folder(name, packaged).is_dir()


def test_a_sentence_never_runs_over_a_line_break():
    text = "China’s view of the talks\nRussian officials said that trade had grown\n\nin the north"
    parsed = next(parse(PARSER, [text]))
    assert not any("\n" in sentence.text.strip() for sentence in parsed.sents)
