"""A fuzzer: broken workbooks and tables through read, lay out, normalise and check.

Each file must end as an accepted or refused submission: no exception, nothing that our own code
could not process, and no file that takes long. The seed is fixed, so a failure can be repeated.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from etl.batch import ReceivedFile
from etl.check import check_batch
from etl.correct import correct_batch
from etl.limits import ReadLimits
from etl.normalise import normalise_batch
from etl.px_mapping import PxMapping
from etl.read_forms import read_batches
from etl.reading_pool import reading_pool
from etl.warehouse import PublishedFiles
from indicators.catalogue import load_catalogue
from indicators.localities import LocalityRegistry
from tests.support.forms import Form, observation

SEED = 20261121
FILES = 2_400
BATCH = 200
STOPPED = "FILE_READING_STOPPED"  # it took too long or ended the reading process
LIMITS = ReadLimits(
    maximum_bytes=2_000_000,
    maximum_unzipped_bytes=10_000_000,
    maximum_cells=200_000,
    maximum_seconds=20,  # on a machine that has other work
)
SAMPLES = Path(__file__).parents[1] / "data" / "workbooks"
PX_TABLE = (
    '\ufeff"Sex ratio at birth by region by Region and Year"\r\n\r\n'
    '"Region";"2014 Total";"Prel. 2016 Urban"\r\n'
    '"WHOLE COUNTRY";112.5;..\r\n"South  East";103;99.2\r\n'
).encode()
JSON_STAT = (
    b'{"label":"Sex ratio at birth","id":["Y"],"size":[2],"dimension":{"Y":{"category":'
    b'{"index":{"a":0,"b":1},"label":{"a":"2023","b":"Prel. 2024"}}}},"value":[112.1,111.4]}\x00'
)
ODD_TEXTS = (
    "", "0", "-1", "1e308", "1E+400", "NaN", "inf", "-inf", "1.234,5", "606.840", "..", "9" * 40,
    "0." + "3" * 60, "\u200b", "\u0000", "\ud7ff", "=1+1", "x" * 5_000, "2025-02-30", "99/99/9999",
    "33@2025", "VN", "_T", "[]", "true", "٣٤", "１２", "<a>", "&amp;", "%", "{value}", "{detail}",
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def flip_bytes(rng: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def cut_off(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(1, len(content))]


def repeat_a_piece(rng: random.Random, content: bytes) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + content[start : start + rng.randint(1, 500)] * 2 + content[start:]


def swap_cell_types(rng: random.Random, xml: bytes) -> bytes:
    kind = rng.choice([b"s", b"e", b"b", b"d", b"str", b"inlineStr", b"n", b"?"])
    return re.sub(rb' t="s"', b' t="%s"' % kind, xml, count=rng.randint(1, 5))


def move_a_cell(rng: random.Random, xml: bytes) -> bytes:
    address = rng.choice([b"XFD1", b"A1048576", b"ZZZZ9", b"A0", b"1A", b"", b"A99999999999"])
    return re.sub(rb'<c r="[A-Z]+[0-9]+"', b'<c r="%s"' % address, xml, count=1)


def change_a_value(rng: random.Random, xml: bytes) -> bytes:
    text = rng.choice(ODD_TEXTS).encode("utf-8", "replace")
    pieces = list(re.finditer(rb"(?<=>)[^<]+(?=<)", xml))
    if not pieces:
        return xml
    piece = rng.choice(pieces)
    return xml[: piece.start()] + text + xml[piece.end() :]


def drop_a_tag(rng: random.Random, xml: bytes) -> bytes:
    tags = list(re.finditer(rb"<[^>]*>", xml))
    tag = rng.choice(tags)
    return xml[: tag.start()] + xml[tag.end() :]


XML_MUTATIONS: tuple[Mutation, ...] = (
    swap_cell_types, move_a_cell, change_a_value, change_a_value, drop_a_tag, flip_bytes, cut_off
)  # fmt: skip


def inside_the_zip(rng: random.Random, content: bytes) -> bytes:
    """The archive stays whole; one of its parts does not."""
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    parts = {name: source.read(name) for name in source.namelist()}
    name = rng.choice([one for one in parts if one.endswith((".xml", ".rels"))])
    if rng.random() < 0.05:
        del parts[name]
    else:
        parts[name] = rng.choice(XML_MUTATIONS)(rng, parts[name])
    with zipfile.ZipFile(
        stream, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    ) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return stream.getvalue()


def change_a_field(rng: random.Random, content: bytes) -> bytes:
    """One field of a text becomes something odd."""
    fields = list(re.finditer(rb"[^,;\r\n]+", content))
    field = rng.choice(fields)
    text = rng.choice(ODD_TEXTS).encode("utf-8", "replace")
    return content[: field.start()] + text + content[field.end() :]


WHOLE: tuple[Mutation, ...] = (flip_bytes, cut_off, repeat_a_piece)


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes, float]]:
    """Ending, content, and how often it is taken."""
    folder = tmp_path_factory.mktemp("forms")
    form = Form(
        [
            observation("VICTIMS_REACHING_SERVICE", numerator=13, denominator=22, sex="Nữ"),
            observation(reported_value="111,4", source_family="REGISTRATION", ref_area="VN"),
        ],
        [{"target_id": "NSGE-4.1", "milestone_year": 2025, "own_status": "đạt"}],
    )
    return [
        (".xlsx", form.write(folder / "a.xlsx").read_bytes(), 0.4),
        (".csv", form.write(folder / "a.csv").read_bytes(), 0.15),
        (".csv", PX_TABLE, 0.15),
        (".json", JSON_STAT, 0.08),
        (".ods", (SAMPLES / "bao-cao.ods").read_bytes(), 0.12),
        (".xls", (SAMPLES / "bao-cao.xls").read_bytes(), 0.1),
    ]


def mutated(rng: random.Random, originals: list[tuple[str, bytes, float]]) -> tuple[str, bytes]:
    [(ending, content, _)] = rng.choices(originals, [share for _, _, share in originals])
    if ending in (".xlsx", ".ods") and rng.random() < 0.8:
        return ending, inside_the_zip(rng, content)
    if ending in (".csv", ".json") and rng.random() < 0.6:
        for _ in range(rng.randint(1, 6)):
            content = change_a_field(rng, content)
        return ending, content
    return ending, rng.choice(WHOLE)(rng, content)


@pytest.mark.parametrize("batch", range(FILES // BATCH))
def test_no_broken_file_breaks_the_pipeline(
    batch: int, originals: list[tuple[str, bytes, float]]
) -> None:
    rng = random.Random(SEED + batch)
    catalogue = load_catalogue()
    mapping = PxMapping(catalogue)
    files, contents = [], []
    for number in range(BATCH):
        ending, content = mutated(rng, originals)
        name, received = f"a{ending}", datetime(2026, 11, 21)
        files.append(
            ReceivedFile(f"{number:016x}", 1, number, received, name, "", "", len(content))
        )
        contents.append(content)
    with reading_pool(LIMITS, 1) as pool:
        [read] = list(read_batches([files], lambda file: contents[file.sequence], pool, mapping))
    registry = LocalityRegistry(catalogue.localities, catalogue.locality_succession)
    # Not isolated: whatever our own code cannot process raises here.
    normalised = normalise_batch([one.form for one in read], registry)
    checked = check_batch(
        correct_batch(normalised, catalogue), catalogue, PublishedFiles(None).values_in_force
    )
    assert checked.submissions.height == BATCH
    broken = checked.issues.filter(pl.col("code").is_in(["FILE_NOT_PROCESSED", STOPPED]))
    assert broken.is_empty(), broken.select("submission_id", "code", "message_vi").rows()
    refused = checked.submissions.filter(status="refused").height
    assert 0 < refused < BATCH, "the mutations are too weak or too strong to say anything"
    assert set(checked.issues["severity"]) <= {"error", "warning"}
