

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0171_return_number'),
    ]

    operations = [
        migrations.AlterField(
            model_name='refund',
            name='failure',
            field=models.CharField(blank=True, max_length=500, verbose_name='why it failed'),
        ),
    ]
