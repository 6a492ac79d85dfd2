/* Frictionless Data Packages: v1 and v2, older spellings, and what Our World in Data publishes.
 *
 * A list, an object or a path that is of another type is an error: the structure is not what it
 * says. Everything else that is of another type, or missing though required, is passed over
 * with a remark: published packages are seldom quite right. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/json_file.h"
#include "import/metadata_build.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/calendar.h"
#include "uptick/file.h"
#include "uptick/number.h"

enum { WHERE_SIZE = 160, MOST_REFERENCES = 100, MOST_TEXTS = 100 };

/* What all functions here share; the first error stays. */
typedef struct reading {
    const char *source;
    up_remarks *remarks;
    up_error *err;
    up_status status;
    size_t spent; /* see up_metadata_spend */
} reading;

static bool failed(const reading *r)
{
    return r->status != UP_OK;
}

static void keep(reading *r, up_status status)
{
    if (r->status == UP_OK)
        r->status = status;
}

static void spend(reading *r, size_t bytes)
{
    if (!failed(r))
        keep(r, up_metadata_spend(&r->spent, bytes, r->err));
}

static void remark_type(reading *r, const char *where, const char *key,
                        const json_t *found, const char *wanted)
{
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                   "%s%s%s is %s and is not used (wanted %s)", where,
                   where[0] != '\0' ? "." : "", key, up_json_type(found), wanted);
}

static void fail_type(reading *r, const char *where, const char *key, const json_t *found,
                      const char *wanted)
{
    keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0, "%s%s%s is %s (wanted %s)",
                        where, where[0] != '\0' && key[0] != '\0' ? "." : "", key,
                        up_json_type(found), wanted));
}

/* A text under a key, or NULL; null is as good as nothing. */
static const char *get_text(reading *r, const json_t *object, const char *where,
                            const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return NULL;
    if (!json_is_string(value)) {
        remark_type(r, where, key, value, "a text");
        return NULL;
    }
    return json_string_value(value);
}

static bool get_flag(reading *r, const json_t *object, const char *where, const char *key,
                     bool otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return otherwise;
    if (!json_is_boolean(value)) {
        remark_type(r, where, key, value, "true or false");
        return otherwise;
    }
    return json_is_true(value);
}

/* A list under a key, or NULL; a text alone is a remark. */
static const json_t *get_list(reading *r, const json_t *object, const char *where,
                              const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value) || json_is_array(value))
        return json_is_array(value) ? value : NULL;
    remark_type(r, where, key, value, "a list");
    return NULL;
}

static const json_t *get_object(reading *r, const json_t *object, const char *where,
                                const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value) || json_is_object(value))
        return json_is_object(value) ? value : NULL;
    remark_type(r, where, key, value, "an object");
    return NULL;
}

static void set_text(reading *r, char **slot, const char *text)
{
    if (text != NULL)
        spend(r, strlen(text));
    if (text != NULL && !failed(r))
        keep(r, up_replace_text(slot, text, r->err));
}

static void add_text(reading *r, char ***list, const char *text)
{
    spend(r, sizeof text + strlen(text));
    if (!failed(r))
        keep(r, up_text_list_add(list, text, strlen(text), r->err));
}

static void take_text(reading *r, const json_t *object, const char *where,
                      const char *key, char **slot)
{
    set_text(r, slot, get_text(r, object, where, key));
}

/* The first of several spellings of a key that is there. */
static void take_first_text(reading *r, const json_t *object, const char *where,
                            const char *const keys[], char **slot)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *text = get_text(r, object, where, keys[i]);
        if (text != NULL && text[0] != '\0') {
            set_text(r, slot, text);
            return;
        }
    }
}

/* --- Sources and licences -------------------------------------------------------------- */

static void add_reference(reading *r, const json_t *item, const char *where,
                          up_metadata_reference **list, size_t *count)
{
    static const char *const names[] = {"name", "id", "type", NULL};
    static const char *const urls[] = {"path", "url", "link", "web", NULL};
    up_metadata_reference *reference;
    if (!json_is_object(item) && !json_is_string(item)) {
        remark_type(r, where, "", item, "an object");
        return;
    }
    if (*count == MOST_REFERENCES)
        return;
    keep(r, up_metadata_add_reference(list, count, &reference, r->err));
    if (failed(r))
        return;
    if (json_is_string(item)) {
        set_text(r, &reference->name, json_string_value(item));
        return;
    }
    take_first_text(r, item, where, names, &reference->name);
    take_first_text(r, item, where, urls, &reference->url);
    take_text(r, item, where, "title", &reference->title);
    take_text(r, item, where, "dataPublishedBy", &reference->publisher);
}

