"""Persian text in two forms: `display_norm` keeps what people typed readable, `search_norm` folds it for comparing."""

import re
import unicodedata
from collections.abc import Callable

import idna
import phonenumbers

SORT_KEY_LENGTH = 240

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_TO_LATIN = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, "0123456789" * 2)
_TO_PERSIAN = str.maketrans("0123456789" + ARABIC_DIGITS, PERSIAN_DIGITS * 2)

ZWNJ = "\u200c"
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_DROP_DISPLAY = {ord(c): None for c in _BIDI + "\u0640\u00ad"}
_LETTERS_DISPLAY = {"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه\u0654", "\u06d5": "ه", "\u06c1": "ه", "\u06be": "ه"}
_DISPLAY = str.maketrans({**_LETTERS_DISPLAY})
_PRESENTATION = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_LOOSE_ZWNJ = re.compile("(?<!\\S)\u200c+|\u200c+(?!\\S)")
_MANY_ZWNJ = re.compile("\u200c{2,}")

_FOLD = str.maketrans(
    {
        **{c: "ی" for c in "يىېۍ\u06d2"},
        **{c: "ک" for c in "كڪ"},
        **{c: "ه" for c in "ة\u06d5\u06c1\u06be\u06c3"},
        "ٱ": "ا",
        "ء": None,
        "ـ": None,
        ZWNJ: " ",
        "\u200b": " ",
        "٬": ",",
        "٫": ".",
    }
)

# آ sorts before ا; the letters take the ASCII places from "@" on, Latin ones those after them.
_ALPHABET = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_SORT_PLACES = {
    **{letter: chr(0x40 + i) for i, letter in enumerate(_ALPHABET)},
    **{letter: chr(0x63 + i) for i, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
    **{c: c for c in " 0123456789"},
}

_EXTENSION = re.compile(r"(?:داخلی|ext\.?|x|#).*$", re.IGNORECASE)
_EMAIL_LOCAL = re.compile(r'[^\s@<>()\[\]:;\\,"]{1,64}')
_HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def to_latin_digits(text: str) -> str:
    """Return `text` with Persian and Arabic digits as 0–9."""
    return text.translate(_TO_LATIN)


def to_persian_digits(text: str) -> str:
    """Return `text` with Latin and Arabic digits as ۰–۹."""
    return text.translate(_TO_PERSIAN)


def display_text(text: str) -> str:
    """Clean text of several lines: Persian ی and ک, no control or direction marks, line breaks and half-spaces kept."""
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = text.translate(_DROP_DISPLAY).translate(_DISPLAY)
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text).translate(_DISPLAY)
    return _MANY_ZWNJ.sub(ZWNJ, text)


# What is clean already, as most of what people type: letters, digits and signs, with one space or half-space between.
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقلمنهوپچژکگی"
_CLEAN = re.compile(f"[!-~{_LETTERS}{PERSIAN_DIGITS}«»،؛؟]+(?:[ \u200c][!-~{_LETTERS}{PERSIAN_DIGITS}«»،؛؟]+)*")


def display_norm(text: str) -> str:
    """Clean a name or a title for showing: as `display_text`, on one line with single spaces."""
    if _CLEAN.fullmatch(text):
        return text
    text = _SPACES.sub(" ", display_text(text))
    text = _SPACES.sub(" ", _LOOSE_ZWNJ.sub("", text))
    return text.strip()


def search_norm(text: str) -> str:
    """Fold text for comparing: one form per letter, no marks, Latin digits, small letters, half-space as space."""
    return _SPACES.sub(" ", text.translate(_FOLDED)).strip()


