

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0020_fulfilment'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='ref')),
                ('state', models.CharField(choices=[('awaiting_approval', 'Awaiting approval'), ('to_pay', 'To pay'), ('succeeded', 'Paid'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], max_length=20, verbose_name='state')),
                ('source', models.CharField(choices=[('cancellation', 'Order cancelled'), ('return', 'Goods returned'), ('compensation', 'Compensation'), ('correction', 'Correction'), ('platform', 'Refunded by the platform')], max_length=20, verbose_name='for')),
                ('source_id', models.CharField(blank=True, max_length=40)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('asked_by', models.CharField(max_length=150, verbose_name='asked for by')),
                ('approved_by', models.CharField(blank=True, max_length=150, verbose_name='approved by')),
                ('due_at', models.DateTimeField(verbose_name='pay by')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='payment reference')),
                ('failure', models.CharField(blank=True, max_length=300, verbose_name='why it failed')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='paid at')),
                ('paid_by', models.CharField(blank=True, max_length=150, verbose_name='paid by')),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
                'permissions': [('approve_refund', 'Approve refunds above the limit'), ('pay_refund', 'Pay refunds')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_refunds_within_paid',
        ),
        migrations.AddField(
            model_name='order',
            name='owed_amount',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='refunds under way'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('owed_amount__gte', 0), ('refunded_amount__gte', 0), ('refunded_amount__lte', django.db.models.expressions.CombinedExpression(models.F('paid_amount'), '-', models.F('owed_amount')))), name='order_refunds_within_paid'),
        ),
        migrations.AddField(
            model_name='refund',
            name='approver',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='orders.order', verbose_name='order'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['state', '-id'], name='refund_state'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['xid', 'id'], name='refund_feed'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_of_something'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('approver', None), models.Q(('approver', models.F('author')), _negated=True), _connector='OR'), name='refund_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('state', 'succeeded')), models.Q(models.Q(('state', 'succeeded'), _negated=True), ('paid_at', None)), _connector='OR'), name='refund_paid_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='0e91760ebc8f4e4bdd81bb121f6ff5f296e1142b', operation='UPDATE', pgid='pgtrigger_touch_072b5', table='orders_refund', when='BEFORE')),
        ),
    ]
