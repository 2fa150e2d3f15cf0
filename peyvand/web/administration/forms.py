"""The shape of what administrators write; every choice holds only what the actor may reach."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from peyvand.accounts import selectors
from peyvand.accounts.models import Branch, Department, Post, Role, User
from peyvand.accounts.types import UserDetails
from peyvand.web.administration.frame import number_of

NONE = [("", "—")]
Choices = list[tuple[str, str]]
HUES = [(str(number), str(number)) for number in range(1, 7)]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices, which depend on who asks."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class UserForm(forms.Form):
    """A person: name, login, place."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(label=_("User name"), max_length=60)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Mobile"), max_length=30, required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    branch = forms.ChoiceField(
        label=_("Branch"), required=False, help_text=_("Only for who belongs to no department; otherwise it follows.")
    )
    manager = forms.ChoiceField(label=_("Supervisor"), required=False, help_text=_("Sees the work of this person."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="fa")

    def __init__(self, actor: User, data: Any = None, *, user: User | None = None) -> None:
        super().__init__(data, initial=_initial(user) if user else None)
        departments = selectors.departments_visible_to(actor).filter(is_active=True)
        people = selectors.users_visible_to(actor).filter(is_active=True).order_by("sort_key")
        others = [(str(each.pk), each.full_name) for each in people if user is None or each.pk != user.pk]
        places = [(str(each.pk), f"{each.name} · {each.branch.name}") for each in departments]
        branches = [(str(each.pk), each.name) for each in selectors.branches_visible_to(actor)]
        offer(self, "department", NONE + _with(places, user.department if user else None))
        offer(self, "branch", NONE + _with(branches, user.branch if user else None))
        offer(self, "manager", NONE + _with(others, user.manager if user else None))

    def details(self) -> UserDetails:
        """What was written, as the service takes it."""
        clean = self.cleaned_data
        return UserDetails(
            username=clean["username"],
            full_name=clean["full_name"],
            email=clean["email"],
            phone=clean["phone"],
            department_id=number_of(clean["department"]),
            branch_id=number_of(clean["branch"]),
            manager_id=number_of(clean["manager"]),
            language=clean["language"],
        )


def _with(choices: Choices, kept: Branch | Department | User | None) -> Choices:
    """Leave what is already set among the choices, even when it is closed by now."""
    if kept is None or str(kept.pk) in dict(choices):
        return choices
    return [*choices, (str(kept.pk), str(kept))]


def _initial(user: User) -> dict[str, Any]:
    return {
        "full_name": user.full_name,
        "username": user.username,
        "email": user.email,
        "phone": user.phone,
        "department": str(user.department_id or ""),
        "branch": str(user.branch_id or ""),
        "manager": str(user.manager_id or ""),
        "language": user.language,
    }


class RolesForm(forms.Form):
    """The roles of a person."""

    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, initial: list[str] | None = None) -> None:
        super().__init__(data, initial={"roles": initial or []})
        offer(self, "roles", [(str(role.pk), role.label) for role in Role.objects.order_by("id")])

    def chosen(self) -> list[Role]:
        return list(Role.objects.filter(pk__in=[int(pk) for pk in self.cleaned_data["roles"]]).order_by("id"))


class NewPasswordForm(forms.Form):
    """A password that an administrator hands over."""

    password = forms.CharField(
        label=_("Password"),
        max_length=4096,
        strip=False,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("At least 10 characters. The person changes it afterwards in the profile."),
    )


class BranchForm(forms.Form):
    """A branch and where it hangs in the tree."""

    name = forms.CharField(label=_("Name"), max_length=120)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    parent = forms.ChoiceField(label=_("Below"), required=False)
    is_active = forms.BooleanField(label=_("In service"), required=False, initial=True)

    def __init__(self, actor: User, data: Any = None, *, branch: Branch | None = None) -> None:
        initial = None
        if branch is not None:
            parent = str(branch.parent_id or "")
            initial = {"name": branch.name, "city": branch.city, "parent": parent, "is_active": branch.is_active}
        super().__init__(data, initial=initial)
        below = branch.path if branch is not None else None
        rows = [each for each in selectors.branches_visible_to(actor) if not below or not each.path.startswith(below)]
        offered = [(str(each.pk), f"{'— ' * each.depth}{each.name}") for each in rows]
        choices = NONE + _with(offered, branch.parent if branch is not None else None)
        offer(self, "parent", choices)

    def chosen_parent(self) -> Branch | None:
        pk = number_of(self.cleaned_data["parent"])
        return None if pk is None else Branch.objects.get(pk=pk)


class DepartmentForm(forms.Form):
    """A department."""

    name = forms.CharField(label=_("Name"), max_length=120)
    branch = forms.ChoiceField(label=_("Branch"))
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    hue = forms.ChoiceField(label=_("Colour"), choices=HUES, initial="1")
    signature = forms.CharField(
        label=_("Signature under answers"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, actor: User, data: Any = None, *, department: Department | None = None) -> None:
        initial = None
        if department is not None:
            initial = {
                "name": department.name,
                "branch": str(department.branch_id),
                "email": department.email,
                "hue": str(department.hue),
                "signature": department.signature,
            }
        super().__init__(data, initial=initial)
        choices = [(str(each.pk), each.name) for each in selectors.branches_visible_to(actor)]
        offer(self, "branch", choices)
        if department is not None:
            self.fields["branch"].disabled = True


class PostForm(forms.Form):
    """A post and who holds it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    holder = forms.ChoiceField(label=_("Holder"), required=False)

    def __init__(self, actor: User, data: Any = None, *, post: Post | None = None) -> None:
        initial = {"title": post.title, "holder": str(post.holder_id or "")} if post is not None else None
        super().__init__(data, initial=initial)
        people = selectors.users_visible_to(actor).filter(is_active=True).order_by("sort_key")
        choices = NONE + [(str(each.pk), each.full_name) for each in people]
        offer(self, "holder", choices)
        if post is not None:
            self.fields["title"].disabled = True

    def chosen_holder(self) -> User | None:
        pk = number_of(self.cleaned_data["holder"])
        return None if pk is None else User.objects.get(pk=pk)
