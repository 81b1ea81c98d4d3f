"""What is said of a received file. Apart from the tables, because replies are made in processes
that must start quickly.
"""

from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error refuses the file, a warning stays with the data."""

    ERROR = "error"
    WARNING = "warning"


class SubmissionStatus(StrEnum):
    """What became of a received file."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
