"""Which encoder a release's questions are encoded with, and what is said where there is none."""

from __future__ import annotations

import importlib.util
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis import carried_encoder, embedding, query_encoder
from analysis.archive import check, open_release, releases
from analysis.archive.encoders import PART, carries, keep_encoder
from analysis.archive.retention import clean
from analysis.archive.storage import storage
from analysis.carried_encoder import CARD, FILES, Card
from analysis.models import EncoderError
from analysis.pipeline import BuildReport
from analysis.query_encoder import OtherWeightsError

Built = tuple[Path, BuildReport]
WEIGHTS = "words-1"  # the fingerprint of tests/analysis/conftest.py's encoder


def made_encoder(folder: Path, content: bytes = b"graph") -> Path:
    """Files as an exported encoder has them; nothing can run them."""
    made = folder / WEIGHTS
    made.mkdir()
    for name in FILES[:-1]:
        (made / name).write_bytes(content)
    hashes = {name: carried_encoder.sha256(made / name) for name in FILES[:-1]}
    (made / CARD).write_text(Card("small", WEIGHTS, 32, 256, "mean", 1.0, 1_000, hashes).to_json(), encoding="utf-8")
    return made


@pytest.fixture
def archive(built: Built, tmp_path: Path) -> Path:
    """The archive of one article and one brief, to change at will; its release carries no encoder."""
    return Path(shutil.copytree(built[0], tmp_path / "archive"))


def carrying(archive: Path, made: Path) -> None:
    """Let the archive's release carry the encoder in ``made``."""
    (manifest,) = releases(archive)
    whole = replace(manifest, files={**manifest.files, **keep_encoder(storage(archive), made)})
    (archive / "releases" / "000001.json").write_bytes(whole.to_json())


def nothing_can_build(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "sentence_transformers" else real(name)
    )


def test_what_a_release_carries_is_loaded_before_anything_else(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrying(archive, made_encoder(tmp_path))
    monkeypatch.setattr(embedding, "load_encoder", lambda name: pytest.fail("the encoder was loaded"))
    monkeypatch.setattr(carried_encoder, "CarriedEncoder", lambda folder, card: (folder.name, card.name))
    assert query_encoder.query_encoder(open_release(archive)) == (WEIGHTS, "small")
    carried_encoder._opened.cache_clear()


def test_where_a_release_carries_none_the_encoder_that_built_it_is_used(archive: Path, encoder: object) -> None:
    assert query_encoder.query_encoder(open_release(archive)) is encoder
    encoder.fingerprint = "words-2"  # type: ignore[attr-defined]
    with pytest.raises(OtherWeightsError, match="was built with weights words-1"):
        query_encoder.query_encoder(open_release(archive))


def test_where_neither_can_be_had_it_says_what_to_do(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_can_build(monkeypatch)
    with pytest.raises(EncoderError, match=r"release 1 carries no encoder.*requirements\.txt.*by words"):
        query_encoder.query_encoder(open_release(archive))


def test_a_damaged_encoder_gives_way_to_the_one_that_built_it(
    archive: Path, tmp_path: Path, encoder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrying(archive, made_encoder(tmp_path))
    (archive / PART / WEIGHTS / FILES[0]).write_bytes(b"other")
    assert query_encoder.query_encoder(open_release(archive)) is encoder
    nothing_can_build(monkeypatch)
    with pytest.raises(EncoderError, match="is damaged"):
        query_encoder.query_encoder(open_release(archive))


def test_check_reads_the_encoder_and_clean_keeps_it(archive: Path, tmp_path: Path) -> None:
    made = made_encoder(tmp_path)
    carrying(archive, made)
    assert carries(releases(archive)[0]) == f"{PART}/{WEIGHTS}"
    left = archive / PART / f"{WEIGHTS}.0.part"
    left.mkdir()
    (left / "model.onnx").write_bytes(b"half")
    assert clean(archive).files == 1
    assert not left.exists()
    assert check(archive) == []
    (archive / PART / WEIGHTS / FILES[1]).write_bytes(b"gra\x00h")
    (problem,) = check(archive)
    assert problem.table == "encoder"
    assert FILES[1] in problem.what
    states = keep_encoder(storage(archive), made)  # the next release brings the whole file again
    assert check(archive) == []
    assert states == keep_encoder(storage(archive), made)


def test_a_copy_that_is_right_is_not_written_again(archive: Path, tmp_path: Path) -> None:
    made = made_encoder(tmp_path)
    keep_encoder(storage(archive), made)
    file = archive / PART / WEIGHTS / FILES[0]
    before = file.stat().st_ino
    keep_encoder(storage(archive), made)
    assert file.stat().st_ino == before
    assert not list((archive / PART).glob("*.part"))


def test_the_card_of_another_format_is_refused(tmp_path: Path) -> None:
    made = made_encoder(tmp_path)
    card = json.loads((made / CARD).read_text(encoding="utf-8"))
    (made / CARD).write_text(json.dumps(card | {"format": 2}), encoding="utf-8")
    with pytest.raises(EncoderError, match="of another format"):
        Card.read(made)
    assert np.isclose(card["agreement"], 1)
