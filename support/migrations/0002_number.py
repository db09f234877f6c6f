from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("support", "0001_tickets")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE support_ticket_number", "DROP SEQUENCE support_ticket_number"),
    ]
