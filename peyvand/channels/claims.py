"""Mail that is no request: an app says once which messages it understands and answers for itself.

    claims.register(invitation_answers)

where `invitation_answers(message_ids)` gives those of them that it takes, in few questions for all. The cartable leaves
them alone: whoever claims a message shows it where it belongs.
"""

from collections.abc import Callable, Collection

Claim = Callable[[Collection[int]], set[int]]
_claims: list[Claim] = []


def register(claim: Claim) -> None:
    """Let `claim` say which messages are its own; the same one twice counts once."""
    if claim not in _claims:
        _claims.append(claim)


def claimed(message_ids: Collection[int]) -> set[int]:
    """Those of these messages that are somebody's own."""
    return {one for claim in _claims for one in claim(message_ids)}
