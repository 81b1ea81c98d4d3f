"""Template out: the workbook of a locality and period, or of all localities of a level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.template_book import write_book
from etl.template_content import TemplateContent, TemplateContents
from etl.template_localities import ReportingLocalities
from etl.template_previous import AcceptedValues
from indicators.catalogue import Catalogue
from indicators.errors import FileExists
from indicators.localities import Locality
from indicators.numbers import parse_period
from indicators.text import fold

Progress = Callable[[str, int, int], None]  # stage, done, total

_ENDING: Final = ".xlsx"


@dataclass(frozen=True)
class WrittenTemplates:
    """What came of writing many: how many are new, and which stood there before."""

    written: int
    kept: list[Path]


def template_name(locality: Locality, period: str) -> str:
    """A file name that sorts by locality and says what it is."""
    return f"{_slug(locality)}_{period}{_ENDING}"


def template_path(localities: ReportingLocalities, locality_id: str, period: str) -> Path:
    """Where the file lies among all: units below the province in a folder of their province."""
    locality = localities.get(locality_id)
    province = localities.province_of(locality_id)
    folder = Path(_slug(province)) if province and province != locality else Path()
    return folder / template_name(locality, period)


def write_template(
    catalogue: Catalogue, processed: Path, locality: str, period: str, out: Path | None
) -> tuple[Path, TemplateContent]:
    """Write the template of one locality.

    Args:
        catalogue: decides what is asked.
        processed: where the release with the last accepted values lies.
        locality: identity or unmistakable name.
        period: "2026" or "2026-S1".
        out: an .xlsx file, or a folder for a file of the usual name; the current folder by default.

    Raises:
        UnknownLocality: no such locality in that period.
        DateFormatError: no reporting period.
        FileExists: there is such a file already, perhaps filled in; it stays as it is.
        ReleaseUnavailable: the release cannot be read.
    """
    period = parse_period(period)
    contents = TemplateContents(catalogue, period)
    found = contents.localities.find(locality)
    content = contents.of(found, AcceptedValues(processed, period).of(found))
    path = out or Path()
    if path.suffix.lower() != _ENDING:
        path = path / template_name(content.locality, period)
    if path.exists():
        raise FileExists(
            f"Đã có tệp {path}: không ghi đè; hãy đổi tên, xóa tệp cũ hoặc chọn --out khác "
            "(the file exists and was left as it is)"
        )
    _write_whole(content, path)
    return path, content


def write_templates(
    catalogue: Catalogue,
    processed: Path,
    level: str | None,
    period: str,
    out: Path,
    progress: Progress,
) -> WrittenTemplates:
    """Write the templates of all localities of a level, or of all that report.

    Files that exist already may have been filled in and are kept, so a command that was stopped
    can be repeated.

    Raises: as :func:`write_template`, except FileExists.
    """
    period = parse_period(period)
    contents = TemplateContents(catalogue, period)
    accepted = AcceptedValues(processed, period)
    localities = contents.localities.of(level)
    kept = []
    for done, locality_id in enumerate(localities, start=1):
        path = out / template_path(contents.localities, locality_id, period)
        if path.exists():
            kept.append(path)
        else:
            _write_whole(contents.of(locality_id, accepted.of(locality_id)), path)
        progress("template", done, len(localities))
    return WrittenTemplates(len(localities) - len(kept), kept)


def _write_whole(content: TemplateContent, path: Path) -> None:
    """The file appears under its name only when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    write_book(content, part)
    part.replace(path)


def _slug(locality: Locality) -> str:
    return f"{locality.locality_id}_{fold(locality.name_vi).replace(' ', '-')}"
