"""Fetch the npm packages of a lock file without Node: verify each one, unpack it, nothing else.

``python scripts/fetch_npm.py tests/browser/package-lock.json .tools/npm`` leaves one folder a
package. No script of a package is run.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
import tarfile
import urllib.request
from pathlib import Path

REGISTRY = "https://registry.npmjs.org"
_PREFIX = "node_modules/"
_PATIENCE = 60  # seconds


def main() -> None:
    """Fetch what the lock file names.

    Raises:
        SystemExit: a package is not what the lock file says.
    """
    lock_file, target = map(Path, sys.argv[1:3])
    packages = json.loads(lock_file.read_text(encoding="utf-8"))["packages"]
    for place, package in packages.items():
        if place.startswith(_PREFIX):
            name = place.removeprefix(_PREFIX)
            _unpack(_fetch(name, package["version"], package["integrity"]), target / name)


def _fetch(name: str, version: str, integrity: str) -> bytes:
    url = f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
    with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 - https, ours
        content = bytes(answer.read())
    algorithm, _, expected = integrity.partition("-")
    if base64.b64encode(hashlib.new(algorithm, content).digest()).decode() != expected:
        raise SystemExit(f"{url}: nội dung không khớp package-lock.json (content does not match)")
    return content


def _unpack(content: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive.getmembers():
            path = Path(member.name)
            if not member.isfile() or ".." in path.parts or path.is_absolute():
                continue
            file = archive.extractfile(member)
            if file is None:
                continue
            written = folder / path.relative_to(path.parts[0])  # the first part is "package"
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(file.read())


if __name__ == "__main__":
    main()
