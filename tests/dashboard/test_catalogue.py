"""Danh mục: what a search finds and in which order, and what an entry says."""

from __future__ import annotations

from typing import Any

import pytest
from dash import html

from dashboard import catalogue
from dashboard.catalogue import Found
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from indicators.tables import Definitions, Indicators
from tests.dashboard.test_pages import open_page, text_of, walk
from tests.support.release import HOSTILE, frame_of, publish_test_release, release_frames

VI, EN = Words("vi"), Words("en")


def search(release: Release, text: str) -> Found:
    return catalogue.found(catalogue.entries(release), text)


def ids(entries: list[catalogue.Entry]) -> list[str]:
    return [entry.entry_id for entry in entries]


def of_class(content: Any, name: str) -> list[Any]:
    return [
        found
        for found in walk(content)
        if name in (getattr(found, "className", None) or "").split()
    ]


def facts_of(content: Any) -> dict[str, str]:
    """What is said of a thing, by heading."""
    (said,) = of_class(content, "facts")
    parts = said.children
    return {
        text_of(head): text_of(body) for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


# The search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["ty so gioi tinh", "Tỷ số giới tính", "TY SO GIOI TINH KH", "sex ratio at b"]
)
def test_a_name_is_found_without_accents_and_case_and_in_english(
    release: Release, text: str
) -> None:
    found = search(release, text)
    assert ids(found.by_name) == ["SEX_RATIO_AT_BIRTH", "NSGE-4.1", "P1679-1", "TB56-4.1"]
    assert found.by_text == []


def test_the_start_of_a_name_comes_before_its_middle(release: Release) -> None:
    names = [entry.row["name_en"].lower() for entry in search(release, "women").by_name]
    begins = [name.startswith("women") for name in names]
    assert set(begins) == {True, False}
    assert begins == sorted(begins, reverse=True)


def test_words_apart_from_each_other_are_found_in_a_name_after_words_together(
    release: Release,
) -> None:
    assert ids(search(release, "nu doanh nghiep").by_name) == [
        "WOMEN_ENTERPRISE_DIRECTORS",
        "NSGE-2.3",
    ]


def test_a_code_is_found_exactly_and_first(release: Release) -> None:
    assert ids(search(release, "4.1").by_name)[0] == "NSGE-4.1"
    assert ids(search(release, "NSGE-4.1").by_name) == ["NSGE-4.1"]
    assert ids(search(release, "SEX_RATIO_AT_BIRTH").by_name)[0] == "SEX_RATIO_AT_BIRTH"


def test_the_number_of_a_document_finds_what_it_sets(release: Release) -> None:
    found = search(release, "1679/QĐ-TTg")
    assert ids(found.by_name) == []
    assert set(ids(found.by_text)) == {"SEX_RATIO_AT_BIRTH", "P1679-1"}


def test_digits_apart_from_each_other_find_nothing(release: Release) -> None:
    """ "1 6" is no word of a name and no number of a document, though both have a 1 and a 6."""
    assert search(release, "1 6").entries == []


@pytest.mark.parametrize("text", ["", "   ", "???"])
def test_nothing_asked_finds_nothing(release: Release, text: str) -> None:
    assert search(release, text).entries == []


def test_a_misspelt_search_is_answered_with_what_may_have_been_meant(release: Release) -> None:
    among = catalogue.entries(release)
    assert catalogue.found(among, "ty so gioi tinhh sin").entries == []
    assert ids(catalogue.nearest(among, "ty so gioi tinhh sin"))[0] == "SEX_RATIO_AT_BIRTH"
    assert catalogue.nearest(among, "zzzzqqqq") == []


# The page ----------------------------------------------------------------------------------------


