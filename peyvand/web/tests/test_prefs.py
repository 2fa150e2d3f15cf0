"""Preferences before and after login."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from peyvand.accounts.models import User
from peyvand.web import prefs
from peyvand.web.fields import DateField, NumberField


def test_a_stranger_reads_persian_until_a_cookie_says_otherwise() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert prefs.of_request(request) == prefs.PERSIAN
    request.COOKIES[prefs.COOKIE] = json.dumps({"language": "en", "theme": "dark"})
    found = prefs.of_request(request)
    assert (found.language, found.calendar, found.digits, found.theme) == ("en", "gregorian", "latin", "dark")


@pytest.mark.parametrize("cookie", ["", "nonsense", "[1]", '{"language": "xx", "theme": 5, "calendar": null}'])
def test_a_broken_cookie_is_no_cookie(cookie: str) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.COOKIES[prefs.COOKIE] = cookie
    assert prefs.of_request(request) == prefs.PERSIAN


def test_a_user_reads_as_his_row_says() -> None:
    request = RequestFactory().get("/")
    request.user = User(
        language="en", calendar="jalali", digits="latin", theme="dark", preferences={"shortcuts": False}
    )
    found = prefs.of_request(request)
    assert (found.language, found.calendar, found.direction, found.shortcuts) == ("en", "jalali", "ltr", False)


@pytest.mark.django_db
def test_a_stranger_changes_the_language_of_the_login_page() -> None:
    client = Client()
    answer = client.post("/preferences", {"language": "en", "next": "/accounts/login/"})
    assert answer.status_code == 303
    assert answer["Location"] == "/accounts/login/"
    assert 'lang="en" dir="ltr"' in client.get("/accounts/login/").text


@pytest.mark.django_db
def test_preferences_send_nobody_to_another_site() -> None:
    answer = Client().post("/preferences", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("text", ["1405/09/01", "۱۴۰۵/۹/۱", "2026-11-22"])
def test_a_date_is_read_in_either_calendar(text: str) -> None:
    assert DateField().clean(text).isoformat() == "2026-11-22"


@pytest.mark.parametrize(("text", "number"), [("۱۲٬۸۴۶", 12846), ("12,846", 12846), ("٧", 7)])
def test_a_number_is_read_in_any_digits(text: str, number: int) -> None:
    assert NumberField().clean(text) == number
