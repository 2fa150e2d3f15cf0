"""Who works here: branches, departments, posts, users, and what each role may do where."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now, TruncDate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.types import Reach, ScopeFields
from peyvand.accounts.types import Scope as Reaches

Tracked = TypeVar("Tracked", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[Tracked], Tracked]:
    """Record every change of a model by a trigger, with who and where from; new trackers, for they are not shared."""
    changes = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    decorate: Callable[[Tracked], Tracked] = pghistory.track(*changes, exclude=list(exclude) or None)
    return decorate


@tracked()
class Branch(models.Model):
    """A branch (شعبه); `path` is its ancestors' ids and its own, so that «and below» is one prefix test."""

    scope_fields: ClassVar[ScopeFields] = ScopeFields(branch="id")

    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, unique=True)  # "/1/4/"
    city = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], nulls_distinct=False, name="accounts_branch_name"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="accounts_branch_not_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for the head office."""
        return self.path.count("/") - 2


@tracked()
class Department(models.Model):
    """A part of the organisation (واحد) that receives referrals; `hue` is its colour in lists (1–6)."""

    scope_fields: ClassVar[ScopeFields] = ScopeFields(department="id", branch="branch_id")

    name = models.CharField(max_length=120)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="departments")
    email = models.EmailField(blank=True)
    hue = models.PositiveSmallIntegerField(default=1)
    signature = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "name"], name="accounts_department_name"),
            models.CheckConstraint(condition=models.Q(hue__range=(1, 6)), name="accounts_department_hue"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Post(models.Model):
    """A post (پست سازمانی) such as «head of logistics»; work referred to it reaches whoever holds it now."""

    scope_fields: ClassVar[ScopeFields] = ScopeFields(
        own=("holder_id",), department="department_id", branch="department__branch_id"
    )

    title = models.CharField(max_length=120)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="posts")
    holder = models.ForeignKey("User", null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "title"], name="accounts_post_title")]

    def __str__(self) -> str:
        return self.title


class UserManager(BaseUserManager["User"]):
    """Finds people by the folded login name."""


@tracked(exclude=("password", "last_login", "preferences"))
class User(AbstractBaseUser):
    """Somebody who logs in, by user name or e-mail address (both stored folded, `logins.normalise_login`).

    `is_superuser` means everything, everywhere. Roles give the rest; they are read anew in every request,
    so a change takes effect at once.
    """

    scope_fields: ClassVar[ScopeFields] = ScopeFields(own=("id",), department="department_id", branch="branch_id")

    class Calendar(models.TextChoices):
        JALALI = "jalali", _("Jalali")
        GREGORIAN = "gregorian", _("Gregorian")

    class Digits(models.TextChoices):
        PERSIAN = "persian", _("Persian digits")
        LATIN = "latin", _("Latin digits")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=120)
    search = models.CharField(max_length=400, blank=True)  # folded name, login and address
    sort_key = models.CharField(max_length=240, db_index=True)
    phone = models.CharField(max_length=20, blank=True)
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="team")
    language = models.CharField(max_length=2, default="fa")
    calendar = models.CharField(max_length=9, choices=Calendar, default=Calendar.JALALI)
    digits = models.CharField(max_length=7, choices=Digits, default=Digits.PERSIAN)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    preferences = models.JSONField(default=dict, blank=True)  # rail collapsed, shortcuts off …
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    # Not columns: what this object was authenticated with, and what was read for it in this request.
    token: "ApiToken | None" = None
    reach: Reach | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="accounts_user_email"),
            models.CheckConstraint(condition=~models.Q(manager=models.F("id")), name="accounts_user_not_own_manager"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def limit_to(self, token: "ApiToken | None") -> None:
        """Narrow what this object may do to the scopes of `token`."""
        if token is not self.token:
            self.token, self.reach = token, None

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again, permissions too."""
        self.reach = None
        super().refresh_from_db(*args, **kwargs)


@tracked()
class Substitution(models.Model):
    """Somebody stands in for a colleague on leave (جانشین), from the first day to the last, both included.

    Nothing moves: within these days the substitute reaches the work of `person` as his own reach says it
    (`Reach.desks`, `Reach.reviews`), one step far and no further. `work` is a sum of bits: 1 what he holds and what is
    referred to him, 2 the answers that wait for his review. `ended_at`: it was ended before its last day.
    `settled_at`: what the substitute had taken over was given back.
    """

    scope_fields: ClassVar[ScopeFields] = ScopeFields(
        own=("person_id",), department="person__department_id", branch="person__branch_id"
    )

    class Work(models.IntegerChoices):
        DESK = 1, _("Requests and referrals")
        REVIEWS = 2, _("Answers to review")
        ALL = 3, _("Requests, referrals and answers to review")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="substitutes", db_index=False)
    substitute = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stands_in", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    work = models.PositiveSmallIntegerField(choices=Work, default=Work.ALL)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(person=models.F("substitute")), name="accounts_subst_other"),
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="accounts_subst_days"),
        ]
        indexes = [
            models.Index(
                fields=["substitute", "last_day"], condition=models.Q(ended_at=None), name="accounts_subst_substitute"
            ),
            models.Index(fields=["person", "last_day"], name="accounts_subst_person"),
            models.Index(fields=["last_day"], condition=models.Q(settled_at=None), name="accounts_subst_unsettled"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.substitute_id}"


def now_running() -> models.Q:
    """The condition for the substitutions of this day, in the organisation's zone."""
    today = TruncDate(Now())
    return models.Q(ended_at=None, first_day__lte=today, last_day__gte=today)


@tracked()
class Role(models.Model):
    """A named set of permissions, each with the widest scope it may reach; starter roles carry a `code`."""

    name = models.CharField(max_length=80, unique=True)
    name_en = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="accounts_role_code")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


@tracked()
class RolePermission(models.Model):
    """A permission `app.action` in a role, with its scope."""

    class Scope(models.TextChoices):
        OWN = Reaches.OWN.value, _("Own")
        TEAM = Reaches.TEAM.value, _("Team")
        BRANCH = Reaches.BRANCH.value, _("Branch")
        BRANCH_BELOW = Reaches.BRANCH_BELOW.value, _("Branch and below")
        ALL = Reaches.ALL.value, _("All")

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    permission = models.CharField(max_length=80)
    scope = models.CharField(max_length=12, choices=Scope)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="accounts_role_permission_once")]

    def __str__(self) -> str:
        return f"{self.permission} ({self.scope})"


@tracked()
class RoleGrant(models.Model):
    """A user holds a role; the widest scope of all roles counts, measured from the user's own place."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="accounts_role_grant_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role_id}"


@tracked(exclude=("hash", "last_used_at"))
class ApiToken(models.Model):
    """A token of the API: only its hash is stored; scopes narrow what its user may do."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Notification(models.Model):
    """Something a user should know, shown under the bell until it is read; `url` is a page of ours.

    `text` is kept as a msgid with its values in `data`, so that it is read in the language of the reader.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    data = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="accounts_notification_order"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="accounts_notification_new"),
        ]
