"""The annotated passages are what their sources say, and every offset stands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.passages import annotate

TAGGED = """=== one 2024-05-02
@orlov Igor Orlov | RU | Igor Orloff
@all Igor Orlov + Ana Ruiz | ES+RU |

<s a>Orlov</s> said <q orlov a d=2024-05-01>“it is late”</q>. <n>“Night train”</n>

“<q all ->We leave,</q>”
"""


def test_tags_become_offsets_into_the_text_without_them():
    (passage,) = annotate.passages(TAGGED)
    text = passage["text"]
    assert text == "Orlov said “it is late”. “Night train”\n\n“We leave,”"
    first, second = passage["quotes"]
    assert text[first["start"] : first["end"]] == "“it is late”"
    assert (first["speaker_text"], first["speaker_canonical"], first["date"]) == ("Orlov", "Igor Orlov", "2024-05-01")
    assert (first["type"], first["speaker_canonical_alt"]) == ("direct", ["Igor Orloff"])
    assert (second["group_members"], second["speaker_start"]) == (["Igor Orlov", "Ana Ruiz"], None)
    assert [text[each["start"] : each["end"]] for each in passage["negatives"]] == ["“Night train”"]


@pytest.mark.parametrize("broken", ["<q orlov a>open", "<s a>Orlov</q>", "<q nobody a>x</q>", "<q orlov z>x</q>"])
def test_a_tag_out_of_place_is_named_with_its_passage(broken):
    with pytest.raises(ValueError, match="passage one"):
        list(annotate.passages(TAGGED + broken))


def test_the_files_are_up_to_date_and_their_offsets_stand(monkeypatch, root: Path):
    monkeypatch.setattr(sys, "argv", ["annotate", "--check"])
    assert annotate.main() == 0
    documents = [
        json.loads(line)
        for path in sorted((root / "benchmarks" / "passages").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len({each["doc_id"] for each in documents}) == 48
    for each in documents:
        assert each["invented"] is True
        assert 50 <= len(each["text"].split()) <= 220, each["doc_id"]
        for part in [*each["quotes"], *each["negatives"]]:
            assert each["text"][part["start"] : part["end"]] == part["content"]
        for quote in each["quotes"]:
            if quote["speaker_text"]:
                assert each["text"][quote["speaker_start"] : quote["speaker_end"]] == quote["speaker_text"]
