"""The cast that every test shares, and the organisation they work in.

alice   an expert in logistics, Tehran
bob     her supervisor, head of logistics
charlie an expert in sales, Shiraz: he may never see alice's things
olivia  a customer-relations officer, Tehran
ada     the administrator

`make_cast()` is plain; the fixtures below are for pytest. Everybody's password is `PASSWORD`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings

from peyvand.accounts.models import Branch, Department, Post, Role, RoleGrant, User
from peyvand.accounts.services import create_branch, ensure_starter_roles
from peyvand.core.text import search_norm, sort_key

PASSWORD = "correct-horse-battery"


@dataclass(frozen=True)
class Cast:
    """The organisation: branches, departments, roles by code, people, and one post."""

    tehran: Branch
    east: Branch
    shiraz: Branch
    customer_relations: Department
    logistics: Department
    after_sales: Department
    sales: Department
    roles: dict[str, Role]
    alice: User
    bob: User
    charlie: User
    olivia: User
    ada: User
    head_of_logistics: Post

    @property
    def people(self) -> tuple[User, ...]:
        return (self.alice, self.bob, self.charlie, self.olivia, self.ada)


def new_user(username: str, name: str = "", *, department: Department | None = None, **fields: object) -> User:
    """A person as the service would store him, without its checks; not saved."""
    name = name or username
    branch = fields.pop("branch", department.branch if department else None)
    user = User(
        username=username,
        full_name=name,
        sort_key=sort_key(name),
        search=search_norm(f"{name} {username}"),
        email=str(fields.pop("email", f"{username}@company.example")),
        department=department,
        branch=branch,
        password=_password(),
    )
    for field, value in fields.items():
        setattr(user, field, value)
    return user


def make_user(
    username: str, *, department: Department | None = None, roles: list[Role] | None = None, **fields: object
) -> User:
    """Save a person who holds `roles`."""
    user = new_user(username, department=department, **fields)
    user.save()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles or [])
    return user


def make_cast() -> Cast:
    """Store the organisation and its people."""
    roles = ensure_starter_roles()
    tehran = create_branch(actor=None, name="تهران", city="تهران")
    east = create_branch(actor=None, name="شرق تهران", parent=tehran, city="تهران")
    shiraz = create_branch(actor=None, name="شیراز", city="شیراز")
    relations, logistics, after_sales, sales = Department.objects.bulk_create(
        [
            Department(name="ارتباط با مشتری", branch=tehran, hue=1),
            Department(name="تدارکات", branch=tehran, hue=2),
            Department(name="خدمات پس از فروش", branch=tehran, hue=3),
            Department(name="فروش", branch=shiraz, hue=4),
        ]
    )
    people = {
        "bob": new_user("bob", "بابک صدری", department=logistics),
        "alice": new_user("alice", "آلاله رستمی", department=logistics),
        "charlie": new_user("charlie", "چنگیز شیرازی", department=sales),
        "olivia": new_user("olivia", "لیلا احمدی", department=relations),
        "ada": new_user("ada", "آدا مدیری", branch=tehran),
    }
    User.objects.bulk_create(people.values())
    people["alice"].manager = people["bob"]
    people["alice"].save(update_fields=["manager"])
    held = {
        "alice": "expert",
        "bob": "department_head",
        "charlie": "expert",
        "olivia": "officer",
        "ada": "administrator",
    }
    RoleGrant.objects.bulk_create(RoleGrant(user=people[who], role=roles[code]) for who, code in held.items())
    return Cast(
        tehran=tehran,
        east=east,
        shiraz=shiraz,
        customer_relations=relations,
        logistics=logistics,
        after_sales=after_sales,
        sales=sales,
        roles=roles,
        head_of_logistics=Post.objects.create(title="رئیس تدارکات", department=logistics, holder=people["bob"]),
        **people,
    )


_hashed = SimpleNamespace(password="")


def _password() -> str:
    if not _hashed.password:
        _hashed.password = make_password(PASSWORD)
    return str(_hashed.password)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords the quick way: tests make many, and none of them is a secret."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """WhiteNoise warns when its folder is missing, and a warning fails a test."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def cast(db: None) -> Cast:
    """The whole organisation."""
    return make_cast()


@pytest.fixture
def alice(cast: Cast) -> User:
    return cast.alice


@pytest.fixture
def bob(cast: Cast) -> User:
    return cast.bob


@pytest.fixture
def charlie(cast: Cast) -> User:
    return cast.charlie


@pytest.fixture
def olivia(cast: Cast) -> User:
    return cast.olivia


@pytest.fixture
def ada(cast: Cast) -> User:
    return cast.ada


@pytest.fixture
def logged_in() -> Iterator[Callable[[User], Client]]:
    """`logged_in(alice)` is a browser in which alice is logged in."""

    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    yield login
