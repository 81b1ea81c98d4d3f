"""Sending through SMTP, and the log of what was sent, which one sender holds at a time.

The log lies beside the contacts, outside ``data/processed``: what can be rebuilt from the archive
is rebuilt, a mail that was sent must not be sent again.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

import orjson
import structlog
from filelock import FileLock, Timeout

from etl.settings import Settings
from indicators.errors import PipelineBusy

TIMEOUT_SECONDS = 30
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class Mail:
    """One mail to one organisation; ``keys`` say what it answers for, see :class:`SentLog`."""

    keys: tuple[str, ...]
    to: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[Path, ...] = ()


@dataclass(frozen=True)
class MailReport:
    """What became of the mails of one round."""

    sent: int = 0
    failed: int = 0
    without_address: int = 0  # nobody in the contacts to write to


@dataclass(frozen=True)
class _Sent:
    sent_at: str  # naive UTC
    key: str
    to: Sequence[str]
    subject: str


class SentLog:
    """What was sent when, one JSON line each: ``reply:<submission>``, ``reminder:<…>``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = {line.key: datetime.fromisoformat(line.sent_at) for line in self._lines()}

    def last(self, key: str) -> datetime | None:
        """When something was sent last (naive UTC), or None."""
        return self._last.get(key)

    def add(self, mail: Mail, now: datetime) -> None:
        """Write down a mail that went out, before anything else can fail."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [_Sent(now.isoformat(), key, mail.to, mail.subject) for key in mail.keys]
        with self._path.open("ab") as file:
            file.write(b"".join(orjson.dumps(asdict(line)) + b"\n" for line in lines))
        self._last |= dict.fromkeys(mail.keys, now)

    def _lines(self) -> Iterable[_Sent]:
        if not self._path.exists():
            return
        for line in self._path.read_bytes().splitlines():
            try:
                yield _Sent(**orjson.loads(line))
            except (orjson.JSONDecodeError, TypeError):
                # The last line of a power cut: its mail may go out twice, which is the lesser evil.
                structlog.get_logger().warning("sent_log_line_unreadable", path=str(self._path))


@contextmanager
def sent_log(settings: Settings) -> Iterator[SentLog]:
    """The log of what was sent, held while it is added to, so that no mail goes out twice.

    Nothing is sent where the log cannot be written.

    Raises:
        PipelineBusy: another process is sending.
        OSError: the directory cannot be written.
    """
    settings.sent_log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.sent_log.with_suffix(".lock"), timeout=0):
            yield SentLog(settings.sent_log)
    except Timeout:
        raise PipelineBusy(
            "Một lượt khác đang gửi thư; hãy đợi lượt đó xong (another process is sending mail)"
        ) from None


def send(settings: Settings, mails: Sequence[Mail], log: SentLog, now: datetime) -> MailReport:
    """Send over one connection; a mail that fails is logged and left for the next round.

    Never raises for what a mail server does or does not do.
    """
    if not mails:
        return MailReport()
    sent = failed = 0
    logger = structlog.get_logger()
    try:
        with _connection(settings) as server:
            for mail in mails:
                try:
                    bounced = server.send_message(_message(settings, mail, now), to_addrs=mail.to)
                except smtplib.SMTPServerDisconnected:
                    raise
                except (smtplib.SMTPException, ValueError, OSError) as error:
                    failed += 1
                    logger.warning("mail_failed", to=", ".join(mail.to), error=_line(error))
                else:
                    log.add(mail, now)
                    sent += 1
                    for address, (_code, reason) in bounced.items():
                        # Another address of the same organisation took it.
                        words = reason.decode(errors="replace")
                        logger.warning("mail_address_refused", to=address, error=words)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # ValueError: a user name or password that this protocol cannot carry.
        failed = len(mails) - sent
        logger.warning("mail_server_failed", host=settings.smtp_host, error=_line(error))
    return MailReport(sent, failed)


def _connection(settings: Settings) -> smtplib.SMTP:
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    try:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _message(settings: Settings, mail: Mail, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.smtp_from
    message["To"] = ", ".join(mail.to)
    message["Reply-To"] = settings.reply_address
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=settings.smtp_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office answers to it
    message.set_content(mail.text)
    for path in mail.attachments:
        message.add_attachment(
            path.read_bytes(), maintype=_XLSX[0], subtype=_XLSX[1], filename=path.name
        )
    return message


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
