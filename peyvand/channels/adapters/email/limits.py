"""How much of a stranger's message we are willing to take apart; what lies beyond is cut and noted as a defect.

Measured reasons: a 400 KB `To:` keeps the standard library's structured parser busy for minutes, 1,000 nested
multiparts end in a RecursionError, and 50,000 nested `<div>` cost a sanitiser 20 s.
"""

MESSAGE_BYTES = 25 * 1024 * 1024
HEADER_REFUSED_BYTES = 256 * 1024  # a message with more is not taken at all
HEADER_RECIPIENTS = 2_000  # the same
HEADER_BLOCK_BYTES = 64 * 1024
HEADER_BYTES = 8 * 1024
PARTS = 500
DEPTH = 30
HTML_BYTES = 2 * 1024 * 1024
HTML_DEPTH = 256
TEXT_CHARACTERS = 1_000_000
ADDRESSES = 500
REFERENCES = 100
SUBJECT_CHARACTERS = 500
RECEIVED_HOPS = 50

ARCHIVE_UNPACKED_BYTES = 500 * 1024 * 1024
ARCHIVE_RATIO = 100
ARCHIVE_MEMBERS = 10_000
ARCHIVE_DEPTH = 3
ARCHIVE_LOOK_BYTES = 50 * 1024 * 1024
