"""How much of a machine the embedded database takes."""

from peyvand.config.postgres_settings import sizes

GIGABYTE = 1024**3


def test_the_database_takes_a_quarter_of_the_memory_and_a_fifth_of_the_free_disk_within_bounds() -> None:
    assert sizes(2 * GIGABYTE, 20 * GIGABYTE) == {"shared_buffers": "512MB", "max_wal_size": "4096MB"}
    assert sizes(128 * 1024**2, GIGABYTE) == {"shared_buffers": "64MB", "max_wal_size": "256MB"}
    assert sizes(256 * GIGABYTE, 900 * GIGABYTE) == {"shared_buffers": "4096MB", "max_wal_size": "8192MB"}
