"""What a process believes for a few seconds."""

from peyvand.core import known
from peyvand.core.known import Known, forget_all


def test_an_answer_is_read_once_for_each_key() -> None:
    asked: list[int] = []
    double = Known(lambda n: asked.append(n) or 2 * n)
    assert [double(1), double(1), double(2)] == [2, 2, 4]
    assert asked == [1, 2]


def test_it_is_read_again_when_it_is_old_or_forgotten() -> None:
    asked: list[int] = []
    old = Known(asked.append, seconds=0)
    old(1)
    old(1)
    kept = Known(asked.append)
    kept(2)
    kept.forget()
    kept(2)
    forget_all()
    kept(2)
    assert asked == [1, 1, 2, 2, 2]


def test_it_does_not_grow_without_end() -> None:
    same = Known(lambda n: n)
    for number in range(3 * known.MOST_KEPT):
        same(number)
    assert len(same._answers) <= known.MOST_KEPT
