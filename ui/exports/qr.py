"""A link as a QR code, error level M, with its quiet zone."""

from __future__ import annotations

from io import BytesIO

import segno

from model import InputError

LONGEST = 2331  # bytes that a QR code holds at error level M
BORDER = 4  # modules of quiet zone, as the standard asks


def code(link: str) -> segno.QRCode:
    """The QR code of a link, as small as error level M allows.

    Raises:
        InputError: the link is longer than a QR code can hold at that level.
    """
    if len(link.encode()) > LONGEST:
        raise InputError(f"The link has {len(link.encode()):,} bytes, but a QR code holds at most {LONGEST:,}.")
    return segno.make_qr(link, error="m", boost_error=False)


def qr_svg(link: str) -> bytes:
    """The QR code of a link as SVG, black on white, with a title for screen readers."""
    out = BytesIO()
    code(link).save(out, kind="svg", border=BORDER, light="#fff", scale=4, title="QR code of the link to this view")
    return out.getvalue()


def qr_png(link: str, scale: int = 8) -> bytes:
    """The QR code of a link as PNG, black on white; `scale` is pixels a module."""
    out = BytesIO()
    code(link).save(out, kind="png", border=BORDER, light="#fff", scale=scale)
    return out.getvalue()
