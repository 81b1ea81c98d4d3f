"""Stage *read* over archived files: bytes → grids → what was recognised as the form."""

from __future__ import annotations

from dataclasses import dataclass

from etl.batch import ReceivedFile
from etl.information import ReadForm
from etl.layout import FormContent, lay_out
from etl.limits import ReadLimits
from etl.read import Grid, read


@dataclass(frozen=True)
class ReadFile:
    """A file through stage *read*, with what its reply needs."""

    form: ReadForm
    content: bytes
    grids: list[Grid]


def read_file(file: ReceivedFile, content: bytes, limits: ReadLimits) -> ReadFile:
    """Read one file; faults are findings in the form."""
    result = read(content, file.file_name, limits)
    if not result.grids:
        return ReadFile(ReadForm(file, FormContent(findings=result.findings)), content, [])
    form = lay_out(result.grids, result.findings)
    return ReadFile(ReadForm(file, form), content, result.grids)
