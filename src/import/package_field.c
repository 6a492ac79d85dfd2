#include <stdio.h>
#include <string.h>

#include "import/package.h"
#include "import/text_list.h"
#include "text/words.h"

enum { MOST_TEXTS = 100 };

/* --- Types and formats -------------------------------------------------------------- */

static const struct {
    const char *name, *base;
    up_metadata_type type;
} field_types[] = {
    {"string", "string", UP_TYPE_STRING},
    {"number", "number", UP_TYPE_NUMBER},
    {"integer", "integer", UP_TYPE_INTEGER},
    {"boolean", "boolean", UP_TYPE_BOOLEAN},
    {"date", "date", UP_TYPE_DATE},
    {"time", "time", UP_TYPE_TIME},
    {"datetime", "dateTime", UP_TYPE_DATETIME},
    {"year", "gYear", UP_TYPE_YEAR},
    {"yearmonth", "gYearMonth", UP_TYPE_YEARMONTH},
    {"any", "any", UP_TYPE_UNSTATED},
    {"duration", "duration", UP_TYPE_OTHER},
    {"object", "json", UP_TYPE_OTHER},
    {"array", "json", UP_TYPE_OTHER},
    {"list", "string", UP_TYPE_OTHER},
    {"geopoint", "string", UP_TYPE_OTHER},
    {"geojson", "json", UP_TYPE_OTHER},
};

static void take_type(json_reading *r, const json_t *field, const char *where,
                      up_metadata_column *column)
{
    const char *name = up_reading_text(r, field, where, "type");
    column_reader *reader = up_metadata_reader(column);
    if (name == NULL)
        return;
    up_reading_set_text(r, &column->type_name, name);
    for (size_t i = 0; i < sizeof field_types / sizeof field_types[0]; i++)
        if (strcmp(field_types[i].name, name) == 0) {
            up_datatype_init(&reader->type, up_datatype_base(field_types[i].base));
            column->type = field_types[i].type;
            if (column->type == UP_TYPE_YEAR) /* 476 is one to its authors */
                reader->type.moment.tokens[0].width = 1;
            return;
        }
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                   "%s.type '%.*s' is not a type of fields and is not used", where,
                   up_words_shown(name), name);
}

static void take_mark(json_reading *r, const json_t *field, const char *where,
                      const char *key, char mark[NUMBER_MARK_SIZE], char *plain)
{
    const char *text = up_reading_text(r, field, where, key);
    if (text == NULL || text[0] == '\0')
        return;
    if (!up_number_set_mark(mark, text))
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.%s '%.*s' cannot be a mark in numbers and is not used", where,
                       key, up_words_shown(text), text);
    else if (text[1] == '\0')
        *plain = text[0];
}

static void take_number_marks(json_reading *r, const json_t *field, const char *where,
                              up_metadata_column *column)
{
    number_format *number = &up_metadata_reader(column)->type.number;
    number->percent = false;
    take_mark(r, field, where, "decimalChar", number->decimal, &column->decimal);
    take_mark(r, field, where, "groupChar", number->group, &column->grouping);
    number->bare = up_reading_flag(r, field, where, "bareNumber", true);
}

void up_package_take_texts(json_reading *r, const json_t *field, const char *where,
                           const char *key, char ***list)
{
    const json_t *items = up_reading_list(r, field, where, key);
    if (json_array_size(items) > MOST_TEXTS)
        up_reading_keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                                       "%s.%s is a list of more than %d texts", where,
                                       key, MOST_TEXTS));
    for (size_t i = 0; i < json_array_size(items) && !up_reading_failed(r); i++) {
        const json_t *item = json_array_get(items, i);
        if (json_is_object(item)) /* v2: {"value": "-99", "label": "…"} */
            item = json_object_get(item, "value");
        const char *text = json_string_value(item);
        if (text == NULL)
            up_reading_remark_type(r, where, key, item, "a list of texts");
        else
            up_reading_add_text(r, list, text);
    }
}

