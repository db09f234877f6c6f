"""Where a carrier delivers. Names of places are compared without their endings: 广东省 is 广东."""

from collections.abc import Sequence
from dataclasses import dataclass

_PROVINCE_ENDINGS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市")
_CITY_ENDINGS = ("市", "地区")
_SHORTEST = 2  # characters of a name that stays a name


@dataclass(frozen=True)
class Place:
    """A delivery address as far as carriers divide the country; names are short."""

    province: str
    city: str
    district: str


@dataclass(frozen=True)
class Area:
    """One row of a coverage table. Empty names stand for all: no province is the whole country."""

    place: Place
    served: bool


def short_place(province: str, city: str = "", district: str = "") -> Place:
    """The place in short names. SOP: O11"""
    return Place(short_province(province), _without(city.strip(), _CITY_ENDINGS), district.strip())


def short_province(name: str) -> str:
    """内蒙古自治区 as 内蒙古, 广东省 as 广东. SOP: O11"""
    return _without(name.strip(), _PROVINCE_ENDINGS)


def area_of(areas: Sequence[Area], place: Place) -> Area | None:
    """The row that decides on the place: the district's before the city's before the province's before the country's.

    None where no row speaks of it: the carrier does not say that it delivers there.
    SOP: O11
    """
    fitting = [area for area in areas if _holds(area.place, place)]
    return max(fitting, key=lambda area: _depth(area.place), default=None)


def _without(name: str, endings: Sequence[str]) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST:
            return name.removesuffix(ending)
    return name


def _holds(wide: Place, place: Place) -> bool:
    parts = ((wide.province, place.province), (wide.city, place.city), (wide.district, place.district))
    return all(not named or named == found for named, found in parts)


def _depth(place: Place) -> int:
    return sum(map(bool, (place.province, place.city, place.district)))
