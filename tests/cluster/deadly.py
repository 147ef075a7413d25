"""A row whose reading ends the process that reads it, as a fault in a parser or want of memory does."""

from __future__ import annotations

import os
import signal


class Deadly:
    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # pickle asks
            raise AttributeError(name)
        os.kill(os.getpid(), signal.SIGKILL)
        return None
