"""Promises about the shipped projection: the pinned file, and what its fitting makes of vectors."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from analysis import projection
from analysis.models import MODELS, EncoderError
from analysis.projection import Projection, load_projection


def test_the_shipped_projection_takes_unit_rows_to_shorter_unit_rows():
    base = load_projection(MODELS["base"])
    assert base is not None
    assert base.components.shape == (768, MODELS["base"].dimensions)
    assert np.allclose(base.components.T @ base.components, np.eye(256), atol=2e-3)
    rows = np.random.default_rng(0).normal(size=(5, 768)).astype(np.float32)
    assert np.allclose(np.linalg.norm(base(rows), axis=1), 1, atol=1e-5)


def test_small_is_not_projected():
    assert load_projection(MODELS["small"]) is None


def test_another_file_in_its_place_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(projection, "FOLDER", tmp_path)
    with pytest.raises(EncoderError, match="restore it"):
        load_projection(MODELS["base"])
    np.save(tmp_path / "base-projection.npy", np.eye(3))
    with pytest.raises(EncoderError, match="hashes to"):
        load_projection(MODELS["base"])


def test_fitting_finds_the_directions_that_tell_most(root, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(root / "benchmarks"), *sys.path])
    from fit_encoder import fit

    rows = np.random.default_rng(0).normal(size=(500, 4)) * [1, 5, 0.1, 2] + [3, 0, 0, 0]
    fitted = fit(rows, 2)
    assert isinstance(fitted, Projection)
    assert np.argmax(np.abs(fitted.components), axis=0).tolist() == [1, 3]
    assert abs(float(fitted.centre[0]) - 3) < 0.2
