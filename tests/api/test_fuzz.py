"""Every endpoint under generated input, right and wrong: no fault of ours, and every answer as it is described."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from peyvand.accounts.models import User
from peyvand.api.testing import Caller, everything, make_user
from peyvand.config.api import api
from tests.api.samples import make_samples

PARTS = 3
SECONDS = 20.0  # for one part
ROUNDS = (4, 20)  # examples for each endpoint: all of them quickly, then as many thoroughly as the time allows
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance, negative_data_rejection]
schemathesis.serializer.alias("message/rfc822", "application/octet-stream")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def caller(monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """Somebody who may do everything, with a token that nothing in the samples can end."""
    monkeypatch.setattr("peyvand.api.auth.count_call", lambda caller: None)
    yield Caller(make_user(permissions=everything()))


def _described() -> dict[str, Any]:
    """The description without what takes no wrong value: the login of every call, and the language."""
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    for operation in (each for methods in described["paths"].values() for each in methods.values()):
        del operation["security"]
        operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "Accept-Language"]
    return described


def _paths(number: int) -> list[str]:
    return sorted(_described()["paths"])[number::PARTS]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_input_breaks_an_endpoint(part: int, caller: Caller) -> None:
    assert caller.user.department is not None
    samples = make_samples(caller.user, caller.user.department)
    described = _described()
    described["paths"] = {path: described["paths"][path] for path in _paths(part)}
    schema = schemathesis.openapi.from_dict(described)
    schema.app = get_wsgi_application()
    end, failures = time.monotonic() + SECONDS, []
    operations = [result.ok() for result in schema.get_all_operations()]
    for examples, operation, mode in itertools.product(ROUNDS, operations, MODES):
        names = [part.split("}")[0] for part in operation.path.split("{")[1:]]
        known = {name: samples.of(operation.path, name) for name in names}
        if time.monotonic() > end and examples > ROUNDS[0]:
            break
        try:
            _hammer(operation, mode, known, caller, examples)()
        except Unsatisfiable:
            continue  # nothing about this endpoint can be wrong
        except Exception as problem:  # noqa: BLE001 -- collected, so that one run shows all
            failures.append(f"{operation.method.upper()} {operation.path} ({mode.value}): {problem}")
    assert not failures, "\n\n".join(failures)
    assert User.objects.filter(pk=caller.user.pk, is_active=True).exists()


def _hammer(
    operation: Any, mode: GenerationMode, known: dict[str, Any], caller: Caller, examples: int
) -> Callable[[], None]:
    use_known = {name: value for name, value in known.items() if value is not None}

    @given(case=operation.as_strategy(generation_mode=mode, **({"path_parameters": use_known} if use_known else {})))
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any) -> None:
        headers = {"Authorization": f"Bearer {caller.secret}"}
        case.validate_response(case.call(headers=headers), checks=CHECKS, headers=headers)

    return run
