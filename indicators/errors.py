"""Errors of the program, as opposed to faults in received data (which are rows, never exceptions).

::

    GenderStatisticsError            base of every error that we raise on purpose
    ├── CatalogueError               a catalogue file is wrong: names file, row and column
    ├── TextFormatError              a text is not what its place asks for (``indicators.numbers``)
    │   ├── NumberFormatError        not a number, or a number with two readings
    │   └── DateFormatError          neither a date nor a reporting period
    ├── UnknownLocality              no locality of that code, name or identity on that date
    │   └── NotALocality             a row or remark of a table that is no locality at all
    ├── UnknownPeriod                no report is expected for that period
    ├── UnknownRun                   no run of that number, or none up to that day
    ├── FileExists                   a file to be written exists already and was left as it is
    ├── SettingsError                a setting or an environment variable is wrong
    ├── PipelineBusy                 another ETL run holds the lock
    ├── WarehouseError               the warehouse cannot be opened or does not fit this version
    ├── PublishError                 a last check before publishing failed; nothing was switched
    └── ReleaseUnavailable           no release has been published yet, or it cannot be read

The command lines print ``str(error)`` as one line and exit with ``error.exit_code``.
"""


class GenderStatisticsError(Exception):
    """Base class; ``exit_code`` is what the command line returns."""

    exit_code = 1


class CatalogueError(GenderStatisticsError):
    """One or more catalogue files are wrong; ``faults`` lists each with file, row and column."""

    exit_code = 3

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class UnknownLocality(GenderStatisticsError):
    """No locality fits the given identity, code or name on the given date."""

    exit_code = 2


class NotALocality(UnknownLocality):
    """A label such as "Không xác định": its figures belong to no locality."""


class UnknownPeriod(GenderStatisticsError):
    """The reporting calendar expects nothing for the given period."""

    exit_code = 2


class UnknownRun(GenderStatisticsError):
    """No ETL run has that number, or none was started up to the given day."""

    exit_code = 2


class FileExists(GenderStatisticsError):
    """A file to be written exists already; it was left as it is."""

    exit_code = 2


class SettingsError(GenderStatisticsError):
    """A setting is missing or cannot be used."""

    exit_code = 2


class PipelineBusy(GenderStatisticsError):
    """Another ETL run is at work on the same data directory."""

    exit_code = 4


class WarehouseError(GenderStatisticsError):
    """The warehouse file cannot be opened or was written by another version."""

    exit_code = 5


class PublishError(GenderStatisticsError):
    """A check before publishing failed; the old release stays in place."""

    exit_code = 6


class ReleaseUnavailable(GenderStatisticsError):
    """There is no published release to read."""

    exit_code = 7
