"""A process that reads files: ``python -m etl.reading_process``.

Imports only what reading needs: it has to start quickly.
"""

import sys

from etl.read import read
from etl.worker_process import serve


def main() -> int:
    """Read (name, content) until stdin ends."""
    return serve(lambda file, limits: read(file[1], file[0], limits))


if __name__ == "__main__":
    sys.exit(main())