def test_the_whole_catalogue_is_grouped_and_every_entry_is_folded(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc")
    assert text_of(content).startswith("Danh mục: 9 chỉ tiêu thống kê, 13 chỉ tiêu của 3 văn bản")
    assert [text_of(found) for found in walk(content) if isinstance(found, html.H2)] == [
        "Nhóm (9)",
        "Chỉ tiêu của văn bản: 1. Chính trị (3)",
        "Chỉ tiêu của văn bản: 2. Kinh tế, lao động (3)",
        "Chỉ tiêu của văn bản: 3. Đời sống gia đình (2)",
        "Chỉ tiêu của văn bản: 4. Y tế (4)",
        "Chỉ tiêu của văn bản: 6. Thông tin, truyền thông (1)",
    ]
    entries = of_class(content, "entry")
    assert len(entries) == 22
    assert of_class(content, "facts") == []
    states = {getattr(name, "aria-expanded") for name in of_class(content, "entry-name")}
    assert states == {"false"}


def test_the_contents_lead_to_the_groups(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc")
    navigations = of_class(content, "contents")
    anchors = [found.href for found in walk(navigations) if isinstance(found, html.A)]
    assert anchors == [f"/danh-muc#nhom-{place}" for place in range(1, 7)]
    heads = [found.id for found in walk(content) if isinstance(found, html.H2)]
    assert heads == [anchor.partition("#")[2] for anchor in anchors]


def test_an_entry_opens_by_its_own_address_and_closes_again(door: ReleaseDoor) -> None:
    folded, _ = open_page(door, "/danh-muc?locality=33@2025")
    address = next(
        name.href
        for name in of_class(folded, "entry-name")
        if name.href.endswith("entry=SEX_RATIO_AT_BIRTH")
    )
    content, _ = open_page(door, address)
    (chosen,) = of_class(content, "chosen")
    assert chosen.id == "SEX_RATIO_AT_BIRTH"
    (name,) = of_class(chosen, "entry-name")
    assert getattr(name, "aria-expanded") == "true"
    assert name.href == "/danh-muc?locality=33@2025"


def test_the_anchor_of_a_target_has_no_point(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?entry=NSGE-4.1")
    assert [entry.id for entry in of_class(content, "chosen")] == ["NSGE-4-1"]


def test_the_one_hit_of_a_search_is_open(door: ReleaseDoor) -> None:
    content, around = open_page(door, "/danh-muc?q=NSGE-4.1")
    assert "1 mục khớp với “NSGE-4.1”" in text_of(content)
    assert len(of_class(content, "chosen")) == 1
    assert around["search", "value"] == "NSGE-4.1"
    assert around["search", "className"] == "filter-search"


def test_several_hits_are_counted_by_kind_and_stay_folded(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?q=ty+so+gioi+tinh")
    (status,) = [found for found in walk(content) if getattr(found, "role", None) == "status"]
    assert text_of(status) == (
        "4 mục khớp với “ty so gioi tinh”: 1 chỉ tiêu thống kê, 3 chỉ tiêu của chiến lược, "
        "kế hoạch. Xem toàn bộ danh mục"
    )
    assert of_class(content, "chosen") == []


def test_a_search_without_a_hit_says_what_to_do(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?q=ty+so+gioi+tinhh+sin&lang=en")
    told = text_of(content)
    assert "Nothing matches “ty so gioi tinhh sin”." in told
    assert EN("catalogue.nothing.do") in told
    assert EN("catalogue.nearest") in told
    assert "Sex ratio at birth" in told


def test_what_is_asked_for_is_shown_as_text_only(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?q=<script>alert(1)</script>&entry=<b>")
    assert "“<script>alert(1)</script>”" in text_of(content)
    assert "“<b>”" in text_of(content)
    assert not [found for found in walk(content) if type(found).__name__ == "Markdown"]


def test_other_pages_have_no_search(door: ReleaseDoor) -> None:
    _, around = open_page(door, "/")
    assert around["search", "className"] == "filter-search hidden"


# An entry ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> ReleaseDoor:
    """A release whose sex ratio at birth is described in full."""
    frames = release_frames()
    rows = frames["indicators"].rows(named=True)
    described = {
        "formula_text": f"Bé trai trên 100 bé gái {HOSTILE}", "formula_factor": 100.0,
        "numerator_vi": "bé trai", "denominator_vi": "bé gái", "numerator_en": "boys",
        "denominator_en": "girls", "lower_limit": 0.0, "breakdowns": "residence;province;moon",
        "periodicity": "quarterly;annual", "owner_before_2025": "Tổng cục Thống kê",
        "owner_from_2025": "Cục Thống kê", "data_source": "Tổng điều tra", "official_code": "0205",
    }  # fmt: skip
    frames["indicators"] = frame_of(
        Indicators,
        [
            {**row, **(described if row["indicator_id"] == "SEX_RATIO_AT_BIRTH" else {})}
            for row in rows
        ],
    )
    frames["definitions"] = frame_of(
        Definitions,
        [
            {"indicator_id": "SEX_RATIO_AT_BIRTH", "definition": "STD", "name_vi": "Trẻ sinh sống",
             "name_en": "Live births", "note": "Chỉ trẻ sinh sống."}
        ],
    )  # fmt: skip
    processed = tmp_path_factory.mktemp("described") / "processed"
    publish_test_release(processed, frames=frames)
    return ReleaseDoor(processed)


def test_an_indicator_says_how_it_is_made_by_whom_and_what_it_is_for(
    described: ReleaseDoor,
) -> None:
    content, _ = open_page(described, "/danh-muc?entry=SEX_RATIO_AT_BIRTH")
    told = facts_of(content)
    assert told["Định nghĩa, cách tính"] == f"Bé trai trên 100 bé gái {HOSTILE}"
    assert told["Công thức"] == "bé trai ÷ bé gái × 100"
    assert told["Đơn vị tính"] == "số bé trai trên 100 bé gái; 1 chữ số thập phân"
    assert told["Chiều tốt lên"] == "giảm"
    assert told["Giới hạn tự nhiên"] == "không nhỏ hơn 0"
    assert told["Phân tổ"] == "thành thị, nông thôn, tỉnh, thành phố, dimension.moon"
    assert told["Cơ quan chủ trì"] == "Cục Thống kêtrước 2025: Tổng cục Thống kê"
    assert told["Kỳ công bố"] == "hằng quý, hằng năm"
    assert told["Loại nguồn được dùng"] == "Điều tra, Báo cáo hành chính"
    assert told["Các cách tính được tách riêng"] == "Trẻ sinh sốngChỉ trẻ sinh sống."
    assert told["Độ tin cậy"] == "Chính thức"
    assert told["Mã"] == "SEX_RATIO_AT_BIRTHmã số trong bộ chỉ tiêu: 0205"
    assert (
        "4.1 Tỷ số giới tính khi sinh 28/NQ-CP, Cả nước: 2025: ≤ 111; 2030: ≤ 109"
        in (told["Chỉ tiêu dùng số này"])
    )


def test_an_indicator_says_what_is_held_of_it_where_one_looks(door: ReleaseDoor) -> None:
    def held(locality: str) -> str:
        address = f"/danh-muc?entry=SEX_RATIO_AT_BIRTH&locality={locality}"
        return facts_of(open_page(door, address)[0])["Số liệu đang có"]

    everywhere = "tất cả: 18 số liệu của 7 địa phương"
    assert held("33@2025") == f"Hưng Yên: 2 số liệu, 2022-2024; {everywhere}"
    assert held("31@2025") == f"Hải Phòng: 1 số liệu, 2024; {everywhere}"
    assert held("04@2025") == f"Cao Bằng: chưa có; {everywhere}"


def test_a_target_says_its_document_its_levels_and_where_to_go_on(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?entry=NSGE-2.1&locality=33@2025")
    told = facts_of(content)
    assert told["Văn bản giao"] == (
        "28/NQ-CP: Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030 "
        "(Chính phủ, 03/03/2021)"
    )
    assert told["Mức phải đạt"] == "2025: ≥ 50% 2030: khoảng ≥ 60% “khoảng 60%”"
    assert told["Áp dụng cho"] == "Cả nước; cấp đánh giá: cả nước, tỉnh"
    (chosen,) = of_class(content, "chosen")
    links = {text_of(link): link.href for link in walk(chosen) if isinstance(link, html.A)}
    assert links[VI("entry.to_target")] == "/chi-tieu?target=NSGE-2.1&locality=33@2025"
    assert links[VI("entry.to_register")] == "/van-ban?locality=33@2025"
    assert links["Tỷ lệ lao động nữ làm công hưởng lương"] == (  # the last of that name
        "/danh-muc?locality=33@2025&entry=WAGE_WORKER_SHARE"
    )


def test_a_compound_target_names_its_parts_and_a_part_its_whole(door: ReleaseDoor) -> None:
    whole = facts_of(open_page(door, "/danh-muc?entry=NSGE-1.1")[0])
    assert [code in whole["Các hợp phần"] for code in ("1.1a", "1.1c", "2.1")] == [
        True, True, False,
    ]  # fmt: skip
    assert (
        "1.1 Tỷ lệ cơ quan"
        in facts_of(open_page(door, "/danh-muc?entry=NSGE-1.1a")[0])["Là hợp phần của"]
    )


def test_a_local_target_opens_at_the_place_that_it_binds(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/danh-muc?entry=TB56-4.1")
    links = {text_of(found): found.href for found in walk(content) if isinstance(found, html.A)}
    assert links[VI("entry.to_target")] == "/chi-tieu?target=TB56-4.1&locality=34@2004"
