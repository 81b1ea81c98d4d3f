"""The document on the checks, ``docs/methods/checks.md``: what they do and how well they do it.

``python -m tests.support.checks_document`` writes it; with the path of another file of suspect
cells it only prints the counts for that one.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import polars as pl

from etl.findings import check_rules
from tests.support.published import REPOSITORY
from tests.support.suspect_cells import (
    DATA,
    FEWER_RUNS,
    Counts,
    by_factor,
    by_rule,
    by_series,
    clean_cells,
    counts,
    fewer,
    flags,
    made_up,
    read_cells,
    residence_cells,
    splits,
    suspect_cells,
)  # fmt: skip
from tests.support.synthetic_errors import KINDS

DOCUMENT = REPOSITORY / "docs" / "methods" / "checks.md"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %".replace(".", ",") if whole else "–"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def markdown() -> str:
    """The document: what is checked, why so, and how well it works."""
    cells = pl.concat([clean_cells(), suspect_cells()])
    tried = by_factor(cells)
    return "\n".join(
        [
            (DATA / "document.md").read_text(encoding="utf-8").rstrip(),
            "",
            *_results(tried[1.0], flags(cells, residence_cells(suspect_cells()))),
            *_splits_and_factors(tried),
            *_less_evidence(cells),
            *_made_up(),
            *_rule_table(tried[1.0]),
            *_series_table(tried[1.0]),
        ]
    )


def _results(flagged: pl.DataFrame, with_residence: pl.DataFrame) -> list[str]:
    alone = flags(clean_cells())
    errors = check_rules().filter(pl.col("severity") == "error")["code"].to_list()
    refused = alone.filter(pl.col("codes").list.eval(pl.element().is_in(errors)).list.any()).height
    doubted, clean = counts(alone)[2:]
    return [
        "## Kết quả trong mẫu / In-sample results",
        "",
        _row("", "Ô nghi sai / suspect cells flagged", "Ô sạch bị nghi / clean doubted"),
        "|---|---|---|",
        _row("Ghép lại như bản in, một tệp / as printed, one file", *_shares(counts(flagged))),
        _row(
            "… kèm bảng thành thị, nông thôn / … with the table by residence",
            *_shares(counts(with_residence)),
        ),
        _row(
            "Chỉ chuỗi sạch / clean series alone",
            "–",
            f"{doubted}/{clean} ({_percent(doubted, clean)}); bị từ chối / refused: {refused}",
        ),
        "",
    ]


def _splits_and_factors(tried: dict[float, pl.DataFrame]) -> list[str]:
    halves = splits(tried)
    lines = [
        "## Ngoài mẫu: 20 lần chia đôi / Out of sample: 20 random halves",
        "",
        _row("", "Tìm thấy / found", "Ô sạch bị nghi / clean doubted"),
        "|---|---|---|",
    ]
    for words, place in (("nửa để chọn / half used to choose", 0), ("**nửa kia / other half**", 1)):
        found = sorted(100 * one[place][0] / one[place][1] for one in halves)
        doubted = sorted(100 * one[place][2] / one[place][3] for one in halves)
        lines.append(_row(words, _range(found), _range(doubted)))
    lines += [
        "",
        "Trung vị, trong ngoặc: nhỏ nhất – lớn nhất / median, in brackets: least – most.",
        "",
        "Mọi ngưỡng đã chọn nhân với một hệ số / all fitted thresholds times a factor (margin):",
        "",
        _row("Hệ số / factor", "Ô nghi sai / suspect", "Ô sạch / clean"),
        "|---|---|---|",
        *(_row(_decimal(factor), *_shares(counts(flagged))) for factor, flagged in tried.items()),
        "",
    ]
    return lines


def _less_evidence(cells: pl.DataFrame) -> list[str]:
    found = sorted(100 * one[0] / one[1] for one in fewer(cells))
    return [
        "## Bớt chứng cứ / With less evidence",
        "",
        "Bỏ ngẫu nhiên một nửa số ô nghi sai / a random half of the suspect cells left out: "
        f"{_range(found)} ({FEWER_RUNS} lần / runs).",
        "",
    ]


def _made_up() -> list[str]:
    outcomes = made_up()
    found, made = (sum(one[place] for one in outcomes.values()) for place in (0, 1))
    return [
        "## Ngoài mẫu: lỗi tự tạo (số liệu giả) / Out of sample: made-up errors (synthetic)",
        "",
        _row("Loại lỗi / kind", "Tìm thấy / found", "Ô sạch bị hỏi thêm / clean cells besides"),
        "|---|---|---|",
        *(
            _row(f"{KINDS[kind][0]} / {KINDS[kind][1]}", *_shares(one)[:1], one[2])
            for kind, one in outcomes.items()
        ),
        _row("**Tất cả / all**", f"{found}/{made} ({_percent(found, made)})", ""),
        "",
    ]


def _rule_table(flagged: pl.DataFrame) -> list[str]:
    _, suspects, _, clean = counts(flagged)
    words = dict(check_rules().select("code", "message_vi").iter_rows())
    return [
        "## Theo quy tắc (trong mẫu) / By rule (in-sample)",
        "",
        _row("Quy tắc / rule", "Nội dung", "Ô nghi sai / suspect", "chỉ quy tắc này / alone",
             "Ô sạch / clean"),
        "|---|---|---|---|---|",
        *(
            _row(f"`{code}`", words[code].replace("{value}", "…").replace("{detail}", "…"),
                 *(f"{number} ({_percent(number, whole)})" for number, whole in
                   ((hits, suspects), (only, suspects), (false, clean))))
            for code, hits, only, false in by_rule(flagged).iter_rows()
        ),
        "",
    ]  # fmt: skip


def _series_table(flagged: pl.DataFrame) -> list[str]:
    return [
        "## Theo chuỗi (trong mẫu) / By series (in-sample)",
        "",
        _row("Chuỗi / series", "Ô nghi sai / suspect", "Ô sạch / clean"),
        "|---|---|---|",
        *(
            _row(series, f"{hits}/{all_suspects}", f"{false}/{all_clean}")
            for series, hits, all_suspects, false, all_clean in by_series(flagged).iter_rows()
        ),
        "",
    ]


def _shares(outcome: Counts) -> tuple[str, str]:
    found, suspects, doubted, clean = outcome
    return (
        f"{found}/{suspects} ({_percent(found, suspects)})",
        f"{doubted}/{clean} ({_percent(doubted, clean)})",
    )


def _range(numbers: list[float]) -> str:
    middle, least, most = (
        f"{one:.2f}".replace(".", ",")
        for one in (statistics.median(numbers), numbers[0], numbers[-1])
    )
    return f"{middle} % ({least} – {most})"


def _decimal(number: float) -> str:
    return str(number).replace(".", ",")


def main() -> None:
    """Write the document, or try another file of suspect cells."""
    if len(sys.argv) > 1:
        others = read_cells(Path(sys.argv[1]), suspect=True)
        found, suspects, doubted, clean = counts(flags(pl.concat([clean_cells(), others])))
        sys.stdout.write(
            f"{found}/{suspects} suspect cells flagged, {doubted}/{clean} clean cells doubted\n"
        )
        return
    DOCUMENT.write_text(markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
