"""Promises about what hosting/ holds: a unit and a compose file that lock the server in, settings that hold."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from analysis.settings import ROOT, Settings

HOSTING = ROOT / "hosting"


def test_the_settings_file_names_settings_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    given = tomllib.loads((HOSTING / "on-record.toml").read_text())
    assert set(given) <= {field.name for field in fields(Settings)}
    found = Settings.from_environment({"ON_RECORD_SETTINGS": str(HOSTING / "on-record.toml")})
    assert (found.logs, found.log_queries) == ("json", False)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_unit_is_well_formed_and_little_exposed(tmp_path: Path) -> None:
    unit = shutil.copy(HOSTING / "on-record@.service", tmp_path / "on-record@8501.service")
    text = Path(unit).read_text().replace("/opt/on-record/.venv/bin/python", "/bin/true")
    Path(unit).write_text(text.replace("User=on-record", "User=root").replace("Group=on-record", "Group=root"))
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert "on-record" not in verified.stderr, verified.stderr
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True)
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure, f"systemd 250 or newer rates files: {done.stdout}{done.stderr}"
    assert float(exposure.group(1)) <= 2.0


def test_the_unit_cannot_write_and_has_a_memory_limit() -> None:
    text = (HOSTING / "on-record@.service").read_text()
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "IPAddressDeny=any"):
        assert f"\n{line}\n" in text
    assert re.search(r"^MemoryMax=\d+[MG]$", text, re.MULTILINE)
    assert "ReadWritePaths" not in text


def test_the_compose_file_locks_its_servers_in_and_names_images_by_digest() -> None:
    services = yaml.safe_load((HOSTING / "compose.yaml").read_text())["services"]
    nginx = services.pop("nginx")
    assert len(services) >= 2
    for server in services.values():
        assert server["read_only"]
        assert server["cap_drop"] == ["ALL"]
        assert server["security_opt"] == nginx["security_opt"] == ["no-new-privileges:true"]
        assert server["mem_limit"]
        assert "ports" not in server, "only nginx is to be reached"
        assert [volume for volume in server["volumes"] if not volume.endswith(":ro")] == []
        assert server["environment"]["FORWARDED_ALLOW_IPS"] == nginx["networks"]["inside"]["ipv4_address"]
    assert set(nginx["depends_on"]) == set(services)
    assert nginx["image"].startswith("nginx@${NGINX_DIGEST:?")
    assert not [place for place in nginx["tmpfs"] if "log" in place], "a log in memory grows until it is full"
    for mounted in nginx["volumes"]:
        source = mounted.split(":")[0]
        assert not source.startswith("./") or (HOSTING / source).is_file(), source


def test_nginx_of_the_compose_file_knows_each_server_by_an_address_of_its_own() -> None:
    services = yaml.safe_load((HOSTING / "compose.yaml").read_text())["services"]
    addresses = [at["networks"]["inside"]["ipv4_address"] for name, at in services.items() if name != "nginx"]
    listed = re.findall(r"^server (\S+):8501 ", (HOSTING / "on-record-servers-compose.conf").read_text(), re.MULTILINE)
    # of a name with several addresses, nginx would take now one, now another, and downloads would not be found
    assert sorted(listed) == sorted(addresses)
    assert len(set(listed)) == len(listed)


def test_the_guide_names_files_and_targets_that_there_are() -> None:
    guide = (ROOT / "docs/hosting.md").read_text()
    for name in set(re.findall(r"`?(hosting/[\w@.-]+|tests/[\w/]+\.py|requirements[\w-]*\.(?:txt|lock))", guide)):
        assert (ROOT / name.rstrip(".")).exists(), name
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?:`|^ *)make ([a-z-]+)", guide, re.MULTILINE)) <= set(targets)
