

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_initial'),
        ('orders', '0010_check_rounds'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL('CREATE SEQUENCE orders_wave', 'DROP SEQUENCE orders_wave'),
        migrations.CreateModel(
            name='Carrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'carrier',
                'verbose_name_plural': 'carriers',
                'ordering': ('id',),
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.CreateModel(
            name='CarrierCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='cas')),
                ('kind', models.CharField(choices=[('stalled', 'No news from the carrier'), ('not_received', 'Customer has not received it')], max_length=20, verbose_name='kind')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='state')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('promise_due', models.DateTimeField(null=True, verbose_name='carrier answers by')),
                ('customer_told_at', models.DateTimeField(null=True, verbose_name='customer told')),
                ('outcome', models.CharField(blank=True, choices=[('moving', 'Moving again'), ('delivered', 'Delivered'), ('returned', 'Returned to sender'), ('damaged', 'Damaged'), ('lost', 'Lost')], max_length=20, verbose_name='outcome')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('closed_by', models.CharField(blank=True, max_length=150, verbose_name='closed by')),
            ],
            options={
                'verbose_name': 'carrier case',
                'verbose_name_plural': 'carrier cases',
                'permissions': [('work_carriercase', 'Work on carrier cases')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CarrierContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('spoke_with', models.CharField(max_length=100, verbose_name='spoke with')),
                ('note', models.CharField(max_length=500, verbose_name='note')),
                ('promise_due', models.DateTimeField(null=True, verbose_name='carrier answers by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='orders.carriercase')),
            ],
            options={
                'verbose_name': 'talk with the carrier',
                'verbose_name_plural': 'talks with the carrier',
                'ordering': ('id',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ContactTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='ctk')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='state')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('next_contact_at', models.DateTimeField(null=True, verbose_name='ask again')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('outcome', models.CharField(blank=True, choices=[('received', 'Received'), ('not_received', 'Not received'), ('unreachable', 'Not reached')], max_length=20, verbose_name='outcome')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('closed_by', models.CharField(blank=True, max_length=150, verbose_name='closed by')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_tasks', to='orders.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'contact task',
                'verbose_name_plural': 'contact tasks',
                'permissions': [('work_contacttask', 'Contact customers about receipt')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ContactAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('outcome', models.CharField(choices=[('received', 'Received'), ('not_received', 'Not received'), ('unreachable', 'Not reached')], max_length=20, verbose_name='outcome')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='orders.contacttask')),
            ],
            options={
                'verbose_name': 'contact attempt',
                'verbose_name_plural': 'contact attempts',
                'ordering': ('id',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PackCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appearance', models.BooleanField(verbose_name='goods without damage or stain')),
                ('packing_list', models.BooleanField(verbose_name='packing list enclosed')),
                ('gifts', models.BooleanField(null=True, verbose_name='gifts enclosed')),
                ('manual', models.BooleanField(null=True, verbose_name='manual enclosed')),
                ('warranty', models.BooleanField(null=True, verbose_name='warranty card enclosed')),
                ('packed_at', models.DateTimeField(verbose_name='packed')),
                ('packed_by', models.CharField(max_length=150, verbose_name='packed by')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pack_check', to='orders.order')),
            ],
            options={
                'verbose_name': 'pack check',
                'verbose_name_plural': 'pack checks',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PickList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='pkl')),
                ('wave', models.CharField(max_length=20, unique=True, verbose_name='wave')),
                ('status', models.CharField(choices=[('open', 'To pick'), ('picked', 'Picked'), ('cancelled', 'Cancelled')], default='open', max_length=10, verbose_name='status')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('made_by', models.CharField(max_length=150, verbose_name='made by')),
                ('printed_at', models.DateTimeField(null=True, verbose_name='printed')),
                ('reprints', models.PositiveSmallIntegerField(default=0, verbose_name='reprints')),
                ('picked_at', models.DateTimeField(null=True, verbose_name='picked at')),
                ('picked_by', models.CharField(blank=True, max_length=150, verbose_name='picked by')),
                ('warehouse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse', verbose_name='warehouse')),
            ],
            options={
                'verbose_name': 'pick list',
                'verbose_name_plural': 'pick lists',
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='PickLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku_code', models.CharField(max_length=60, verbose_name='SKU')),
                ('lot_code', models.CharField(blank=True, max_length=60, verbose_name='lot')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('picked', models.BooleanField(default=False, verbose_name='picked')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.stocklot', verbose_name='lot')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order', verbose_name='order')),
                ('sku', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU')),
                ('pick_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.picklist')),
            ],
            options={
                'verbose_name': 'pick line',
                'verbose_name_plural': 'pick lines',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PickListOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('active', models.BooleanField(default=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pick_places', to='orders.order')),
                ('pick_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='orders.picklist')),
                ('warehouse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='stl')),
                ('state', models.CharField(choices=[('open', 'To settle'), ('settled', 'Settled')], default='open', max_length=10, verbose_name='state')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('due_since', models.DateTimeField(verbose_name='completed')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled')),
                ('settled_by', models.CharField(blank=True, max_length=150, verbose_name='settled by')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='reference')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='orders.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'settlement',
                'verbose_name_plural': 'settlements',
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='shp')),
                ('tracking_no', models.CharField(max_length=32, verbose_name='tracking number')),
                ('state', models.CharField(choices=[('info_received', 'Handed to the carrier'), ('in_transit', 'In transit'), ('out_for_delivery', 'Out for delivery'), ('exception', 'Trouble'), ('delivered', 'Delivered'), ('returned', 'Returned to sender'), ('voided', 'Voided')], default='info_received', max_length=20, verbose_name='state')),
                ('handed_over_at', models.DateTimeField(verbose_name='handed over')),
                ('last_event_at', models.DateTimeField(null=True, verbose_name='last report')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='arrived')),
                ('update_by', models.DateTimeField(null=True, verbose_name='report expected by')),
                ('stalled_at', models.DateTimeField(null=True, verbose_name='silent since')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.carrier', verbose_name='carrier')),
                ('orders', models.ManyToManyField(related_name='shipments', to='orders.order', verbose_name='orders')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'parcel',
                'verbose_name_plural': 'parcels',
                'permissions': [('record_tracking', 'Record what carriers report')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AddField(
            model_name='carriercase',
            name='shipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='orders.shipment', verbose_name='parcel'),
        ),
        migrations.CreateModel(
            name='ShipmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.orderline', verbose_name='order line')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.shipment')),
            ],
            options={
                'verbose_name': 'parcel line',
                'verbose_name_plural': 'parcel lines',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TrackingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('info_received', 'Handed to the carrier'), ('in_transit', 'In transit'), ('out_for_delivery', 'Out for delivery'), ('attempt_failed', 'Delivery attempt failed'), ('delivered', 'Delivered'), ('exception', 'Trouble'), ('returned', 'Returned to sender')], max_length=20, verbose_name='report')),
                ('occurred_at', models.DateTimeField(verbose_name='time')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('location', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='orders.shipment')),
            ],
            options={
                'verbose_name': 'carrier report',
                'verbose_name_plural': 'carrier reports',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='contacttask',
            index=models.Index(condition=models.Q(('next_contact_at__isnull', False), ('state', 'open')), fields=['next_contact_at'], name='contacttask_again'),
        ),
        migrations.AddConstraint(
            model_name='contacttask',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('order',), name='contacttask_one_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contacttask',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='ff7e12dd2bb802898a22f84f3b009b41d85e3a90', operation='UPDATE', pgid='pgtrigger_touch_705c2', table='orders_contacttask', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='packcheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('appearance', False), _negated=True), models.Q(('packing_list', False), _negated=True), models.Q(('gifts', None), ('gifts', True), _connector='OR'), models.Q(('manual', None), ('manual', True), _connector='OR'), models.Q(('warranty', None), ('warranty', True), _connector='OR')), name='packcheck_passed'),
        ),
        migrations.AddIndex(
            model_name='picklist',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['warehouse', '-id'], name='picklist_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='picklist',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='6b5f77f4d1f5ea6e15d9e5566ec1a437d8146e67', operation='UPDATE', pgid='pgtrigger_touch_e29dd', table='orders_picklist', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='pickline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='pickline_of_something'),
        ),
        migrations.AddConstraint(
            model_name='picklistorder',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('order', 'warehouse'), name='picking_once'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['state', '-id'], name='settlement_state'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='settlement_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state', 'settled')), _connector='OR'), name='settlement_settled_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='984b95e989208f8028c488c00f27cc45cebbf7ae', operation='UPDATE', pgid='pgtrigger_touch_3008e', table='orders_settlement', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['state', '-id'], name='shipment_state'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['xid', 'id'], name='shipment_feed'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(condition=models.Q(('state__in', ['info_received', 'in_transit', 'out_for_delivery', 'exception']), ('stalled_at', None)), fields=['update_by'], name='shipment_silence'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(condition=models.Q(('stalled_at__isnull', False)), fields=['-id'], name='shipment_stalled'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'voided'), _negated=True), fields=('tracking_no', 'carrier'), name='shipment_number_in_use_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='a5b9379a9d89775b94e117eaeeeb9cc109ed4d17', operation='UPDATE', pgid='pgtrigger_touch_a2a42', table='orders_shipment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='carriercase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('shipment',), name='carriercase_one_open'),
        ),
        migrations.AddConstraint(
            model_name='carriercase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', ''), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='carriercase_closed_with_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carriercase',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='58ef6c673c330c77064e4982f73151cd783a84bf', operation='UPDATE', pgid='pgtrigger_touch_eb916', table='orders_carriercase', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='shipmentline',
            constraint=models.UniqueConstraint(fields=('shipment', 'order_line'), name='shipmentline_once'),
        ),
        migrations.AddConstraint(
            model_name='shipmentline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='shipmentline_of_something'),
        ),
        migrations.AddConstraint(
            model_name='trackingevent',
            constraint=models.UniqueConstraint(fields=('shipment', 'occurred_at', 'code'), name='trackingevent_once'),
        ),
    ]
