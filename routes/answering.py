"""Answers: the envelope around what a route holds, and what lets browsers and caches keep it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from starlette.responses import Response

from analysis.settings import ROOT, Settings
from routes.asking import Asked
from routes.declaring import Content
from routes.listing import plain

_PINNED = "max-age=86400"  # a day: a release never changes, the program that tells of it does now and then
_NEWEST = "no-cache"  # kept, and asked for anew each time


def answer(asked: Asked, content: Content) -> Response:
    """A route's content in its envelope, as JSON."""
    manifest = asked.opened.release.manifest
    envelope = {
        "release": {"number": manifest.number, "published_at": manifest.published_at},
        "query": {name: list(values) for name, values in asked.values.items()},
        "notes": [],
        "url": asked.itself(_page(asked)),
        "html_url": asked.html_url(),
        **content,
    }
    envelope["notes"] = list(dict.fromkeys(asked.notes))  # last, for making the others may have added some
    return Response(written(envelope), media_type="application/json")


def _page(asked: Asked) -> int | None:
    page = asked.get("page")
    return int(page) if page else None


def written(content: Mapping[str, Any]) -> bytes:
    """JSON in ASCII: lone surrogates and line ends of other scripts are harmless in it."""
    return json.dumps(plain(content), ensure_ascii=True, separators=(",", ":")).encode()


def tag(asked: Asked) -> str:
    """The weak ETag of an answer: what it is made from and of."""
    manifest = asked.opened.release.manifest
    parts = [
        program(),
        str(Settings.from_environment().archive),
        manifest.inputs,
        manifest.published_at,
        str(manifest.number),
        str([each for each in asked.there if each < manifest.number]),  # what is new goes by them
        asked.site,
        asked.declared.path,
        asked.identifier or "",
        json.dumps({name: list(values) for name, values in sorted(asked.values.items())}),
        str(asked.encoder is not None) if asked.asks_meaning else "",
    ]
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
    return f'W/"{digest[:32]}"'


def caching(asked: Asked, *, public: bool) -> dict[str, str]:
    """The headers that say how long an answer may be kept, and by whom."""
    if asked.waits_for_meaning:
        return {"Cache-Control": "no-store"}  # in a moment it is another
    kept = _PINNED if asked.is_pinned else _NEWEST
    return {"Cache-Control": f"{'public' if public else 'private'}, {kept}", "ETag": tag(asked)}


def is_known(etag: str, given: str | None) -> bool:
    """True where a request's If-None-Match names the answer's ETag."""
    if not given:
        return False
    bare = etag.removeprefix("W/")
    return given.strip() == "*" or bare in (each.strip().removeprefix("W/") for each in given.split(","))


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of the code that makes answers and of the tables beside the archive that it reads, once a process."""
    data = Settings.from_environment().data
    files = [*sorted(ROOT.glob("routes/*.py")), *sorted(ROOT.glob("analysis/queries/**/*.py"))]
    files += [*sorted(ROOT.glob("analysis/exporting/*.py")), data / "events.csv", data / "formulas.csv"]
    digest = hashlib.sha256()
    for file in [*files, data / "gazetteer/sides.csv"]:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()
