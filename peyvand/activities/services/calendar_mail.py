"""What is done with mail that carries a calendar object: answers to our invitations, and invitations of others."""

from collections.abc import Collection, Sequence

from peyvand.activities.services.incoming import posts_of
from peyvand.activities.services.invitations import calls_in, take_call
from peyvand.activities.services.outside_series import series_calls_in, take_series
from peyvand.activities.services.replies import answering, replies_in, take_reply
from peyvand.channels.events import MessageParsed


def take_answers(events: Sequence[MessageParsed]) -> None:
    """The reaction to messages that were read: answers and invitations are applied in order of arrival. Idempotent."""
    posts = list(posts_of([event.message_id for event in events]))
    for reply in replies_in(posts):
        take_reply(reply)
    for post in posts:  # one after another: a later mail may be of what an earlier one began
        repeated = series_calls_in(post)
        for one in repeated:
            take_series(one)
        for call in calls_in([post], {(one.uid, one.user.pk) for one in repeated}):
            take_call(call)


def claim_answers(message_ids: Collection[int]) -> set[int]:
    """Those of these messages that are such answers and invitations: no request comes of them."""
    posts = list(posts_of(message_ids))
    single = {call.post.message.pk for call in calls_in(posts)}
    return answering(posts) | single | {post.message.pk for post in posts if series_calls_in(post)}