static void add_references(reading *r, const json_t *object, const char *where,
                           const char *key, up_metadata_reference **list, size_t *count)
{
    const json_t *items = get_list(r, object, where, key);
    for (size_t i = 0; i < json_array_size(items) && !failed(r); i++) {
        char inside[WHERE_SIZE];
        snprintf(inside, sizeof inside, "%s%s%s[%zu]", where, where[0] != '\0' ? "." : "",
                 key, i);
        add_reference(r, json_array_get(items, i), inside, list, count);
    }
}

static void add_licences(reading *r, const json_t *object, const char *where,
                         up_metadata_table *table)
{
    const json_t *single = json_object_get(object, "license");
    add_references(r, object, where, "licenses", &table->licences, &table->licence_count);
    if (table->licence_count == 0 && single != NULL && !json_is_null(single))
        add_reference(r, single, "license", &table->licences, &table->licence_count);
}

/* A source without a title has its name for one: Our World in Data. */
static void note_untitled_sources(reading *r, const up_metadata_table *table)
{
    for (size_t i = 0; i < table->source_count; i++)
        if (table->sources[i].title[0] == '\0') {
            up_remarks_add(r->remarks, UP_NOTE, r->source, 0,
                           "a source has no title (its name is taken)");
            return;
        }
}

static void add_notes(reading *r, const json_t *object, const char *where,
                      up_metadata_table *table)
{
    const json_t *sources = json_object_get(object, "sources");
    for (size_t i = 0; i < json_array_size(sources) && i < MOST_REFERENCES; i++) {
        const char *text =
            get_text(r, json_array_get(sources, i), where, "additionalInfo");
        if (text != NULL && text[0] != '\0' && !up_text_list_has(table->notes, text))
            add_text(r, &table->notes, text);
    }
}

/* --- Dialect --------------------------------------------------------------------------- */

static void take_character(reading *r, const json_t *dialect, const char *where,
                           const char *key, char *slot)
{
    const char *text = get_text(r, dialect, where, key);
    if (text == NULL)
        return;
    if (strcmp(text, "\\t") == 0)
        text = "\t";
    if (text[0] == '\0' || text[1] != '\0' || (unsigned char)text[0] >= 0x80 ||
        strchr("\r\n", text[0]) != NULL)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.%s '%.*s' is not one ASCII character and is not used", where,
                       key, up_words_shown(text), text);
    else
        *slot = text[0];
}

/* headerRows of v2: the numbers of the header's records, from 1. */
static void take_header_rows(reading *r, const json_t *dialect, const char *where,
                             up_dialect *out)
{
    const json_t *rows = get_list(r, dialect, where, "headerRows");
    if (json_array_size(rows) == 0)
        return;
    json_int_t first = json_integer_value(json_array_get(rows, 0));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!json_is_integer(row) || first < 1 || first > 1000000 ||
            json_integer_value(row) != first + (json_int_t)i) {
            up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                           "%s.headerRows are not rows that follow each other and are "
                           "not used",
                           where);
            return;
        }
    }
    out->has_preamble = out->has_headers = true;
    out->preamble = (size_t)first - 1;
    out->headers = json_array_size(rows);
}

static void take_dialect(reading *r, const json_t *resource, const char *parent,
                         up_dialect *out)
{
    const json_t *dialect = get_object(r, resource, parent, "dialect");
    char where[WHERE_SIZE];
    snprintf(where, sizeof where, "%s.dialect", parent);
    if (dialect == NULL)
        return;
    take_character(r, dialect, where, "delimiter", &out->delimiter);
    take_character(r, dialect, where, "quoteChar", &out->quote);
    take_character(r, dialect, where, "commentChar", &out->comment);
    out->skip_initial_space = get_flag(r, dialect, where, "skipInitialSpace", false);
    if (json_object_get(dialect, "header") != NULL) {
        out->has_headers = true;
        out->headers = get_flag(r, dialect, where, "header", true) ? 1 : 0;
    }
    if (!out->has_headers || out->headers > 0)
        take_header_rows(r, dialect, where, out);
}

