#include "import/csvw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/csvw_vocabulary.h"
#include "import/metadata_build.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/number.h"

enum { WHERE_SIZE = 160, MOST_TABLES = 1000, MOST_COLUMNS = 20000, MOST_KEYS = 100 };
enum { MOST_FOREIGN_KEYS = 1000, MOST_EXPRESSIONS = 200, MOST_WARNINGS = 200 };

/* What all functions here share. */
typedef struct reading {
    const char *source;
    csvw_group *group;
    up_remarks *remarks;
    up_error *err;
    /* A type, a key said once may be handed on to every column, so these are counted. */
    size_t spent, warnings, expressions, foreign_keys;
} reading;

static const char *get_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static size_t get_count(const json_t *object, const char *key, size_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? (size_t)json_integer_value(value) : otherwise;
}

/* Element i of a text or a list of texts; NULL beyond its end. */
static const char *text_at(const json_t *value, size_t i)
{
    if (json_is_array(value))
        return json_string_value(json_array_get(value, i));
    return i == 0 ? json_string_value(value) : NULL;
}

static up_status fail_in(reading *r, const char *where, const char *why)
{
    return up_error_at(r->err, UP_BAD_DATA, r->source, 0, "%s: %s", where, why);
}

static void warn_in(reading *r, const char *where, const char *why)
{
    if (r->warnings++ < MOST_WARNINGS)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0, "%s: %s (not used)", where,
                       why);
}

/* --- Dialect ------------------------------------------------------------------------ */

static void take_character(reading *r, const json_t *dialect, const char *key, char *slot)
{
    const char *text = get_text(dialect, key);
    if (text == NULL)
        return;
    if (text[0] == '\0' || text[1] != '\0' || (unsigned char)text[0] >= 0x80 ||
        strchr("\r\n", text[0]) != NULL)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "dialect.%s '%.*s' is not one ASCII character and is not used",
                       key, up_words_shown(text), text);
    else
        *slot = text[0];
}

static void take_trim(const json_t *dialect, csvw_dialect *out)
{
    const json_t *trim = json_object_get(dialect, "trim");
    const char *word = json_is_true(trim) ? "true" : json_string_value(trim);
    out->skip_initial_space = json_is_true(json_object_get(dialect, "skipInitialSpace"));
    out->trim_start = out->skip_initial_space;
    if (word == NULL)
        return;
    out->trim_start = strcmp(word, "true") == 0 || strcmp(word, "start") == 0;
    out->trim_end = strcmp(word, "true") == 0 || strcmp(word, "end") == 0;
}

static void take_dialect(reading *r, csvw_table *table)
{
    const json_t *dialect = json_object_get(table->json, "dialect");
    if (dialect == NULL && !r->group->is_single)
        dialect = json_object_get(r->group->root, "dialect");
    csvw_dialect *out = &table->dialect;
    const json_t *header = json_object_get(dialect, "header");
    take_character(r, dialect, "delimiter", &out->delimiter);
    take_character(r, dialect, "quoteChar", &out->quote);
    take_character(r, dialect, "commentPrefix", &out->comment);
    take_trim(dialect, out);
    if (json_is_false(json_object_get(dialect, "doubleQuote")))
        warn_in(r, "dialect.doubleQuote", "quotes are read where they are doubled only");
    if (json_is_null(json_object_get(dialect, "quoteChar")))
        warn_in(r, "dialect.quoteChar", "fields in quotes are read as such");
    out->encoding = get_text(dialect, "encoding");
    out->header_rows = json_is_false(header) ? 0 : 1;
    out->header_rows = get_count(dialect, "headerRowCount", out->header_rows);
    out->has_header_rows =
        header != NULL || json_object_get(dialect, "headerRowCount") != NULL;
    out->skip_rows = get_count(dialect, "skipRows", 0);
    out->has_skip_rows = json_object_get(dialect, "skipRows") != NULL;
    out->skip_columns = get_count(dialect, "skipColumns", 0);
}

