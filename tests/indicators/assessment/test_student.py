"""Against the printed table of Student's t (two-sided)."""

import pytest

from indicators.assessment.student import two_sided_quantile


@pytest.mark.parametrize(
    ("confidence", "degrees", "t"),
    [
        (0.80, 1, 3.0777),
        (0.80, 2, 1.8856),
        (0.80, 3, 1.6377),
        (0.80, 4, 1.5332),
        (0.80, 5, 1.4759),
        (0.95, 2, 4.3027),
        (0.95, 8, 2.3060),
        (0.95, 9, 2.2622),
        (0.99, 3, 5.8409),
    ],
)
def test_quantile(confidence: float, degrees: int, t: float) -> None:
    assert two_sided_quantile(confidence, degrees) == pytest.approx(t, abs=5e-5)
