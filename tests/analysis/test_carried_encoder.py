"""What a release carries to encode questions with: exported once, checked, and run without PyTorch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis import carried_encoder, encoder_export
from analysis.carried_encoder import CARD, FILES, WEIGHTS, Card, CarriedEncoder, open_carried
from analysis.embedding import Encoder, EncoderError, SentenceEncoder, load_encoder
from analysis.encoder_export import LEAST, agreement, exported, texts_to_compare
from analysis.settings import ROOT

TEXTS = ["", "no limits", "中国和俄罗斯", "Россия и Китай", "lone \ud800 surrogate", "gas " * 900, *map(str, range(40))]


@pytest.fixture(scope="module")
def small() -> Encoder:
    return load_encoder("small")


@pytest.fixture(scope="module")
def folder(small: Encoder) -> Path:
    """The packaged encoder, exported; this machine's cache keeps it between runs."""
    made = exported(small)
    assert made is not None
    return made


def test_an_exported_encoder_gives_the_vectors_of_the_one_it_was_made_from(small: Encoder, folder: Path) -> None:
    carried = open_carried(folder)
    assert (carried.name, carried.fingerprint, carried.dimensions) == ("small", small.fingerprint, 384)
    assert agreement(small, carried, TEXTS) >= LEAST
    one_by_one = np.concatenate([carried.encode([text]) for text in TEXTS[:6]])
    np.testing.assert_allclose(one_by_one, carried.encode(TEXTS)[:6], atol=1e-5)
    assert carried.encode([]).shape == (0, 384)
    seen: list[tuple[int, int]] = []
    carried.encode(TEXTS, lambda done, texts: seen.append((done, texts)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))


def test_its_card_says_how_far_it_agrees_over_a_thousand_texts(folder: Path) -> None:
    card = Card.read(folder)
    assert card.agreement >= LEAST
    assert card.compared == len(set(texts_to_compare())) == 1_000
    assert (card.longest, card.pooling) == (256, "mean")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_an_encoder_is_exported_once(small: Encoder, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_export, "_export", lambda *given: pytest.fail("exported again"))
    assert exported(small) == folder


def test_an_export_that_does_not_agree_is_refused(
    small: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ON_RECORD_CACHE", str(tmp_path))
    monkeypatch.setattr(encoder_export, "agreement", lambda *given: 0.99)
    with pytest.raises(EncoderError, match=r"cosine 0\.990000"):
        exported(small)
    assert not [path for path in (tmp_path / "exported").iterdir() if path.is_dir()]


def test_a_model_of_other_parts_is_not_exported_and_the_reason_is_said(small: Encoder) -> None:
    class Dense:
        pass

    class Model(list[object]):
        default_prompt_name = None

    assert isinstance(small, SentenceEncoder)
    strange = object.__new__(SentenceEncoder)
    strange.name, strange.fingerprint, strange.model = "mine", "mine-0", Model([*small.model, Dense()])
    with pytest.raises(EncoderError, match="made of Transformer, Pooling, Normalize, Dense"):
        exported(strange)
    assert exported(object()) is None  # type: ignore[arg-type]


def test_a_damaged_encoder_is_not_run(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    with (copy / WEIGHTS).open("r+b") as file:
        file.seek(1_000)
        file.write(b"\x00\x01")
    with pytest.raises(EncoderError, match=r"weights\.bin hashes to"):
        open_carried(copy)
    (copy / CARD).write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderError, match=r"encoder\.json cannot be read"):
        open_carried(copy)


def test_what_runs_it_may_be_missing_and_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*given: object) -> CarriedEncoder:
        raise ImportError("No module named 'onnxruntime'", name="onnxruntime")

    monkeypatch.setattr(carried_encoder, "CarriedEncoder", missing)
    carried_encoder._opened.cache_clear()
    with pytest.raises(EncoderError, match=r"onnxruntime is not installed.*requirements-serve"):
        open_carried(folder)
    carried_encoder._opened.cache_clear()


def test_what_runs_it_reports_to_nobody(folder: Path, tmp_path: Path) -> None:
    encode = (
        "import sys, pathlib; from analysis.carried_encoder import open_carried as it; it(pathlib.Path(sys.argv[1]))"
    )
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", encode, str(folder)], cwd=ROOT, env=bare, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    # onnxruntime keeps a number for the machine there, and what it is about to send
    assert list(tmp_path.rglob("*")) == []