/* "default" is ISO 8601, "any" whatever can be understood; else a pattern of strptime. */
static void take_moment_format(json_reading *r, const char *where, const char *format,
                               up_metadata_column *column)
{
    datatype *type = &up_metadata_reader(column)->type;
    if (strcmp(format, "any") == 0) {
        type->is_plain = true;
        return;
    }
    if (strncmp(format, "fmt:", 4) == 0) /* before v1 */
        format += 4;
    up_error reason = {0};
    if (up_moment_pattern_strptime(format, type->moment.has, &type->moment, &reason) ==
        UP_OK) {
        up_reading_set_text(r, &type->format, format);
        return;
    }
    type->is_plain = true;
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0, "%s.format is not used: %s",
                   where, reason.message);
}

static void take_format(json_reading *r, const json_t *field, const char *where,
                        up_metadata_column *column)
{
    datatype *type = &up_metadata_reader(column)->type;
    const char *format = up_reading_text(r, field, where, "format");
    up_reading_set_text(r, &column->format, format);
    if (type->base->class == CLASS_NUMBER)
        take_number_marks(r, field, where, column);
    if (type->base->class == CLASS_BOOLEAN) {
        up_package_take_texts(r, field, where, "trueValues", &type->truths);
        up_package_take_texts(r, field, where, "falseValues", &type->falsehoods);
    }
    if (type->base->class == CLASS_MOMENT && format != NULL && format[0] != '\0' &&
        strcmp(format, "default") != 0)
        take_moment_format(r, where, format, column);
}

/* The words for true and false are more than in CSV on the Web. */
static void take_usual_truths(json_reading *r, up_metadata_column *column)
{
    static const char *const truths[] = {"true", "True", "TRUE", "1"};
    static const char *const falsehoods[] = {"false", "False", "FALSE", "0"};
    datatype *type = &up_metadata_reader(column)->type;
    bool no_truths = type->truths == NULL, no_falsehoods = type->falsehoods == NULL;
    for (size_t i = 0;
         i < 4 && !up_reading_failed(r) && type->base->class == CLASS_BOOLEAN; i++) {
        if (no_truths)
            up_reading_add_text(r, &type->truths, truths[i]);
        if (no_falsehoods)
            up_reading_add_text(r, &type->falsehoods, falsehoods[i]);
    }
}

/* --- Fields ------------------------------------------------------------------------- */

void up_package_add_field(json_reading *r, const json_t *field, const char *where,
                          up_metadata_table *table, day_count *days)
{
    up_metadata_column *column;
    up_reading_spend(r, sizeof *column + sizeof(column_reader));
    if (up_reading_failed(r))
        return;
    up_reading_keep(r, up_metadata_add_column(table, NULL, &column, r->err));
    if (up_reading_failed(r))
        return;
    up_datatype_init(&up_metadata_reader(column)->type, up_datatype_base("any"));
    up_reading_take_text(r, field, where, "name", &column->name);
    if (column->name[0] == '\0')
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s has no name (it is taken by its place)", where);
    up_reading_take_text(r, field, where, "title", &column->title);
    up_reading_take_text(r, field, where, "description", &column->description);
    up_reading_take_text(r, field, where, "unit", &column->unit);
    take_type(r, field, where, column);
    take_format(r, field, where, column);
    take_usual_truths(r, column);
    up_package_take_texts(r, field, where, "missingValues", &column->missing);
    column->missing_is_given = column->missing != NULL;
    const json_t *constraints = up_reading_object(r, field, where, "constraints");
    char inside[JSON_WHERE_SIZE];
    snprintf(inside, sizeof inside, "%s.constraints", where);
    column->required = up_reading_flag(r, constraints, inside, "required", false);
    up_package_take_owid(r, field, where, column, days);
    if (column->unit[0] != '\0')
        column->role = UP_ROLE_MEASURE;
}
