"""People: who they are, where they work, how they log in, what they prefer."""

from collections.abc import Iterable
from typing import TypeVar

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from peyvand.accounts.errors import NameTaken, WeakPassword, WrongPassword
from peyvand.accounts.logins import normalise_login
from peyvand.accounts.models import ApiToken, Branch, Department, Role, User
from peyvand.accounts.services.roles import grant_role
from peyvand.accounts.services.rules import (
    hold_administrators,
    keep_an_administrator,
    require_manage,
    require_manage_person,
    title,
)
from peyvand.accounts.services.substituting import end_substitutions_of
from peyvand.accounts.types import UserDetails
from peyvand.core.errors import Invalid
from peyvand.core.text import normalise_email, normalise_phone, search_norm, sort_key

Row = TypeVar("Row", bound=Model)
PREFERENCES: dict[str, type] = {"rail": bool, "shortcuts": bool, "compact": bool}
CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("fa", "en"),
    "calendar": tuple(User.Calendar.values),
    "digits": tuple(User.Digits.values),
    "theme": tuple(User.Theme.values),
}


@transaction.atomic
def create_user(
    *, actor: User | None, details: UserDetails, password: str | None = None, roles: Iterable[Role] = ()
) -> User:
    """Add a person, with roles; without a password he cannot log in until one is set.

    Errors: NotAllowed (also for a place that `actor` does not manage), WiderThanYou, Invalid, NameTaken, WeakPassword.
    """
    require_manage(actor)
    user = User(calendar=User.Calendar.GREGORIAN if details.language == "en" else User.Calendar.JALALI)
    user.digits = User.Digits.LATIN if details.language == "en" else User.Digits.PERSIAN
    user.language = details.language if details.language in CHOICES["language"] else "fa"
    _write_details(user, details)
    require_manage(actor, user)
    _write_password(user, password)
    _save(user)
    for role in roles:
        grant_role(actor=actor, user=user, role=role)
    return user


@transaction.atomic
def change_user(*, actor: User | None, user: User, details: UserDetails) -> User:
    """Change who a person is and where he works; both places must be in `actor`'s reach. Errors as `create_user`."""
    require_manage_person(actor, user)
    _write_details(user, details)
    require_manage(actor, user)
    _save(user)
    return user


@transaction.atomic
def deactivate_user(*, actor: User | None, user: User) -> User:
    """Close a person's access at once: sessions end, tokens are revoked, posts become vacant, the record stays.

    He stands in for nobody any more, and who counted on him is told.

    Errors: NotAllowed, LastAdministrator.
    """
    require_manage_person(actor, user)
    hold_administrators()
    User.objects.filter(pk=user.pk).update(is_active=False)
    keep_an_administrator()
    user.is_active = False
    end_sessions(user=user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    user.posts.update(holder=None)
    end_substitutions_of(user)
    return user


@transaction.atomic
def activate_user(*, actor: User | None, user: User) -> User:
    """Open a person's access again; old sessions and tokens stay ended."""
    require_manage_person(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def set_password(*, actor: User | None, user: User, password: str) -> None:
    """Give a person a new password (an administrator's act); all his sessions end. Errors: NotAllowed, WeakPassword."""
    require_manage_person(actor, user)
    _write_password(user, password)
    user.save(update_fields=["password", "password_changed_at"])
    end_sessions(user=user)


@transaction.atomic
def change_password(*, actor: User, current: str, password: str, keep_session: str = "") -> None:
    """Change one's own password; every other session ends, `keep_session` (a session key) stays.

    Errors: WrongPassword, WeakPassword.
    """
    if not actor.check_password(current):
        raise WrongPassword(fields={"current": "wrong"})
    _write_password(actor, password)
    actor.save(update_fields=["password", "password_changed_at"])
    end_sessions(user=actor, keep=keep_session)


@transaction.atomic
def change_preferences(*, actor: User, **values: object) -> User:
    """Change one's own language, calendar, digits, theme, or a switch of `PREFERENCES`. Errors: Invalid."""
    wrong = {name: "invalid" for name, value in values.items() if not _is_preference(name, value)}
    if wrong:
        raise Invalid(fields=wrong)
    user = User.objects.select_for_update().get(pk=actor.pk)
    for name, value in values.items():
        if name in CHOICES:
            setattr(user, name, value)
        else:
            user.preferences[name] = value
    user.save(update_fields=[*CHOICES, "preferences"])
    for name in (*CHOICES, "preferences"):
        setattr(actor, name, getattr(user, name))
    return actor


@transaction.atomic
def keep_list_settings(*, actor: User, key: str, **values: object) -> None:
    """Remember how one likes a list (columns, look, density, default view); None forgets a setting."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    known = user.preferences.get("lists")
    lists = dict(known) if isinstance(known, dict) else {}
    settings = {**lists.get(key, {}), **values}
    lists[key] = {name: value for name, value in settings.items() if value is not None}
    user.preferences["lists"] = lists
    user.save(update_fields=["preferences"])
    actor.preferences = user.preferences


@transaction.atomic
def end_sessions_of(*, actor: User | None, user: User) -> int:
    """End all sessions of a person that `actor` manages. Errors: NotAllowed, AboveYou."""
    require_manage_person(actor, user)
    return end_sessions(user=user)


def end_sessions(*, user: User, keep: str = "") -> int:
    """End all sessions of a person but `keep` (a session key); return how many. Asks no permission: callers do."""
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in ended:
        session.end()
    return len(ended)


def _is_preference(name: str, value: object) -> bool:
    if name in CHOICES:
        return value in CHOICES[name]
    return name in PREFERENCES and type(value) is PREFERENCES[name]


def _write_details(user: User, details: UserDetails) -> None:
    email = normalise_email(details.email) if details.email.strip() else ""
    phone = normalise_phone(details.phone) if details.phone.strip() else ""
    username = normalise_login(details.username)
    problems = {
        "username": not username or len(username) > 60 or "@" in username,
        "email": email is None,
        "phone": phone is None,
    }
    if any(problems.values()):
        raise Invalid(fields={name: "invalid" for name, bad in problems.items() if bad})
    user.username, user.email, user.phone = username, normalise_login(email or ""), phone or ""
    user.full_name = title(details.full_name, field="full_name")
    user.sort_key = sort_key(user.full_name)[:240]
    user.search = search_norm(f"{user.full_name} {username} {user.email}")[:400]
    _write_place(user, details)


def _write_place(user: User, details: UserDetails) -> None:
    user.department = _found(Department.objects.select_related("branch"), details.department_id, "department")
    branch = _found(Branch.objects.all(), details.branch_id, "branch")
    user.branch = user.department.branch if user.department else branch
    user.manager = _found(User.objects.all(), details.manager_id, "manager")
    if user.manager is not None and user.manager.pk == user.pk:
        raise Invalid(fields={"manager": "invalid"})


def _found(rows: QuerySet[Row], pk: int | None, field: str) -> Row | None:
    if pk is None:
        return None
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Invalid(fields={field: "unknown"})
    return row


def _write_password(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise WeakPassword(fields={"password": " ".join(error.messages)}) from error
    user.password = make_password(password)
    user.password_changed_at = timezone.now()


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        field = "email" if "accounts_user_email" in str(error) else "username"
        raise NameTaken(fields={field: "taken"}) from error
