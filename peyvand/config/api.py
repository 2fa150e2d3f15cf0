"""The API's composition: one site, the endpoints of every app."""

from peyvand.api.accounts import ROUTERS as ACCOUNTS
from peyvand.api.site import PeyvandAPI

api = PeyvandAPI(title="Peyvand", version="1.0.0", urls_namespace="api")
for prefix, endpoints in ACCOUNTS.items():
    api.mount(prefix, endpoints)
