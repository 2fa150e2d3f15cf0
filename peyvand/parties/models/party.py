"""Who people, organisations and households are."""

from collections.abc import Collection
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch
from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields
from peyvand.parties.models.categories import Category
from peyvand.parties.models.facts import Beside
from peyvand.parties.models.survivors import survivor_of, survivors_of
from peyvand.parties.types import Role

PARTY_SCOPE = ScopeFields(own=("owner_id",), department=None, branch="branch_id")
KEPT = Q(deleted_at=None)


def _of(to: str) -> Any:
    """A column of the history that points somewhere: found by its customer or not at all, so without an index."""
    return models.ForeignKey(
        to, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False,
        related_name="+", related_query_name="+",
    )  # fmt: skip


_POINTS_TO = {
    "branch": "accounts.Branch",
    "category": "parties.Category",
    "deleted_by": settings.AUTH_USER_MODEL,
    "merged_into": "parties.Party",
    "organisation": "parties.Party",
    "owner": settings.AUTH_USER_MODEL,
}


class PartyQuerySet(models.QuerySet["Party"]):
    """Reads of parties; every list starts at `visible_to`."""

    def visible_to(self, who: Who, permission: str = "parties.view") -> Self:
        """The parties that `who` reaches, his own, his branch's, or all, without those in the trash."""
        return self.filter(fields_q(who, permission, PARTY_SCOPE), deleted_at=None)

    def trash_of(self, who: Who, permission: str = "parties.delete") -> Self:
        """The deleted parties that `who` may restore."""
        gone = self.filter(deleted_at__isnull=False, erased_at=None, merged_into=None)
        return gone.filter(fields_q(who, permission, PARTY_SCOPE))

    def answering(self, party_id: int | None) -> "Party | None":
        """The party of this number, or the one in which it lives on since a merge; None when neither is among these."""
        if party_id is None:
            return None
        found = self.filter(pk=party_id).first()
        survivor = survivor_of(party_id) if found is None else None
        return found if survivor is None else self.filter(pk=survivor).first()

    def answers(self, party_ids: Collection[int]) -> dict[int, int]:
        """By each of these numbers the number of the party that answers for it, of those that are among these."""
        found = set(self.filter(pk__in=party_ids).values_list("pk", flat=True))
        moved = survivors_of(set(party_ids) - found)
        found |= set(self.filter(pk__in=set(moved.values())).values_list("pk", flat=True)) if moved else set()
        meant = {pk: moved.get(pk, pk) for pk in party_ids}
        return {pk: now for pk, now in meant.items() if now in found}


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "sort_key", "change_xid", "completeness", "missing", "last_contact_at"],
    level=pghistory.Statement,
    attrs={name: _of(to) for name, to in _POINTS_TO.items()},
)
class Party(models.Model):
    """A person, an organisation or a household.

    `search` is folded text with all addresses, `sort_key` the Persian alphabet. Written by services beside their
    source and never by hand: `organisation` (the present employer of the relations), `city` and `province` (of the
    main address), `roles` (those that hold today), `consents` ("sms:marketing"), `completeness` (percent) and
    `missing` (what the category asks for and is not known). `change_xid` is the transaction that last wrote the row
    (a trigger sets it): the change feed finds it in `PartyChange`, the search the words in `PartyWords`.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        HOUSEHOLD = "household", _("Household")

    class LifeCycle(models.TextChoices):
        POTENTIAL = "potential", _("Potential")
        CURRENT = "current", _("Current")
        DISSATISFIED = "dissatisfied", _("Dissatisfied")
        LOST = "lost", _("Lost")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    search = models.TextField(blank=True)
    sort_key = models.CharField(max_length=240, blank=True, db_collation="C")
    honorific = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    city = models.CharField(max_length=80, blank=True)
    province = models.CharField(max_length=80, blank=True)
    life_cycle = models.CharField(max_length=12, choices=LifeCycle, default=LifeCycle.POTENTIAL)
    life_cycle_since = models.DateTimeField(null=True, blank=True)
    roles = ArrayField(models.CharField(max_length=12, choices=Role.choices), default=list, blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="parties", db_index=False
    )
    tag_ids = ArrayField(models.IntegerField(), default=list, blank=True)
    custom = models.JSONField(default=dict, blank=True)  # values of custom fields by the field's id as text
    consents = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    preferred_channel = models.CharField(max_length=12, blank=True)
    preferred_from = models.TimeField(null=True, blank=True)
    preferred_until = models.TimeField(null=True, blank=True)
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    completeness = models.PositiveSmallIntegerField(default=0)
    missing = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False)  # made by a channel, not yet confirmed by a person
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(  # its rows went there and its number answers with that one
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="aliases", db_index=False
    )
    change_xid = models.BigIntegerField(default=0, editable=False)
    facts = Beside()

    objects = PartyQuerySet.as_manager()
    scope_fields = PARTY_SCOPE
    is_bare = False  # just made of columns and addresses alone: `points` holds these, and there is nothing more to read

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person") | Q(organisation__isnull=True), name="parties_only_people_belong"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="parties_party_named"),
            models.CheckConstraint(condition=Q(completeness__lte=100), name="parties_completeness_percent"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(deleted_at__isnull=False), name="parties_merged_is_hidden"
            ),
        ]
        # Every write pays for each index. Taking a user, a branch or a category away reads the whole table once: that
        # is rare, so these keys have no index of their own that would hold those in the trash, too. A column that many
        # writes change has no index at all: it would cost each of them all the others (`models.facts`).
        indexes = [
            models.Index(fields=["sort_key", "id"], condition=KEPT, name="parties_party_order"),
            models.Index(fields=["branch", "sort_key", "id"], condition=KEPT, name="parties_party_branch"),
            models.Index(fields=["category", "sort_key", "id"], condition=KEPT, name="parties_party_category"),
            models.Index(fields=["owner", "sort_key", "id"], condition=KEPT, name="parties_party_owner"),
            models.Index(fields=["city", "sort_key", "id"], condition=KEPT, name="parties_party_city"),
            models.Index(fields=["life_cycle", "sort_key", "id"], condition=KEPT, name="parties_party_life"),
            models.Index(fields=["created_at", "id"], condition=KEPT, name="parties_party_added"),
            models.Index(fields=["branch", "created_at", "id"], condition=KEPT, name="parties_party_branch_added"),
            models.Index(fields=["life_cycle", "created_at", "id"], condition=KEPT, name="parties_party_life_added"),
            models.Index(
                F("last_contact_at").desc(nulls_last=True), F("id").desc(), condition=KEPT, name="parties_party_contact"
            ),
            models.Index(
                fields=["-deleted_at", "-id"], condition=Q(deleted_at__isnull=False), name="parties_party_trash"
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="parties_party_aliases"),
            GinIndex(fields=["roles"], name="parties_party_roles"),
            GinIndex(fields=["tag_ids"], name="parties_party_tags"),
            GinIndex(fields=["consents"], name="parties_party_consents"),
            GinIndex(OpClass(F("custom"), "jsonb_path_ops"), name="parties_party_custom"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class PartyRole(models.Model):
    """What a party is to us, since when and until when (days included)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="role_periods")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "role"], condition=Q(until=None), name="parties_role_open_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="parties_role_ends_after"
            ),
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())  # row by row: its key moves
class Profile(models.Model):
    """Demographics and psychographics of a party, all optional; what does not apply to its kind stays empty."""

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")

    class Marital(models.TextChoices):
        SINGLE = "single", _("Single")
        MARRIED = "married", _("Married")

    class Education(models.TextChoices):
        SCHOOL = "school", _("Below diploma")
        DIPLOMA = "diploma", _("Diploma")
        ASSOCIATE = "associate", _("Associate degree")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master")
        DOCTOR = "doctor", _("Doctor")

    class Band(models.TextChoices):
        LOW = "low", _("Low")
        MIDDLE = "middle", _("Middle")
        HIGH = "high", _("High")

    party = models.OneToOneField(Party, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=8, choices=Gender, blank=True)
    marital_status = models.CharField(max_length=8, choices=Marital, blank=True)
    children = models.PositiveSmallIntegerField(null=True, blank=True)
    education = models.CharField(max_length=10, choices=Education, blank=True)
    occupation = models.CharField(max_length=120, blank=True)
    income_band = models.CharField(max_length=8, choices=Band, blank=True)
    language = models.CharField(max_length=8, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    website = models.CharField(max_length=200, blank=True)
    interests = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    lifestyle = models.CharField(max_length=200, blank=True)
    values = models.CharField(max_length=200, blank=True)
    personality = models.CharField(max_length=200, blank=True)
    motivations = models.TextField(blank=True)
    pains = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["birth_date"], name="parties_profile_birth")]


class Tag(models.Model):
    """A word that a business hangs on its customers; `norm` keeps two spellings of it from being two tags."""

    name = models.CharField(max_length=60)
    norm = models.CharField(max_length=60, unique=True)
    hue = models.PositiveSmallIntegerField(default=1)  # 1 to 6, as avatars have them
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    id: Any

    def __str__(self) -> str:
        return self.name
