"""Notes with mentions, and files: who may write, who is told, what is refused."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peyvand.accounts.models import Notification, User
from peyvand.core.errors import Conflict, NotAllowed
from peyvand.parties.errors import MentionBlind, NoteEmpty, NoteTooLong
from peyvand.parties.models import Party, PartyFile, PartyNote
from peyvand.parties.selectors.papers import colleagues_seeing
from peyvand.parties.services import notes, papers

Login = Callable[[User], Client]


@pytest.fixture
def party(alice: User) -> Party:
    return Party.objects.create(name="نگار رستمی", branch=alice.branch, owner=alice)


def test_a_mentioned_colleague_is_told_once(alice: User, bob: User, party: Party) -> None:
    note = notes.add_note(actor=alice, party=party, body=f"@{bob.full_name} look, @{bob.full_name}")
    news = Notification.objects.get()
    assert (news.user, news.kind, news.url) == (bob, "mention", f"/customers/{party.pk}/#notes-{note.pk}")
    notes.change_note(actor=alice, note=note, body=f"@{bob.full_name} look again", version=1)
    assert Notification.objects.count() == 1


def test_who_may_not_see_the_customer_is_refused_and_not_told(alice: User, charlie: User, party: Party) -> None:
    with pytest.raises(MentionBlind, match=charlie.full_name):
        notes.add_note(actor=alice, party=party, body=f"@{charlie.full_name} look")
    assert not PartyNote.objects.exists() and not Notification.objects.exists()


def test_only_colleagues_who_see_the_customer_are_offered(alice: User, bob: User, charlie: User, party: Party) -> None:
    assert [person.pk for person in colleagues_seeing(alice, party, "")] == [bob.pk]


def test_of_two_with_one_name_the_chosen_one_is_told(alice: User, bob: User, party: Party) -> None:
    twin = User.objects.create(username="bob2", full_name=bob.full_name, branch=bob.branch)
    twin.grants.create(role=bob.grants.get().role)
    notes.add_note(actor=alice, party=party, body=f"@{bob.full_name}", mentions=[twin.pk])
    assert Notification.objects.get().user == twin


@pytest.mark.parametrize(("body", "error"), [("  \u200b\n ", NoteEmpty), ("x" * 10_001, NoteTooLong)])
def test_a_note_has_words_and_an_end(alice: User, party: Party, body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        notes.add_note(actor=alice, party=party, body=body)


def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(alice: User, party: Party) -> None:
    note = notes.add_note(actor=alice, party=party, body="one")
    notes.change_note(actor=alice, note=note, body="two", version=1)
    with pytest.raises(Conflict):
        notes.change_note(actor=alice, note=note, body="three", version=1)


def test_nobody_out_of_sight_writes_changes_or_takes_away(alice: User, charlie: User, party: Party) -> None:
    note = notes.add_note(actor=alice, party=party, body="one")
    for act in (
        lambda: notes.add_note(actor=charlie, party=party, body="two"),
        lambda: notes.change_note(actor=charlie, note=note, body="two"),
        lambda: notes.pin_note(actor=charlie, note=note, is_pinned=True),
        lambda: notes.delete_note(actor=charlie, note=note),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert list(PartyNote.objects.values_list("body", "is_pinned", "deleted_at")) == [("one", False, None)]


def test_a_deleted_note_leaves_the_page_and_comes_back(alice: User, party: Party, logged_in: Login) -> None:
    note = notes.add_note(actor=alice, party=party, body="words to remember")
    client = logged_in(alice)
    client.post(f"/customers/{party.pk}/notes/{note.pk}/delete/")
    assert "words to remember" not in client.get(f"/customers/{party.pk}/").content.decode()
    client.post(f"/customers/{party.pk}/notes/{note.pk}/restore/")
    assert "words to remember" in client.get(f"/customers/{party.pk}/").content.decode()


def test_markup_in_a_note_stays_text(alice: User, party: Party, logged_in: Login) -> None:
    notes.add_note(actor=alice, party=party, body="<script>alert(1)</script>")
    assert "<script>alert" not in logged_in(alice).get(f"/customers/{party.pk}/").content.decode()


def test_a_file_is_typed_by_its_bytes_and_served_as_a_download(alice: User, party: Party, logged_in: Login) -> None:
    client = logged_in(alice)
    upload = SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>", content_type="image/png")
    answer = client.post(
        f"/customers/{party.pk}/files/", {"file": upload}, headers={"Accept": "application/json"}
    ).json()
    paper = PartyFile.objects.get()
    assert answer["id"] == paper.file_id and len(paper.file_id) == 32
    assert paper.file.content_type == "text/plain"
    download = client.get(f"/customers/{party.pk}/files/{paper.file_id}/")
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff" and "sandbox" in download["Content-Security-Policy"]


def test_a_file_opens_only_through_its_own_customer(alice: User, charlie: User, party: Party, logged_in: Login) -> None:
    paper = papers.add_file(actor=alice, party=party, upload=SimpleUploadedFile("a.txt", b"secret words"))
    other = Party.objects.create(name="دیگری", branch=alice.branch, owner=alice)
    assert logged_in(alice).get(f"/customers/{other.pk}/files/{paper.file_id}/").status_code == 404
    assert logged_in(charlie).get(f"/customers/{party.pk}/files/{paper.file_id}/").status_code == 404
    papers.delete_file(actor=alice, paper=paper)
    assert logged_in(alice).get(f"/customers/{party.pk}/files/{paper.file_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        papers.restore_file(actor=charlie, paper=paper)
