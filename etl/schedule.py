"""``etl schedule``: runs for an office that has neither cron nor systemd nor a task scheduler."""

from __future__ import annotations

import re
import signal
import traceback
from collections.abc import Callable
from datetime import datetime
from types import FrameType

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from etl import pipeline
from etl.letters import send_replies
from etl.log import utc_now
from etl.settings import Settings
from indicators.errors import GenderStatisticsError, PipelineBusy, SettingsError
from indicators.expected import TIME_ZONE


def trigger_of(expression: str) -> CronTrigger:
    """A cron expression of five fields, in the time of Viet Nam.

    Raises:
        SettingsError: it cannot be read, or numbers the days of the week, which cron and this
            scheduler count differently (0 is Sunday there and Monday here).
    """
    fields = expression.split()
    if len(fields) == 5 and re.search(r"\d", fields[4].replace("*/", "")):
        raise SettingsError(
            f'GENDER_STATS_SCHEDULE "{expression}": thứ phải ghi bằng chữ, ví dụ mon-fri'
        )
    try:
        return CronTrigger.from_crontab(expression, timezone=TIME_ZONE)
    except ValueError as error:
        raise SettingsError(
            f'GENDER_STATS_SCHEDULE "{expression}" không đọc được: {error}; '
            'ví dụ đúng: "*/15 * * * *" (15 phút một lần), "30 7 * * mon-fri"'
        ) from None


def scheduled_run(settings: Settings) -> None:
    """One run; whatever fails is on the log and in the record, and the next turn tries again."""
    logger = structlog.get_logger()
    try:
        report = pipeline.run(settings, [], utc_now())
        logger.info("run_ended", received=report.received, release_id=report.release_id)
        send_replies(settings, utc_now())
    except PipelineBusy:
        logger.info("run_left_out", reason="busy")
    except (GenderStatisticsError, OSError) as error:
        logger.error("run_failed", error=str(error))
    except Exception as error:  # noqa: BLE001 - one bad turn must not end the schedule
        where = " | ".join(traceback.format_exc().splitlines())
        logger.error("run_failed", error=f"{type(error).__name__}: {error}", traceback=where)


def build_scheduler(settings: Settings, job: Callable[[Settings], None]) -> BlockingScheduler:
    """The scheduler, not yet started: one run at a time, missed turns made up for once.

    The first run is at once.

    Raises:
        SettingsError: the cron expression cannot be read.
    """
    trigger = trigger_of(settings.schedule)
    scheduler = BlockingScheduler(timezone=trigger.timezone)
    scheduler.add_job(
        job,
        trigger,
        args=[settings],
        id="run",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=datetime.now(trigger.timezone),
    )
    return scheduler


def keep_running(settings: Settings) -> None:
    """Run on schedule until the process is asked to end; a run at work is finished first.

    Raises:
        SettingsError: the cron expression cannot be read.
    """
    scheduler = build_scheduler(settings, scheduled_run)
    signal.signal(signal.SIGTERM, _end)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        structlog.get_logger().info("schedule_ended")
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=True)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
