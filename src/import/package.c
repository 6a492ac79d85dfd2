/* Frictionless Data Packages: v1 and v2, older spellings, and what Our World in Data
 * publishes.
 *
 * A list, an object or a path that is of another type is an error: the structure is not
 * what it says. Everything else that is of another type, or missing though required, is
 * passed over with a remark: published packages are seldom quite right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/json_file.h"
#include "import/package.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/file.h"

enum { MOST_REFERENCES = 100 };

/* --- Sources and licences ----------------------------------------------------------- */

static void add_reference(json_reading *r, const json_t *item, const char *where,
                          up_metadata_reference **list, size_t *count)
{
    static const char *const names[] = {"name", "id", "type", NULL};
    static const char *const urls[] = {"path", "url", "link", "web", NULL};
    up_metadata_reference *reference;
    if (!json_is_object(item) && !json_is_string(item)) {
        up_reading_remark_type(r, where, "", item, "an object");
        return;
    }
    if (*count == MOST_REFERENCES)
        return;
    up_reading_keep(r, up_metadata_add_reference(list, count, &reference, r->err));
    if (up_reading_failed(r))
        return;
    if (json_is_string(item)) {
        up_reading_set_text(r, &reference->name, json_string_value(item));
        return;
    }
    up_reading_take_first_text(r, item, where, names, &reference->name);
    up_reading_take_first_text(r, item, where, urls, &reference->url);
    up_reading_take_text(r, item, where, "title", &reference->title);
    up_reading_take_text(r, item, where, "dataPublishedBy", &reference->publisher);
}

static void add_references(json_reading *r, const json_t *object, const char *where,
                           const char *key, up_metadata_reference **list, size_t *count)
{
    const json_t *items = up_reading_list(r, object, where, key);
    for (size_t i = 0; i < json_array_size(items) && !up_reading_failed(r); i++) {
        char inside[JSON_WHERE_SIZE];
        snprintf(inside, sizeof inside, "%s%s%s[%zu]", where, where[0] != '\0' ? "." : "",
                 key, i);
        add_reference(r, json_array_get(items, i), inside, list, count);
    }
}

static void add_licences(json_reading *r, const json_t *object, const char *where,
                         up_metadata_table *table)
{
    const json_t *single = json_object_get(object, "license");
    add_references(r, object, where, "licenses", &table->licences, &table->licence_count);
    if (table->licence_count == 0 && single != NULL && !json_is_null(single))
        add_reference(r, single, "license", &table->licences, &table->licence_count);
}

/* A source without a title has its name for one: Our World in Data. */
static void note_untitled_sources(json_reading *r, const up_metadata_table *table)
{
    for (size_t i = 0; i < table->source_count; i++)
        if (table->sources[i].title[0] == '\0') {
            up_remarks_add(r->remarks, UP_NOTE, r->source, 0,
                           "a source has no title (its name is taken)");
            return;
        }
}

static void add_notes(json_reading *r, const json_t *object, const char *where,
                      up_metadata_table *table)
{
    const json_t *sources = json_object_get(object, "sources");
    for (size_t i = 0; i < json_array_size(sources) && i < MOST_REFERENCES; i++) {
        const char *text =
            up_reading_text(r, json_array_get(sources, i), where, "additionalInfo");
        if (text != NULL && text[0] != '\0' && !up_text_list_has(table->notes, text))
            up_reading_add_text(r, &table->notes, text);
    }
}

/* --- Dialect ------------------------------------------------------------------------ */

static void take_character(json_reading *r, const json_t *dialect, const char *where,
                           const char *key, char *slot)
{
    const char *text = up_reading_text(r, dialect, where, key);
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
static void take_header_rows(json_reading *r, const json_t *dialect, const char *where,
                             up_dialect *out)
{
    const json_t *rows = up_reading_list(r, dialect, where, "headerRows");
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

static void take_dialect(json_reading *r, const json_t *resource, const char *parent,
                         up_dialect *out)
{
    const json_t *dialect = up_reading_object(r, resource, parent, "dialect");
    char where[JSON_WHERE_SIZE];
    snprintf(where, sizeof where, "%.140s.dialect", parent);
    if (dialect == NULL)
        return;
    take_character(r, dialect, where, "delimiter", &out->delimiter);
    take_character(r, dialect, where, "quoteChar", &out->quote);
    take_character(r, dialect, where, "commentChar", &out->comment);
    out->skip_initial_space =
        up_reading_flag(r, dialect, where, "skipInitialSpace", false);
    if (!up_reading_flag(r, dialect, where, "doubleQuote", true) ||
        up_reading_text(r, dialect, where, "escapeChar") != NULL)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s: quotes in fields that are escaped otherwise than by doubling "
                       "are not read",
                       where);
    if (json_object_get(dialect, "header") != NULL) {
        out->has_headers = true;
        out->headers = up_reading_flag(r, dialect, where, "header", true) ? 1 : 0;
    }
    if (!out->has_headers || out->headers > 0)
        take_header_rows(r, dialect, where, out);
}

/* --- Schema ------------------------------------------------------------------------- */

static void share_missing_values(json_reading *r, const json_t *schema, const char *where,
                                 up_metadata_table *table)
{
    bool given = json_is_array(json_object_get(schema, "missingValues"));
    for (size_t i = 0; i < table->column_count && given && !up_reading_failed(r); i++) {
        up_metadata_column *column = &table->columns[i];
        if (column->missing_is_given)
            continue;
        /* what is wrong with the list is said once */
        json_reading quiet = {.err = r->err};
        up_package_take_texts(i == 0 ? r : &quiet, schema, where, "missingValues",
                              &column->missing);
        up_reading_keep(r, quiet.status);
        column->missing_is_given = column->missing != NULL;
    }
}

static void mark_key(json_reading *r, const char *name, up_metadata_table *table)
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

static void take_primary_key(json_reading *r, const json_t *schema, const char *where,
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
                up_reading_remark_type(r, where, "primaryKey", name, "names of fields");
        }
    } else {
        up_reading_remark_type(r, where, "primaryKey", key, "names of fields");
    }
}

