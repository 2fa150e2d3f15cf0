"""What customers open without a login: where their request stands, and the question how content they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from peyvand.accounts.selectors import organisation_name
from peyvand.cartable import code as codes
from peyvand.cartable.errors import SurveyOver
from peyvand.cartable.outward_forms import SurveyForm, TrackForm
from peyvand.cartable.selectors.outward import Tracked, survey_of, tracked
from peyvand.cartable.services.surveys import answer_survey, number_of
from peyvand.channels import guard
from peyvand.core.errors import PeyvandError
from peyvand.core.secrets import sign
from peyvand.web.access import public

PER_PLACE, PER_CODE, PER_CONTACT = 20, 10, 10  # questions in five minutes


def _page(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, template, {"organisation": organisation_name(), **context}, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt  # nothing here acts for a logged-in user, and a customer may have no cookie
@require_http_methods(["GET", "POST"])
@public
def track(request: HttpRequest) -> HttpResponse:
    """Where a request stands, for who knows its code and an address of its customer."""
    if request.method == "GET":
        return _page(request, "cartable/track.html", {"form": TrackForm(initial={"code": request.GET.get("code", "")})})
    form = TrackForm(request.POST)
    found = _found(request, form) if form.is_valid() else None
    status = 200 if found is not None else 422
    return _page(request, "cartable/track.html", {"form": form, "found": found}, status)


def _found(request: HttpRequest, form: TrackForm) -> Tracked | None:
    """What the form asks for; wrong codes and wrong addresses get the same answer, and few tries."""
    code, contact = form.cleaned_data["code"], form.cleaned_data["contact"]
    try:
        guard.limit(
            {
                f"track-place:{sign('track', guard.place_of(request))}": PER_PLACE,
                f"track-code:{sign('track', codes.parse(code) or code)}": PER_CODE,
                f"track-contact:{sign('track', contact)}": PER_CONTACT,
            }
        )
    except PeyvandError as error:
        form.add_error(None, error.message)
        return None
    found = tracked(code, contact)
    if found is None:
        form.refuse()
    return found


@csrf_exempt  # as above; the word in the address is the key
@require_http_methods(["GET", "POST"])
@public
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Five steps from «not at all» to «very», and room for words; a mail program that opens links answers nothing."""
    asked = survey_of(number_of(token) or 0)
    if asked is None:
        return _page(request, "cartable/survey.html", {"over": SurveyOver().message}, 404)
    if request.method == "GET" and asked.state == asked.State.ANSWERED:
        return _page(request, "cartable/survey.html", {"asked": asked, "thanks": True})
    form = SurveyForm(request.POST if request.method == "POST" else None)
    context = {"asked": asked, "form": form}
    if not form.is_valid():
        return _page(request, "cartable/survey.html", context, 422 if form.is_bound else 200)
    try:
        answered = answer_survey(token=token, score=form.cleaned_data["score"], words=form.cleaned_data["words"])
    except PeyvandError as error:
        return _page(request, "cartable/survey.html", {"over": error.message}, error.status)
    return _page(request, "cartable/survey.html", {"asked": answered, "thanks": True})
