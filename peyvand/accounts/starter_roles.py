"""The roles an organisation starts with; every one may be changed afterwards on its page."""

from dataclasses import dataclass, field

from peyvand.accounts.types import Scope

OWN, TEAM, BRANCH, BELOW, ALL = Scope.OWN, Scope.TEAM, Scope.BRANCH, Scope.BRANCH_BELOW, Scope.ALL


@dataclass(frozen=True)
class StarterRole:
    """A role as it is first made; `everything` takes each permission in its widest scope."""

    code: str
    name: str
    name_en: str
    description: str
    permissions: dict[str, Scope] = field(default_factory=dict)
    everything: bool = False


STARTER_ROLES = (
    StarterRole(
        "administrator",
        "مدیر سامانه",
        "Administrator",
        "کاربران، نقش‌ها، کانال‌ها و تنظیمات؛ همهٔ دسترسی‌ها",
        everything=True,
    ),
    StarterRole(
        "officer",
        "کارشناس ارتباط با مشتری",
        "Customer-relations officer",
        "درخواست‌های شعبه را می‌گیرد، ارجاع می‌دهد، پاسخ را تأیید می‌کند و می‌فرستد",
        {
            "parties.view": ALL,
            "parties.change": BELOW,
            "parties.merge": BELOW,
            "channels.view": BELOW,
            "cartable.view": BELOW,
            "cartable.register": BELOW,
            "cartable.handle": BELOW,
            "cartable.refer": BELOW,
            "cartable.draft": BELOW,
            "cartable.approve": BELOW,
            "cartable.send": BELOW,
            "cartable.close": BELOW,
            "cartable.confide": BELOW,
            "cartable.texts": BELOW,
            "cartable.knowledge": ALL,
            "cartable.review_unread": ALL,
            "cartable.export": BELOW,
            "parties.bulk": BELOW,
            "parties.delete": BELOW,
            "parties.export": BELOW,
            "parties.import": BELOW,
            "parties.reveal": BELOW,
            "parties.segments": BELOW,
            "accounts.token": OWN,
            "parties.duplicates": BELOW,
            "parties.quality": BELOW,
        },
    ),
    StarterRole(
        "department_head",
        "رئیس واحد",
        "Department head",
        "کار واحد خود را می‌بیند و پخش می‌کند و پاسخ کارشناسان را تأیید می‌کند",
        {
            "parties.view": BRANCH,
            "parties.change": TEAM,
            "cartable.view": TEAM,
            "cartable.register": TEAM,
            "cartable.handle": TEAM,
            "cartable.refer": TEAM,
            "cartable.draft": TEAM,
            "cartable.approve": TEAM,
            "cartable.export": TEAM,
            "cartable.close": TEAM,
            "cartable.confide": TEAM,
            "cartable.texts": TEAM,
            "parties.delete": TEAM,
            "parties.export": TEAM,
            "parties.segments": BRANCH,
            "accounts.token": OWN,
            "parties.duplicates": TEAM,
            "parties.quality": TEAM,
        },
    ),
    StarterRole(
        "expert",
        "کارشناس",
        "Expert",
        "به درخواست‌هایی که به او یا واحدش رسیده پاسخ پیشنهادی می‌نویسد",
        {
            "parties.view": BRANCH,
            "cartable.view": TEAM,
            "cartable.handle": OWN,
            "cartable.refer": OWN,
            "cartable.draft": TEAM,
            "accounts.token": OWN,
        },
    ),
    StarterRole(
        "salesperson",
        "کارشناس فروش",
        "Salesperson",
        "مشتریان خود و درخواست‌های واحد فروش",
        {
            "parties.view": BRANCH,
            "parties.change": OWN,
            "cartable.view": TEAM,
            "cartable.register": TEAM,
            "cartable.handle": OWN,
            "cartable.refer": OWN,
            "cartable.draft": TEAM,
            "parties.export": OWN,
            "parties.segments": BRANCH,
            "accounts.token": OWN,
            "parties.quality": OWN,
        },
    ),
    StarterRole(
        "marketer",
        "کارشناس بازاریابی",
        "Marketer",
        "مشتریان را می‌بیند تا بخش و کمپین بسازد",
        {
            "parties.view": ALL,
            "parties.export": ALL,
            "parties.segments": ALL,
            "parties.segment": ALL,
            "cartable.view": OWN,
            "cartable.draft": OWN,
            "accounts.token": OWN,
        },
    ),
    StarterRole(
        "manager",
        "مدیر",
        "Manager",
        "همهٔ کار شعبه و شعبه‌های زیر آن را می‌بیند و کاربرانشان را مدیریت می‌کند",
        {
            "accounts.manage": BELOW,
            "parties.view": ALL,
            "parties.change": BELOW,
            "parties.merge": BELOW,
            "channels.view": BELOW,
            "cartable.view": BELOW,
            "cartable.register": BELOW,
            "cartable.handle": BELOW,
            "cartable.refer": BELOW,
            "cartable.draft": BELOW,
            "cartable.approve": BELOW,
            "cartable.export": BELOW,
            "cartable.close": BELOW,
            "cartable.confide": BELOW,
            "cartable.texts": ALL,
            "cartable.knowledge": ALL,
            "parties.bulk": BELOW,
            "parties.delete": BELOW,
            "parties.export": BELOW,
            "parties.import": BELOW,
            "parties.reveal": BELOW,
            "parties.segments": ALL,
            "parties.segment": BELOW,
            "parties.audit": ALL,
            "parties.shape": ALL,
            "accounts.token": OWN,
            "parties.duplicates": ALL,
            "parties.quality": ALL,
        },
    ),
    StarterRole(
        "auditor",
        "بازرس",
        "Auditor",
        "همه چیز را می‌بیند و هیچ چیز را تغییر نمی‌دهد",
        {
            "accounts.audit": ALL,
            "parties.audit": ALL,
            "parties.segments": ALL,
            "parties.view": ALL,
            "channels.view": ALL,
            "cartable.view": ALL,
            "cartable.export": ALL,
            "parties.quality": ALL,
        },
    ),
)
