

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0182_sold_out'),
        ('orders', '0170_returns'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='returnrequest',
            index=models.Index(fields=['tracking_no'], name='return_tracking_no', opclasses=['varchar_pattern_ops']),
        ),
    ]
