"""Cross-checks: what one file of the catalogue says against what the others say.

Each check takes the loaded files and returns its faults; none stops at the first.
"""

from indicators.catalogue.checks.former_states import check_former_states
from indicators.catalogue.checks.indicators import check_indicators
from indicators.catalogue.checks.loaded import Loaded
from indicators.catalogue.checks.localities import check_localities
from indicators.catalogue.checks.milestones import check_milestones
from indicators.catalogue.checks.px_tables import check_px_tables
from indicators.catalogue.checks.settings import check_settings
from indicators.catalogue.checks.targets import check_targets
from indicators.catalogue.reading import Fault

_CHECKS = (
    check_indicators,
    check_localities,
    check_former_states,
    check_targets,
    check_milestones,
    check_settings,
    check_px_tables,
)


def cross_check(loaded: Loaded) -> list[Fault]:
    """All faults of all checks."""
    return [fault for check in _CHECKS for fault in check(loaded)]


__all__ = ["Loaded", "cross_check"]
