"""A whole installation goes into a file and comes out of it in another: row by row, with its keys, or not at all."""

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection, connections
from django.db.models import JSONField, Value
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

import peyvand
from peyvand.accounts.models import User
from peyvand.cartable.models import Request
from peyvand.cartable.services.numbering import new_codes
from peyvand.config import demo, moving
from peyvand.config.demo.organisation import PASSWORD
from peyvand.config.postgres import Cluster, from_url
from peyvand.core import blobs, custom_fields, known, secrets
from peyvand.core.errors import PeyvandError
from peyvand.core.models import CustomField, File, LongJob, LongJobPart, SavedView, Setting
from peyvand.core.moving import registry
from peyvand.core.moving.errors import Damaged, FromNewerVersion, NotEmpty, NotOurs, WeakPassphrase, WrongPassphrase
from peyvand.core.moving.opening import Opened
from peyvand.core.moving.sealing import Seal
from peyvand.parties import selectors
from peyvand.parties.fields import HOST
from peyvand.parties.models import Identifier, Party, PartyFile
from peyvand.parties.services import create_party
from peyvand.parties.services.identifiers import add_identifier
from peyvand.parties.types import IdentifierDetails, PartyDetails

PASSPHRASE = "گذرواژهٔ بلندِ من"
NATIONAL_ID = "0012345679"
BYTES = bytes(range(256)) * 50
CHANGED_ON_PURPOSE = {
    ("parties_party", "change_xid"),
    ("parties_partychange", "xid"),
    ("parties_segment", "counted_xid"),
}
SETTLED = {"core_longjob"}


@dataclass
class Stage:
    """Two installations of one test cluster, each with its database and its data folder."""

    cluster: Cluster
    home: Path
    file: Path

    def enter(self, name: str) -> None:
        """Be this installation from now on."""
        place = from_url(self.cluster.url(self.database(name)))
        connections.close_all()
        connections["default"].settings_dict.update({key: place[key] for key in ("NAME", "HOST", "PORT")})
        settings.DATA = self.home / name
        custom_fields.forget()
        known.forget_all()

    def database(self, name: str) -> str:
        return f"moving_{name}_{os.getpid()}"

    def rows(self, name: str, table: str) -> list[dict[str, Any]]:
        """Every row of a table."""
        query = sql.SQL("SELECT to_jsonb(t) FROM {} t ORDER BY to_jsonb(t)::text").format(sql.Identifier(table))
        with psycopg.connect(self.cluster.url(self.database(name))) as plain:
            return [row for (row,) in plain.execute(query).fetchall()]

    def shape(self, name: str) -> list[tuple[Any, ...]]:
        """Every constraint, index and trigger of the database."""
        with psycopg.connect(self.cluster.url(self.database(name))) as plain:
            return plain.execute(
                """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                   WHERE connamespace = 'public'::regnamespace
                   UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
                   UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger
                   WHERE NOT tgisinternal ORDER BY 1, 2, 3"""
            ).fetchall()


