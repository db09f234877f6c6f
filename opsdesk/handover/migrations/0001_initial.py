

import django.db.models.deletion
import django.db.models.functions.datetime
import opsdesk.common.records
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('inbox', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandoverNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False)),
                ('xid', opsdesk.common.records.TransactionIdField(db_default=opsdesk.common.records.CurrentTransactionId(), editable=False)),
                ('public_id', opsdesk.common.records.PublicIdField(prefix='hov')),
                ('desk', models.CharField(choices=[('operations_manager', 'Operations manager'), ('operations_supervisor', 'Operations supervisor'), ('product_supervisor', 'Product supervisor'), ('product_specialist', 'Product specialist'), ('customer_service', 'Customer service agent'), ('designer', 'Designer'), ('marketing', 'Marketing specialist'), ('warehouse', 'Warehouse staff'), ('finance', 'Finance'), ('purchasing', 'Purchasing'), ('logistics', 'Logistics'), ('technical', 'Technical support'), ('on_site', 'On-site staff'), ('auditor', 'Auditor'), ('sysadmin', 'System administrator')], max_length=30, verbose_name='desk')),
                ('state', models.CharField(choices=[('given', 'Waiting for the next shift'), ('accepted', 'Taken over'), ('sent_back', 'Sent back')], default='given', max_length=10, verbose_name='state')),
                ('given_at', models.DateTimeField(verbose_name='handed over')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('more', models.PositiveIntegerField(default=0, verbose_name='open beyond these')),
                ('accept_by', models.DateTimeField(verbose_name='take over until')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed over by')),
            ],
            options={
                'verbose_name': 'shift handover',
                'verbose_name_plural': 'shift handovers',
                'permissions': [('oversee_handovernote', 'See the handovers of all desks'), ('give_handovernote', 'Hand over a shift'), ('accept_handovernote', 'Take over a shift')],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='HandoverLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('claimed', models.BooleanField(verbose_name='was in work')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inbox.workitem', verbose_name='work')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='handover.handovernote')),
            ],
            options={
                'verbose_name': 'line of a handover',
                'verbose_name_plural': 'lines of a handover',
                'ordering': ('due_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='handovernote',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'given')), fields=('desk', 'given_by'), name='handover_one_waiting'),
        ),
        migrations.AddConstraint(
            model_name='handovernote',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', models.F('given_by')), _negated=True), name='handover_two_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handovernote',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;', hash='c886e2fc0064dc3ace3d462eb95b7c13505c4ef3', operation='UPDATE', pgid='pgtrigger_touch_df4b1', table='handover_handovernote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.UniqueConstraint(fields=('note', 'item'), name='handover_item_once'),
        ),
    ]
