"""Addresses of channels: public forms, administration."""

from django.urls import path

from peyvand.channels.views import administration, public

app_name = "channels"
urlpatterns = [
    path("forms/<str:token>/", public.form_page, name="form"),
    path("forms/<str:token>/embed/", public.form_embed, name="form-embed"),
    path("forms/<str:token>/messages", public.form_api, name="form-api"),
    path("forms/<str:token>/sent/<str:receipt>/", public.sent, name="sent"),
    path("forms/<str:token>/embed/sent/<str:receipt>/", public.sent_embed, name="sent-embed"),
    path("channels/", administration.channels, name="list"),
    path("channels/new/<str:kind>/", administration.create, name="create"),
    path("channels/outgoing/", administration.outgoing, name="outgoing"),
    path("channels/outgoing/<int:message_id>/<str:decision>/", administration.decide, name="decide"),
    path("channels/<int:channel_id>/", administration.detail, name="detail"),
    path("channels/<int:channel_id>/change/", administration.change, name="change"),
    path("channels/<int:channel_id>/active/", administration.set_active, name="active"),
    path("channels/<int:channel_id>/test/", administration.test, name="test"),
]
