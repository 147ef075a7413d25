"""What can be wrong with an archive, in words that a person can act on."""

from __future__ import annotations


class ArchiveError(Exception):
    """An archive, a release or a table is not there, is damaged, or cannot be written.

    The message names what was found, where, and what to do next.
    """
