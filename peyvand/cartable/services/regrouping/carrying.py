"""What goes with the work when requests are merged: their tags, what people had put aside, who is named on a
confidential one; undo gives it back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.models import Confidant, Regrouping, Request, Snooze
from peyvand.cartable.selectors.folders import is_in_own_work
from peyvand.cartable.services.telling import untell

TAGS, SNOOZES, NAMED = "tags", "snoozes", "named"


def carry_tags(made: Regrouping, survivor: Request, sources: Sequence[Request]) -> None:
    """The survivor carries the tags of all; the others keep theirs, so that nothing has to be remembered of them."""
    made.details[TAGS] = list(survivor.tag_ids)
    survivor.tag_ids = list(dict.fromkeys([*survivor.tag_ids, *(pk for one in sources for pk in one.tag_ids)]))


def carry_snoozes(made: Regrouping, survivor: Request, sources: Sequence[Request]) -> None:
    """Put aside stays put aside: a person's snooze goes to the survivor, and of two the earlier moment counts.

    Where the survivor lies open in his own work it stays there: he wants to see it now.
    """
    rows = Snooze.objects.select_for_update(of=("self",)).select_related("user").order_by("until", "pk")
    moving = list(rows.filter(request__in=[one.pk for one in sources]))
    there = {one.user_id: one for one in rows.filter(request=survivor)}
    kept = [_written(one) for one in moving] + [_written(one) for one in there.values()]
    if not moving:
        return
    Snooze.objects.filter(pk__in=[one.pk for one in moving]).delete()
    for one in moving:
        mine = there.get(one.user_id)
        if mine is not None and one.until < mine.until:
            mine.until = one.until
            mine.save(update_fields=["until"])
        elif mine is None and not is_in_own_work(one.user, survivor.pk):
            there[one.user_id] = Snooze.objects.create(request=survivor, user=one.user, until=one.until)
    made.details[SNOOZES] = {"before": kept, "after": [_written(one) for one in there.values()]}


def carry_confidants(made: Regrouping, survivor: Request, sources: Sequence[Request], by: User) -> None:
    """Whoever is named on a confidential request is named on the survivor, where its words are now."""
    secret = [one.pk for one in sources if one.confidential]
    named = Confidant.objects.filter(request__in=secret, user__is_active=True)
    there = Confidant.objects.filter(request=survivor).values("user")
    for user_id in sorted(set(named.exclude(user__in=there).values_list("user", flat=True))):
        name_on(made, survivor, user_id, by)


def name_on(made: Regrouping, survivor: Request, user_id: int, by: User) -> None:
    """Name somebody on the survivor until the merge or the move is undone."""
    row = Confidant.objects.create(request=survivor, user_id=user_id, by=by)
    made.details[NAMED] = [*made.details.get(NAMED, []), row.pk]


def keep_in_sight(actor: Actor, made: Regrouping, target: Request, was_confidential: bool) -> None:
    """Whoever made a request confidential by a merge or a move is named on it, unless he sees it anyway; what stands
    under the bells of others about it is gone.
    """
    if was_confidential or not target.confidential:
        return
    if not Request.objects.visible_to(actor).filter(pk=target.pk).exists():
        name_on(made, target, actor.user.pk, actor.user)
    untell(target)


def hand_names_on(made: Regrouping) -> None:
    """Whom a merge or a move named on the survivor stays named there when a later one would have named him, too.

    It is that one's name then, and goes with it. Else taking back the first of two would hide from him what is still
    there of the second.
    """
    later = Regrouping.objects.standing().filter(target=made.target_id, pk__gt=made.pk, sources__confidential=True)
    for heir in later.distinct().order_by("pk"):
        on_sources = Confidant.objects.filter(request__in=heir.sources.filter(confidential=True)).values("user")
        theirs = Q(user=heir.by_id)
        if heir.kind == Regrouping.Kind.MERGE:  # a move brings nobody along who is named on the other
            theirs |= Q(user__in=on_sources)
        kept = list(Confidant.objects.filter(theirs, pk__in=_named_by(made)).values_list("pk", flat=True))
        if kept:
            made.details[NAMED] = [pk for pk in _named_by(made) if pk not in kept]
            heir.details[NAMED] = [*_named_by(heir), *kept]
            for one in (made, heir):
                one.save(update_fields=["details"])


def _named_by(made: Regrouping) -> list[int]:
    named = made.details.get(NAMED, [])
    return named if isinstance(named, list) else [named]


def take_names_off(made: Regrouping) -> None:
    """Whom the merge named on the survivor is named there no longer."""
    Confidant.objects.filter(pk__in=_named_by(made)).delete()


def give_back(made: Regrouping, survivor_id: int, sources: Sequence[Request]) -> None:
    """Undo both, where nobody has changed it since: a tag that the survivor had of the others leaves it, and what was
    put aside lies where it lay.
    """
    _take_tags_off(made, survivor_id, sources)
    told = made.details.get(SNOOZES, {"before": [], "after": []})
    now = [_written(one) for one in Snooze.objects.filter(request=survivor_id)]
    touched = {one["user"] for one in told["after"] if one not in now}
    Snooze.objects.filter(pk__in=[one["id"] for one in told["after"] if one in now]).delete()
    back = [one for one in told["before"] if one["user"] not in touched]
    for one in back:
        _aside_again(one)


def _aside_again(told: dict[str, Any]) -> None:
    """The row as it was, with its number; a person who put that request aside anew meanwhile keeps his moment."""
    values = {"id": told["id"], "until": datetime.fromisoformat(told["until"])}
    _row, is_new = Snooze.objects.get_or_create(request_id=told["request"], user_id=told["user"], defaults=values)
    if is_new:
        Snooze.objects.filter(pk=told["id"]).update(at=datetime.fromisoformat(told["at"]))


def _take_tags_off(made: Regrouping, survivor_id: int, sources: Sequence[Request]) -> None:
    if TAGS not in made.details:
        return
    theirs = {pk for one in sources for pk in one.tag_ids} - set(made.details[TAGS])
    tags = Request.objects.values_list("tag_ids", flat=True).get(pk=survivor_id)
    left = [pk for pk in tags if pk not in theirs]
    if left != tags:
        Request.objects.filter(pk=survivor_id).update(tag_ids=left)


def _written(one: Snooze) -> dict[str, Any]:
    return {
        "id": one.pk, "request": one.request_id, "user": one.user_id, "until": one.until.isoformat(),
        "at": one.at.isoformat(),
    }  # fmt: skip
