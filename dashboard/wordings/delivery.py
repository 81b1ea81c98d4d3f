"""Words of the page Nộp báo cáo."""

from typing import Final

DELIVERY: Final[dict[str, tuple[str, str]]] = {
    "page.delivery": ("Nộp báo cáo", "Submissions"),
    "delivery.page": ("Nộp báo cáo & chất lượng", "Submissions & quality"),
    "delivery.letter.made_up": (
        "SỐ LIỆU MINH HỌA: thư soạn từ sổ theo dõi minh họa, không gửi đi.",
        "SYNTHETIC FIGURES: written from a made-up register, not to be sent.",
    ),
    "filter.period": ("Kỳ báo cáo", "Period"),
    "period.year": ("Năm {year}", "{year}"),
    "period.S1": ("6 tháng đầu năm {year}", "First half of {year}"),
    "period.S2": ("6 tháng cuối năm {year}", "Second half of {year}"),
    "delivery.on_time": ("đúng hạn", "on time"),
    "delivery.late": ("nộp muộn", "late"),
    "delivery.refused": ("chưa được tiếp nhận", "refused"),
    "delivery.missing": ("chưa nộp (quá hạn)", "missing"),
    "delivery.not_yet_due": ("chưa nộp (chưa đến hạn)", "not yet due"),
    "delivery.no_deadline": ("chưa nộp (không nêu hạn)", "not sent (no deadline named)"),
    "delivery.title": (
        "{period}: {on_time}/{expected} đơn vị nộp báo cáo đúng hạn",
        "{period}: {on_time} of {expected} units reported on time",
    ),
    "delivery.as_of": (
        "Tính đến ngày {today}, theo các báo cáo trong bản công bố hiện hành.",
        "As of {today}, by the submissions in the current release.",
    ),
    "delivery.rule": (
        "Báo cáo phải nộp được tính từ lịch báo cáo và các đơn vị còn tồn tại vào ngày hết hạn. "
        "Hạn “trước ngày 30/11” nghĩa là chậm nhất hết ngày 29/11. Sở, ban, ngành chưa tính ở đây.",
        "What is due follows from the reporting calendar and the units that exist on the last "
        "day. “Before 30 November” means 29 November at the latest. Departments are not counted.",
    ),
    "delivery.unplaced": (
        "Trong 90 ngày qua có {count} tệp chưa được tiếp nhận vì không ghi đúng địa phương hoặc kỳ "
        "báo cáo; các tệp này không tính cho đơn vị nào:",
        "In the last 90 days {count} files were refused without a valid locality or period and are "
        "counted for nobody:",
    ),
    "delivery.unplaced#one": (
        "Trong 90 ngày qua có {count} tệp chưa được tiếp nhận vì không ghi đúng địa phương hoặc kỳ "
        "báo cáo; tệp này không tính cho đơn vị nào:",
        "In the last 90 days {count} file was refused without a valid locality or period and is "
        "counted for nobody:",
    ),
    "delivery.tiles": ("Số đơn vị theo tình trạng nộp", "Units by state of submission"),
    "delivery.by_period": ("Đúng hạn theo kỳ", "On time, by period"),
    "delivery.bar": ("Tỷ trọng", "Shares"),
    "delivery.matrix": ("Địa phương theo kỳ báo cáo", "Localities by period"),
    "delivery.matrix.note": (
        "Lịch báo cáo hiện có chỉ ghi hạn của xã, phường và huyện; báo cáo của tỉnh, thành phố và "
        "cơ quan trung ương được ghi theo ngày nhận. Dấu – là không phải nộp hoặc chưa có.",
        "The calendar names deadlines of communes and districts only; reports of provinces and "
        "central offices are told by the day of receipt. – means not due, or none.",
    ),
    "delivery.matrix.left_out": (
        "Không hiển thị {count} kỳ trước đó.",
        "{count} earlier periods are left out.",
    ),
    "delivery.matrix.left_out#one": (
        "Không hiển thị {count} kỳ trước đó.",
        "{count} earlier period is left out.",
    ),
    "delivery.matrix.received": ("đã nhận {count}/{total}", "received: {count} of {total}"),
    "delivery.late_by": ("muộn {count} ngày", "{count} days late"),
    "delivery.late_by#one": ("muộn {count} ngày", "{count} day late"),
    "delivery.received_on": ("đã nhận {day}", "received {day}"),
    "delivery.below": (
        "cấp dưới: {on_time}/{expected} đúng hạn",
        "units below: {on_time} of {expected} on time",
    ),
    "delivery.by_recipient": ("Theo nơi nhận báo cáo", "By recipient"),
    "delivery.recipient": ("Nơi nhận", "Recipient"),
    "delivery.last_day": ("Ngày cuối", "Last day"),
    "delivery.carried_over": (
        "hạn theo văn bản cũ hoặc nguồn gián tiếp",
        "deadline of an earlier or indirect source",
    ),
    "delivery.expected": ("Phải nộp", "Due"),
    "delivery.list": ("Danh sách: {status}", "List: {status}"),
    "delivery.to_act": ("cần xử lý", "to be acted on"),
    "delivery.show_to_act": ("Về danh sách cần xử lý", "Back to those to be acted on"),
    "delivery.unit": ("Đơn vị", "Unit"),
    "delivery.state": ("Tình trạng", "State"),
    "delivery.days_late": ("Số ngày muộn", "Days late"),
    "delivery.received": ("Ngày nhận", "Received"),
    "delivery.errors": ("{count} lỗi", "{count} errors"),
    "delivery.errors#one": ("{count} lỗi", "{count} error"),
    "delivery.ended": ("(kết thúc hoạt động ngày {day})", "(ended on {day})"),
    "delivery.letter": ("Thư nhắc", "Reminder"),
    "delivery.letter.copy": (
        "Thư nhắc soạn sẵn; bấm Ctrl+A rồi Ctrl+C để chép",
        "Ready reminder, in Vietnamese; Ctrl+A, then Ctrl+C copies it",
    ),
    "delivery.none": ("Không có đơn vị nào.", "There are none."),
    "delivery.nobody": ("Không có báo cáo nào phải nộp", "Nothing is due"),
    "delivery.nobody.what": (
        "Không đơn vị nào của {locality} phải nộp báo cáo kỳ này.",
        "No unit of {locality} has to report for this period.",
    ),
    "delivery.source": (
        "Nguồn: lịch báo cáo trong danh mục, sổ nhận báo cáo và kết quả kiểm tra. {release}.",
        "Source: the catalogue’s reporting calendar, the register of submissions, the checks. "
        "{release}.",
    ),
    "delivery.outside": (
        "{locality}: đã nhận báo cáo của {count} kỳ; lịch báo cáo không ghi hạn",
        "{locality}: reports of {count} periods were received; the calendar names no deadline",
    ),
    "delivery.outside#one": (
        "{locality}: đã nhận báo cáo của {count} kỳ; lịch báo cáo không ghi hạn",
        "{locality}: the report of {count} period was received; the calendar names no deadline",
    ),
    "delivery.everywhere": ("Xem tất cả đơn vị", "Show all units"),
}
