"""The page of somebody's substitutes, in his own profile and in the administration: form, rows, what a post does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts import services
from peyvand.accounts.leave import is_over, substitutions_around
from peyvand.accounts.models import Substitution, User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.scoping import reach_of
from peyvand.accounts.types import Leave
from peyvand.core.errors import NotFound
from peyvand.web.access import signed_in
from peyvand.web.fields import DateField
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast


class SubstituteForm(forms.Form):
    """Who stands in, from which day to which, in what."""

    substitute = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Substitute"), empty_label=gettext_lazy("Choose somebody")
    )
    first_day = DateField(label=gettext_lazy("From the day"))
    last_day = DateField(label=gettext_lazy("To and including"))
    work = forms.TypedChoiceField(
        label=gettext_lazy("Stands in for"), choices=Substitution.Work.choices[::-1], coerce=int, initial=3
    )
    note = forms.CharField(label=gettext_lazy("Note to the substitute"), max_length=300, required=False)

    def __init__(self, person: User, data: Any = None, *, known: Substitution | None = None) -> None:
        initial = None
        if known is not None:
            names = ("first_day", "last_day", "work", "note")
            initial = {name: getattr(known, name) for name in names} | {"substitute": known.substitute_id}
        super().__init__(data, initial=initial)
        field = self.fields["substitute"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(is_active=True).exclude(pk=person.pk).order_by("sort_key")

    def leave(self) -> Leave:
        """What was written, as the service takes it."""
        names = ("first_day", "last_day", "work", "note")
        return Leave(**{name: self.cleaned_data[name] for name in names})


@dataclass(frozen=True)
class Row:
    """A substitution, whether it is over, and what its substitute may not do of what the person may."""

    row: Substitution
    is_over: bool
    lacking: Sequence[str] = ()


def context_of(person: User, form: SubstituteForm) -> dict[str, Any]:
    """What the page shows: who stands in for the person, and for whom he does."""
    rows = [Row(one, is_over(one), _lacking(one, person)) for one in substitutions_around(person)]
    return {
        "person": person,
        "form": form,
        "stand_ins": [each for each in rows if each.row.person_id == person.pk],
        "stands_in": [each for each in rows if each.row.substitute_id == person.pk],
    }


def _lacking(one: Substitution, person: User) -> list[str]:
    """A substitute acts with his own permissions: what of the person's he lacks is said before it is missed."""
    if one.person_id != person.pk or is_over(one):
        return []
    missing = reach_of(one.person).scopes.keys() - reach_of(one.substitute).scopes.keys()
    labels = all_permissions()
    return [str(labels[name].label) for name in sorted(missing) if name in labels]


def posted(request: HttpRequest, person: User, known: Substitution | None = None) -> SubstituteForm | None:
    """Name or change a substitute by what was posted; None when it was done, else the form to show."""
    form = SubstituteForm(person, request.POST if request.method == "POST" else None, known=known)
    if not form.is_valid() or not attempt(form, lambda: _store(signed_in(request), person, form, known)):
        return form
    toast(request, _("Saved; the substitute was told."))
    return None


def _store(actor: User, person: User, form: SubstituteForm, known: Substitution | None) -> Substitution:
    chosen: User = form.cleaned_data["substitute"]
    if known is None:
        return services.name_substitute(actor=actor, person=person, substitute=chosen, leave=form.leave())
    return services.change_substitution(actor=actor, substitution=known, substitute=chosen, leave=form.leave())


def ended(request: HttpRequest, known: Substitution) -> None:
    """End a substitution behind its button."""
    words = _("The substitution has ended; the work is back.")
    tell(request, words, lambda: services.end_substitution(actor=signed_in(request), substitution=known))


def known_of(person: User, pk: int) -> Substitution:
    """A substitution of this person's leave. Raises NotFound."""
    found = Substitution.objects.select_related("person", "substitute").filter(person=person, pk=pk).first()
    if found is None:
        raise NotFound
    return found
