"""How alike two customers are: pure rules, no model and no query here.

`names` cuts names into what matters, `sounds` gives what two spellings share, `weights` is the one table of points,
`score` adds them up with reasons, `keys` says which records are compared with one another at all.
"""

from peyvand.parties.matching.keys import keys_of, number_of
from peyvand.parties.matching.names import Name, gender_of, read_name
from peyvand.parties.matching.record import Record
from peyvand.parties.matching.score import Verdict, compare
from peyvand.parties.matching.weights import CONTRADICTIONS, POSSIBLE, PROBABLE, SHARED_BY, WEIGHTS

__all__ = [
    "CONTRADICTIONS", "POSSIBLE", "PROBABLE", "SHARED_BY", "WEIGHTS", "Name", "Record", "Verdict", "compare",
    "gender_of", "keys_of", "number_of", "read_name",
]  # fmt: skip
