"""What a reader says of a file that it cannot read."""


class Refused(Exception):
    """This file cannot be read; the code (of `wording.REFUSALS`) says why."""
