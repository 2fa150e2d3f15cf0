"""The API's composition: one NinjaAPI, a router from every app."""

from ninja import NinjaAPI

api = NinjaAPI(title="Peyvand", version="1.0.0", urls_namespace="api")
