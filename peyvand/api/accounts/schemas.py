"""What the endpoints of accounts take and give. No password, hash or secret is in any answer but a new token's own."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from peyvand.accounts.models import ApiToken, Role, Substitution, User
from peyvand.accounts.permissions import Permission
from peyvand.api.kit import BodyId, Flag, In, Moment, Out, Person, Ref

Name = Annotated[str, Field(min_length=1, max_length=120)]
ShortName = Annotated[str, Field(min_length=1, max_length=80)]
Login = Annotated[str, Field(min_length=1, max_length=60)]
Address = Annotated[str, Field(max_length=254)]
Phone = Annotated[str, Field(max_length=40)]
Password = Annotated[str, Field(min_length=1, max_length=200)]
Hue = Annotated[int, Field(strict=True, ge=1, le=6)]
Language = Literal["fa", "en"]
ScopeName = Literal["own", "team", "branch", "branch_below", "all"]


class UserOut(Out):
    id: int
    username: str
    full_name: str
    email: str
    phone: str
    branch: Ref | None
    department: Ref | None
    manager: Person | None
    roles: list[Ref]
    language: Language
    is_active: bool

    @staticmethod
    def resolve_roles(user: User) -> list[Role]:
        return [grant.role for grant in user.grants.all()]


class UserIn(In):
    username: Login
    full_name: Name
    email: Address = ""
    phone: Phone = ""
    branch_id: BodyId | None = None
    department_id: BodyId | None = None
    manager_id: BodyId | None = None
    language: Language = "fa"
    password: Password | None = None
    role_ids: list[BodyId] = Field(default_factory=list, max_length=50)


class UserChange(In):
    username: Login | None = None
    full_name: Name | None = None
    email: Address | None = None
    phone: Phone | None = None
    branch_id: BodyId | None = None
    department_id: BodyId | None = None
    manager_id: BodyId | None = None
    language: Language | None = None


class PasswordIn(In):
    password: Password


class MeOut(Out):
    id: int
    username: str
    full_name: str
    email: str
    branch: Ref | None
    department: Ref | None
    language: Language
    calendar: Literal["jalali", "gregorian"]
    digits: Literal["persian", "latin"]
    theme: Literal["system", "light", "dark"]
    permissions: dict[str, ScopeName]


class MeChange(In):
    language: Language | None = None
    calendar: Literal["jalali", "gregorian"] | None = None
    digits: Literal["persian", "latin"] | None = None
    theme: Literal["system", "light", "dark"] | None = None


class AwayOut(Out):
    """He is on leave until this day, and who stands in for him."""

    until: date
    substitute_id: int
    substitute: str


class TargetOut(Out):
    """Somebody or something to refer to."""

    kind: Literal["user", "post", "department", "branch"]
    id: int
    label: str
    detail: str
    away: AwayOut | None = None


class BranchOut(Out):
    id: int
    name: str
    city: str
    parent_id: int | None
    is_active: bool


class BranchIn(In):
    name: Name
    city: Annotated[str, Field(max_length=80)] = ""
    parent_id: BodyId | None = None


class BranchChange(In):
    name: Name | None = None
    city: Annotated[str, Field(max_length=80)] | None = None
    is_active: Flag | None = None


class ParentIn(In):
    parent_id: BodyId | None


class DepartmentOut(Out):
    id: int
    name: str
    branch: Ref
    email: str
    hue: int
    signature: str
    is_active: bool


class DepartmentIn(In):
    name: Name
    branch_id: BodyId
    email: Address = ""
    hue: Hue = 1
    signature: Annotated[str, Field(max_length=2000)] = ""


class DepartmentChange(In):
    name: Name | None = None
    email: Address | None = None
    hue: Hue | None = None
    signature: Annotated[str, Field(max_length=2000)] | None = None


class PostOut(Out):
    id: int
    title: str
    department: Ref
    holder: Person | None


class PostIn(In):
    title: Name
    department_id: BodyId
    holder_id: BodyId | None = None


class HolderIn(In):
    holder_id: BodyId | None


class RoleOut(Out):
    id: int
    name: str
    name_en: str
    code: str
    description: str
    permissions: dict[str, ScopeName]
    holders: int

    @staticmethod
    def resolve_permissions(role: Role) -> dict[str, str]:
        return {each.permission: each.scope for each in role.permissions.all()}

    @staticmethod
    def resolve_holders(role: Role) -> int:
        return len(role.grants.all())


class RoleIn(In):
    name: ShortName
    name_en: Annotated[str, Field(max_length=80)] = ""
    description: Annotated[str, Field(max_length=255)] = ""
    permissions: dict[Annotated[str, Field(max_length=80)], ScopeName] = Field(max_length=200)


class RoleChange(In):
    name: ShortName | None = None
    name_en: Annotated[str, Field(max_length=80)] | None = None
    description: Annotated[str, Field(max_length=255)] | None = None
    permissions: dict[Annotated[str, Field(max_length=80)], ScopeName] | None = Field(None, max_length=200)


class PermissionOut(Out):
    name: str
    label: str
    scopes: list[ScopeName]

    @staticmethod
    def resolve_label(permission: Permission) -> str:
        return str(permission.label)


class TokenOut(Out):
    id: int
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class TokenIn(In):
    name: ShortName
    scopes: list[Annotated[str, Field(max_length=80)]] = Field(min_length=1, max_length=200)
    expires_at: Moment | None = None


class NewTokenOut(TokenOut):
    """The only time that the secret is shown."""

    secret: str


def new_token(token: ApiToken, secret: str) -> NewTokenOut:
    return NewTokenOut(**TokenOut.from_orm(token).dict(), secret=secret)


WorkName = Literal["desk", "reviews", "all"]
WORK_NAMES: dict[int, WorkName] = {1: "desk", 2: "reviews", 3: "all"}


class SubstitutionOut(Out):
    """Somebody stands in from the first day to the last: for requests and referrals, for reviews, or for all."""

    id: int
    person: Person
    substitute: Person
    first_day: date
    last_day: date
    work: WorkName
    note: str
    ended_at: datetime | None

    @staticmethod
    def resolve_work(one: Substitution) -> WorkName:
        return WORK_NAMES[one.work]


class SubstitutionIn(In):
    """person_id: left out it is the caller."""

    person_id: BodyId | None = None
    substitute_id: BodyId
    first_day: date
    last_day: date
    work: WorkName = "all"
    note: Annotated[str, Field(max_length=300)] = ""


class SubstitutionChange(In):
    substitute_id: BodyId | None = None
    first_day: date | None = None
    last_day: date | None = None
    work: WorkName | None = None
    note: Annotated[str, Field(max_length=300)] | None = None
