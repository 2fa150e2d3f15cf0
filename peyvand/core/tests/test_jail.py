"""The jail: limits bite, neighbours survive, forks and threads are safe."""

import os
import threading
import time

import pytest

from peyvand.core import jail

TASKS = "peyvand.core.tests.jail_tasks."


def test_a_batch_gives_one_result_per_payload_in_order() -> None:
    payloads = [b"x" * n for n in (0, 1, 70_000, 3_000_000)]
    assert [result.value for result in jail.run(TASKS + "length", payloads)] == [0, 1, 70_000, 3_000_000]


def test_a_bad_payload_costs_only_itself() -> None:
    results = jail.run(TASKS + "obey", [b"a", b"raise", b"exit", b"recurse", b"print", b"b"])
    assert [result.ok for result in results] == [True, False, False, False, True, True]
    assert [result.error.partition(":")[0] for result in results] == ["", "failed", "crashed", "failed", "", ""]


def test_processor_time_is_limited() -> None:
    results = jail.run(TASKS + "obey", [b"spin", b"after"], cpu_seconds=1, wall_seconds=120)
    assert results[0].error.startswith("time:")
    assert results[1].value == "after"


def test_wall_time_is_limited() -> None:
    jail.run(TASKS + "obey", [b"warm"])
    results = jail.run(TASKS + "obey", [b"spin", b"after"], cpu_seconds=60, wall_seconds=0.3)
    assert results[0].error.startswith("time:")
    assert results[1].value == "after"


def test_memory_is_limited() -> None:
    results = jail.run(TASKS + "obey", [b"eat", b"after"], memory_mb=256)
    assert results[0].error.startswith("memory")
    assert results[1].value == "after"


def test_the_child_cannot_write_a_file() -> None:
    assert not jail.run(TASKS + "obey", [b"write"])[0].ok


def test_the_child_knows_neither_django_nor_our_environment() -> None:
    world = jail.run(TASKS + "world", [b""])[0].value
    assert world["django"] is False
    assert set(world["environment"]) <= {"LANG", "PATH", "LC_CTYPE"}


def test_a_warm_child_is_used_again_and_costs_little() -> None:
    jail.run(TASKS + "length", [b"warm"])
    before = time.monotonic()
    for _ in range(200):
        jail.run(TASKS + "length", [b"x" * 10_000])
    assert (time.monotonic() - before) / 200 < 0.05  # a new child would cost more than that


def test_text_that_cannot_be_encoded_comes_back_mended() -> None:
    assert jail.run(TASKS + "surrogate", [b""])[0].value == "a?b"


def test_only_functions_of_this_program_are_run() -> None:
    with pytest.raises(ValueError):
        jail.run("os.system", [b"true"])


def test_many_threads_share_the_children() -> None:
    wrong: list[object] = []

    def work(number: int) -> None:
        for size in range(number, number + 30):
            value = jail.run(TASKS + "length", [b"x" * size])[0].value
            if value != size:
                wrong.append((size, value))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong


def test_a_forked_process_gets_children_of_its_own() -> None:
    mine = jail.run(TASKS + "world", [b""])[0].value["pid"]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            theirs = jail.run(TASKS + "world", [b""])[0].value["pid"]
            os.write(writer, str(theirs).encode())
            jail.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    theirs = int(os.read(reader, 20))
    os.close(reader)
    os.close(writer)
    assert theirs != mine
    assert jail.run(TASKS + "length", [b"abc"])[0].value == 3
