"""Which encoder the questions to a release are encoded with: the one it carries, else the one that built it."""

from __future__ import annotations

import importlib.util
import logging
from typing import TYPE_CHECKING

from analysis.archive.encoders import carries
from analysis.models import EncoderError

if TYPE_CHECKING:
    from analysis.archive import Release
    from analysis.embedding import Encoder

_log = logging.getLogger(__name__)


class OtherWeightsError(EncoderError):
    """The model of a release's encoder has other weights here than the release was built with."""


def query_encoder(release: Release) -> Encoder | None:
    """The encoder of the release's vectors; None when it was built without one.

    A release that carries its encoder needs onnxruntime and tokenizers alone. For others, or where what it carries is
    damaged, sentence-transformers loads the model. Raises EncoderError, with what to do, when neither can be had.
    """
    manifest = release.manifest
    if manifest.encoder is None or not manifest.dimensions:
        return None
    place = carries(manifest)
    if place:
        from analysis.carried_encoder import open_carried

        try:
            return open_carried(release.folder / place)
        except EncoderError as error:
            if not can_build():
                raise
            _log.warning("%s; sentence-transformers is used instead", error)
    if not can_build():
        raise EncoderError(
            f"release {manifest.number} carries no encoder, and sentence-transformers is not installed here: where it "
            "is (pip install -r requirements.txt), run `python -m analysis build`, whose next release carries one. "
            "Searching by words works without it."
        )
    from analysis.embedding import load_encoder

    encoder = load_encoder(manifest.encoder)
    if encoder.fingerprint != manifest.weights:
        raise OtherWeightsError(
            f"Release {manifest.number} was built with weights {manifest.weights}, “{manifest.encoder}” here has "
            f"{encoder.fingerprint}. Build again, or search with --mode words."
        )
    return encoder


def can_build() -> bool:
    """Whether sentence-transformers is installed here."""
    try:
        return importlib.util.find_spec("sentence_transformers") is not None
    except (ImportError, ValueError):  # kept out on purpose
        return False
