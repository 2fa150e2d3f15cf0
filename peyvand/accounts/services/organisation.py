"""Branches, departments and posts."""

from django.db import IntegrityError, connection, transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat, Substr

from peyvand.accounts.errors import BranchInItself, NameTaken, StillInUse
from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.accounts.services.rules import require_manage, require_manage_all, title
from peyvand.core.errors import Invalid
from peyvand.core.text import normalise_email

DEEPEST = 10


@transaction.atomic
def create_branch(*, actor: User | None, name: str, parent: Branch | None = None, city: str = "") -> Branch:
    """Add a branch below `parent`, or a head office. Errors: NotAllowed, Invalid, NameTaken."""
    require_manage_all(actor) if parent is None else require_manage(actor, parent)
    _lock_tree()
    if parent is not None:
        parent.refresh_from_db()
        if parent.depth + 1 >= DEEPEST:
            raise Invalid(fields={"parent": "too_deep"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounts_branch', 'id'))")
        number = int(cursor.fetchone()[0])
    path = f"{parent.path if parent else '/'}{number}/"
    branch = Branch(id=number, name=title(name), parent=parent, path=path, city=city.strip()[:80])
    try:
        with transaction.atomic():
            branch.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken(fields={"name": "taken"}) from error
    return branch


@transaction.atomic
def change_branch(*, actor: User | None, branch: Branch, name: str, city: str, is_active: bool = True) -> Branch:
    """Rename a branch or close it. Errors: NotAllowed, Invalid, NameTaken."""
    require_manage(actor, branch)
    branch.name, branch.city, branch.is_active = title(name), city.strip()[:80], is_active
    try:
        with transaction.atomic():
            branch.save(update_fields=["name", "city", "is_active"])
    except IntegrityError as error:
        raise NameTaken(fields={"name": "taken"}) from error
    return branch


@transaction.atomic
def move_branch(*, actor: User | None, branch: Branch, parent: Branch | None) -> Branch:
    """Hang a branch with all below it under another parent (None: on its own); paths follow.

    Errors: NotAllowed, BranchInItself, Invalid when the tree becomes too deep, NameTaken.
    """
    require_manage_all(actor)
    _lock_tree()
    branch.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
        if parent.path.startswith(branch.path):
            raise BranchInItself(fields={"parent": "in_itself"})
    old, new = branch.path, f"{parent.path if parent else '/'}{branch.pk}/"
    below = Branch.objects.filter(path__startswith=old)
    deepest = max(each.depth for each in below)
    if deepest - branch.depth + (parent.depth + 1 if parent else 0) >= DEEPEST:
        raise Invalid(fields={"parent": "too_deep"})
    try:
        with transaction.atomic():
            Branch.objects.filter(pk=branch.pk).update(parent=parent)
            if old != new:
                rest = Substr("path", len(old) + 1)
                below.update(path=Concat(Value(new), rest, output_field=TextField()))
    except IntegrityError as error:
        raise NameTaken(fields={"name": "taken"}) from error
    branch.refresh_from_db()
    return branch


@transaction.atomic
def create_department(
    *, actor: User | None, name: str, branch: Branch, email: str = "", hue: int = 1, signature: str = ""
) -> Department:
    """Add a department to a branch. Errors: NotAllowed, Invalid, NameTaken."""
    require_manage(actor, branch)
    department = Department(branch=branch)
    _write_department(department, name=name, email=email, hue=hue, signature=signature)
    return department


@transaction.atomic
def change_department(
    *, actor: User | None, department: Department, name: str, email: str = "", hue: int = 1, signature: str = ""
) -> Department:
    """Change a department in its place. Errors: NotAllowed, Invalid, NameTaken."""
    require_manage(actor, department)
    _write_department(department, name=name, email=email, hue=hue, signature=signature)
    return department


@transaction.atomic
def close_department(*, actor: User | None, department: Department, is_active: bool = False) -> Department:
    """Close a department (or open it again): it receives nothing new. StillInUse while people work in it."""
    require_manage(actor, department)
    if not is_active and department.users.filter(is_active=True).exists():
        raise StillInUse
    department.is_active = is_active
    department.save(update_fields=["is_active"])
    return department


def _write_department(department: Department, *, name: str, email: str, hue: int, signature: str) -> None:
    address = normalise_email(email) if email.strip() else ""
    if address is None:
        raise Invalid(fields={"email": "invalid"})
    if not 1 <= hue <= 6:
        raise Invalid(fields={"hue": "invalid"})
    department.name, department.email = title(name), address
    department.hue, department.signature = hue, signature.strip()[:2000]
    try:
        with transaction.atomic():
            department.save()
    except IntegrityError as error:
        raise NameTaken(fields={"name": "taken"}) from error


@transaction.atomic
def create_post(*, actor: User | None, title_: str, department: Department, holder: User | None = None) -> Post:
    """Add a post to a department, perhaps with its holder. Errors: NotAllowed, Invalid, NameTaken."""
    require_manage(actor, department)
    _require_holder(actor, holder)
    try:
        with transaction.atomic():
            return Post.objects.create(title=title(title_, field="title"), department=department, holder=holder)
    except IntegrityError as error:
        raise NameTaken(fields={"title": "taken"}) from error


@transaction.atomic
def assign_post(*, actor: User | None, post: Post, holder: User | None) -> Post:
    """Give a post to somebody else, or leave it vacant; work referred to the post follows at once."""
    require_manage(actor, post.department)
    _require_holder(actor, holder)
    post.holder = holder
    post.save(update_fields=["holder"])
    return post


@transaction.atomic
def delete_post(*, actor: User | None, post: Post) -> None:
    """Remove a post to which nothing was ever referred. Errors: NotAllowed, StillInUse."""
    require_manage(actor, post.department)
    try:
        with transaction.atomic():
            post.delete()
    except IntegrityError as error:  # includes Django's ProtectedError
        raise StillInUse from error


def _require_holder(actor: User | None, holder: User | None) -> None:
    if holder is None:
        return
    require_manage(actor, holder)
    if not holder.is_active:
        raise Invalid(fields={"holder": "inactive"})


def _lock_tree() -> None:
    list(Branch.objects.select_for_update().order_by("pk").values_list(F("pk"), flat=True))
