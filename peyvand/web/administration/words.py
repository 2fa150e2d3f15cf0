"""Names of scopes, weekdays, records and fields as people read them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import RolePermission
from peyvand.accounts.types import Scope
from peyvand.core.jalali import WEEKDAYS

KINDS = {
    "Branch": _("Branch"),
    "Department": _("Department"),
    "Post": _("Post"),
    "User": _("User"),
    "Role": _("Role"),
    "RolePermission": _("Permission of a role"),
    "RoleGrant": _("Role of a person"),
    "ApiToken": _("API token"),
    "Substitution": _("Substitute for leave"),
}
FIELDS = {
    "name": _("Name"),
    "name_en": _("Name in English"),
    "full_name": _("Full name"),
    "username": _("User name"),
    "email": _("E-mail"),
    "phone": _("Mobile"),
    "city": _("City"),
    "title": _("Title"),
    "description": _("Description"),
    "branch_id": _("Branch"),
    "department_id": _("Department"),
    "manager_id": _("Supervisor"),
    "holder_id": _("Holder"),
    "parent_id": _("Below"),
    "user_id": _("User"),
    "role_id": _("Role"),
    "permission": _("Permission"),
    "scope": _("How far"),
    "scopes": _("What it may do"),
    "language": _("Language"),
    "calendar": _("Calendar"),
    "digits": _("Digits"),
    "theme": _("Theme"),
    "is_active": _("Open access"),
    "password_changed_at": _("Password"),
    "revoked_at": _("Revoked"),
    "expires_at": _("until"),
    "signature": _("Signature under answers"),
    "hue": _("Colour"),
    "person_id": _("On leave"),
    "substitute_id": _("Substitute"),
    "first_day": _("From the day"),
    "last_day": _("To and including"),
    "work": _("Stands in for"),
    "note": _("Note to the substitute"),
    "ended_at": _("Ended"),
    "settled_at": _("Given back"),
}


def scope_name(scope: Scope | str | None) -> str:
    """«شعبه و زیر آن»; empty for None."""
    return "" if scope is None else str(RolePermission.Scope(str(scope)).label)


def weekday(day: int) -> str:
    """The name of a weekday (Monday is 0) in the language of the page."""
    return WEEKDAYS["fa" if get_language() == "fa" else "en"][day]
