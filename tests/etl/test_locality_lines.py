"""What ``etl locality`` says to people: Vietnamese, at most 80 columns, nothing guessed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from etl.cli import app
from etl.locality_lines import (
    EVENT_WORDS,
    LEVEL_WORDS,
    PREDECESSOR_WORDS,
    SUCCESSOR_WORDS,
    answer,
    answer_lines,
    candidate_lines,
)
from indicators.catalogue import load_catalogue
from indicators.errors import UnknownLocality
from indicators.localities import LEVELS

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 22)
UNITS = st.sampled_from(CATALOGUE.localities["locality_id"].to_list())


def said(text: str, on: date | None = None) -> str:
    return "\n".join(lines(text, on))


def lines(text: str, on: date | None = None) -> list[str]:
    return list(answer_lines(CATALOGUE, answer(CATALOGUE, text, on, TODAY), text))


def unwrapped(text: str, on: date | None = None) -> str:
    return " ".join(said(text, on).split())


def test_hung_yen_as_people_read_it() -> None:
    assert said("33@2025").splitlines()[:14] == [
        "Tỉnh Hưng Yên (33@2025)",
        "  Tên tiếng Anh      Hung Yen",
        "  Cấp                tỉnh",
        "  Hiệu lực           từ 01/07/2025",
        "                     có hiệu lực vào ngày 22/11/2026",
        "  Diện tích          2.514,81 km²",
        "  Thuộc              quốc gia Việt Nam (VN)",
        "  Vùng               01/07/2025 - 04/10/2025: chưa thấy văn bản phân vùng",
        "                     từ 05/10/2025: vùng Đồng bằng sông Hồng (RRD@2025)",
        "  Nguồn gốc          toàn bộ tỉnh Hưng Yên (33@2004), 01/01/2004 - 30/06/2025",
        "                     toàn bộ tỉnh Thái Bình (34@2004), 01/01/2004 - 30/06/2025",
        "                     ngày 01/07/2025, theo Nghị quyết 202/2025/QH15, Điều 1",
        "                     (nhập toàn bộ diện tích, dân số); mã số: Quyết định",
        "                     19/2025/QĐ-TTg",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("28@2003", "qua 2 lần sắp xếp: nhập toàn bộ vào thành phố Hà Nội (01@2025)"),
        ("01@2004", "một phần tỉnh Vĩnh Phúc (26@2003)"),
        ("001@2004", "không có đơn vị kế thừa: từ 01/07/2025 chính quyền địa phương có hai cấp"),
        ("221@2004", "Về sau danh mục không ghi đơn vị kế thừa"),
        ("755@2004", "nhập toàn bộ vào đặc khu Côn Đảo (26732@2025)"),
        ("46@2004", "01/01/2004 - 31/12/2024: tỉnh Thừa Thiên Huế"),
        ("268@2004", "đến 31/07/2008: quận Hà Đông, thuộc tỉnh Hà Tây (28@2003)"),
        ("01@2025", "Mã 01 còn là thành phố Hà Nội (01@2003)"),
        ("00007@2004", "phường Ngọc Hà (00008@2025), từ 01/07/2025; được chọn khi chỉ chọn một"),
        ("Thừa Thiên", "Không có địa phương"),
    ],
)
def test_what_is_told_of_a_unit(text: str, says: str) -> None:
    if says.startswith("Không"):
        with pytest.raises(UnknownLocality, match=says):
            said(text)
    else:
        assert says in unwrapped(text)


def test_a_name_of_several_units_lists_them_with_their_places() -> None:
    assert said("Hưng Yên") == "\n".join(
        [
            "“Hưng Yên” có thể là 5 đơn vị; hãy ghi mã ở cột đầu:",
            "  33@2004      tỉnh Hưng Yên; 01/01/2004 - 30/06/2025",
            "  33@2025      tỉnh Hưng Yên; từ 01/07/2025",
            "  323@2004     thành phố Hưng Yên, Hưng Yên; đến 30/06/2025",
            "  18007@2004   xã Hưng Yên, Hưng Nguyên, Nghệ An; đến 30/06/2025",
            "  30997@2004   xã Hưng Yên, An Biên, Kiên Giang; đến 30/06/2025",
        ]
    )


def test_a_bare_code_lists_its_units_and_a_day_tells_them_apart() -> None:
    assert [line.split()[0] for line in lines("01")[1:]] == ["01@2003", "01@2004", "01@2025"]
    assert lines("01", date(2006, 1, 1))[0] == "Thành phố Hà Nội (01@2003)"
    assert lines("Hưng Yên", date(2025, 6, 30))[0] == "Tỉnh Hưng Yên (33@2004)"


def test_a_name_of_several_units_on_the_day_lists_those_of_the_day() -> None:
    listed = lines("Tân Phú", date(2026, 1, 1))
    assert "Tân Phú” có thể là" in listed[0]
    assert all("@2025" in line for line in listed[1:] if line.startswith("  2"))


@settings(deadline=None, max_examples=40)
@given(identity=UNITS)
def test_no_line_is_wider_than_80_columns(identity: str) -> None:
    assert max(map(len, lines(identity))) <= 80


def test_every_code_of_the_catalogue_has_words() -> None:
    assert set(CATALOGUE.locality_events["event"]) == set(EVENT_WORDS)
    assert set(LEVEL_WORDS) == set(LEVELS)
    relations = set(CATALOGUE.locality_succession["relation"])
    assert relations == set(PREDECESSOR_WORDS) == set(SUCCESSOR_WORDS)


def test_the_command_prints_json_on_demand() -> None:
    asked = CliRunner().invoke(app, ["locality", "33@2025", "--on", "30/06/2025", "--json"])
    life = json.loads(asked.stdout)["life"]
    assert life["unit"]["locality_id"] == "33@2025"
    assert life["day"] == "2025-06-30"
    assert not life["is_in_force"]
    several = CliRunner().invoke(app, ["locality", "33", "--json"])
    assert [one["locality_id"] for one in json.loads(several.stdout)["candidates"]] == [
        "33@2004",
        "33@2025",
    ]


def test_a_district_with_a_number_for_a_name_is_named_with_its_type() -> None:
    catalogue = load_catalogue()
    lines = " ".join(candidate_lines(catalogue, "26740", catalogue.registry.candidates("26740")))
    assert "phường Bến Nghé, quận 1, Hồ Chí Minh" in " ".join(lines.split())
