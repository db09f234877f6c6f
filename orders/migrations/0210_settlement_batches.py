

import django.contrib.postgres.fields
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
        ('orders', '0200_carriers'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='contactattempt',
            name='outcome',
            field=models.CharField(choices=[('received', 'Received'), ('not_received', 'Not received'), ('wants_return', 'Wants to return'), ('unreachable', 'Not reached'), ('call_back', 'Call back at an agreed time')], max_length=20, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='contacttask',
            name='outcome',
            field=models.CharField(blank=True, choices=[('received', 'Received'), ('not_received', 'Not received'), ('wants_return', 'Wants to return'), ('unreachable', 'Not reached'), ('call_back', 'Call back at an agreed time')], max_length=20, verbose_name='outcome'),
        ),
        migrations.CreateModel(
            name='SatisfactionContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='sat')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'To contact'), ('follow_up', 'To be put right'), ('closed', 'Closed')], default='planned', max_length=10, verbose_name='state')),
                ('ask_at', models.DateTimeField(null=True, verbose_name='ask at')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('outcome', models.CharField(blank=True, choices=[('satisfied', 'Satisfied'), ('complaint', 'Complaint'), ('not_reached', 'Not reached')], max_length=20, verbose_name='outcome')),
                ('stars', models.PositiveSmallIntegerField(null=True, verbose_name='stars')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('answered_by', models.CharField(blank=True, max_length=150, verbose_name='recorded by')),
                ('remedy', models.CharField(blank=True, max_length=500, verbose_name='what was done')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('closed_by', models.CharField(blank=True, max_length=150, verbose_name='closed by')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='satisfaction', to='orders.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'satisfaction contact',
                'verbose_name_plural': 'satisfaction contacts',
                'permissions': [('work_satisfactioncontact', 'Ask customers whether they are satisfied'), ('remedy_satisfactioncontact', 'Put complaints of satisfaction contacts right')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SettlementBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='stb')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='number')),
                ('state', models.CharField(choices=[('open', 'Open'), ('checked', 'Checked'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='state')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('goods', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='goods')),
                ('shop_discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='discount borne by the shop')),
                ('platform_discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='discount borne by the platform')),
                ('freight', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='freight')),
                ('prepaid', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='paid for cancelled orders')),
                ('refunds', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='refunds')),
                ('compensation', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='compensation')),
                ('adjustment', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='adjustments')),
                ('amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=16, verbose_name='net amount')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('made_by', models.CharField(max_length=150, verbose_name='made by')),
                ('hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('compared_at', models.DateTimeField(null=True, verbose_name='compared with the statement')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='checked')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
                ('closer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'settlement of a period',
                'verbose_name_plural': 'settlements of periods',
                'permissions': [('check_settlementbatch', 'Make and check settlements of periods'), ('close_settlementbatch', 'Close settlements of periods')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SettlementRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sale', 'Completed order'), ('refund', 'Refund'), ('compensation', 'Compensation'), ('adjustment', 'Adjustment')], max_length=20, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('goods', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='goods')),
                ('shop_discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='discount borne by the shop')),
                ('platform_discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='discount borne by the platform')),
                ('freight', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='freight')),
                ('prepaid', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='paid for a cancelled order')),
                ('refunds', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='refund')),
                ('compensation', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='compensation')),
                ('adjustment', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='adjustment')),
                ('amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='net amount')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='orders.settlementbatch', verbose_name='settlement of a period')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order', verbose_name='order')),
                ('refund', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='row', to='orders.refund', verbose_name='refund')),
                ('settlement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='row', to='orders.settlement', verbose_name='settlement')),
            ],
            options={
                'verbose_name': 'settlement row',
                'verbose_name_plural': 'settlement rows',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='StatementDifference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='dif')),
                ('external_id', models.CharField(max_length=100, verbose_name='platform number')),
                ('kind', models.CharField(choices=[('missing_here', 'Not in our settlement'), ('missing_there', "Not in the platform's statement"), ('amount_differs', 'Amounts differ')], max_length=20, verbose_name='kind')),
                ('state', models.CharField(choices=[('open', 'Open'), ('resolved', 'Resolved'), ('agreed', 'Agrees by now')], default='open', max_length=10, verbose_name='state')),
                ('ours', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='our amount')),
                ('theirs', models.DecimalField(decimal_places=2, max_digits=12, verbose_name="the platform's amount")),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='resolved')),
                ('resolved_by', models.CharField(blank=True, max_length=150, verbose_name='resolved by')),
                ('adjustment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.settlementrow', verbose_name='adjustment')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='orders.settlementbatch', verbose_name='settlement of a period')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'difference from the statement',
                'verbose_name_plural': 'differences from the statement',
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=100, verbose_name='platform number')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount received')),
                ('fee', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='fee')),
                ('subsidy', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='discount borne by the platform')),
                ('day', models.DateField(verbose_name='day')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='orders.settlementbatch', verbose_name='settlement of a period')),
            ],
            options={
                'verbose_name': 'line of the statement',
                'verbose_name_plural': 'lines of the statement',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReviewInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='inv')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('withheld', 'Withheld')], default='waiting', max_length=10, verbose_name='state')),
                ('due_at', models.DateTimeField(null=True, verbose_name='due')),
                ('give_up_at', models.DateTimeField(verbose_name='not later than')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='orders.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'review invitation',
                'verbose_name_plural': 'review invitations',
                'abstract': False,
                'default_permissions': ('view',),
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='invitation_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('sent_at', None), ('state', 'waiting')), models.Q(('due_at', None), ('sent_at__isnull', False), ('state', 'sent')), models.Q(('due_at', None), ('sent_at', None), ('state', 'withheld')), _connector='OR'), name='invitation_sent_when')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewinvitation',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='76eae1688dd698dddd111665d5e989ab512ddc19', operation='UPDATE', pgid='pgtrigger_touch_0dda1', table='orders_reviewinvitation', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='satisfactioncontact',
            index=models.Index(condition=models.Q(('ask_at__isnull', False), ('state__in', ['planned', 'open'])), fields=['ask_at'], name='satisfaction_due'),
        ),
        migrations.AddConstraint(
            model_name='satisfactioncontact',
            constraint=models.CheckConstraint(condition=models.Q(('stars', None), models.Q(('stars__gte', 1), ('stars__lte', 5)), _connector='OR'), name='satisfaction_stars'),
        ),
        migrations.AddConstraint(
            model_name='satisfactioncontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='satisfaction_closed_with_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='satisfactioncontact',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='d7df1dcde223b76d4687b114f5f10530a1f87319', operation='UPDATE', pgid='pgtrigger_touch_c5195', table='orders_satisfactioncontact', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='settlementbatch',
            index=models.Index(fields=['shop', '-ends_on'], name='batch_newest'),
        ),
        migrations.AddConstraint(
            model_name='settlementbatch',
            constraint=models.UniqueConstraint(fields=('shop', 'starts_on'), name='batch_start_once'),
        ),
        migrations.AddConstraint(
            model_name='settlementbatch',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='batch_of_days'),
        ),
        migrations.AddConstraint(
            model_name='settlementbatch',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('goods'), '-', models.F('shop_discount')), '+', models.F('freight')), '+', models.F('prepaid')), '-', models.F('refunds')), '-', models.F('compensation')), '+', models.F('adjustment')))), name='batch_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='settlementbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checker', None), ('closed_at', None), ('closer', None), ('state', 'open')), models.Q(('checker__isnull', False), ('closed_at', None), ('closer', None), ('state', 'checked')), models.Q(('closed_at__isnull', False), ('closer__isnull', False), ('state', 'closed'), models.Q(('closer', models.F('checker')), _negated=True), models.Q(('hands__contains', [models.F('closer')]), _negated=True)), _connector='OR'), name='batch_closed_by_a_second_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlementbatch',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='ac0cfbad7b031ec7648b3f2862b073b374c2dbad', operation='UPDATE', pgid='pgtrigger_touch_543ca', table='orders_settlementbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlementbatch',
            trigger=pgtrigger.compiler.Trigger(name='sums_agree', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.goods, NEW.shop_discount, NEW.platform_discount, NEW.freight, NEW.prepaid, NEW.refunds, NEW.compensation, NEW.adjustment, NEW.amount) <> (SELECT coalesce(sum(goods), 0), coalesce(sum(shop_discount), 0), coalesce(sum(platform_discount), 0), coalesce(sum(freight), 0), coalesce(sum(prepaid), 0), coalesce(sum(refunds), 0), coalesce(sum(compensation), 0), coalesce(sum(adjustment), 0), coalesce(sum(amount), 0) FROM orders_settlementrow WHERE batch_id = NEW.id) THEN RAISE EXCEPTION 'the totals of a settlement are not the sums of its rows' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;", hash='1afa3ec3bde73ba45d283d7684947bae24f87e47', operation='UPDATE', pgid='pgtrigger_sums_agree_72603', table='orders_settlementbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlementbatch',
            trigger=pgtrigger.compiler.Trigger(name='closed_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'closed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ead245acfc412fd37471fe94736c993b84098021', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_for_good_fb928', table='orders_settlementbatch', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='settlementrow',
            index=models.Index(fields=['batch', '-id'], name='row_of_batch'),
        ),
        migrations.AddConstraint(
            model_name='settlementrow',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('goods'), '-', models.F('shop_discount')), '+', models.F('freight')), '+', models.F('prepaid')), '-', models.F('refunds')), '-', models.F('compensation')), '+', models.F('adjustment')))), name='row_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='settlementrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'sale'), ('refund', None), ('settlement__isnull', False)), models.Q(('kind__in', ['refund', 'compensation']), ('refund__isnull', False), ('settlement', None)), models.Q(('kind', 'adjustment'), ('refund', None), ('settlement', None), models.Q(('note', ''), _negated=True)), _connector='OR'), name='row_of_one_thing'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlementrow',
            trigger=pgtrigger.compiler.Trigger(name='only_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE batch RECORD;', func="FOR batch IN SELECT state FROM orders_settlementbatch WHERE id IN (NEW.batch_id, OLD.batch_id) FOR SHARE LOOP IF batch.state <> 'open' THEN RAISE EXCEPTION 'the settlement is no longer open' USING ERRCODE = 'check_violation'; END IF; END LOOP; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='b187d737bf343f1165e0505052fa4593d76b0991', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_open_a3e33', table='orders_settlementrow', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='statementdifference',
            index=models.Index(fields=['external_id'], name='difference_prefix', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='statementdifference',
            index=models.Index(fields=['batch', '-id'], name='difference_of_batch'),
        ),
        migrations.AddIndex(
            model_name='statementdifference',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['batch'], name='difference_open'),
        ),
        migrations.AddConstraint(
            model_name='statementdifference',
            constraint=models.UniqueConstraint(fields=('batch', 'external_id'), name='difference_once'),
        ),
        migrations.AddConstraint(
            model_name='statementdifference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', False), ('state', 'resolved'), models.Q(('reason', ''), _negated=True)), models.Q(('state', 'resolved'), _negated=True), _connector='OR'), name='difference_resolved_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementdifference',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='8a13440bb80de488479f11fab1e39ba74c6c1d64', operation='UPDATE', pgid='pgtrigger_touch_a3277', table='orders_statementdifference', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementdifference',
            trigger=pgtrigger.compiler.Trigger(name='only_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE batch RECORD;', func="FOR batch IN SELECT state FROM orders_settlementbatch WHERE id IN (NEW.batch_id, OLD.batch_id) FOR SHARE LOOP IF batch.state <> 'open' THEN RAISE EXCEPTION 'the settlement is no longer open' USING ERRCODE = 'check_violation'; END IF; END LOOP; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='efbc6af0d21ea3c7f6d2763fd7be5fef24685c70', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_open_28c0b', table='orders_statementdifference', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('batch', 'external_id'), name='statement_line_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementline',
            trigger=pgtrigger.compiler.Trigger(name='only_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE batch RECORD;', func="FOR batch IN SELECT state FROM orders_settlementbatch WHERE id IN (NEW.batch_id, OLD.batch_id) FOR SHARE LOOP IF batch.state <> 'open' THEN RAISE EXCEPTION 'the settlement is no longer open' USING ERRCODE = 'check_violation'; END IF; END LOOP; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='319f7cbab66c616d8304fdb0c11010362a50b8c8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_open_a0319', table='orders_statementline', when='BEFORE')),
        ),
    ]
