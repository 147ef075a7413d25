"""What schemathesis finds wrong with the HTTP interface: server errors, answers that its description does not name.

    python benchmarks/api_fuzz.py                 5,000 examples over all routes, on an archive made by hand
    python benchmarks/api_fuzz.py --examples 300 --archive DIR

Half of the examples of a route are what its description allows, half are not; known identifiers are mixed into both,
since random ones lead nowhere. The run is the same every time for one seed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests/pages")]  # the archive made by hand is the tests'

# Values that lead somewhere in the archive made by hand, and some that mean harm.
KNOWN: dict[str, list[str]] = {
    "q": ["gas", "“no limits”", "friend OR talks -side:CN", "near:2022-02-24~7", '"', "(((", "speaker:wang-yi", "-"],
    "mode": ["words", "semantic"],
    "like": ["s-gas", "s-hostile", "' OR 1=1 --"],
    "speaker": ["wang-yi", "unknown", "left-office"],
    "side": ["CN", "unknown", "RU"],
    "from": ["2022-01-01", "0001-01-01", "9999-12-31"],
    "to": ["2021-01-01", "2023-12-31"],
    "who": ["side:CN", "speaker:wang-yi", ":"],
    "profile": ["wang-yi", "../../etc/passwd"],
    "document": ["d-brief", "\x00"],
    "statement": ["s-gas", "s-friend", "<script>"],
    "page": ["1", "2", "0", "999999999"],
    "per_page": ["1", "200", "201"],
    "bar": ["CN.2023", "CN.2023-Q9", "RU.0000"],
    "events": ["off", "war"],
    "release": ["1", "2"],
    "name": ["wang", "外交部"],
    "title": ["week", "%"],
    "notes": ["eJyrVspMUbJSMlSqBQASrgJ6", "===="],
}
IDENTIFIERS = ["s-gas", "wang-yi", "d-brief", "ukraine", "a/b", "..", "%2e%2e", "'", "\u202e", "x" * 300]


def fuzz(app: Any, examples: int, at: int) -> tuple[Counter[str], list[str]]:  # an ASGI app
    """How many answers of each status ``examples`` requests got, and what is wrong with them. at: the seed."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    share, statuses, problems = max(1, -(-examples // (2 * len(operations)))), Counter[str](), []
    while sum(statuses.values()) < examples:  # a route with little to ask soon has no more examples
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                if mode is GenerationMode.NEGATIVE and not operation.query and not operation.path_parameters:
                    mode = GenerationMode.POSITIVE  # nothing that could be wrong
                problems += _tried(operation, mode, share, at, statuses)
        share, at = max(1, share // 4), at + 1
    return statuses, problems


def _tried(operation: Any, mode: Any, share: int, at: int, statuses: Counter[str]) -> list[str]:
    names = [each.name for each in operation.query if each.name in KNOWN]
    known = st.fixed_dictionaries({}, optional={name: st.sampled_from(KNOWN[name]) for name in names})
    identifiers = st.one_of(st.none(), st.sampled_from(IDENTIFIERS))
    problems: list[str] = []

    @seed(at)
    @settings(
        max_examples=share,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode), known, identifiers)
    def once(case: Any, values: dict[str, str], identifier: str | None) -> None:
        if isinstance(case.query, dict):
            case.query.update(values)
        if identifier is not None and case.path_parameters:
            case.path_parameters["id"] = identifier
        response = case.call()
        statuses[str(response.status_code)] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as found:
            problems.extend(f"{case.as_curl_command()}\n  {each}" for each in found.exceptions)

    once()
    return problems


def main() -> int:
    """Fuzz, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=5_000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given_ = parser.parse_args()
    from analysis import warming
    from analysis.queries import on_hand
    from routes.assembling import Interface

    with tempfile.TemporaryDirectory() as folder:
        if given_.archive is None:
            made = import_module("made_archive")
            made.publish_made(Path(folder), more=60)
            warming._state.update({"thread": None, "encoder": made.SubjectEncoder()})
        os.environ |= {
            "ON_RECORD_ARCHIVE": str(given_.archive or folder),
            "ON_RECORD_API_RATE": "0",
            "ON_RECORD_API_SECONDS": "60",
        }
        on_hand.open_newest()
        statuses, problems = fuzz(Interface().alone(), given_.examples, given_.seed)
    print(
        f"{sum(statuses.values()):,} examples: " + ", ".join(f"{key} × {statuses[key]:,}" for key in sorted(statuses))
    )
    for each in problems[:20]:
        print(each)
    print(f"{len(problems)} problems; server errors: {sum(count for key, count in statuses.items() if key >= '500')}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
