

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0175_improvements'),
        ('catalog', '0182_sold_out'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustomerContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('channel', models.CharField(choices=[('phone', 'Phone'), ('chat', 'Chat'), ('sms', 'Text message'), ('email', 'E-mail'), ('shop', "The shop's own system")], max_length=10, verbose_name='channel')),
                ('outcome', models.CharField(choices=[('verified', 'Verified'), ('waiting', 'Asked, answer to come'), ('unreachable', 'Not reached')], max_length=20, verbose_name='outcome')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name="customer's answer")),
                ('corrected', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='corrected')),
            ],
            options={
                'verbose_name': 'contact with the customer',
                'verbose_name_plural': 'contacts with the customer',
                'ordering': ('id',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OrderComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.CharField(max_length=150, verbose_name='by')),
                ('result', models.CharField(choices=[('checked', 'Checked'), ('held', 'Held')], max_length=10, verbose_name='result')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('product', 'Product name'), ('specification', 'Specification'), ('quantity', 'Quantity'), ('price', 'Price'), ('address', 'Delivery address'), ('contact', 'Contact')], max_length=20), size=None, verbose_name='compared')),
                ('differing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('product', 'Product name'), ('specification', 'Specification'), ('quantity', 'Quantity'), ('price', 'Price'), ('address', 'Delivery address'), ('contact', 'Contact')], max_length=20), default=list, size=None, verbose_name='differing')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
            ],
            options={
                'verbose_name': 'comparison',
                'verbose_name_plural': 'comparisons',
                'ordering': ('id',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DueOrder',
            fields=[
            ],
            options={
                'verbose_name': 'order due',
                'verbose_name_plural': 'orders by time left',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('orders.order',),
        ),
        migrations.CreateModel(
            name='UnpaidOrder',
            fields=[
            ],
            options={
                'verbose_name': 'unpaid order',
                'verbose_name_plural': 'unpaid orders',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('orders.order',),
        ),
        migrations.AlterModelOptions(
            name='order',
            options={'default_permissions': ('view',), 'permissions': [('add_order', 'Enter orders'), ('import_order', 'Import historical orders'), ('decide_order', 'Decide on orders in a check round'), ('hold_order', 'Hold orders'), ('release_order', 'Release holds'), ('cancel_order', 'Cancel orders'), ('change_address', 'Change delivery addresses'), ('mark_paid_order', 'Record payments'), ('contact_order', 'Ask customers about held orders'), ('promise_order', 'Set promised ship times'), ('pick_order', 'Pick orders'), ('pack_order', 'Pack orders'), ('ship_order', 'Ship orders'), ('complete_order', 'Record confirmed receipt'), ('intercept_order', 'Ask carriers to intercept'), ('settle_order', 'Settle orders'), ('reveal_customer', 'See customer data in full')], 'verbose_name': 'order', 'verbose_name_plural': 'orders'},
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='order_process_by',
        ),
        migrations.AddField(
            model_name='deliveryaddress',
            name='written',
            field=models.JSONField(default=dict, verbose_name='as written'),
        ),
        migrations.AddField(
            model_name='order',
            name='promised_by',
            field=models.DateTimeField(null=True, verbose_name='promised ship time'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='listing_revision',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.listingrevision', verbose_name='listing'),
        ),
        migrations.AlterField(
            model_name='order',
            name='customer',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.customer', verbose_name='customer'),
        ),
        migrations.AlterField(
            model_name='ordercheck',
            name='code',
            field=models.CharField(choices=[('stock', 'Stock'), ('payment', 'Payment'), ('address', 'Delivery address'), ('contact', 'Contact'), ('price', 'Price'), ('risk', 'Unusual signs')], max_length=20, verbose_name='check'),
        ),
        migrations.AddField(
            model_name='order',
            name='due_by',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Least('process_by', 'promised_by'), output_field=models.DateTimeField(null=True), verbose_name='due by'),
        ),
        migrations.AddIndex(
            model_name='deliveryaddress',
            index=models.Index(fields=['phone', '-order'], name='address_phone'),
        ),
        migrations.AddIndex(
            model_name='deliveryaddress',
            index=models.Index(django.db.models.functions.text.MD5('street'), models.OrderBy(models.F('order'), descending=True), name='address_street'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['customer', '-id'], name='order_customer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('payment_status', 'unpaid'), ('status__in', ['pending', 'processing', 'ready_to_ship'])), fields=['-id'], name='order_unpaid'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('due_by__isnull', False), ('status__in', ['pending', 'processing', 'ready_to_ship'])), fields=['due_by', 'id'], name='order_due_by'),
        ),
        migrations.AddField(
            model_name='customercontact',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='customer_contacts', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='ordercomparison',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comparisons', to='orders.order', verbose_name='order'),
        ),
    ]
