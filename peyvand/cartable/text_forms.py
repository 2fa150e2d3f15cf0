"""Forms of canned answers, signatures and articles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Department
from peyvand.accounts.policies import may_everywhere
from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Article, CannedAnswer, Signature, Topic
from peyvand.cartable.models.texts import TEXTS
from peyvand.cartable.services.knowledge import ArticleDetails
from peyvand.cartable.services.signing import SignatureDetails
from peyvand.cartable.services.texts import CannedDetails

MINE, EVERYBODY = "mine", "all"


def _lines(rows: int, direction: str = "auto") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": direction})


class CannedForm(forms.Form):
    """A canned answer, and for whom it is: mine, a department's («department:3») or everybody's."""

    title = forms.CharField(label=_("Title"), max_length=120)
    shortcut = forms.CharField(
        label=_("Shortcut"), max_length=30, required=False, help_text=_("Typed after / in an answer.")
    )
    scope = forms.ChoiceField(label=_("For whom"))
    body = forms.CharField(label=_("Text"), max_length=20_000, widget=_lines(8))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, who: Who, departments: list[Department], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices: list[tuple[str, Any]] = [(MINE, _("Only me"))]
        choices += [(f"department:{each.pk}", str(each)) for each in departments]
        if may_everywhere(who, TEXTS):
            choices.append((EVERYBODY, _("Everybody")))
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]  # the stubs lose the field's type

    @staticmethod
    def values_of(canned: CannedAnswer) -> dict[str, Any]:
        """What the form shows of a stored one."""
        scope = MINE if canned.owner_id else f"department:{canned.department_id}" if canned.department_id else EVERYBODY
        names = ("title", "shortcut", "body", "version")
        return {name: getattr(canned, name) for name in names} | {"scope": scope}

    def details(self) -> CannedDetails:
        """What was typed, as the service takes it."""
        kind, _colon, number = self.cleaned_data["scope"].partition(":")
        return CannedDetails(
            title=self.cleaned_data["title"], shortcut=self.cleaned_data["shortcut"], body=self.cleaned_data["body"],
            department_id=int(number) if number else None, everybody=kind == EVERYBODY,
        )  # fmt: skip


class SignatureForm(forms.Form):
    """A signature in both languages. `of`: mine, «department:3» or everybody's."""

    text_fa = forms.CharField(label=_("In Persian"), max_length=2000, required=False, widget=_lines(4, "rtl"))
    text_en = forms.CharField(label=_("In English"), max_length=2000, required=False, widget=_lines(4, "ltr"))
    personal = forms.BooleanField(label=_("People may have their own"), required=False, initial=True)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @staticmethod
    def values_of(signature: Signature | None) -> dict[str, Any]:
        """What the form shows of a stored one."""
        if signature is None:
            return {"version": 0, "personal": True}
        return {name: getattr(signature, name) for name in ("text_fa", "text_en", "personal", "version")}

    def details(self, *, own: bool = False) -> SignatureDetails:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return SignatureDetails(
            text_fa=data["text_fa"], text_en=data["text_en"], personal=True if own else data["personal"]
        )


class ArticleForm(forms.Form):
    """An article of the knowledge base."""

    title = forms.CharField(label=_("Title"), max_length=200)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("No topic"))
    language = forms.ChoiceField(label=_("Language"), choices=Article.Language.choices)
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Article.Audience.choices)
    state = forms.ChoiceField(label=_("State"), choices=Article.State.choices)
    body = forms.CharField(label=_("Text"), max_length=60_000, widget=_lines(16))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["topic"].queryset = Topic.objects.filter(is_active=True).order_by("position", "pk")  # type: ignore[attr-defined]

    @staticmethod
    def values_of(article: Article) -> dict[str, Any]:
        """What the form shows of a stored one."""
        names = ("title", "language", "audience", "state", "body", "version")
        return {name: getattr(article, name) for name in names} | {"topic": article.topic_id}

    def details(self) -> ArticleDetails:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        names = ("title", "body", "language", "state", "audience")
        return ArticleDetails(
            **{name: data[name] for name in names}, topic_id=data["topic"].pk if data["topic"] else None
        )


class TopicForm(forms.Form):
    """A topic of articles."""

    name_fa = forms.CharField(label=_("Persian name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
