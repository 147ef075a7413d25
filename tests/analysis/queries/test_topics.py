"""Promises about topics: the table holds what ships, a question moves to its topic, and to none where it has none."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pytest

from analysis.models import MODELS
from analysis.projection import FOLDER
from analysis.queries import question
from analysis.queries.topics import TOPICS, Guide, fed_back, guide_for, read_topics


def test_the_shipped_vectors_are_those_of_the_shipped_table(root):
    table = root / "data" / "topics.csv"
    assert hashlib.sha256(table.read_bytes()).hexdigest() == TOPICS.table_sha256, "run benchmarks/fit_encoder.py topics"
    assert hashlib.sha256((FOLDER / TOPICS.vectors).read_bytes()).hexdigest() == TOPICS.vectors_sha256
    guide = guide_for(MODELS["base"].fingerprint)
    assert guide is not None
    assert guide.keys.shape == guide.said.shape == (len(read_topics()), MODELS["base"].dimensions)


def test_every_topic_is_there_once_with_ways_of_asking_and_saying():
    topics = read_topics()
    assert max(Counter(topic.topic_id for topic in topics).values()) == 1
    assert [topic.topic_id for topic in topics] == sorted(topic.topic_id for topic in topics)
    assert all(len(topic.asked) >= 2 and topic.said for topic in topics)


def test_a_topic_without_what_is_said_is_refused_with_its_line(tmp_path):
    (tmp_path / "topics.csv").write_text("topic_id,name,writer,asked,said\nrivers,Rivers,blind,Who owns the water?,\n")
    with pytest.raises(ValueError, match="line 2"):
        read_topics(tmp_path / "topics.csv")


def test_a_topic_by_an_unknown_writer_is_refused_with_its_line(tmp_path):
    (tmp_path / "topics.csv").write_text(
        "topic_id,name,writer,asked,said\nrivers,Rivers,me,Who owns it?,We share it.\n"
    )
    with pytest.raises(ValueError, match="line 2: the writer"):
        read_topics(tmp_path / "topics.csv")


def test_a_part_of_the_guide_leads_to_its_own_topics_only():
    axes = np.eye(6, dtype=np.float32)
    part = Guide(keys=axes[:2], said=axes[2:4]).of(np.array([False, True]))
    assert part(axes[0]) @ axes[2] == 0
    assert part(axes[1]) @ axes[3] > 0.4


def test_another_encoder_has_no_guide():
    assert guide_for(MODELS["small"].fingerprint) is None


def test_a_question_moves_to_the_topic_it_resembles_and_stays_where_it_resembles_none():
    axes = np.eye(6, dtype=np.float32)
    guide = Guide(keys=axes[:2], said=axes[2:4])
    near = guide(axes[0])
    assert near @ axes[2] > 0.4
    assert -0.2 < near @ axes[3] <= 0  # what all topics share is taken off, and nothing else of the other is added
    far = guide(axes[5])
    assert far @ axes[5] > 0.97
    assert far[2] == far[3]
    assert np.isclose(np.linalg.norm(near), 1)


def test_feedback_moves_a_question_towards_what_it_found():
    axes = np.eye(3, dtype=np.float32)
    moved = fed_back(axes[0], axes[1:2])
    assert moved[0] > moved[1] > 0
    assert moved[2] == 0


def test_words_that_no_topic_knows_are_read_in_the_fields_context(monkeypatch):
    axes = np.eye(6, dtype=np.float32)
    told = {
        "what is asked": axes[0],
        "few words": axes[4],
        "The relations of China and Russia are few words": axes[5],
    }

    class Known:
        fingerprint = "known"

        def encode(self, texts):
            return np.stack([told[text] for text in texts])

    guide = Guide(keys=axes[:2], said=axes[2:4])
    monkeypatch.setattr(question, "guide_for", lambda fingerprint: guide)
    assert np.allclose(question.question_vector(Known(), "what is asked"), guide(axes[0]))
    read = question.question_vector(Known(), "few words")
    assert read @ axes[5] == pytest.approx(read @ axes[4])
    assert read @ axes[5] > 0.6
    assert np.linalg.norm(read) == pytest.approx(1)
