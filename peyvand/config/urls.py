"""Every address of the product: each app's pages, the API, accounts and health."""

from django.urls import URLPattern, URLResolver, include, path

from peyvand.activities.urls import for_programs
from peyvand.cartable.urls import for_customers
from peyvand.config.api import api
from peyvand.config.health import live, ready
from peyvand.sales.urls import for_partners, for_visitors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("peyvand.web.urls")),
    path("administration/", include("peyvand.web.administration.urls")),
    path("imports/", include("peyvand.web.imports.urls")),
    path("jobs/", include("peyvand.web.jobs.urls")),
    path("notifications/", include("peyvand.web.notifications.urls")),
    path("lists/", include("peyvand.web.lists.urls")),
    path("profile/", include("peyvand.web.profile.urls")),
    path("accounts/", include("peyvand.web.account_urls")),
    path("customers/", include("peyvand.parties.urls")),
    path("", include("peyvand.channels.urls")),
    path("", include(for_customers)),
    path("", include(for_programs)),
    path("", include(for_visitors)),
    path("", include(for_partners)),
    path("activities/", include("peyvand.activities.urls")),
    path("cartable/", include("peyvand.cartable.urls")),
    path("sales/", include("peyvand.sales.urls")),
    path("api/v1/", api.urls),
    path("healthz", live, name="healthz"),
    path("readyz", ready, name="readyz"),
]

handler400 = "peyvand.web.views.bad_request"
handler403 = "peyvand.web.views.forbidden"
handler404 = "peyvand.web.views.not_found"
handler500 = "peyvand.web.views.server_error"
