"""The files of the catalogue as Pandera models, for what is not a table of the release.

``FILES`` is the list of what a catalogue directory holds; every file is checked against its
model before the cross-checks look at it.
"""

from __future__ import annotations

from datetime import date

import pandera.polars as pa

from indicators.tables import (
    Decimal9,
    Definitions,
    Indicators,
    Int,
    Localities,
    LocalityEvents,
    LocalityFormerStates,
    LocalitySuccession,
    Programmes,
    Table,
    TargetMilestones,
    Targets,
    Text,
)


class IndicatorRows(Indicators):
    """indicators.csv: the table of the release and what only the office needs."""

    origin: Text = pa.Field(isin=["candidate", "added"])  # of the working list, or ours
    note: Text = pa.Field(nullable=True)


class LocalityRows(Localities):
    """localities.csv: the country alone belongs to no version of the map."""

    geo_version: Text = pa.Field(nullable=True)


class NearBands(Table):
    """How near "gần đạt" is; row ``*`` holds for targets without their own. Key: ``target_id``."""

    target_id: Text = pa.Field(unique=True)
    whole_units: Int = pa.Field(nullable=True)
    share_of_target: Decimal9 = pa.Field(nullable=True)
    absolute: Decimal9 = pa.Field(nullable=True)  # in units of the indicator
    reason_vi: Text
    source: Text


class MethodParameters(Table):
    """Numbers of the assessment method. Key: (method_version, parameter)."""

    method_version: Text
    parameter: Text
    value: Decimal9
    description_vi: Text
    description_en: Text


class ReportingCalendar(Table):
    """Who reports which period to whom before which day. Key: ``rule_id``."""

    rule_id: Text = pa.Field(unique=True)
    locality_id: Text  # the unit itself, or the one whose units of ``reporter_level`` report
    reporter_level: Text = pa.Field(isin=["province", "district", "commune"])
    reporters_vi: Text
    report_kind: Text = pa.Field(isin=["plan", "half_year", "annual"])
    recipient_vi: Text
    due_before: Text = pa.Field(nullable=True)  # MM-DD; null: the text names no day
    valid_from: date
    valid_to: date = pa.Field(nullable=True)
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class Corrections(Table):
    """Known errors of received figures. Key: ``correction_id``."""

    correction_id: Text = pa.Field(unique=True)
    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    column_name: Text = pa.Field(isin=["reported_value", "numerator", "denominator"])
    expected_value: Decimal9  # applies only while the received value equals this one
    action: Text = pa.Field(isin=["replace", "remove"])
    corrected_value: Decimal9 = pa.Field(nullable=True)
    reason_vi: Text
    decided_by: Text = pa.Field(nullable=True)  # who answers for it: office or person
    reported_to: Text = pa.Field(nullable=True)
    reported_on: date = pa.Field(nullable=True)


class CodeRows(Table):
    """One file of code_lists/. Key: ``code``."""

    code: Text = pa.Field(unique=True)
    name_vi: Text
    name_en: Text
    description: Text = pa.Field(nullable=True)


class GeoVersions(Table):
    """A state of the administrative map. Key: ``geo_version``."""

    geo_version: Text = pa.Field(unique=True)
    name_vi: Text
    name_en: Text
    valid_from: date
    valid_to: date = pa.Field(nullable=True)
    legal_basis: Text
    note: Text = pa.Field(nullable=True)


class LocalityFiles(Table):
    """What all rows of one short locality file have in common. Key: ``file``."""

    file: Text = pa.Field(unique=True)
    geo_version: Text
    level: Text = pa.Field(isin=["district", "commune"])
    parent_geo_version: Text
    legal_basis: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text


class ShortLocalities(Table):
    """Districts and communes: a row without what ``files.csv`` says of all. Key: ``code``."""

    code: Text = pa.Field(unique=True)
    type_vi: Text
    name_vi: Text
    parent_code: Text
    valid_from: date = pa.Field(nullable=True)
    valid_to: date = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)


