"""Writing one field: every key reads, writes and gives back; two people; what is refused."""

import pytest

from peyvand.accounts.models import Branch, User
from peyvand.core.custom_fields import forget
from peyvand.core.errors import Invalid, NotAllowed, PeyvandError
from peyvand.core.models import CustomField
from peyvand.parties.errors import AddressTaken, ChangedMeanwhile, FlawedNumber
from peyvand.parties.models import Category, Party, Tag
from peyvand.parties.services import create_party
from peyvand.parties.services.editing import Raw, current_raw, parse, set_field, set_fields
from peyvand.parties.services.editing.fields import EDITORS
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.types import ContactDetails, PartyDetails

pytestmark = pytest.mark.django_db


@pytest.fixture
def ali(alice: User) -> Party:
    return create_party(actor=alice, details=PartyDetails(name="علی رضایی"))


VALUES: list[tuple[str, Raw, Raw]] = [
    ("name", " علي  رضایی ", "علی رضایی"),
    ("honorific", "جناب آقای", "جناب آقای"),
    ("job_title", "مدیر", "مدیر"),
    ("life_cycle", "current", "current"),
    ("preferred_channel", "sms", "sms"),
    ("preferred_from", "۹:۳۰", "09:30"),
    ("roles", ["customer", "lead"], ["customer", "lead"]),
    ("city", "تهران", "تهران"),
    ("province", "تهران", "تهران"),
    ("phone", "0912 345 6789", "0912 345 6789"),
    ("email", "Ali@Shop.example", "Ali@Shop.example"),
    ("birth_date", "۱۳۶۰/۱/۱", "1981-03-21"),
    ("gender", "man", "man"),
    ("children", "۲", "2"),
    ("website", "shop.example", "https://shop.example"),
    ("interests", "کوه، کتاب", ["کوه", "کتاب"]),
    ("legal_id", "10380284790", "10380284790"),
    ("economic", "411234567890", "411234567890"),
    ("postal_code", "16197 35744", "1619735744"),
    ("motivations", "یک\nدو", "یک\nدو"),
]


@pytest.mark.parametrize(("key", "raw", "kept"), VALUES)
def test_a_field_is_written_and_given_back(alice: User, ali: Party, key: str, raw: Raw, kept: Raw) -> None:
    before = current_raw(ali, key)
    changed = set_field(actor=alice, party=ali, key=key, raw=raw, version=1)
    assert current_raw(changed, key) == kept
    assert changed.version == 2
    again = set_field(actor=alice, party=ali, key=key, raw=current_raw(changed, key), version=2)
    assert current_raw(again, key) == kept
    if key != "name":
        undone = set_field(actor=alice, party=ali, key=key, raw=before)
        assert current_raw(undone, key) == before


def test_links_are_named_by_what_the_actor_sees(alice: User, charlie: User, ali: Party, tabriz: Branch) -> None:
    firm = create_party(actor=alice, details=PartyDetails(name="شرکت", kind="organisation"))
    far = create_party(actor=charlie, details=PartyDetails(name="دور", kind="organisation"))
    category, tag = Category.objects.create(name="ویژه", norm="ویژه"), Tag.objects.create(name="مهم", norm="مهم")
    raws: dict[str, Raw] = {"organisation": str(firm.pk), "category": str(category.pk), "tags": ["مهم"], "owner": "me"}
    changed = set_fields(actor=alice, party=ali, raws=raws)
    assert (changed.organisation, changed.category, changed.tag_ids) == (firm, category, [tag.pk])
    for key, raw in (("organisation", str(far.pk)), ("organisation", str(ali.pk)), ("tags", "نیست"), ("owner", "0")):
        with pytest.raises(Invalid) as caught:
            set_field(actor=alice, party=ali, key=key, raw=raw)
        assert list(caught.value.fields) == [key]
    with pytest.raises(NotAllowed):
        set_fields(actor=alice, party=ali, raws={"branch": str(tabriz.pk), "owner": str(charlie.pk)})


def test_every_bad_field_is_named_at_once(alice: User, ali: Party) -> None:
    bad: dict[str, Raw] = {
        "name": "ن" * 300,
        "children": "-1",
        "gender": "x",
        "birth_date": "1500/1/1",
        "email": "x",
        "national_id": "12",
        "nothing": "x",
    }
    alice.is_superuser = True
    alice.save()
    alice.reach = None
    with pytest.raises(PeyvandError) as caught:
        set_fields(actor=alice, party=ali, raws=bad)
    assert set(caught.value.fields) == set(bad)
    assert "300" in caught.value.fields["name"]
    assert Party.objects.get(pk=ali.pk).version == 1


