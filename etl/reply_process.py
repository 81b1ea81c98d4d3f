"""A process that makes the workbooks of replies: ``python -m etl.reply_process``.

Imports only what they need: it has to start quickly.
"""

import sys

from etl.reply_workbook import SentFile, as_workbook
from etl.worker_process import serve


def main() -> int:
    """Make the workbooks of (name, content, grids, findings) until stdin ends."""
    return serve(lambda job, _limits: as_workbook(SentFile(*job[:3]), job[3]))


if __name__ == "__main__":
    sys.exit(main())
