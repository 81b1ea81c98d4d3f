"""What a submission holds; attributes are named as the fields of :mod:`etl.form`."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ObservationRow:
    """One line of sheet Số liệu; numbers keep the digits of their source."""

    indicator_id: str
    indicator_name: str
    ref_area: str
    time_period: str
    reference_year: str
    sex: str
    age: str
    breakdown: str
    definition: str
    numerator: Decimal | None
    denominator: Decimal | None
    reported_value: Decimal
    unit_measure: str
    source_family: str
    source_text: str
    obs_status: str
    confidence: str
    note: str


@dataclass(frozen=True)
class StatementRow:
    """One line of sheet Đánh giá: what the reporting unit itself says of a target."""

    target_id: str
    target_name: str
    milestone_year: str
    ref_area: str
    own_status: str
    note: str
    cause: str = ""
    difficulty: str = ""
    proposal: str = ""
    proposed_target: str = ""


@dataclass(frozen=True)
class Submission:
    """One file: who reports what for which period, on which terms."""

    file: str
    information: dict[str, str]  # field name of etl.form → text
    observations: list[ObservationRow]
    statements: list[StatementRow]
