/* JSON out of tables that CSV on the Web describes (W3C, "Generating JSON from Tabular
 * Data on the Web"), as far as the W3C's cases need it: to see that the model says what
 * it should. */
#ifndef UPTICK_TESTS_CSV2JSON_H
#define UPTICK_TESTS_CSV2JSON_H

#include "scratch.h"

#include <jansson.h>

#include "import/csvw.h"
#include "uptick/buffer.h"

/* --- Addresses ---------------------------------------------------------------------- */

/* Prefixes of the context of CSV on the Web. */
static const struct {
    const char *prefix, *address;
} csv2json_prefixes[] = {
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    {"schema", "http://schema.org/"},
    {"dc", "http://purl.org/dc/terms/"},
    {"dcat", "http://www.w3.org/ns/dcat#"},
    {"csvw", "http://www.w3.org/ns/csvw#"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"oa", "http://www.w3.org/ns/oa#"},
    {"qb", "http://purl.org/linked-data/cube#"},
};
enum { CSV2JSON_PREFIXES = sizeof csv2json_prefixes / sizeof csv2json_prefixes[0] };

static inline char *csv2json_text(up_buffer *buffer)
{
    up_buffer_add(buffer, "");
    char *text = up_buffer_take(buffer);
    if (text == NULL)
        text = calloc(1, 1);
    assert_non_null(text);
    return text;
}

static inline bool csv2json_has_scheme(const char *text)
{
    size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    return letters > 0 && text[letters] == ':';
}

/* "schema:name" → "http://schema.org/name"; else a copy. */
static inline char *csv2json_expand(const char *text)
{
    up_buffer out = {0};
    for (size_t i = 0; i < CSV2JSON_PREFIXES; i++) {
        size_t length = strlen(csv2json_prefixes[i].prefix);
        if (strncmp(text, csv2json_prefixes[i].prefix, length) == 0 &&
            text[length] == ':') {
            up_buffer_add(&out, csv2json_prefixes[i].address);
            text += length + 1;
            break;
        }
    }
    up_buffer_add(&out, text);
    return csv2json_text(&out);
}

static inline char *csv2json_compact(const char *address)
{
    up_buffer out = {0};
    for (size_t i = 0; i < CSV2JSON_PREFIXES; i++) {
        size_t length = strlen(csv2json_prefixes[i].address);
        if (strncmp(address, csv2json_prefixes[i].address, length) == 0) {
            up_buffer_addf(&out, "%s:", csv2json_prefixes[i].prefix);
            address += length;
            break;
        }
    }
    up_buffer_add(&out, address);
    return csv2json_text(&out);
}

/* An address against the one it stands in; ./ in front falls away. */
static inline char *csv2json_resolve(const char *base, const char *text)
{
    up_buffer out = {0};
    if (csv2json_has_scheme(text)) {
        up_buffer_add(&out, text);
        return csv2json_text(&out);
    }
    while (strncmp(text, "./", 2) == 0)
        text += 2;
    const char *slash = strrchr(base, '/');
    size_t folder = slash != NULL ? (size_t)(slash - base) + 1 : 0;
    size_t whole = strcspn(base, "#");
    up_buffer_add_bytes(&out, base, text[0] == '#' || text[0] == '\0' ? whole : folder);
    up_buffer_add(&out, text);
    return csv2json_text(&out);
}

/* --- Templates ---------------------------------------------------------------------- */

typedef struct csv2json_row {
    const csvw_table *table;
    const csvw_rows *rows;
    const char *url; /* of the table */
    size_t row;
} csv2json_row;

static inline void csv2json_encode(up_buffer *out, const char *text, bool reserved)
{
    for (; *text != '\0'; text++) {
        bool plain = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
                     (*text >= '0' && *text <= '9') || strchr("-._~", *text) != NULL;
        if (plain || (reserved && strchr(":/?#[]@!$&'()*+,;=", *text) != NULL))
            up_buffer_add_char(out, *text);
        else
            up_buffer_addf(out, "%%%02X", (unsigned char)*text);
    }
}

