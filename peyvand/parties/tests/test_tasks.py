"""What workers do for customers by themselves."""

from peyvand.core.queue import PERIODICS
from peyvand.parties import tasks


def test_segments_words_and_roles_are_kept_fresh_without_anybody() -> None:
    assert tasks.count_segments is not None
    wanted = {"parties.recount_segments", "parties.count_words", "parties.start_vocabulary", "parties.roles_of_today"}
    assert wanted <= set(PERIODICS)
