from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import cli, embedding
from analysis.archive import check, open_release
from analysis.cli import main, make_parser
from analysis.exporting.formats import FORMATS
from analysis.pipeline import BuildReport
from analysis.settings import ROOT

Built = tuple[Path, BuildReport]
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], encoder: object) -> Said:
    """Run a command; its exit code, standard output and standard error."""

    def call(*argv: object) -> tuple[int, str, str]:
        code = main([str(each) for each in argv])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def options(command: str) -> set[str]:
    """The long options that a command's help lists."""
    parser = make_parser()
    commands = next(action for action in parser._actions if action.dest == "command")
    return set(re.findall(r"--[a-z-]+", commands.choices[command].format_help())) - {"--help"}  # type: ignore[index]


@pytest.mark.shared
@pytest.mark.parametrize("command", ["build", "extract", "search", "check", "releases"])
def test_the_contract_and_the_help_name_the_same_options(shared: Path, command: str) -> None:
    contract = (shared / "DESIGN.md").read_text(encoding="utf-8")
    row = next(
        line for line in contract.splitlines() if line.startswith(f"| `{command} ") or line.startswith(f"| `{command}`")
    )
    promised = set(re.findall(r"--[a-z-]+", row)) - {"--speech-only"}
    beyond = {
        "build": {"--workers", "--ray"},
        "extract": {"--workers"},
        "search": {"--archive", "--like"},
        "check": {"--release"},
    }
    assert promised <= options(command)
    assert options(command) - promised <= beyond.get(command, set())


@pytest.mark.parametrize(
    "command", ["build", "extract", "search", "export", "check", "releases", "evaluate", "add", "clean"]
)
def test_every_command_explains_itself(run: Said, command: str) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert f"    {command}" in out
    code, out, _ = run(command, "--help")
    assert code == 0
    for action in make_parser()._actions[1].choices[command]._actions:  # type: ignore[index,union-attr]
        assert action.help or action.choices, f"{command} {action.dest} has no help"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["search"], "Give a query, or a file of queries"),
        (["search", "a", "--queries", "b"], "Give a query, or a file of queries"),
        (["search", "a", "--from", "yesterday"], "'yesterday' is no date; write it as 2022-02-24"),
        (["search", "a", "--limit", "0"], "not a whole number above 0"),
        (["search", "a", "--mode", "telepathy"], "invalid choice: 'telepathy'"),
        (["search", "a", "--kind", "loud"], "invalid choice: 'loud'"),
        (["extract"], "SOURCE"),
        (["extract", "x", "--format", "xml"], "invalid choice: 'xml'"),
        (["evaluate", "quotes", "nowhere.jsonl"], "nowhere.jsonl is not a file"),
    ],
)
def test_wrong_use_is_exit_code_2_and_says_what_is_wrong(run: Said, argv: list[str], said: str) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert said in err


