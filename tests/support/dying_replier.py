"""A process that makes replies and ends over that to ``0.xlsx``, as for want of memory."""

import os
import sys

from etl import reply_process
from etl.reply_workbook import as_workbook


def misbehave(file: object, findings: object) -> object:
    if file.name == "0.xlsx":
        os.abort()
    return as_workbook(file, findings)


reply_process.as_workbook = misbehave

if __name__ == "__main__":
    sys.exit(reply_process.main())
