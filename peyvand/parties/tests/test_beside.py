"""What triggers keep beside the customers follows them, whoever writes; and what many writes change has no index."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import User
from peyvand.core.paging import keyset_page
from peyvand.parties.models import Party, PartyChange, PartyFacts, PartyWords
from peyvand.parties.selectors import search
from peyvand.parties.services import create_party
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.erasing import erase_party
from peyvand.parties.services.trash import delete_party
from peyvand.parties.types import PartyDetails

pytestmark = pytest.mark.django_db(transaction=True)
ORDER = ("-facts__completeness", "-id")


def made(actor: User, name: str) -> Party:
    return create_party(actor=actor, details=PartyDetails(name=name))


def astray() -> list[tuple[Any, ...]]:
    """Customers whose words or change are missing or others than they should be, and rows of nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, w.party_id, c.party_id FROM parties_party p"
            " FULL JOIN parties_partywords w ON w.party_id = p.id FULL JOIN parties_partychange c ON c.party_id = p.id"
            " WHERE p.id IS NULL OR w.words IS DISTINCT FROM parties_lexemes(p.search)"
            " OR c.xid IS DISTINCT FROM p.change_xid"
        )
        return cursor.fetchall()


def test_words_and_changes_follow_every_write(alice: User) -> None:
    ali, sara = made(alice, "علی رضایی"), made(alice, "سارا کریمی")
    assert PartyWords.objects.count() == PartyChange.objects.count() == 2
    assert astray() == []
    set_field(actor=alice, party=ali, key="city", raw="شیراز")
    assert astray() == []
    assert [party.pk for party in search(alice, "رضایی شیراز")] == [ali.pk]
    with transaction.atomic():  # twice in one transaction, and many rows at once
        Party.objects.update(last_contact_at=None)
        Party.objects.filter(pk=sara.pk).update(search="زهرا\n\n")
    assert astray() == []
    assert not search(alice, "کریمی").exists() and search(alice, "زهرا").exists()
    alice.is_superuser = True
    alice.save()
    alice = User.objects.get(pk=alice.pk)
    delete_party(actor=alice, party=ali)
    erase_party(actor=alice, party=sara)
    assert astray() == []
    Party.objects.filter(pk=ali.pk).delete()
    assert astray() == []
    assert PartyWords.objects.count() == PartyChange.objects.count() == 1


def test_the_newest_write_is_the_last_change(alice: User) -> None:
    ali, sara = made(alice, "علی"), made(alice, "سارا")
    assert list(PartyChange.objects.order_by("xid").values_list("party_id", flat=True)) == [ali.pk, sara.pk]
    set_field(actor=alice, party=ali, key="city", raw="قم")
    assert list(PartyChange.objects.order_by("xid").values_list("party_id", flat=True)) == [sara.pk, ali.pk]


def test_what_most_writes_change_is_in_no_index_so_that_the_row_stays_on_its_page() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'parties_party'")
        indexes = [definition for (definition,) in cursor.fetchall()]
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'parties_party'")
        (options,) = cursor.fetchone()
    held = [name for name in ("search", "change_xid", "version", "changed_at", "missing", "job_title")
            if any(name in definition.partition("USING")[2] for definition in indexes)]  # fmt: skip
    assert held == []
    assert "fillfactor=85" in options


def test_facts_follow_one_and_many_alike(alice: User) -> None:
    """A connection that changed one customer keeps its plans; many rows are joined in another way."""
    made(alice, "علی رضایی")
    Party.objects.update(city="شیراز")
    first = Party.objects.get()
    Party.objects.bulk_create(
        Party(name=f"نام {n}", kind="person", owner=alice, branch=alice.branch) for n in range(40)
    )
    Party.objects.exclude(pk=first.pk).update(city="یزد", completeness=40)
    assert PartyFacts.objects.filter(city="یزد", completeness=40).count() == 40
    assert PartyFacts.objects.filter(city="شیراز").count() == 1


def test_old_and_new_rows_of_a_statement_are_joined_by_their_hash() -> None:
    """A kept plan compares each with each otherwise: a new table with history by statement needs the setting, too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text, p.proconfig FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid::regclass::text LIKE 'parties\\_%' AND t.tgoldtable <> '' AND t.tgnewtable <> ''"
            " AND p.proname LIKE 'pgtrigger%'"
        )
        found = dict(cursor.fetchall())
    assert {"parties_party", "parties_contactpoint", "parties_relation"} <= set(found)
    assert all("enable_nestloop=off" in (settings or ()) for settings in found.values()), found


def test_a_list_ordered_by_completeness_reads_the_copy_and_asks_no_more() -> None:
    for percent in (40, 90, 10):
        Party.objects.create(name=f"{percent}", completeness=percent)
    Party.objects.filter(name="10").update(completeness=70)
    with CaptureQueriesContext(connection) as captured:
        page = keyset_page(Party.objects.filter(facts__completeness__gt=5), order=ORDER, size=2)
    assert [party.name for party in page.items] == ["90", "10"] and page.next and len(captured) == 1
    assert "INNER JOIN" in captured[0]["sql"] and "parties_facts_complete" in {i.name for i in PartyFacts._meta.indexes}
    rest = keyset_page(Party.objects.all(), order=ORDER, size=2, after=page.next)
    assert [party.name for party in rest.items] == ["40"]
