"""Who extracts: this process, several on this machine, or a Ray cluster. The tables are the same, row for row.

Work is cut into chunks of eight documents that are read together whoever reads them, since a parser's
rounding depends on what shares its batch; results are put back into the documents' order.
"""

from analysis.workers.choosing import Workers, choose

__all__ = ["Workers", "choose"]
