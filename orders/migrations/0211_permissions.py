

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0210_settlement_batches'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='order',
            options={'default_permissions': ('view',), 'permissions': [('add_order', 'Enter orders'), ('import_order', 'Import historical orders'), ('decide_order', 'Decide on orders in a check round'), ('hold_order', 'Hold orders'), ('release_order', 'Release holds'), ('cancel_order', 'Cancel orders'), ('change_address', 'Change delivery addresses'), ('mark_paid_order', 'Record payments'), ('allocate_order', 'Choose the warehouse of an order'), ('contact_order', 'Ask customers about held orders'), ('promise_order', 'Set promised ship times'), ('pick_order', 'Pick orders'), ('pack_order', 'Pack orders'), ('ship_order', 'Ship orders'), ('complete_order', 'Record confirmed receipt'), ('intercept_order', 'Ask carriers to intercept'), ('settle_order', 'Settle orders'), ('reveal_customer', 'See customer data in full')], 'verbose_name': 'order', 'verbose_name_plural': 'orders'},
        ),
    ]
