"""What ``etl locality`` says: the life of one unit, or the units that a text can mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

from indicators.catalogue import Catalogue
from indicators.errors import UnknownLocality
from indicators.localities import Locality
from indicators.locality_life import (
    LifeEvent,
    LocalityLife,
    Namesake,
    RegionPeriod,
    Relative,
    State,
    life_of,
)
from indicators.locality_units import validity_vi
from indicators.numbers import format_date, format_number

_WIDTH: Final = 80
_HEADING: Final = 18
_MOST_CANDIDATES: Final = 30
LEVEL_WORDS: Final = {
    "national": "cả nước",
    "region": "vùng",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}
PREDECESSOR_WORDS: Final = {
    "unchanged": "giữ nguyên từ",
    "merged_whole": "toàn bộ",
    "whole": "toàn bộ",
    "part": "một phần",
}
SUCCESSOR_WORDS: Final = {
    "unchanged": "giữ nguyên thành",
    "merged_whole": "nhập toàn bộ vào",
    "whole": "nhập toàn bộ vào",
    "part": "một phần vào",
}
EVENT_WORDS: Final = {
    "split": "tách {} thành {}",
    "transfer_part": "chuyển một phần: {} về {}",
    "merge_whole": "nhập toàn bộ {} vào {}",
    "status_and_name": "đổi tên và loại hình: {} thành {}",
    "status": "đổi loại hình: {} thành {}",
    "reorganisation_63_to_34": "sắp xếp 63 thành 34 tỉnh, thành phố",
    "abolition_of_level": "cấp huyện kết thúc hoạt động",
    "reorganisation_to_3321": "sắp xếp còn 3.321 xã, phường, đặc khu",
}


def answer(catalogue: Catalogue, text: str, on: date | None, today: date) -> dict[str, Any]:
    """The life of the unit that a text means, or all units that it can mean, as plain data.

    An identity is taken as it is. A name or a bare code is resolved on the day ``on``; without a
    day, or when that day has several, the units of that name or code are listed.

    Returns:
        ``{"life": …}`` or ``{"candidates": […]}``.

    Raises:
        UnknownLocality: nothing is called so (on that day).
    """
    found = _meant(catalogue, text, on)
    if isinstance(found, str):
        life = life_of(catalogue.registry, catalogue.locality_events, found, on or today)
        return {"life": life}
    return {"candidates": found}


def as_plain(found: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as JSON takes it."""
    if "life" in found:
        return {"life": asdict(found["life"])}
    return {"candidates": [asdict(one) for one in found["candidates"]]}


def answer_lines(catalogue: Catalogue, found: Mapping[str, Any], text: str) -> Iterator[str]:
    """The answer for people, at most 80 columns wide."""
    if "life" in found:
        names = catalogue.code_items.filter(code_list="CL_CONFIDENCE").select("code", "name_vi")
        yield from life_lines(found["life"], dict(names.iter_rows()))
    else:
        yield from candidate_lines(catalogue, text, found["candidates"])


def _meant(catalogue: Catalogue, text: str, on: date | None) -> str | list[Locality]:
    registry = catalogue.registry
    candidates = registry.candidates(text)
    if len(candidates) == 1:
        return candidates[0].locality_id
    if on is None:
        # A text that no rule understands is refused with what was probably meant.
        return candidates or registry.find(text)
    try:
        return registry.resolve(text, on)
    except UnknownLocality:
        present = [one for one in candidates if one.exists_on(on)]
        if len(present) < 2:
            raise
        return present


def candidate_lines(
    catalogue: Catalogue, text: str, candidates: Sequence[Locality]
) -> Iterator[str]:
    """One line per unit: identity, name, where it lies, when it exists."""
    yield f"“{text}” có thể là {len(candidates)} đơn vị; hãy ghi mã ở cột đầu:"
    for one in candidates[:_MOST_CANDIDATES]:
        above = catalogue.registry.ancestors(one.locality_id)[:-1]
        within = ", ".join(catalogue.registry.get(identity).short_name_vi for identity in above)
        place = f", {within}" if within else ""
        words = f"{one.type_vi} {one.name_vi}{place}; {one.validity_vi}"
        yield from _wrapped(f"  {one.locality_id:<12} ", words)
    if len(candidates) > _MOST_CANDIDATES:
        yield f"  … và {len(candidates) - _MOST_CANDIDATES} đơn vị khác (tất cả: --json)"