/* --- Datatypes ---------------------------------------------------------------------- */

static void take_mark(reading *r, const json_t *format, const char *key,
                      char mark[NUMBER_MARK_SIZE], const char *where)
{
    const json_t *value = json_object_get(format, key);
    const char *text = json_string_value(value);
    if (value != NULL && (text == NULL || !up_number_set_mark(mark, text)))
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.format.%s is not a mark that numbers can have (not used)",
                       where, key);
}

/* A format is a pattern, or an object with one and the marks of numbers. */
static up_status take_format(reading *r, const json_t *json, datatype *type,
                             const char *where)
{
    const json_t *format = json_object_get(json, "format");
    const char *pattern = json_string_value(format);
    if (json_is_object(format)) {
        pattern = get_text(format, "pattern");
        take_mark(r, format, "decimalChar", type->number.decimal, where);
        take_mark(r, format, "groupChar", type->number.group, where);
    }
    if (pattern == NULL)
        return UP_OK;
    up_error reason = {0};
    bool is_expression = up_datatype_has_expression(type);
    if (is_expression && ++r->expressions > MOST_EXPRESSIONS) {
        warn_in(r, where, "more than 200 columns have a regular expression");
        return UP_OK;
    }
    up_status status = up_datatype_set_format(type, pattern, &reason);
    if (status == UP_BAD_DATA) {
        warn_in(r, where, reason.message);
        return UP_OK;
    }
    return status == UP_OK ? UP_OK : up_error_memory(r->err);
}

static up_status take_length(reading *r, const json_t *json, datatype *type,
                             const char *where)
{
    type->has_length = json_object_get(json, "length") != NULL;
    type->has_min_length = json_object_get(json, "minLength") != NULL;
    type->has_max_length = json_object_get(json, "maxLength") != NULL;
    type->length = get_count(json, "length", 0);
    type->min_length = get_count(json, "minLength", 0);
    type->max_length = get_count(json, "maxLength", 0);
    bool limited = type->has_length || type->has_min_length || type->has_max_length;
    if (limited && !up_datatype_has_length(type))
        return fail_in(r, where, "values of the type have no length");
    return UP_OK;
}

static const struct {
    const char *key;
    bool is_least, exclusive;
} limits[] = {
    {"minimum", true, false},       {"minInclusive", true, false},
    {"minExclusive", true, true},   {"maximum", false, false},
    {"maxInclusive", false, false}, {"maxExclusive", false, true},
};

static up_status take_limit(reading *r, const json_t *value, size_t which, datatype *type,
                            const char *where)
{
    datatype_limit *limit = limits[which].is_least ? &type->least : &type->most;
    char number[UP_NUMBER_SIZE];
    if (!up_datatype_has_order(type))
        return fail_in(r, where, "values of the type have no order, so no limits");
    if (limit->given && limit->exclusive != limits[which].exclusive)
        return fail_in(r, where, "one limit is stated both with and without itself");
    if (json_is_number(value))
        up_number_format(json_number_value(value), number);
    const char *text = json_is_string(value) ? json_string_value(value) : number;
    up_error reason = {0};
    if (up_datatype_set_limit(type, limit, text, &reason) != UP_OK) {
        warn_in(r, where, reason.message);
        return UP_OK;
    }
    limit->exclusive = limits[which].exclusive;
    return UP_OK;
}

/* json is the name of a type, or an object. */
static up_status take_datatype(reading *r, const json_t *json, datatype *type,
                               const char *parent)
{
    char where[WHERE_SIZE];
    snprintf(where, sizeof where, "%.140s.datatype", parent);
    const char *base =
        json_is_string(json) ? json_string_value(json) : get_text(json, "base");
    up_datatype_init(type, base != NULL ? up_datatype_base(base) : NULL);
    if (!json_is_object(json))
        return UP_OK;
    up_status status = take_format(r, json, type, where);
    if (status == UP_OK)
        status = take_length(r, json, type, where);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && status == UP_OK; i++) {
        const json_t *value = json_object_get(json, limits[i].key);
        if (value != NULL)
            status = take_limit(r, value, i, type, where);
    }
    if (status == UP_OK) {
        up_error reason = {0};
        if (up_datatype_check_limits(type, &reason) != UP_OK)
            status = fail_in(r, where, reason.message);
    }
    return status;
}

