"""Handing over and erasing: the person is gone from every table, the figures stay, and it can be proved."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connection, models
from django.test import Client

from peyvand.accounts.models import RolePermission, User
from peyvand.accounts.services.notifications import notify
from peyvand.core import files
from peyvand.core.errors import NotAllowed
from peyvand.core.secrets import blind_index, encrypt
from peyvand.parties.models import (
    AccessLog,
    Address,
    Consent,
    Identifier,
    Merge,
    MergeSource,
    Party,
    PartyFile,
    PartyNote,
    Profile,
)
from peyvand.parties.registry import all_references
from peyvand.parties.selectors.personal import personal_data, write_archive
from peyvand.parties.services import change_party, create_party
from peyvand.parties.services.erasing import erase_party, repeat_erasures, tombstones
from peyvand.parties.types import ContactDetails, PartyDetails

SECRET = "زهرا-یگانه"
WORDS = (SECRET, "yegane@secret.example", "0499370899", "خیابان پنهان", "طعم راز")


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> None:
    keys = Path(settings.DATA) / "keys.json"
    if keys.exists():
        (tmp_path / "keys.json").write_bytes(keys.read_bytes())
    settings.DATA = tmp_path


@pytest.fixture
def eraser(bob: User) -> User:
    RolePermission.objects.create(role=bob.grants.get().role, permission="parties.erase", scope="all")
    return bob


@pytest.fixture
def person(alice: User, db: None) -> Party:
    contact = ContactDetails(kind="email", typed=WORDS[1])
    party = create_party(actor=alice, details=PartyDetails(name=SECRET), contacts=[contact])
    details = PartyDetails(name=f"{SECRET} دوم")
    party.refresh_from_db()
    change_party(actor=alice, party=party, details=details, contacts=None, version=party.version)
    Identifier.objects.create(
        party=party, kind="national_id", cipher=encrypt(WORDS[2]), digest=blind_index(WORDS[2]), shown="•••• 0899"
    )
    Address.objects.create(party=party, street=WORDS[3], city="تهران", is_primary=True)
    Profile.objects.update_or_create(party=party, defaults={"interests": [WORDS[4]]})
    PartyNote.objects.create(party=party, author=alice, body=f"گفت {WORDS[4]}")
    url = f"/customers/{party.pk}/#notes-1"
    notify(users=[alice], kind="mention", text="%(name)s: %(party)s", data={"name": "—", "party": SECRET}, url=url)
    PartyFile.objects.create(party=party, file=files.store(data=WORDS[4].encode(), name="a.txt"))
    Consent.objects.create(
        party=party, channel="sms", purpose="marketing", is_given=True, source="form", at=party.created_at
    )
    return party


def everything() -> str:
    """Every row of every table of ours as text."""
    names = [n for n in connection.introspection.table_names() if not n.startswith(("procrastinate_", "django_"))]
    with connection.cursor() as cursor:
        texts = []
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{name}\" t")
            texts.append(cursor.fetchone()[0])
    return " ".join(texts)


def test_no_word_of_the_person_is_left_in_any_table(eraser: User, person: Party) -> None:
    assert SECRET in everything()
    report = erase_party(actor=eraser, party=person, reason="asked by letter")
    left = everything()
    assert [word for word in WORDS if word in left or word.encode().hex() in left] == []
    assert report["parties.notes"] == report["parties.files"] == report["parties.identifiers"] == 1
    person.refresh_from_db()
    assert (person.name, person.kind) == ("—", "person") and person.erased_at
    assert not Party.objects.visible_to(eraser).exists()
    assert AccessLog.objects.get(act="erased").detail["rows"]["parties.addresses"] == 1


def test_erasing_again_changes_nothing_more(eraser: User, person: Party) -> None:
    erase_party(actor=eraser, party=person)
    person.refresh_from_db()
    first = person.erased_at
    erase_party(actor=eraser, party=person)
    person.refresh_from_db()
    assert person.erased_at == first
    assert AccessLog.objects.filter(act="erased").count() == 1


def test_who_may_not_erase_changes_nothing(alice: User, person: Party) -> None:
    before = everything()
    with pytest.raises(NotAllowed):
        erase_party(actor=alice, party=person)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_erased_again(eraser: User, person: Party) -> None:
    erase_party(actor=eraser, party=person)
    assert json.loads(tombstones().read_text())["party"] == person.pk
    Party.objects.filter(pk=person.pk).update(name=SECRET, erased_at=None, deleted_at=None)
    assert repeat_erasures() == 1
    assert not Party.objects.filter(name=SECRET).exists()
    assert repeat_erasures() == 0


def test_what_is_handed_over_is_everything_of_this_person_and_of_nobody_else(alice: User, person: Party) -> None:
    create_party(actor=alice, details=PartyDetails(name="کس دیگر"))
    data = json.dumps(personal_data(person), default=str, ensure_ascii=False)
    assert [word for word in WORDS if word not in data] == []
    assert "کس دیگر" not in data and alice.full_name not in data
    target = io.BytesIO()
    write_archive(person, target)
    archive = zipfile.ZipFile(target)
    assert archive.read("files/0001-a.txt").decode() == WORDS[4]
    assert json.loads(archive.read("data.json"))["consent_rows"][0]["is_given"] is True


def test_every_foreign_key_to_a_customer_is_known_to_the_registry() -> None:
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model not in (Merge, MergeSource) and not model.__name__.endswith("Event")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model is Party
    }
    assert pointing - {("parties.Party", "merged_into")} == {(each.model, each.field) for each in all_references()}


def test_the_page_asks_for_the_name_and_hands_over_a_file(
    eraser: User, alice: User, person: Party, client: Client
) -> None:
    client.force_login(alice)
    assert client.post(f"/customers/{person.pk}/personal-data/download/").status_code == 403
    client.force_login(eraser)
    assert client.get(f"/customers/{person.pk}/personal-data/").status_code == 200
    download = client.post(f"/customers/{person.pk}/personal-data/download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))  # type: ignore[attr-defined]
    assert SECRET in archive.read("data.json").decode()
    assert AccessLog.objects.filter(act="handed", party=person, user=eraser).exists()
    url = f"/customers/{person.pk}/personal-data/erase/"
    assert client.post(url, {"name": "کسی"}).status_code == 422
    assert Party.objects.filter(name__startswith=SECRET).exists()
    assert client.post(url, {"name": f"{SECRET} دوم"}).status_code == 303
    assert not Party.objects.filter(name__startswith=SECRET).exists()
