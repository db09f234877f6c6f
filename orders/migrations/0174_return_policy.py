

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0182_sold_out'),
        ('orders', '0173_times'),
    ]

    operations = [
        migrations.AddField(
            model_name='returnevidence',
            name='shows',
            field=models.CharField(choices=[('fault', 'The fault (photo or video)'), ('damage', 'The damage'), ('package', 'The parcel as it came, with its waybill'), ('item', 'The article that came'), ('label', 'The label or model number'), ('other', 'Something else')], default='other', max_length=10, verbose_name='shows'),
        ),
        migrations.AddField(
            model_name='returnline',
            name='policy',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.returnpolicy', verbose_name='return policy'),
        ),
        migrations.AddField(
            model_name='returnpolicy',
            name='author',
            field=models.CharField(blank=True, max_length=150, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='returnpolicy',
            name='freight',
            field=models.CharField(choices=[('customer', 'The customer'), ('fault', 'The shop if it is at fault, else the customer'), ('shop', 'The shop')], default='fault', max_length=10, verbose_name='way back paid by'),
        ),
        migrations.AddField(
            model_name='returnpolicy',
            name='from_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='in force from'),
        ),
        migrations.AddField(
            model_name='returnpolicy',
            name='notices',
            field=models.TextField(blank=True, max_length=1000, verbose_name='to be noted'),
        ),
        migrations.AddField(
            model_name='returnpolicy',
            name='process',
            field=models.TextField(blank=True, max_length=1000, verbose_name='process'),
        ),
        migrations.AlterField(
            model_name='returnpolicy',
            name='category',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AlterField(
            model_name='returnpolicy',
            name='clause',
            field=models.TextField(max_length=1000, verbose_name='conditions'),
        ),
        migrations.AddConstraint(
            model_name='returnpolicy',
            constraint=models.UniqueConstraint(fields=('category', 'from_at'), name='returnpolicy_one_from', nulls_distinct=False),
        ),
    ]