/* --- Columns ------------------------------------------------------------------------ */

/* A property from the column, else its schema, its table, the group. */
static const json_t *inherit(const reading *r, const csvw_table *table,
                             const json_t *column, const char *key)
{
    const json_t *levels[] = {column, table->schema, table->json,
                              r->group->is_single ? NULL : r->group->root};
    for (size_t i = 0; i < 4; i++) {
        const json_t *value = json_object_get(levels[i], key);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static up_status add_title(csvw_column *column, size_t *capacity, const char *text,
                           const char *language, up_error *err)
{
    up_status status = up_grow(&column->titles, capacity, column->title_count + 1,
                               sizeof *column->titles, err);
    if (status == UP_OK)
        column->titles[column->title_count++] = (csvw_title){text, language};
    return status;
}

static up_status add_titles(csvw_column *column, size_t *capacity, const json_t *texts,
                            const char *language, up_error *err)
{
    up_status status = UP_OK;
    const char *text;
    for (size_t i = 0; status == UP_OK && (text = text_at(texts, i)) != NULL; i++)
        status = add_title(column, capacity, text, language, err);
    return status;
}

static up_status take_titles(reading *r, csvw_column *column)
{
    const json_t *titles = json_object_get(column->json, "titles");
    up_status status = UP_OK;
    size_t capacity = 0;
    const char *language;
    json_t *texts;
    if (!json_is_object(titles))
        return add_titles(column, &capacity, titles, r->group->language, r->err);
    json_object_foreach((json_t *)titles, language, texts)
    {
        if (status == UP_OK)
            status = add_titles(column, &capacity, texts, language, r->err);
    }
    return status;
}

/* Its name, the first title in the language of the file, or a number. */
static up_status take_name(reading *r, csvw_column *column, size_t number)
{
    const char *name = get_text(column->json, "name");
    char made[32];
    column->is_named = name != NULL;
    for (size_t i = 0; i < column->title_count && name == NULL; i++)
        if (strcmp(column->titles[i].language, r->group->language) == 0)
            name = column->titles[i].text;
    snprintf(made, sizeof made, "_col.%zu", number);
    return up_copy_text(name != NULL ? name : made, &column->name, r->err);
}

static up_status take_null(reading *r, const json_t *null, csvw_column *column)
{
    up_status status = UP_OK;
    const char *text;
    column->null_is_given = null != NULL;
    if (null == NULL)
        return up_text_list_add(&column->null, "", 0, r->err);
    for (size_t i = 0; status == UP_OK && (text = text_at(null, i)) != NULL; i++) {
        status = up_metadata_spend(&r->spent, strlen(text) + sizeof text, r->err);
        if (status == UP_OK)
            status = up_text_list_add(&column->null, text, strlen(text), r->err);
    }
    return status;
}

static void release_column(csvw_column *column)
{
    free(column->name);
    free(column->titles);
    up_text_list_free(column->null);
    up_datatype_release(&column->type);
}

static up_status make_column(reading *r, const csvw_table *table, csvw_column *column,
                             const char *where)
{
    const json_t *json = column->json;
    column->about_url = json_string_value(inherit(r, table, json, "aboutUrl"));
    column->property_url = json_string_value(inherit(r, table, json, "propertyUrl"));
    column->value_url = json_string_value(inherit(r, table, json, "valueUrl"));
    column->language = json_string_value(inherit(r, table, json, "lang"));
    column->separator = json_string_value(inherit(r, table, json, "separator"));
    column->default_text = json_string_value(inherit(r, table, json, "default"));
    column->required = json_is_true(inherit(r, table, json, "required"));
    column->ordered = json_is_true(inherit(r, table, json, "ordered"));
    column->is_virtual = json_is_true(json_object_get(json, "virtual"));
    column->suppressed = json_is_true(json_object_get(json, "suppressOutput"));
    if (column->separator != NULL && column->separator[0] == '\0')
        column->separator = NULL;
    up_status status = take_titles(r, column);
    if (status == UP_OK)
        status = take_name(r, column, table->column_count + 1);
    if (status == UP_OK)
        status = take_null(r, inherit(r, table, json, "null"), column);
    if (status == UP_OK)
        status =
            take_datatype(r, inherit(r, table, json, "datatype"), &column->type, where);
    return status;
}

static up_status add_column(reading *r, csvw_table *table, const json_t *json,
                            const char *where)
{
    if (table->column_count == MOST_COLUMNS)
        return fail_in(r, where, "more than 20000 columns in a table");
    csvw_column column = {.json = json};
    up_status status = up_metadata_spend(&r->spent, sizeof column, r->err);
    if (status == UP_OK)
        status = make_column(r, table, &column, where);
    if (status == UP_OK && !column.is_virtual && table->column_count > 0 &&
        table->columns[table->column_count - 1].is_virtual)
        status = fail_in(r, where, "it follows a virtual column (wanted those last)");
    if (status == UP_OK)
        status = up_grow(&table->columns, &table->column_capacity,
                         table->column_count + 1, sizeof column, r->err);
    if (status != UP_OK)
        release_column(&column);
    else
        table->columns[table->column_count++] = column;
    return status;
}

/* Names by which columns are found: stated ones may stand once. *places maps them. */
static up_status map_names(reading *r, const csvw_table *table, json_t **places)
{
    *places = json_object();
    up_status status = *places != NULL ? UP_OK : up_error_memory(r->err);
    for (size_t i = 0; i < table->column_count && status == UP_OK; i++) {
        const char *name = table->columns[i].name;
        const json_t *other = json_object_get(*places, name);
        if (other != NULL && table->columns[i].is_named)
            status = up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                                 "two columns have the name '%.*s'", up_words_shown(name),
                                 name);
        else if (other == NULL &&
                 json_object_set_new(*places, name, json_integer((json_int_t)i)) != 0)
            status = up_error_memory(r->err);
    }
    return status;
}

/* --- Keys --------------------------------------------------------------------------- */

static size_t count_texts(const json_t *texts)
{
    return json_is_array(texts) ? json_array_size(texts) : json_is_string(texts);
}

/* The columns that names stand for; one that is not there: UP_BAD_DATA. */
static up_status find_columns(reading *r, const json_t *places, const json_t *names,
                              const char *what, size_t **columns, size_t *count)
{
    size_t wanted = count_texts(names);
    if (wanted > MOST_KEYS)
        return fail_in(r, what, "more than 100 columns");
    size_t *found;
    up_status status = up_alloc(wanted, sizeof *found, &found, r->err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < wanted && status == UP_OK; i++) {
        const char *name = text_at(names, i);
        const json_t *place = json_object_get(places, name);
        if (place == NULL)
            status = up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                                 "%s: there is no column '%.*s'", what,
                                 up_words_shown(name), name);
        else
            found[i] = (size_t)json_integer_value(place);
    }
    if (status != UP_OK) {
        free(found);
        return status;
    }
    *columns = found;
    *count = wanted;
    return UP_OK;
}

