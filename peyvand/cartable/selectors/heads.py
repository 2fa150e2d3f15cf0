"""Who answers for a department, and who takes over work that nobody holds any more."""

from django.db.models import Count, Q

from peyvand.accounts.models import Department, User
from peyvand.accounts.policies import may
from peyvand.accounts.selectors import administrators
from peyvand.cartable.models import Request

VIEW, APPROVE = "cartable.view", "cartable.approve"


def head_of(department: Department) -> User | None:
    """The head of a department: of its active people whoever is manager of the most of them, if anybody leads any."""
    team = Count("team", filter=Q(team__department=department))
    people = User.objects.filter(department=department, is_active=True).annotate(led=team).filter(led__gt=0)
    return people.order_by("-led", "pk").first()


def keeper_of(request: Request) -> User | None:
    """Who takes over work that nobody holds: the head of its department, its officer, anybody there, an administrator.

    Of a confidential request its officer knows already, so he comes first.
    """
    anybody = User.objects.filter(department=request.department_id, is_active=True).order_by("pk").first()
    candidates = [head_of(request.department), request.officer, anybody, administrators().order_by("pk").first()]
    needed = APPROVE if request.status == Request.Status.REVIEW else VIEW
    if request.confidential:
        candidates.insert(0, request.officer)
    return next((one for one in candidates if one is not None and one.is_active and may(one, needed)), None)
