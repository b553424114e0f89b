"""A PDF whose texts are tagged as headings and paragraphs, in reading order, for screen readers.

fpdf2 tags pictures only, and then says that the whole document is tagged, so a screen reader would skip the text. The
two underscored calls are the ones that fpdf2 itself uses for pictures; `tests/ui/test_exports_brief.py` reads the tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from fpdf import FPDF, FontFace, ViewerPreferences, XPos, YPos
from fpdf.enums import Align

from ui.exports.fonts import Fonts

Tag = Literal["H1", "H2", "P"]
FAMILY = "page"
LEADING = 1.32  # height of a line, in sizes of letters
POINT = 25.4 / 72  # mm
INK, MUTED, RULE = (28, 36, 48), (77, 87, 102), (207, 212, 220)


class TaggedPdf(FPDF):
    """An A4 document in one typeface; sizes of letters in points, all else in millimetres."""

    def __init__(self, fonts: Fonts, folder: Path, foot: str) -> None:
        """Start a document.

        Args:
            fonts: the typeface. folder: where the fonts may lie until the document is written out.
            foot: what stands at the foot of every page.
        """
        super().__init__(format="A4")
        self._fonts, self._foot = fonts, foot
        self._tag: Tag | None = None
        for style, font in (("", fonts.regular), ("B", fonts.bold)):
            path = folder / f"{FAMILY}{style}.ttf"
            path.write_bytes(font)
            self.add_font(FAMILY, style, path)
        self.set_lang("en-GB")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(16, 14)
        self.c_margin = 0
        self.set_auto_page_break(True, 15)
        self.set_line_width(0.2)
        self.set_draw_color(*RULE)

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """Begin a page; a tag that is open goes on there as another of its kind."""
        tag = self._tag
        self._close()
        super().add_page(*args, **kwargs)
        if tag:
            self._open(tag)

    def footer(self) -> None:
        """The foot of a page, which screen readers skip."""
        self._out("/Artifact BMC")
        self.set_y(-11)
        self.letters(7, MUTED)
        self.cell(self.epw - 20, 4, self._fonts.fitting(self._foot))
        self.cell(20, 4, f"{self.page_no()} of {{nb}}", align="R")
        self._out("EMC")

    def letters(self, size: float, colour: tuple[int, int, int] = INK, *, bold: bool = False) -> None:
        """The letters of what comes next."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """What is written inside is one heading or paragraph; a table is read cell by cell, like one."""
        self._open(tag)
        try:
            yield
        finally:
            self._close()

    def _open(self, tag: Tag) -> None:
        self._tag = tag
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{tag}", mcid=mcid)
        self._out(f"/{tag} <</MCID {mcid}>> BDC")

    def _close(self) -> None:
        if self._tag:
            self._out("EMC")
            self._tag = None

    def heading(self, text: str, size: float, level: Literal[1, 2] = 2) -> None:
        """A heading, which also stands among the bookmarks."""
        shown = self._fonts.fitting(text)
        if self.will_page_break(4 * size * POINT):
            self.add_page()
        self.start_section(shown, level=level - 1, strict=False)
        with self.tagged("H1" if level == 1 else "H2"):
            self.letters(size, bold=True)
            self.multi_cell(0, size * POINT * 1.2, shown, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def paragraph(
        self, text: str, size: float, lead: str = "", colour: tuple[int, int, int] = INK, link: str = ""
    ) -> None:
        """A paragraph; a lead stands in front of it in bold. A link makes all of it lead there."""
        height = size * POINT * LEADING
        with self.tagged("P"):
            if lead:
                self.letters(size, colour, bold=True)
                self.write(height, f"{self._fonts.fitting(lead)} ")
            self.letters(size, colour)
            self.write(height, self._fonts.fitting(text), link)
        self.ln(height)

    def grid(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, texts: int = 1
    ) -> None:
        """A table, with its head again on a further page; the first `texts` columns are texts, the others numbers."""
        align = [Align.L] * texts + [Align.R] * (len(head) - texts)
        self.letters(size)
        with (
            self.tagged("P"),
            self.table(
                col_widths=tuple(widths),
                text_align=align,
                borders_layout="HORIZONTAL_LINES",
                line_height=size * POINT * 1.22,
                padding=(0.5, 0.8, 0.5, 0),
                headings_style=FontFace(emphasis="BOLD", color=MUTED),
            ) as table,
        ):
            for cells in (head, *rows):
                table.row([self._fonts.fitting(cell) for cell in cells])
