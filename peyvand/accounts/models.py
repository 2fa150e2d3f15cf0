"""Who works here: branches, departments, posts, users, and what each role may do where."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models
from django.db.models.functions import Lower


class Branch(models.Model):
    """A branch (شعبه); `path` is its ancestors' ids and its own, so that «and below» is one prefix test."""

    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, unique=True)  # "/1/4/"
    city = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of the organisation (واحد) that receives referrals; `hue` is its colour in lists (1–6)."""

    name = models.CharField(max_length=120)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="departments")
    email = models.EmailField(blank=True)
    hue = models.PositiveSmallIntegerField(default=1)
    signature = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "name"], name="accounts_department_name")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (پست سازمانی) such as «head of logistics»; work referred to it reaches whoever holds it now."""

    title = models.CharField(max_length=120)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="posts")
    holder = models.ForeignKey("User", null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "title"], name="accounts_post_title")]

    def __str__(self) -> str:
        return self.title


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in. `version` is part of the session, so a role change takes effect at once."""

    class Calendar(models.TextChoices):
        JALALI = "jalali"
        GREGORIAN = "gregorian"

    class Digits(models.TextChoices):
        PERSIAN = "persian"
        LATIN = "latin"

    class Theme(models.TextChoices):
        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=120)
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
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()  # type: ignore[misc]  # the manager is generic over AbstractUser only

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="accounts_user_email"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username


class Role(models.Model):
    """A named set of permissions, each with the widest scope it may reach; starter roles carry a `code`."""

    name = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.name


class RolePermission(models.Model):
    """A permission `app.action` in a role, with its scope."""

    class Scope(models.TextChoices):
        OWN = "own"
        TEAM = "team"
        BRANCH = "branch"
        BRANCH_BELOW = "branch_below"
        ALL = "all"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    permission = models.CharField(max_length=80)
    scope = models.CharField(max_length=12, choices=Scope)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="accounts_role_permission_once")]


class RoleGrant(models.Model):
    """A user holds a role; the widest scope of all roles counts, measured from the user's own place."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="accounts_role_grant_once")]


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