/* Primary key and row titles; names that are not there are passed over. */
static up_status take_named(reading *r, csvw_table *table, const json_t *places,
                            const char *key, size_t **columns, size_t *count)
{
    const json_t *names = json_object_get(table->schema, key);
    up_error reason = {0};
    reading quiet = *r;
    quiet.err = &reason;
    if (names == NULL)
        return UP_OK;
    up_status status = find_columns(&quiet, places, names, key, columns, count);
    if (status == UP_BAD_DATA) {
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0, "%s (not used)",
                       reason.message);
        return UP_OK;
    }
    return status == UP_OK ? UP_OK : up_error_memory(r->err);
}

static up_status take_keys(reading *r, csvw_table *table)
{
    json_t *places = NULL;
    up_status status = map_names(r, table, &places);
    if (status == UP_OK)
        status = take_named(r, table, places, "primaryKey", &table->primary_key,
                            &table->primary_key_count);
    if (status == UP_OK)
        status = take_named(r, table, places, "rowTitles", &table->row_titles,
                            &table->row_title_count);
    for (size_t i = 0; i < table->primary_key_count && status == UP_OK; i++)
        table->columns[table->primary_key[i]].in_primary_key = true;
    json_decref(places);
    return status;
}

/* Addresses are compared without "./" in front. */
static bool is_same_url(const char *a, const char *b)
{
    while (strncmp(a, "./", 2) == 0)
        a += 2;
    while (strncmp(b, "./", 2) == 0)
        b += 2;
    return strcmp(a, b) == 0;
}

