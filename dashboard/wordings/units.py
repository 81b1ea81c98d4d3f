"""Words of units: after a value, and as the size of a gap.

``unit.<code>`` follows a value, ``gap.<code>`` is the size of a difference, ``title.<code>`` stands
in the title line of a figure. An indicator may have words of its own under its own id.
``thing.<indicator>`` is what a whole unit of its numerator is, ``counts.<indicator>`` says what its
numerator and denominator are where they count no things.
"""

from typing import Final

UNITS: Final[dict[str, tuple[str, str]]] = {
    "value.yes": ("có", "yes"),
    "value.no": ("không", "no"),
    "unit.PERCENT": ("{value}%", "{value}%"),
    "unit.RATIO": ("{value} lần", "{value} times"),
    "unit.YEARS": ("{value} năm", "{value} years"),
    "unit.HOURS_PER_WEEK": ("{value} giờ/tuần", "{value} hours a week"),
    "unit.PERSONS": ("{value} người", "{value} persons"),
    "unit.THOUSAND_PERSONS": ("{value} nghìn người", "{value} thousand persons"),
    "unit.VND_PER_MONTH": ("{value} đồng/tháng", "{value} dong a month"),
    "gap.PERCENT": ("{value} điểm phần trăm", "{value} percentage points"),
    "gap.MALES_PER_100_FEMALES": ("{value} nam/100 nữ", "{value} males per 100 females"),
    "gap.SEX_RATIO_AT_BIRTH": ("{value} bé trai/100 bé gái", "{value} boys per 100 girls"),
    "gap.RATIO": ("{value} lần", "{value} times"),
    "gap.PER_1000": ("{value} phần nghìn", "{value} per 1,000"),
    "gap.ADOLESCENT_BIRTH_RATE": ("{value} ca/1.000 phụ nữ", "{value} births per 1,000 women"),
    "gap.PER_100000_LIVE_BIRTHS": (
        "{value} ca/100.000 trẻ đẻ sống",
        "{value} deaths per 100,000 live births",
    ),
    "gap.PER_100000_PERSONS": ("{value} ca/100.000 dân", "{value} per 100,000 people"),
    "gap.PER_100_LIVE_BIRTHS": ("{value} ca/100 trẻ đẻ sống", "{value} per 100 live births"),
    "gap.YEARS": ("{value} năm", "{value} years"),
    "gap.HOURS_PER_WEEK": ("{value} giờ/tuần", "{value} hours a week"),
    "gap.CHILDREN_PER_WOMAN": ("{value} con/phụ nữ", "{value} children per woman"),
    "gap.PERSONS": ("{value} người", "{value} persons"),
    "gap.THOUSAND_PERSONS": ("{value} nghìn người", "{value} thousand persons"),
    "gap.VND_PER_MONTH": ("{value} đồng/tháng", "{value} dong a month"),
    "title.PERCENT": ("%", "%"),
    "title.SEX_RATIO_AT_BIRTH": ("số bé trai trên 100 bé gái", "boys per 100 girls"),
    "title.ADOLESCENT_BIRTH_RATE": ("ca sinh trên 1.000 phụ nữ", "births per 1,000 women"),
    "counts.UNPAID_WORK_HOURS_RATIO": ("{counts} giờ/tuần", "{counts} hours a week"),
    "thing": ("{count} đơn vị", "{count} units"),
    "thing#one": ("{count} đơn vị", "{count} unit"),
    "thing.persons": ("{count} người", "{count} persons"),
    "thing.persons#one": ("{count} người", "{count} person"),
    "thing.AGENCIES_WITH_WOMAN_KEY_LEADER": ("{count} cơ quan", "{count} agencies"),
    "thing.AGENCIES_WITH_WOMAN_KEY_LEADER#one": ("{count} cơ quan", "{count} agency"),
    "thing.SOCIAL_ESTABLISHMENTS_AGAINST_VIOLENCE": ("{count} cơ sở", "{count} establishments"),
    "thing.SOCIAL_ESTABLISHMENTS_AGAINST_VIOLENCE#one": ("{count} cơ sở", "{count} establishment"),
    "thing.PROVINCES_WITH_LGBT_HEALTH_FACILITY": ("{count} tỉnh, thành phố", "{count} provinces"),
    "thing.PROVINCES_WITH_LGBT_HEALTH_FACILITY#one": (
        "{count} tỉnh, thành phố",
        "{count} province",
    ),
    "thing.COMMUNES_WITH_GENDER_NEWS": ("{count} xã, phường", "{count} communes"),
    "thing.COMMUNES_WITH_GENDER_NEWS#one": ("{count} xã, phường", "{count} commune"),
    "thing.STATIONS_WITH_GENDER_PROGRAMME": ("{count} đài", "{count} stations"),
    "thing.STATIONS_WITH_GENDER_PROGRAMME#one": ("{count} đài", "{count} station"),
}

# Indicators whose numerator counts people.
COUNTS_OF_PERSONS: Final = frozenset(
    {
        "WAGE_WORKER_SHARE",
        "AGRICULTURE_EMPLOYMENT_SHARE",
        "WOMEN_ENTERPRISE_DIRECTORS",
        "VICTIMS_REACHING_SERVICE",
        "PERPETRATORS_COUNSELLED",
        "TRAFFICKING_VICTIMS_SUPPORTED",
        "SCHOOL_COMPLETION_RATE",
        "WOMEN_VOCATIONAL_ENTRANTS",
        "WOMEN_MASTERS",
        "WOMEN_DOCTORATES",
        "POPULATION_WITH_GENDER_KNOWLEDGE",
        "WOMEN_NATIONAL_ASSEMBLY_DEPUTIES",
        "WOMEN_ELECTION_CANDIDATES",
        "WOMEN_PARTY_COMMITTEE_MEMBERS",
        "WOMEN_PEOPLES_COUNCIL_DEPUTIES",
    }
)