static inline void csv2json_add_variable(up_buffer *out, const csv2json_row *row,
                                         size_t column, const char *name, bool reserved)
{
    char number[32];
    if (strcmp(name, "_row") == 0 || strcmp(name, "_sourceRow") == 0) {
        size_t value = name[1] == 'r' ? row->row + 1 : row->rows->numbers[row->row];
        snprintf(number, sizeof number, "%zu", value);
        up_buffer_add(out, number);
        return;
    }
    if (strcmp(name, "_name") == 0) {
        csv2json_encode(out, row->table->columns[column].name, reserved);
        return;
    }
    for (size_t i = 0; i < row->table->column_count; i++) {
        const csvw_cell *cell = &row->rows->cells[row->row * row->rows->columns + i];
        if (strcmp(row->table->columns[i].name, name) == 0 && cell->values != NULL)
            csv2json_encode(out, cell->values[0], reserved);
    }
}

/* {name} {+name} {#name} */
static inline char *csv2json_fill(const csv2json_row *row, size_t column,
                                  const char *template)
{
    up_buffer out = {0};
    for (const char *at = template; *at != '\0'; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end == NULL) {
            up_buffer_add_char(&out, *at);
            continue;
        }
        char name[200];
        bool reserved = at[1] == '#' || at[1] == '+';
        if (at[1] == '#')
            up_buffer_add_char(&out, '#');
        at += reserved ? 2 : 1;
        assert_true((size_t)(end - at) < sizeof name);
        memcpy(name, at, (size_t)(end - at));
        name[end - at] = '\0';
        csv2json_add_variable(&out, row, column, name, reserved);
        at = end;
    }
    return csv2json_text(&out);
}

static inline char *csv2json_address(const csv2json_row *row, size_t column,
                                     const char *template)
{
    char *filled = csv2json_fill(row, column, template);
    char *expanded = csv2json_expand(filled);
    char *address = csv2json_resolve(row->url, expanded);
    free(filled);
    free(expanded);
    return address;
}

/* --- Common properties -------------------------------------------------------------- */

/* {"@value": x} is x, {"@id": x} the address. */
static inline json_t *csv2json_common(const json_t *value, const char *url)
{
    const char *id = json_string_value(json_object_get(value, "@id"));
    if (json_object_get(value, "@value") != NULL)
        return json_incref(json_object_get(value, "@value"));
    if (id != NULL && json_object_size(value) == 1) {
        char *address = csv2json_resolve(url, id);
        json_t *text = json_string(address);
        free(address);
        return text;
    }
    if (json_is_array(value)) {
        json_t *list = json_array();
        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(list, csv2json_common(json_array_get(value, i), url));
        return list;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *object = json_object();
    const char *key;
    json_t *inner;
    json_object_foreach((json_t *)value, key, inner)
    {
        json_t *made = key[0] == '@' ? json_incref(inner) : csv2json_common(inner, url);
        json_object_set_new(object, key, made);
    }
    return object;
}

static inline void csv2json_add_common(json_t *object, const json_t *described,
                                       const char *url)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)described, key, value)
    {
        if (strchr(key, ':') != NULL || strcmp(key, "notes") == 0)
            json_object_set_new(object, key, csv2json_common(value, url));
        else if (strcmp(key, "@id") == 0)
            json_object_set(object, key, value);
    }
}

/* --- Rows --------------------------------------------------------------------------- */

typedef struct csv2json_subject {
    char *about; /* NULL: none */
    json_t *object;
    size_t parent; /* the subject it is nested in, or SIZE_MAX */
} csv2json_subject;

typedef struct csv2json_subjects {
    csv2json_subject items[40];
    size_t count;
} csv2json_subjects;

static inline csv2json_subject *csv2json_subject_of(csv2json_subjects *all, char *about)
{
    for (size_t i = 0; i < all->count; i++)
        if (about == NULL ? all->items[i].about == NULL
                          : all->items[i].about != NULL &&
                                strcmp(all->items[i].about, about) == 0) {
            free(about);
            return &all->items[i];
        }
    assert_true(all->count < sizeof all->items / sizeof all->items[0]);
    csv2json_subject *made = &all->items[all->count++];
    *made = (csv2json_subject){about, json_object(), SIZE_MAX};
    if (about != NULL)
        json_object_set_new(made->object, "@id", json_string(about));
    return made;
}

