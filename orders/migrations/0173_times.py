

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0172_refund_failure'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['updated_at'], name='order_updated'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['placed_at'], name='order_placed'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['updated_at'], name='shipment_updated'),
        ),
    ]
