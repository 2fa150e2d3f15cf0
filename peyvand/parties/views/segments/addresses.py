"""Addresses of segments, under /customers/segments/."""

from django.urls import path

from peyvand.parties.views.segments import asking, building, listing

urlpatterns = [
    path("", listing.index, name="segments"),
    path("new/", building.create, name="new_segment"),
    path("build/", building.build, name="segment_build"),
    path("live/", building.live, name="segment_live"),
    path("fields/", building.picker, name="segment_picker"),
    path("people/", asking.people, name="segment_people"),
    path("why/", asking.why, name="segment_why"),
    path("of/<int:party_id>/", listing.of_party, name="segments_of"),
    path("<int:segment_id>/", building.segment, name="segment"),
    path("<int:segment_id>/size/", listing.size, name="segment_size"),
    path("<int:segment_id>/members/", asking.members, name="segment_members"),
    path("<int:segment_id>/versions/", asking.versions, name="segment_versions"),
    path("<int:segment_id>/versions/<int:event_id>/", asking.restore_version, name="restore_segment_version"),
    path("<int:segment_id>/duplicate/", listing.duplicate, name="duplicate_segment"),
    path("<int:segment_id>/freeze/", listing.freeze, name="freeze_segment"),
    path("<int:segment_id>/delete/", listing.delete, name="delete_segment"),
    path("<int:segment_id>/restore/", listing.restore, name="restore_segment"),
]
