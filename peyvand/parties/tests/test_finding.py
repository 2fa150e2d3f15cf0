"""Search: every spelling finds what was stored, and nobody finds what he may not see."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import User
from peyvand.core.text import search_norm
from peyvand.parties import selectors
from peyvand.parties.models import Party, Word
from peyvand.parties.search import question as asking
from peyvand.parties.search import search_text, spelling, vocabulary_of
from peyvand.parties.services import create_party, vocabulary
from peyvand.parties.types import ContactDetails, PartyDetails

pytestmark = pytest.mark.django_db
MAIL = ContactDetails(kind="email", typed="negar.rostami@kimia.example")
MOBILE = ContactDetails(kind="mobile", typed="0912 345 6789")


@pytest.fixture
def negar(alice: User) -> Party:
    kimia = create_party(actor=alice, details=PartyDetails(name="کیمیا پارس", kind="organisation"))
    details = PartyDetails(name="نگار حسین‌زاده", city="اصفهان", job_title="مدیر خرید", organisation_id=kimia.pk)
    return create_party(actor=alice, details=details, contacts=[MAIL, MOBILE])


def found(who: User, question: str) -> list[str]:
    return [hit.party.name for hit in selectors.ranked(who, question)]


@pytest.mark.parametrize(
    "question",
    [
        "نگار", "نگ", "نگار حسین", "نگار حسین زاده", "نگار حسین‌زاده", "نگارحسین زاده", "حسینزاده", "حسین زاده نگار",
        "نکار حسین‌زاده", "نگاار", "نگر حسین زاده", "گنار حسینزاده", "نگار حسین‌ذاده", "نگار حصین زاده", "نگار حسبن زاده",
        "k'hv", "k'hv psdk chni",
        "۰۹۱۲۳۴۵۶۷۸۹", "0912 345", "+98 912 345 6789", "00989123456789", "98912345", "6789", "912345", "34567",
        "negar.rostami@kimia.example", "NEGAR.ROSTAMI@K", "negar", "rostami", "kimia",
        "کیمیا پارس", "نگار کیمیا", "نگار اصفهان", "ﻧﮕﺎﺭ", "نِگار", "نگار خرید",
    ],
)  # fmt: skip
def test_a_customer_is_found_by(alice: User, negar: Party, question: str) -> None:
    assert "نگار حسین‌زاده" in found(alice, question)[:2]
    assert negar in selectors.search(alice, question) or question == "k'hv"


def test_persian_typed_for_latin_is_found(alice: User) -> None:
    create_party(actor=alice, details=PartyDetails(name="James Smith"))
    assert found(alice, "تشئثس سئهفا") == ["James Smith"] or found(alice, "تشپثس سپهفا") == ["James Smith"]
    assert found(alice, "Jmaes Smith") == found(alice, "smiht") == ["James Smith"]


def test_sghl_finds_salam(alice: User) -> None:
    create_party(actor=alice, details=PartyDetails(name="شرکت سلام", kind="organisation"))
    assert found(alice, "sghl") == ["شرکت سلام"]


def test_the_best_comes_first(alice: User) -> None:
    for name in ("علی رضاییان", "علی رضایی تهرانی", "علی رضایی", "محمد علی رضایی", "علی رصایی"):
        create_party(actor=alice, details=PartyDetails(name=name))
    best = found(alice, "علی رضایی")
    assert best[0] == "علی رضایی"
    assert "علی رصایی" not in best, "who is asked for by his name is no misspelling"


def test_nothing_of_another_branch_is_found_by_any_way(alice: User, charlie: User, negar: Party) -> None:
    for question in (
        "نگار حسین‌زاده",
        "نکار حسینزاده",
        "k'hv",
        "09123456789",
        "6789",
        "kimia",
        "negar.rostami@kimia.example",
    ):
        assert found(charlie, question) == []
        assert not selectors.search(charlie, question).exists()


@pytest.mark.parametrize(
    "question",
    [
        "", " ", "\u200c", "😀", "😀😀 🎉", "\x00", "نگار\x00", "a" * 300, "ا" * 3000, "'", "''", "\\", "' | 'a':*",
        "& | !", "(((", ":*", "%", "_", "%%%%%",
        "'; DROP TABLE parties_party; --", "<script>", "\u202e\u2066", "+", "00", "0", "+0", "@",
        "@@@", "a@", "-", "0" * 300, "1 " * 100, "\ud800", "🏳️‍🌈 نگار", "{1,2}", "١٢٣", "𝟙𝟚𝟛", "ﷺ", "x" * 61 + " y",
    ],
)  # fmt: skip
def test_no_question_breaks_it(alice: User, negar: Party, question: str) -> None:
    selectors.ranked(alice, question)
    list(selectors.search(alice, question)[:2])


SPELLINGS = {"ی": "يىی", "ک": "كک", "ه": "ةه", "ا": "آا", "و": "ؤو", "0": "۰٠0", "5": "۵٥5", " ": " \u200c"}
WORDS = st.text(alphabet="ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآabcxyz0123456789", min_size=2, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = search_norm(text)
    assert search_norm(once) == once
    assert vocabulary_of(search_text(text, [])) == vocabulary_of(search_text(once, []))


@given(st.text(max_size=300))
def test_reading_a_question_never_raises(text: str) -> None:
    asking.read(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, data=st.data())
def test_every_spelling_finds_what_was_stored(alice: User, name: str, data: st.DataObject) -> None:
    party = create_party(actor=alice, details=PartyDetails(name=name))
    typed = "".join(data.draw(st.sampled_from(SPELLINGS.get(letter, letter))) for letter in name)
    typed = data.draw(st.sampled_from([typed, unicodedata.normalize("NFD", typed), typed.upper(), f"  {typed}\u200f"]))
    hits = selectors.ranked(alice, typed, 50)
    assert party.pk in {hit.party.pk for hit in hits}
    assert selectors.search(alice, typed).filter(pk=party.pk).exists()


@given(st.text(alphabet="ابپتسشعکگلمنوهی", min_size=4, max_size=10), st.data())
def test_one_error_shares_a_key_and_costs_about_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    assert set(spelling.keys_asked(wrong)) & set(spelling.keys(word)) or len(spelling.skeleton(word)) < 4
    assert spelling.cost(wrong, word) <= 1.0


def test_the_vocabulary_learns_once_and_forgets_at_night(alice: User, negar: Party) -> None:
    text = [negar.search] if negar.search else ["نگار حسین"]
    vocabulary.learn(text)
    vocabulary.learn(text)
    assert Word.objects.filter(word="نگار").count() == 1
    Word.objects.create(word="نگار")
    Word.objects.create(word="رفته")
    Word.objects.filter(word="رفته").update(created_at="2020-01-01T00:00:00Z")
    vocabulary.rebuild()
    assert list(Word.objects.filter(word__in=["نگار", "رفته"]).values_list("word", flat=True)) == ["نگار"]
    assert "حسین" in set(Word.objects.values_list("word", flat=True))