def _maintain(cluster: Cluster, statement: Any, *names: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as plain:
        plain.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Stage]:
    """An installation with a company in it, its file, and an empty installation."""
    cluster = Cluster(Path(settings.DATA), name="pg-test", durable=False)
    home = tmp_path_factory.mktemp("moving")
    made = Stage(cluster, home, home / "whole.zip")
    former = dict(connections["default"].settings_dict), settings.DATA
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as plain:
        found = plain.execute("SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]{16}$'").fetchone()
        template = found[0] if found else ""
    for name in ("old", "new", "third"):
        (home / name).mkdir()
        _maintain(cluster, "CREATE DATABASE {} TEMPLATE {}", made.database(name), template)
    with django_db_blocker.unblock():
        try:
            made.enter("old")
            _company()
            moving.take_out(made.file, PASSPHRASE)
            yield made
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(former[0])
            settings.DATA = former[1]
            custom_fields.forget()
            known.forget_all()
            for name in ("old", "new", "third"):
                _maintain(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", made.database(name))


def _company() -> None:
    """The demo company, and what it has none of."""
    demo.load()
    boss = User.objects.get(username="leila")
    party = create_party(actor=None, details=PartyDetails(kind="person", name="شخص با کد ملی\u200c\n'=1"))
    add_identifier(actor=None, party=party, details=IdentifierDetails(kind="national_id", typed=NATIONAL_ID))
    field = CustomField.objects.create(host=HOST, kind="national_id", label="کد", norm="کد")
    custom_fields.forget()
    Party.objects.filter(pk=party.pk).update(custom={str(field.pk): custom_fields.parse(field, NATIONAL_ID)})
    held = File.objects.create(
        blob=blobs.put(BYTES), name="قرارداد.pdf", content_type="application/pdf", size=len(BYTES)
    )
    PartyFile.objects.create(party=party, file=held, label="قرارداد")
    Setting.objects.create(name="test.null", value=Value(None, JSONField()))
    SavedView.objects.create(list="customers", name="نما", owner=boss, state={"filters": []})
    job = LongJob.objects.create(kind="core.export", title="x", owner=boss, result={"file": {"name": "x"}})
    LongJobPart.objects.create(job=job, number=0, data=b"x")


@pytest.fixture(scope="module")
def moved(stage: Stage) -> Stage:
    """The second installation after every wrong file was refused and the right one was loaded."""
    stage.enter("new")
    for make, error in WRONG:
        path = stage.home / "wrong.zip"
        path.write_bytes(stage.file.read_bytes())
        passphrase = make(path) or PASSPHRASE
        with pytest.raises(error):
            moving.bring_in(path, passphrase)
        assert not User.objects.exists() and not Party.objects.exists(), "nothing is loaded of a file that is refused"
    said: list[tuple[int, int]] = []
    rows = moving.bring_in(stage.file, PASSPHRASE, say=lambda done, of: said.append((done, of)))
    assert said[-1] == (rows, rows)
    return stage


def rewritten(path: Path, changes: dict[str, bytes | None], *, new: dict[str, bytes] | None = None) -> None:
    """Write a zip again with other contents, without some of its entries, with more."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()} | changes | (new or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            if data is not None:
                made.writestr(name, data)


def listed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the list of a file and sign it again, as only who has the passphrase can."""
    with zipfile.ZipFile(path) as old:
        manifest = json.loads(old.read("manifest.json"))
        salt = json.loads(old.read("peyvand.json"))["salt"]
    change(manifest)
    data = json.dumps(manifest).encode()
    rewritten(path, {"manifest.json": data, "manifest.sig": Seal.of(PASSPHRASE, salt).sign(data).encode()})


def first_part(path: Path, table: str = "parties_party") -> str:
    with zipfile.ZipFile(path) as file:
        return next(name for name in file.namelist() if name.startswith(f"tables/{table}/"))


def _other_passphrase(path: Path) -> str:
    return "another long passphrase"


def _short_passphrase(path: Path) -> str:
    return "short"


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def _not_a_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 no zip at all")


def _foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", "<x/>")


def _forged_list(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        manifest = json.loads(old.read("manifest.json"))
    manifest["tables"]["accounts_user"]["rows"] += 1
    rewritten(path, {"manifest.json": json.dumps(manifest).encode()})


def _another_value(path: Path) -> None:
    name = first_part(path, "accounts_user")
    with zipfile.ZipFile(path) as old:
        data = old.read(name)
    rewritten(path, {name: data.replace(b'"is_superuser":false', b'"is_superuser":true ', 1)})


def _bomb(path: Path) -> None:
    rewritten(path, {first_part(path): b"0" * 300_000_000})


def _bomb_for_a_list(path: Path) -> None:
    rewritten(path, {"manifest.sig": b"0" * 300_000_000})


def _one_more(path: Path) -> None:
    rewritten(path, {}, new={"tables/accounts_user/999999.jsonl": b"{}\n"})


def _one_less(path: Path) -> None:
    rewritten(path, {first_part(path): None})


def _newer(path: Path) -> None:
    listed(path, lambda manifest: manifest["migrations"].append(["parties", "9999_from_the_future"]))


def _what_stays(path: Path) -> None:
    listed(path, lambda manifest: manifest["tables"].update(django_session={"rows": 0, "columns": ["session_key"]}))


def _sequence_of_evil(path: Path) -> None:
    listed(path, lambda manifest: manifest["sequences"].update({'x"; DROP TABLE accounts_user; --': 1}))


WRONG: list[tuple[Callable[[Path], str | None], type[PeyvandError]]] = [
    (_other_passphrase, WrongPassphrase),
    (_short_passphrase, WeakPassphrase),
    (_truncated, NotOurs),
    (_not_a_zip, NotOurs),
    (_foreign, NotOurs),
    (_forged_list, WrongPassphrase),
    (_another_value, Damaged),
    (_bomb, Damaged),
    (_bomb_for_a_list, NotOurs),
    (_one_more, Damaged),
    (_one_less, Damaged),
    (_newer, FromNewerVersion),
    (_what_stays, Damaged),
    (_sequence_of_evil, Damaged),
]


def test_every_row_of_every_table_is_the_same(moved: Stage) -> None:
    empty = []
    for table in registry.models().keys() - SETTLED:
        old, new = moved.rows("old", table), moved.rows("new", table)
        for row in (*old, *new):
            row.update({name: None for its, name in CHANGED_ON_PURPOSE if its == table})
        key = json.dumps
        assert sorted(map(key, new)) == sorted(map(key, old)), table
        if not old:
            empty.append(table)
    assert "parties_partyevent" not in empty and "core_blob" not in empty and "cartable_request" not in empty


def written(shape: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Definitions without the casts and brackets that PostgreSQL writes otherwise after it has read its own words."""
    plain = re.compile(r"::(?:character varying|text)(?:\(\d+\))?(?:\[\])?|[()\[\] ]")
    return [(table, name, plain.sub("", definition)) for table, name, definition in shape]


def test_keys_indexes_and_triggers_are_as_they_were(moved: Stage) -> None:
    assert written(moved.shape("new")) == written(moved.shape("old"))


def test_what_stays_did_not_come(moved: Stage) -> None:
    for table in registry.left_out():
        if table not in {"django_migrations"} and not table.startswith("procrastinate_"):
            assert moved.rows("new", table) == [], table
    job = moved.rows("new", "core_longjob")[0]
    assert job["state"] == "cancelled" and "file" not in job["result"]


def test_people_sign_in_numbers_are_found_and_files_are_taken_there(moved: Stage) -> None:
    moved.enter("new")
    assert authenticate(username="leila", password=PASSWORD) is not None
    party = Party.objects.get(identifiers__kind="national_id", name__startswith="شخص با کد ملی")
    assert secrets.decrypt(Identifier.objects.get(party=party).cipher) == NATIONAL_ID
    boss = User.objects.get(username="leila")
    boss.is_superuser = True
    boss.save()
    assert [hit.party for hit in selectors.ranked(boss, NATIONAL_ID, 5)] == [party]
    browser = Client()
    browser.force_login(boss)
    kept = PartyFile.objects.get(label="قرارداد")
    answer = browser.get(reverse("parties:file", args=[party.pk, kept.file_id]))
    assert b"".join(answer) == BYTES  # type: ignore[arg-type]


def test_work_goes_on_with_new_numbers_and_one_line_of_history(moved: Stage) -> None:
    moved.enter("new")
    events = apps.get_model("parties", "PartyEvent")._default_manager
    before, most = events.count(), Party.objects.order_by("-pk").values_list("pk", flat=True)[0]
    party = create_party(actor=None, details=PartyDetails(kind="person", name="تازه"))
    assert party.pk > most and events.count() - before >= 1
    codes = set(Request.objects.values_list("code", flat=True))
    assert not codes & set(new_codes(5, timezone.now()))


def test_an_installation_in_use_is_left_alone(moved: Stage) -> None:
    moved.enter("new")
    with pytest.raises(NotEmpty):
        moving.bring_in(moved.file, PASSPHRASE)
    assert Party.objects.count() > 1000


def test_no_key_and_no_protected_number_is_in_the_clear(stage: Stage) -> None:
    stage.enter("old")
    with zipfile.ZipFile(stage.file) as file:
        whole = b"".join(file.read(name) for name in file.namelist())
    assert NATIONAL_ID.encode() not in whole and settings.SECRET_KEY.encode() not in whole
    working = secrets.working_keys()
    assert working["signing"].encode() not in whole
    assert all(key.encode() not in whole for key in working["fernets"].values())
    assert (stage.file.stat().st_mode & 0o777) == 0o600


def test_a_file_that_is_there_is_not_written_over(stage: Stage) -> None:
    stage.enter("old")
    with pytest.raises(FileExistsError):
        moving.take_out(stage.file, PASSPHRASE)


def test_the_last_migrations_of_a_file_are_found(stage: Stage) -> None:
    stage.enter("old")
    wanted = Opened(stage.file, PASSPHRASE).manifest.migrations
    assert moving.unknown(wanted) == set()
    assert {app for app, _name in moving.targets(wanted)} == {app for app, _name in wanted}


def test_every_table_goes_along_or_stays_with_a_reason(stage: Stage) -> None:
    stage.enter("old")
    tables = set(connection.introspection.table_names())
    assert tables == set(registry.models()) | set(registry.left_out())
    assert not set(registry.models()) & set(registry.left_out())
    assert all(len(reason) > 10 for reason in registry.left_out().values())
    columns = {
        (table, field.column) for table, model in registry.models().items() for field in model._meta.concrete_fields
    }
    assert set(registry.instead()) <= columns


def test_every_cipher_is_under_the_keys_that_go_along() -> None:
    """Whoever encrypts does it by `core.secrets`: nothing else in the product makes a key."""
    package = Path(peyvand.__file__).parent
    sources = (path for path in package.rglob("*.py") if "tests" not in path.parts)
    users = {str(path.relative_to(package)) for path in sources if "import Fernet" in path.read_text()}
    assert users == {"core/secrets.py", "core/moving/sealing.py"}
