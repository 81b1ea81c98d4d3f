"""Words of the three hints for a first visit."""

from typing import Final

HINTS: Final[dict[str, tuple[str, str]]] = {
    "hints": ("Gợi ý cho lần đầu", "Hints for a first visit"),
    "hints.open": ("Gợi ý", "Hints"),
    "hints.close": ("Đã hiểu", "Got it"),
    "hints.sentence": ("Đọc câu đầu trang", "Read the first sentence"),
    "hints.sentence.text": (
        "Câu đầu trang nói kết quả, hình và bảng bên dưới chứng minh. Ký hiệu luôn đi với chữ:",
        "It says the result; the charts and tables below prove it. A symbol never stands "
        "without its word:",
    ),
    "hints.origin": ("Số liệu từ đâu ra", "Where a number comes from"),
    "hints.origin.text": (
        "Chọn một con số có gạch chân để thấy đơn vị gửi, tệp, trang tính và ô chứa số đó, các lần "
        "đính chính và kiểm tra.",
        "Choose an underlined number to see who sent it, its file, sheet and cell, its corrections "
        "and checks.",
    ),
    "hints.sharing": ("Gửi cho người khác", "Pass it on"),
    "hints.sharing.text": (
        "Địa chỉ trang giữ mọi lựa chọn: sao chép rồi gửi đi, người nhận thấy đúng màn hình này. "
        "Bảng tải về thành Excel, CSV; trang in ra khổ A4.",
        "The address of the page holds every choice: copy and send it, and the reader sees this "
        "very view. Tables come as Excel or CSV; pages print on A4.",
    ),
}
