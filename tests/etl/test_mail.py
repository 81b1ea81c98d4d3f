"""Mail through a real SMTP server on this machine."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from openpyxl import load_workbook
from structlog.testing import capture_logs
from typer.testing import CliRunner

from etl import cli, mail, pipeline
from etl.cli import app
from etl.contacts import Contact, contact_of, read_contacts
from etl.letters import send_reminders, send_replies
from etl.mail import MailReport, SentLog, sent_log
from etl.reply_pages import RESULT_SHEET
from etl.settings import Settings, load_settings
from indicators.catalogue import load_catalogue
from indicators.errors import PipelineBusy, SettingsError
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

BA_DINH, NGOC_HA = "00004@2025", "00008@2025"
CONTACTS = f"""locality_id,organisation,email
{BA_DINH},UBND phường Ba Đình,badinh@example.vn
{BA_DINH},UBND phường Ba Đình,vanphong.badinh@example.vn
{NGOC_HA},,ngocha@example.vn
"""


class Box:
    """A mail server's box; ``refusing`` addresses are turned away."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusing: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - the server's own name for it
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refusing:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Controller]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def mailing(settings: Settings, port: int, **values: Any) -> Settings:
    return settings.model_copy(
        update={
            "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": False,
            "smtp_from": "thongke@example.vn", "smtp_reply_to": "baocao@example.vn", **values,
        }
    )  # fmt: skip


@pytest.fixture
def office(settings: Settings, server: Controller) -> Settings:
    """Settings with a server and contacts."""
    write_contacts(settings, CONTACTS)
    return mailing(settings, server.port)


def write_contacts(settings: Settings, text: str) -> None:
    settings.contacts.parent.mkdir(parents=True, exist_ok=True)
    settings.contacts.write_text(text, encoding="utf-8")


def receive(settings: Settings, name: str, locality: str, now: datetime, **values: Any) -> None:
    line = observation(reported_value=111.4, source_family="REGISTRATION", **values)
    information = {"locality": locality, "organisation": "UBND phường Ba Đình"}
    Form([line], information=information).write(settings.inbox / name)
    pipeline.run(settings, [], now)


def test_a_refused_file_comes_back_marked_to_its_sender(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW, sex="?")
    assert send_replies(office, NOW) == MailReport(sent=1)
    (mail,) = box.mails
    assert box.recipients == [["badinh@example.vn", "vanphong.badinh@example.vn"]]
    assert mail["From"] == "thongke@example.vn"
    assert mail["Reply-To"] == "baocao@example.vn"
    assert mail["Subject"] == "Kết quả tiếp nhận báo cáo bình đẳng giới: 1 tệp cần sửa và gửi lại"
    assert mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert "Kính gửi: UBND phường Ba Đình" in text
    assert "- ba-dinh.xlsx (nhận ngày 21/11/2026, kỳ năm 2025): chưa tiếp nhận, 1 lỗi" in text
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "000001-ba-dinh.xlsx"
    assert RESULT_SHEET in load_workbook(io.BytesIO(attached.get_content())).sheetnames


def test_several_files_of_one_organisation_are_answered_in_one_mail(
    office: Settings, box: Box
) -> None:
    receive(office, "lan-1.xlsx", BA_DINH, NOW, sex="?")
    receive(office, "lan-2.xlsx", BA_DINH, NOW)
    assert send_replies(office, NOW).sent == 1
    body = box.mails[0].get_body()
    assert body is not None
    assert "lan-1.xlsx" in body.get_content()
    assert "lan-2.xlsx (nhận ngày 21/11/2026, kỳ năm 2025): đã tiếp nhận" in body.get_content()


