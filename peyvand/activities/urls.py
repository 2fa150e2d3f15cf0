"""Addresses of activities, under /activities/, and of calendars for programs, under /dav/."""

from django.urls import path

from peyvand.activities.views import (
    about,
    acting,
    caldav,
    calendar,
    exporting,
    feed,
    free,
    minutes,
    outcomes,
    overdue,
    planning,
    showing,
)

app_name = "activities"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("feed/", feed.own_feed, name="feed"),
    path("feed/<str:secret>/peyvand.ics", feed.ics, name="ics"),
    path("overdue/", overdue.overdue, name="overdue"),
    path("list/", showing.activities, name="list"),
    path("export/", exporting.export, name="export"),
    path("trash/", showing.trash, name="trash"),
    path("new/", planning.new, name="new"),
    path("customers/", planning.customers, name="customers"),
    path("people/", planning.people, name="people"),
    path("free/", free.free, name="free"),
    path("about/<str:kind>/<int:record>/", about.about, name="about"),
    path("about/<str:kind>/<int:record>/take/", about.take, name="take_up"),
    path("conflicts/", free.conflicts, name="conflicts"),
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("undo/<str:token>/", acting.undo, name="undo"),
    path("of/<int:party>/call/", acting.log_call, name="log_call"),
    path("<int:pk>/", showing.activity, name="activity"),
    path("<int:pk>/edit/", planning.edit, name="edit"),
    path("<int:pk>/complete/", acting.complete, name="complete"),
    path("<int:pk>/cancel/", acting.cancel, name="cancel"),
    path("<int:pk>/move/", acting.move, name="move"),
    path("<int:pk>/drop/", acting.drop, name="drop"),
    path("<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<int:pk>/check-in/", minutes.check_in, name="check_in"),
    path("<int:pk>/reopen/", acting.reopen, name="reopen"),
    path("<int:pk>/delete/", acting.delete, name="delete"),
    path("<int:pk>/restore/", showing.restore, name="restore"),
    path("<int:pk>/answer/", acting.answer, name="answer"),
]

# Addresses that programs look for at the root of the server.
for_programs = (
    [
        path(".well-known/caldav", caldav.well_known, name="well_known"),
        path("dav/", caldav.root, name="root"),
        path("dav/home/", caldav.home, name="home"),
        path("dav/home/calendar/", caldav.calendar, name="calendar"),
        path("dav/home/calendar/<uuid:uid>.ics", caldav.entry, name="entry"),
    ],
    "caldav",
)
