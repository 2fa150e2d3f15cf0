"""Counters that processes share."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyvand.core.counting import count_up

pytestmark = pytest.mark.django_db


def test_each_key_is_counted_by_itself() -> None:
    one, other = f"one:{uuid4()}", f"other:{uuid4()}"
    assert [count_up(one, seconds=60), count_up(one, 5, seconds=60), count_up(other, seconds=60)] == [1, 6, 1]
    assert cache.get(one) == 6


def test_counting_on_refuses_nothing_in_the_database() -> None:
    key = f"one:{uuid4()}"
    count_up(key, seconds=60)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        count_up(key, seconds=60)
    assert not [each for each in asked.captured_queries if each["sql"].startswith("INSERT")]
