"""The demo company «آب‌آفرین»: water purifiers, three branches, six departments, twenty people."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from peyvand.accounts.models import Branch, Department, Post, Role, RoleGrant, User
from peyvand.accounts.services import change_organisation, ensure_starter_roles
from peyvand.cartable.models import Kind, SlaPolicy
from peyvand.channels.models import Channel
from peyvand.channels.services.telling import register_of
from peyvand.core.text import search_norm, sort_key

PASSWORD = "abafarin-demo-1405"  # noqa: S105 -- documented: it opens only the invented people of the demo company
DOMAIN = "abafarin.example"
SMTP = {"host": "localhost", "port": 1025, "security": "none"}  # where mail catchers such as Mailpit listen

BRANCHES = {"tehran": ("تهران", ""), "isfahan": ("اصفهان", "tehran"), "mashhad": ("مشهد", "tehran")}
DEPARTMENTS = {
    "relations": ("ارتباط با مشتری", "tehran", 1),
    "sales": ("فروش", "tehran", 2),
    "service": ("خدمات پس از فروش", "tehran", 3),
    "finance": ("مالی و اداری", "tehran", 4),
    "isfahan": ("فروش و خدمات اصفهان", "isfahan", 5),
    "mashhad": ("فروش و خدمات مشهد", "mashhad", 6),
}
# user name, full name, department, role, manager
PEOPLE = (
    ("kamyar", "کامیار بهین‌فر", "relations", "manager", ""),
    ("leila", "لیلا مهرجو", "relations", "officer", "kamyar"),
    ("saman", "سامان دل‌آرا", "relations", "officer", "leila"),
    ("yalda", "یلدا نیک‌روش", "relations", "expert", "leila"),
    ("parisa", "پریسا آذرنوش", "sales", "department_head", "kamyar"),
    ("babak", "بابک روشن‌دشت", "sales", "salesperson", "parisa"),
    ("golnar", "گلنار پاک‌منش", "sales", "salesperson", "parisa"),
    ("sahar", "سحر خوش‌بیان", "sales", "marketer", "parisa"),
    ("davood", "داوود کوه‌پیما", "service", "department_head", "kamyar"),
    ("nima", "نیما آب‌شناس", "service", "expert", "davood"),
    ("shirin", "شیرین سپیدرود", "service", "expert", "davood"),
    ("hooman", "هومن زرین‌دست", "service", "expert", "davood"),
    ("mahnaz", "مهناز درست‌کار", "finance", "department_head", "kamyar"),
    ("omid", "امید شمارگر", "finance", "expert", "mahnaz"),
    ("arash", "آرش زاینده‌مهر", "isfahan", "officer", "kamyar"),
    ("negin", "نگین سی‌وسه", "isfahan", "expert", "arash"),
    ("peyman", "پیمان چهارباغ", "isfahan", "salesperson", "arash"),
    ("taraneh", "ترانه خاورزمین", "mashhad", "officer", "kamyar"),
    ("sina", "سینا توس‌منش", "mashhad", "expert", "taraneh"),
    ("farnaz", "فرناز راست‌گو", "relations", "auditor", ""),
)
POSTS = {
    "service": ("رئیس خدمات پس از فروش", "davood"),
    "finance": ("رئیس مالی", "mahnaz"),
    "sales": ("رئیس فروش", "parisa"),
}
# code, Persian, English, department, words that tell it
KINDS = (
    ("enquiry", "استعلام", "Enquiry", "sales", ["قیمت", "استعلام", "مشخصات", "کاتالوگ"]),
    ("order", "سفارش و تحویل", "Order and delivery", "sales", ["سفارش", "تحویل", "ارسال بار", "باربری"]),
    ("service", "خدمات و تعمیر", "Service and repair", "service", ["تعمیر", "نشتی", "سرویس", "نصب", "فیلتر"]),
    ("complaint", "شکایت", "Complaint", "relations", ["شکایت", "نارضایتی", "گلایه", "اعتراض"]),
    ("invoice", "فاکتور و پرداخت", "Invoice and payment", "finance", ["فاکتور", "پرداخت", "صورت‌حساب", "مالیات"]),
    ("dealership", "نمایندگی و همکاری", "Dealership", "sales", ["نمایندگی", "همکاری", "عاملیت"]),
)
# kind, priority, working minutes to the first answer and to the end
TARGETS = (
    ("", "", 16 * 60, 56 * 60),
    ("", "urgent", 4 * 60, 16 * 60),
    ("", "high", 8 * 60, 32 * 60),
    ("complaint", "", 10 * 60, 32 * 60),
    ("service", "", 14 * 60, 48 * 60),
)


@dataclass
class Company:
    """Everything by the short names above."""

    branches: dict[str, Branch] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)  # user name → code of the role
    kinds: dict[str, Kind] = field(default_factory=dict)
    mailboxes: dict[str, Channel] = field(default_factory=dict)  # branch → mailbox
    registers: dict[str, Channel] = field(default_factory=dict)  # branch → register of what people write down
    form: Channel = field(default_factory=Channel)

    def branch_of(self, department: str) -> str:
        return DEPARTMENTS[department][1]

    def people_in(self, department: str, *roles: str) -> list[User]:
        """The people of a department who hold one of these roles, in their fixed order."""
        fitting = [
            name for name, _full, place, role, _m in PEOPLE if place == department and (not roles or role in roles)
        ]
        return [self.users[name] for name in fitting]

    def officers_of(self, branch: str) -> list[User]:
        place = "relations" if branch == "tehran" else branch
        return self.people_in(place, "officer")


def found_company() -> Company:
    """Store the organisation, its people, kinds of request, targets and channels."""
    company = Company()
    _places(company)
    _people(company)
    _kinds(company)
    _channels(company)
    change_organisation(actor=None, name="آب‌آفرین")
    return company


def _store(model: type[Model], rows: dict[str, Any]) -> dict[str, Any]:
    model._default_manager.bulk_create(rows.values())
    return rows


def _places(company: Company) -> None:
    for key, (name, parent) in BRANCHES.items():
        branch = Branch.objects.create(name=name, city=name, parent=company.branches.get(parent), path=f"/demo-{key}/")
        branch.path = f"{branch.parent.path if branch.parent else '/'}{branch.pk}/"
        branch.save(update_fields=["path"])
        company.branches[key] = branch
    departments = {
        key: Department(
            name=name,
            branch=company.branches[branch],
            hue=hue,
            email=f"{key}@{DOMAIN}",
            signature=f"واحد {name}، آب‌آفرین",
        )
        for key, (name, branch, hue) in DEPARTMENTS.items()
    }
    company.departments = _store(Department, departments)


def _people(company: Company) -> None:
    password = make_password(PASSWORD)
    users = {
        name: User(
            username=name,
            email=f"{name}@{DOMAIN}",
            full_name=full,
            sort_key=sort_key(full),
            search=search_norm(f"{full} {name} {name}@{DOMAIN}"),
            password=password,
            department=company.departments[place],
            branch=company.departments[place].branch,
        )
        for name, full, place, _role, _manager in PEOPLE
    }
    company.users = _store(User, users)
    for name, _full, _place, role, manager in PEOPLE:
        company.roles[name] = role
        users[name].manager = users.get(manager)
    User.objects.bulk_update(users.values(), ["manager"])
    roles: dict[str, Role] = ensure_starter_roles()
    RoleGrant.objects.bulk_create(RoleGrant(user=users[name], role=roles[role]) for name, role in company.roles.items())
    posts = {
        key: Post(title=title, department=company.departments[key], holder=users[holder])
        for key, (title, holder) in POSTS.items()
    }
    company.posts = _store(Post, posts)


def _kinds(company: Company) -> None:
    for position, (code, persian, english, department, words) in enumerate(KINDS):
        company.kinds[code], _made = Kind.objects.update_or_create(
            code=code,
            defaults={
                "name_fa": persian, "name_en": english, "words": words, "position": position,
                "department": company.departments[department],
            },
        )  # fmt: skip
    SlaPolicy.objects.bulk_create(
        (
            SlaPolicy(
                kind=company.kinds.get(kind),
                priority=priority,
                first_answer_minutes=first,
                resolution_minutes=resolution,
            )
            for kind, priority, first, resolution in TARGETS
        ),
        ignore_conflicts=True,
    )


def _channels(company: Company) -> None:
    for key, branch in company.branches.items():
        local = "info" if key == "tehran" else key
        company.mailboxes[key] = Channel.objects.create(
            kind=Channel.Kind.EMAIL,
            name=f"ایمیل {branch.name}",
            address=f"{local}@{DOMAIN}",
            token=f"demo-mail-{key}",
            branch=branch,
            department=company.departments["relations" if key == "tehran" else key],
            settings={"incoming": "smtp", "smtp": SMTP, "display_name": "آب‌آفرین", "kinds_decide": key == "tehran"},
        )
        company.registers[key] = register_of(branch.pk)
    company.form = Channel.objects.create(
        kind=Channel.Kind.WEB_FORM,
        name="تماس با آب‌آفرین",
        token="demo-contact",  # noqa: S106 -- the public address of a form
        branch=company.branches["tehran"],
        department=company.departments["relations"],
        settings={
            "form": {"intro": "پیام خود را بنویسید؛ در ساعت‌های کاری پاسخ می‌دهیم.", "sites": []},
            "kinds_decide": True,
        },
    )
