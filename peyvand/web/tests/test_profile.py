"""«نمایه» and login, as a person meets them."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import ApiToken, User
from peyvand.core.text import to_persian_digits
from tests.cast import PASSWORD, Cast

Login = Callable[[User], Client]
NEW = "a-long-unusual-phrase-7"


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    cache.clear()


def try_login(login: str, password: str, client: Client | None = None, **headers: str) -> Client:
    client = client or Client()
    client.response = client.post(
        reverse("account_login"), {"login": login, "password": password, "remember": "on"}, **headers
    )  # type: ignore[attr-defined]
    return client


def confirmed(login: str) -> Client:
    """Log in and give the password once more, as delicate pages ask."""
    client = try_login(login, PASSWORD)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["alice", "ALICE ", "ａｌｉｃｅ", "alice@company.example", "Alice@Company.Example"])
def test_a_login_is_known_in_any_spelling(cast: Cast, login: str) -> None:
    assert is_in(try_login(login, PASSWORD))


def test_wrong_passwords_say_the_same_for_known_and_unknown_names(cast: Cast) -> None:
    known, unknown = try_login("alice", "wrong"), try_login("nobody", "wrong")
    texts = [c.response.context["form"].non_field_errors() for c in (known, unknown)]  # type: ignore[attr-defined]
    assert len(texts[0]) == 1
    assert texts[0] == texts[1]
    assert not is_in(known)


def test_guesses_are_counted_per_person_whatever_is_typed_and_from_wherever(cast: Cast) -> None:
    spellings = ["alice", "ALICE", "ａlice", "alicé", "alice@company.example"]
    for number, spelling in enumerate(spellings):
        try_login(spelling, "wrong", REMOTE_ADDR=f"10.0.0.{number}")
    assert not is_in(try_login("alice", PASSWORD, REMOTE_ADDR="10.0.0.77"))
    assert is_in(try_login("bob", PASSWORD, REMOTE_ADDR="10.0.0.77"))


def test_a_closed_account_cannot_log_in(cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert not is_in(try_login("alice", PASSWORD))


def test_login_gives_a_new_session(cast: Cast) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.session["seed"] = 1
    client.session.save()
    before = client.session.session_key
    try_login("alice", PASSWORD, client)
    assert is_in(client)
    assert client.session.session_key != before


def test_there_is_no_sign_up(cast: Cast) -> None:
    before = User.objects.count()
    client = Client()
    assert client.get(reverse("account_signup")).headers["Location"] == reverse("account_login")
    client.post(reverse("account_signup"), {"username": "eve", "password1": NEW, "email": "eve@x.example"})
    assert User.objects.count() == before


def test_the_way_back_after_login_leads_nowhere_else(cast: Cast) -> None:
    client = Client()
    address = reverse("account_login") + "?next=https://evil.example/"
    response = client.post(address, {"login": "alice", "password": PASSWORD, "next": "https://evil.example/"})
    assert "evil" not in response.headers["Location"]


def test_a_changed_password_ends_every_other_session(cast: Cast) -> None:
    here, there = try_login("alice", PASSWORD), try_login("alice", PASSWORD)
    data = {"current": PASSWORD, "password": NEW, "again": NEW}
    response = here.post(reverse("profile:password"), data)
    assert response.headers["Location"] == reverse("profile:security")
    assert here.get(reverse("profile:preferences")).status_code == 200
    assert there.get(reverse("profile:preferences")).status_code in (302, 303)
    assert UserSession.objects.filter(user=cast.alice).count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"current": "wrong", "password": NEW, "again": NEW}, "current"),
        ({"current": PASSWORD, "password": "12345678901", "again": "12345678901"}, "password"),
        ({"current": PASSWORD, "password": NEW, "again": NEW + "x"}, "again"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(
    cast: Cast, logged_in: Login, data: dict[str, str], field: str
) -> None:
    response = logged_in(cast.alice).post(reverse("profile:password"), data)
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert User.objects.get(pk=cast.alice.pk).check_password(PASSWORD)


def test_one_ends_own_sessions_and_nobody_elses(cast: Cast) -> None:
    alice, other, charlie = try_login("alice", PASSWORD), try_login("alice", PASSWORD), try_login("charlie", PASSWORD)
    theirs = UserSession.objects.get(user=cast.charlie)
    assert alice.post(reverse("profile:end_session", args=[theirs.pk])).status_code == 404
    assert charlie.get(reverse("profile:preferences")).status_code == 200
    own = UserSession.objects.get(user=cast.alice, session_key=other.session.session_key)
    alice.post(reverse("profile:end_session", args=[own.pk]))
    assert other.get(reverse("profile:preferences")).status_code in (302, 303)
    assert alice.get(reverse("profile:preferences")).status_code == 200


def test_preferences_are_kept(cast: Cast, logged_in: Login) -> None:
    data = {"language": "en", "calendar": "gregorian", "digits": "latin", "theme": "dark"}
    logged_in(cast.alice).post(reverse("profile:preferences"), data)
    alice = User.objects.get(pk=cast.alice.pk)
    assert (alice.language, alice.theme, alice.preferences["shortcuts"]) == ("en", "dark", False)


def test_every_page_of_the_profile_opens(cast: Cast, logged_in: Login) -> None:
    client = logged_in(cast.alice)
    for name in ("preferences", "access", "security", "password", "sessions", "tokens"):
        assert client.get(reverse(f"profile:{name}")).status_code == 200, name


def test_a_token_is_shown_once_after_a_recent_login(cast: Cast, logged_in: Login) -> None:
    data = {"name": "گزارش", "days": "30", "scopes": ["cartable.view"]}
    stale = logged_in(cast.alice)  # without the password given once more
    stale.post(reverse("profile:tokens"), data)
    assert not ApiToken.objects.exists()
    client = confirmed("alice")
    response = client.post(reverse("profile:tokens"), data)
    assert response.context["secret"].startswith("pv_")
    assert response.headers["Cache-Control"] == "no-store"
    assert "pv_" not in client.get(reverse("profile:tokens")).content.decode().replace(
        ApiToken.objects.get().prefix, ""
    )
    beyond = client.post(reverse("profile:tokens"), data | {"scopes": ["accounts.manage"]})
    assert beyond.status_code == 422
    token = ApiToken.objects.get()
    assert try_login("charlie", PASSWORD).post(reverse("profile:revoke_token", args=[token.pk])).status_code == 404
    client.post(reverse("profile:revoke_token", args=[token.pk]))
    assert ApiToken.objects.get().revoked_at is not None


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_makes_a_second_step_with_persian_digits(cast: Cast) -> None:
    client = confirmed("alice")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": to_persian_digits(code_of(secret))})
    held = Authenticator.objects.get(user=cast.alice, type=Authenticator.Type.TOTP)
    assert secret not in str(held.data)
    cache.clear()  # a code is refused twice; another half minute would take too long
    again = try_login("alice", PASSWORD)
    assert not is_in(again)
    assert again.get(reverse("mfa_authenticate")).status_code == 200
    code = code_of(secret)
    again.post(reverse("mfa_authenticate"), {"code": f"{to_persian_digits(code[:3])} {to_persian_digits(code[3:])}"})
    assert is_in(again)


def test_pages_of_login_open_without_login(cast: Cast) -> None:
    client = Client()
    for name in ("account_login", "account_reset_password", "account_inactive"):
        assert client.get(reverse(name)).status_code == 200, name
