"""Addresses of the reporting units: ``data/mail/contacts.csv``, kept by the office outside git.

Columns ``locality_id``, ``organisation``, ``email``; an organisation with several addresses has
several lines and still gets one mail. An empty organisation stands for the unit itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import SettingsError
from indicators.text import fold, normalise

_COLUMNS = ("locality_id", "organisation", "email")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Contact:
    """One organisation of one locality and where its mail goes."""

    locality_id: str
    organisation: str
    addresses: tuple[str, ...]


def read_contacts(path: Path, locality_ids: Iterable[str]) -> list[Contact]:
    """Everyone who can be written to; nobody when the file does not exist.

    Raises:
        SettingsError: the file is wrong; the message names line and column.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            if tuple(lines.fieldnames or ()) != _COLUMNS:
                raise SettingsError(f"{path}: dòng đầu phải là {','.join(_COLUMNS)}")
            return _contacts(path, list(lines), frozenset(locality_ids))
    except csv.Error as error:
        raise SettingsError(f"{path}: không đọc được như tệp CSV ({error})") from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"{path}: không phải mã hóa UTF-8; hãy lưu lại dạng CSV UTF-8"
        ) from None


def _contacts(
    path: Path, lines: Sequence[dict[str, str | None]], known: frozenset[str]
) -> list[Contact]:
    found: dict[tuple[str, str], Contact] = {}
    for number, line in enumerate(lines, start=2):
        locality_id, organisation, address = (normalise(line[name] or "") for name in _COLUMNS)
        if locality_id not in known:
            raise SettingsError(
                f'{path}, dòng {number}, cột locality_id: không có địa phương "{locality_id}"; '
                "hãy ghi mã@phiên bản, ví dụ 00004@2025"
            )
        if not _ADDRESS.fullmatch(address):
            raise SettingsError(
                f'{path}, dòng {number}, cột email: "{address}" không phải địa chỉ thư điện tử'
            )
        key = (locality_id, fold(organisation))
        before = found.get(key, Contact(locality_id, organisation, ()))
        addresses = tuple(dict.fromkeys((*before.addresses, address)))
        found[key] = Contact(locality_id, before.organisation, addresses)
    return list(found.values())


def contact_of(
    contacts: Sequence[Contact], locality_id: str | None, organisation: str | None
) -> Contact | None:
    """Whom to answer about a file; None when nobody or more than one fits: nothing is guessed.

    The organisation of that locality; failing that the locality's own address (empty organisation).
    A file whose locality could not be read is answered by its organisation alone.
    """
    wanted = fold(organisation or "")
    nearby = [one for one in contacts if locality_id in (None, one.locality_id)]
    named = [one for one in nearby if wanted and fold(one.organisation) == wanted]
    if not named and locality_id is not None:
        named = [one for one in nearby if not one.organisation]
    return named[0] if len(named) == 1 else None
