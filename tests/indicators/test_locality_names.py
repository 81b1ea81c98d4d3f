"""777 real spellings, and the rules one by one."""

import csv
from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.errors import NotALocality, UnknownLocality
from indicators.localities import LocalityRegistry

SPELLINGS = Path(__file__).parents[1] / "data" / "spellings" / "locality_spellings.csv"
REGIONS = {"R1": "RRD", "R2": "NMM", "R3": "NCC", "R4": "CHL", "R5": "SEA", "R6": "MRD"}
# Right to ask: abolished, a letter missing, a typing error.
ASKED_BACK = {"Hà Bắc", "Hà Bắc (cũ)", "Hà Tây", "\u00a0Hà Tây", "H NAM"} | {
    "Northern midlands and moutain areas"
}


@pytest.fixture(scope="module")
def registry() -> LocalityRegistry:
    catalogue = load_catalogue()
    return LocalityRegistry(catalogue.localities, catalogue.locality_succession)


def test_every_spelling_is_understood_or_asked_back(registry: LocalityRegistry) -> None:
    asked, lost = set(), 0
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        spelling, code = row["variant"], row["locality_code"]
        wanted = "VN" if code == "VN" else f"{REGIONS.get(code, code)}@2004"
        try:
            assert registry.find(spelling, "2004") == wanted, spelling
        except UnknownLocality:
            lost += "\ufffd" in spelling
            asked |= {spelling} if "\ufffd" not in spelling else set()
    assert asked == ASKED_BACK
    assert (len(rows), lost) == (777, 183)


@pytest.mark.parametrize(
    ("text", "geo_version", "found"),
    [
        ("TP.Hồ Chí Minh", "2025", "79@2025"),
        ("Tp.HCM", "2025", "79@2025"),
        ("Ho Chi Minh city", "2004", "79@2004"),
        ("Thừa Thiên-Huế", "2025", "46@2025"),
        ("Hue", "2004", "46@2004"),
        ("Bà Rịa – Vũng Tàu", "2004", "77@2004"),
        ("Bắc Cạn", "2004", "06@2004"),
        ("ĐĂK LĂK", "2004", "66@2004"),
        ("Dac Lak", "2004", "66@2004"),
        ("ĐẮC NÔNG", "2004", "67@2004"),
        ("Kontum", "2004", "62@2004"),
        ("Sóc Trãng", "2004", "94@2004"),  # ã is the byte of ă in Windows-1258
        ("Hoà Chí Minh", "2004", "79@2004"),  # VNI
        ("Hà Nội (*)", "2025", "01@2025"),
        ("TỈNH ĐỒNG NAI", "2025", "75@2025"),  # called a province before it was a city
        ("Cao Bằng", "2004", "04@2004"),
        ("thành phố Cao Bằng", "2004", "040@2004"),
        ("Quận 1", "2004", "760@2004"),
        ("xã Hà Bắc", "2004", "15280@2004"),
        ("south_east", "2025", "SEA@2025"),
        ("Mekong Delta", "2025", "MRD@2025"),
        ("Northern Central area and Central coastal area", "2004", "NCC@2004"),
        ("north_central_area_and_central_coastal_area", "2004", "NCC@2004"),
        ("Bắc Trung Bộ", "2025", "NCT@2025"),
        (" WHOLE COUNTRY", "2025", "VN"),
        ("C¶ n\u2212íc - Whole country", "2025", "VN"),
        ("Sơ bộ 2018 Tổng số", "2004", "VN"),
        ("1", "2004", "01@2004"),  # PAPI writes 1 for 01
        ("4", "2025", "04@2025"),
        ("4", "2004", "04@2004"),
    ],
)
def test_rules(registry: LocalityRegistry, text: str, geo_version: str, found: str) -> None:
    assert registry.find(text, geo_version) == found


@pytest.mark.parametrize(
    ("text", "geo_version", "says"),
    [
        ("Tỉnh Quang Bình", "2004", "gần giống: Quảng Bình"),
        ("Quang Bình", "2004", r"tỉnh Quảng Bình \(44@2004\); huyện Quang Bình"),
        ("Northern midlands and moutain areas", "2004", "gần giống: Trung du và miền núi"),
        ("Hải Dơng", "2004", "gần giống: Hải Dương"),  # ư lost with a soft hyphen
        ("H\ufffd N<U+1ED8>I", "2004", r"mất chữ.*có thể là thành phố Hà Nội \(01@2004\)"),
        ("B\ufffd R<U+1ECA>A - VUNG T\ufffdU", "2004", r"mất chữ.*\(77@2004\)"),
        ("Hà Bắc", None, "chia thành Bắc Giang và Bắc Ninh"),
        ("Hà Tây", "2004", "28@2003"),
        ("Thái Bình", "2025", r"34@2004\), đã vào tỉnh Hưng Yên \(33@2025\)"),
        ("ĐÔNG BẮC - NORTH EAST", "2004", "vùng của niên giám trước 2006"),
        ("Bắc Trung Bộ", "2004", "vùng của niên giám trước 2006"),
        ("Thanh Hóa - Nghệ An", "2004", "hai địa phương khác nhau"),
        ("TP Long An", "2004", "Không có địa phương"),
        ("1", None, "mã@phiên bản"),
        ("69", "2004", "69@2004"),  # Cà Mau's place in a PX-Web table is no code
        ("x" * 300, "2004", "Không có địa phương"),
    ],
)
def test_the_rest_is_asked_back(
    registry: LocalityRegistry, text: str, geo_version: str | None, says: str
) -> None:
    with pytest.raises(UnknownLocality, match=says):
        registry.find(text, geo_version)


@pytest.mark.parametrize(
    "text",
    [
        "Không xác định - Nec.",
        "Unidentified",
        "Other provinces",
        "Học sinh phổ thông trong các trường đại học",
        "Upper secondary schoolgirls in universities have been excluded in province",
    ],
)
def test_a_row_that_is_no_locality_says_so(registry: LocalityRegistry, text: str) -> None:
    with pytest.raises(NotALocality, match="không phải là địa phương"):
        registry.find(text, "2004")