def test_a_setting_that_cannot_be_used_is_wrong_use(run: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ON_RECORD_LONGEST_DOCUMENT", "many")
    code, _, err = run("releases")
    assert code == 2
    assert "ON_RECORD_LONGEST_DOCUMENT is 'many'" in err


@pytest.mark.parametrize("given", ["0,3", "1.5", "-1", "nan", "half", ""])
def test_a_least_confidence_that_is_no_probability_is_wrong_use(
    run: Said, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ON_RECORD_LEAST_CONFIDENCE", given)
    code, _, err = run("releases")
    assert code == 2
    assert f"ON_RECORD_LEAST_CONFIDENCE is {given!r}; give a number from 0 to 1" in err


@pytest.mark.parametrize("argv", [["search", "gas"], ["check"], ["releases"]])
def test_an_archive_that_is_not_there_is_exit_code_1(run: Said, tmp_path: Path, argv: list[str]) -> None:
    code, out, err = run(*argv, "--archive", tmp_path / "none")
    assert (code, out) == (1, "")
    assert str(tmp_path / "none") in err


def test_build_closes_with_a_summary(run: Said, sources: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    code, out, err = run("build", sources, "--archive", archive)
    assert code == 0
    assert "Extracting: 2" in err
    assert f"Release 1 is published in {archive}" in out
    assert "2 documents" in out
    assert re.search(r"\d quotes: \d direct, .*\d indirect", out)
    assert re.search(r"4 statements: .*stated|4 statements: .*worked out", out)
    assert f"ON_RECORD_ARCHIVE={archive} make serve" in out
    code, out, err = run("build", sources, "--archive", archive)
    assert (code, err) == (0, "")
    assert "Nothing changed: release 1 stands, with 2 documents and 4 statements" in out


def bad_inputs(folder: Path) -> dict[str, str]:
    """Inputs that cannot be used, in ``folder``, and a word that the message about each holds."""
    (folder / "empty folder").mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "long.txt").write_text("word " * 4_000_000)
    rows = ['{"doc_id": "row-1", "text": "“We agree,” Sergey Lavrov said."}', '{"doc_id": "row-2", "text": ']
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return {
        "empty folder": "no files",
        "binary.txt": "binary.txt",
        "empty.txt": "no text",
        "long.txt": "20,000,000",
        "rows.jsonl": "2",
        "missing.txt": "does not exist",
    }


@pytest.mark.parametrize("command", ["build", "extract"])
def test_each_bad_input_gets_a_clear_message_and_the_rest_is_used(
    run: Said, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "bad").mkdir()
    monkeypatch.chdir(tmp_path / "bad")
    messages = bad_inputs(tmp_path / "bad")
    archive = ["--archive", tmp_path / "archive"] if command == "build" else []
    code, out, err = run(command, sources, *messages, *archive)
    assert code == 0
    said = [line for line in (out if command == "build" else err).splitlines() if line.startswith("· ")]
    for name, word in messages.items():
        assert any(name in line and word in line for line in said), (name, said)
    if command == "build":
        release = open_release(tmp_path / "archive")
        assert sorted(release.documents["doc_id"]) == ["article", "brief", "row-1"]
        assert len(release.skipped) == len(messages)
        assert check(tmp_path / "archive") == []
    else:
        assert [json.loads(line)["doc_id"] for line in out.splitlines()] == ["article", "brief", "row-1"]


def test_nothing_usable_is_exit_code_1(run: Said, tmp_path: Path) -> None:
    for command in ("build", "extract"):
        archive = ["--archive", tmp_path / "archive"] if command == "build" else []
        code, out, err = run(command, tmp_path / "missing.txt", *archive)
        assert (code, out) == (1, "")
        assert "Nothing given could be used" in err
        assert "does not exist" in err


def test_extract_prints_the_contracts_shape_without_an_archive(run: Said, sources: Path, tmp_path: Path) -> None:
    code, out, err = run("extract", sources)
    assert (code, err) == (0, "")
    article, brief = (json.loads(line) for line in out.splitlines())
    assert set(article) == {"doc_id", "text", "quotes"}
    assert (article["doc_id"], brief["doc_id"]) == ("article", "brief")
    wanted = "start end type speaker_start speaker_end speaker_text speaker_canonical via cue_start cue_end date "
    for document in (article, brief):
        assert document["quotes"]
        for quote in document["quotes"]:
            assert set(quote) == {*wanted.split(), "date_basis", "side", "confidence"}
            assert 0 <= quote["confidence"] <= 1
            assert quote["type"] in {"direct", "mixed", "indirect"}
            assert (quote["date"] is None) == (quote["date_basis"] in {"published", "unknown"})
            if quote["speaker_start"] is not None:
                assert document["text"][quote["speaker_start"] : quote["speaker_end"]] == quote["speaker_text"]
    gas = next(each for each in brief["quotes"] if "Gas" in brief["text"][each["start"] : each["end"]])
    assert (gas["speaker_canonical"], gas["side"], gas["date"]) == ("Sergey Lavrov", "RU", "2023-03-09")


def test_search_prints_each_hit_with_its_reason(run: Said, built: Built) -> None:
    archive = ["--archive", built[0]]
    code, out, err = run("search", "gas decades", "--format", "jsonl", "--limit", 2, *archive)
    assert (code, err) == (0, "")
    first, second = (json.loads(line) for line in out.splitlines())
    assert {"id", "text", "speaker", "said_on", "score", "why", "url", "publisher"} <= set(first)
    assert "Gas will flow" in first["text"]
    assert (first["speaker"], first["said_on"]) == ("Sergey Lavrov", "2023-03-09")
    assert (first["publisher"], first["url"]) == ("Agency", "https://example.org/lavrov")
    assert first["why"] in {"words", "both"}
    assert first["score"] > second["score"]
    code, out, _ = run("search", "gas decades", *archive)
    assert code == 0
    for word in ("Gas will flow east", "Sergey Lavrov", "2023-03-09", "score", first["id"], "Agency", "words:"):
        assert word in out, word


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        (["--speaker", "Sergey Lavrov"], {"sergey-lavrov"}),
        (["--speaker", "SERGEY-lavrov"], {"sergey-lavrov"}),
        (["--speaker", "qin-gang", "--speaker", "sergey-lavrov"], {"qin-gang", "sergey-lavrov"}),
        (["--side", "cn"], {"qin-gang"}),
        (["--publisher", "agency"], {"sergey-lavrov"}),
        (["--from", "2023-03-08"], {"sergey-lavrov"}),
        (["--to", "2023-03-07", "--side", "CN"], {"qin-gang"}),
        (["--kind", "indirect"], {"sergey-lavrov"}),
        (["--from", "2031-01-01"], set()),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "semantic"])
