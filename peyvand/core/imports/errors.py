"""Rules of imports that can be broken."""

from peyvand.core.errors import Conflict, Invalid, TooLarge


class FileTooLarge(TooLarge):
    """The file is larger than what can be imported; split it, or have the limit raised."""

    code = "import_too_large"


class WrongImportState(Conflict):
    """This import is in a state in which that cannot be done."""

    code = "import_state"


class ColumnsChanged(Conflict):
    """The columns of the file are not those that this mapping was made for; look at the mapping again."""

    code = "import_columns"


class BadPlan(Invalid):
    """This mapping cannot be used as it is."""

    code = "import_plan"


class OutOfStep(Conflict):
    """This piece of the file does not follow the last one; go on from the size that is stored."""

    code = "import_piece"


class ImportForgotten(Conflict):
    """The rows of this import are not kept any more, so it cannot be taken back."""

    code = "import_forgotten"
    permanent = True
