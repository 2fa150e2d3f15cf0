"""Rules of parties that can be broken."""

from collections.abc import Mapping, Sequence
from typing import Self

from django.utils.translation import gettext as _

from peyvand.core.errors import Conflict, Invalid
from peyvand.core.iran import Checked

Values = Mapping[str, str | list[str] | None]


class BadAddress(Invalid):
    """This is no address of this kind."""

    code = "bad_address"


class AddressTaken(Conflict):
    """Another customer is known by this address; mark it as shared or open that customer."""

    code = "address_taken"


class NameMissing(Invalid):
    """A customer needs a name."""

    code = "name_missing"


class NotAnOrganisation(Invalid):
    """Only a person can belong to an organisation, and only to an organisation."""

    code = "not_an_organisation"


class ChangedMeanwhile(Conflict):
    """Somebody else changed this meanwhile; choose which of the two values stays."""

    code = "changed_meanwhile"

    def __init__(self, *, theirs: Values, mine: Values, version: int) -> None:
        super().__init__()
        self.fields = {key: self.message for key in mine}
        self.theirs, self.mine, self.version = theirs, mine, version


class FlawedNumber(Invalid):
    """This number cannot be right."""

    code = "flawed_number"
    may_insist = False  # a soft flaw: a person may keep the number all the same

    @classmethod
    def of(cls, checked: Checked, key: str) -> Self:
        """Return the error of a number that failed its check, for the field `key`."""
        error = cls(fields={key: str(checked.reason)})
        error.may_insist = not checked.is_hard
        return error


class NumberKnown(Conflict):
    """This customer already has this number."""

    code = "number_known"


class PeriodsOverlap(Invalid):
    """A role cannot hold twice on the same day."""

    code = "periods_overlap"


class EndsBeforeStart(Invalid):
    """A period cannot end before it starts."""

    code = "ends_before_start"


class RelationOfOne(Invalid):
    """A customer cannot be related to itself."""

    code = "relation_of_one"


class RelationMisfit(Invalid):
    """This kind of relation does not fit these two kinds of customers."""

    code = "relation_misfit"


class RelationLoop(Invalid):
    """This would close a circle: the other already stands below this customer in this kind of relation."""

    code = "relation_loop"


class RelatedAlready(Conflict):
    """These two already have this relation."""

    code = "related_already"


class NoteEmpty(Invalid):
    """Write something in the note."""

    code = "note_empty"


class NoteTooLong(Invalid):
    """A note has at most 10,000 letters."""

    code = "note_too_long"


class MentionBlind(Invalid):
    """A colleague who may not see this customer cannot be mentioned."""

    code = "mention_blind"


class NameTaken(Invalid):
    """There is one of this name already."""

    code = "name_taken"


class CategoryUsed(Conflict):
    """Customers have this category; say where they go."""

    code = "category_used"


class CategoryNamed(Conflict):
    """Rules name this category; change them first."""

    code = "category_named"

    def __init__(self, names: Sequence[str] = ()) -> None:
        message = _("Rules name this category: %(names)s. Change or remove them first.")
        super().__init__(message % {"names": _(", ").join(names)} if names else None)


class FieldRemoved(Conflict):
    """This field has been removed."""

    code = "field_removed"


class KindNotPossible(Invalid):
    """Values of this kind cannot become values of that kind."""

    code = "kind_not_possible"


class MatchMissing(Invalid):
    """This row has nothing to be recognised by."""

    code = "match_missing"


class MatchAmbiguous(Conflict):
    """Several customers fit this row; nothing was changed."""

    code = "match_ambiguous"


class MergeOfTooFew(Invalid):
    """Choose at least two customers to merge."""

    code = "merge_of_too_few"


class MergeOfTooMany(Invalid):
    """At most 50 customers are merged at once."""

    code = "merge_of_too_many"


class MergeOfMixedKinds(Invalid):
    """Only customers of one kind can be merged: people with people, organisations with organisations."""

    code = "merge_of_mixed_kinds"


class MergedAlready(Conflict):
    """This customer has been merged with another meanwhile; look at the new state and try again."""

    code = "merged_already"


class SeenDifferently(Conflict):
    """One of these customers was changed meanwhile; look at the new state and try again."""

    code = "seen_differently"


class MergeLosesRows(Conflict):
    """The merge would have lost rows, so nothing was merged; tell your administrator."""

    code = "merge_loses_rows"


class MergeUndone(Conflict):
    """This merge has been taken back already."""

    code = "merge_undone"


class MergeTooOld(Conflict):
    """A merge can be taken back for 90 days; this one is older."""

    code = "merge_too_old"


class MergedFurther(Conflict):
    """A later merge stands on this one; take that one back first."""

    code = "merged_further"
