"""The vocabulary: every word by which some party is called, so that typing errors find what was meant."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F


class Word(models.Model):
    """A folded word of the first line of search texts; `uses`: about how many parties have it (counted at night).

    `keys` are those of `search.spelling`. Two rows of one word are no error: they come from two writers at the same
    instant, who so never wait for one another, and the nightly count leaves one. Never shown to anybody: a word tells
    that a party exists that one may not see.
    """

    word = models.CharField(max_length=60, db_collation="C")
    uses = models.PositiveIntegerField(default=1)
    keys = ArrayField(models.IntegerField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="parties_word_word"),
            GinIndex(fields=["keys"], name="parties_word_keys"),
            GinIndex(OpClass(F("word"), "gin_trgm_ops"), name="parties_word_parts"),
        ]