class CommuneSuccession(Table):
    """Old communes and island districts → communes. Key: (predecessor_code, successor_code)."""

    predecessor_code: Text
    successor_code: Text
    relation: Text = pa.Field(isin=["whole", "part"])
    is_default: bool


class OtherNames(Table):
    """Names that people write beside those of the units: short and old ones, labels of no unit."""

    name: Text = pa.Field(unique=True)
    kind: Text = pa.Field(isin=["alias", "abolished", "no_locality"])
    code: Text = pa.Field(nullable=True)  # aliases only
    geo_version: Text = pa.Field(nullable=True)  # null: of all versions
    note_vi: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text


class Population(Table):
    """Average population of a year, thousand persons. Key: (locality_id, year)."""

    locality_id: Text
    year: Int
    total: Decimal9
    male: Decimal9
    female: Decimal9
    obs_status: Text
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class PxTables(Table):
    """Tables of the statistics office's table server (PX-Web) that are read. Key: ``table_id``.

    Titles are phrases parted by ``|``; one of either language must stand in the title (case and
    accents do not count), none of ``title_without``. The longest phrase found wins.
    """

    table_id: Text = pa.Field(unique=True)
    title_vi: Text
    title_en: Text
    title_without: Text = pa.Field(nullable=True)
    source_family: Text
    geo_versions: Text  # joined with ";", the one tried first in front
    note: Text = pa.Field(nullable=True)


class PxSeries(Table):
    """What a table holds. Key: (table_id, measure); empty: lines that name no measure."""

    table_id: Text
    measure: Text = pa.Field(nullable=True)  # phrases parted by "|"
    indicator_id: Text = pa.Field(nullable=True)  # null: known, but not taken
    sex: Text = pa.Field(nullable=True)  # of the whole table, where it names one sex
    breakdown: Text
    definition: Text
    unit_factor: Decimal9  # table's unit × factor = unit of the indicator
    note: Text = pa.Field(nullable=True)


class PxWords(Table):
    """Words in headings and stubs of such tables. Key: ``word``, compared folded."""

    word: Text = pa.Field(unique=True)
    dimension: Text = pa.Field(
        isin=["SEX", "AGE", "BREAKDOWN", "TOTAL", "PLACE", "NO_PLACE", "UNIT", "FOOTER"]
    )
    code: Text = pa.Field(nullable=True)  # of a place: without version of the map


CODE_LISTS = (
    "CL_SEX",
    "CL_AGE",
    "CL_OBS_STATUS",
    "CL_CONF_STATUS",
    "CL_UNIT_MEASURE",
    "CL_SOURCE_FAMILY",
    "CL_BREAKDOWN",
    "CL_CONFIDENCE",
)

FILES: dict[str, type[Table]] = {
    "indicators.csv": IndicatorRows,
    "definitions.csv": Definitions,
    "programmes.csv": Programmes,
    "targets.csv": Targets,
    "target_milestones.csv": TargetMilestones,
    "near_bands.csv": NearBands,
    "method_parameters.csv": MethodParameters,
    "reporting_calendar.csv": ReportingCalendar,
    "corrections.csv": Corrections,
    **{f"code_lists/{name}.csv": CodeRows for name in CODE_LISTS},
    "localities/geo_versions.csv": GeoVersions,
    "localities/localities.csv": LocalityRows,
    "localities/files.csv": LocalityFiles,
    "localities/districts_2004.csv": ShortLocalities,
    "localities/communes_2004.csv": ShortLocalities,
    "localities/communes_2025.csv": ShortLocalities,
    "localities/succession.csv": LocalitySuccession,
    "localities/commune_succession.csv": CommuneSuccession,
    "localities/former_states.csv": LocalityFormerStates,
    "localities/events.csv": LocalityEvents,
    "localities/other_names.csv": OtherNames,
    "localities/population.csv": Population,
    "px_tables/tables.csv": PxTables,
    "px_tables/series.csv": PxSeries,
    "px_tables/words.csv": PxWords,
}