/* The table a reference means, by its file or by its schema's @id. */
static size_t find_table(const csvw_group *group, const json_t *reference)
{
    const char *resource = get_text(reference, "resource");
    const char *schema = get_text(reference, "schemaReference");
    for (size_t i = 0; i < group->table_count; i++) {
        const csvw_table *table = &group->tables[i];
        const char *id = get_text(table->schema, "@id");
        if (resource != NULL ? is_same_url(resource, table->url)
                             : id != NULL && is_same_url(schema, id))
            return i;
    }
    return SIZE_MAX;
}

static up_status make_key(reading *r, const csvw_table *table, const json_t *json,
                          const char *where, csvw_key *key)
{
    const json_t *reference = json_object_get(json, "reference");
    json_t *here = NULL, *there = NULL;
    size_t count = 0;
    key->table = find_table(r->group, reference);
    if (key->table == SIZE_MAX)
        return fail_in(r, where, "there is no table as it refers to");
    up_status status = map_names(r, table, &here);
    if (status == UP_OK)
        status = map_names(r, &r->group->tables[key->table], &there);
    if (status == UP_OK)
        status = find_columns(r, here, json_object_get(json, "columnReference"), where,
                              &key->columns, &key->count);
    if (status == UP_OK)
        status = find_columns(r, there, json_object_get(reference, "columnReference"),
                              where, &key->referenced, &count);
    if (status == UP_OK && (count != key->count || count == 0))
        status = fail_in(r, where, "it has not as many columns as it refers to");
    json_decref(here);
    json_decref(there);
    return status;
}

static void release_key(csvw_key *key)
{
    free(key->columns);
    free(key->referenced);
}

static up_status take_foreign_keys(reading *r, csvw_table *table)
{
    const json_t *keys = json_object_get(table->schema, "foreignKeys");
    up_status status = UP_OK;
    r->foreign_keys += json_array_size(keys);
    if (r->foreign_keys > MOST_FOREIGN_KEYS)
        return fail_in(r, "foreignKeys", "more than 1000 keys");
    for (size_t i = 0; i < json_array_size(keys) && status == UP_OK; i++) {
        char where[WHERE_SIZE];
        csvw_key key = {0};
        snprintf(where, sizeof where, "foreignKeys[%zu]", i);
        status = make_key(r, table, json_array_get(keys, i), where, &key);
        if (status == UP_OK)
            status = up_grow(&table->foreign_keys, &table->foreign_key_capacity,
                             table->foreign_key_count + 1, sizeof key, r->err);
        if (status != UP_OK)
            release_key(&key);
        else
            table->foreign_keys[table->foreign_key_count++] = key;
    }
    return status;
}

/* --- Tables ------------------------------------------------------------------------- */

