"""Why a file of a whole installation is not loaded."""

from peyvand.core.errors import Conflict, Invalid


class NotOurs(Invalid):
    """This is no complete file of a whole installation of Peyvand."""

    code = "not_ours"


class WrongPassphrase(Invalid):
    """The passphrase is not the one of this file, or the file was changed after it was made."""

    code = "wrong_passphrase"


class Damaged(Invalid):
    """The file is damaged: a part is not what its list says. Nothing was loaded."""

    code = "damaged"


class FromNewerVersion(Invalid):
    """The file was made by a newer version of Peyvand; update this installation first."""

    code = "from_newer_version"


class FromOlderVersion(Conflict):
    """The file was made by an older version, and this database cannot go back to it; use a database that is new."""

    code = "from_older_version"


class NotEmpty(Conflict):
    """A whole installation is loaded into an empty one only, and somebody has worked with this one."""

    code = "not_empty"


class WeakPassphrase(Invalid):
    """The passphrase needs at least 12 characters."""

    code = "weak_passphrase"
