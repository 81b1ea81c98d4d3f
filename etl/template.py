"""Template out: the workbook of a locality and period, or of all localities of a level."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.template_book import write_book
from etl.template_content import TemplateContent, TemplateContents
from etl.template_previous import AcceptedValues
from indicators.catalogue import Catalogue
from indicators.localities import Locality
from indicators.numbers import parse_period
from indicators.text import fold

Progress = Callable[[str, int, int], None]  # stage, done, total


def template_name(locality: Locality, period: str) -> str:
    """A file name that sorts by locality and says what it is."""
    return f"{_slug(locality)}_{period}.xlsx"


def write_template(
    catalogue: Catalogue, processed: Path, locality: str, period: str, out: Path | None
) -> tuple[Path, TemplateContent]:
    """Write the template of one locality.

    Args:
        catalogue: decides what is asked.
        processed: where the release with the last accepted values lies.
        locality: identity or unmistakable name.
        period: "2026" or "2026-S1".
        out: a file, or a folder for a file of the usual name; the current folder by default.

    Raises:
        UnknownLocality: no such locality in that period.
        DateFormatError: no reporting period.
        ReleaseUnavailable: the release cannot be read.
    """
    period = parse_period(period)
    contents = TemplateContents(catalogue, period)
    locality_id = contents.find(locality)
    content = contents.of(locality_id, AcceptedValues(processed, period).of(locality_id))
    path = out or Path()
    if path.suffix.lower() != ".xlsx":
        path = path / template_name(content.locality, period)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_book(content, path)
    return path, content


def write_templates(
    catalogue: Catalogue,
    processed: Path,
    level: str,
    period: str,
    out: Path,
    progress: Progress,
) -> int:
    """Write the templates of all localities of a level; communes in a folder per province.

    Returns how many. Raises: as :func:`write_template`.
    """
    period = parse_period(period)
    contents = TemplateContents(catalogue, period)
    accepted = AcceptedValues(processed, period)
    localities = contents.localities(level)
    for done, locality_id in enumerate(localities, start=1):
        content = contents.of(locality_id, accepted.of(locality_id))
        province = contents.province_of(locality_id)
        folder = out if level == "province" or province is None else out / _slug(province)
        folder.mkdir(parents=True, exist_ok=True)
        write_book(content, folder / template_name(content.locality, period))
        progress("template", done, len(localities))
    return len(localities)


def _slug(locality: Locality) -> str:
    return f"{locality.locality_id}_{fold(locality.name_vi).replace(' ', '-')}"
