/* NAME.metadata.json as it comes with NAME.csv, the data of a chart of Our World in Data:
 * the chart, and the columns with its figures. Entity, Code, Year or Day it does not
 * speak of. */
#include <stdio.h>
#include <string.h>

#include "import/json_reading.h"
#include "import/metadata_build.h"
#include "import/text_list.h"

static bool is_numeric(const char *type)
{
    static const char *const types[] = {"Numeric", "Integer",  "Percentage",
                                        "Ratio",   "Currency", "DecimalPercentage"};
    for (size_t i = 0; i < sizeof types / sizeof types[0] && type != NULL; i++)
        if (strcmp(types[i], type) == 0)
            return true;
    return false;
}

/* A column is headed by its name, or in another way of downloading by its short name. */
static void add_column(json_reading *r, const char *name, const json_t *json,
                       up_metadata_table *table)
{
    up_metadata_column *column;
    char where[JSON_WHERE_SIZE];
    snprintf(where, sizeof where, "columns.%s", name);
    up_reading_spend(r, sizeof *column + sizeof(column_reader));
    if (up_reading_failed(r))
        return;
    const char *type = up_reading_text(r, json, where, "type");
    up_reading_keep(r, up_metadata_add_column(
                           table, up_datatype_base(is_numeric(type) ? "number" : "any"),
                           &column, r->err));
    if (up_reading_failed(r))
        return;
    if (is_numeric(type)) {
        column->type = UP_TYPE_NUMBER;
        column->role = UP_ROLE_MEASURE;
    }
    const char *short_name = up_reading_text(r, json, where, "shortName");
    up_reading_set_text(r, &column->name, name);
    up_reading_set_text(r, &column->type_name, type);
    up_reading_add_text(r, &column->titles, name);
    if (short_name != NULL)
        up_reading_add_text(r, &column->titles, short_name);
    up_reading_take_text(r, json, where, "titleShort", &column->title);
    up_reading_take_text(r, json, where, "descriptionShort", &column->description);
    up_reading_take_text(r, json, where, "unit", &column->unit);
    up_reading_take_text(r, json, where, "shortUnit", &column->short_unit);
}

static void add_columns(json_reading *r, const json_t *columns, up_metadata_table *table)
{
    const char *name;
    json_t *column;
    json_object_foreach((json_t *)columns, name, column)
    {
        if (json_is_object(column))
            add_column(r, name, column, table);
        else
            up_reading_remark_type(r, "columns", name, column, "an object");
        if (up_reading_failed(r))
            return;
    }
}

/* The sources as the chart cites them; without that as its first column does. */
static void add_source(json_reading *r, const json_t *root, up_metadata_table *table)
{
    up_metadata_reference *source;
    const json_t *chart = json_object_get(root, "chart");
    const char *citation = up_reading_text(r, chart, "chart", "citation");
    const char *name;
    json_t *column;
    json_object_foreach(json_object_get(root, "columns"), name, column)
    {
        if (citation == NULL)
            citation = up_reading_text(r, column, "columns", "citationShort");
    }
    if (up_reading_failed(r))
        return;
    up_reading_keep(r, up_metadata_add_reference(&table->sources, &table->source_count,
                                                 &source, r->err));
    if (up_reading_failed(r))
        return;
    up_reading_set_text(r, &source->title,
                        citation != NULL ? citation : "Our World in Data");
    up_reading_set_text(r, &source->publisher, "Our World in Data");
    up_reading_take_text(r, chart, "chart", "originalChartUrl", &source->url);
}

/* "life-expectancy.csv" for "life-expectancy.metadata.json" */
static void take_path(json_reading *r, up_metadata_table *table)
{
    static const char ending[] = ".metadata.json";
    const char *slash = strrchr(r->source, '/');
    const char *name = slash != NULL ? slash + 1 : r->source;
    size_t length = strlen(name), tail = strlen(ending);
    up_buffer path = {0};
    if (length > tail && strcmp(name + length - tail, ending) == 0)
        length -= tail;
    up_buffer_add_bytes(&path, name, length);
    up_buffer_add(&path, ".csv");
    up_reading_keep(r, up_buffer_check(&path, r->err));
    up_reading_set_text(r, &table->stated_path, up_buffer_text(&path));
    up_buffer_release(&path);
}

up_status up_chart_to_metadata(const json_t *root, const char *source,
                               up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    json_reading r = {.source = source, .remarks = remarks, .err = err};
    const json_t *chart = json_object_get(root, "chart");
    up_metadata_table *table;
    up_reading_take_text(&r, chart, "chart", "title", &metadata->title);
    up_reading_take_text(&r, chart, "chart", "subtitle", &metadata->description);
    if (!up_reading_failed(&r))
        up_reading_keep(&r, up_metadata_add_table(metadata, &table, err));
    if (up_reading_failed(&r))
        return r.status;
    table->is_partial = true;
    take_path(&r, table);
    up_reading_take_text(&r, chart, "chart", "title", &table->title);
    add_source(&r, root, table);
    add_columns(&r, json_object_get(root, "columns"), table);
    return r.status;
}
