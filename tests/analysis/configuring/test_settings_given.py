"""Promises about settings: the environment wins over the file, and everything that is wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.configuring.laying import SettingsError, variable
from analysis.configuring.values import number, one_of, several, whole
from analysis.settings import ROOT, Settings, given

Write = Callable[[str], dict[str, str]]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write a settings' file; the environment that names it."""

    def write(content: str) -> dict[str, str]:
        path = tmp_path / "on-record.toml"
        path.write_text(content, encoding="utf-8")
        return {"ON_RECORD_SETTINGS": str(path)}

    return write


def problems(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment(environment)
    return raised.value.problems


def test_nothing_given_is_every_default() -> None:
    assert Settings.from_environment({"ON_RECORD_SETTINGS": "", "PATH": "/bin"}) == Settings()


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(written: Write) -> None:
    environment = written('encoder = "small"\nnice = 3\nleast_confidence = 0.5') | {"ON_RECORD_NICE": "7"}
    found = Settings.from_environment(environment)
    assert (found.encoder, found.nice, found.least_confidence) == ("small", 7, 0.5)
    assert found.parser == Settings().parser
    origins = given(environment).origins
    assert origins["nice"] == "ON_RECORD_NICE"
    assert origins["encoder"].endswith("on-record.toml")
    assert "parser" not in origins


def test_a_relative_path_in_the_file_starts_at_the_file(written: Write, tmp_path: Path) -> None:
    environment = written('archive = "held/archive"\ndata = "/srv/data"')
    found = Settings.from_environment(environment)
    assert (found.archive, found.data) == (tmp_path / "held/archive", Path("/srv/data"))
    assert Settings.from_environment({"ON_RECORD_SETTINGS": "", "ON_RECORD_ARCHIVE": "mine"}).archive == Path("mine")


def test_everything_wrong_is_told_at_once_with_its_place_and_what_to_give(written: Write, tmp_path: Path) -> None:
    file = tmp_path / "on-record.toml"
    environment = written("nice = 20\nleast_confidence = true\nencodr = 'small'\n[section]\nport = 1") | {
        "ON_RECORD_LONGEST_DOCUMENT": "many",
        "ON_RECORD_ARCHIV": "x",
        "ON_RECORD_SOMETHING_ELSE_ALTOGETHER": "1",
    }
    assert set(problems(environment)) == {
        f"nice in {file} is 20; give a whole number from 0 to 19",
        f"least_confidence in {file} is True; give a number from 0 to 1, such as 0.3",
        f"encodr in {file} is no setting; the nearest is encoder",
        f"section in {file} is no setting; docs/settings.md lists them",
        "ON_RECORD_LONGEST_DOCUMENT is 'many'; give a number of characters above 0",
        "ON_RECORD_ARCHIV is no setting; the nearest is ON_RECORD_ARCHIVE",
        "ON_RECORD_SOMETHING_ELSE_ALTOGETHER is no setting; docs/settings.md lists them",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NICE", ""),
        ("NICE", "-1"),
        ("NICE", "1.5"),
        ("NICE", "٣"),
        ("LONGEST_DOCUMENT", "0"),
        ("ARCHIVE", ""),
        ("ARCHIVE", " "),
        ("ENCODER", "a\nb"),
        ("LEAST_CONFIDENCE", "1.01"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    (told,) = problems({"ON_RECORD_SETTINGS": "", f"ON_RECORD_{name}": value})
    assert told.startswith(f"ON_RECORD_{name} is {value!r}; give ")


def test_a_file_that_is_not_there_or_no_toml_is_told(tmp_path: Path, written: Write) -> None:
    assert problems({"ON_RECORD_SETTINGS": str(tmp_path / "none.toml")}) == (
        f"ON_RECORD_SETTINGS names {tmp_path / 'none.toml'}, which is not there",
    )
    (told,) = problems(written("nice = \n"))
    assert re.search(r"on-record\.toml is no TOML: .*line 1", told)


def test_tests_have_variables_of_their_own() -> None:
    assert Settings.from_environment({"ON_RECORD_SETTINGS": "", "ON_RECORD_TEST_SLOW": "1"}) == Settings()


def test_kinds_read_words_and_toml_values_alike() -> None:
    assert whole(1, 9).read("3") == whole(1, 9).read(3) == 3
    assert number(0, 60).read("1.5") == number(0, 60).read(1.5) == 1.5
    assert one_of("text", "json").read("json") == "json"
    assert several.read("a, b,") == several.read(["a", "b"]) == ("a", "b")
    for kind, value in [(whole(1, 9), True), (whole(1, 9), 10), (number(0, 60), "1e9"), (one_of("a"), "b")]:
        with pytest.raises(ValueError, match=r"^$"):
            kind.read(value)


def test_the_command_tells_each_problem_on_a_line_and_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ON_RECORD_NICE", "x")
    monkeypatch.setenv("ON_RECORD_PARSR", "x")
    assert main(["releases"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(ON_RECORD_\w+)` \| (.+?) \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert set(rows) == {variable(field.name) for field in fields(Settings)} | {"ON_RECORD_SETTINGS"}
    for field in fields(Settings):
        default = getattr(Settings(), field.name)
        if default is not None and not isinstance(default, Path):
            told = f"{default:g}" if isinstance(default, float) else str(default)
            told = (
                told.lower()
                if isinstance(default, bool)
                else ", ".join(default)
                if isinstance(default, tuple)
                else told
            )
            assert f"`{told}`" in rows[variable(field.name)], field.name
