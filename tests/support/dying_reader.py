"""A reading process that does what hostile files would make a native library do.

What it does stands in the file: "sập" ends the process as a failed native assertion does, "treo"
never ends, "phình" takes memory without end; "bận" takes a tenth of a second.
"""

import os
import signal
import sys
import time

from etl import reading_process
from etl.read import read


def misbehave(content: bytes, file_name: str, limits: object) -> object:
    text = content.decode()
    if "sập" in text:
        os.abort()
    if "treo" in text:
        if hasattr(signal, "pthread_sigmask"):  # as native code that no Python handler interrupts
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        while True:
            time.sleep(0.01)
    if "phình" in text:
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    if "bận" in text:
        time.sleep(0.1)
    return read(content, file_name, limits)


reading_process.read = misbehave

if __name__ == "__main__":
    sys.exit(reading_process.main())