class _Learned(dict[int, str]):
    """A translation that works out what becomes of each character when it is met for the first time."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, point: int) -> str:
        self[point] = self._fold(chr(point))
        return self[point]


def _fold(letter: str) -> str:
    if _CONTROLS.match(letter):
        return ""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    text = to_latin_digits(text.translate(_FOLD))
    return "".join(each for each in text if each in "\t\r\n" or unicodedata.category(each) not in _DROPPED)


_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs", "Cc"})
_FOLDED = _Learned(_fold)


def sort_key(text: str) -> str:
    """Return ASCII that sorts, byte by byte, as the Persian alphabet: digits, Persian, Latin, the rest."""
    return display_norm(text).translate(_PLACED)[:SORT_KEY_LENGTH]


def _place(letter: str) -> str:
    folded = letter
    if letter != "آ":
        folded = to_latin_digits(unicodedata.normalize("NFKD", letter).casefold().translate(_FOLD_FOR_SORT))
    marks = {"Mn", "Me", "Cf"}
    return "".join(_SORT_PLACES.get(each) or "~" + each for each in folded if unicodedata.category(each) not in marks)


_PLACED = _Learned(_place)
_FOLD_FOR_SORT = {k: v for k, v in _FOLD.items() if k not in {ord(ZWNJ), ord("ء")}} | {ord(ZWNJ): None}


def isolated(code: str) -> str:
    """Return a code for the middle of a sentence, kept left to right in either direction of the text."""
    return f"\u2066{code}\u2069"


def normalise_email(text: str) -> str | None:
    """Return an address in its one comparable form (small letters, ASCII domain), or None when it is none."""
    text = to_latin_digits(unicodedata.normalize("NFKC", text).translate(_DROP_DISPLAY)).strip().strip("<>")
    local, at, domain = text.rpartition("@")
    if not at or not _EMAIL_LOCAL.fullmatch(local) or any(unicodedata.category(c)[0] == "C" for c in local):
        return None
    host = _ascii_domain(domain)
    address = f"{local.lower()}@{host}"
    return address if host and len(address.encode()) <= 254 else None


def _ascii_domain(domain: str) -> str | None:
    domain = domain.strip().rstrip(".").lower()
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            return None
    labels = domain.split(".")
    return domain if len(domain) <= 253 and all(_HOST_LABEL.fullmatch(label) for label in labels) else None


def normalise_phone(text: str) -> str | None:
    """Return a number in E.164, Iran's by default, or None when it is none.

    Unknown 09x ranges and service numbers of 3–5 digits are accepted, because new ranges open before libraries know
    them; a local number without its area code is not, because it belongs to somebody in every city.
    """
    text = unicodedata.normalize("NFKC", to_latin_digits(text)).translate(_DROP_DISPLAY).strip()
    text = _EXTENSION.sub("", text).strip()
    digits = re.sub(r"\D", "", text)
    if not 3 <= len(digits) <= 17 or re.search(r"[^\W\d_]", text):
        return None
    if len(digits) <= 5 and not text.startswith(("+", "0")):
        return f"+98{digits}"
    if text.startswith("+98") and len(digits) <= 7 and digits[2:3] not in {"", "0"}:
        return f"+{digits}" if len(digits) >= 5 else None  # as it is written here
    if digits.startswith("98") and len(digits) == 12 and not text.startswith("+"):
        text = f"+{digits}"
    return _parse_phone(text)


def _parse_phone(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "IR")
    except phonenumbers.NumberParseException:
        return None
    national = str(number.national_number)
    iranian = number.country_code == 98 and not number.italian_leading_zero
    if phonenumbers.is_valid_number(number) or (iranian and re.fullmatch(r"[1-9]\d{9}", national)):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def is_mobile(e164: str) -> bool:
    """Tell whether a number in E.164 can take an SMS: an Iranian 9xx, or a mobile of another country."""
    if e164.startswith("+98"):
        return len(e164) == 13 and e164[3] == "9"
    kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    try:
        return phonenumbers.number_type(phonenumbers.parse(e164)) in kinds
    except phonenumbers.NumberParseException:
        return False


def format_phone(e164: str) -> str:
    """Write a number as people read it: «0912 345 6789», «021 8877 6655», foreign ones with their country code."""
    if e164.startswith("+98") and len(e164) <= 8:
        return e164[3:]
    if re.fullmatch(r"\+989\d{9}", e164):
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    if re.fullmatch(r"\+98\d{10}", e164):
        return f"0{e164[3:5]} {e164[5:9]} {e164[9:]}"
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
