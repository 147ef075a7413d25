"""The commands of ``python -m analysis``, one module each: ``add`` declares it, ``run`` does it."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from analysis.archive_place import Place, place

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Declare ``--archive``."""
    parser.add_argument(
        "--archive",
        type=_place,
        metavar="PLACE",
        help="the archive's folder, or s3://BUCKET/PREFIX (default: ON_RECORD_ARCHIVE, else archive/ in the program)",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Declare ``--workers``."""
    parser.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help="processes that read documents (default: 1, for a million characters and more one a processor, up to 8)",
    )


def _place(written: str) -> Place:
    try:
        return place(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def counted(number: int, name: str) -> str:
    """A number and what it counts, in the singular for one: "1 document", "1,200 quotes"."""
    single = {"entities": "entity", "skipped": "skipped"}.get(name, name.removesuffix("s"))
    return f"{number:,} {single if number == 1 else name}"


def positive(written: str) -> int:
    """A whole number above 0, for argparse."""
    if not written.isdecimal() or int(written) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number above 0")
    return int(written)
