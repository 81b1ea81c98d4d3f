"""What the page Chỉ tiêu is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.address import NATION, View
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.texts import Words
from indicators.numbers import format_date


@dataclass(frozen=True)
class Subject:
    """What the page is about: the release, the locality and the words to use."""

    release: Release
    locality: Row
    target: Row
    view: View
    words: Words
    codes: Mapping[tuple[str, str], str]

    @property
    def locality_id(self) -> str:
        """Identity of the locality whose trend is shown."""
        return str(self.locality["locality_id"])

    @property
    def target_id(self) -> str:
        """Identity of the target."""
        return str(self.target["target_id"])

    @property
    def is_nation(self) -> bool:
        """Whether all localities are what is asked for first."""
        return self.locality_id == NATION

    @property
    def released(self) -> str:
        """The release in words."""
        created = queries.info(self.release)["created_at"].date()
        return self.words("release_of", date=format_date(created, self.words.language))

    @property
    def families(self) -> dict[str, str]:
        """Names of source families by code."""
        return {code: name for (of, code), name in self.codes.items() if of == "CL_SOURCE_FAMILY"}
