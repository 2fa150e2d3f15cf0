"""Addresses of the customers' pages, under /customers/."""

from django.urls import path

from peyvand.parties.views import access, editing, file, history, listing, personal, trash

app_name = "parties"
urlpatterns = [
    path("trash/", trash.trash, name="trash"),
    path("access/", access.access_log, name="access_log"),
    path("<int:party_id>/history/", history.history, name="history"),
    path("<int:party_id>/delete/", trash.delete, name="delete"),
    path("<int:party_id>/restore/", trash.restore, name="restore"),
    path("<int:party_id>/personal-data/", personal.personal, name="personal"),
    path("<int:party_id>/personal-data/download/", personal.hand_over, name="hand_over"),
    path("<int:party_id>/personal-data/erase/", personal.erase, name="erase"),
    path("", listing.customers, name="list"),
    path("new/", editing.create, name="create"),
    path("<int:party_id>/", file.detail, name="detail"),
    path("<int:party_id>/change/", editing.change, name="change"),
    path("<int:party_id>/confirm/", editing.confirm, name="confirm"),
]