static inline json_t *csv2json_value(const csvw_column *column, const csvw_cell *cell,
                                     const char *text)
{
    datatype_class class = column->type.base->class;
    json_t *value = NULL;
    if (!cell->failed && class == CLASS_BOOLEAN)
        value = json_boolean(strcmp(text, "true") == 0);
    if (!cell->failed && class == CLASS_NUMBER)
        value = json_loads(text, JSON_DECODE_ANY, NULL); /* NULL: NaN, INF */
    return value != NULL ? value : json_string(text);
}

/* Several values of one property are a list. */
static inline void csv2json_add(json_t *object, const char *property, json_t *value,
                                bool is_list)
{
    json_t *there = json_object_get(object, property);
    if (there == NULL) {
        json_object_set_new(object, property, value);
        return;
    }
    if (!json_is_array(there)) {
        json_t *list = json_array();
        json_array_append(list, there);
        json_object_set_new(object, property, list);
        there = list;
    }
    if (is_list)
        json_array_extend(there, value);
    else
        json_array_append(there, value);
    json_decref(value);
}

static inline char *csv2json_property(const csv2json_row *row, size_t column)
{
    const csvw_column *described = &row->table->columns[column];
    if (described->property_url == NULL)
        return strdup(described->name);
    char *address = csv2json_address(row, column, described->property_url);
    char *property = csv2json_compact(address);
    free(address);
    if (strcmp(property, "rdf:type") == 0)
        strcpy(property, "@type");
    return property;
}

static inline json_t *csv2json_cell(const csv2json_row *row, size_t column,
                                    const char *property)
{
    const csvw_column *described = &row->table->columns[column];
    const csvw_cell *cell = &row->rows->cells[row->row * row->rows->columns + column];
    if (described->value_url != NULL && (described->is_virtual || !cell->is_null)) {
        char *address = csv2json_address(row, column, described->value_url);
        char *compact = csv2json_compact(address);
        json_t *value = json_string(strcmp(property, "@type") == 0 ? compact : address);
        free(address);
        free(compact);
        return value;
    }
    if (cell->values == NULL)
        return NULL;
    if (!cell->is_list)
        return csv2json_value(described, cell, cell->values[0]);
    json_t *list = json_array();
    for (size_t i = 0; cell->values[i] != NULL; i++)
        json_array_append_new(list, csv2json_value(described, cell, cell->values[i]));
    return list;
}

/* A value that is the address of another subject of the row has that subject in its
 * place. */
static inline void csv2json_nest(const csv2json_row *row, csv2json_subjects *all,
                                 size_t column)
{
    const csvw_column *described = &row->table->columns[column];
    if (described->value_url == NULL || described->suppressed)
        return;
    char *address = csv2json_address(row, column, described->value_url);
    char *about = described->about_url != NULL
                      ? csv2json_address(row, column, described->about_url)
                      : NULL;
    char *property = csv2json_property(row, column);
    size_t owner = (size_t)(csv2json_subject_of(all, about) - all->items);
    for (size_t i = 0; i < all->count; i++) {
        csv2json_subject *inner = &all->items[i];
        bool fits = i != owner && inner->about != NULL && inner->parent == SIZE_MAX &&
                    strcmp(inner->about, address) == 0;
        for (size_t up = owner; up != SIZE_MAX; up = all->items[up].parent)
            fits = fits && up != i;
        if (fits) {
            json_object_set(all->items[owner].object, property, inner->object);
            inner->parent = owner;
        }
    }
    free(address);
    free(property);
}

