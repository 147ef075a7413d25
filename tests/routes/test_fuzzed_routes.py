"""Whatever strangers ask, no route fails, and each answers as its description says."""

from __future__ import annotations

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.mark.timeout(300)
def test_no_request_of_some_hundreds_makes_a_server_error(serve):
    from benchmarks.api_fuzz import fuzz

    statuses, problems = fuzz(serve().app, 300, 7)
    assert not problems, problems[:3]
    assert sum(statuses.values()) >= 300
    assert statuses["200"] >= 50  # it is not all refused at the door
