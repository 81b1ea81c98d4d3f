"""Words of the files that are taken away, of pictures, and of grids."""

from typing import Final

FILES: Final[dict[str, tuple[str, str]]] = {
    # Tools of a page
    "tools": ("Công cụ của trang", "Tools of the page"),
    "tools.download": ("Tải về", "Download"),
    "tools.copy": ("Sao chép liên kết", "Copy link"),
    "tools.copied": ("Đã sao chép", "Copied"),
    "tools.not_copied": (
        "Không sao chép được; hãy chép từ thanh địa chỉ",
        "Could not copy; take it from the address bar",
    ),
    "tools.print": ("In", "Print"),
    "tools.picture": ("Tải hình:", "Picture:"),
    "tools.picture.of": ("Tải hình", "Picture as"),
    "tools.picture.failed": ("Chưa tải được hình, hãy thử lại", "No picture; try again"),
    # Files
    "file.sheet.rows": ("Số liệu", "Figures"),
    "file.sheet.notes": ("Ghi chú", "Notes"),
    "file.link": ("{name}: liên kết", "{name}: link"),
    "file.mark": ("Lưu ý", "Notice"),
    "file.synthetic": ("CÓ SỐ LIỆU MINH HỌA", "WITH SYNTHETIC FIGURES"),
    "file.synthetic.name": ("minh hoa", "synthetic"),
    "file.release": (
        "Bản công bố: {id}, ngày {date}. Phương pháp đánh giá: {method}, tính đến năm {year}.",
        "Release: {id} of {date}. Method of assessment: {method}, as of {year}.",
    ),
    "file.address": ("Xem trên trang: {address}", "Seen at: {address}"),
    "file.nothing": (
        "Chưa có số liệu để tải về cho lựa chọn này. Hãy quay lại trang, chọn địa phương, chỉ tiêu "
        "hoặc mốc khác rồi tải lại.",
        "There is nothing to download for this choice. Go back to the page, choose another "
        "locality, target or milestone and download again.",
    ),
    # Grids
    "grid.search": ("Tìm trong bảng", "Search the table"),
    "grid.hint": (
        "Chọn tên cột để sắp xếp; dùng phím mũi tên để đi giữa các ô, Enter để mở.",
        "Choose a column's name to sort; arrow keys move between cells, Enter opens.",
    ),
    "grid.noRowsToShow": ("Chưa có dòng nào", "There are no rows yet"),
    "grid.noMatchingRows": (
        "Không có dòng nào phù hợp; hãy bớt từ tìm hoặc bỏ bộ lọc",
        "No row matches; use fewer words or clear the filter",
    ),
}