/* The years that are days: of the column called so. */
static void share_day_count(json_reading *r, const day_count *days,
                            up_metadata_table *table)
{
    for (size_t i = 0; i < table->column_count && days->given; i++) {
        up_metadata_column *column = &table->columns[i];
        if (column->type != UP_TYPE_YEAR && strcmp(column->name, "Year") != 0)
            continue;
        column->is_days_since = true;
        column->zero_day = days->zero_day;
        return;
    }
    if (days->given && !up_reading_failed(r))
        up_reading_keep(
            r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                           "years are days (yearIsDay), but no field is a year"));
}

static void take_fields(json_reading *r, const json_t *schema, const char *where,
                        up_metadata_table *table)
{
    const json_t *fields = json_object_get(schema, "fields");
    day_count days = {0};
    if (!json_is_array(fields)) {
        up_reading_fail_type(r, where, "fields", fields, "a list");
        return;
    }
    for (size_t i = 0; i < json_array_size(fields) && !up_reading_failed(r); i++) {
        char inside[JSON_WHERE_SIZE];
        snprintf(inside, sizeof inside, "%.130s.fields[%zu]", where, i);
        const json_t *field = json_array_get(fields, i);
        if (json_is_object(field))
            up_package_add_field(r, field, inside, table, &days);
        else
            up_reading_fail_type(r, inside, "", field, "an object");
    }
    share_missing_values(r, schema, where, table);
    take_primary_key(r, schema, where, table);
    share_day_count(r, &days, table);
}

/* A schema is an object, or the path of a file with one. *own is a reference to
 * release. */
static const json_t *find_schema(json_reading *r, const json_t *resource,
                                 const char *where, json_t **own)
{
    const json_t *schema = json_object_get(resource, "schema");
    *own = NULL;
    if (schema == NULL || json_is_null(schema) || json_is_object(schema))
        return json_is_object(schema) ? schema : NULL;
    if (!json_is_string(schema)) {
        up_reading_fail_type(r, where, "schema", schema,
                             "an object, or the path of a file");
        return NULL;
    }
    char *path = NULL;
    up_reading_keep(r, up_metadata_follow(r->source, json_string_value(schema), &path,
                                          r->remarks, r->err));
    bool there = path != NULL && up_file_exists(path);
    if (path != NULL && !there)
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.schema is not used: there is no file %s", where, path);
    if (there && !up_reading_failed(r))
        up_reading_keep(r, up_json_read(path, own, r->err));
    if (*own != NULL && !json_is_object(*own))
        up_reading_keep(r, up_error_at(r->err, UP_BAD_DATA, path, 0,
                                       "not an object (wanted a Table "
                                       "Schema)"));
    free(path);
    return *own;
}

/* --- Resources ---------------------------------------------------------------------- */

static void take_resource(json_reading *r, const json_t *package, const json_t *resource,
                          const char *where, const char *path, up_metadata_table *table)
{
    up_reading_set_text(r, &table->stated_path, path);
    up_reading_take_text(r, resource, where, "name", &table->name);
    up_reading_take_text(r, resource, where, "title", &table->title);
    up_reading_take_text(r, resource, where, "description", &table->description);
    up_reading_take_text(r, resource, where, "encoding", &table->encoding);
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
    char inside[JSON_WHERE_SIZE];
    snprintf(inside, sizeof inside, "%.140s.schema", where);
    if (schema != NULL && !up_reading_failed(r))
        take_fields(r, schema, inside, table);
    json_decref(own);
}

/* Each part of a table in several files is a table of its own. */
static void add_resource(json_reading *r, const json_t *package, const json_t *resource,
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
    for (size_t i = 0; i < parts && !up_reading_failed(r); i++) {
        const json_t *part = json_is_array(path) ? json_array_get(path, i) : path;
        up_metadata_table *table;
        if (!json_is_string(part)) {
            up_reading_fail_type(r, where, "path", part, "a text");
            return;
        }
        up_reading_keep(r, up_metadata_add_table(metadata, &table, r->err));
        if (!up_reading_failed(r))
            take_resource(r, package, resource, where, json_string_value(part), table);
    }
}

up_status up_package_to_metadata(const json_t *root, const char *source,
                                 up_metadata *metadata, up_remarks *remarks,
                                 up_error *err)
{
    json_reading r = {.source = source, .remarks = remarks, .err = err};
    const json_t *resources = json_object_get(root, "resources");
    up_reading_take_text(&r, root, "", "title", &metadata->title);
    up_reading_take_text(&r, root, "", "description", &metadata->description);
    if (!json_is_array(resources))
        up_reading_fail_type(&r, "", "resources", resources, "a list");
    for (size_t i = 0; i < json_array_size(resources) && !up_reading_failed(&r); i++) {
        char where[JSON_WHERE_SIZE];
        snprintf(where, sizeof where, "resources[%zu]", i);
        const json_t *resource = json_array_get(resources, i);
        if (json_is_object(resource))
            add_resource(&r, root, resource, where, metadata);
        else
            up_reading_fail_type(&r, where, "", resource, "an object");
    }
    return r.status;
}
