"""Promises about signing in as docs/hosting.md and docs/signing-in.md set it up: offered, or it is said why not."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from visiting import ROOT, free_port, serving, session

_SECRETS, _ROLES = "/etc/on-record-secrets.toml", "/etc/on-record-roles.toml"


def as_the_guide_says(folder: Path) -> dict[str, str]:
    """The environment of the unit's addition, its files written below ``folder`` as the guide has them."""
    unit = re.search(r"```ini\n(.*?)```", (ROOT / "docs/hosting.md").read_text(), re.DOTALL)
    assert unit
    lines = re.findall(r"^Environment=(.*)$", unit[1], re.MULTILINE)
    given = dict(word.split("=", 1) for line in lines for word in shlex.split(line))
    work = re.search(r"^StateDirectory=(.*)$", unit[1], re.MULTILINE)
    assert work
    assert given["ON_RECORD_WORK"] == f"/var/lib/{work[1]}", "systemd makes it for the user"
    blocks = re.findall(r"^ *```toml\n(.*?)```", (ROOT / "docs/signing-in.md").read_text(), re.DOTALL | re.MULTILINE)
    auth, roles = blocks[:2]
    (folder / "secrets.toml").write_text(auth.replace("…", "0123456789abcdef" * 2))
    (folder / "roles.toml").write_text(roles)
    moved = {
        _SECRETS: str(folder / "secrets.toml"),
        _ROLES: str(folder / "roles.toml"),
        given["ON_RECORD_WORK"]: str(folder),
    }
    assert set(given.values()) == set(moved)
    return {name: moved[value] for name, value in given.items()}


def test_signing_in_is_offered(made: Path, tmp_path: Path) -> None:
    settings = {"ARCHIVE": str(made), "ENCODER": str(made / "none")}
    offered = []
    for added in (as_the_guide_says(tmp_path), {}):
        with serving(tmp_path, settings, env=os.environ | added) as server, session(server.address) as open_page:
            page = open_page("about")
        assert not page.failed
        offered.append('label: "Sign in"' in page.words)
    assert offered == [True, False]


def test_what_is_wrong_ends_the_start_with_a_line_and_no_traceback(made: Path, tmp_path: Path) -> None:
    given = as_the_guide_says(tmp_path)
    roles = tmp_path / "roles.toml"
    roles.write_text(roles.read_text().replace("admins", "admns"))
    environment = os.environ | given | {"ON_RECORD_ARCHIVE": str(made), "ON_RECORD_ENCODER": "small"}
    start = [sys.executable, "-m", "analysis", "serve", "--port", str(free_port())]
    done = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "Signing in is not set up" in done.stderr
    assert "'admns' is none of" in done.stderr
    assert "Traceback" not in done.stderr
