"""Every write of accounts. `actor` is who asks; None is the installation itself (command line, first start)."""

from peyvand.accounts.services.install import create_first_admin, ensure_first_department, ensure_starter_roles
from peyvand.accounts.services.organisation import (
    assign_post,
    change_branch,
    change_department,
    close_department,
    create_branch,
    create_department,
    create_post,
    delete_post,
    move_branch,
)
from peyvand.accounts.services.people import (
    activate_user,
    change_password,
    change_preferences,
    change_user,
    create_user,
    deactivate_user,
    end_sessions,
    end_sessions_of,
    keep_list_settings,
    set_password,
)
from peyvand.accounts.services.roles import change_role, create_role, delete_role, grant_role, revoke_role, set_roles
from peyvand.accounts.services.substituting import (
    change_substitution,
    end_substitution,
    name_substitute,
    settle_substitution,
)
from peyvand.accounts.services.system import (
    add_holiday,
    change_organisation,
    change_working_hours,
    fill_holidays,
    remove_holiday,
)
from peyvand.accounts.services.tokens import authenticate_token, create_token, revoke_token

__all__ = [
    "remove_holiday",
    "fill_holidays",
    "change_working_hours",
    "change_organisation",
    "add_holiday",
    "activate_user",
    "assign_post",
    "authenticate_token",
    "change_branch",
    "change_department",
    "change_password",
    "change_preferences",
    "change_role",
    "change_user",
    "close_department",
    "create_branch",
    "create_department",
    "create_first_admin",
    "create_post",
    "create_role",
    "create_token",
    "create_user",
    "deactivate_user",
    "delete_post",
    "delete_role",
    "end_sessions",
    "keep_list_settings",
    "end_sessions_of",
    "ensure_first_department",
    "ensure_starter_roles",
    "grant_role",
    "move_branch",
    "revoke_role",
    "revoke_token",
    "set_password",
    "change_substitution",
    "end_substitution",
    "name_substitute",
    "settle_substitution",
    "set_roles",
]
