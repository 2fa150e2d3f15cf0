"""What every endpoint does without saying so: problems, logins, scopes, idempotency, pages, versions."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from ninja.errors import ConfigError

from peyvand.accounts.models import ApiToken, Branch, Role, User
from peyvand.accounts.services import deactivate_user, revoke_token
from peyvand.api import idempotency, rate
from peyvand.api.kit import router
from peyvand.api.scopes import create_token_for, expand
from peyvand.api.testing import ROOT, Caller, everything, make_branch, make_department, make_user
from peyvand.core.errors import NotFound, TooMany
from peyvand.core.models import IdempotencyKey

pytestmark = pytest.mark.django_db
MANAGE = {"accounts.manage": "all"}


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    found = json.loads(response.content)
    assert found["status"] == status
    assert set(found) == {"type", "title", "status", "detail", "code", "fields", "tracking"}
    return dict(found)


def manager() -> Caller:
    return Caller(make_user(permissions=MANAGE))


# Problems


def test_an_unknown_address_answers_a_problem() -> None:
    assert problem_of(Client().get(f"{ROOT}/nowhere/at/all"), 404)["code"] == "not_found"


def test_an_unknown_method_answers_a_problem_with_allow() -> None:
    response = manager()("PATCH", "/permissions")
    assert problem_of(response, 405)["code"] == "method_not_allowed"
    assert "GET" in response["Allow"]


def test_head_is_answered_like_get_without_the_body() -> None:
    call = manager()
    got, asked = call("GET", "/permissions"), call("HEAD", "/permissions")
    assert (asked.status_code, asked.content) == (200, b"") and got.content
    assert asked.headers["Content-Type"] == got.headers["Content-Type"]
    assert Client().head(f"{ROOT}/me").status_code == 401


def test_refused_values_are_listed_with_their_names() -> None:
    found = problem_of(manager().post("/branches", {"name": "", "colour": "red", "parent_id": "x"}), 422)
    assert {(f["name"], f["code"]) for f in found["fields"]} == {
        ("name", "string_too_short"), ("colour", "extra_forbidden"), ("parent_id", "int_type"),
    }  # fmt: skip
    assert all(f["detail"] for f in found["fields"])


def test_a_rule_of_a_service_names_its_field_with_a_sentence() -> None:
    call, name = manager(), make_department()
    body = {"name": name.name, "branch_id": name.branch_id}
    found = problem_of(call.post("/departments", body), 422)
    assert found["code"] == "name_taken"
    assert found["fields"] == [{"name": "name", "detail": "This is taken already.", "code": "taken"}]


def test_a_version_without_quotation_marks_is_refused() -> None:
    call = Caller(make_user(permissions=everything()))
    assert problem_of(call("PATCH", "/parties/1", {}, if_match="3"), 400)["code"] == "bad_version"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"name": "a\\u0000b"}', b"[" * 100_000, b'{"name": NaN}'])
def test_an_unreadable_body_is_the_callers_fault(body: bytes) -> None:
    problem_of(manager().post("/branches", body), 400)


def test_a_body_beyond_the_limit_is_refused() -> None:
    problem_of(manager().post("/branches", b'{"name": "' + b"a" * 6 * 1024 * 1024 + b'"}'), 413)


def test_a_fault_of_ours_gives_a_tracking_code_and_no_inside(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret inside")

    call = manager()
    monkeypatch.setattr("peyvand.accounts.services.create_branch", fail)
    response = call.post("/branches", {"name": "a"})
    found = problem_of(response, 500)
    assert found["tracking"] and found["tracking"] in caplog.text
    assert b"secret inside" not in response.content


def test_errors_speak_the_language_that_was_asked_for() -> None:
    response = manager().get("/users/999999", accept_language="fa")
    assert response["Content-Language"] == "fa"
    problem_of(response, 404)


# Logins


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer pv_wrong", "Bearer " + "x" * 10_000, "Basic YTpi", "Bearer é"])
def test_without_a_valid_token_nothing_is_answered(given: str) -> None:
    response = Client().get(f"{ROOT}/me", headers={"authorization": given} if given else {})
    assert problem_of(response, 401)["code"] == "not_logged_in"
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_token_works_until_it_is_revoked_or_expires_or_its_user_is_closed() -> None:
    calls = [manager() for _ in range(3)]
    assert [call.get("/me").status_code for call in calls] == [200, 200, 200]
    revoke_token(actor=None, token=calls[0].token)
    ApiToken.objects.filter(pk=calls[1].token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    make_user(permissions=MANAGE)
    deactivate_user(actor=None, user=calls[2].user)
    assert [call.get("/me").status_code for call in calls] == [401, 401, 401]


def test_a_bad_token_is_not_rescued_by_a_session() -> None:
    client = Client()
    client.force_login(make_user(permissions=MANAGE))
    assert client.get(f"{ROOT}/me").status_code == 200
    assert client.get(f"{ROOT}/me", headers={"authorization": "Bearer pv_wrong"}).status_code == 401


def test_a_session_writes_only_with_the_csrf_token() -> None:
    user = make_user(permissions=MANAGE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    body = json.dumps({"name": "cross-site"})
    refused = client.post(f"{ROOT}/branches", body, content_type="application/json")
    assert problem_of(refused, 403)["code"] == "csrf_failed"
    plain = client.post(f"{ROOT}/branches", body, content_type="text/plain", headers={"origin": "https://evil.example"})
    assert plain.status_code == 403
    assert not Branch.objects.filter(name="cross-site").exists()
    token = "a" * 32
    client.cookies["csrf"] = token
    allowed = client.post(f"{ROOT}/branches", body, content_type="application/json", headers={"x-csrftoken": token})
    assert allowed.status_code == 201


def test_every_endpoint_asks_both_logins_and_a_permission() -> None:
    with pytest.raises(ConfigError):
        router(tag="open").get("/x", response=None)(lambda request: None)


def test_the_scopes_of_a_token_narrow_its_user() -> None:
    user = make_user(permissions={"accounts.manage": "all", "accounts.token": "own"})
    narrow = Caller(user, scopes=["accounts.token"])
    assert narrow.get("/tokens").status_code == 200
    assert problem_of(narrow.get("/users"), 403)["code"] == "not_allowed"
    assert narrow.get("/me").json()["permissions"] == {"accounts.token": "own"}
    assert Caller(user, scopes=["accounts.manage"]).get("/users").status_code == 200


def test_a_token_gives_nothing_that_its_user_has_not() -> None:
    assert Caller(make_user()).get("/users").status_code == 403


def test_short_scopes_stand_for_the_permissions_of_an_app() -> None:
    assert expand(["cartable.read"]) == ["cartable.view"]
    assert {"cartable.view", "cartable.refer"} <= set(expand(["cartable.write"]))
    assert expand(["nothing.read", "strange"]) == ["nothing.read", "strange"]


def test_the_command_line_makes_tokens_with_short_scopes() -> None:
    user = make_user(permissions={"cartable.view": "all"})
    secret = create_token_for(user=user.username.upper(), scopes=["cartable.write"], name="shell")
    response = Client().get(f"{ROOT}/me", headers={"authorization": f"Bearer {secret}"})
    assert response.json()["permissions"] == {"cartable.view": "all"}
    with pytest.raises(NotFound):
        create_token_for(user="nobody", scopes=["cartable.read"], name="shell")


def test_permission_is_asked_before_anything_is_read_or_written() -> None:
    response = Caller(make_user()).post("/branches", {"colour": "red"})
    problem_of(response, 403)


# Idempotency


def test_the_same_key_gives_the_same_answer_and_one_row() -> None:
    call = manager()
    first = call.post("/branches", {"name": "once"}, idempotency_key="k1")
    again = call.post("/branches", {"name": "once"}, idempotency_key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first and again["Idempotency-Replayed"] == "true"
    assert Branch.objects.filter(name="once").count() == 1


def test_the_same_key_with_another_body_is_refused() -> None:
    call = manager()
    call.post("/branches", {"name": "one"}, idempotency_key="k1")
    found = problem_of(call.post("/branches", {"name": "two"}, idempotency_key="k1"), 422)
    assert found["code"] == "idempotency_key_reused"
    assert not Branch.objects.filter(name="two").exists()


def test_keys_belong_to_their_user() -> None:
    assert manager().post("/branches", {"name": "mine"}, idempotency_key="k").status_code == 201
    assert manager().post("/branches", {"name": "yours"}, idempotency_key="k").status_code == 201


def test_a_failed_write_frees_its_key() -> None:
    call, branch = manager(), make_branch()
    assert call.post("/branches", {"name": branch.name}, idempotency_key="k").status_code == 422
    Branch.objects.filter(pk=branch.pk).update(name="moved away")
    assert call.post("/branches", {"name": branch.name}, idempotency_key="k").status_code == 201


@pytest.mark.parametrize("key", ["", "a" * 121, "a b", "é"])
def test_a_strange_key_is_refused(key: str) -> None:
    assert manager().post("/branches", {"name": "x"}, idempotency_key=key).status_code == 400


def test_a_new_tokens_secret_is_not_kept_readable() -> None:
    user = make_user(permissions={"accounts.token": "own"})
    client = Client()
    client.force_login(user)
    sent = json.dumps({"name": "a", "scopes": ["accounts.token"]})
    answers = [
        client.post(f"{ROOT}/tokens", sent, content_type="application/json", headers={"idempotency-key": "k"}).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["secret"] not in json.dumps(IdempotencyKey.objects.get(user=user).body)


def test_old_keys_are_forgotten() -> None:
    call = manager()
    call.post("/branches", {"name": "old"}, idempotency_key="k")
    IdempotencyKey.objects.filter(user=call.user).update(created_at=timezone.now() - timedelta(hours=25))
    assert call.post("/branches", {"name": "new"}, idempotency_key="k").status_code == 201
    IdempotencyKey.objects.filter(user=call.user).update(created_at=timezone.now() - timedelta(hours=25))
    idempotency.purge()
    assert not IdempotencyKey.objects.filter(user=call.user).exists()


@pytest.mark.django_db(transaction=True)
def test_two_equal_posts_at_once_make_one_row() -> None:
    call = manager()
    start, answers = threading.Barrier(4), []

    def post() -> None:
        start.wait(10)
        try:
            answers.append(call.post("/branches", {"name": "raced"}, idempotency_key="race"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    statuses = {answer.status_code for answer in answers}
    assert 201 in statuses and statuses <= {201, 409}, [a.content for a in answers]
    assert Branch.objects.filter(name="raced").count() == 1


# Pages, versions, rates


def test_pages_stay_right_while_rows_are_inserted() -> None:
    call = manager()
    for number in range(7):
        Role.objects.create(name=f"paged {number}")
    first = call.get("/roles?size=3").json()
    Role.objects.create(name="meanwhile")
    seen, cursor = [r["id"] for r in first["items"]], first["next"]
    while cursor:
        found = call.get(f"/roles?size=3&after={cursor}").json()
        seen += [r["id"] for r in found["items"]]
        cursor = found["next"]
    assert seen == list(Role.objects.order_by("id").values_list("id", flat=True))
    assert problem_of(call.get("/roles?after=forged"), 422)["code"] == "bad_cursor"
    problem_of(call.get("/roles?size=1000"), 422)


def test_too_many_calls_in_a_minute_are_refused_with_the_time_to_wait() -> None:
    cache.clear()
    with pytest.raises(TooMany) as caught:
        for _ in range(rate.SETTLED_EVERY * 2 + 2):
            rate.count_call("someone", limit=rate.SETTLED_EVERY * 2)
    assert 0 < int(caught.value.headers["Retry-After"]) <= 60


def test_calls_of_other_processes_count_too() -> None:
    rate.count_call("shared", limit=10_000)
    minute = rate._counts["shared"].minute
    cache.set(f"api:shared:{minute}", 500, 60)
    with pytest.raises(TooMany):
        for _ in range(rate.SETTLED_EVERY + 1):
            rate.count_call("shared", limit=500)


def test_a_call_names_its_user_in_the_history() -> None:
    call = manager()
    made = call.post("/branches", {"name": "traced"}).json()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata FROM accounts_branchevent e JOIN pghistory_context c ON c.id = e.pgh_context_id"
            " WHERE e.pgh_obj_id = %s",
            [made["id"]],
        )
        metadata = json.loads(cursor.fetchone()[0])
    assert (metadata["user"], metadata["token"]) == (call.user.pk, call.token.pk)


def test_everybody_who_may_do_everything_reads_everything() -> None:
    call = Caller(make_user(permissions=everything()))
    assert isinstance(call.user, User)
    for path in ("/me", "/tokens", "/users", "/branches", "/departments", "/posts", "/roles", "/permissions"):
        assert call.get(path).status_code == 200, path
