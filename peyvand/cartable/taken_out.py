"""The articles of the knowledge base as a table that is taken out."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.cartable.models import Article
from peyvand.cartable.selectors.knowledge import found
from peyvand.cartable.services.exporting import EXPORT
from peyvand.core.sheets import Cell
from peyvand.web.plain_lists import MOST, PlainList, day, number_in, register_plain_list

LONGEST = 200


def _articles(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    rows, topic = Article.objects.visible_to(user), number_in(query, "topic")
    rows = rows.filter(topic=topic) if topic is not None else rows
    for one in found(rows, query.get("q", "").replace("\x00", "")[:LONGEST], MOST + 1):
        topic_name = str(one.topic) if one.topic else ""
        state, audience = str(one.get_state_display()), str(one.get_audience_display())
        yield [
            one.pk,
            one.title,
            topic_name,
            one.body,
            state,
            audience,
            one.helped,
            one.not_helped,
            day(one.changed_at),
        ]


register_plain_list(
    PlainList(
        key="articles",
        permissions=("cartable.view", EXPORT),
        heads=lambda: [
            _("Our number"), _("Title"), _("Topic"), _("Text"), _("State"), _("For whom"), _("Helped"),
            _("Did not help"), _("Changed"),
        ],
        rows=_articles,
    )
)  # fmt: skip
