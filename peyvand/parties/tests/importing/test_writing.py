"""What an import makes and changes, and that everything which follows from a row follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.events import Reaction
from peyvand.core.imports.types import Action, Outcome
from peyvand.core.models import CustomField, LongJob, OutboxEvent
from peyvand.parties.events import PartyChanged, PartyCreated
from peyvand.parties.importing import tables
from peyvand.parties.importing.running import apply
from peyvand.parties.models import Category, Consent, ContactPoint, Party, PartyFacts, PartyNote, Relation, Tag, Word
from peyvand.parties.selectors.finding import ranked
from peyvand.parties.services import create_party
from peyvand.parties.services.derived import derive
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING, plan, rows_of
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.types import ContactDetails, PartyDetails

Run = Callable[..., Outcome]
ALI = "09121234567"
PEOPLE = plan("name mobile email city job_title")
FOLLOWS = (
    "id", "search", "sort_key", "roles", "consents", "city", "province", "organisation_id", "completeness", "missing",
)  # fmt: skip


def follows() -> list[dict[str, Any]]:
    return list(Party.objects.order_by("pk").values(*FOLLOWS))


def is_derived() -> bool:
    """Is everything as the services would derive it?"""
    before = follows()
    derive(Party.objects.values_list("pk", flat=True))
    return before == follows()


def actions(outcome: Outcome) -> list[str]:
    return [row.action.value for row in outcome.rows]


def another(job: LongJob) -> LongJob:
    return LongJob.objects.create(owner=job.owner, kind=job.kind, title="again", params={})


def test_new_rows_become_customers_with_all_that_follows(nora: User, run: Run) -> None:
    rows = ("علي رضايي", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "Ali@X.example", "تهران", "مدیر"), ("سارا", "9351234567", "", "", "")
    made = run(PEOPLE, *rows)
    assert actions(made) == ["add", "add"]
    ali = Party.objects.get(pk=made.rows[0].ref)
    assert (ali.name, ali.city, ali.owner_id, ali.branch_id) == ("علی رضایی", "تهران", nora.pk, nora.branch_id)
    assert {point.value for point in ali.contact_points.all()} == {"+989121234567", "ali@x.example"}
    assert ali.contact_points.get(kind="mobile").is_primary
    assert is_derived() and PartyFacts.objects.count() == 2
    assert {"علی", "رضایی"} <= set(Word.objects.values_list("word", flat=True))
    assert [hit.party.pk for hit in ranked(nora, "رضایی")] == [ali.pk]


def test_the_same_rows_again_change_nothing(run: Run, job: LongJob) -> None:
    rows = ("علی رضایی", ALI, "ali@x.example", "تهران", "مدیر"), ("سارا", "09351234567", "", "", "")
    run(PEOPLE, *rows)
    before, events = list(Party.objects.order_by("pk").values()), OutboxEvent.objects.count()
    assert actions(apply(job.owner, PEOPLE, rows_of(*rows), another(job))) == ["unchanged", "unchanged"]
    assert list(Party.objects.order_by("pk").values()) == before and OutboxEvent.objects.count() == events


def test_rules_of_columns(nora: User, run: Run, job: LongJob) -> None:
    ali = person(nora, "علی", ALI, city="تهران", job_title="مدیر")
    columns = plan("mobile city job_title email", rules="city=fill job_title=overwrite email=append")
    run(columns, (ALI, "قم", "مشاور", "a@x.example"))
    ali.refresh_from_db()
    assert (ali.city, ali.job_title, ali.version) == ("تهران", "مشاور", 2)
    apply(job.owner, columns, rows_of((ALI, "قم", "", "b@x.example")), another(job))
    assert ali.contact_points.filter(kind="email").count() == 2  # an empty cell changes nothing
    assert is_derived()


def test_overwriting_an_address_replaces_the_main_one_and_keeps_the_others(nora: User, run: Run) -> None:
    ali = create_party(actor=nora, details=person_details("علی"), contacts=contacts("a@x.example", "b@x.example"))
    run(plan("id email", key="id"), (str(ali.pk), "c@x.example"))
    assert {point.value: point.is_primary for point in ali.contact_points.all()} == {
        "c@x.example": True, "b@x.example": False,
    }  # fmt: skip
    assert is_derived()


def person_details(name: str) -> PartyDetails:
    return PartyDetails(name=name)


def contacts(*typed: str) -> list[ContactDetails]:
    return [ContactDetails(kind="email", typed=each) for each in typed]


def test_an_address_of_somebody_else_is_added_as_a_shared_one(nora: User, run: Run) -> None:
    owner = person(nora, "مادر", "09350000000")
    made = run(plan("name mobile phone"), ("دختر", ALI, "09350000000"), ("پسر", "09360000000", "09350000000"))
    assert actions(made) == ["add", "add"]
    assert ContactPoint.objects.get(value="+989350000000", identifies=True).party_id == owner.pk
    assert ContactPoint.objects.filter(value="+989350000000", identifies=False).count() == 2


def test_two_new_rows_with_one_family_phone(run: Run) -> None:
    made = run(plan("name email mobile", key="email"), ("الف", "a@x.example", ALI), ("ب", "b@x.example", ALI))
    assert actions(made) == ["add", "add"]
    assert sorted(ContactPoint.objects.filter(kind="mobile").values_list("identifies", flat=True)) == [False, True]


def test_people_and_their_organisations_come_in_one_file(nora: User, run: Run) -> None:
    columns = plan("kind name mobile organisation legal_id phone organisation_legal_id", key="")
    rows = (
        ("شخص", "علی رضایی", ALI, "شرکت آرمان", "", "", "14003778990"),
        ("شرکت", "شرکت آرمان", "", "", "14003778990", "02188776655", ""),
        ("", "سارا امینی", "09350000000", "شركت آرمان", "", "", ""),
        ("", "", "", "بازرگانی نو", "", "02188776600", ""),
    )
    made = run(columns, *rows)
    assert actions(made) == ["add"] * 4
    arman = Party.objects.get(kind="organisation", name="شرکت آرمان")
    assert Party.objects.filter(organisation=arman).count() == 2
    assert Relation.objects.filter(target=arman, until=None).count() == 2
    assert Party.objects.get(name="بازرگانی نو").kind == "organisation"
    assert "ارمان" in Party.objects.get(name="علی رضایی").search and is_derived()


def test_an_organisation_that_a_person_named_first_is_completed_by_its_own_row(nora: User, run: Run) -> None:
    columns = plan("kind name phone organisation legal_id city", key="phone")
    first = run(columns, ("", "علی", ALI, "شرکت آرمان", "", ""))
    [bare] = Party.objects.filter(kind="organisation")
    own = run(columns, ("شرکت", "شرکت آرمان", "02188776655", "", "14003778990", "قم"), first=2000)
    [firm] = Party.objects.filter(kind="organisation")
    assert (actions(first), actions(own)) == (["add"], ["update"]) and firm.pk == bare.pk == own.rows[0].ref
    assert (firm.city, firm.contact_points.get().value) == ("قم", "+982188776655")
    assert firm.identifiers.get().value == "14003778990" and Party.objects.get(name="علی").organisation_id == firm.pk
    again = run(columns, ("شرکت", "شرکت آرمان", "02188770000", "", "", "کرج"), first=4000)
    assert actions(again) == ["add"]  # it has its own row already: this is another one of that name


def test_two_organisations_of_one_name_are_not_guessed_at(nora: User, run: Run) -> None:
    for _each in range(2):
        create_party(actor=nora, details=organisation("شرکت آرمان"))
    made = run(plan("name mobile organisation"), ("علی", ALI, "شرکت آرمان"))
    assert made.rows[0].action is Action.REFUSE and "2" in made.rows[0].reason


def organisation(name: str) -> PartyDetails:
    return PartyDetails(name=name, kind="organisation")


def test_a_change_of_work_ends_the_work_before(nora: User, run: Run) -> None:
    former = create_party(actor=nora, details=organisation("شرکت پیشین"))
    ali = person(nora, "علی", ALI, organisation_id=former.pk)
    Relation.objects.update(since="2024-01-01")
    run(plan("mobile organisation"), (ALI, "شرکت تازه"))
    ali.refresh_from_db()
    assert ali.organisation is not None and ali.organisation.name == "شرکت تازه"
    assert Relation.objects.get(target=former).until is not None and is_derived()


def test_every_kind_of_field_is_written(nora: User, run: Run) -> None:
    Category.objects.create(name="طلایی", norm="طلایی", required=["name", "birth_date", "national_id"])
    Tag.objects.create(name="ویژه", norm="ویژه")
    field = CustomField.objects.create(host="parties.Party", kind="money", label="سقف", norm="سقف")
    columns = plan(
        "first_name last_name honorific mobile province city street postal_code national_id roles life_cycle category"
        f" tags birth_date gender interests note consent:sms:marketing custom:{field.pk} preferred_channel"
        " preferred_from website employees owner"
    )
    made = run(columns, (
        "علی", "رضایی", "مهندس", ALI, "تهران", "تهران", "خیابان آزادی", "1193653471", "499370899", "مشتری، تأمین‌کننده",
        "فعلی", "طلایی", "ویژه | نو", "1370/01/01", "مرد", "کتاب، سفر", "دیدار در نمایشگاه", "بله", "۱۰۰۰ تومان",
        "پیامک", "9:30", "shop.ir", "12", "nora",
    ))  # fmt: skip
    assert actions(made) == ["add"], made.rows[0].reason
    ali = Party.objects.get(pk=made.rows[0].ref)
    assert (ali.name, ali.honorific, ali.life_cycle, ali.city, ali.province) == (
        "علی رضایی",
        "مهندس",
        "current",
        "تهران",
        "تهران",
    )
    assert ali.addresses.get().postal_code == "1193653471" and ali.identifiers.get().shown.endswith("0899")
    assert ali.identifiers.get().cipher and not ali.identifiers.get().value
    assert (set(ali.roles), ali.consents, ali.completeness) == ({"customer", "supplier"}, ["sms:marketing"], 100)
    assert set(Tag.objects.filter(pk__in=ali.tag_ids).values_list("name", flat=True)) == {"ویژه", "نو"}
    assert (ali.profile.gender, ali.profile.employees, ali.profile.website) == ("man", 12, "https://shop.ir")
    assert ali.custom == {str(field.pk): 10_000}
    assert Consent.objects.get().source == "import" and PartyNote.objects.get().author_id == nora.pk
    assert is_derived()


def test_new_tags_are_made_only_by_who_shapes_them(tehran: Any, nora: User, run: Run) -> None:
    plain = make_user("plain", tehran, EVERYTHING)
    made = run(plan("name mobile tags"), ("علی", ALI, "نو"), actor=plain)
    assert made.rows[0].action is Action.REFUSE and not Tag.objects.exists()


def test_a_quiet_import_says_so_in_its_events(run: Run, job: LongJob, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {PartyCreated: [Reaction("some.where")], PartyChanged: [Reaction("some.where")]}
    monkeypatch.setattr("peyvand.core.events.reactions", lambda: table)
    run(plan("name mobile", quiet=True), ("علی", ALI))
    loud = plan("name mobile city", quiet=False)
    apply(job.owner, loud, rows_of(("علی", ALI, "قم")), another(job))
    assert [(each.name, each.payload["quiet"]) for each in OutboxEvent.objects.order_by("pk")] == [
        ("parties.party_created", True), ("parties.party_changed", False),
    ]  # fmt: skip


def test_events_that_nobody_answers_are_not_written_for_each_row(run: Run, job: LongJob) -> None:
    run(plan("name mobile"), ("علی", ALI))
    apply(job.owner, plan("name mobile city"), rows_of(("علی", ALI, "قم")), another(job))
    assert Party.objects.get().city == "قم" and not OutboxEvent.objects.exists()


def test_defaults_are_for_new_customers_and_empty_fields(nora: User, run: Run) -> None:
    ali = person(nora, "علی", ALI, city="تهران")
    run(plan("name mobile", defaults={"city": "قم", "life_cycle": "فعلی"}), ("علی", ALI), ("سارا", "09350000000"))
    ali.refresh_from_db()
    assert ali.city == "تهران" and ali.life_cycle == "potential"
    sara = Party.objects.get(name="سارا")
    assert (sara.city, sara.life_cycle) == ("قم", "current")


def test_a_customer_that_a_channel_made_is_confirmed_when_the_import_changes_him(nora: User, run: Run) -> None:
    ali = person(nora, "علی", ALI)
    Party.objects.filter(pk=ali.pk).update(is_provisional=True)
    run(plan("mobile city"), (ALI, "قم"))
    ali.refresh_from_db()
    assert not ali.is_provisional


def test_who_wrote_stands_in_the_history(nora: User, run: Run, job: LongJob) -> None:
    made = run(PEOPLE, ("علی", ALI, "", "", ""))
    events = apps.get_model("parties", "PartyEvent")._default_manager
    assert events.filter(pgh_obj_id=made.rows[0].ref, pgh_label="insert").count() == 1


def test_a_block_costs_the_same_statements_whatever_its_length(run: Run, django_assert_max_num_queries: Any) -> None:
    rows = [(f"نام {n}", f"0912{n:07d}", f"m{n}@x.example", "تهران", "") for n in range(1, 300)]
    with django_assert_max_num_queries(40):
        assert set(actions(run(PEOPLE, *rows))) == {"add"}


def test_what_all_rows_say_alike_is_handed_over_once_and_stored_in_each(db: None) -> None:
    now = timezone.now().isoformat()
    rows = [
        {"id": n, "name": f"نشان «{n}»", "norm": f"n{n}", "hue": 2, "version": 1, "created_at": now} for n in (901, 902)
    ]
    tables.insert("parties_tag", rows)
    assert tables.insert_free("parties_tag", [*rows, rows[0] | {"id": 903, "norm": "n903"}]) == {901, 902}
    tables.insert("parties_tag", [rows[0] | {"id": 904, "norm": "n904"}])
    found = Tag.objects.filter(pk__gt=900).order_by("pk").values_list("pk", "name", "hue")
    assert [*found] == [
        (901, "نشان «901»", 2), (902, "نشان «902»", 2), (903, "نشان «901»", 2), (904, "نشان «901»", 2),
    ]  # fmt: skip


def test_values_that_are_equal_in_python_alone_are_not_alike() -> None:
    rows = [{"id": 1, "custom": {"5": True}, "tags": []}, {"id": 2, "custom": {"5": 1}, "tags": []}]
    assert tables._alike(rows) == {"tags": []}
