"""How each kind of news is drawn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """icon and tone (as chips have them) of a kind."""

    icon: str
    tone: str


OTHER = Kind(icon="bell", tone="n")

_kinds: dict[str, Kind] = {}


def register(kind: str, *, icon: str, tone: str) -> None:
    """Draw news of this kind so; registered again it replaces the former."""
    _kinds[kind] = Kind(icon=icon, tone=tone)


def kind_of(kind: str) -> Kind:
    """How a kind is drawn; one that nobody registered is a plain bell."""
    return _kinds.get(kind, OTHER)


register("mention", icon="at", tone="info")
register("job", icon="file-check", tone="ok")
register("substitution", icon="user-share", tone="info")
