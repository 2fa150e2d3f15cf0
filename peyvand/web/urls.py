from django.urls import path

from peyvand.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("palette", views.palette_view, name="palette"),
    path("shell/nav", views.sidebar, name="sidebar"),
    path("preferences", views.set_preferences, name="preferences"),
    path("kit", views.kit, name="kit"),
]
