"""How alike two customers are: each rule by itself, and what must hold for any two records."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peyvand.parties.matching import (
    POSSIBLE,
    PROBABLE,
    WEIGHTS,
    Record,
    compare,
    compare_possible,
    keys_of,
    make_record,
    read_name,
)
from peyvand.parties.matching.sounds import bones, sound


def person(name: str, **more: Any) -> Record:
    return make_record(kind="person", name=name, **more)


def firm(name: str, **more: Any) -> Record:
    return make_record(kind="organisation", name=name, **more)


def reason(one: Record, other: Record) -> str:
    """The reason that speaks of the names."""
    return next(code for code in compare(one, other).reasons if code.startswith("name_"))


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("علی رضایی", "علي رضايى", "name_same"),
        ("نگار کشاورز‌زاده", "نگار کشاورز زاده", "name_same"),
        ("نگار کشاورز‌زاده", "نگار کشاورززاده", "name_same"),
        ("مهندس علی رضائی", "علی رضایی", "name_same"),
        ("حاج آقا علی رضایی", "علی رضایی", "name_same"),
        ("سید علی حسینی", "سیدعلی حسینی", "name_same"),
        ("زهرا خانم احمدی", "خانم زهرا احمدی", "name_same"),
        ("سرکار خانم دکتر مینا کاوه", "مینا کاوه", "name_same"),
        ("رضایی علی", "علی رضایی", "name_turned"),
        ("رضا صفری", "رضا سفری", "name_sounds"),
        ("مسعود ضیائی", "مسعود زیایی", "name_sounds"),
        ("قاسم طاهری", "غاسم تاهری", "name_sounds"),
        ("Ali Rezaei", "علی رضایی", "name_script"),
        ("Mostafa Karimi", "کریمی مصطفی", "name_script"),
        ("Khosrow Ghanbari", "خسرو قنبری", "name_script"),
        ("Shirin Zhaleh Choobin", "شیرین ژاله چوبین", "name_script"),
        ("Fatima Mohammadi", "فاطمه محمدی", "name_script"),
        ("نگار کشاورزیان", "نگار کشاوزیان", "name_near"),
        ("کشاورزیان نگار", "نگار کشاوزیان", "name_near"),
        ("علی رضایی اصل", "رضایی", "name_part"),
        ("حسن رضایی", "حسین رضایی", "name_other"),
        ("محمد کشاورزیان", "محمود کشاورزیان", "name_other"),
        ("بیژن مهردادنیا", "آیسان مهردادنیا", "name_other"),
        ("علی رضایی", "مینا کاوه", "name_other"),
    ],
)
def test_names_of_people(one: str, other: str, code: str) -> None:
    assert reason(person(one), person(other)) == code
    assert reason(person(other), person(one)) == code


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("شرکت آرپا نوین (سهامی خاص)", "آرپا نوین", "name_same"),
        ("شرکت آرپا نوین با مسئولیت محدود", "شركت آرپا‌نوین", "name_same"),
        ("Arpa Novin Co. Ltd", "Arpa Novin LLC", "name_same"),
        ("بازرگانی آرپا نوین", "شرکت آرپا نوین", "name_same"),
        ("بازرگانی آرپا نوین", "فروشگاه آرپا نوین", "name_form"),
        ("شرکت آرپا نوین", "Arpa Novin", "name_script"),
    ],
)
def test_names_of_firms(one: str, other: str, code: str) -> None:
    assert reason(firm(one), firm(other)) == code


def test_a_name_that_is_nothing_but_a_form_is_kept() -> None:
    assert read_name("شرکت", "organisation").words == ("شرکت",)
    assert read_name("مهندس").words == ("مهندس",)


def test_the_sound_is_the_same_in_both_scripts() -> None:
    pairs = {"Hossein": "حسین", "Sadegh": "صادق", "Zahra": "زهرا", "Yousef": "یوسف", "Abdollah": "عبدالله"}
    assert {latin: sound(latin.lower()) for latin in pairs} == {latin: sound(fa) for latin, fa in pairs.items()}


def test_the_bones_do_not_depend_on_where_words_are_cut() -> None:
    names = ("غلام رضا کشاورز زاده", "غلامرضا کشاورززاده", "کشاورززاده غلام‌رضا")
    assert len({bones(read_name(name).sounds) for name in names}) == 1


def test_a_name_alone_or_an_address_alone_makes_no_probable_pair() -> None:
    assert compare(person("علی رضایی"), person("علی رضایی")).score < PROBABLE
    phone = frozenset({"+989121234567"})
    assert compare(person("علی رضایی", phones=phone), person("مینا کاوه", phones=phone)).score < POSSIBLE
    assert compare(person("علی رضایی", phones=phone), person("Ali Rezaei", phones=phone)).score >= PROBABLE


def test_names_of_which_exactly_so_much_agrees_are_still_graded() -> None:
    assert compare(person("abcde"), person("abcxy")).reasons == ("name_unlike",)  # 3 of 5 letters
    assert compare(person("abcde"), person("abxyz")).reasons == ("name_other",)


def test_an_address_that_many_have_weighs_less() -> None:
    phones = frozenset({"+982188776655"})
    one, other = person("علی رضایی", phones=phones), person("علی رضایی", phones=phones)
    assert "phone_same" in compare(one, other).reasons
    shared = compare(one, other, crowded=phones)
    assert "phone_shared" in shared.reasons and shared.score < PROBABLE


def test_a_wrong_digit_and_a_wrong_letter_of_an_address_are_seen() -> None:
    one = person("علی رضایی", phones=frozenset({"+989121234567"}), emails=frozenset({"rezaei@example.ir"}))
    other = person("علی رضایی", phones=frozenset({"+989121234576"}), emails=frozenset({"rezaie@example.ir"}))
    assert {"phone_near", "email_near"} <= set(compare(one, other).reasons)


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        ({"numbers": {"national_id": frozenset("a")}}, {"numbers": {"national_id": frozenset("b")}}, "number_other"),
        ({"gender": "man"}, {"gender": "woman"}, "gender_other"),
        ({"born": dt.date(1990, 1, 1)}, {"born": dt.date(1991, 1, 1)}, "birth_other"),
    ],
)
def test_what_contradicts_lowers_and_is_never_decided_by_a_machine(mine: Any, theirs: Any, code: str) -> None:
    phone = {"phones": frozenset({"+989121234567"})}
    agrees = compare(person("علی رضایی", **phone), person("علی رضایی", **phone))
    found = compare(person("علی رضایی", **phone, **mine), person("علی رضایی", **phone, **theirs))
    assert code in found.reasons and found.contradicts and not agrees.contradicts
    assert found.score == agrees.score + WEIGHTS[code]


def test_the_same_number_of_the_state_outweighs_a_mistyped_name() -> None:
    one = person("علی رضایی", numbers={"national_id": frozenset({"x"})})
    other = person("ع رضایی", numbers={"national_id": frozenset({"x"})})
    assert compare(one, other).score >= PROBABLE


def test_more_evidence_of_the_same_kind_of_place_and_birth_adds_up() -> None:
    more = {"city": "تهران", "place": "1998765432", "organisation": 7, "born": dt.date(1990, 1, 1)}
    codes = {"city_same", "place_same", "organisation_same", "birth_same"}
    assert codes <= set(compare(person("علی رضایی", **more), person("علی رضایی", **more)).reasons)
    assert "city_other" in compare(person("علی رضایی", **more), person("علی رضایی", city="تبریز")).reasons


def test_a_person_and_a_firm_of_one_name_are_not_probable() -> None:
    phones = frozenset({"+982188776655"})
    found = compare(person("آرپا نوین", phones=phones), firm("شرکت آرپا نوین", phones=phones))
    assert "kind_other" in found.reasons and found.contradicts


def test_records_that_are_alike_share_a_key() -> None:
    phone, mail = frozenset({"+989121234567"}), frozenset({"a@example.ir"})
    born = dt.date(1990, 1, 1)
    alike = [
        (person("علی رضایی", phones=phone), person("مینا", phones=phone)),
        (person("x y", emails=mail), person("z", emails=mail)),
        (person("علی رضایی"), person("Rezaei Ali")),
        (person("غلامرضا کشاورززاده"), person("غلام رضا کشاورز زاده")),
        (person("نگار کشاورزیان", born=born), person("نگار کشافرزیان", born=born)),
        (person("نگار کشاورزیان", organisation=3), person("نیگار کشاورزیان", organisation=3)),
        (person("a", numbers={"legal_id": frozenset("1")}), person("b", numbers={"legal_id": frozenset("1")})),
    ]
    assert all(keys_of(one) & keys_of(other) for one, other in alike)
    assert not keys_of(person("علی رضایی", city="تهران")) & keys_of(person("مینا کاوه", city="تهران"))


WORDS = st.sampled_from(
    "علی رضا حسین حسن رضایی کریمی کشاورز زاده محمد مینا Ali Reza Rezaei سید مهندس شرکت نوین".split()
)
RECORDS = st.builds(
    make_record,
    kind=st.sampled_from(["person", "organisation"]),
    name=st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    city=st.sampled_from(["", "تهران", "تبریز"]),
    place=st.sampled_from(["", "1998765432", "1111111111"]),
    phones=st.frozensets(st.sampled_from(["+989121234567", "+989121234568", "+982188776655"]), max_size=2),
    emails=st.frozensets(st.sampled_from(["rezaei@example.ir", "rezaie@example.ir", "a@b.ir"]), max_size=2),
    numbers=st.dictionaries(
        st.sampled_from(["national_id", "card"]), st.frozensets(st.sampled_from("12"), min_size=1), max_size=2
    ),
    organisation=st.sampled_from([None, 1, 2]),
    born=st.sampled_from([None, dt.date(1990, 1, 1), dt.date(1991, 1, 1)]),
    gender=st.sampled_from(["", "man", "woman"]),
)


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS, st.frozensets(st.sampled_from(["+989121234567", "a@b.ir"])))
@example(make_record(kind="person", name="علی رضا"), make_record(kind="person", name="رضایی"), frozenset())
@example(make_record(kind="person", name="رضایی"), make_record(kind="person", name="رضا رضا"), frozenset())
@example(make_record(kind="person", name="محمد رضایی حسین"), make_record(kind="person", name="رضایی سید"), frozenset())
def test_what_holds_for_any_two_records(one: Record, other: Record, crowded: frozenset[str]) -> None:
    found, back = compare(one, other, crowded), compare(other, one, crowded)
    assert found.score == back.score and set(found.reasons) == set(back.reasons)
    assert 0 <= found.score <= 100
    assert found.reasons and all(code in WEIGHTS for code in found.reasons)
    assert compare(one, one, crowded).score >= found.score
    assert compare_possible(one, other, crowded) == (found if found.score >= POSSIBLE else None)
    assert not compare(one, one, crowded).contradicts


def test_titles_of_a_woman_and_a_man_are_two_people_and_no_machine_joins_them() -> None:
    number = frozenset(["+989121111111"])
    for one, other in (("خانم احمدی", "آقای احمدی"), ("Mrs Ahmadi", "Mr. Ahmadi"), ("زهرا خانم احمدی", "آقا احمدی")):
        verdict = compare(person(one, phones=number), person(other, phones=number))
        assert "gender_other" in verdict.reasons and verdict.contradicts, (one, other)
    told = compare(person("احمدی", honorific="خانم", phones=number), person("احمدی", honorific="آقای", phones=number))
    assert told.contradicts
    for one, other in (("خانم احمدی", "احمدی"), ("مهندس احمدی", "خانم احمدی"), ("خانم دکتر احمدی", "بانو احمدی")):
        assert not compare(person(one, phones=number), person(other, phones=number)).contradicts, (one, other)


@pytest.mark.parametrize(("one", "other"), [("فروشگاه رفاه شعبه ۱۲", "فروشگاه رفاه شعبه ۲۱"), ("مدرسه ۷", "مدرسه ۱۷")])
def test_other_numerals_are_another_branch(one: str, other: str) -> None:
    assert "name_other" in compare(firm(one), firm(other)).reasons
    assert compare(firm(one), firm(one.translate(str.maketrans("۱۲۷", "127")))).reasons == ("name_same",)