def test_filters_keep_what_they_say(run: Said, built: Built, filters: list[str], speakers: set[str], mode: str) -> None:
    argv = ["search", "talks about partnership and gas", "--format", "jsonl", "--mode", mode, "--archive", built[0]]
    code, out, _ = run(*argv, *filters)
    assert code == 0
    assert {json.loads(line)["speaker_id"] for line in out.splitlines()} == speakers


def test_a_filter_the_release_does_not_know_is_said_with_what_comes_close(run: Said, built: Built) -> None:
    code, out, err = run("search", "gas", "--speaker", "Sergei Lavrof", "--archive", built[0])
    assert (code, out) == (2, "")
    assert re.search(r"The speaker “Sergei Lavrof” is not in this release\. Did you mean .*Lavrov", err)


def test_filters_within_a_query_mean_what_the_options_mean(run: Said, built: Built) -> None:
    lines = ["--format", "jsonl", "--archive", built[0]]
    _, by_option, _ = run("search", "gas talks", "--speaker", "Lavrov", "--from", "2023-03-08", *lines)
    code, out, err = run("search", "gas talks speaker:Lavrov after:2023-03-08", *lines)
    assert (code, out, err) == (0, by_option, "")
    code, out, err = run("search", "gas talks speaker:Lavrof side:CN", *lines)
    assert code == 0
    assert "No speaker “Lavrof” in this release; the filter was left out. Did you mean Sergey Lavrov?" in err
    assert {json.loads(line)["side"] for line in out.splitlines()} == {"CN"}
    _, out, _ = run("search", "--archive", built[0], "--", "-gas speaker:Lavrov")
    assert "Kept: without “gas”; said by Sergey Lavrov" in out


def test_more_like_a_statement_leaves_itself_out(run: Said, built: Built) -> None:
    lines = ["--format", "jsonl", "--archive", built[0]]
    _, out, _ = run("search", "gas", "--limit", 1, *lines)
    asked = json.loads(out)["id"]
    code, out, err = run("search", "--like", asked, *lines)
    found = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert len(found) == 3
    assert asked not in {row["id"] for row in found}
    _, out, _ = run("search", "--like", asked, "--side", "CN", *lines)
    assert {json.loads(line)["side"] for line in out.splitlines()} == {"CN"}
    code, out, err = run("search", "--like", "st-lost", *lines)
    assert (code, out) == (1, "")
    assert "no statement “st-lost”" in err


