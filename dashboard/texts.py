"""Every word that the board itself says, Vietnamese first, English second.

Names of localities, targets, sources and statuses come from the release, never from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from dashboard.address import Language
from dashboard.wordings.background import BACKGROUND
from dashboard.wordings.catalogue import CATALOGUE
from dashboard.wordings.changes import CHANGES
from dashboard.wordings.delivery import DELIVERY
from dashboard.wordings.exploration import EXPLORATION
from dashboard.wordings.exports import EXPORTS
from dashboard.wordings.files import FILES
from dashboard.wordings.hints import HINTS
from dashboard.wordings.interface import INTERFACE
from dashboard.wordings.judgement import JUDGEMENT
from dashboard.wordings.locality import LOCALITY
from dashboard.wordings.overview import OVERVIEW
from dashboard.wordings.provinces import PROVINCES
from dashboard.wordings.quality import QUALITY
from dashboard.wordings.rules import RULES
from dashboard.wordings.target import TARGET
from dashboard.wordings.tracing import TRACING
from dashboard.wordings.units import UNITS

# Each text as (Vietnamese, English); an English plural has a key of its own, ending in "#one".
TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    **INTERFACE,
    **HINTS,
    **JUDGEMENT,
    **UNITS,
    **DELIVERY,
    **BACKGROUND,
    **CHANGES,
    **EXPLORATION,
    **LOCALITY,
    **OVERVIEW,
    **PROVINCES,
    **QUALITY,
    **RULES,
    **CATALOGUE,
    **TRACING,
    **FILES,
    **EXPORTS,
    **TARGET,
}


class Words(NamedTuple):
    """The texts in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its places filled; an unknown key is a fault of ours."""
        return TEXTS[key][self._column].format(**values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """The text of ``key`` for a number of things, with ``{count}`` among its places."""
        form = f"{key}#one" if count == 1 and f"{key}#one" in TEXTS else key
        return self(form, count=count, **values)

    def known(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in TEXTS

    def pick(self, row: Mapping[str, object], field: str) -> str:
        """The name of something in the release: ``<field>_vi`` or ``<field>_en``."""
        return str(row[f"{field}_{self.language}"] or row[f"{field}_vi"] or "")

    @property
    def _column(self) -> int:
        return 0 if self.language == "vi" else 1
