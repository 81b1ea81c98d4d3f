import polars as pl
import pytest

from indicators.catalogue.annex import AnnexRow, apply_annex, match_annex
from indicators.catalogue.loading import CATALOGUE_DIRECTORY

INDICATORS = pl.DataFrame(
    {
        "indicator_id": ["SEX_RATIO_AT_BIRTH", "LITERACY_RATE", "TEACHERS"],
        "name_vi": [
            "Tỷ số giới tính khi sinh",
            "Tỷ lệ dân số từ 15 tuổi trở lên biết chữ",
            "Số giáo viên, giảng viên theo giới tính",
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "outcome", "indicator_id"),
    [
        ("Tỷ số giới tính khi sinh", "matched", "SEX_RATIO_AT_BIRTH"),
        ("TỶ SỐ  GIỚI TÍNH KHI SINH", "matched", "SEX_RATIO_AT_BIRTH"),
        ("Tỉ số giới tính khi sinh", "proposed", "SEX_RATIO_AT_BIRTH"),
        ("Số giáo viên và giảng viên theo giới tính", "proposed", "TEACHERS"),
        ("Tỷ lệ dân số 15 tuổi trở lên biết chữ", "proposed", "LITERACY_RATE"),
        ("Tỉ lệ biết chữ của dân số từ 15 tuổi trở lên", "proposed", "LITERACY_RATE"),
        ("Tỷ lệ nữ thẩm phán", "new", None),
    ],
)
def test_a_row_is_matched_proposed_or_new(
    name: str, outcome: str, indicator_id: str | None
) -> None:
    match = match_annex([AnnexRow("0101", "Nhóm", name)], INDICATORS)
    sizes = {"matched": len(match.matched), "proposed": len(match.proposed), "new": len(match.new)}
    pairs = {pair.indicator_id for pair in (*match.matched, *match.proposed)}
    assert sizes == {key: int(key == outcome) for key in sizes}
    assert pairs == ({indicator_id} if indicator_id else set())


def test_what_the_annex_does_not_name_is_listed() -> None:
    match = match_annex([AnnexRow("0101", "Nhóm", "Tỷ số giới tính khi sinh")], INDICATORS)
    assert [item.indicator_id for item in match.unlisted] == ["LITERACY_RATE", "TEACHERS"]


def test_a_name_printed_twice_is_left_to_the_reader() -> None:
    rows = [AnnexRow(code, "Nhóm", "Tỷ số giới tính khi sinh") for code in ("0101", "0202")]
    match = match_annex(rows, INDICATORS)
    assert [pair.official_code for pair in match.proposed] == ["0101", "0202"]
    assert match.matched == ()


def test_only_exact_matches_are_written_and_nothing_else_changes() -> None:
    text = (CATALOGUE_DIRECTORY / "indicators.csv").read_text("utf-8")
    indicators = pl.read_csv(CATALOGUE_DIRECTORY / "indicators.csv", infer_schema=False)
    rows = [
        AnnexRow("0203", "Dân số", "Tỷ số giới tính khi sinh"),
        AnnexRow("0799", "Giáo dục", "Tỷ lệ dân số 15 tuổi trở lên biết chữ"),
    ]
    written = apply_annex(text, match_annex(rows, indicators))
    changed = [
        (old, new)
        for old, new in zip(text.splitlines(), written.splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 1
    assert changed[0][1] == changed[0][0].replace(
        "SEX_RATIO_AT_BIRTH,,", "SEX_RATIO_AT_BIRTH,0203,"
    )


def test_the_report_is_readable_by_people_and_machines() -> None:
    rows = [
        AnnexRow("0101", "Dân số", "Tỷ số giới tính khi sinh"),
        AnnexRow("0102", "Tư pháp", "Tỷ lệ nữ thẩm phán"),
    ]
    match = match_annex(rows, INDICATORS)
    lines = list(match.lines())
    assert "  0101  Tỷ số giới tính khi sinh → SEX_RATIO_AT_BIRTH" in lines
    assert "Mới, chưa có trong danh mục (1):" in lines
    assert match.as_dict()["new"] == [
        {"official_code": "0102", "group": "Tư pháp", "name": "Tỷ lệ nữ thẩm phán"}
    ]
