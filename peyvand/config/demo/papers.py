"""The few files that customers of the demo company attach: a photograph, a receipt, a list."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Paper:
    """A file."""

    name: str
    content_type: str
    data: bytes


def papers() -> list[Paper]:
    """Make the files."""
    return [
        Paper("عکس دستگاه.png", "image/png", _picture("#0b7a75")),
        Paper("رسید پرداخت.png", "image/png", _picture("#d98a00")),
        Paper("پیش‌فاکتور.pdf", "application/pdf", _pdf("Proforma invoice - Abafarin (demo)")),
        Paper("فهرست اقلام.csv", "text/csv", "کد,شرح,تعداد\nCH-8,چشمه ۸,3\nMB-75,ممبران ۷۵,6\n".encode()),
    ]


def _picture(colour: str) -> bytes:
    image = Image.new("RGB", (640, 420), "#f4f4f1")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((220, 50, 420, 370), 24, fill=colour)
    draw.rectangle((250, 90, 390, 150), fill="#ffffff")
    draw.ellipse((300, 300, 340, 340), fill="#e2f2f0")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _pdf(text: str) -> bytes:
    """The smallest PDF with one line of text."""
    stream = f"BT /F1 18 Tf 60 760 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{tail}".encode()
