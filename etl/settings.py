"""Settings of the ETL, from the environment (``GENDER_STATS_…``) or a ``.env`` file."""

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.limits import ReadLimits
from indicators.errors import SettingsError


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """Where data lie and what limits hold. Every field can be set as ``GENDER_STATS_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="GENDER_STATS_", env_file=".env", extra="ignore", frozen=True
    )

    data_directory: Path = Path("data")
    keep_releases: int = Field(default=12, ge=1)  # older ones are pruned after publishing
    batch_size: int = Field(default=500, ge=1)  # submissions read and loaded together
    batch_megabytes: int = Field(default=100, ge=1)  # … unless they are larger than this together
    settle_seconds: float = Field(default=2.0, ge=0)  # a younger inbox file is still being copied
    maximum_file_megabytes: int = Field(default=50, ge=1)
    maximum_unzipped_megabytes: int = Field(default=100, ge=1)
    maximum_sheets: int = Field(default=100, ge=1)
    maximum_rows: int = Field(default=100_000, ge=1)  # of one sheet
    maximum_columns: int = Field(default=1_000, ge=1)
    maximum_cells: int = Field(default=2_000_000, ge=1)  # of all sheets, empty ones included
    maximum_characters: int = Field(default=10_000, ge=1)  # of one cell
    maximum_reading_seconds: float = Field(default=30.0, gt=0)  # of one file
    maximum_reading_megabytes: int = Field(default=1_500, ge=200)  # memory of a worker
    worker_processes: int = Field(default_factory=_cores, ge=1)  # that read, and that answer
    schedule: str = "*/15 * * * *"  # cron expression of «etl schedule», time of Viet Nam
    smtp_host: str = ""  # empty: no mail is sent
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_starttls: bool = True
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = Field(default="", validate_default=True)
    smtp_reply_to: str = ""  # empty: answers go to ``smtp_from``
    mail_reply_days: int = Field(default=14, ge=1)  # older files are no longer answered by mail
    mail_reminder_days: int = Field(default=7, ge=1)  # least days between two same reminders

    @field_validator("smtp_from")
    @classmethod
    def _a_sender_where_mail_is_sent(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("smtp_host") and "@" not in value:
            raise ValueError("cần địa chỉ gửi khi đã đặt GENDER_STATS_SMTP_HOST")
        return value

    @property
    def inbox(self) -> Path:
        """Where files arrive."""
        return self.data_directory / "raw" / "inbox"

    @property
    def archive(self) -> Path:
        """Where every received file is kept, never edited, never deleted."""
        return self.data_directory / "raw" / "archive"

    @property
    def processed(self) -> Path:
        """Where everything lies that can be rebuilt from the archive."""
        return self.data_directory / "processed"

    @property
    def warehouse(self) -> Path:
        """The database that only the ETL opens."""
        return self.processed / "warehouse.duckdb"

    @property
    def replies(self) -> Path:
        """Answers to the senders: a .json per submission, an .xlsx where there are findings."""
        return self.processed / "replies"

    @property
    def last_run(self) -> Path:
        """Record of the last run."""
        return self.processed / "last_run.json"

    @property
    def contacts(self) -> Path:
        """Addresses of the reporting units, kept by the office."""
        return self.data_directory / "mail" / "contacts.csv"

    @property
    def sent_log(self) -> Path:
        """What was mailed when; not under ``processed``, since no archive could bring it back."""
        return self.data_directory / "mail" / "sent.jsonl"

    @property
    def reply_address(self) -> str:
        """Where answers to our mails go."""
        return self.smtp_reply_to or self.smtp_from

    @property
    def limits(self) -> ReadLimits:
        """What a received file may cost."""
        return ReadLimits(
            maximum_bytes=self.maximum_file_megabytes * 1_000_000,
            maximum_unzipped_bytes=self.maximum_unzipped_megabytes * 1_000_000,
            maximum_sheets=self.maximum_sheets,
            maximum_rows=self.maximum_rows,
            maximum_columns=self.maximum_columns,
            maximum_cells=self.maximum_cells,
            maximum_characters=self.maximum_characters,
            maximum_seconds=self.maximum_reading_seconds,
            maximum_process_bytes=self.maximum_reading_megabytes * 1_000_000,
        )


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"GENDER_STATS_{'_'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(f"Cấu hình sai (settings): {faults}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Không đọc được tệp .env, cần viết bằng UTF-8 (.env cannot be read: {error})"
        ) from None
