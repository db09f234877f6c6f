

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0120_phone_tail'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrackingFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='fed')),
                ('source', models.CharField(choices=[('kuaidi100', 'Kuaidi100 (asked)'), ('kdniao', 'Kdniao (reports by itself)')], max_length=20, unique=True, verbose_name='source')),
                ('last_ok_at', models.DateTimeField(null=True, verbose_name='last answer')),
                ('failing_since', models.DateTimeField(null=True, verbose_name='failing since')),
                ('alarm_by', models.DateTimeField(null=True, verbose_name='alarm at')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'carrier feed',
                'verbose_name_plural': 'carrier feeds',
                'permissions': [('repair_trackingfeed', 'Repair carrier feeds')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AlterField(
            model_name='carriercase',
            name='kind',
            field=models.CharField(choices=[('stalled', 'No news from the carrier'), ('not_received', 'Customer has not received it'), ('delayed', 'Delayed'), ('lost', 'Lost'), ('damaged', 'Damaged')], max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='CarrierMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='msg')),
                ('source', models.CharField(choices=[('kuaidi100', 'Kuaidi100 (asked)'), ('kdniao', 'Kdniao (reports by itself)')], max_length=20, verbose_name='source')),
                ('key', models.CharField(max_length=150, verbose_name='key')),
                ('body', models.BinaryField()),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('state', models.CharField(choices=[('kept', 'To be read'), ('read', 'Read'), ('unreadable', 'Unreadable')], default='kept', max_length=10, verbose_name='state')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('finding', models.CharField(blank=True, max_length=200, verbose_name='finding')),
                ('shipment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.shipment', verbose_name='parcel')),
            ],
            options={
                'verbose_name': 'carrier message',
                'verbose_name_plural': 'carrier messages',
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Interception',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='int')),
                ('code', models.CharField(choices=[('awaiting_payment', 'Awaiting payment'), ('address', 'Address incomplete'), ('contact', 'Contact incomplete'), ('stock', 'Out of stock'), ('risk', 'Risk'), ('price', 'Price'), ('duplicate', 'Possible duplicate'), ('customer_question', 'Question to the customer'), ('other', 'Other')], max_length=20, verbose_name='code')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('state', models.CharField(choices=[('requested', 'Carrier to be asked'), ('accepted', 'On its way back'), ('failed', 'Not stopped'), ('returned', 'Back in the warehouse')], default='requested', max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(verbose_name='asked for')),
                ('requested_by', models.CharField(max_length=150, verbose_name='asked for by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='carrier answered')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name="carrier's answer")),
                ('customer_told_at', models.DateTimeField(null=True, verbose_name='customer told')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='came back')),
                ('condition', models.CharField(blank=True, max_length=500, verbose_name='condition')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interceptions', to='orders.order', verbose_name='order')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interceptions', to='orders.shipment', verbose_name='parcel')),
            ],
            options={
                'verbose_name': 'interception',
                'verbose_name_plural': 'interceptions',
                'permissions': [('work_interception', 'Record what carriers answer to interceptions'), ('receive_interception', 'Check intercepted parcels in')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ParcelFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('kuaidi100', 'Kuaidi100 (asked)'), ('kdniao', 'Kdniao (reports by itself)')], max_length=20, verbose_name='source')),
                ('next_poll_at', models.DateTimeField(null=True, verbose_name='asked again')),
                ('last_polled_at', models.DateTimeField(null=True, verbose_name='last asked')),
                ('last_ok_at', models.DateTimeField(null=True, verbose_name='last answer')),
                ('failing_since', models.DateTimeField(null=True, verbose_name='failing since')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='last error')),
                ('shipment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feed', to='orders.shipment', verbose_name='parcel')),
            ],
            options={
                'verbose_name': 'asking after the parcel',
                'verbose_name_plural': 'asking after the parcel',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RawReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('kuaidi100', 'Kuaidi100 (asked)'), ('kdniao', 'Kdniao (reports by itself)')], max_length=20, verbose_name='source')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('occurred_at', models.DateTimeField(verbose_name='time')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('location', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='raw_reports', to='orders.shipment')),
            ],
            options={
                'verbose_name': 'report with an unknown code',
                'verbose_name_plural': 'reports with unknown codes',
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackingfeed',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='9f580a5693163a6a70fb608e4a8637ace7fa0a9c', operation='UPDATE', pgid='pgtrigger_touch_cebe5', table='orders_trackingfeed', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='carriermessage',
            index=models.Index(condition=models.Q(('state', 'kept')), fields=['id'], name='carriermessage_to_read'),
        ),
        migrations.AddConstraint(
            model_name='carriermessage',
            constraint=models.UniqueConstraint(fields=('source', 'key'), name='carriermessage_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carriermessage',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='bbbc78803169295eb8eb27dc53e58c3e3ed29d0d', operation='UPDATE', pgid='pgtrigger_touch_8972c', table='orders_carriermessage', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='interception',
            index=models.Index(fields=['state', '-id'], name='interception_state'),
        ),
        migrations.AddConstraint(
            model_name='interception',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'accepted'])), fields=('shipment',), name='interception_one_open'),
        ),
        migrations.AddConstraint(
            model_name='interception',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['requested', 'accepted'])), models.Q(models.Q(('state__in', ['requested', 'accepted']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='interception_closed_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interception',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='42af699044599eb630786003fab278f91da2fb2a', operation='UPDATE', pgid='pgtrigger_touch_585c0', table='orders_interception', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='parcelfeed',
            index=models.Index(condition=models.Q(('next_poll_at__isnull', False)), fields=['next_poll_at'], name='parcelfeed_due'),
        ),
        migrations.AddConstraint(
            model_name='rawreport',
            constraint=models.UniqueConstraint(fields=('shipment', 'source', 'occurred_at', 'code'), name='rawreport_once'),
        ),
    ]
