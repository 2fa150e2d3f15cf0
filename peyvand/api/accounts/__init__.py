"""Endpoints of people, places, roles and tokens; accounts itself lies below the API and cannot have them."""

from peyvand.api.accounts.me import me, tokens
from peyvand.api.accounts.notifications import notifications
from peyvand.api.accounts.organisation import branches, departments, posts
from peyvand.api.accounts.roles import permissions, roles
from peyvand.api.accounts.substitutions import substitutions
from peyvand.api.accounts.users import users

ROUTERS = {
    "/me": me,
    "/tokens": tokens,
    "/notifications": notifications,
    "/users": users,
    "/substitutions": substitutions,
    "/branches": branches,
    "/departments": departments,
    "/posts": posts,
    "/roles": roles,
    "/permissions": permissions,
}
