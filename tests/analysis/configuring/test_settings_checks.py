"""Promises about what is looked at before a server starts: what is wrong, where, and what to do, all of it at once."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.commands.settings import _written
from analysis.configuring import checks
from analysis.configuring.checks import troubles
from analysis.pipeline import BuildReport
from analysis.settings import ROOT, Settings

Built = tuple[Path, BuildReport]


@pytest.fixture
def held(built: Built, tmp_path: Path) -> Settings:
    """Settings of an archive that is right, free to be damaged."""
    return replace(Settings(), archive=shutil.copytree(built[0], tmp_path / "held"), encoder="small")


def told(settings: Settings) -> list[tuple[bool, str]]:
    return [(trouble.stops, trouble.words) for trouble in troubles(settings)]


def test_where_all_is_there_nothing_is_said(held: Settings) -> None:
    assert told(held) == []


def test_an_archive_that_is_not_there_stops_nothing_since_it_may_be_mounted_later(held: Settings) -> None:
    ((stops, words),) = told(replace(held, archive=held.archive / "elsewhere"))
    assert not stops
    assert str(held.archive / "elsewhere") in words
    assert "build --archive" in words


def test_a_file_in_the_archives_place_stops(held: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told(replace(held, archive=tmp_path / "file"))[0][0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_archive_that_may_not_be_read_says_who_may_not(held: Settings) -> None:
    (held.archive / "releases").chmod(0)
    ((stops, words),) = told(held)
    (held.archive / "releases").chmod(0o755)
    assert stops
    assert str(os.geteuid()) in words


def test_releases_of_another_schema_stop_only_where_there_is_no_other(held: Settings) -> None:
    manifest = held.archive / "releases/000001.json"
    older = json.loads(manifest.read_text()) | {"schema_version": 1}
    manifest.write_text(json.dumps(older))
    ((stops, words),) = told(held)
    assert stops
    assert "000001.json" in words
    shutil.copy(manifest, manifest.with_name("000002.json"))
    assert [stops for stops, _ in told(held)] == [True, True]


def test_a_damaged_newest_release_is_told_and_the_one_before_is_served(held: Settings) -> None:
    (held.archive / "releases/000002.json").write_text("{")
    ((stops, words),) = told(held)
    assert not stops
    assert "000002.json is damaged" in words


def test_an_encoder_that_is_not_known_stops_and_the_nearest_is_named(held: Settings) -> None:
    said = told(replace(held, encoder="smal"))
    assert said[0][0]
    assert "“small”" in said[0][1]


def test_a_release_that_nothing_here_can_ask_by_meaning_is_told(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(replace(held, encoder="base")) == []  # the release's own encoder is what questions need
    monkeypatch.setattr(checks, "can_build", lambda: False)
    ((stops, words),) = told(held)
    assert not stops
    assert "release 1 carries no encoder" in words
    assert "Build again where it is" in words


def test_a_data_folder_that_lacks_something_stops(held: Settings, tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("briefs", "encoder"))
    (data / "events.csv").unlink()
    (data / "gazetteer/sides.csv").unlink()
    assert [stops for stops, _ in told(replace(held, data=data))] == [True, True]


def test_the_command_prints_each_setting_as_the_file_would_hold_it(
    held: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "on-record.toml"
    file.write_text('encoder = "small"\narchive = "held"')
    monkeypatch.setenv("ON_RECORD_SETTINGS", str(file))
    monkeypatch.delenv("ON_RECORD_ENCODER")
    monkeypatch.setenv("ON_RECORD_NICE", "4")
    assert main(["settings"]) == 0
    printed = capsys.readouterr().out
    assert "nice = 4 # ON_RECORD_NICE\n" in printed
    assert f'encoder = "small" # {file}\n' in printed
    assert f'archive = "{tmp_path / "held"}" # {file}\n' in printed
    assert "log_queries = false # default\n" in printed
    assert tomllib.loads(printed.split("All that they name")[0])["least_confidence"] == 0.3, "it can be copied"
    monkeypatch.setenv("ON_RECORD_ENCODER", "smal")
    assert main(["settings"]) == 1
    assert "✗ the encoder “smal”" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["serve", "--port", "x"], ["serve", "--port", "0"]])
def test_a_port_that_is_none_is_wrong_use(argv: list[str]) -> None:
    assert main(argv) == 2


def test_a_server_that_could_not_serve_does_not_start(
    held: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ON_RECORD_ARCHIVE", str(held.archive))
    monkeypatch.setenv("ON_RECORD_ENCODER", "smal")
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it started"))
    assert main(["serve"]) == 1
    assert "“smal” is not known" in capsys.readouterr().err


def test_what_the_command_line_chose_reaches_the_server_and_relative_paths_hold(
    held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ON_RECORD_ARCHIVE", "held")
    monkeypatch.setenv("ON_RECORD_ENCODER", "small")
    monkeypatch.setattr(os, "execv", lambda _, argv: begun.append(argv))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    main(["serve", "--port", "8612", "--address", "::1"])
    assert {"--server.port=8612", "--server.address=::1"} <= set(begun[0])
    assert os.environ["ON_RECORD_ARCHIVE"] == str(tmp_path / "held")
    assert os.environ["ON_RECORD_PORT"] == "8612"


def test_a_secret_is_never_printed() -> None:
    assert _written("key", "abc", True) == "# key is set, and secret"
    assert _written("key", None, True) == "# key is not set"
