"""Comparing two customers: points and reasons."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

from rapidfuzz.distance import OSA

from peyvand.parties.matching.names import Name
from peyvand.parties.matching.record import Record
from peyvand.parties.matching.vocabulary import GIVEN_NAMES
from peyvand.parties.matching.weights import CONTRADICTIONS, POSSIBLE, WEIGHTS
from peyvand.parties.search.spelling import skeleton

OF_STATE = ("national_id", "legal_id", "economic", "passport", "registration")
OF_BANKS = ("sheba", "card")
NEAR, CLOSE, UNLIKE = 0.88, 0.78, 0.6  # how much of the letters agree
CUT = UNLIKE - 0.01  # below which nobody asks how much; not UNLIKE itself, which would be cut off with it
ANOTHER = 0.5  # a word of which less than this agrees is another word
SHORT = 6  # in shorter names one error is much
BEST_NAME = max(points for reason, points in WEIGHTS.items() if reason.startswith("name_"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Points from 0 to 100, and the codes of what they come from, the weightiest first."""

    score: int
    reasons: tuple[str, ...]

    @property
    def contradicts(self) -> bool:
        """Does something speak against it, so that no machine may decide?"""
        return not CONTRADICTIONS.isdisjoint(self.reasons)


def compare(one: Record, other: Record, crowded: Collection[str] = ()) -> Verdict:
    """Return how likely two records are one customer. crowded: addresses that many have, which say less."""
    return _verdict(one, other, _evidence(one, other, crowded))


def compare_possible(one: Record, other: Record, crowded: Collection[str] = ()) -> Verdict | None:
    """As `compare`, or None below POSSIBLE points; names are not looked at when even the same one would not do."""
    evidence = _evidence(one, other, crowded)
    if sum([WEIGHTS[reason] for reason in evidence]) + BEST_NAME < POSSIBLE:
        return None
    verdict = _verdict(one, other, evidence)
    return verdict if verdict.score >= POSSIBLE else None


def _evidence(one: Record, other: Record, crowded: Collection[str]) -> list[str]:
    found = [reason for rule in _RULES if (reason := rule(one, other, crowded))]
    return ["kind_other", *found] if one.kind != other.kind else found


def _verdict(one: Record, other: Record, evidence: list[str]) -> Verdict:
    found = [_names(one.name, other.name), *evidence] if one.name.words and other.name.words else evidence
    points = sum([WEIGHTS[reason] for reason in found])
    found.sort(key=lambda reason: -abs(WEIGHTS[reason]))
    return Verdict(max(0, min(100, points)), tuple(found))


# ------------------------------------------------------------------------------------------------------------ names


def _names(one: Name, other: Name) -> str:
    if one.joined == other.joined:
        return "name_form" if one.trade and other.trade and one.trade != other.trade else "name_same"
    if one.is_latin != other.is_latin:
        return _scripts(one, other)
    if len(one.words) > 1 and sorted(one.words) == sorted(other.words):
        return "name_turned"
    if one.solid == other.solid:
        return "name_sounds"
    if _is_short_for(one, other):
        return "name_part"
    if _are_two_people(one, other):
        return "name_other"
    return _letters(one, other)


def _scripts(one: Name, other: Name) -> str:
    if one.sounds == other.sounds or sorted(one.sounds) == sorted(other.sounds):
        return "name_script"
    if one.bones == other.bones:
        return "name_near" if len(one.bones) >= SHORT else "name_close"
    return _graded(
        OSA.normalized_similarity(one.bones, other.bones), min(len(one.bones), len(other.bones)), "name_close"
    )


def _are_two_people(one: Name, other: Name) -> bool:
    """All words but one agree, and that is no misspelling: another word, or another name that exists (حسن، حسین).

    Whatever else agrees, other numerals are another branch, shop or school.
    """
    if _numerals(one) != _numerals(other) and _numerals(one) and _numerals(other):  # «شعبه ۱۲»، «شعبه ۲۱»
        return True
    a, b = _the_other_word(one, other)
    if not a or not b:
        return False
    return (a in GIVEN_NAMES and b in GIVEN_NAMES) or OSA.normalized_similarity(skeleton(a), skeleton(b)) < ANOTHER


