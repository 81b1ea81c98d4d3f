"""777 real spellings, and the rules one by one."""

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from indicators.catalogue import load_catalogue
from indicators.errors import NotALocality, UnknownLocality
from indicators.localities import LocalityRegistry
from indicators.text import fold
from tests.support.old_encodings import OLD_ENCODINGS

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


# As they stand in the sources, by what they mean in the list of 63.
MET = {
    "79@2004": (
        "TP.Hồ Chí Minh|TP. Hồ Chí Minh|Tp. Hồ Chí Minh|TP. HỒ CHÍ MINH|THÀNH PHỐ HỒ CHÍ MINH|"
        "Hồ Chí Minh|Ho Chi Minh city|Ho Chi Minh City|TP.Ho Chi Minh|TP Ho Chi Minh|"
        "TP. Hå ChÝ Minh"
    ),
    "46@2004": (
        "Thừa Thiên Huế|Thừa Thiên-Huế|Thừa Thiên - Huế|Thua Thien-Hue|Thua Thien - Hue|Hue|"
        "Thõa Thiªn - HuÕ"
    ),
    "77@2004": "Bà Rịa - Vũng Tàu|Bà Rịa – Vũng Tàu|Ba Ria Vung Tau|Bµ RÞa - Vòng Tµu",
    "06@2004": "Bắc Kạn|Bắc Cạn",
    "66@2004": "Đắk Lắk|ĐĂK LĂK|Dac Lak|Dak Lak|Ðắk Lắk|§¾k L¾k",
    "67@2004": "Đắk Nông|ĐẮC NÔNG",
    "10@2004": "Lào Cai|Lao cai",
    "17@2004": "Hoà Bình|Hòa Bình",
    "38@2004": "Thanh Hoá|Thanh Hóa",
    "56@2004": "Khánh Hoà|Khánh Hòa|Khanh  Hoa",
    "19@2004": "Thai  Nguyen|Thai nguyen|Thai Nguyen",
    "49@2004": "Quang  Nam|Quảng  Nam",
    "51@2004": "Quang  Ngai",
    "58@2004": "Ninh  Thuan",
    "74@2004": "Binh  Duong",
    "91@2004": "Kien  Giang|Kiên  Giang",
    "01@2004": "     Hà Nội|\u00a0Hà Nội|Hµ Néi|1|01",
    "48@2004": "Ðà Nẵng",
    "36@2004": "Nam Ðịnh",
    "27@2004": "B¾c Ninh",
    "30@2004": "H¶i D\u2212¬ng|H\u1ea3i D\u01b0\u01a1ng",
    "12@2004": "12",  # the official code, not the place in a PX-Web table (Ninh Bình)
    "37@2004": "37",
    "SEA@2004": "South  East",
    "NCC@2004": (
        "Bắc Trung Bộ và Duyên hải miền Trung|Bắc Trung Bộ và duyên hải miền Trung|"
        "Northern Central area and Central coastal area|"
        "North Central area and Central coastal area|North Central and Central coastal areas|"
        "north_central_area_and_central_coastal_area"
    ),
    "VN": (
        "CẢ NƯỚC|WHOLE COUNTRY| WHOLE COUNTRY|Whole country|whole_country|"
        "C¶ n\u2212íc - Whole country"
    ),
}


