"""The Persian of the kit is spelt as it should be."""

import polib

from peyvand.web import build

WEB = build.PACKAGE / "web"
CATALOGUE = WEB / "locale" / "fa" / "LC_MESSAGES" / "django.po"


def test_persian_is_spelt_with_persian_letters() -> None:
    text = "".join(
        entry.msgstr
        for entry in polib.pofile(str(CATALOGUE))
        if entry.msgid != ("The search takes different spellings of a letter as one")
    )
    assert not set(text) & set("يكةى")
    assert "می شود" not in text
