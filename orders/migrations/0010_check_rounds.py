

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_order_number'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='rnd')),
                ('day', models.DateField(verbose_name='day')),
                ('slot', models.CharField(choices=[('09:00', '09:00'), ('14:00', '14:00'), ('18:00', '18:00')], max_length=5, verbose_name='time')),
                ('desk', models.CharField(choices=[('product_specialist', 'Product specialist'), ('customer_service', 'Customer service')], max_length=20, verbose_name='desk')),
                ('state', models.CharField(choices=[('scheduled', 'Scheduled'), ('open', 'Open'), ('late', 'Late'), ('signed_off', 'Signed off'), ('missed', 'Missed')], default='scheduled', max_length=12, verbose_name='state')),
                ('late', models.BooleanField(default=False, verbose_name='late')),
                ('expected_at', models.DateTimeField(verbose_name='expected')),
                ('sign_by', models.DateTimeField(verbose_name='sign by')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                ('missed_at', models.DateTimeField(null=True, verbose_name='missed')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='signed')),
            ],
            options={
                'verbose_name': 'check round',
                'verbose_name_plural': 'check rounds',
                'permissions': [('sign_checkround', 'Sign check rounds')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CheckRoundItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rolled_over', models.BooleanField(default=False, verbose_name='rolled over')),
                ('rolled_on_at', models.DateTimeField(null=True, verbose_name='rolled on')),
                ('decision', models.CharField(blank=True, choices=[('release', 'Release'), ('hold', 'Hold'), ('cancel', 'Cancel'), ('later', 'Leave for the next round')], max_length=10, verbose_name='decision')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('decided_by', models.CharField(blank=True, max_length=150, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'order of a check round',
                'verbose_name_plural': 'orders of a check round',
                'default_permissions': (),
            },
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='order_process_by',
        ),
        migrations.AddField(
            model_name='order',
            name='overdue_at',
            field=models.DateTimeField(null=True, verbose_name='overdue since'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('overdue_at__isnull', True), ('process_by__isnull', False), ('status__in', ['pending', 'processing', 'ready_to_ship'])), fields=['process_by'], name='order_process_by'),
        ),
        migrations.AddField(
            model_name='checkround',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='checkround',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by'),
        ),
        migrations.AddField(
            model_name='checkrounditem',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='round_items', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='checkrounditem',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='orders.checkround'),
        ),
        migrations.AddIndex(
            model_name='checkround',
            index=models.Index(condition=models.Q(('state__in', ['open', 'late'])), fields=['sign_by'], name='checkround_unsigned'),
        ),
        migrations.AddIndex(
            model_name='checkround',
            index=models.Index(fields=['shop', '-expected_at'], name='checkround_of_shop'),
        ),
        migrations.AddConstraint(
            model_name='checkround',
            constraint=models.UniqueConstraint(fields=('shop', 'day', 'slot'), name='checkround_one_a_slot'),
        ),
        migrations.AddConstraint(
            model_name='checkround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed_off'), _negated=True), ('signed_at__isnull', False), _connector='OR'), name='checkround_signed_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkround',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='f3176e150aa0027dadf4c08421e1a1e0d1782812', operation='UPDATE', pgid='pgtrigger_touch_4769a', table='orders_checkround', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='checkrounditem',
            constraint=models.UniqueConstraint(fields=('round', 'order'), name='checkround_item_once'),
        ),
    ]
