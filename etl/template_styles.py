"""Cell formats of the template: one per kind of cell and number of decimals."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Final

_FONT: Final = "Times New Roman"  # the face of official papers
_LINE: Final = "#9AA5B1"
_ENTRY: Final = "#FFF8DC"
_COMPUTED: Final = "#E3EEF9"
_HEAD: Final = "#D9E2EC"
_GREY: Final = "#7B8794"


class Styles:
    """Formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = self._make(bold=True, font_size=14)
        self.section = self._make(bold=True, font_size=12)
        self.plain = self._make(italic=True)
        self.paragraph = self._make(text_wrap=True, valign="top", font_size=12)
        self.header = self._boxed(bold=True, bg_color=_HEAD, align="center", valign="vcenter")
        self.code_header = self._boxed(font_color=_GREY, font_size=9, valign="vcenter")
        self.code = self._boxed(font_color=_GREY, font_size=9)
        self.text = self._boxed()
        self.entry_text = self._boxed(bg_color=_ENTRY, locked=False)
        self.entry_quoted = self._boxed(bg_color=_ENTRY, locked=False, quote_prefix=True)
        self.entry_date = self._boxed(
            bg_color=_ENTRY, locked=False, num_format="dd/mm/yyyy", align="left"
        )
        self.entry_year = self._boxed(bg_color=_ENTRY, locked=False, num_format="0")
        self.year = self._boxed(num_format="0", align="center")
        self.unused = self._boxed(bg_color="#F0F0F0", font_color=_GREY, align="center")
        # By number of decimals, and a sign such as % behind the number.
        self.entry = cache(partial(self._number, bg_color=_ENTRY, locked=False))
        self.computed = cache(partial(self._number, bg_color=_COMPUTED))
        self.previous = cache(partial(self._number, font_color="#52606D"))

    def _number(self, places: int, sign: str = "", **properties: Any) -> Any:
        pattern = "#,##0" + ("." + "0" * places if places else "")
        # In quotes: a bare % would show 59,1 as 5910,0 %.
        pattern += f'"{sign}"' if sign else ""
        return self._boxed(num_format=pattern, align="right", indent=1, **properties)

    def _boxed(self, **properties: Any) -> Any:
        shape = {"border": 1, "border_color": _LINE, "text_wrap": True, "valign": "vcenter"}
        return self._make(**(shape | properties))

    def _make(self, **properties: Any) -> Any:
        return self._book.add_format({"font_name": _FONT, "font_size": 11} | properties)
