"""LibreOffice without a screen, as an officer's office suite would save a workbook."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def soffice() -> str:
    """Path of LibreOffice; scripts/setup.sh puts it into .tools/bin when it is missing."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        raise FileNotFoundError(
            "Không tìm thấy LibreOffice: chạy scripts/setup.sh soffice (no soffice on PATH)"
        )
    return found


def save_as(workbook: Path, ending: str, directory: Path) -> Path:
    """Open the workbook in LibreOffice and save it as ``xlsx``, ``xls``, ``ods`` or ``pdf``."""
    directory.mkdir(parents=True, exist_ok=True)
    # A profile of its own: two runs that share one wait for each other or fail.
    profile = (directory / "profile").resolve().as_uri()
    subprocess.run(
        [
            soffice(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            ending,
            "--outdir",
            str(directory),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = directory / f"{workbook.stem}.{ending}"
    assert saved.exists(), f"LibreOffice did not write {saved.name}"
    return saved