/* --- Fields ---------------------------------------------------------------------------- */

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

static void take_type(reading *r, const json_t *field, const char *where,
                      up_metadata_column *column)
{
    const char *name = get_text(r, field, where, "type");
    column_reader *reader = up_metadata_reader(column);
    if (name == NULL)
        return;
    set_text(r, &column->type_name, name);
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

static void take_mark(reading *r, const json_t *field, const char *where, const char *key,
                      char mark[NUMBER_MARK_SIZE], char *plain)
{
    const char *text = get_text(r, field, where, key);
    if (text == NULL || text[0] == '\0')
        return;
    if (!up_number_set_mark(mark, text))
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.%s '%.*s' cannot be a mark in numbers and is not used", where,
                       key, up_words_shown(text), text);
    else if (text[1] == '\0')
        *plain = text[0];
}

static void take_number_marks(reading *r, const json_t *field, const char *where,
                              up_metadata_column *column)
{
    number_format *number = &up_metadata_reader(column)->type.number;
    number->percent = false;
    take_mark(r, field, where, "decimalChar", number->decimal, &column->decimal);
    take_mark(r, field, where, "groupChar", number->group, &column->grouping);
    number->bare = get_flag(r, field, where, "bareNumber", true);
}

static void take_texts(reading *r, const json_t *field, const char *where,
                       const char *key, char ***list)
{
    const json_t *items = get_list(r, field, where, key);
    if (json_array_size(items) > MOST_TEXTS)
        keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                            "%s.%s is a list of more than %d texts", where, key,
                            MOST_TEXTS));
    for (size_t i = 0; i < json_array_size(items) && !failed(r); i++) {
        const json_t *item = json_array_get(items, i);
        if (json_is_object(item)) /* v2: {"value": "-99", "label": "…"} */
            item = json_object_get(item, "value");
        const char *text = json_string_value(item);
        if (text == NULL)
            remark_type(r, where, key, item, "a list of texts");
        else
            add_text(r, list, text);
    }
}

/* "default" is ISO 8601, "any" whatever can be understood; else a pattern of strptime. */
static void take_moment_format(reading *r, const char *where, const char *format,
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
        set_text(r, &type->format, format);
        return;
    }
    type->is_plain = true;
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0, "%s.format is not used: %s",
                   where, reason.message);
}

static void take_format(reading *r, const json_t *field, const char *where,
                        up_metadata_column *column)
{
    datatype *type = &up_metadata_reader(column)->type;
    const char *format = get_text(r, field, where, "format");
    set_text(r, &column->format, format);
    if (type->base->class == CLASS_NUMBER)
        take_number_marks(r, field, where, column);
    if (type->base->class == CLASS_BOOLEAN) {
        take_texts(r, field, where, "trueValues", &type->truths);
        take_texts(r, field, where, "falseValues", &type->falsehoods);
    }
    if (type->base->class == CLASS_MOMENT && format != NULL && format[0] != '\0' &&
        strcmp(format, "default") != 0)
        take_moment_format(r, where, format, column);
}

/* The words for true and false are more than in CSV on the Web. */
static void take_usual_truths(reading *r, up_metadata_column *column)
{
    static const char *const truths[] = {"true", "True", "TRUE", "1"};
    static const char *const falsehoods[] = {"false", "False", "FALSE", "0"};
    datatype *type = &up_metadata_reader(column)->type;
    bool no_truths = type->truths == NULL, no_falsehoods = type->falsehoods == NULL;
    for (size_t i = 0; i < 4 && !failed(r) && type->base->class == CLASS_BOOLEAN; i++) {
        if (no_truths)
            add_text(r, &type->truths, truths[i]);
        if (no_falsehoods)
            add_text(r, &type->falsehoods, falsehoods[i]);
    }
}

/* --- Our World in Data ----------------------------------------------------------------- */

/* Days are counted from here when zeroDay is not stated. */
static const up_date owid_zero_day = {2020, 1, 21};

