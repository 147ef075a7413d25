"""Identifiers in paths: whatever stands there, line ends too, so that nothing falls through to the pages."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class Anything(Convertor[str]):
    """The rest of a path."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        """The rest as it stands."""
        return value

    def to_string(self, value: str) -> str:
        """The same."""
        return value


register_url_convertor("anything", Anything())