def test_no_reply_goes_out_twice_and_a_rebuild_sends_none(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    send_replies(office, NOW)
    pipeline.rebuild(office, NOW)
    assert send_replies(office, NOW) == MailReport()
    assert len(box.mails) == 1


def test_files_from_before_mail_was_set_up_are_left_alone(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW - timedelta(days=15))
    assert send_replies(office, NOW) == MailReport()
    assert box.mails == []


def test_a_sender_without_an_address_is_counted(office: Settings, box: Box) -> None:
    receive(office, "hung-yen.xlsx", "33@2025", NOW)
    assert send_replies(office, NOW) == MailReport(without_address=1)
    assert box.mails == []


def test_a_mail_that_failed_is_tried_again_and_does_not_hold_up_others(
    office: Settings, box: Box
) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    receive(office, "ngoc-ha.xlsx", NGOC_HA, NOW)
    box.refusing = {"badinh@example.vn", "vanphong.badinh@example.vn"}
    assert send_replies(office, NOW) == MailReport(sent=1, failed=1)
    assert box.recipients == [["ngocha@example.vn"]]
    box.refusing = set()
    assert send_replies(office, NOW) == MailReport(sent=1)
    assert box.recipients[1] == ["badinh@example.vn", "vanphong.badinh@example.vn"]


def test_one_bounced_address_of_several_is_logged_and_the_mail_counts(
    office: Settings, box: Box
) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    box.refusing = {"badinh@example.vn"}
    with capture_logs() as logs:
        assert send_replies(office, NOW) == MailReport(sent=1)
    (line,) = [line for line in logs if line["event"] == "mail_address_refused"]
    assert (line["to"], line["error"]) == ("badinh@example.vn", "no such box")
    assert box.recipients == [["vanphong.badinh@example.vn"]]


def test_a_server_that_never_answers_is_given_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_contacts(settings, CONTACTS)
    receive(settings, "ba-dinh.xlsx", BA_DINH, NOW)
    monkeypatch.setattr(mail, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert send_replies(mailing(settings, silent.getsockname()[1]), NOW) == MailReport(failed=1)


def test_a_password_that_the_protocol_cannot_carry_stops_no_run(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    account = Settings(smtp_user="thongke", smtp_password="mật khẩu", _env_file=None)
    wrong = office.model_copy(
        update={"smtp_user": account.smtp_user, "smtp_password": account.smtp_password}
    )
    assert send_replies(wrong, NOW) == MailReport(failed=1)
    assert send_replies(office, NOW) == MailReport(sent=1)


def test_two_processes_never_send_the_same_mail(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    with sent_log(office):
        assert send_replies(office, NOW) == MailReport()
        with pytest.raises(PipelineBusy, match="đang gửi thư"):
            send_reminders(office, load_catalogue(), [], NOW)
    assert box.mails == []
    assert send_replies(office, NOW) == MailReport(sent=1)


def test_nothing_is_sent_where_it_could_not_be_written_down(office: Settings, box: Box) -> None:
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    office.sent_log.mkdir()
    assert send_replies(office, NOW) == MailReport()
    assert box.mails == []


def test_a_dead_server_stops_no_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write_contacts(settings, CONTACTS)
    dead = mailing(settings, 9)
    monkeypatch.setattr(cli, "load_settings", lambda: dead)
    line = observation(reported_value=111.4, source_family="REGISTRATION")
    Form([line], information={"locality": NGOC_HA}).write(settings.inbox / "a.xlsx")
    done = CliRunner().invoke(app, ["run"])
    assert done.exit_code == 0
    assert "Đã công bố bản" in done.stdout
    assert "Chưa gửi được 1 thư, lượt sau gửi lại" in done.stdout


def test_wrong_contacts_stop_no_run(
    office: Settings, box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contacts(office, "locality_id,organisation,email\n00004,UBND,a@example.vn\n")
    receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
    assert send_replies(office, NOW) == MailReport()
    assert box.mails == []
    assert "00004@2025" in str(capsys.readouterr())


def test_without_a_server_nothing_is_sent_or_written(settings: Settings) -> None:
    write_contacts(settings, CONTACTS)
    receive(settings, "ba-dinh.xlsx", BA_DINH, NOW)
    assert send_replies(settings, NOW) == MailReport()
    assert not settings.sent_log.exists()


def test_a_power_cut_inside_the_log_loses_one_line_only(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    path.write_text(
        '{"sent_at":"2026-11-21T03:00:00","key":"reply:1","to":[],"subject":"x"}\n{"sent_at":"20'
    )
    log = SentLog(path)
    assert (log.last("reply:1"), log.last("reply:2")) == (NOW, None)


def test_encryption_and_a_password(
    settings: Settings, box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    certificate = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)

    def only_ours(*arguments: Any) -> AuthResult:
        given = arguments[-1]
        assert isinstance(given, LoginPassword)
        return AuthResult(success=(given.login, given.password) == (b"thongke", b"mat khau"))

    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
        auth_required=True, authenticator=only_ours,
    )  # fmt: skip
    controller.start()
    try:
        write_contacts(settings, CONTACTS)
        account = {"smtp_starttls": True, "smtp_user": "thongke"}
        password = Settings(smtp_password="mat khau", _env_file=None).smtp_password
        office = mailing(settings, controller.port, smtp_password=password, **account)
        receive(office, "ba-dinh.xlsx", BA_DINH, NOW)
        # A certificate of an unknown authority is not accepted.
        assert send_replies(office, NOW) == MailReport(failed=1)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        other = Settings(smtp_password="mat khau cu", _env_file=None).smtp_password
        for wrong in ({"smtp_user": "ai-do"}, {"smtp_password": other}):
            assert send_replies(office.model_copy(update=wrong), NOW) == MailReport(failed=1)
        assert send_replies(office, NOW) == MailReport(sent=1)
    finally:
        controller.stop()
    assert "mat khau" not in repr(office)


def test_reminders_go_to_every_organisation_once_a_week(
    office: Settings, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remind(now: datetime) -> str:
        monkeypatch.setattr(cli, "load_settings", lambda: office)
        monkeypatch.setattr(cli, "_now", lambda: now)
        done = CliRunner().invoke(app, ["remind", "--period", "2025", "--send"])
        assert done.exit_code == 0
        return done.stdout

    assert "Đã gửi 2 thư điện tử" in remind(NOW)
    assert "Đã gửi" not in remind(NOW + timedelta(days=6))
    assert "Đã gửi 2 thư điện tử" in remind(NOW + timedelta(days=7))
    assert len(box.mails) == 4
    by_box = {
        recipients[0]: mail for recipients, mail in zip(box.recipients, box.mails, strict=True)
    }
    mail = by_box["ngocha@example.vn"]
    assert mail["Subject"] == "Nhắc nộp báo cáo bình đẳng giới năm 2025: phường Ngọc Hà"
    body = mail.get_body()
    assert body is not None
    assert "gửi cả tệp tới địa chỉ baocao@example.vn" in body.get_content()


# Contacts and settings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a,b,c\n", "dòng đầu phải là locality_id,organisation,email"),
        ("locality_id,organisation,email\n99@2025,X,a@b.vn\n", "dòng 2, cột locality_id"),
        (f"locality_id,organisation,email\n{BA_DINH},X,a@b\n", "dòng 2, cột email"),
        (f"locality_id,organisation,email\n{BA_DINH},X,\"a@b.vn, c@d.vn\"\n", "cột email"),
    ],
)  # fmt: skip
def test_a_fault_of_the_contacts_is_named(settings: Settings, text: str, fault: str) -> None:
    write_contacts(settings, text)
    with pytest.raises(SettingsError, match=fault):
        read_contacts(settings.contacts, [BA_DINH])


def test_a_file_saved_by_a_spreadsheet_is_read(settings: Settings) -> None:
    write_contacts(settings, "\ufeff" + CONTACTS.replace("\n", "\r\n"))
    found = read_contacts(settings.contacts, [BA_DINH, NGOC_HA])
    assert [one.addresses for one in found] == [
        ("badinh@example.vn", "vanphong.badinh@example.vn"),
        ("ngocha@example.vn",),
    ]


WARD = Contact(BA_DINH, "UBND phường Ba Đình", ("a@example.vn",))
HEALTH = Contact(BA_DINH, "Trạm Y tế", ("b@example.vn",))
OTHER = Contact(NGOC_HA, "Trạm Y tế", ("c@example.vn",))
OFFICE = Contact(BA_DINH, "", ("d@example.vn",))


@pytest.mark.parametrize(
    ("contacts", "locality_id", "organisation", "expected"),
    [
        ([WARD, HEALTH], BA_DINH, "ubnd PHƯỜNG ba đình", WARD),
        ([WARD, HEALTH], BA_DINH, "Công an phường", None),
        ([WARD, OFFICE], BA_DINH, "Công an phường", OFFICE),
        ([HEALTH, OTHER], NGOC_HA, "Trạm Y tế", OTHER),
        ([HEALTH, OTHER], None, "Trạm Y tế", None),  # two of that name: nobody is guessed
        ([WARD, OTHER], None, "Trạm Y tế", OTHER),
        ([OFFICE], None, None, None),
    ],
)
def test_who_is_answered(
    contacts: list[Contact],
    locality_id: str | None,
    organisation: str | None,
    expected: Contact | None,
) -> None:
    assert contact_of(contacts, locality_id, organisation) == expected


def test_a_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENDER_STATS_SMTP_HOST", "mail.example.vn")
    with pytest.raises(SettingsError, match="GENDER_STATS_SMTP_FROM"):
        load_settings()