@pytest.mark.parametrize("found", MET)
def test_every_spelling_described_is_understood(registry: LocalityRegistry, found: str) -> None:
    for spelling in MET[found].split("|"):
        assert registry.find(spelling, "2004") == found, spelling


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
        ("TP.Ho Chi Minh", "2004", "79@2004"),
        ("THÀNH PHỐ HỒ CHÍ MINH", "2004", "79@2004"),
        ("HCM City", "2004", "79@2004"),
        ("Thủ đô Hà Nội", "2025", "01@2025"),
        ("TT. Huế", "2004", "46@2004"),
        ("T.T. Huế", "2004", "46@2004"),
        ("Tp.Huế", "2025", "46@2025"),
        ("BR-VT", "2004", "77@2004"),
        ("Tỉnh BR-VT", "2004", "77@2004"),
        ("Ba Ria Vung Tau", "2004", "77@2004"),
        ("Bà Rịa-Vũng Tàu - Ba Ria-Vung Tau", "2004", "77@2004"),
        ("HàNội", "2025", "01@2025"),  # glued
        ("ĐắkLắk", "2004", "66@2004"),
        ("Đắc Lắc", "2004", "66@2004"),
        ("T. An Giang", "2025", "91@2025"),  # and not phường Tân Giang
        ("Ha Giang Prov.", "2004", "02@2004"),
        ("1. Hà Giang", "2004", "02@2004"),
        ("I. Đồng bằng sông Hồng", "2004", "RRD@2004"),
        ("X.....Hà.Giang", "2004", "02@2004"),  # R, of five spaces
        ("X.Ha.Giang", "2004", "02@2004"),
        ("Hòa Bình (a)", "2004", "17@2004"),
        ("Hòa Bình /1", "2004", "17@2004"),  # and not the commune Hòa Bình 1
        ("Bắc Ninh (Bac Ninh)", "2025", "24@2025"),
        ("Bắc Ninh-Bac Ninh", "2025", "24@2025"),
        ("Bắc Ninh\nBac Ninh", "2025", "24@2025"),  # two lines of one cell
        ("Đồng bằng sông Hồng Red River Delta", "2025", "RRD@2025"),
        ("HÃ\u00a0 Ná»™i", "2025", "01@2025"),  # UTF-8 read as Windows-1252
        ("B¾c Ninh¹", "2025", "24@2025"),
        ("HAØ NAM", "2004", "35@2004"),  # VNI; TCVN3 would make xã Hải Nam of it
        ("Lôc Nam", "2004", "218@2004"),  # TCVN3 of Lục Nam, and no way of writing Lộc Nam
        ("ĐB sông Cửu Long", "2025", "MRD@2025"),
        ("Trung du & miền núi phía Bắc", "2025", "NMM@2025"),
        ("Trung du, miền núi phía Bắc", "2025", "NMM@2025"),
        ("Northern midland and mountainous areas", "2004", "NMM@2004"),
        ("South-Eastern area", "2004", "SEA@2004"),
        ("Duyên hải Nam Trung Bộ - Tây Nguyên", "2025", "SCH@2025"),
        ("Tổng cộng", "2025", "VN"),
        ("Toàn quốc", "2025", "VN"),
        ("Sơ bộ 2019 Cả nước", "2004", "VN"),
        ("ca_nuoc_whole_country", "2004", "VN"),
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
        ("H<U+1ED3> Ch\ufffd Minh", "2004", r"mất chữ.*\(79@2004\)"),
        ("2", None, "mã@phiên bản"),  # Hà Nội's place in a PX-Web table
        ("12", None, "mã@phiên bản"),
        ("H\ufffd N<U+1ED8>I", "2004", r"mất chữ.*có thể là thành phố Hà Nội \(01@2004\)"),
        ("B\ufffd R<U+1ECA>A - VUNG T\ufffdU", "2004", r"mất chữ.*\(77@2004\)"),
        ("Hng Yªn", "2004", "gần giống: Hưng Yên"),
        ("Bình Dinh", "2004", "gần giống: Bình Định"),
        ("Đà Nẳng", "2004", "gần giống: Đà Nẵng"),
        ("B?c K?n", "2004", r"mất chữ.*tỉnh Bắc Kạn \(06@2004\)"),
        ("Bà Rịa - VT", "2004", "gần giống: Bà Rịa - Vũng Tàu"),
        ("02 Hà Giang", "2004", "gần giống: Hà Giang"),  # a code, or the number of the line
        ("Tây Nguyên", "2025", r"chỉ có vùng Tây Nguyên \(CHL@2004\)"),
        ("North Central Coast and South Central Coast", "2004", "gần giống: Bắc Trung Bộ và"),
        ("Sài Gòn", "2004", r"phường Sài Gòn \(26740@2025\)"),
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


def test_a_cell_of_two_encodings_that_names_two_places_is_asked_back() -> None:
    catalogue = load_catalogue()
    renamed = catalogue.localities.filter(pl.col("locality_id").is_in(["22138@2004", "12745@2004"]))
    renamed = renamed.with_columns(name_vi=pl.Series(["An Cư", "An Cử"]))
    two = LocalityRegistry(renamed, catalogue.locality_succession)
    with pytest.raises(UnknownLocality, match=r"phông chữ cũ.*xã An C. .*; xã An C"):
        two.find("An Cö", "2004")


@pytest.mark.parametrize("encoding", OLD_ENCODINGS)
@pytest.mark.parametrize("level", ["province", "region"])
def test_no_old_encoding_leads_to_another_place(
    registry: LocalityRegistry, encoding: str, level: str
) -> None:
    units = load_catalogue().localities.filter(
        (pl.col("level") == level) & (pl.col("geo_version") != "2003")
    )
    spell = OLD_ENCODINGS[encoding]
    for unit in units.iter_rows(named=True):
        written = (unit["name_vi"], f"{unit['type_vi']} {unit['name_vi']}")
        bilingual = f"{unit['name_vi']} - {unit['name_en']}"
        for name in (*written, *map(str.upper, written), f"{unit['name_vi']} (*)", bilingual):
            assert registry.find(spell(name), unit["geo_version"]) == unit["locality_id"]


MECHANISMS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "no accents": lambda name: fold(name).title(),
    "no accents but đ": lambda name: "".join(
        one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)
    ),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "Eth": lambda name: name.replace("Đ", "Ð"),
    "gha": lambda name: name.replace("ư", "ƣ").replace("Ư", "Ƣ"),
    "two spaces": lambda name: name.replace(" ", "  "),
    "no-break spaces": lambda name: f" {name}".replace(" ", "\u00a0"),
    "indented": lambda name: f"     {name}",
    "glued": lambda name: name.replace(" ", ""),
    "no dash": lambda name: name.replace(" - ", " "),
    "long dash": lambda name: name.replace(" - ", " – "),
    "snake case": lambda name: fold(name).replace(" ", "_"),
    "R": lambda name: name.replace(" ", "."),
    "footnote": lambda name: f"{name} (1)",
    "star": lambda name: f"{name}(*)",
    "colon": lambda name: f"{name}:",
    "bullet": lambda name: f"- {name}",
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_province_in_every_way_of_writing(registry: LocalityRegistry, mechanism: str) -> None:
    units = load_catalogue().localities.filter(
        pl.col("level").is_in(["province", "region"]) & (pl.col("geo_version") != "2003")
    )
    spell = MECHANISMS[mechanism]
    for unit in units.iter_rows(named=True):
        found = registry.find(spell(unit["name_vi"]), unit["geo_version"])
        assert found == unit["locality_id"]
