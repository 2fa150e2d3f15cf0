"""What two spellings of a name share: a key of its consonants, the same for the Persian and the Latin script.

Both scripts are brought to one row of consonant signs. Persian letters of one sound are one sign (ص س ث, ز ذ ض ظ,
ت ط, ق غ, ح ه), Latin digraphs are read first (sh, ch, kh, gh, zh, ph, th, ck, tch), vowels are left out because
Persian does not write most of them and Latin writes them in many ways; only a vowel at the beginning and the last
one are noted. Source of the groups: the Persian alphabet; of the digraphs: the romanisation that passports use.
"""

import re
from functools import lru_cache
from operator import itemgetter

from peyvand.parties.matching.vocabulary import ENDS_IN_A, KNOWN_SPELLINGS

_SIGNS = {
    **dict.fromkeys("ثسص", "s"), **dict.fromkeys("ذزضظ", "z"), **dict.fromkeys("تط", "t"), **dict.fromkeys("قغ", "q"),
    **dict.fromkeys("حه", "h"), **dict.fromkeys("جژ", "j"),
    "ب": "b", "پ": "p", "چ": "c", "خ": "x", "د": "d", "ر": "r", "ش": "S", "ف": "f", "ک": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n",
}  # fmt: skip
_DIGRAPHS = (("tch", "چ"), ("sh", "ش"), ("ch", "چ"), ("kh", "خ"), ("gh", "ق"), ("zh", "ژ"), ("ph", "f"), ("th", "t"),
             ("ck", "k"), ("ce", "se"), ("ci", "si"), ("x", "ks"), ("q", "ق"))  # fmt: skip
_LATIN = {**{c: c for c in "bdfgjklmnprstz"}, "c": "k", "h": "h"}
_VOWELS = frozenset("اعوی" + "aeiouyvw")
_TWICE = re.compile(r"(.)\1+", re.DOTALL)
_ONCE = itemgetter(1)  # of a match: the letter; quicker than a template
_FIRST = {"و": "v", "v": "v", "w": "v", "ی": "y", "y": "y"}
_LAST = {"ی": "i", "i": "i", "y": "i", "ا": "a", "a": "a", "و": "u", "u": "u", "v": "u", "w": "u"}


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return the consonants of a folded word with marks for a vowel at its beginning («A») and at its end."""
    word = KNOWN_SPELLINGS.get(word, word)
    is_latin = word.isascii()
    last = "a" if word in ENDS_IN_A else _LAST.get(word[-1:], "")
    for pair, sign in _DIGRAPHS if is_latin else ():
        word = word.replace(pair, sign)
    word = _TWICE.sub(_ONCE, word)
    first = "" if word[:1] not in _VOWELS else _FIRST.get(word[:1], "A")
    if word[-1:] in {"ه", "h"} and len(word) > 1:
        word, last = word[:-1], ""
    return first + "".join(_sign(letter) for letter in word) + (last if len(word) > 1 else "")


def _sign(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter in _LATIN:
        return _LATIN[letter]
    return letter if letter.isdigit() else ""


_SOFT = str.maketrans("", "", "Aayuivh")


def bones(sounds: tuple[str, ...]) -> str:
    """Return the hard consonants of a name in the order of the alphabet: the same however it is cut and turned."""
    return "".join(sorted(_TWICE.sub(_ONCE, "".join(sounds).translate(_SOFT))))
