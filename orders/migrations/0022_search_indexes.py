

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0021_refunds'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['external_id'], name='order_external_prefix', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['reference'], name='settlement_reference', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['tracking_no'], name='shipment_tracking_prefix', opclasses=['varchar_pattern_ops']),
        ),
    ]
