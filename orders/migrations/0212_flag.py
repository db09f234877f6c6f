

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0211_permissions'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='order',
            options={'default_permissions': ('view',), 'permissions': [('add_order', 'Enter orders'), ('import_order', 'Import historical orders'), ('decide_order', 'Decide on orders in a check round'), ('hold_order', 'Hold orders'), ('release_order', 'Release holds'), ('cancel_order', 'Cancel orders'), ('change_address', 'Change delivery addresses'), ('mark_paid_order', 'Record payments'), ('allocate_order', 'Choose the warehouse of an order'), ('contact_order', 'Ask customers about held orders'), ('note_order', 'Write notes on orders for colleagues'), ('promise_order', 'Set promised ship times'), ('pick_order', 'Pick orders'), ('pack_order', 'Pack orders'), ('ship_order', 'Ship orders'), ('complete_order', 'Record confirmed receipt'), ('intercept_order', 'Ask carriers to intercept'), ('settle_order', 'Settle orders'), ('reveal_customer', 'See customer data in full')], 'verbose_name': 'order', 'verbose_name_plural': 'orders'},
        ),
        migrations.AddField(
            model_name='order',
            name='flag',
            field=models.CharField(blank=True, choices=[('red', 'Red'), ('yellow', 'Yellow'), ('green', 'Green'), ('blue', 'Blue'), ('purple', 'Purple')], max_length=10, verbose_name='flag'),
        ),
    ]
