"""Words of a letter that nobody may read afterwards, as a link that lets in: the stored copy does not have them.

They are kept apart, encrypted with the keys of this installation, only until the letter is sent or they are over, and
are put in at the moment of sending. Every one-time link that we mail goes this way.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from peyvand.channels.adapters.email.compose import with_words
from peyvand.channels.errors import WordsGone
from peyvand.channels.models import HiddenWords, Message
from peyvand.core.secrets import SecretUnreadable, decrypt, encrypt

KEY = "hidden"  # of a message's details: what stands in the copy in place of each word


def hide(text: str, words: Sequence[str], language: str) -> tuple[str, str, list[str]]:
    """Return a text without these words, what stands in place of each, and them in the order of the text."""
    with translation.override(language):
        mark = _("[The link is not kept here]")
    known = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    found: list[str] = known.findall(text.replace(mark, ""))
    return known.sub(mark, text.replace(mark, "")), mark, found


def keep(message: Message, words: Sequence[str], until: datetime) -> None:
    """Keep the words of a message that is to be sent, until then at most."""
    HiddenWords.objects.create(message=message, words=encrypt(json.dumps(list(words))), expires_at=until)


def whole(message: Message, raw: bytes) -> bytes:
    """The mail as it goes out. Errors: WordsGone (permanent) when what it would say is over."""
    mark = message.details.get(KEY)
    if mark is None:
        return raw
    kept = HiddenWords.objects.filter(message=message, expires_at__gt=timezone.now()).first()
    if kept is None:
        raise WordsGone
    try:
        return with_words(raw, str(mark), json.loads(decrypt(kept.words)))
    except (ValueError, SecretUnreadable) as error:
        raise WordsGone from error


def forget(message: Message) -> None:
    """A message was sent: its hidden words are needed no more."""
    if KEY in message.details:
        HiddenWords.objects.filter(message=message).delete()


def forget_expired() -> int:
    """Drop the words whose time is over, sent or not. Returns how many messages had some."""
    return HiddenWords.objects.filter(expires_at__lte=timezone.now()).delete()[0]