/* The settings are an object, or JSON in a text. *own is a reference to release. */
static const json_t *owid_settings(reading *r, const json_t *field, const char *where,
                                   json_t **own)
{
    const json_t *value = json_object_get(field, "owidDisplaySettings");
    *own = NULL;
    if (value == NULL || json_is_null(value) || json_is_object(value))
        return json_is_object(value) ? value : NULL;
    const char *text = json_string_value(value);
    if (text != NULL && text[0] == '\0')
        return NULL;
    up_error reason = {0};
    if (text == NULL) {
        remark_type(r, where, "owidDisplaySettings", value, "an object");
    } else if (up_json_parse(text, strlen(text), "", own, &reason) != UP_OK ||
               !json_is_object(*own)) {
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.owidDisplaySettings is not an object and is not used%s%s",
                       where, reason.message[0] != '\0' ? ": " : "", reason.message);
        json_decref(*own);
        *own = NULL;
    }
    return *own;
}

static bool read_zero_day(const char *text, int64_t *day)
{
    moment_pattern iso;
    moment when;
    up_moment_pattern_iso(HAS_YEAR | HAS_MONTH | HAS_DAY, &iso);
    if (up_moment_read(&iso, text, &when) != NULL)
        return false;
    *day = up_date_to_days((up_date){when.year, when.month, when.day});
    return true;
}

/* When the column `Year` of a table holds days. */
typedef struct day_count {
    bool given;
    int64_t zero_day;
} day_count;

static void take_day_count(reading *r, const json_t *settings, const char *where,
                           day_count *days)
{
    int64_t zero = up_date_to_days(owid_zero_day);
    if (!get_flag(r, settings, where, "yearIsDay", false))
        return;
    const char *text = get_text(r, settings, where, "zeroDay");
    if (text == NULL)
        up_remarks_add(r->remarks, UP_NOTE, r->source, 0,
                       "%s: years are days, but zeroDay is missing (2020-01-21 is taken)",
                       where);
    else if (!read_zero_day(text, &zero)) {
        keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                            "%s.zeroDay '%.*s' is not a date (wanted one such as "
                            "2020-01-21)",
                            where, up_words_shown(text), text));
        return;
    }
    if (days->given && days->zero_day != zero)
        keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                            "%s.zeroDay is another day than that of a field before it, "
                            "but they have one column of days",
                            where));
    days->given = true;
    days->zero_day = zero;
}

/* A number, or a number in a text, as exact text. */
static void take_number_text(reading *r, const json_t *object, const char *where,
                             const char *key, char **slot)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return;
    char text[UP_NUMBER_SIZE] = "";
    up_decimal number;
    if (json_is_number(value))
        up_number_format(json_number_value(value), text);
    const char *written = json_is_string(value) ? json_string_value(value) : text;
    if (up_decimal_parse(written, &number, NULL) == UP_OK)
        set_text(r, slot, written);
    else
        remark_type(r, where, key, value, "a number");
}

static void take_decimals(reading *r, const json_t *object, const char *where, int *slot)
{
    const json_t *value = json_object_get(object, "numDecimalPlaces");
    if (value == NULL || json_is_null(value))
        return;
    json_int_t places = json_integer_value(value);
    if (json_is_integer(value) && places >= 0 && places <= 20)
        *slot = (int)places;
    else
        remark_type(r, where, "numDecimalPlaces", value, "a whole number from 0 to 20");
}

static void take_owid(reading *r, const json_t *field, const char *parent,
                      up_metadata_column *column, day_count *days)
{
    json_t *own;
    const json_t *settings = owid_settings(r, field, parent, &own);
    char where[WHERE_SIZE];
    snprintf(where, sizeof where, "%s.owidDisplaySettings", parent);
    if (settings != NULL) {
        take_text(r, settings, where, "name", &column->title);
        take_text(r, settings, where, "unit", &column->unit);
        take_text(r, settings, where, "shortUnit", &column->short_unit);
        take_number_text(r, settings, where, "conversionFactor",
                         &column->conversion_factor);
        take_decimals(r, settings, where, &column->decimals);
        take_day_count(r, settings, where, days);
    }
    json_decref(own);
}

/* --- Schema ---------------------------------------------------------------------------- */

