"""Channels, partners, what they register, and the ledger of commissions."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_substitutions'),
        ('parties', '0014_own_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sales', '0005_custom_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommissionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('month', models.PositiveIntegerField()),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CommissionStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('paid', 'Paid')], default='confirmed', max_length=9)),
                ('total', models.BigIntegerField()),
                ('confirmed_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='CommissionStatementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('month', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('paid', 'Paid')], default='confirmed', max_length=9)),
                ('total', models.BigIntegerField()),
                ('confirmed_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DealPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(default=100)),
            ],
        ),
        migrations.CreateModel(
            name='DealPartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('percent', models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DealRegistration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('household', 'Household')], default='organisation', max_length=12)),
                ('name', models.CharField(max_length=200, verbose_name='Customer')),
                ('mobile', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('number', models.TextField(blank=True)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('product', models.CharField(max_length=200)),
                ('amount', models.BigIntegerField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('fingerprint', models.CharField(max_length=32)),
                ('state', models.CharField(choices=[('submitted', 'Waits for a decision'), ('conflict', 'Meets another'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('expired', 'Protection is over')], default='submitted', max_length=9)),
                ('exclusive_until', models.DateField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('received_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='DealRegistrationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('household', 'Household')], default='organisation', max_length=12)),
                ('product', models.CharField(max_length=200)),
                ('amount', models.BigIntegerField(blank=True, null=True)),
                ('fingerprint', models.CharField(max_length=32)),
                ('state', models.CharField(choices=[('submitted', 'Waits for a decision'), ('conflict', 'Meets another'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('expired', 'Protection is over')], default='submitted', max_length=9)),
                ('exclusive_until', models.DateField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('received_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('standard', 'Standard'), ('silver', 'Silver'), ('gold', 'Gold')], default='standard', max_length=8)),
                ('territory', models.CharField(blank=True, max_length=200)),
                ('protection', models.PositiveSmallIntegerField(default=90)),
                ('contract_from', models.DateField(blank=True, null=True)),
                ('contract_to', models.DateField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='PartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('level', models.CharField(choices=[('standard', 'Standard'), ('silver', 'Silver'), ('gold', 'Gold')], default='standard', max_length=8)),
                ('territory', models.CharField(blank=True, max_length=200)),
                ('protection', models.PositiveSmallIntegerField(default=90)),
                ('contract_from', models.DateField(blank=True, null=True)),
                ('contract_to', models.DateField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PartnerRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('purpose', models.CharField(choices=[('commission', 'Commission'), ('margin', 'Margin')], default='commission', max_length=10)),
                ('way', models.CharField(choices=[('percent', 'Percent of the amount'), ('fixed', 'A fixed amount')], default='percent', max_length=7)),
                ('level', models.CharField(blank=True, choices=[('standard', 'Standard'), ('silver', 'Silver'), ('gold', 'Gold')], max_length=8)),
                ('bands', models.JSONField(default=list)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PartnerRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('purpose', models.CharField(choices=[('commission', 'Commission'), ('margin', 'Margin')], default='commission', max_length=10)),
                ('way', models.CharField(choices=[('percent', 'Percent of the amount'), ('fixed', 'A fixed amount')], default='percent', max_length=7)),
                ('level', models.CharField(blank=True, choices=[('standard', 'Standard'), ('silver', 'Silver'), ('gold', 'Gold')], max_length=8)),
                ('bands', models.JSONField(default=list)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='fa', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='PartnerSeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('language', models.CharField(default='fa', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SalesChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('distributor', 'Distributors'), ('reseller', 'Resellers'), ('agent', 'Agents')], max_length=12)),
                ('margin', models.PositiveSmallIntegerField(default=0)),
                ('accepts_itself', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SalesChannelEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('distributor', 'Distributors'), ('reseller', 'Resellers'), ('agent', 'Agents')], max_length=12)),
                ('margin', models.PositiveSmallIntegerField(default=0)),
                ('accepts_itself', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SeatKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='SeatSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('place', models.CharField(blank=True, max_length=64)),
                ('began_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='deal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='deal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='deal',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='commissionentry',
            name='deal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='commissionentry',
            name='reverses',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='sales.commissionentry'),
        ),
        migrations.AddField(
            model_name='commissionstatement',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commissionstatement',
            name='paid_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commissionstatementevent',
            name='confirmed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commissionstatementevent',
            name='paid_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commissionstatementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='commissionstatementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.commissionstatement'),
        ),
        migrations.AddField(
            model_name='dealpartner',
            name='deal',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='dealpartnerevent',
            name='deal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='dealpartnerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dealpartnerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.dealpartner'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='deal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='parties.party'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='rival',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rivals', to='sales.dealregistration'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='rival_deal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='deal',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='party',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.dealregistration'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='rival',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.dealregistration'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='rival_deal',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='partner',
            name='branch',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.branch'),
        ),
        migrations.AddField(
            model_name='partner',
            name='department',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='partner',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partner',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='parties.party'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='partner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='dealpartnerevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='dealpartner',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='commissionstatementevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='commissionstatement',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='commissionentry',
            name='partner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='deal',
            name='partner',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='dealevent',
            name='partner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (NEW."amount", NEW."branch_id", NEW."changed_at", NEW."channel", NEW."close_on", NEW."closed_at", NEW."competitor", NEW."created_by_id", NEW."custom", NEW."deleted_at", NEW."department_id", NEW."id", NEW."is_hot", NEW."joined_into_id", NEW."lost_note", NEW."lost_reason_id", NEW."name", NEW."note", NEW."opened_at", NEW."owner_id", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pipeline_id", NEW."probability", NEW."source", NEW."split_from_id", NEW."stage_id", NEW."stage_since", NEW."state", NEW."tag_ids", NEW."version"); RETURN NULL;', hash='175a82a368df6788acc8289a7f5b1800042291c1', operation='INSERT', pgid='pgtrigger_insert_insert_5ee5b', table='sales_deal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."branch_id" IS DISTINCT FROM (NEW."branch_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."close_on" IS DISTINCT FROM (NEW."close_on") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."competitor" IS DISTINCT FROM (NEW."competitor") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."custom" IS DISTINCT FROM (NEW."custom") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_hot" IS DISTINCT FROM (NEW."is_hot") OR OLD."joined_into_id" IS DISTINCT FROM (NEW."joined_into_id") OR OLD."lost_note" IS DISTINCT FROM (NEW."lost_note") OR OLD."lost_reason_id" IS DISTINCT FROM (NEW."lost_reason_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."pipeline_id" IS DISTINCT FROM (NEW."pipeline_id") OR OLD."probability" IS DISTINCT FROM (NEW."probability") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."split_from_id" IS DISTINCT FROM (NEW."split_from_id") OR OLD."stage_id" IS DISTINCT FROM (NEW."stage_id") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tag_ids" IS DISTINCT FROM (NEW."tag_ids") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (NEW."amount", NEW."branch_id", NEW."changed_at", NEW."channel", NEW."close_on", NEW."closed_at", NEW."competitor", NEW."created_by_id", NEW."custom", NEW."deleted_at", NEW."department_id", NEW."id", NEW."is_hot", NEW."joined_into_id", NEW."lost_note", NEW."lost_reason_id", NEW."name", NEW."note", NEW."opened_at", NEW."owner_id", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pipeline_id", NEW."probability", NEW."source", NEW."split_from_id", NEW."stage_id", NEW."stage_since", NEW."state", NEW."tag_ids", NEW."version"); RETURN NULL;', hash='03c9685703f12a6eaf2cc92aedd998095d0baf89', operation='UPDATE', pgid='pgtrigger_update_update_51974', table='sales_deal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (OLD."amount", OLD."branch_id", OLD."changed_at", OLD."channel", OLD."close_on", OLD."closed_at", OLD."competitor", OLD."created_by_id", OLD."custom", OLD."deleted_at", OLD."department_id", OLD."id", OLD."is_hot", OLD."joined_into_id", OLD."lost_note", OLD."lost_reason_id", OLD."name", OLD."note", OLD."opened_at", OLD."owner_id", OLD."partner_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pipeline_id", OLD."probability", OLD."source", OLD."split_from_id", OLD."stage_id", OLD."stage_since", OLD."state", OLD."tag_ids", OLD."version"); RETURN NULL;', hash='8b7b7ab63426f746212b9b035093dbc97b962d3b', operation='DELETE', pgid='pgtrigger_delete_delete_600fe', table='sales_deal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(condition=models.Q(('deleted_at', None), ('partner__isnull', False)), fields=['partner', '-opened_at', '-id'], name='sales_deal_of_partner'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(('partner', None), ('channel', 'partner'), _connector='OR'), name='sales_deal_through_partner'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='branch',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.branch'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='department',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='party',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnernote',
            name='deal',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='partner_notes', to='sales.deal'),
        ),
        migrations.AddField(
            model_name='partnernote',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnernote',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnerrule',
            name='partner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnerrule',
            name='pipeline',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.pipeline'),
        ),
        migrations.AddField(
            model_name='commissionentry',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sales.partnerrule'),
        ),
        migrations.AddField(
            model_name='partnerruleevent',
            name='partner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnerruleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnerruleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.partnerrule'),
        ),
        migrations.AddField(
            model_name='partnerruleevent',
            name='pipeline',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.pipeline'),
        ),
        migrations.AddField(
            model_name='partnerseat',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnernote',
            name='seat',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sales.partnerseat'),
        ),
        migrations.AddField(
            model_name='dealregistrationevent',
            name='seat',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partnerseat'),
        ),
        migrations.AddField(
            model_name='dealregistration',
            name='seat',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sales.partnerseat'),
        ),
        migrations.AddField(
            model_name='partnerseatevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.partner'),
        ),
        migrations.AddField(
            model_name='partnerseatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnerseatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.partnerseat'),
        ),
        migrations.AddField(
            model_name='saleschannel',
            name='pipeline',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.pipeline'),
        ),
        migrations.AddField(
            model_name='partnerruleevent',
            name='channel',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.saleschannel'),
        ),
        migrations.AddField(
            model_name='partnerrule',
            name='channel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.saleschannel'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='channel',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.saleschannel'),
        ),
        migrations.AddField(
            model_name='partner',
            name='channel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='sales.saleschannel'),
        ),
        migrations.AddField(
            model_name='saleschannelevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='saleschannelevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sales.saleschannel'),
        ),
        migrations.AddField(
            model_name='saleschannelevent',
            name='pipeline',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sales.pipeline'),
        ),
        migrations.AddField(
            model_name='seatkey',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='sales.partnerseat'),
        ),
        migrations.AddField(
            model_name='seatsession',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='sales.partnerseat'),
        ),
        migrations.AddConstraint(
            model_name='dealpartner',
            constraint=models.UniqueConstraint(fields=('deal', 'partner'), name='sales_deal_partner_once'),
        ),
        migrations.AddConstraint(
            model_name='dealpartner',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 100)), name='sales_deal_partner_percent'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealpartner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."deal_id", NEW."id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='214df4d4f64566b517135fef09e0e64e21d6c9f2', operation='INSERT', pgid='pgtrigger_insert_insert_4f12a', table='sales_dealpartner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealpartner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."deal_id", NEW."id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='59405b7d66f19ccc6dc5ca53db4a7408e2bb626b', operation='UPDATE', pgid='pgtrigger_update_update_2c01d', table='sales_dealpartner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealpartner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."deal_id", OLD."id", OLD."partner_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='273f1dc2ffbfba73385fdcae4f18d182f9fe3978', operation='DELETE', pgid='pgtrigger_delete_delete_517eb', table='sales_dealpartner', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='commissionstatement',
            constraint=models.UniqueConstraint(fields=('partner', 'month'), name='sales_statement_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commissionstatement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."month", NEW."paid_at", NEW."paid_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."state", NEW."total"); RETURN NULL;', hash='028ecfa7d9f3050d52fe74f3d590e96a7c3f8399', operation='INSERT', pgid='pgtrigger_insert_insert_571b7', table='sales_commissionstatement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commissionstatement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."month", NEW."paid_at", NEW."paid_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."state", NEW."total"); RETURN NULL;', hash='a8bbc76a2218dab6d6486059ce106d49f2904265', operation='UPDATE', pgid='pgtrigger_update_update_815a8', table='sales_commissionstatement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commissionstatement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."month", OLD."paid_at", OLD."paid_by_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."state", OLD."total"); RETURN NULL;', hash='6ee7d50b109b343495c3214f62289068c309f1a7', operation='DELETE', pgid='pgtrigger_delete_delete_d5d3b', table='sales_commissionstatement', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='commissionentry',
            index=models.Index(fields=['partner', 'month', 'id'], name='sales_commission_month'),
        ),
        migrations.AddConstraint(
            model_name='commissionentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('reverses', None)), models.Q(('amount__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='sales_commission_sign'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commissionentry',
            trigger=pgtrigger.compiler.Trigger(name='sales_commission_only_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='300e00bff78b18edbef612a00f1abdac00ffd7cb', operation='UPDATE OR DELETE', pgid='pgtrigger_sales_commission_only_added_da81c', table='sales_commissionentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='partnerseat',
            constraint=models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('email',), name='sales_seat_email'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerseat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c12de85c031ff530282a00c6048cb41401446c72', operation='INSERT', pgid='pgtrigger_insert_insert_a07c4', table='sales_partnerseat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerseat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id"))', func='INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='0ef24a230cea9214e5caf279b24b1fdaf4a7b78e', operation='UPDATE', pgid='pgtrigger_update_update_27d37', table='sales_partnerseat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerseat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."id", OLD."is_active", OLD."language", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='9c15d26c31534d67d2d7f17e9915c9443d86fbfe', operation='DELETE', pgid='pgtrigger_delete_delete_55949', table='sales_partnerseat', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='partnernote',
            index=models.Index(fields=['deal', 'partner', '-id'], name='sales_partner_note_order'),
        ),
        migrations.AddIndex(
            model_name='dealregistration',
            index=models.Index(fields=['partner', '-received_at', '-id'], name='sales_registration_partner'),
        ),
        migrations.AddIndex(
            model_name='dealregistration',
            index=models.Index(condition=models.Q(('state__in', ['submitted', 'conflict'])), fields=['received_at', 'id'], name='sales_registration_waiting'),
        ),
        migrations.AddIndex(
            model_name='dealregistration',
            index=django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='sales_registration_keys'),
        ),
        migrations.AddConstraint(
            model_name='dealregistration',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['submitted', 'conflict', 'accepted'])), fields=('partner', 'fingerprint'), name='sales_registration_once'),
        ),
        migrations.AddConstraint(
            model_name='dealregistration',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gte', 0), _connector='OR'), name='sales_registration_amount'),
        ),
        migrations.AddConstraint(
            model_name='dealregistration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('exclusive_until__isnull', False), _connector='OR'), name='sales_registration_protected'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealregistration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealregistrationevent" ("amount", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (NEW."amount", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."exclusive_until", NEW."fingerprint", NEW."id", NEW."kind", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."received_at", NEW."remark", NEW."rival_deal_id", NEW."rival_id", NEW."seat_id", NEW."state", NEW."version"); RETURN NULL;', hash='50290dd01b242fb86b81b7a150eb13f443b82a2b', operation='INSERT', pgid='pgtrigger_insert_insert_d4cc3', table='sales_dealregistration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealregistration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."exclusive_until" IS DISTINCT FROM (NEW."exclusive_until") OR OLD."fingerprint" IS DISTINCT FROM (NEW."fingerprint") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."product" IS DISTINCT FROM (NEW."product") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."rival_id" IS DISTINCT FROM (NEW."rival_id") OR OLD."rival_deal_id" IS DISTINCT FROM (NEW."rival_deal_id") OR OLD."seat_id" IS DISTINCT FROM (NEW."seat_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "sales_dealregistrationevent" ("amount", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (NEW."amount", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."exclusive_until", NEW."fingerprint", NEW."id", NEW."kind", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."received_at", NEW."remark", NEW."rival_deal_id", NEW."rival_id", NEW."seat_id", NEW."state", NEW."version"); RETURN NULL;', hash='a7871ff1fb0317d31867a961d43af5ae784c56e6', operation='UPDATE', pgid='pgtrigger_update_update_36380', table='sales_dealregistration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealregistration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_dealregistrationevent" ("amount", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (OLD."amount", OLD."deal_id", OLD."decided_at", OLD."decided_by_id", OLD."exclusive_until", OLD."fingerprint", OLD."id", OLD."kind", OLD."partner_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product", OLD."received_at", OLD."remark", OLD."rival_deal_id", OLD."rival_id", OLD."seat_id", OLD."state", OLD."version"); RETURN NULL;', hash='7fae35b814022887b22ed4ca27bbb1c3d4b558c8', operation='DELETE', pgid='pgtrigger_delete_delete_acd38', table='sales_dealregistration', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='saleschannel',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('name',), name='sales_channel_name'),
        ),
        migrations.AddConstraint(
            model_name='saleschannel',
            constraint=models.CheckConstraint(condition=models.Q(('margin__lte', 10000)), name='sales_channel_margin'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleschannel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (NEW."accepts_itself", NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."margin", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pipeline_id", NEW."version"); RETURN NULL;', hash='10627f67359d22b42e1b37b6bbaab3dbf430019f', operation='INSERT', pgid='pgtrigger_insert_insert_97101', table='sales_saleschannel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleschannel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (NEW."accepts_itself", NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."margin", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pipeline_id", NEW."version"); RETURN NULL;', hash='67c55f0f9b7cef252174a93a8abe1227c7a56cac', operation='UPDATE', pgid='pgtrigger_update_update_422d0', table='sales_saleschannel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleschannel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (OLD."accepts_itself", OLD."changed_at", OLD."deleted_at", OLD."id", OLD."kind", OLD."margin", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pipeline_id", OLD."version"); RETURN NULL;', hash='8be10f367b0c5bcf3ac838d61be28b1c145f3bb7', operation='DELETE', pgid='pgtrigger_delete_delete_f6e36', table='sales_saleschannel', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='partnerrule',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='sales_rule_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (NEW."bands", NEW."changed_at", NEW."channel_id", NEW."deleted_at", NEW."id", NEW."level", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pipeline_id", NEW."purpose", NEW."since", NEW."until", NEW."version", NEW."way"); RETURN NULL;', hash='c8f4b20d33fd297c96c99943f7f42a50247f9dcc', operation='INSERT', pgid='pgtrigger_insert_insert_1da0d', table='sales_partnerrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (NEW."bands", NEW."changed_at", NEW."channel_id", NEW."deleted_at", NEW."id", NEW."level", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pipeline_id", NEW."purpose", NEW."since", NEW."until", NEW."version", NEW."way"); RETURN NULL;', hash='d6d5d548d98fbdbafe38ecccf965b3a9a6dc529b', operation='UPDATE', pgid='pgtrigger_update_update_26188', table='sales_partnerrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnerrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (OLD."bands", OLD."changed_at", OLD."channel_id", OLD."deleted_at", OLD."id", OLD."level", OLD."name", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pipeline_id", OLD."purpose", OLD."since", OLD."until", OLD."version", OLD."way"); RETURN NULL;', hash='d3d3b16f78c4317061a9e0053c073f2356cb21fc', operation='DELETE', pgid='pgtrigger_delete_delete_c9039', table='sales_partnerrule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('contract_from', None), ('contract_to', None), ('contract_to__gte', models.F('contract_from')), _connector='OR'), name='sales_partner_contract'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."channel_id", NEW."contract_from", NEW."contract_to", NEW."created_at", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."owner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."protection", NEW."territory", NEW."version"); RETURN NULL;', hash='a0f042c705251460a81d41752bfc3d492ccc8974', operation='INSERT', pgid='pgtrigger_insert_insert_ea603', table='sales_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."channel_id", NEW."contract_from", NEW."contract_to", NEW."created_at", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."owner_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."protection", NEW."territory", NEW."version"); RETURN NULL;', hash='f5ce41de2b4361ce13f2d311bc8d94f7e45059f3', operation='UPDATE', pgid='pgtrigger_update_update_b18af', table='sales_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (OLD."branch_id", OLD."changed_at", OLD."channel_id", OLD."contract_from", OLD."contract_to", OLD."created_at", OLD."department_id", OLD."id", OLD."is_active", OLD."level", OLD."owner_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."protection", OLD."territory", OLD."version"); RETURN NULL;', hash='57a79a11f6bd43e9f1381a518d6ededd4620ef16', operation='DELETE', pgid='pgtrigger_delete_delete_b1bb4', table='sales_partner', when='AFTER')),
        ),
    ]
