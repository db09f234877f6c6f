

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0185_intake'),
        ('catalog', '0182_sold_out'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('rule', 'By rule'), ('kept', 'Where its pieces were reserved'), ('override', 'By hand'), ('none', 'No warehouse can serve it')], max_length=10, verbose_name='outcome')),
                ('looked_at', models.JSONField(default=list, verbose_name='looked at')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('current', models.BooleanField(default=True)),
                ('decided_at', models.DateTimeField(verbose_name='decided')),
                ('decided_by', models.CharField(max_length=150, verbose_name='by')),
            ],
            options={
                'verbose_name': 'allocation',
                'verbose_name_plural': 'allocations',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AllocationRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='alr')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('priority', models.PositiveSmallIntegerField(help_text='The lowest number is looked at first.', verbose_name='priority')),
                ('provinces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='Separated by commas; empty: all.', size=None, verbose_name='provinces served')),
                ('carriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='The first one in use is taken; empty: no matter which.', size=None, verbose_name='carriers that reach the region')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'allocation rule',
                'verbose_name_plural': 'allocation rules',
                'abstract': False,
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='GiftRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='gfr')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('spend_from', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='goods worth at least')),
                ('quantity', models.PositiveSmallIntegerField(default=1, verbose_name='pieces')),
                ('valid_from', models.DateTimeField(verbose_name='orders placed from')),
                ('valid_until', models.DateTimeField(verbose_name='orders placed before')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'gift rule',
                'verbose_name_plural': 'gift rules',
                'abstract': False,
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='OrderGift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku_code', models.CharField(max_length=60, verbose_name='SKU')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('quantity', models.PositiveSmallIntegerField(verbose_name='pieces')),
                ('is_reserved', models.BooleanField(verbose_name='reserved')),
            ],
            options={
                'verbose_name': 'gift',
                'verbose_name_plural': 'gifts',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PackingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='pkr')),
                ('manual', models.BooleanField(default=False, verbose_name='manual')),
                ('warranty', models.BooleanField(default=False, verbose_name='warranty card')),
                ('fragile', models.BooleanField(default=False, verbose_name='fragile')),
                ('no_bending', models.BooleanField(default=False, verbose_name='do not bend')),
            ],
            options={
                'verbose_name': 'packing rule',
                'verbose_name_plural': 'packing rules',
                'abstract': False,
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('pick', 'Picking'), ('pack', 'Packing')], max_length=10, verbose_name='step')),
                ('code', models.CharField(max_length=60, verbose_name='code')),
                ('result', models.CharField(choices=[('piece', 'Right piece'), ('lot', 'Right lot'), ('wrong_sku', 'Wrong SKU'), ('wrong_lot', 'Wrong lot'), ('too_many', 'One too many')], max_length=10, verbose_name='result')),
                ('quantity', models.PositiveIntegerField(default=0, verbose_name='pieces')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
            ],
            options={
                'verbose_name': 'scan',
                'verbose_name_plural': 'scans',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ShortPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='shp')),
                ('sku_code', models.CharField(max_length=60, verbose_name='SKU')),
                ('lot_code', models.CharField(blank=True, max_length=60, verbose_name='lot')),
                ('quantity', models.PositiveIntegerField(verbose_name='pieces missing')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('state', models.CharField(choices=[('open', 'Being looked for'), ('found', 'Pieces found'), ('missing', 'Written off')], default='open', max_length=10, verbose_name='state')),
                ('reported_at', models.DateTimeField(verbose_name='reported')),
                ('reported_by', models.CharField(max_length=150, verbose_name='reported by')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('closed_by', models.CharField(blank=True, max_length=150, verbose_name='closed by')),
            ],
            options={
                'verbose_name': 'short pick',
                'verbose_name_plural': 'short picks',
                'permissions': [('work_shortpick', 'Say that missing pieces were found'), ('write_off_shortpick', 'Write missing pieces off')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='WarehousePush',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='psh')),
                ('state', models.CharField(choices=[('waiting', 'Waits to be sent'), ('confirmed', 'Confirmed'), ('rejected', 'Rejected'), ('unanswered', 'Unanswered'), ('settled', 'Handed over by hand'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('queued_at', models.DateTimeField(verbose_name='released to be sent')),
                ('next_try_at', models.DateTimeField(null=True, verbose_name='next attempt')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='last sent')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='number at the warehouse')),
                ('last_error', models.CharField(blank=True, max_length=300, verbose_name='what went wrong')),
            ],
            options={
                'verbose_name': 'hand-over to the warehouse system',
                'verbose_name_plural': 'hand-overs to the warehouse system',
                'permissions': [('work_warehousepush', 'Settle hand-overs to the warehouse system')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AlterModelOptions(
            name='order',
            options={'default_permissions': ('view',), 'permissions': [('add_order', 'Enter orders'), ('import_order', 'Import historical orders'), ('decide_order', 'Decide on orders in a check round'), ('hold_order', 'Hold orders'), ('release_order', 'Release holds'), ('cancel_order', 'Cancel orders'), ('change_address', 'Change delivery addresses'), ('mark_paid_order', 'Record payments'), ('allocate_order', 'Choose the warehouse of an order'), ('pick_order', 'Pick orders'), ('pack_order', 'Pack orders'), ('ship_order', 'Ship orders'), ('complete_order', 'Record confirmed receipt'), ('intercept_order', 'Ask carriers to intercept'), ('settle_order', 'Settle orders'), ('reveal_customer', 'See customer data in full')], 'verbose_name': 'order', 'verbose_name_plural': 'orders'},
        ),
        migrations.AddField(
            model_name='pickline',
            name='scanned',
            field=models.PositiveIntegerField(default=0, verbose_name='scanned'),
        ),
        migrations.AddField(
            model_name='pickline',
            name='short',
            field=models.PositiveIntegerField(default=0, verbose_name='not there'),
        ),
        migrations.AddField(
            model_name='picklist',
            name='filters',
            field=models.JSONField(default=dict, verbose_name='chosen by'),
        ),
        migrations.AddField(
            model_name='picklistorder',
            name='bin',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='sort bin'),
        ),
        migrations.AddConstraint(
            model_name='pickline',
            constraint=models.CheckConstraint(condition=models.Q(('scanned__lte', django.db.models.expressions.CombinedExpression(models.F('quantity'), '-', models.F('short')))), name='pickline_not_too_many'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='carrier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.carrier', verbose_name='carrier'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='warehouse',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse', verbose_name='warehouse'),
        ),
        migrations.AddField(
            model_name='allocationrule',
            name='shop',
            field=models.ForeignKey(blank=True, help_text='Empty: all.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='allocationrule',
            name='warehouse',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse', verbose_name='warehouse'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.allocationrule', verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='giftrule',
            name='gift',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='gift'),
        ),
        migrations.AddField(
            model_name='giftrule',
            name='shop',
            field=models.ForeignKey(blank=True, help_text='Empty: all.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='giftrule',
            name='sku',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='bought SKU'),
        ),
        migrations.AddField(
            model_name='ordergift',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gifts', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='ordergift',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.giftrule', verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='ordergift',
            name='sku',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU'),
        ),
        migrations.AddField(
            model_name='packingrule',
            name='category',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='packingrule',
            name='sku',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU'),
        ),
        migrations.AddField(
            model_name='scan',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='orders.order'),
        ),
        migrations.AddField(
            model_name='scan',
            name='pick_list',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='orders.picklist'),
        ),
        migrations.AddField(
            model_name='scan',
            name='sku',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU'),
        ),
        migrations.AddField(
            model_name='shortpick',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='shortpick',
            name='pick_line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shorts', to='orders.pickline'),
        ),
        migrations.AddField(
            model_name='shortpick',
            name='sku',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU'),
        ),
        migrations.AddField(
            model_name='shortpick',
            name='warehouse',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse', verbose_name='warehouse'),
        ),
        migrations.AddField(
            model_name='warehousepush',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='push', to='orders.order', verbose_name='order'),
        ),
        migrations.AddIndex(
            model_name='allocationrule',
            index=models.Index(fields=['priority', 'id'], name='allocationrule_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationrule',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='d3422d0fae6aef7266be364e9ab922162e55d024', operation='UPDATE', pgid='pgtrigger_touch_f65e9', table='orders_allocationrule', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='allocation',
            index=models.Index(models.F('order'), models.OrderBy(models.F('id'), descending=True), name='allocation_of_order'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('order',), name='allocation_one_current'),
        ),
        migrations.AddConstraint(
            model_name='giftrule',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='giftrule_of_something'),
        ),
        migrations.AddConstraint(
            model_name='giftrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_until'))), name='giftrule_from_before_until'),
        ),
        migrations.AddConstraint(
            model_name='giftrule',
            constraint=models.CheckConstraint(condition=models.Q(('spend_from__isnull', False), ('sku__isnull', False), _connector='OR'), name='giftrule_has_a_condition'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='giftrule',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='5b72c80b9e7a12f70d9fd76649aaa5099404dbe2', operation='UPDATE', pgid='pgtrigger_touch_71c7c', table='orders_giftrule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ordergift',
            constraint=models.UniqueConstraint(fields=('order', 'rule'), name='ordergift_once'),
        ),
        migrations.AddConstraint(
            model_name='packingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', False), ('sku', None)), models.Q(('category', None), ('sku__isnull', False)), _connector='OR'), name='packingrule_sku_or_category'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packingrule',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='be821332ca15b0cc79799d43bb5180da2660c525', operation='UPDATE', pgid='pgtrigger_touch_bb91e', table='orders_packingrule', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='scan',
            index=models.Index(models.F('pick_list'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('step', 'pick')), name='scan_of_list'),
        ),
        migrations.AddIndex(
            model_name='scan',
            index=models.Index(models.F('order'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('step', 'pack')), name='scan_of_order'),
        ),
        migrations.AddIndex(
            model_name='shortpick',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['order'], name='shortpick_open'),
        ),
        migrations.AddConstraint(
            model_name='shortpick',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='shortpick_of_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shortpick',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='484d675af871bf7b82e6ea6b0300c87bba18c8ea', operation='UPDATE', pgid='pgtrigger_touch_5c45b', table='orders_shortpick', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='warehousepush',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='push_due'),
        ),
        migrations.AddIndex(
            model_name='warehousepush',
            index=models.Index(fields=['state', '-id'], name='push_state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warehousepush',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='5557b98f412f05b9136340e82d182cefa67f51c2', operation='UPDATE', pgid='pgtrigger_touch_2ec77', table='orders_warehousepush', when='BEFORE')),
        ),
    ]