static void add_field(reading *r, const json_t *field, const char *where,
                      up_metadata_table *table, day_count *days)
{
    up_metadata_column *column;
    spend(r, sizeof *column + sizeof(column_reader));
    if (failed(r))
        return;
    keep(r, up_metadata_add_column(table, NULL, &column, r->err));
    if (failed(r))
        return;
    up_datatype_init(&up_metadata_reader(column)->type, up_datatype_base("any"));
    take_text(r, field, where, "name", &column->name);
    if (column->name[0] == '\0')
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s has no name (it is taken by its place)", where);
    take_text(r, field, where, "title", &column->title);
    take_text(r, field, where, "description", &column->description);
    take_text(r, field, where, "unit", &column->unit);
    take_type(r, field, where, column);
    take_format(r, field, where, column);
    take_usual_truths(r, column);
    take_texts(r, field, where, "missingValues", &column->missing);
    column->missing_is_given = column->missing != NULL;
    const json_t *constraints = get_object(r, field, where, "constraints");
    char inside[WHERE_SIZE];
    snprintf(inside, sizeof inside, "%s.constraints", where);
    column->required = get_flag(r, constraints, inside, "required", false);
    take_owid(r, field, where, column, days);
    if (column->unit[0] != '\0')
        column->role = UP_ROLE_MEASURE;
}

static void share_missing_values(reading *r, const json_t *schema, const char *where,
                                 up_metadata_table *table)
{
    bool given = json_is_array(json_object_get(schema, "missingValues"));
    for (size_t i = 0; i < table->column_count && given && !failed(r); i++) {
        up_metadata_column *column = &table->columns[i];
        if (column->missing_is_given)
            continue;
        /* what is wrong with the list is said once */
        reading quiet = {.err = r->err};
        take_texts(i == 0 ? r : &quiet, schema, where, "missingValues", &column->missing);
        keep(r, quiet.status);
        column->missing_is_given = column->missing != NULL;
    }
}

static void mark_key(reading *r, const char *name, up_metadata_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0) {
            table->columns[i].in_primary_key = true;
            return;
        }
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                   "the primary key has a field '%.*s' that is not there",
                   up_words_shown(name), name);
}

static void take_primary_key(reading *r, const json_t *schema, const char *where,
                             up_metadata_table *table)
{
    enum { MOST_KEYS = 100 };
    const json_t *key = json_object_get(schema, "primaryKey");
    if (key == NULL || json_is_null(key))
        return;
    if (json_is_string(key)) {
        mark_key(r, json_string_value(key), table);
    } else if (json_is_array(key) && json_array_size(key) <= MOST_KEYS) {
        for (size_t i = 0; i < json_array_size(key); i++) {
            const json_t *name = json_array_get(key, i);
            if (json_is_string(name))
                mark_key(r, json_string_value(name), table);
            else
                remark_type(r, where, "primaryKey", name, "names of fields");
        }
    } else {
        remark_type(r, where, "primaryKey", key, "names of fields");
    }
}

/* The years that are days: of the column called so. */
static void share_day_count(reading *r, const day_count *days, up_metadata_table *table)
{
    for (size_t i = 0; i < table->column_count && days->given; i++) {
        up_metadata_column *column = &table->columns[i];
        if (column->type != UP_TYPE_YEAR && strcmp(column->name, "Year") != 0)
            continue;
        column->is_days_since = true;
        column->zero_day = days->zero_day;
        return;
    }
    if (days->given && !failed(r))
        keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                            "years are days (yearIsDay), but no field is a year"));
}

static void take_fields(reading *r, const json_t *schema, const char *where,
                        up_metadata_table *table)
{
    const json_t *fields = json_object_get(schema, "fields");
    day_count days = {0};
    if (!json_is_array(fields)) {
        fail_type(r, where, "fields", fields, "a list");
        return;
    }
    for (size_t i = 0; i < json_array_size(fields) && !failed(r); i++) {
        char inside[WHERE_SIZE];
        snprintf(inside, sizeof inside, "%s.fields[%zu]", where, i);
        const json_t *field = json_array_get(fields, i);
        if (json_is_object(field))
            add_field(r, field, inside, table, &days);
        else
            fail_type(r, inside, "", field, "an object");
    }
    share_missing_values(r, schema, where, table);
    take_primary_key(r, schema, where, table);
    share_day_count(r, &days, table);
}

