"""The description of the API in the repository is the one that the code gives."""

import json
from collections import Counter
from collections.abc import Iterator

from peyvand.accounts.permissions import all_permissions
from peyvand.api.schemas import In, Out
from peyvand.config.api import api
from peyvand.config.openapi import FILE, document


def test_the_committed_description_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == document(api), "run: python -m peyvand.config.openapi"


def test_every_endpoint_has_a_sentence_a_permission_and_its_problems() -> None:
    known = {"signed in", *all_permissions()}
    for path, methods in json.loads(document(api))["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            assert operation["summary"].endswith("."), place
            assert operation["x-permission"] in known, place
            assert {"401", "403", "422"} <= set(operation["responses"]), place
            assert operation["security"] == [{"Token": []}, {"Session": []}], place


def test_no_answer_has_a_field_for_secrets_but_a_new_token() -> None:
    schemas = json.loads(document(api))["components"]["schemas"]
    secret = {
        (name, field)
        for name, schema in schemas.items()
        if not name.endswith(("In", "Change", "Fields"))
        for field in schema.get("properties", {})
        if any(word in field for word in ("password", "secret", "hash", "token"))
    }
    assert secret == {("NewTokenOut", "secret")}


def shapes(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from shapes(each)


def test_no_two_shapes_share_a_name_for_the_description_would_show_only_one() -> None:
    found = {each for kind in (In, Out) for each in shapes(kind) if not each.__name__.startswith("Paged")}
    names = Counter(each.__name__ for each in found)
    assert [name for name, count in names.items() if count > 1] == []
