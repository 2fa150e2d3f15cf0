"""Files: typed by their bytes, named safely, opened only through a parent."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from peyvand.core import files
from peyvand.core.errors import Invalid, TooLarge


def png(width: int = 4, height: int = 3) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


@given(st.text())
def test_a_file_name_is_always_safe(name: str) -> None:
    safe = files.safe_name(name)
    assert 0 < len(safe) <= files.NAME_LENGTH
    assert not safe.startswith(".")
    assert not set(safe) & set('/\\:*?"<>|\x00\r\n\u202e')
    assert files.safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\فاکتور ۱.pdf", "فاکتور ۱.pdf"),
        ("\u200b.htaccess", "htaccess"),
        ("عکس\u202egpj.exe", "عکسgpj.exe"),
        ("", "file"),
        (".", "file"),
    ],
)
def test_known_tricks_with_names(name: str, wanted: str) -> None:
    assert files.safe_name(name) == wanted


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (png(), "a.txt", "image/png"),
        (b"<svg onload=alert(1)>", "a.png", "text/plain"),
        (b"%PDF-1.7", "a.html", "application/pdf"),
        (b"PK\x03\x04", "نامه.docx", files.BY_NAME["application/zip"]["docx"]),
        (b"PK\x03\x04", "a.png", "application/zip"),
        (b"MZ\x90", "a.pdf", "application/vnd.microsoft.portable-executable"),
        ("سلام".encode(), "a.csv", "text/csv"),
        (b"\x00\x01", "a.txt", files.UNKNOWN),
        (b"", "a", files.UNKNOWN),
    ],
)
def test_the_bytes_tell_the_type(data: bytes, name: str, wanted: str) -> None:
    assert files.sniff(data, name) == wanted


@pytest.mark.django_db
def test_equal_bytes_are_stored_once_and_served_as_a_download() -> None:
    first = files.store(data=b"<script>", name="a.html")
    second = files.store(data=b"<script>", name="b.html")
    assert first.blob_id == second.blob_id and first.pk != second.pk
    response = files.download(first)
    assert response.content == b"<script>"
    assert response["Content-Type"] == files.UNKNOWN
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_too_large_and_empty_files_are_refused() -> None:
    with pytest.raises(TooLarge):
        files.store(data=b"12345", name="a", limit=4)
    with pytest.raises(Invalid):
        files.store(data=b"", name="a")