@pytest.mark.parametrize("name", ["", " \u200c\u202e ", "\x00", "🙂🙂", "!!!"])
def test_what_is_no_name_is_refused(alice: User, ali: Party, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        set_field(actor=alice, party=ali, key="name", raw=name)
    assert list(caught.value.fields) == ["name"]


def test_marks_and_control_characters_are_cleaned_from_a_name(alice: User, ali: Party) -> None:
    changed = set_field(actor=alice, party=ali, key="name", raw="\u202eعلي\x00 Smith 🙂\u202c")
    assert changed.name == "علی Smith 🙂"


def test_the_parts_of_a_name_make_the_full_one(alice: User, ali: Party) -> None:
    changed = set_fields(actor=alice, party=ali, raws={"first_name": "رضا", "last_name": "احمدی"})
    assert changed.name == "رضا احمدی"
    changed = set_field(actor=alice, party=ali, key="name", raw="رضا احمدی نژاد")
    assert (changed.first_name, changed.last_name) == ("", "")


def test_two_people_on_one_field_see_both_values_and_others_are_merged(alice: User, ali: Party) -> None:
    set_field(actor=alice, party=ali, key="job_title", raw="مدیر", version=1)
    with pytest.raises(ChangedMeanwhile) as caught:
        set_field(actor=alice, party=ali, key="job_title", raw="فروشنده", version=1)
    assert (caught.value.theirs, caught.value.mine) == ({"job_title": "مدیر"}, {"job_title": "فروشنده"})
    merged = set_field(actor=alice, party=ali, key="honorific", raw="دکتر", version=1)
    assert (merged.job_title, merged.honorific, merged.version) == ("مدیر", "دکتر", 3)
    assert set_field(actor=alice, party=ali, key="job_title", raw="مدیر", version=1).version == 4


def test_what_was_seen_decides_where_the_history_knows_nothing(alice: User, ali: Party) -> None:
    set_field(actor=alice, party=ali, key="occupation", raw="پزشک", version=1)
    with pytest.raises(ChangedMeanwhile):
        set_fields(actor=alice, party=ali, raws={"occupation": "وکیل"}, version=1, seen={"occupation": ""})
    seen: dict[str, Raw] = {"gender": ""}
    assert set_fields(actor=alice, party=ali, raws={"gender": "man"}, version=1, seen=seen).version == 3


def test_an_address_of_another_is_refused(alice: User, ali: Party) -> None:
    mail = ContactDetails(kind="email", typed="a@x.example")
    create_party(actor=alice, details=PartyDetails(name="دیگری"), contacts=[mail])
    with pytest.raises(AddressTaken) as caught:
        set_field(actor=alice, party=ali, key="email", raw="A@x.example")
    assert list(caught.value.fields) == ["email"]


def test_a_protected_number_needs_its_permission_and_is_kept_encrypted(alice: User, ali: Party) -> None:
    with pytest.raises(NotAllowed):
        set_field(actor=alice, party=ali, key="national_id", raw="0499370899")
    set_field(actor=None, party=ali, key="national_id", raw="0499370899")
    kept = ali.identifiers.get()
    assert (kept.value, kept.shown, kept.flaw) == ("", "•••• 0899", "")
    raw = current_raw(ali, "national_id")
    assert isinstance(raw, str) and "0499370899" not in raw
    set_field(actor=None, party=ali, key="national_id", raw="")
    set_field(actor=None, party=ali, key="national_id", raw=raw)
    assert ali.identifiers.get().digest == kept.digest


def test_a_soft_flaw_is_kept_only_when_insisted(alice: User, ali: Party) -> None:
    with pytest.raises(FlawedNumber):
        set_field(actor=alice, party=ali, key="legal_id", raw="10380285790")
    set_field(actor=alice, party=ali, key="legal_id", raw="10380285790", insist=True)
    assert (ali.identifiers.get().flaw, ali.identifiers.get().is_insisted) == ("checksum", True)


def test_nobody_without_permission_writes_any_field(bob: User, charlie: User, ali: Party) -> None:
    for key in EDITORS:
        for who in (bob, charlie):
            with pytest.raises(NotAllowed):
                set_field(actor=who, party=ali, key=key, raw="x")


def test_parse_says_what_is_wrong_without_writing(alice: User) -> None:
    assert parse("children", "۳", alice) == 3
    with pytest.raises(Invalid) as caught:
        parse("children", "زیاد", alice)
    assert list(caught.value.fields) == ["children"]


def test_a_custom_field_is_written_by_its_id_and_taken_out_when_emptied(alice: User, ali: Party) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="number", label="سقف", norm="سقف")
    forget()
    key = f"custom:{field.pk}"
    changed = set_field(actor=alice, party=ali, key=key, raw="۱۲", version=1)
    assert (changed.custom, current_raw(changed, key)) == ({str(field.pk): 12}, "12")
    with pytest.raises(ChangedMeanwhile):
        set_field(actor=alice, party=ali, key=key, raw="13", version=1)
    assert set_field(actor=alice, party=ali, key=key, raw="").custom == {}
    with pytest.raises(Invalid):
        set_field(actor=alice, party=ali, key="custom:0", raw="x")


def test_a_new_employer_is_a_relation_and_the_former_one_ends(alice: User, ali: Party) -> None:
    ensure_relation_types()
    firms = [create_party(actor=alice, details=PartyDetails(name=n, kind="organisation")) for n in ("یک", "دو")]
    for firm in firms:
        changed = set_field(actor=alice, party=ali, key="organisation", raw=str(firm.pk))
        assert changed.organisation == firm
    assert [relation.target for relation in ali.relations_out.all()] == [firms[1]]
    ali.relations_out.update(since="2026-01-01")
    assert set_field(actor=alice, party=ali, key="organisation", raw="").organisation is None
    assert ali.relations_out.get().until is not None
