"""Run by Python itself as a server starts, where PYTHONPATH names this folder: writes down what the server reaches for.

One line for each new address, program and file, in the file that the variable names.
"""

import os
import sys

_LOG = os.environ.get("ON_RECORD_TEST_WATCHES")
_WATCHED = {
    "socket.connect": lambda given: given[1],
    "socket.sendto": lambda given: given[1],
    "socket.getaddrinfo": lambda given: given[:2],
    "subprocess.Popen": lambda given: given[0],
    "os.system": lambda given: given[0],
    "os.exec": lambda given: given[0],
    "os.posix_spawn": lambda given: given[0],
    "open": lambda given: given[0],
}
_seen: set[str] = set()


def _note(event: str, given: tuple) -> None:
    if event in _WATCHED:
        line = f"{event} {_WATCHED[event](given)!r}\n"
        if line not in _seen:
            _seen.add(line)
            os.write(_file, line.encode("utf-8", "replace"))


if _LOG:
    _file = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.addaudithook(_note)
