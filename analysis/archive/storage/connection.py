"""Reaching an object store: the usual AWS variables, patience, and its errors in words.

Kept apart from what is stored there, since LanceDB reaches the same store by options of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from analysis.archive.errors import ArchiveError
from analysis.archive_place import Bucket

if TYPE_CHECKING:
    from obstore.store import S3Store

_REGION = "us-east-1"  # what servers of one's own take; AWS names the right one in its refusal
_NAMES = {  # AWS's own variables → what obstore and Lance both call it
    "AWS_ACCESS_KEY_ID": "aws_access_key_id",
    "AWS_SECRET_ACCESS_KEY": "aws_secret_access_key",
    "AWS_SESSION_TOKEN": "aws_session_token",
}
_TIMES = {"connect_timeout": "5s", "read_timeout": "20s", "timeout": "120s"}
_RETRIES: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}


class StoreDownError(ArchiveError):
    """The object store does not answer, or too slowly; it may later."""


def options(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """How to reach the store, by the ``AWS_*`` variables; what they leave open the libraries find as AWS's do."""
    first = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
    endpoint = next((environment[name] for name in first if environment.get(name)), None)
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or _REGION
    found = {"aws_region": region} | {to: environment[name] for name, to in _NAMES.items() if environment.get(name)}
    if endpoint:
        found["aws_endpoint"] = endpoint
        found["allow_http"] = "true" if endpoint.startswith("http://") else "false"
    return found


def lance_options() -> dict[str, str]:
    """The same for LanceDB, which writes far longer than a reader of small files waits."""
    return options() | {"connect_timeout": "5s", "request_timeout": "120s", "client_max_retries": "3"}


def connect(bucket: Bucket) -> S3Store:
    """The bucket's prefix as obstore's store; reaches nothing yet. Raises ArchiveError where obstore is missing."""
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise ArchiveError(
            f"An archive at {bucket} needs the package obstore: pip install -r requirements.txt"
        ) from error
    given = options()
    allow_http = given.pop("allow_http", "false") == "true"
    settings: Any = {**given, "virtual_hosted_style_request": False} if "aws_endpoint" in given else given
    client: Any = {**_TIMES, "allow_http": allow_http}
    return S3Store(
        bucket.name, prefix=bucket.prefix or None, config=settings, client_options=client, retry_config=_RETRIES
    )


@contextmanager
def told(bucket: Bucket) -> Iterator[None]:
    """Turn obstore's errors into ArchiveError and StoreDownError; FileNotFoundError passes."""
    from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

    try:
        yield
    except BaseError as error:
        refused = isinstance(error, PermissionDeniedError | UnauthenticatedError)
        if refused or "401 Unauthorized" in str(error) or "403 Forbidden" in str(error):
            raise ArchiveError(
                f"The object store refuses access to {bucket}. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
                "what they may do there."
            ) from error
        if "NoSuchBucket" in str(error):
            raise ArchiveError(f"There is no bucket “{bucket.name}”: make it, or name another.") from error
        raise StoreDownError(f"The object store of {bucket} does not answer: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """What went wrong without addresses and Rust's own view of it."""
    line = str(error).partition("\n")[0]
    for words, said in (
        ("timed out", "it took too long"),
        ("operation timed out", "it took too long"),
        ("error sending request", "no connection"),
        ("503", "it is overloaded (503)"),
        ("500", "an error of its own (500)"),
    ):
        if words in str(error):
            return said
    return line.rpartition(" - ")[2][:200]
