"""Plain data of accounts: scopes, the place of a record, what a person's form holds. No model here."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Scope(StrEnum):
    """How far a permission reaches, from the holder's own place; each includes all narrower ones."""

    OWN = "own"
    TEAM = "team"
    BRANCH = "branch"
    BRANCH_BELOW = "branch_below"
    ALL = "all"

    @property
    def width(self) -> int:
        """0 for the narrowest, 4 for the widest."""
        return _WIDTHS[self]


_WIDTHS = {scope: width for width, scope in enumerate(Scope)}


@dataclass(frozen=True, kw_only=True)
class ScopeFields:
    """Where a model keeps its place: look-up paths to users, to a department and to a branch.

    own: paths to user ids (`assignee_id`); a record is one's own when any of them is oneself;
    department, branch: paths to the ids, None when the model has no such place.
    """

    own: tuple[str, ...] = ()
    department: str | None = None
    branch: str | None = None


@dataclass(frozen=True)
class Reach:
    """What one user may do and where he stands: read once per request, enough to answer everything."""

    user_id: int
    everything: bool = False
    department_id: int | None = None
    branch_id: int | None = None
    below: frozenset[int] = frozenset()  # the branch and all branches under it
    team: frozenset[int] = frozenset()  # people whose manager he is
    posts: frozenset[int] = frozenset()  # posts that he holds
    scopes: dict[str, Scope] = field(default_factory=dict)
    token_scopes: frozenset[str] | None = None  # None: no token; otherwise it narrows the permissions
    desks: frozenset[int] = frozenset()  # people on leave whose requests and referrals are his today
    reviews: frozenset[int] = frozenset()  # people on leave whose answers he reviews today
    has_news: bool = False  # an unread notification waits: read here, so that the shell asks nothing more

    def scope(self, permission: str) -> Scope | None:
        """The widest scope of `permission`, or None when it is not held (or the token leaves it out)."""
        if self.token_scopes is not None and permission not in self.token_scopes:
            return None
        return Scope.ALL if self.everything else self.scopes.get(permission)


@dataclass(frozen=True, kw_only=True)
class UserDetails:
    """What an administrator writes about a person; the branch follows the department when there is one."""

    username: str
    full_name: str
    email: str = ""
    phone: str = ""
    branch_id: int | None = None
    department_id: int | None = None
    manager_id: int | None = None
    language: str = "fa"


@dataclass(frozen=True, kw_only=True)
class ReferralTarget:
    """Somebody or something that work can be referred to. `kind` is user, post, department or branch."""

    kind: str
    id: int
    label: str
    detail: str
    hue: int
    load: int | None = None  # open work, when the caller can count it
    away: "Away | None" = None  # he is on leave today, and somebody stands in for him


@dataclass(frozen=True, kw_only=True)
class Away:
    """Somebody is on leave today until a last day; who stands in for him, and in what (`Substitution.Work`)."""

    person_id: int
    until: date
    substitute_id: int
    substitute: str
    work: int


@dataclass(frozen=True, kw_only=True)
class Leave:
    """From which day to which somebody stands in, both included; in what (`Substitution.Work`), and a word on it."""

    first_day: date
    last_day: date
    work: int = 3
    note: str = ""


ORGANISATION_NAME = "organisation_name"  # names of core.models.Setting
WORKING_HOURS = "working_hours"  # {"5": [["08:00", "16:00"]], …}: Monday is 0, Saturday 5
