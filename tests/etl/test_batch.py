"""How many files are in memory at once."""

import pytest

from etl.batch import ReceivedFile, in_batches
from tests.etl.conftest import NOW


def files(*sizes: int) -> list[ReceivedFile]:
    return [
        ReceivedFile(f"{number}", 1, number, NOW, f"{number}.xlsx", "", "", size)
        for number, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1, 1, 1, 1, 1], [[0, 1], [2, 3], [4]]),  # at most two
        ([60, 40, 1], [[0, 1], [2]]),  # exactly 100 bytes
        ([60, 41, 1], [[0], [1, 2]]),
        ([500, 1, 500], [[0], [1], [2]]),  # a large one alone
    ],
)
def test_batches_are_bounded_in_number_and_in_size(
    sizes: list[int], expected: list[list[int]]
) -> None:
    batches = in_batches(files(*sizes), most_files=2, most_bytes=100)
    assert [[file.sequence for file in batch] for batch in batches] == expected
