from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0041_forms_of_categories"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="category",
            name="required_attributes",
        ),
    ]
