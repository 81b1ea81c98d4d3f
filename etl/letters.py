"""What is mailed to whom: answers to received files, and reminders. One mail per organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import structlog

from etl.contacts import Contact, contact_of, read_contacts
from etl.deadlines import local_day, received
from etl.mail import Mail, MailReport, SentLog, send, sent_log
from etl.reply import reply_name
from etl.settings import Settings
from indicators.catalogue import Catalogue, load_catalogue
from indicators.errors import GenderStatisticsError
from indicators.numbers import format_date
from indicators.receipt import SubmissionStatus
from indicators.reminders import is_to_remind, period_label_vi, reminder

_MOST_ATTACHED_BYTES = 15_000_000  # what most mail servers take
_SIGNATURE = "Thư này do hệ thống gửi tự động."
_SEPARATOR = "\n----------------------------------------\n\n"


def send_replies(settings: Settings, now: datetime) -> MailReport:
    """Answer by mail the files received lately; nothing happens while no server is set.

    Whatever fails here is logged and left for the next run: mail never stops a run.
    """
    if not settings.smtp_host:
        return MailReport()
    try:
        return _send_replies(settings, now)
    except (GenderStatisticsError, OSError) as error:
        structlog.get_logger().warning("replies_not_mailed", error=str(error))
        return MailReport()


def _send_replies(settings: Settings, now: datetime) -> MailReport:
    catalogue = load_catalogue()
    contacts = read_contacts(settings.contacts, catalogue.localities["locality_id"])
    # Older files were answered in another way before mail was set up.
    oldest = now - timedelta(days=settings.mail_reply_days)
    recent = received(settings).filter(pl.col("received_at") >= oldest).sort("sequence")
    with sent_log(settings) as log:
        waiting, unknown = _unanswered(recent, contacts, log)
        mails = [reply_mail(contact, rows, settings.replies) for contact, rows in waiting.items()]
        report = send(settings, mails, log, now)
    return MailReport(report.sent, report.failed, unknown)


def _unanswered(
    recent: pl.DataFrame, contacts: Sequence[Contact], log: SentLog
) -> tuple[dict[Contact, list[dict[str, Any]]], int]:
    """Files not yet answered, by whom to answer, and how many nobody is known for."""
    waiting: dict[Contact, list[dict[str, Any]]] = {}
    unknown = 0
    for row in recent.iter_rows(named=True):
        if log.last(_reply_key(row)) is not None:
            continue
        contact = contact_of(contacts, row["locality_id"], row["organisation"])
        if contact is None:
            unknown += 1
            continue
        waiting.setdefault(contact, []).append(row)
    return waiting, unknown


def reply_mail(contact: Contact, submissions: Sequence[dict[str, Any]], replies: Path) -> Mail:
    """The answer to all files of one organisation, with the marked workbooks."""
    attached: list[Path] = []
    left_out: list[Path] = []
    size = 0
    for row in submissions:
        path = replies / f"{reply_name(row['sequence'], row['file_name'])}.xlsx"
        if not path.exists():
            continue
        size += path.stat().st_size
        (attached if size <= _MOST_ATTACHED_BYTES else left_out).append(path)
    refused = sum(row["status"] == SubmissionStatus.REFUSED for row in submissions)
    subject = "Kết quả tiếp nhận báo cáo bình đẳng giới"
    if refused:
        subject += f": {refused} tệp cần sửa và gửi lại"
    paragraphs = [
        f"Kính gửi: {contact.organisation or 'Quý đơn vị'}",
        "Hệ thống đã nhận và kiểm tra báo cáo của đơn vị:",
        "\n".join(_reply_line(row) for row in submissions),
        *_about_attachments(attached, left_out),
        _SIGNATURE,
    ]
    return Mail(
        tuple(_reply_key(row) for row in submissions),
        contact.addresses,
        subject,
        "\n\n".join(paragraphs) + "\n",
        tuple(attached),
    )


def _about_attachments(attached: Sequence[Path], left_out: Sequence[Path]) -> Iterable[str]:
    if attached:
        yield (
            "Sổ tính gửi kèm là tệp của chính đơn vị: mở sheet Kết quả kiểm tra để xem từng ô cần "
            "sửa và cách sửa."
        )
    if left_out:
        names = ", ".join(path.name for path in left_out)
        yield f"Tệp quá lớn để gửi kèm, xin liên hệ nơi nhận báo cáo để lấy: {names}."


def _reply_line(row: dict[str, Any]) -> str:
    period = f", kỳ {period_label_vi(row['reporting_period'])}" if row["reporting_period"] else ""
    state = f"đã tiếp nhận, {row['warning_count']} cảnh báo"
    if row["status"] == SubmissionStatus.REFUSED:
        state = f"chưa tiếp nhận, {row['error_count']} lỗi; đề nghị sửa rồi gửi lại cả tệp"
    day = format_date(local_day(row["received_at"]))
    return f"- {row['file_name']} (nhận ngày {day}{period}): {state}"


def _reply_key(row: dict[str, Any]) -> str:
    return f"reply:{row['submission_id']}"


def reminders(
    delivered: pl.DataFrame, now: datetime, reply_address: str | None
) -> list[dict[str, Any]]:
    """Ready letters for rows of :func:`etl.deadlines.delivered`: what is due, missing, refused."""
    today = local_day(now)
    letters = []
    for row in delivered.iter_rows(named=True):
        if is_to_remind(row, today):
            letter = reminder(row, row["locality"], today, reply_address)
            letters.append(
                {
                    **{name: row[name] for name in _NAMED},
                    "subject": letter.subject,
                    "text": letter.text,
                }
            )
    return letters


_NAMED = (
    "locality_id",
    "locality",
    "reporting_period",
    "rule_id",
    "status",
    "days_late",
    "confidence",
)


def send_reminders(
    settings: Settings, catalogue: Catalogue, letters: Sequence[dict[str, Any]], now: datetime
) -> MailReport:
    """Mail the letters, each at most once in ``mail_reminder_days``.

    Raises:
        SettingsError: the contacts are wrong.
        PipelineBusy: another process is sending.
    """
    contacts = read_contacts(settings.contacts, catalogue.localities["locality_id"])
    oldest = now - timedelta(days=settings.mail_reminder_days)
    with sent_log(settings) as log:
        waiting, unknown = _unreminded(letters, contacts, log, oldest)
        mails = [_reminder_mail(contact, found) for contact, found in waiting.items()]
        report = send(settings, mails, log, now)
    return MailReport(report.sent, report.failed, unknown)


def _unreminded(
    letters: Sequence[dict[str, Any]], contacts: Sequence[Contact], log: SentLog, oldest: datetime
) -> tuple[dict[Contact, list[dict[str, Any]]], int]:
    """Letters to send, by organisation, and how many nobody is known for."""
    waiting: dict[Contact, list[dict[str, Any]]] = {}
    unknown = 0
    for letter in letters:
        of_locality = [one for one in contacts if one.locality_id == letter["locality_id"]]
        unknown += not of_locality
        for contact in of_locality:
            last = log.last(_reminder_key(letter, contact))
            if last is None or last <= oldest:
                waiting.setdefault(contact, []).append(letter)
    return waiting, unknown


def _reminder_mail(contact: Contact, letters: Sequence[dict[str, Any]]) -> Mail:
    subject = letters[0]["subject"]
    if len(letters) > 1:
        subject = f"Nhắc nộp {len(letters)} báo cáo bình đẳng giới: {letters[0]['locality']}"
    text = _SEPARATOR.join(letter["text"] for letter in letters)
    keys = tuple(_reminder_key(letter, contact) for letter in letters)
    return Mail(keys, contact.addresses, subject, f"{text}\n{_SIGNATURE}\n")


def _reminder_key(letter: dict[str, Any], contact: Contact) -> str:
    parts = (letter["rule_id"], letter["locality_id"], letter["reporting_period"])
    return f"reminder:{':'.join(parts)}:{contact.organisation}"
