"""What large releases are served from: arrays that are mapped into memory, not read, when a release is opened.

Everything here is derived from the statements table, may be deleted at any time, and is made again when it is missed.
"""

from analysis.archive.served.folder import LARGE, Served, make_served, open_served

__all__ = ["LARGE", "Served", "make_served", "open_served"]