static up_status take_columns(reading *r, csvw_table *table, const char *where)
{
    const json_t *columns = json_object_get(table->schema, "columns");
    up_status status = UP_OK;
    for (size_t i = 0; i < json_array_size(columns) && status == UP_OK; i++) {
        char inside[WHERE_SIZE];
        snprintf(inside, sizeof inside, "%s%stableSchema.columns[%zu]", where,
                 where[0] != '\0' ? "." : "", i);
        status = add_column(r, table, json_array_get(columns, i), inside);
    }
    return status;
}

static up_status add_table(reading *r, const json_t *json, const char *where)
{
    csvw_group *group = r->group;
    if (group->table_count == MOST_TABLES)
        return fail_in(r, "tables", "more than 1000 tables");
    up_status status = up_grow(&group->tables, &group->table_capacity,
                               group->table_count + 1, sizeof *group->tables, r->err);
    if (status != UP_OK)
        return status;
    csvw_table *table = &group->tables[group->table_count++];
    *table = (csvw_table){.json = json, .url = get_text(json, "url")};
    table->schema = json_object_get(json, "tableSchema");
    if (table->schema == NULL && !group->is_single)
        table->schema = json_object_get(group->root, "tableSchema");
    table->suppressed = json_is_true(json_object_get(json, "suppressOutput"));
    take_dialect(r, table);
    status = take_columns(r, table, where);
    return status == UP_OK ? take_keys(r, table) : status;
}

static up_status take_tables(reading *r)
{
    csvw_group *group = r->group;
    const json_t *tables = json_object_get(group->root, "tables");
    group->is_single = tables == NULL;
    up_status status = group->is_single ? add_table(r, group->root, "") : UP_OK;
    for (size_t i = 0; i < json_array_size(tables) && status == UP_OK; i++) {
        char where[WHERE_SIZE];
        snprintf(where, sizeof where, "tables[%zu]", i);
        status = add_table(r, json_array_get(tables, i), where);
    }
    for (size_t i = 0; i < group->table_count && status == UP_OK; i++)
        status = take_foreign_keys(r, &group->tables[i]);
    return status;
}

static void take_context(csvw_group *group)
{
    const json_t *settings = json_array_get(json_object_get(group->root, "@context"), 1);
    const char *language = get_text(settings, "@language");
    const char *base = get_text(settings, "@base");
    group->language = language != NULL ? language : "und";
    group->base = base != NULL ? base : "";
}

up_status up_csvw_read(const json_t *root, const char *source, csvw_group *group,
                       up_remarks *remarks, up_error *err)
{
    csvw_group result = {.root = json_deep_copy(root)};
    reading r = {.source = source, .group = &result, .remarks = remarks, .err = err};
    up_status status = UP_OK;
    if (!json_is_object(root))
        status = up_error_at(err, UP_BAD_DATA, source, 0,
                             "not an object (wanted a description of tables)");
    else if (result.root == NULL)
        status = up_error_memory(err);
    if (status == UP_OK)
        status = up_csvw_clean(result.root, source, remarks, err);
    if (status == UP_OK) {
        take_context(&result);
        status = take_tables(&r);
    }
    if (status != UP_OK)
        up_csvw_release(&result);
    else
        *group = result;
    return status;
}

up_status up_csvw_undescribed(const char *url, csvw_group *group, up_error *err)
{
    json_t *root =
        json_pack("{s:s, s:s}", "@context", "http://www.w3.org/ns/csvw", "url", url);
    if (root == NULL)
        return up_error_memory(err);
    up_status status = up_csvw_read(root, "", group, NULL, err);
    json_decref(root);
    return status;
}

static void release_table(csvw_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        release_column(&table->columns[i]);
    for (size_t i = 0; i < table->foreign_key_count; i++)
        release_key(&table->foreign_keys[i]);
    free(table->columns);
    free(table->primary_key);
    free(table->row_titles);
    free(table->foreign_keys);
}

void up_csvw_release(csvw_group *group)
{
    if (group == NULL)
        return;
    for (size_t i = 0; i < group->table_count; i++)
        release_table(&group->tables[i]);
    free(group->tables);
    json_decref(group->root);
    *group = (csvw_group){0};
}
