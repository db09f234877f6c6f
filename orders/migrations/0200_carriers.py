

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0195_fulfilment'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarrierChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='cch')),
                ('grams', models.PositiveIntegerField(null=True, verbose_name='weight (g)')),
                ('fragile', models.BooleanField(default=False, verbose_name='fragile')),
                ('do_not_bend', models.BooleanField(default=False, verbose_name='do not bend')),
                ('unweighed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='SKUs without a weight')),
                ('findings', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('chosen_at', models.DateTimeField(verbose_name='chosen')),
                ('overridden_at', models.DateTimeField(null=True, verbose_name='changed by hand')),
                ('overridden_by', models.CharField(blank=True, max_length=150, verbose_name='changed by')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the change')),
            ],
            options={
                'verbose_name': 'choice of carrier',
                'verbose_name_plural': 'choices of carriers',
                'permissions': [('override_carrier', 'Take another carrier than the suggested one')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CarrierClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='ccl')),
                ('state', models.CharField(choices=[('asked', 'Waits for the carrier'), ('granted', 'Granted'), ('refused', 'Refused')], default='asked', max_length=10, verbose_name='state')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('note', models.CharField(max_length=500, verbose_name='what happened')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('asked_by', models.CharField(max_length=150, verbose_name='asked by')),
                ('due_at', models.DateTimeField(verbose_name='answer expected by')),
                ('granted_amount', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='granted amount')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name="carrier's answer")),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
            ],
            options={
                'verbose_name': 'claim for compensation',
                'verbose_name_plural': 'claims for compensation',
                'permissions': [('work_carrierclaim', 'Claim compensation from carriers')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CarrierCoverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, max_length=60, verbose_name='province')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('district', models.CharField(blank=True, max_length=60, verbose_name='district')),
                ('served', models.BooleanField(verbose_name='delivers there')),
            ],
            options={
                'verbose_name': 'region of a carrier',
                'verbose_name_plural': 'regions of carriers',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CarrierPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zone', models.CharField(max_length=40, verbose_name='region group')),
                ('provinces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='provinces')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_until', models.DateField(null=True, verbose_name='until')),
                ('first_grams', models.PositiveIntegerField(verbose_name='first weight (g)')),
                ('first_price', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='price of the first weight')),
                ('step_grams', models.PositiveIntegerField(verbose_name='further weight (g)')),
                ('step_price', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='price of each further weight')),
            ],
            options={
                'verbose_name': 'carrier price',
                'verbose_name_plural': 'carrier prices',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CarrierScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('points', models.PositiveSmallIntegerField(null=True, verbose_name='points')),
                ('parcels', models.PositiveIntegerField(verbose_name='parcels')),
                ('due', models.PositiveIntegerField(verbose_name='due')),
                ('on_time', models.PositiveIntegerField(verbose_name='on time')),
                ('stalled', models.PositiveIntegerField(verbose_name='without news')),
                ('trouble', models.PositiveIntegerField(verbose_name='lost or damaged')),
                ('delivered', models.PositiveIntegerField(verbose_name='delivered')),
                ('hours', models.PositiveIntegerField(verbose_name='hours on the road')),
                ('costed', models.PositiveIntegerField(verbose_name='parcels with a known cost')),
                ('cost', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='cost')),
                ('claims', models.PositiveIntegerField(verbose_name='compensation asked')),
                ('granted', models.PositiveIntegerField(verbose_name='compensation granted')),
                ('refused', models.PositiveIntegerField(verbose_name='compensation refused')),
                ('made_at', models.DateTimeField(verbose_name='made')),
            ],
            options={
                'verbose_name': 'monthly rating of a carrier',
                'verbose_name_plural': 'monthly ratings of carriers',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='LabelPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.CharField(choices=[('waybill', 'Waybill'), ('carton', 'Carton label')], max_length=10, verbose_name='label')),
                ('layout', models.CharField(choices=[('100x150', '100 x 150 mm'), ('76x130', '76 x 130 mm')], max_length=10, verbose_name='size')),
                ('number', models.PositiveSmallIntegerField(verbose_name='print no.')),
                ('printed_at', models.DateTimeField(verbose_name='printed')),
                ('printed_by', models.CharField(max_length=150, verbose_name='by')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'print of a label',
                'verbose_name_plural': 'prints of labels',
                'permissions': [('print_label', 'Print waybills and carton labels')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ParcelCarriage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grams', models.PositiveIntegerField(null=True, verbose_name='weight (g)')),
                ('cost', models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name='cost')),
                ('promised_by', models.DateTimeField(verbose_name='promised by')),
            ],
            options={
                'verbose_name': 'terms of carriage',
                'verbose_name_plural': 'terms of carriage',
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='carrier',
            options={'default_permissions': ('view', 'change', 'add', 'delete'), 'ordering': ('id',), 'verbose_name': 'carrier', 'verbose_name_plural': 'carriers'},
        ),
        migrations.AddField(
            model_name='carrier',
            name='max_grams',
            field=models.PositiveIntegerField(null=True, verbose_name='heaviest parcel (g)'),
        ),
        migrations.AddField(
            model_name='carrier',
            name='promise_days',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='delivers within (days)'),
        ),
        migrations.AddField(
            model_name='carrier',
            name='takes_fragile',
            field=models.BooleanField(default=False, verbose_name='takes fragile goods'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['carrier', 'handed_over_at'], name='shipment_carrier_period'),
        ),
        migrations.AddField(
            model_name='carrierchoice',
            name='carrier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.carrier', verbose_name='carrier'),
        ),
        migrations.AddField(
            model_name='carrierchoice',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='carrier_choice', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='carrierchoice',
            name='suggested',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.carrier', verbose_name='suggested carrier'),
        ),
        migrations.AddField(
            model_name='carrierclaim',
            name='shipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='orders.shipment', verbose_name='parcel'),
        ),
        migrations.AddField(
            model_name='carriercoverage',
            name='carrier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='orders.carrier', verbose_name='carrier'),
        ),
        migrations.AddField(
            model_name='carrierprice',
            name='carrier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='orders.carrier', verbose_name='carrier'),
        ),
        migrations.AddField(
            model_name='carrierscore',
            name='carrier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='orders.carrier', verbose_name='carrier'),
        ),
        migrations.AddField(
            model_name='labelprint',
            name='shipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='orders.shipment', verbose_name='parcel'),
        ),
        migrations.AddField(
            model_name='parcelcarriage',
            name='choice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parcels', to='orders.carrierchoice', verbose_name='choice'),
        ),
        migrations.AddField(
            model_name='parcelcarriage',
            name='shipment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='carriage', to='orders.shipment'),
        ),
        migrations.AddIndex(
            model_name='carrierchoice',
            index=models.Index(condition=models.Q(('carrier', None)), fields=['-id'], name='carrierchoice_none'),
        ),
        migrations.AddConstraint(
            model_name='carrierchoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('overridden_at', None), ('reason', '')), models.Q(('overridden_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='carrierchoice_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carrierchoice',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='8f76b0c8b2842f8c10c01b862e5d9af4849520d2', operation='UPDATE', pgid='pgtrigger_touch_24434', table='orders_carrierchoice', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='carrierclaim',
            index=models.Index(fields=['state', '-id'], name='carrierclaim_state'),
        ),
        migrations.AddConstraint(
            model_name='carrierclaim',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('shipment',), name='carrierclaim_one_open'),
        ),
        migrations.AddConstraint(
            model_name='carrierclaim',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='carrierclaim_of_something'),
        ),
        migrations.AddConstraint(
            model_name='carrierclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), ('granted_amount__gt', 0), ('granted_amount__lte', models.F('amount'))), models.Q(models.Q(('state', 'granted'), _negated=True), ('granted_amount', None)), _connector='OR'), name='carrierclaim_granted_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carrierclaim',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='8256841b8cc3a74890e2f21f912b3fa86a97384b', operation='UPDATE', pgid='pgtrigger_touch_7fed7', table='orders_carrierclaim', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='carriercoverage',
            index=models.Index(fields=['province', 'city'], name='coverage_place'),
        ),
        migrations.AddIndex(
            model_name='carriercoverage',
            index=models.Index(fields=['province'], name='coverage_province', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='carriercoverage',
            constraint=models.UniqueConstraint(fields=('carrier', 'province', 'city', 'district'), name='coverage_once'),
        ),
        migrations.AddConstraint(
            model_name='carrierprice',
            constraint=models.UniqueConstraint(fields=('carrier', 'zone', 'valid_from'), name='carrierprice_once'),
        ),
        migrations.AddConstraint(
            model_name='carrierprice',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='carrierprice_period'),
        ),
        migrations.AddConstraint(
            model_name='carrierprice',
            constraint=models.CheckConstraint(condition=models.Q(('first_grams__gt', 0), ('first_price__gte', 0), ('step_grams__gt', 0), ('step_price__gte', 0)), name='carrierprice_positive'),
        ),
        migrations.AddIndex(
            model_name='carrierscore',
            index=models.Index(fields=['-month', '-id'], name='carrierscore_newest'),
        ),
        migrations.AddConstraint(
            model_name='carrierscore',
            constraint=models.UniqueConstraint(fields=('carrier', 'month'), name='carrierscore_once'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.UniqueConstraint(fields=('shipment', 'paper', 'number'), name='labelprint_once'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('number__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='labelprint_says_why'),
        ),
    ]
