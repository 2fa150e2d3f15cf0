"""The kinds of relations that every installation starts with. Plain data.

code, names (what the source is to the target, and back) in Persian and English, kinds of party of both sides,
symmetric, tree (a loop makes no sense).
"""

from dataclasses import dataclass

from peyvand.parties.types import EMPLOYEE

PERSON, ORGANISATION, HOUSEHOLD = "person", "organisation", "household"


@dataclass(frozen=True)
class Starter:
    """One kind of relation."""

    code: str
    name: tuple[str, str]
    inverse: tuple[str, str]
    from_kinds: str = ""
    to_kinds: str = ""
    is_symmetric: bool = False
    is_tree: bool = False


STARTERS = (
    Starter(EMPLOYEE, ("کارمند", "Employee"), ("کارفرما", "Employer"), PERSON, ORGANISATION),
    Starter("agent", ("نماینده", "Agent"), ("موکل", "Principal")),
    Starter("director", ("مدیر", "Director"), ("سازمان زیر مدیریت", "Directed organisation"), PERSON, ORGANISATION),
    Starter("spouse", ("همسر", "Spouse"), ("همسر", "Spouse"), PERSON, PERSON, is_symmetric=True),
    Starter("parent", ("پدر یا مادر", "Parent"), ("فرزند", "Child"), PERSON, PERSON, is_tree=True),
    Starter("sibling", ("برادر یا خواهر", "Sibling"), ("برادر یا خواهر", "Sibling"), PERSON, PERSON, is_symmetric=True),
    Starter("member", ("عضو خانوار", "Member of household"), ("خانوار", "Household"), PERSON, HOUSEHOLD),
    Starter("friend", ("دوست", "Friend"), ("دوست", "Friend"), PERSON, PERSON, is_symmetric=True),
    Starter("parent_company", ("شرکت مادر", "Parent company"), ("شرکت زیرمجموعه", "Subsidiary"),
            ORGANISATION, ORGANISATION, is_tree=True),
    Starter("branch_of", ("شعبه", "Branch"), ("سازمان اصلی", "Main organisation"), ORGANISATION, ORGANISATION,
            is_tree=True),
    Starter("referrer", ("معرفی‌کننده", "Referrer"), ("معرفی‌شده", "Referred"), is_tree=True),
    Starter("partner", ("شریک", "Partner"), ("شریک", "Partner"), is_symmetric=True),
    Starter("supplier", ("تأمین‌کننده", "Supplier"), ("خریدار", "Buyer")),
    Starter("competitor", ("رقیب", "Competitor"), ("رقیب", "Competitor"), is_symmetric=True),
)  # fmt: skip
