"""Screenshots of a service that never was (示意畫面): drawn when the demo is loaded.

A picture of the real service would be somebody's; these show windows, lines and one marked place.
"""

from io import BytesIO
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE: Final = (640, 400)
PAPER, INK, GREY, MARK = "#f4f4f2", "#3b4454", "#c9cdd4", "#b3261e"
Box = tuple[int, int, int, int]


def screenshot(name: str) -> SimpleUploadedFile:
    """The drawing of that name as somebody would upload it. Raises KeyError for an unknown one."""
    picture = Image.new("RGB", SIZE, PAPER)
    DRAWINGS[name](ImageDraw.Draw(picture))
    made = BytesIO()
    picture.save(made, "PNG")
    return SimpleUploadedFile(f"{name}.png", made.getvalue(), "image/png")


def _window(draw: ImageDraw.ImageDraw, box: Box, lines: int) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill="white", outline=INK, width=2)
    draw.rectangle((left, top, right, top + 22), fill=INK)
    draw.rectangle((right - 20, top + 5, right - 8, top + 17), fill=PAPER)
    for n in range(lines):
        y = top + 44 + n * 26
        if y + 12 < bottom:
            draw.rectangle((left + 18, y, right - 60 - n % 3 * 40, y + 12), fill=GREY)


def _stacked(draw: ImageDraw.ImageDraw) -> None:
    for n in range(4):
        _window(draw, (30 + n * 70, 24 + n * 48, 330 + n * 90, 250 + n * 44), 6)
    draw.ellipse((540, 150, 632, 232), outline=MARK, width=6)


def _bare_code(draw: ImageDraw.ImageDraw) -> None:
    _window(draw, (30, 24, 610, 376), 11)
    draw.rectangle((170, 120, 470, 270), fill="white", outline=INK, width=3)
    for n, width in enumerate((36, 60, 44, 52)):
        draw.rectangle((200 + n * 66, 176, 200 + n * 66 + width, 196), fill=INK)
    draw.ellipse((150, 96, 490, 294), outline=MARK, width=6)


DRAWINGS: Final = {"stacked-windows": _stacked, "bare-code": _bare_code}
