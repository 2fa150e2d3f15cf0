"""How alike two customers are: pure rules, no model and no query here.

`names` cuts names into what matters, `sounds` gives what two spellings share, `weights` is the one table of points,
`score` adds them up with reasons, `keys` says which records are compared with one another at all; `desk` does both for
many records in a process of its own.
"""

from peyvand.parties.matching.keys import common_addresses, keys_of, number_of
from peyvand.parties.matching.names import Name, read_name
from peyvand.parties.matching.record import Record, make_record, read_record
from peyvand.parties.matching.score import Verdict, compare, compare_possible
from peyvand.parties.matching.weights import CONTRADICTIONS, POSSIBLE, PROBABLE, SHARED_BY, WEIGHTS

__all__ = [
    "CONTRADICTIONS", "POSSIBLE", "PROBABLE", "SHARED_BY", "WEIGHTS", "Name", "Record", "Verdict", "common_addresses",
    "compare", "compare_possible", "keys_of", "make_record", "number_of", "read_name", "read_record",
]  # fmt: skip