static inline json_t *csv2json_describes(const csv2json_row *row)
{
    csv2json_subjects all = {0};
    for (size_t i = 0; i < row->table->column_count; i++) {
        const csvw_column *column = &row->table->columns[i];
        if (column->suppressed)
            continue;
        char *property = csv2json_property(row, i);
        json_t *value = csv2json_cell(row, i, property);
        if (value != NULL) {
            char *about = column->about_url != NULL
                              ? csv2json_address(row, i, column->about_url)
                              : NULL;
            csv2json_add(csv2json_subject_of(&all, about)->object, property, value,
                         json_is_array(value));
        }
        free(property);
    }
    for (size_t i = 0; i < row->table->column_count; i++)
        csv2json_nest(row, &all, i);
    json_t *list = json_array();
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].parent == SIZE_MAX)
            json_array_append(list, all.items[i].object);
        json_decref(all.items[i].object);
        free(all.items[i].about);
    }
    return list;
}

static inline void csv2json_add_titles(json_t *object, const csv2json_row *row)
{
    json_t *titles = json_array();
    for (size_t i = 0; i < row->table->row_title_count; i++) {
        const csvw_cell *cell =
            &row->rows->cells[row->row * row->rows->columns + row->table->row_titles[i]];
        for (size_t k = 0; cell->values != NULL && cell->values[k] != NULL; k++)
            json_array_append_new(titles, json_string(cell->values[k]));
    }
    if (json_array_size(titles) == 1)
        json_object_set(object, "titles", json_array_get(titles, 0));
    else if (json_array_size(titles) > 1)
        json_object_set(object, "titles", titles);
    json_decref(titles);
}

static inline json_t *csv2json_make_row(const csv2json_row *row)
{
    char url[1000];
    json_t *object = json_object();
    size_t number = row->rows->numbers[row->row];
    snprintf(url, sizeof url, "%s#row=%zu", row->url, number);
    json_object_set_new(object, "url", json_string(url));
    json_object_set_new(object, "rownum", json_integer((json_int_t)row->row + 1));
    csv2json_add_titles(object, row);
    json_object_set_new(object, "describes", csv2json_describes(row));
    return object;
}

/* --- Tables ------------------------------------------------------------------------- */

static inline json_t *csv2json_table(const csvw_table *table, const csvw_rows *rows,
                                     const char *url)
{
    json_t *object = json_object(), *list = json_array();
    json_object_set_new(object, "url", json_string(url));
    csv2json_add_common(object, table->json, url);
    for (size_t i = 0; i < rows->count; i++) {
        csv2json_row row = {table, rows, url, i};
        json_array_append_new(list, csv2json_make_row(&row));
    }
    json_object_set_new(object, "row", list);
    return object;
}

/* urls are those of the tables. */
static inline json_t *csv2json(const csvw_group *group, const csvw_rows rows[],
                               char *const urls[], bool minimal)
{
    json_t *object = json_object(), *tables = json_array(), *all = json_array();
    if (!group->is_single)
        csv2json_add_common(object, group->root, urls[0]);
    for (size_t i = 0; i < group->table_count; i++) {
        if (group->tables[i].suppressed)
            continue;
        json_array_append_new(tables,
                              csv2json_table(&group->tables[i], &rows[i], urls[i]));
        for (size_t k = 0; k < rows[i].count; k++) {
            csv2json_row row = {&group->tables[i], &rows[i], urls[i], k};
            json_t *described = csv2json_describes(&row);
            json_array_extend(all, described);
            json_decref(described);
        }
    }
    json_object_set_new(object, "tables", tables);
    if (minimal) {
        json_decref(object);
        return all;
    }
    json_decref(all);
    return object;
}

/* Equal as values: 101 is 101.0. */
static inline bool csv2json_equal(const json_t *a, const json_t *b)
{
    if (json_is_number(a) && json_is_number(b))
        return !(json_number_value(a) < json_number_value(b)) &&
               !(json_number_value(a) > json_number_value(b));
    if (json_is_array(a) && json_is_array(b)) {
        bool equal = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; i < json_array_size(a) && equal; i++)
            equal = csv2json_equal(json_array_get(a, i), json_array_get(b, i));
        return equal;
    }
    if (json_is_object(a) && json_is_object(b)) {
        bool equal = json_object_size(a) == json_object_size(b);
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)a, key, value)
        {
            const json_t *other = json_object_get(b, key);
            equal = equal && other != NULL && csv2json_equal(value, other);
        }
        return equal;
    }
    return json_equal(a, b);
}

#endif
