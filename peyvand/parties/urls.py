"""Addresses of the customers' pages, under /customers/."""

from django.urls import path

from peyvand.parties.views import editing, file, listing

app_name = "parties"
urlpatterns = [
    path("", listing.customers, name="list"),
    path("new/", editing.create, name="create"),
    path("<int:party_id>/", file.detail, name="detail"),
    path("<int:party_id>/change/", editing.change, name="change"),
    path("<int:party_id>/confirm/", editing.confirm, name="confirm"),
]
