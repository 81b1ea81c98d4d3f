"""The walk of ``docs/how-to/walk.md``: a first reader's four questions, from the first page on."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.dashboard.conftest import Visit
from tests.dashboard.test_board_in_browser import choose

pytestmark = pytest.mark.browser


def test_four_questions_are_answered_one_after_the_other(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/")
    title, main = page.locator("#title"), page.locator("#main")

    # Which provinces miss the sex ratio of 2025, and by how much?
    page.get_by_role("link", name="Chỉ tiêu", exact=True).click()
    choose(page, "Chỉ tiêu", "4.1 Tỷ số giới tính khi sinh")
    expect(title).to_contain_text("4.1. Tỷ số giới tính khi sinh")
    expect(main).to_contain_text("2/3 tỉnh, thành phố có kết quả chưa đạt mốc 2025 (≤ 111)")
    expect(main).to_contain_text("Hưng Yên 115,9, còn cao hơn mốc 4,9 bé trai/100 bé gái")

    # The table into Excel: whoever misses it is a row with typed numbers.
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    download.value.save_as(tmp_path / "table.xlsx")
    cells = [
        cell.value
        for row in openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0].iter_rows()
        for cell in row
    ]
    assert "Hưng Yên" in cells
    assert 115.9 in cells

    # What must be done per year until 2030?
    expect(main).to_contain_text("Mốc 2030 (≤ 109): đang thực hiện.")
    expect(main).to_contain_text("cần giảm 0,4 mỗi năm, gấp 3,1 lần hiện nay")

    # Where does the number of Hưng Yên come from?
    choose(page, "Địa phương", "Hưng Yên")
    expect(title).to_contain_text("Hưng Yên")
    page.get_by_role("link", name="115,9").first.click()
    expect(title).to_contain_text("115,9: Tỷ số giới tính khi sinh, Hưng Yên, năm 2024")
    expect(main).to_contain_text("Số liệu, ô L37")
    assert visit.complaints == []
    assert visit.foreign == []
