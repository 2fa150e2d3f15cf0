from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_saved_views")]

    operations = [
        migrations.AddField(
            model_name="customfield",
            name="was_asked_in",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
