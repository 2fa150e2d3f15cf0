"""Invented numbers that pass their checks and begin as no real one does."""

import random

from peyvand.core.iran import check


def _completed(kind: str, start: str) -> str:
    """Return `start` with the check digit that makes it true; another last digit before it where there is none."""
    for middle in "0123456789":
        for digit in "0123456789":
            value = f"{start}{middle}{digit}"
            if not check(kind, value).flaw:
                return value
    raise ValueError(start)


def national_id(number: int) -> str:
    """A کد ملی of the city 999, which is none."""
    return _completed("national_id", f"999{number:05d}")


def legal_id(number: int) -> str:
    """A شناسه ملی that begins with 99."""
    return _completed("legal_id", f"99{number:07d}")


def economic_code(legal: str) -> str:
    """A company's economic code is its national ID."""
    return legal


def sheba(number: int) -> str:
    """A Sheba of bank 099, which is none."""
    account = f"099{number:019d}"
    return f"IR{98 - int(f'{account}182700') % 97:02d}{account}"


def card(number: int) -> str:
    """A card of the bank 999999, which is none."""
    return _completed("card", f"999999{number:08d}")


def postal_code(dice: random.Random) -> str:
    """Ten digits under the rules of the post."""
    first, rest = "13456789", "13456789"
    return "".join(
        [*(dice.choice(first) for _n in range(4)), dice.choice("134678"), *(dice.choice(rest) for _n in range(5))]
    )
