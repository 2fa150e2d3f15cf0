"""The invented customers of the benchmark are what the product itself would have written."""

import random

import pytest

from peyvand.config.bench.misspelling import ERRORS, misspelt
from peyvand.config.bench.parties_data import fill_parties
from peyvand.parties.models import ContactPoint, Party, PartyFacts, Word

pytestmark = pytest.mark.django_db


def test_a_few_customers_are_filled_as_the_product_would_write_them() -> None:
    said: list[str] = []
    fill_parties(400, say=said.append)
    assert Party.objects.count() == PartyFacts.objects.count() == 400
    assert ContactPoint.objects.count() == 1000
    assert said[-1].endswith("0 differ")
    assert Word.objects.filter(uses__gt=1).exists()
    fill_parties(400, say=said.append)
    assert Party.objects.count() == 400, "it fills once"


def test_every_error_of_the_model_is_an_error_and_is_the_same_each_time() -> None:
    names = ["نگار حسین‌زاده کاشانی", "شرکت آرمان پارس", "James Scott Miller"]
    for name in names:
        for error in ERRORS:
            assert error(name, random.Random(1)) == error(name, random.Random(1))
    assert misspelt(names[0], random.Random(5)) == misspelt(names[0], random.Random(5))
