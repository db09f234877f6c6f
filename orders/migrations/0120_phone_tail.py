

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0022_search_indexes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='deliveryaddress',
            index=models.Index(django.db.models.functions.text.Right('phone', 4), models.OrderBy(models.F('order'), descending=True), name='address_phone_tail'),
        ),
    ]
