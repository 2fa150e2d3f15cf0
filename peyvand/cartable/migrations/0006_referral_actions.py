from django.db import migrations

ACTIONS = (
    ("action", "جهت اقدام", "For action"),
    ("information", "جهت اطلاع", "For information"),
    ("opinion", "جهت اظهار نظر", "For opinion"),
    ("approval", "جهت تأیید", "For approval"),
    ("signature", "جهت امضا", "For signature"),
)


def fill(apps, schema_editor):
    """An installation that is at work already gets what a new one starts with."""
    if not apps.get_model("cartable", "Kind").objects.exists():
        return
    action = apps.get_model("cartable", "ReferralAction")
    action.objects.bulk_create(
        action(code=code, name_fa=persian, name_en=english, position=position)
        for position, (code, persian, english) in enumerate(ACTIONS)
    )


class Migration(migrations.Migration):
    dependencies = [("cartable", "0005_referral_roles")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
