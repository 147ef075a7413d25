"""Below which path the dashboard is reached, as the server was told."""

from __future__ import annotations

from streamlit import config


def base_path() -> str:
    """What stands before every path, such as "/record"; "" where nothing does."""
    given = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{given}" if given else ""