/* A schema is an object, or the path of a file with one. *own is a reference to release. */
static const json_t *find_schema(reading *r, const json_t *resource, const char *where,
                                 json_t **own)
{
    const json_t *schema = json_object_get(resource, "schema");
    *own = NULL;
    if (schema == NULL || json_is_null(schema) || json_is_object(schema))
        return json_is_object(schema) ? schema : NULL;
    if (!json_is_string(schema)) {
        fail_type(r, where, "schema", schema, "an object, or the path of a file");
        return NULL;
    }
    char *path = NULL;
    keep(r, up_metadata_follow(r->source, json_string_value(schema), &path, r->remarks,
                               r->err));
    bool there = path != NULL && up_file_exists(path);
    if (path != NULL && !there)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.schema is not used: there is no file %s", where, path);
    if (there && !failed(r))
        keep(r, up_json_read(path, own, r->err));
    if (*own != NULL && !json_is_object(*own))
        keep(r, up_error_at(r->err, UP_BAD_DATA, path, 0,
                            "not an object (wanted a Table "
                            "Schema)"));
    free(path);
    return *own;
}

/* --- Resources ------------------------------------------------------------------------- */

static void take_resource(reading *r, const json_t *package, const json_t *resource,
                          const char *where, const char *path, up_metadata_table *table)
{
    set_text(r, &table->stated_path, path);
    take_text(r, resource, where, "name", &table->name);
    take_text(r, resource, where, "title", &table->title);
    take_text(r, resource, where, "description", &table->description);
    take_text(r, resource, where, "encoding", &table->encoding);
    if (table->name[0] == '\0')
        up_remarks_add(r->remarks, UP_NOTE, r->source, 0,
                       "%s has no name (its path stands for it)", where);
    take_dialect(r, resource, where, &table->dialect);
    add_references(r, resource, where, "sources", &table->sources, &table->source_count);
    if (table->source_count == 0)
        add_references(r, package, "", "sources", &table->sources, &table->source_count);
    note_untitled_sources(r, table);
    add_licences(r, resource, where, table);
    if (table->licence_count == 0)
        add_licences(r, package, "", table);
    add_notes(r, resource, where, table);
    add_notes(r, package, "", table);
    json_t *own;
    const json_t *schema = find_schema(r, resource, where, &own);
    char inside[WHERE_SIZE];
    snprintf(inside, sizeof inside, "%s.schema", where);
    if (schema != NULL && !failed(r))
        take_fields(r, schema, inside, table);
    json_decref(own);
}

/* Each part of a table in several files is a table of its own. */
static void add_resource(reading *r, const json_t *package, const json_t *resource,
                         const char *where, up_metadata *metadata)
{
    const json_t *path = json_object_get(resource, "path");
    size_t parts = json_is_array(path) ? json_array_size(path) : 1;
    if (path == NULL || json_is_null(path)) {
        bool inlined = json_object_get(resource, "data") != NULL;
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       inlined ? "%s has its data in itself and is not read"
                               : "%s has no path and is not read",
                       where);
        return;
    }
    if (parts > 1)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s has its data in %zu files, each is taken as a table", where,
                       parts);
    for (size_t i = 0; i < parts && !failed(r); i++) {
        const json_t *part = json_is_array(path) ? json_array_get(path, i) : path;
        up_metadata_table *table;
        if (!json_is_string(part)) {
            fail_type(r, where, "path", part, "a text");
            return;
        }
        keep(r, up_metadata_add_table(metadata, &table, r->err));
        if (!failed(r))
            take_resource(r, package, resource, where, json_string_value(part), table);
    }
}

up_status up_package_to_metadata(const json_t *root, const char *source,
                                 up_metadata *metadata, up_remarks *remarks,
                                 up_error *err)
{
    reading r = {.source = source, .remarks = remarks, .err = err};
    const json_t *resources = json_object_get(root, "resources");
    take_text(&r, root, "", "title", &metadata->title);
    take_text(&r, root, "", "description", &metadata->description);
    if (!json_is_array(resources))
        fail_type(&r, "", "resources", resources, "a list");
    for (size_t i = 0; i < json_array_size(resources) && !failed(&r); i++) {
        char where[WHERE_SIZE];
        snprintf(where, sizeof where, "resources[%zu]", i);
        const json_t *resource = json_array_get(resources, i);
        if (json_is_object(resource))
            add_resource(&r, root, resource, where, metadata);
        else
            fail_type(&r, where, "", resource, "an object");
    }
    return r.status;
}
