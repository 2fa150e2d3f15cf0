"""The API's composition: one site, the endpoints of every app."""

from peyvand.activities.api import ROUTERS as ACTIVITIES
from peyvand.api.accounts import ROUTERS as ACCOUNTS
from peyvand.api.imports import imports
from peyvand.api.jobs import jobs
from peyvand.api.saved_views import views
from peyvand.api.search import search
from peyvand.api.site import PeyvandAPI
from peyvand.api.system import dead_letters
from peyvand.cartable.api import ROUTERS as CARTABLE
from peyvand.channels.api import channels
from peyvand.parties.api import ROUTERS as PARTIES
from peyvand.sales.api import ROUTERS as SALES

api = PeyvandAPI(title="Peyvand", version="1.0.0", urls_namespace="api")
for prefix, endpoints in {
    **ACCOUNTS,
    "/dead-letters": dead_letters,
    "/imports": imports,
    "/jobs": jobs,
    "/views": views,
    "/search": search,
    **PARTIES,
    "/channels": channels,
    **CARTABLE,
    **ACTIVITIES,
    **SALES,
}.items():
    api.mount(prefix, endpoints)
