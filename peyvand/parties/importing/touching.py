"""Which customers an import has touched: a later row of the same customer is refused."""

from collections.abc import Iterable

from peyvand.core.models import ImportBlock


class Touched:
    """Which customers an import has touched, a bit for each number: some hundred kilobytes for a million of them."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        for pk in ids:
            self.add(pk)

    def add(self, pk: int) -> None:
        place = pk >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 4096 - len(self._bits)))
        self._bits[place] |= 1 << (pk & 7)

    def among(self, ids: Iterable[int]) -> set[int]:
        """Those of these numbers that it has touched."""
        bits, size = self._bits, len(self._bits) * 8
        return {pk for pk in ids if pk < size and bits[pk >> 3] >> (pk & 7) & 1}


def touched_by(job_id: int) -> Touched:
    """What stands in the blocks that are committed."""
    blocks = ImportBlock.objects.filter(of__job=job_id, outcome__isnull=False)
    return Touched(pk for refs in blocks.values_list("refs", flat=True).iterator(100) for pk in refs)
