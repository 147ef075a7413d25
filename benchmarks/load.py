"""How many readers the dashboard serves at once: sessions over real websockets that browse, filter and search.

    python benchmarks/made_archive.py --statements 100000 --archive made-100k
    python benchmarks/load.py made-100k --readers 50 --seconds 600
    python benchmarks/load.py made-100k --readers 0 --idle 300 --seconds 60
    python benchmarks/load.py made-100k --readers 50 --seconds 60 --workers 2 [--one-port]

Each reader acts every ten seconds on average: opens a page, narrows by a speaker or gives the filters back, searches,
opens a statement. The clock runs from sending until the script has finished, all its messages received and read.
Memory is what all processes of the server hold, once every page was shown and one reader has done ``--used`` things,
so that what pages keep for all, which has its bounds, stands already; readers who have left are forgotten by Streamlit
after two minutes. Workers are servers of their own, each reader staying with one, as behind a proxy that
keeps a visitor with one server; ``--one-port`` lets ``uvicorn --workers`` share a port. The limits are issue 7's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.websocket_reader import Reader

ROOT = Path(__file__).resolve().parent.parent
_LIMIT, _PER_SESSION = 1.5, 2.0  # seconds at the 95th percentile; megabytes
_PAGES = ("", "timeline", "speakers", "entities", "compare", "document", "about")
_WORDS = ("gas", "pipeline", "energy", "peace", "trade", "alliance", "summit", "culture", "Arctic shipping", "oil")
_DONE = ("browse", "filter", "search", "statement"), (35, 35, 20, 10)  # what readers do, and how often in a hundred
_FORGOTTEN_AFTER = 130  # seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--every", type=float, default=10.0, help="seconds between what a reader does, on average")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--idle", type=int, default=0, help="sessions that stay connected and do nothing")
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    parser.add_argument("--one-port", action="store_true", help="workers share a port, as uvicorn --workers has it")
    parser.add_argument("--browsers", type=int, default=0, help="real browsers that change filters meanwhile")
    parser.add_argument("--encoder", default="small")
    parser.add_argument("--used", type=int, default=300, help="things done by one reader before memory is looked at")
    parser.add_argument("--forget", action="store_true", help="wait until those who left are forgotten")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end with it
    with served(arguments) as (addresses, process):
        asyncio.run(measured(arguments, addresses, process.pid))


async def measured(arguments: argparse.Namespace, addresses: Sequence[str], pid: int) -> None:
    """Let readers come, act and leave; print what they waited for and what they took."""
    for address in [*addresses] * (1 if len(addresses) > 1 else int(arguments.workers)):
        await show_everything(address)
    for address in addresses:
        await use(address, arguments.used)
    before, used = memory(pid), processor_time(pid)
    done: list[tuple[str, float]] = []
    errors: Counter[str] = Counter()
    began = time.monotonic()
    browsing = await browsers(arguments, addresses[0])
    idle = [Reader(addresses[at % len(addresses)]) for at in range(arguments.idle)]
    for at in range(0, len(idle), 4):
        await asyncio.gather(*(reader.arrive(_PAGES[at % len(_PAGES)]) for reader in idle[at : at + 4]))
    readers = [
        asyncio.create_task(read(addresses[at % len(addresses)], at, arguments, done, errors))
        for at in range(arguments.readers)
    ]
    await asyncio.sleep(arguments.seconds)
    during = memory(pid)
    passed, spent = time.monotonic() - began, processor_time(pid) - used
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    waits = await asyncio.gather(*(reader.press_again() for reader in idle), return_exceptions=True)
    lost = sum(isinstance(wait, BaseException) for wait in waits)
    await asyncio.gather(*(reader.leave() for reader in idle))
    report(arguments, done, errors, passed, spent)
    if idle:
        print(f"{len(idle)} idle sessions: {len(idle) - lost} still connected and answering")
    people = arguments.readers + arguments.idle
    print(f"memory: {before:.0f} MB before, {during:.0f} MB with {people} sessions:"
          f" {(during - before) / max(people, 1):.2f} MB a session (limit {_PER_SESSION:.0f})")  # fmt: skip
    if arguments.forget:
        await asyncio.sleep(_FORGOTTEN_AFTER)
        print(f"memory: {memory(pid):.0f} MB when they are forgotten, {sessions(addresses)} sessions left")
    for one in browsing:
        print((await one.stdout.read()).decode().strip() if one.stdout else "")
    print(f"load {os.getloadavg()[0]:.1f}")


def report(
    arguments: argparse.Namespace, done: Sequence[tuple[str, float]], errors: Counter[str], passed: float, spent: float
) -> None:
    """Print what readers waited for, kind by kind and in all, beside the limit."""
    for kind in sorted({kind for kind, _ in done}):
        print(f"  {kind}: {spread([wait for each, wait in done if each == kind])}")
    if waits := [wait for kind, wait in done if kind != "arrive"]:
        p95 = float(np.quantile(waits, 0.95))
        print(f"{arguments.readers} readers, {arguments.workers} process(es), {passed:.0f} s: {spread(waits)};"
              f" limit {_LIMIT} s at p95: {'kept' if p95 <= _LIMIT else 'missed'}")  # fmt: skip
    print(f"errors: {sum(errors.values())} {dict(errors) or ''}".rstrip())
    print(f"processor time: {spent:.0f} s, {100 * spent / passed / (os.cpu_count() or 1):.0f} % of all cores")


async def read(
    address: str, number: int, arguments: argparse.Namespace, done: list[tuple[str, float]], errors: Counter[str]
) -> None:
    """One reader, who comes at some moment of the first seconds and acts until told to leave."""
    chance = random.Random(number)
    reader = Reader(address)
    try:
        await asyncio.sleep(chance.uniform(0, arguments.every))
        done.append(("arrive", await reader.arrive(chance.choice(_PAGES))))
        while True:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * arguments.every)
            kind = chance.choices(*_DONE)[0]
            try:
                done.append((kind, await act(reader, kind, chance)))
            except asyncio.CancelledError:
                raise
            except Exception as error:
                errors[f"{kind}: {type(error).__name__}: {error}"[:160]] += 1
    except asyncio.CancelledError:
        pass
    except Exception as error:
        errors[f"arrive: {type(error).__name__}: {error}"[:160]] += 1
    finally:
        await reader.leave()


async def act(reader: Reader, kind: str, chance: random.Random) -> float:
    """Do one thing; seconds until it is done."""
    if kind == "filter":
        offered = reader.options("speaker")  # none where a query finds nothing
        if "clear" in reader.widgets and (not offered or chance.random() < 0.5):
            return await reader.press("clear")
        if offered:
            return await reader.choose("speaker", [chance.choice(offered)])
    if kind == "search":
        words = " ".join(chance.sample(_WORDS, 2))
        return await reader.go("search", [("q", words), *reader.filters()])
    if kind == "statement" and reader.statements:
        return await reader.go("statement", [("statement", chance.choice(reader.statements)), *reader.filters()])
    return await reader.go(chance.choice(_PAGES), reader.filters())


async def use(address: str, times: int) -> None:
    """One reader does so many things, one after the other, and is forgotten."""
    if not times:
        return
    chance, reader = random.Random("before"), Reader(address)
    await reader.arrive()
    for _ in range(times):
        await act(reader, chance.choices(*_DONE)[0], chance)
    await reader.leave()
    await asyncio.sleep(_FORGOTTEN_AFTER)


async def show_everything(address: str) -> None:
    """Open each page once, so that what a server makes once and keeps is not taken for what a session needs."""
    reader = Reader(address)
    await reader.arrive()
    for page in (*_PAGES, "search", "timeline"):
        await reader.go(page, [("q", "gas")] if page == "search" else [])
    for at in range(64):  # as many selections as are kept
        offered = reader.options("speaker")
        await reader.choose("speaker", [offered[at % len(offered)]])
        await reader.press("clear")
    await reader.leave()


async def browsers(arguments: argparse.Namespace, address: str) -> list[asyncio.subprocess.Process]:
    """Real browsers that change filters meanwhile."""
    command = [
        sys.executable,
        str(ROOT / "benchmarks/dashboard_speed.py"),
        str(arguments.archive),
        "--address",
        address,
    ]
    return [
        await asyncio.create_subprocess_exec(
            *command, "--parts", "overview,timeline", "--rounds", "4", stdout=asyncio.subprocess.PIPE
        )
        for _ in range(arguments.browsers)
    ]


@contextmanager
def served(arguments: argparse.Namespace) -> Iterator[tuple[list[str], subprocess.Popen[bytes]]]:
    """Servers on the archive: their addresses, and the process that all of them belong to."""
    ports = [free_port() for _ in range(1 if arguments.one_port else arguments.workers)]
    environment = os.environ | {
        "ON_RECORD_ARCHIVE": str(arguments.archive.resolve()),
        "ON_RECORD_ENCODER": arguments.encoder,
    }
    one = f"{sys.executable} -m uvicorn app:app --host 127.0.0.1 --log-level error --port"
    shared = f" --workers {arguments.workers}" if arguments.one_port else ""
    command = " & ".join(f"{one} {port}{shared}" for port in ports) + " & wait"
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for address in addresses:
            wait_for(address)
        time.sleep(10)  # the encoder loads beside the pages
        yield addresses, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str) -> None:
    """Return once a server answers."""
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def memory(pid: int) -> float:
    """Megabytes that the processes have to themselves and their part of what they share."""
    total = 0
    for each in family(pid):
        total += int(re.findall(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE)[0])
    return total / 1024


def processor_time(pid: int) -> float:
    """Seconds of processor time that the processes have used."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def sessions(addresses: Sequence[str]) -> int:
    """Sessions that the servers still hold, connected or not."""
    total = 0
    for address in addresses:
        with urllib.request.urlopen(f"{address}/_stcore/metrics", timeout=10) as page:
            found = re.findall(r"^active_sessions\S* (\d+)", page.read().decode(), re.MULTILINE)
        total += sum(map(int, found))
    return total


def spread(values: Sequence[float]) -> str:
    """ "median 210 ms, p95 340 ms, slowest 500 ms, n = 300"."""
    middle, high = (1000 * float(np.quantile(values, share)) for share in (0.5, 0.95))
    return f"median {middle:.0f} ms, p95 {high:.0f} ms, slowest {1000 * max(values):.0f} ms, n = {len(values)}"


if __name__ == "__main__":
    main()
