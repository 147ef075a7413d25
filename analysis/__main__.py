"""``python -m analysis``: see :mod:`analysis.cli`."""

import sys

if __name__ == "__main__":
    try:
        from analysis.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # before main could take it
        sys.exit(130)
