

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0150_tracking'),
        ('catalog', '0181_product_visits'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='rpo')),
                ('no_reason', models.BooleanField(default=True, verbose_name='7 days without a reason')),
                ('clause', models.TextField(max_length=1000, verbose_name='clause')),
                ('category', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category')),
            ],
            options={
                'verbose_name': 'return policy',
                'verbose_name_plural': 'return policies',
                'abstract': False,
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.CreateModel(
            name='ReturnRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='ret')),
                ('type', models.CharField(choices=[('refund_only', 'Refund only'), ('return_refund', 'Return and refund'), ('exchange', 'Exchange'), ('compensation', 'Compensation')], max_length=20, verbose_name='type')),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('evidence_pending', 'Evidence awaited'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('awaiting_parcel', 'Parcel awaited'), ('in_transit', 'On the way back'), ('received', 'Received'), ('inspected', 'Inspected'), ('settling', 'Being settled'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('disputed', 'Disputed')], default='requested', max_length=20, verbose_name='state')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('asked_by', models.CharField(max_length=150, verbose_name='asked for by')),
                ('requested_at', models.DateTimeField(verbose_name='requested')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('paused_at', models.DateTimeField(null=True, verbose_name='waits for the customer since')),
                ('solution_due', models.DateTimeField(verbose_name='solution by')),
                ('solved_at', models.DateTimeField(null=True, verbose_name='solution given')),
                ('finish_due', models.DateTimeField(verbose_name='finished by, our time')),
                ('strict_due', models.DateTimeField(verbose_name='finished by, strict')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('solution_late_at', models.DateTimeField(null=True, verbose_name='solution late since')),
                ('finish_late_at', models.DateTimeField(null=True, verbose_name='late since')),
                ('refusal', models.CharField(blank=True, max_length=500, verbose_name='why it was rejected')),
                ('clause', models.CharField(blank=True, max_length=300, verbose_name='policy clause')),
                ('tracking_no', models.CharField(blank=True, max_length=32, verbose_name='tracking number')),
                ('carrier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.carrier', verbose_name='carrier')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.order', verbose_name='order')),
                ('replacement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order', verbose_name='exchange order')),
                ('warehouse', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.warehouse', verbose_name='warehouse')),
            ],
            options={
                'verbose_name': 'return',
                'verbose_name_plural': 'returns',
                'permissions': [('add_return', 'Enter returns'), ('decide_return', 'Decide on returns'), ('decide_large_return', 'Decide on returns above the limit'), ('receive_return', 'Receive and inspect returned goods'), ('judge_dispute', 'Decide disputes on returns')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('reason_code', models.CharField(choices=[('no_reason', 'Changed their mind (7 days)'), ('size', 'Size does not fit'), ('colour', 'Colour differs from the picture'), ('not_as_described', 'Not as described'), ('usage', 'Hard to use'), ('quality', 'Quality'), ('damaged', 'Damaged'), ('wrong_item', 'Wrong item sent'), ('missing', 'Pieces missing'), ('not_received', 'Not received'), ('other', 'Other')], max_length=20, verbose_name='reason')),
                ('accepted', models.PositiveIntegerField(null=True, verbose_name='accepted')),
                ('inspection', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partial', 'Partly accepted'), ('rejected', 'Rejected')], max_length=10, verbose_name='inspection')),
                ('disposition', models.CharField(blank=True, choices=[('restock', 'Back into stock'), ('scrap', 'Scrap'), ('supplier', 'Back to the supplier')], max_length=10, verbose_name='disposition')),
                ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.orderline', verbose_name='order line')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.returnrequest')),
            ],
            options={
                'verbose_name': 'returned line',
                'verbose_name_plural': 'returned lines',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReturnEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('added_by', models.CharField(max_length=150, verbose_name='by')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='file')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='orders.returnrequest')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='returnpolicy',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='caa6f17e1c2ecfea34168960eb8c3c0f17040f9f', operation='UPDATE', pgid='pgtrigger_touch_84e73', table='orders_returnpolicy', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='returnrequest',
            index=models.Index(fields=['state', '-id'], name='return_state'),
        ),
        migrations.AddIndex(
            model_name='returnrequest',
            index=models.Index(fields=['xid', 'id'], name='return_feed'),
        ),
        migrations.AddIndex(
            model_name='returnrequest',
            index=models.Index(condition=models.Q(('finished_at', None), ('paused_at', None), ('solution_late_at', None), ('solved_at', None)), fields=['solution_due'], name='return_solution_due'),
        ),
        migrations.AddIndex(
            model_name='returnrequest',
            index=models.Index(condition=models.Q(('finish_late_at', None), ('finished_at', None), ('paused_at', None)), fields=['finish_due'], name='return_finish_due'),
        ),
        migrations.AddConstraint(
            model_name='returnrequest',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='return_amount_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='returnrequest',
            constraint=models.CheckConstraint(condition=models.Q(('replacement', None), models.Q(('replacement', models.F('order')), _negated=True), _connector='OR'), name='return_other_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='returnrequest',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='af8b7842aa2e135a762ba4336df417dc23c99047', operation='UPDATE', pgid='pgtrigger_touch_074ab', table='orders_returnrequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.UniqueConstraint(fields=('request', 'order_line'), name='returnline_once'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='returnline_of_something'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.CheckConstraint(condition=models.Q(('accepted', None), ('accepted__lte', models.F('quantity')), _connector='OR'), name='returnline_accepted_within'),
        ),
    ]
