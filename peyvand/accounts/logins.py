"""One spelling per login name, so that limits count what a person sees as the same name."""

from peyvand.core.text import search_norm


def normalise_login(text: str) -> str:
    """Fold a user name or e-mail address: digits to Latin, letters to one form, no marks, no case, no spaces.

    Both what is stored and what is typed pass through here; a limit per name cannot be multiplied by
    spelling «۱» for «1», «ك» for «ک», or by an accent.
    """
    return search_norm(text).replace(" ", "")
