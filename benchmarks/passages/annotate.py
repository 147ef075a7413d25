"""Turn the tagged passages in ``sources/`` into annotated JSONL, the shape that ``evaluate quotes`` reads.

A passage opens with ``=== id [day of publication]``; lines ``@key name | side | other names; …`` list its speakers (a
name with " + " is a group); after a blank line comes the text, with three tags: ``<s ref>who</s>`` names a speaker,
``<q key ref …>what was said</q>`` is a quote of speaker ``key`` whom the words tagged ``ref`` ("-": none) name, and
``<n>…</n>`` is no statement. A quote may carry ``d=`` its day, ``t=`` its kind where the marks do not tell, ``opt``.

    python -m benchmarks.passages.annotate            writes the files
    python -m benchmarks.passages.annotate --check    says whether they are up to date; exit code 1 when not
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.evaluation.units import kind_of, quoted

HERE = Path(__file__).parent
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[qsn])(?P<rest>(?: [^<>]*)?)>")


def passages(source: str) -> Iterator[dict[str, Any]]:
    """The annotated passages of one source file. Raises ValueError, naming the passage, for a tag out of place."""
    for block in re.split(r"^=== ", source, flags=re.MULTILINE)[1:]:
        head, body = block.split("\n\n", 1)
        first, *cast_lines = head.split("\n")
        doc_id, _, published = first.strip().partition(" ")
        try:
            text, spans = _untagged(body.strip("\n"))
            yield {
                "doc_id": doc_id,
                "invented": True,
                "pub_date": published or None,
                "text": text,
                **_annotations(text, spans, dict(map(_speaker, cast_lines))),
            }
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"passage {doc_id}: {error!r}") from error


def _speaker(line: str) -> tuple[str, dict[str, Any]]:
    key, _, rest = line.removeprefix("@").partition(" ")
    name, side, others = (part.strip() for part in rest.split("|"))
    members = name.split(" + ")
    row: dict[str, Any] = {"speaker_canonical": " and ".join(members), "side": side or None}
    if len(members) > 1:
        row["group_members"] = members
    if others:
        row["speaker_canonical_alt"] = [other.strip() for other in others.split(";")]
    return key, row


def _untagged(body: str) -> tuple[str, list[tuple[int, int, str, list[str]]]]:
    """The text without its tags, and (start, end, tag, attributes) of each tag in the order of the text."""
    text = ""
    spans: list[tuple[int, int, str, list[str]]] = []
    opened: list[tuple[int, str, list[str]]] = []
    at = 0
    for tag in _TAG.finditer(body):
        text += body[at : tag.start()]
        at = tag.end()
        if not tag["close"]:
            opened.append((len(text), tag["name"], tag["rest"].split()))
            continue
        start, name, attributes = opened.pop()
        if name != tag["name"] or start == len(text):
            raise ValueError(f"</{tag['name']}> closes <{name} {' '.join(attributes)}>")
        spans.append((start, len(text), name, attributes))
    if opened:
        raise ValueError(f"not closed: {opened}")
    return text + body[at:], sorted(spans)


def _annotations(
    text: str, spans: list[tuple[int, int, str, list[str]]], cast: dict[str, dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    inside = quoted(text)
    mentions = {attributes[0]: (start, end) for start, end, name, attributes in spans if name == "s"}
    quotes = []
    for start, end, name, attributes in spans:
        if name != "q":
            continue
        key, mention, *others = attributes
        given = dict(other.partition("=")[::2] for other in others)
        named = mentions[mention] if mention != "-" else None
        quotes.append(
            {
                "start": start,
                "end": end,
                "content": text[start:end],
                "type": given.get("t") or str(kind_of(text, start, end, inside)),
                "speaker_start": named[0] if named else None,
                "speaker_end": named[1] if named else None,
                "speaker_text": text[slice(*named)] if named else None,
                "cue_start": None,
                "cue_end": None,
                "date": given.get("d"),
                "optional": "opt" in given,
                **cast[key],
            }
        )
    negatives = [
        {"start": start, "end": end, "content": text[start:end]} for start, end, name, _ in spans if name == "n"
    ]
    return {"quotes": quotes, "negatives": negatives}


def main() -> int:
    """Write or, with ``--check``, compare the annotated files."""
    stale = []
    for source in sorted((HERE / "sources").glob("*.txt")):
        rows = passages(source.read_text("utf-8"))
        made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        target = HERE / f"{source.stem}.jsonl"
        if "--check" not in sys.argv:
            target.write_text(made, "utf-8")
        elif not target.is_file() or target.read_text("utf-8") != made:
            stale.append(target.name)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run python -m benchmarks.passages.annotate.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
