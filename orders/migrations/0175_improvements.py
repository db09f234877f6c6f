

import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0174_return_policy'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnImprovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='rim')),
                ('kind', models.CharField(choices=[('sku', 'SKU'), ('supplier', 'Supplier'), ('reason', 'Reason'), ('carrier', 'Carrier'), ('revision', 'Listing revision')], max_length=10, verbose_name='kind')),
                ('key', models.CharField(max_length=120, verbose_name='of')),
                ('state', models.CharField(choices=[('open', 'Measure wanted'), ('watched', 'Being watched'), ('improved', 'Improved'), ('not_improved', 'Not improved')], default='open', max_length=12, verbose_name='state')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('shipped', models.PositiveIntegerField(verbose_name='pieces shipped')),
                ('returned', models.PositiveIntegerField(verbose_name='pieces returned')),
                ('limit_percent', models.PositiveSmallIntegerField(verbose_name='limit (percent)')),
                ('due_at', models.DateTimeField(verbose_name='measure by')),
                ('measure', models.TextField(blank=True, max_length=1000, verbose_name='measure')),
                ('measured_by', models.CharField(blank=True, max_length=150, verbose_name='decided by')),
                ('watched_from', models.DateTimeField(null=True, verbose_name='watched from')),
                ('judge_at', models.DateTimeField(null=True, verbose_name='judged on')),
                ('shipped_after', models.PositiveIntegerField(null=True, verbose_name='pieces shipped afterwards')),
                ('returned_after', models.PositiveIntegerField(null=True, verbose_name='pieces returned afterwards')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'improvement',
                'verbose_name_plural': 'improvements',
                'permissions': [('improve_return', 'Decide on measures against returns')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('shipped_at__isnull', False)), fields=['shipped_at'], name='order_shipped'),
        ),
        migrations.AddIndex(
            model_name='returnimprovement',
            index=models.Index(condition=models.Q(('state', 'watched')), fields=['judge_at'], name='improvement_to_judge'),
        ),
        migrations.AddIndex(
            model_name='returnimprovement',
            index=models.Index(fields=['key'], name='improvement_key_prefix', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='returnimprovement',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('kind', 'key'), name='improvement_one_open'),
        ),
        migrations.AddConstraint(
            model_name='returnimprovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'watched'), _negated=True), ('judge_at__isnull', False), _connector='OR'), name='improvement_watched_until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='returnimprovement',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='96e868a27e7b47984c759a6a8287548b1f91331b', operation='UPDATE', pgid='pgtrigger_touch_66a91', table='orders_returnimprovement', when='BEFORE')),
        ),
    ]
