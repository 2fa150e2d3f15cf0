from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_search")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