def life_lines(life: LocalityLife, confidence_words: Mapping[str, str]) -> Iterator[str]:
    """The life of one unit, a heading and its facts in two columns."""
    unit = life.unit
    yield life.named.label_vi[:1].upper() + life.named.label_vi[1:]
    yield from _entry("Tên tiếng Anh", [unit.name_en])
    yield from _entry("Cấp", [LEVEL_WORDS[unit.level].removeprefix("cấp ")])
    yield from _entry("Hiệu lực", _validity_lines(life))
    if unit.area_km2:
        yield from _entry("Diện tích", [f"{format_number(unit.area_km2, 2)} km²"])
    if len(life.states) > 1:
        yield from _entry("Các thời kỳ", _state_lines(life.states))
    yield from _entry("Thuộc", [" < ".join(one.label_vi for one in life.ancestors)])
    yield from _entry("Vùng", map(_region_line, life.regions))
    yield from _entry("Nguồn gốc", _relative_lines(life.predecessors, PREDECESSOR_WORDS))
    yield from _entry("Về sau", _later_lines(life))
    yield from _entry("Đơn vị bên dưới", _below_lines(life))
    yield from _entry(f"Mã {unit.code} còn là", map(_namesake_line, life.same_code))
    yield from _entry("Sự kiện", map(_event_line, life.events))
    yield from _entry("Ghi chú", [unit.note] if unit.note else [])
    yield from _entry("Nguồn", [unit.source])
    yield from _entry("Độ tin cậy", [confidence_words.get(unit.confidence, unit.confidence)])


def _validity_lines(life: LocalityLife) -> Iterator[str]:
    yield life.unit.validity_vi
    if life.is_in_force:
        yield f"có hiệu lực vào ngày {format_date(life.day)}"
        return
    yield f"không tồn tại vào ngày {format_date(life.day)}"
    if life.standing_for_it:
        there = ", ".join(one.label_vi for one in life.standing_for_it)
        yield f"ngày đó địa bàn là hoặc thuộc: {there}"


def _state_lines(states: Sequence[State]) -> Iterator[str]:
    """Type and name of each time; the parent too where it changed."""
    has_moved = len({one.parent for one in states}) > 1
    for one in states:
        parent = f", thuộc {one.parent.label_vi}" if has_moved and one.parent else ""
        basis = f" (đến khi có {one.legal_basis})" if one.legal_basis else ""
        validity = validity_vi(one.valid_from, one.valid_to)
        yield f"{validity}: {one.type_vi} {one.name_vi}{parent}{basis}"


def _region_line(period: RegionPeriod) -> str:
    region = period.region.label_vi if period.region else "chưa thấy văn bản phân vùng"
    return f"{validity_vi(period.valid_from, period.valid_to)}: {region}"


def _relative_lines(relatives: Sequence[Relative], words: Mapping[str, str]) -> Iterator[str]:
    """Direct ones under their act, then those of earlier or later maps."""
    acts = groupby(relatives, key=lambda one: (one.steps, one.effective_date, one.legal_basis))
    for (steps, effective_date, legal_basis), group in acts:
        far = f"qua {steps} lần sắp xếp: " if steps > 1 else ""
        for one in group:
            relation = words[one.relation or ("whole" if one.is_whole else "part")]
            default = "; được chọn khi chỉ chọn một" if one.is_default and not one.is_whole else ""
            validity = validity_vi(one.unit.valid_from, one.unit.valid_to)
            yield f"{far}{relation} {one.unit.label_vi}, {validity}{default}"
        if effective_date:
            yield f"ngày {format_date(effective_date)}, theo {legal_basis}"


def _later_lines(life: LocalityLife) -> Iterator[str]:
    yield from _relative_lines(life.successors, SUCCESSOR_WORDS)
    if not life.is_without_successor:
        return
    if any(event.event == "abolition_of_level" for event in life.events):
        yield (
            "không có đơn vị kế thừa: từ 01/07/2025 chính quyền địa phương có hai cấp, không còn "
            "cấp huyện; hãy tra từng xã, phường, thị trấn của huyện"
        )
    else:
        yield "danh mục không ghi đơn vị kế thừa"


def _below_lines(life: LocalityLife) -> Iterator[str]:
    if not life.units_below:
        return
    counted = "; ".join(
        f"{format_number(one.count, 0)} đơn vị {LEVEL_WORDS[one.level]}" for one in life.units_below
    )
    counted_on = format_date(life.counted_on)
    if life.list_day:
        listed_on = format_date(life.list_day)
        yield f"{counted}, theo danh mục ngày {listed_on}; chưa có danh mục của ngày {counted_on}"
    else:
        yield f"{counted} (ngày {counted_on})"


def _namesake_line(one: Namesake) -> str:
    kin = "cùng dòng kế thừa" if one.is_relative else "phạm vi khác, không kế thừa nhau"
    validity = validity_vi(one.unit.valid_from, one.unit.valid_to)
    return f"{one.unit.label_vi}, {validity}: {kin}"


def _event_line(event: LifeEvent) -> str:
    words = EVENT_WORDS[event.event].format(event.from_name_vi, event.to_names_vi)
    mark = ", chưa có nguồn" if event.confidence == "recalled" else ""
    return f"{format_date(event.effective_date)}: {words} ({event.legal_basis}{mark})"


def _entry(heading: str, facts: Iterable[str]) -> Iterator[str]:
    """Facts beside their heading; nothing at all when there are none."""
    label = heading
    for fact in facts:
        if fact:
            yield from _wrapped(f"  {label:<{_HEADING}} ", fact)
            label = ""


def _wrapped(start: str, words: str) -> Iterator[str]:
    """Words behind a start, later lines under the first word."""
    lines = wrap(words, _WIDTH - len(start), break_long_words=False, break_on_hyphens=False)
    yield start + lines[0]
    yield from (" " * len(start) + line for line in lines[1:])