def _numerals(name: Name) -> set[str]:
    return {word for word in name.words if word.isdecimal()}


def _the_other_word(one: Name, other: Name) -> tuple[str, str]:
    """The one word of each name that the other lacks; empty when it is more than one, or no word agrees."""
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    if len(mine) != 1 or len(theirs) != 1 or set(one.words).isdisjoint(other.words):
        return "", ""
    return mine.pop(), theirs.pop()


def _is_short_for(one: Name, other: Name) -> bool:
    """An initial, or the first half of a double name: «م رضایی», «محمد رضایی» for «محمدرضا رضایی»."""
    a, b = _the_other_word(one, other)
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _letters(one: Name, other: Name) -> str:
    if _is_part(one.words, other.words) or _is_part(other.words, one.words):
        return "name_part"
    share = OSA.normalized_similarity(one.solid, other.solid, score_cutoff=CUT)  # 0 below it
    if share < NEAR:
        for name, whole in ((one, other.joined), (other, one.joined)):
            turned = [OSA.normalized_similarity(each, whole, score_cutoff=CUT) for each in _turned(name)]
            share = max(share, *turned)
    return _graded(share, min(len(one.solid), len(other.solid)), "name_near")


def _turned(name: Name) -> list[str]:
    """The name with its first word last and with its last word first."""
    words = name.words
    return ["".join((*words[1:], words[0])), "".join((words[-1], *words[:-1]))] if len(words) > 1 else [name.solid]


def _is_part(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Are all words of a name among those of another, which has more?"""
    return len(few) < len(many) and set(few) <= set(many) and len("".join(few)) > 2


def _graded(share: float, length: int, best: str) -> str:
    if share >= NEAR and length >= SHORT:
        return best
    if share >= CLOSE:
        return "name_close"
    return "name_unlike" if share >= UNLIKE else "name_other"


# ----------------------------------------------------------------------------------------------------- other evidence


def _phones(one: Record, other: Record, crowded: Collection[str]) -> str:
    common = one.phones & other.phones
    if common:
        return "phone_same" if any(value not in crowded for value in common) else "phone_shared"
    return "phone_near" if _are_near(one.phones, other.phones) else ""


def _emails(one: Record, other: Record, crowded: Collection[str]) -> str:
    common = one.emails & other.emails
    if common:
        return "email_same" if any(value not in crowded for value in common) else "email_shared"
    return "email_near" if _are_near([value for value in one.emails if len(value) > 8], other.emails) else ""


def _are_near(some: Iterable[str], others: Iterable[str]) -> bool:
    """Does any of these differ in one letter from any of the others?"""
    for value in some:
        for other in others:
            if OSA.distance(value, other, score_cutoff=1) <= 1:
                return True
    return False


def _numbers(one: Record, other: Record, _crowded: Collection[str]) -> str:
    """One number of the state that both have; different ones of one kind, when none agrees."""
    if not one.numbers or not other.numbers:
        return ""
    both = [kind for kind in OF_STATE if one.numbers.get(kind) and other.numbers.get(kind)]
    if any(one.numbers[kind] & other.numbers[kind] for kind in both):
        return "number_same"
    return "number_other" if both else ""


def _accounts(one: Record, other: Record, _crowded: Collection[str]) -> str:
    if not one.numbers or not other.numbers:
        return ""
    is_same = any(one.numbers.get(kind, frozenset()) & other.numbers.get(kind, frozenset()) for kind in OF_BANKS)
    return "account_same" if is_same else ""


def _either(what: str, same: str, differs: str) -> Callable[..., str]:
    known = attrgetter(what)

    def rule(one: Record, other: Record, _crowded: Collection[str]) -> str:
        mine, theirs = known(one), known(other)
        if not mine or not theirs:
            return ""
        return same if mine == theirs else differs

    return rule


_RULES: tuple[Callable[[Record, Record, Collection[str]], str], ...] = (
    _numbers,
    _phones,
    _emails,
    _accounts,
    _either("born", "birth_same", "birth_other"),
    _either("gender", "", "gender_other"),
    _either("place", "place_same", ""),
    _either("organisation", "organisation_same", ""),
    _either("city", "city_same", "city_other"),
)
