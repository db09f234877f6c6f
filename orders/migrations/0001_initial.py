

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='cus')),
                ('external_id', models.CharField(max_length=100)),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop')),
            ],
            options={
                'verbose_name': 'customer',
                'verbose_name_plural': 'customers',
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='ord')),
                ('external_id', models.CharField(max_length=100, verbose_name='platform number')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('sale', 'Sale'), ('credit', 'Credit note')], default='sale', max_length=10, verbose_name='kind')),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('processing', 'Processing'), ('ready_to_ship', 'Ready to ship'), ('shipped', 'Shipped'), ('completed', 'Completed'), ('cancelled', 'Cancelled')], default='pending', max_length=20, verbose_name='status')),
                ('payment_status', models.CharField(choices=[('unpaid', 'Unpaid'), ('paid', 'Paid'), ('cod', 'Cash on delivery'), ('partially_refunded', 'Partially refunded'), ('refunded', 'Refunded')], max_length=20, verbose_name='payment')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('goods_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='goods')),
                ('discount_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='discount')),
                ('freight_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='freight')),
                ('payable_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='payable')),
                ('paid_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='paid')),
                ('refunded_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='refunded')),
                ('payment_method', models.CharField(blank=True, max_length=40, verbose_name='payment method')),
                ('payment_reference', models.CharField(blank=True, max_length=100, verbose_name='payment reference')),
                ('coupons', models.JSONField(default=list, verbose_name='coupons')),
                ('buyer_note', models.TextField(blank=True, verbose_name="buyer's note")),
                ('seller_note', models.TextField(blank=True, verbose_name="seller's note")),
                ('is_test', models.BooleanField(default=False, verbose_name='test order')),
                ('historical', models.BooleanField(default=False, verbose_name='historical')),
                ('intake_prints', models.JSONField(default=dict)),
                ('placed_at', models.DateTimeField(verbose_name='placed')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='paid at')),
                ('released_at', models.DateTimeField(null=True, verbose_name='released')),
                ('ready_at', models.DateTimeField(null=True, verbose_name='ready')),
                ('shipped_at', models.DateTimeField(null=True, verbose_name='shipped')),
                ('completed_at', models.DateTimeField(null=True, verbose_name='completed')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled')),
                ('process_by', models.DateTimeField(null=True, verbose_name='hand over by')),
                ('confirm_by', models.DateTimeField(null=True, verbose_name='confirm by')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.customer', verbose_name='customer')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'permissions': [('add_order', 'Enter orders'), ('import_order', 'Import historical orders'), ('decide_order', 'Decide on orders in a check round'), ('hold_order', 'Hold orders'), ('release_order', 'Release holds'), ('cancel_order', 'Cancel orders'), ('change_address', 'Change delivery addresses'), ('mark_paid_order', 'Record payments'), ('pick_order', 'Pick orders'), ('pack_order', 'Pack orders'), ('ship_order', 'Ship orders'), ('complete_order', 'Record confirmed receipt'), ('intercept_order', 'Ask carriers to intercept'), ('settle_order', 'Settle orders'), ('reveal_customer', 'See customer data in full')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='DeliveryAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(blank=True, max_length=100, verbose_name='recipient')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('province', models.CharField(blank=True, max_length=60, verbose_name='province')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('district', models.CharField(blank=True, max_length=60, verbose_name='district')),
                ('street', models.CharField(blank=True, max_length=300, verbose_name='street')),
                ('postal_code', models.CharField(blank=True, max_length=12, verbose_name='postal code')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='address', to='orders.order')),
            ],
            options={
                'verbose_name': 'delivery address',
                'verbose_name_plural': 'delivery addresses',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OrderCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('stock', 'Stock'), ('payment', 'Payment'), ('address', 'Delivery address'), ('contact', 'Contact'), ('price', 'Price')], max_length=20, verbose_name='check')),
                ('result', models.CharField(choices=[('ok', 'OK'), ('doubtful', 'Doubtful'), ('failed', 'Failed')], max_length=10, verbose_name='result')),
                ('detail', models.JSONField(default=dict, verbose_name='detail')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='orders.order')),
            ],
            options={
                'verbose_name': 'check',
                'verbose_name_plural': 'checks',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OrderHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('awaiting_payment', 'Awaiting payment'), ('address', 'Address incomplete'), ('contact', 'Contact incomplete'), ('stock', 'Out of stock'), ('risk', 'Risk'), ('price', 'Price'), ('duplicate', 'Possible duplicate'), ('customer_question', 'Question to the customer'), ('other', 'Other')], max_length=20, verbose_name='code')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('opened_by', models.CharField(max_length=150, verbose_name='by')),
                ('released_at', models.DateTimeField(null=True, verbose_name='released')),
                ('released_by', models.CharField(blank=True, max_length=150, verbose_name='released by')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='orders.order')),
            ],
            options={
                'verbose_name': 'hold',
                'verbose_name_plural': 'holds',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('sku_code', models.CharField(max_length=60, verbose_name='SKU')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('options', models.JSONField(default=dict, verbose_name='options')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='unit price')),
                ('discount_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='discount')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.order')),
                ('sku', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU')),
            ],
            options={
                'verbose_name': 'order line',
                'verbose_name_plural': 'order lines',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(fields=('shop', 'external_id'), name='customer_once_a_shop'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customer',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='e3c509ac85ae1d36bbb10865b26425b270e56560', operation='UPDATE', pgid='pgtrigger_touch_911c6', table='orders_customer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['status', '-id'], name='order_status'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['shop', '-id'], name='order_shop'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['xid', 'id'], name='order_feed'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('process_by__isnull', False), ('status__in', ['pending', 'processing', 'ready_to_ship'])), fields=['process_by'], name='order_process_by'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('confirm_by__isnull', False), ('status', 'shipped')), fields=['confirm_by'], name='order_confirm_by'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(fields=('shop', 'external_id'), name='order_once_a_shop'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('payable_amount__gte', 0)), name='order_payable_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_amount__gte', 0), ('refunded_amount__lte', models.F('paid_amount'))), name='order_refunds_within_paid'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='e723ac1ec8ea99bf23a5d2062530bfa20872b2b1', operation='UPDATE', pgid='pgtrigger_touch_43750', table='orders_order', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ordercheck',
            constraint=models.UniqueConstraint(fields=('order', 'code'), name='ordercheck_once'),
        ),
        migrations.AddConstraint(
            model_name='orderhold',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('order', 'code'), name='hold_one_open'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='orderline_position'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='orderline_of_something'),
        ),
    ]
