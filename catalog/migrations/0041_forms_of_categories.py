"""Required attributes of categories become fields of their forms; barcodes in revisions become searchable."""

from django.db import migrations


def to_fields(apps, schema_editor):
    Category = apps.get_model("catalog", "Category")
    CategoryAttribute = apps.get_model("catalog", "CategoryAttribute")
    CategoryAttribute.objects.bulk_create(
        CategoryAttribute(category=category, name=name, is_required=True, rank=rank)
        for category in Category.objects.exclude(required_attributes=[])
        for rank, name in enumerate(category.required_attributes, start=1)
    )


def to_names(apps, schema_editor):
    Category = apps.get_model("catalog", "Category")
    for category in Category.objects.filter(attributes__is_required=True).distinct():
        fields = category.attributes.filter(is_required=True).order_by("rank", "id")
        Category.objects.filter(pk=category.pk).update(required_attributes=list(fields.values_list("name", flat=True)))


FILL_BARCODES = """
    UPDATE catalog_listingrevision r SET barcodes = found.codes
    FROM (
        SELECT id, array_agg(sku ->> 'barcode') AS codes
        FROM catalog_listingrevision, jsonb_array_elements(skus) AS sku
        WHERE sku ->> 'barcode' <> '' GROUP BY id
    ) AS found
    WHERE found.id = r.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0040_entry"),
    ]

    operations = [
        migrations.RunPython(to_fields, to_names),
        migrations.RunSQL(FILL_BARCODES, migrations.RunSQL.noop),
    ]
