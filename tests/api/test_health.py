"""/healthz and /readyz for machines."""

import pytest
from django.test import Client

from peyvand.config import health
from peyvand.core.health import Check


@pytest.fixture(autouse=True)
def forget() -> None:
    health._last.clear()


def test_a_living_process_answers_without_asking_the_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_migrated_installation_without_waiting_work_is_ready() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200, response.content
    assert {"database", "migrations", "queue"} <= set(response.json()["checks"])
    assert response.json()["processes"]["worker-inbound"] == "never heard"


def test_an_installation_that_cannot_work_says_503_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    red = Check(name="queue", ok=False, detail="oldest ready job: 300 s in inbound")
    monkeypatch.setattr("peyvand.core.health.readiness", lambda: [red])
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "checks": {"queue": "oldest ready job: 300 s in inbound"}}
