"""A build on a Ray cluster makes the same tables as any other, whoever is killed meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from deadly import Deadly
from two_nodes import TwoNodes

from analysis.archive import check, open_release
from analysis.entities.gazetteer import Gazetteer
from analysis.pipeline import BuildReport, build, read
from analysis.progress import Progress
from analysis.schema import Skipped
from analysis.settings import Settings
from analysis.workers import choose, ray_cluster
from analysis.workers.documents import Done, Extracted, Tools, chunks

pytest.importorskip("ray", reason="Ray is not installed: make test-cluster")

SPEAKERS = ("Foreign Minister Wang Yi", "Russian Foreign Minister Sergey Lavrov", "Foreign Minister Qin Gang")
SUBJECTS = ("trade in grain", "the northern sea route", "gas supplies", "joint drills", "visas", "space research")


def write_articles(folder: Path, count: int) -> Path:
    """So many short articles, no two alike."""
    folder.mkdir()
    for at in range(count):
        who, what = SPEAKERS[at % 3], SUBJECTS[at % len(SUBJECTS)]
        (folder / f"{at:04d}.txt").write_text(
            f"BEIJING, March {at % 28 + 1}, 2023 (Wire) -- “We agreed on {at + 2} steps for {what} in talks no. {at},” "
            f"{who} said.\n\nHe added that both sides would return to {what} within {at + 3} days.\n"
        )
    return folder


@pytest.fixture(scope="module")
def nodes() -> Iterator[TwoNodes]:
    cluster = TwoNodes()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("sources") / "texts", 240)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without an encoder, but where a test is about vectors."""
    return replace(Settings(), archive=tmp_path / "archive", encoder=str(tmp_path / "none"), parser="en_core_web_sm")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, sources: Path) -> dict[str, list[bytes]]:
    """The rows of the plain build."""
    folder = tmp_path_factory.mktemp("plain")
    build(
        [sources], replace(Settings(), archive=folder, encoder=str(folder / "none"), parser="en_core_web_sm"), workers=1
    )
    return rows(folder)


def rows(archive: Path) -> dict[str, list[bytes]]:
    """Every row of every table, vectors and all, as bytes, in the order they were written."""
    release = open_release(archive)
    return {
        name: [repr(row).encode() for row in release.table(name).to_arrow().to_pylist()]
        for name in release.manifest.tables
    }


def after(count: int, act: Callable[[], None]) -> Callable[..., Iterator[tuple[int, Done]]]:
    """``RayCluster.extract`` that does something once so many chunks are done."""
    extract = ray_cluster.RayCluster.extract

    def acting(self: ray_cluster.RayCluster, *given: object) -> Iterator[tuple[int, Done]]:
        for number, done in enumerate(extract(self, *given), start=1):  # type: ignore[arg-type]
            if number == count:
                act()
            yield done

    return acting


def built(sources: Path, settings: Settings, nodes: TwoNodes) -> BuildReport:
    report = build([sources], settings, ray=nodes.address)
    assert check(settings.archive) == []
    return report


def test_several_processes_make_the_same_tables(
    sources: Path, settings: Settings, plain: dict[str, list[bytes]]
) -> None:
    build([sources], settings, workers=2)
    assert rows(settings.archive) == plain


def test_a_killed_worker_loses_nothing(
    sources: Path, settings: Settings, nodes: TwoNodes, plain: dict[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    def kill() -> None:
        killed.append(nodes.workers()[0])
        os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(ray_cluster.RayCluster, "extract", after(2, kill))
    assert not built(sources, settings, nodes).skipped
    assert killed
    assert rows(settings.archive) == plain


def test_a_killed_node_loses_nothing(
    sources: Path, settings: Settings, nodes: TwoNodes, plain: dict[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_cluster.RayCluster, "extract", after(2, nodes.kill_second))
    assert not built(sources, settings, nodes).skipped
    assert rows(settings.archive) == plain
    nodes.start_second()


def test_what_the_cluster_cannot_do_this_machine_does(
    sources: Path, settings: Settings, nodes: TwoNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_cluster, "_TRIES", 1)
    documents, _ = read([sources], settings, Progress())
    work = chunks([(each, None) for each in documents[:20]] + [(documents[20], Deadly())])  # type: ignore[list-item]
    tools = Tools(settings.parser, Gazetteer.load(settings.data / "gazetteer"), 0.3)
    with choose(nodes.address, None, 0) as cluster:
        found = dict(cluster.extract(work, tools))
    assert sorted(found) == [0, 1, 2]
    done = [one for at in sorted(found) for one in found[at]]
    assert [type(one) for one in done] == [Extracted] * 20 + [Skipped]


def test_a_machine_with_other_code_is_refused(
    sources: Path, settings: Settings, nodes: TwoNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_cluster, "code_fingerprint", lambda: "another version")
    with pytest.raises(OSError, match="another version of On Record"):
        build([sources], settings, ray=nodes.address)


def test_a_cluster_that_is_not_there_is_said_in_words(sources: Path, settings: Settings) -> None:
    with pytest.raises(OSError, match=r"The Ray cluster at 127\.0\.0\.1:9 cannot be reached"):
        build([sources], settings, ray="127.0.0.1:9")


def test_the_tables_are_those_of_the_plain_build_vectors_and_all(
    tmp_path: Path, settings: Settings, nodes: TwoNodes
) -> None:
    sources = write_articles(tmp_path / "some", 200)  # so many statements that encoding is spread too
    encoding = replace(settings, encoder="small")
    report = built(sources, encoding, nodes)
    assert report.counts["documents"] == 200
    assert not report.skipped
    plainly = replace(encoding, archive=tmp_path / "plain")
    build([sources], plainly, workers=1)
    assert rows(encoding.archive) == rows(plainly.archive)
    assert open_release(encoding.archive).manifest.dimensions == 384
