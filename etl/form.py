"""The submission form BDG-01, as data: sheets, labels and the columns that they feed.

Labels are matched folded (case, accents, spaces and dashes do not matter), so "MÃ CHỈ TIÊU"
and ``ma_chi_tieu`` name the same column.
"""

from dataclasses import dataclass

TEMPLATE_ID = "BDG-01"
TEMPLATE_VERSION = "2"  # what «etl template» writes
TEMPLATE_VERSIONS = ("1", TEMPLATE_VERSION)  # what is read

INFORMATION_SHEET = "Thông tin"
OBSERVATION_SHEET = "Số liệu"
STATEMENT_SHEET = "Đánh giá"

ROW_KIND_LABEL = "Loại dòng"  # csv only: which of the two tables a line belongs to
OBSERVATION_ROW_KIND = "SO_LIEU"
STATEMENT_ROW_KIND = "DANH_GIA"
# In a csv the locality of the form needs a name of its own beside that of the row.
CSV_FORM_LOCALITY_LABEL = "Mã địa phương báo cáo"


@dataclass(frozen=True)
class Field:
    """One labelled field of the form."""

    name: str
    label: str
    required: bool = False


INFORMATION_FIELDS = (
    Field("template_id", "Mã mẫu biểu", required=True),
    Field("template_version", "Phiên bản mẫu", required=True),
    Field("organisation", "Đơn vị báo cáo", required=True),
    Field("locality", "Mã địa phương", required=True),
    Field("reporting_period", "Kỳ báo cáo", required=True),
    Field("dataset_id", "Mã bộ số liệu", required=True),
    Field("prepared_on", "Ngày lập", required=True),
    Field("prepared_by", "Người lập"),
    Field("number_locale", "Kiểu viết số"),
    Field("is_synthetic", "Số liệu minh họa"),
    Field("licence", "Giấy phép"),
    Field("provenance", "Nguồn gốc"),
)

# Read where a file has it, but not printed on the form: the list that its locality codes and names
# are from, for files of lists without "@2025" behind each code.
GEO_VERSION_FIELD = Field("geo_version", "Bảng địa giới")
READ_INFORMATION_FIELDS = (*INFORMATION_FIELDS, GEO_VERSION_FIELD)

OBSERVATION_FIELDS = (
    Field("indicator_id", "Mã chỉ tiêu", required=True),
    Field("indicator_name", "Tên chỉ tiêu"),
    Field("ref_area", "Mã địa phương"),
    Field("time_period", "Năm số liệu"),
    Field("reference_year", "Năm tham chiếu"),
    Field("sex", "Giới tính"),
    Field("age", "Nhóm tuổi"),
    Field("breakdown", "Phân tổ"),
    Field("definition", "Định nghĩa"),
    Field("numerator", "Tử số", required=True),
    Field("denominator", "Mẫu số", required=True),
    Field("reported_value", "Giá trị", required=True),
    Field("unit_measure", "Đơn vị tính"),
    Field("source_family", "Loại nguồn"),
    Field("source_text", "Nguồn"),
    Field("obs_status", "Trạng thái số liệu"),
    Field("confidence", "Độ tin cậy"),
    Field("note", "Ghi chú"),
)

STATEMENT_FIELDS = (
    Field("target_id", "Mã mục tiêu", required=True),
    Field("target_name", "Tên mục tiêu"),
    Field("milestone_year", "Mốc", required=True),
    Field("ref_area", "Mã địa phương"),
    Field("own_status", "Kết quả tự đánh giá", required=True),
    Field("cause", "Nguyên nhân"),
    Field("difficulty", "Khó khăn, vướng mắc"),
    Field("proposal", "Đề xuất giải pháp"),
    Field("proposed_target", "Chỉ tiêu điều chỉnh đề xuất 2026-2030"),
    Field("note", "Ghi chú"),
)

# What the template offers in its drop-down lists; read back through the words below.
STATUS_NAMES = {
    "met": "Đạt",
    "partially_met": "Đạt một phần",
    "near": "Gần đạt",
    "not_met": "Chưa đạt",
    "not_assessable": "Không đánh giá được",
}
STATUS_CHOICES = tuple(STATUS_NAMES.values())
OBS_STATUS_CHOICES = ("Chính thức", "Sơ bộ", "Ước tính", "Gián đoạn chuỗi", "Không có số liệu")

COMPUTED_LABEL = "Tự tính"  # numerator ÷ denominator × factor, a formula
# Columns of the template that help the reader's eye and are never read back.
GUIDE_LABELS = (
    "TT",
    "Diễn giải",
    "Đơn vị",
    COMPUTED_LABEL,
    "Kỳ trước",
    "Của kỳ",
    "Mức phải đạt",
    "Văn bản",
)

NUMBER_FIELDS = ("numerator", "denominator", "reported_value")

# Words that officers type, folded, beside the codes themselves.
SEX_WORDS = {
    "nu": "F",
    "f": "F",
    "nam": "M",
    "m": "M",
    "chung": "_T",
    "tong so": "_T",
    "ca hai gioi": "_T",
    "t": "_T",
}
STATUS_WORDS = {
    "dat": "met",
    "met": "met",
    "dat mot phan": "partially_met",
    "partially met": "partially_met",
    "gan dat": "near",
    "near": "near",
    "chua dat": "not_met",
    "not met": "not_met",
    "khong danh gia duoc": "not_assessable",
    "not assessable": "not_assessable",
}
SOURCE_FAMILY_WORDS = {
    "dieu tra": "SURVEY",
    "tong dieu tra": "CENSUS",
    "dang ky ho tich": "REGISTRATION",
    "bao cao hanh chinh": "ADMIN",
    "ket qua bau cu": "ELECTION",
    "uoc tinh cua to chuc quoc te": "INTERNATIONAL",
    "uoc tinh theo mo hinh": "MODELLED",
}
OBS_STATUS_WORDS = {
    "chinh thuc": "A",
    "so bo": "P",
    "uoc tinh": "E",
    "gian doan chuoi": "B",
    "khong co so lieu": "M",
}
YES_NO_WORDS = {"co": True, "yes": True, "true": True, "khong": False, "no": False, "false": False}
NUMBER_LOCALE_WORDS = {"vi": "vi", "en": "en"}
# Folded; the four versions of the map are known by their year and by their number of provinces.
GEO_VERSION_WORDS = {
    "2003": "2003",
    "2004": "2004",
    "63": "2004",
    "63 tinh": "2004",
    "63 tinh thanh pho": "2004",
    "2025": "2025",
    "34": "2025",
    "34 tinh": "2025",
    "34 tinh thanh pho": "2025",
}
