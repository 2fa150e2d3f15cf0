"""The shapes of rules of assignment, of forms for leads and of what came through them, in the API."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from peyvand.api.kit import BodyId, In, Out, Ref
from peyvand.sales.models import LeadForm
from peyvand.sales.types import AssignmentDetails, LeadFormDetails, Question

Word = Annotated[str, Field(max_length=120)]
Label = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[list[Word], Field(max_length=200)]
Ids = Annotated[list[BodyId], Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]


class AssignmentRuleIn(In):
    """A condition that says nothing holds. people, departments: who gets it. most: open ones each may have."""

    name: Label
    is_active: bool = True
    pipelines: Ids = []
    branches: Ids = []
    provinces: Words = []
    cities: Words = []
    sources: Words = []
    people: Ids = []
    departments: Ids = []
    share: Literal["turns", "least"] = "turns"
    most: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    def details(self) -> AssignmentDetails:
        return AssignmentDetails(**dict(self))


class AssignmentRuleOut(Out):
    id: int
    name: str
    position: int
    is_active: bool
    pipelines: list[int]
    branches: list[int]
    provinces: list[str]
    cities: list[str]
    sources: list[str]
    people: list[int]
    departments: list[int]
    share: str
    most: int | None
    version: int


class QuestionShape(In):
    label: Label
    kind: Literal["text", "long", "number", "choice", "city"] = "text"
    is_required: bool = False
    choices: Annotated[list[Label], Field(max_length=50)] = []


class LeadFormIn(In):
    """consent: the sentence that the sender may agree to. source: written into each lead."""

    name: Label
    pipeline_id: BodyId
    branch_id: BodyId
    intro: Text = ""
    thanks: Text = ""
    consent: Annotated[str, Field(max_length=500)] = ""
    source: Word = ""
    is_active: bool = True
    questions: Annotated[list[QuestionShape], Field(max_length=20)] = []

    def details(self) -> LeadFormDetails:
        asked = [Question(**dict(one)) for one in self.questions]
        return LeadFormDetails(**{**dict(self), "questions": asked})


class QuestionOut(Out):
    key: str
    label: str
    kind: str
    is_required: bool
    choices: list[str]


class LeadFormOut(Out):
    """path: where it is served, behind the address of this installation."""

    id: int
    name: str
    path: str
    pipeline: Ref
    branch_id: int
    intro: str
    thanks: str
    consent: str
    source: str
    is_active: bool
    questions: list[QuestionOut]
    version: int

    @staticmethod
    def resolve_path(form: LeadForm) -> str:
        return f"/leads/{form.token}/"


class SubmissionOut(Out):
    """answers: as they were typed, by name, mobile, email and the keys of the questions."""

    id: int
    state: str
    answers: dict[str, str]
    deal_id: int | None
    party_id: int | None
    problem: str
    received_at: datetime


class FromRequestIn(In):
    request_id: BodyId