def everything_in(file: Path) -> bytes:
    """What a file holds, unzipped where it is zipped."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as members:
        return b"".join(members.read(name) for name in members.namelist())


@pytest.mark.parametrize("form", list(FORMATS))
def test_export_writes_what_the_filters_of_search_keep(run: Said, built: Built, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"kept.{form}"
    argv = ["export", "--archive", built[0], "--format", form, "--output", file]
    code, out, err = run(*argv, "--speaker", "Lavrov", "gas")
    assert (code, out) == (0, "")
    assert "1 of 4 statements of release 1" in err
    assert b"Gas will flow" in everything_in(file)
    code, _, err = run(*argv, "speaker:Lavrov -gas")
    assert code == 0
    assert b"Gas will flow" not in everything_in(file)
    code, _, err = run(*argv, "side:CN", "--speaker", "Lavrov")
    assert code == 1
    assert "nothing was written" in err
    assert run(*argv, "--side", "XX")[0] == 2


def test_export_tells_the_query_the_filters_and_the_links_of_the_dashboard(run: Said, built: Built) -> None:
    argv = ["export", "--archive", built[0], "--format", "json", "--site", "https://example.org/"]
    code, out, _ = run(*argv, "gas", "--side", "RU")
    assert code == 0
    written = json.loads(out)
    about = written["on_record"]
    assert (about["query"], about["selection"], about["of"]) == ("gas", {"side": ["RU"]}, 4)
    assert about["link"] == "https://example.org/search?q=gas&mode=words&side=RU&release=1"
    assert {row["statement_link"].partition("?")[0] for row in written["statements"]} == {
        "https://example.org/statement"
    }


def test_export_goes_to_standard_output_oldest_first(run: Said, built: Built) -> None:
    code, out, _ = run("export", "--archive", built[0], "--format", "jsonl")
    assert code == 0
    days = [json.loads(line)["said_on"] for line in out.splitlines()]
    assert days == sorted(days, key=lambda day: day or "9999")
    assert len(days) == 4


def test_many_queries_at_once_carry_their_query(run: Said, built: Built, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"query": "gas"}\n\n{"question": "x"}\nnot json\n{"query": "talks in April"}\n')
    argv = ["search", "--queries", file, "--format", "jsonl", "--mode", "words", "--archive", built[0]]
    code, out, err = run(*argv)
    assert code == 0
    assert list(dict.fromkeys(json.loads(line)["query"] for line in out.splitlines())) == ["gas", "talks in April"]
    assert "line 3: no `query` in it" in err
    assert "line 4: no `query` in it" in err
    file.write_text("\n")
    assert run(*argv)[0] == 1
    assert run("search", "--queries", tmp_path / "none.jsonl", "--archive", built[0])[0] == 1


def test_without_the_encoder_words_are_searched_and_it_says_so(
    run: Said, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise embedding.EncoderError(f"the encoder “{name}” is not installed")

    monkeypatch.setattr(embedding, "load_encoder", missing)
    code, out, err = run("search", "gas", "--format", "jsonl", "--archive", built[0])
    assert code == 0
    assert json.loads(out)["why"] == "words"
    assert "is not installed" in err
    assert run("search", "gas", "--mode", "semantic", "--archive", built[0])[0] == 1


def test_another_encoders_weights_are_refused(run: Said, built: Built, encoder: object) -> None:
    encoder.fingerprint = "words-2"  # type: ignore[attr-defined]
    code, _, err = run("search", "gas", "--archive", built[0])
    assert code == 1
    assert "was built with weights words-1" in err


def test_check_and_releases_say_what_is_there(run: Said, built: Built) -> None:
    code, out, _ = run("check", "--archive", built[0])
    assert code == 0
    assert "Release 1 is whole: 2 documents" in out
    assert run("check", "--archive", built[0], "--release", 3)[0] == 1
    code, out, _ = run("releases", "--archive", built[0])
    assert code == 0
    assert "en_core_web_md 3.7.1" in out
    assert "small, 32 d" in out


def test_check_lists_problems_with_exit_code_1(run: Said, built: Built, tmp_path: Path) -> None:
    import shutil

    archive = shutil.copytree(built[0], tmp_path / "archive")
    shutil.rmtree(archive / "tables" / "mentions.lance")
    code, out, _ = run("check", "--archive", archive)
    assert code == 1
    assert "release 1, mentions: " in out


HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m[bold]red[/bold] [link=https://evil.example]x[/link]\u202eabc\x00\x08"


def test_nothing_in_a_document_reaches_the_terminal_as_a_command(run: Said, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    row = {
        "doc_id": "x",
        "title": HOSTILE,
        "publisher": HOSTILE,
        "text": f"“We will sell gas {HOSTILE} for decades,” Sergey Lavrov said.",
        "published_on": HOSTILE,
    }
    (tmp_path / "in" / "rows.jsonl").write_text(json.dumps(row) + "\n" + HOSTILE, encoding="utf-8")
    archive = ["--archive", tmp_path / "archive"]
    said = []
    for argv in (
        ["build", tmp_path / "in", *archive],
        ["search", f"gas {HOSTILE}", *archive],
        ["search", "gas", "--format", "jsonl", *archive],
        ["search", "gas", "--speaker", HOSTILE, *archive],
        ["extract", tmp_path / "in", tmp_path / HOSTILE.replace("\x00", "").replace("/", "")],
        ["check", *archive],
    ):
        _, out, err = run(*argv)
        said.append(out + err)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "".join(said))
    assert "[bold]red[/bold]" in said[1]


def test_a_reader_that_has_seen_enough_is_no_error(sources: Path) -> None:
    command = (
        f"{sys.executable} -m analysis extract {sources} {sources} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout.strip(), done.stderr) == ("0", "")


def test_ctrl_c_prints_one_line(run: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(argv: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", stopped)
    code, out, err = run("build")
    assert (code, out) == (130, "")
    assert err.count("\n") == 1
    assert "Stopped" in err


def test_help_loads_no_model_and_no_store() -> None:
    code = """
import sys
from analysis.cli import main
main(["--help"])
print(sorted({"spacy", "torch", "lancedb"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
