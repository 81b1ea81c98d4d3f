"""A small catalogue on disk that tests may spoil: the packaged one with a handful of communes."""

import csv
import shutil
from pathlib import Path

import pytest

from indicators.catalogue.loading import CATALOGUE_DIRECTORY
from indicators.catalogue.models import FILES

KEPT_COMMUNES = {
    "localities/communes_2004.csv": {"10708", "10732"},
    "localities/communes_2025.csv": {"10729"},
}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("catalogue")
    for file in FILES:
        (directory / file).parent.mkdir(exist_ok=True)
        shutil.copy(CATALOGUE_DIRECTORY / file, directory / file)
    for file, kept in KEPT_COMMUNES.items():
        rows = [row for row in read_rows(directory / file) if row["code"] in kept]
        write_rows(directory / file, rows)
    path = directory / "localities/commune_succession.csv"
    old, new = KEPT_COMMUNES.values()
    links = [
        row
        for row in read_rows(path)
        if row["predecessor_code"] in old and row["successor_code"] in new
    ]
    write_rows(path, links)
    path = directory / "localities/former_states.csv"
    # Identities of communes have five digits; none of those kept had another state.
    states = [row for row in read_rows(path) if len(row["locality_id"].partition("@")[0]) < 5]
    write_rows(path, states)
    return directory


@pytest.fixture
def catalogue_copy(small_catalogue: Path, tmp_path: Path) -> Path:
    directory = tmp_path / "catalogue"
    shutil.copytree(small_catalogue, directory)
    return directory
