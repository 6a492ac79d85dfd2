/* What a change does to the descriptor, and its text. */
#include "store/csv_descriptor.h"

#include <stdlib.h>
#include <string.h>

#include "uptick/buffer.h"
#include "uptick/number.h"

static const char *name_of(const json_t *item)
{
    return json_string_value(json_object_get(item, "name"));
}

/* --- Changes ------------------------------------------------------------------------------ */

/* jansson takes the value even when it fails; a NULL one (no memory) fails. */
static bool set_text(json_t *object, const char *key, const char *text)
{
    if (text[0] == '\0') {
        (void)json_object_del(object, key); /* empty is omitted */
        return true;
    }
    return json_object_set_new(object, key, json_string(text)) == 0;
}

static bool set_keys(json_t *resource, const up_metric *metric)
{
    json_t *uptick = json_object_get(resource, "uptick");
    bool done = true;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL && done; key++)
        done = set_text(key->place == UP_PLACE_RESOURCE ? resource : uptick, key->name,
                        up_metric_get(metric, key->name));
    return done;
}

/* The type of a column, by its name alone: one name means one thing in every table. */
static const char *field_type(const char *column)
{
    static const struct {
        const char *column, *type;
    } types[] = {{"value", "number"},   {"low", "number"}, {"high", "number"},
                 {"reported", "date"},  {"made", "date"},  {"as_of", "date"},
                 {"quantile", "number"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(column, types[i].column) == 0)
            return types[i].type;
    return "string";
}

static json_t *find_field(const json_t *fields, const char *name)
{
    for (size_t i = 0; i < json_array_size(fields); i++) {
        json_t *field = json_array_get(fields, i);
        const char *found = name_of(field);
        if (found != NULL && strcmp(found, name) == 0)
            return field;
    }
    return NULL;
}

static json_t *new_field(const char *name)
{
    return json_pack("{s:s, s:s}", "name", name, "type", field_type(name));
}

static bool fields_match(const json_t *fields, const char *const columns[], size_t count)
{
    if (json_array_size(fields) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = name_of(json_array_get(fields, i));
        if (name == NULL || strcmp(name, columns[i]) != 0)
            return false;
    }
    return true;
}

up_status up_descriptor_mirror(json_t *resource, const char *const columns[],
                               size_t count, up_error *err)
{
    json_t *schema = json_object_get(resource, "schema");
    const json_t *old = json_object_get(schema, "fields");
    if (schema != NULL && !json_is_object(schema))
        return UP_OK; /* a reference to a file of the user's own */
    if (fields_match(old, columns, count))
        return UP_OK;
    json_t *fields = json_array();
    bool done = fields != NULL;
    for (size_t i = 0; i < count && done; i++) {
        json_t *field = find_field(old, columns[i]);
        done = json_array_append_new(fields, field != NULL ? json_incref(field)
                                                           : new_field(columns[i])) == 0;
    }
    if (done && schema == NULL) {
        schema = json_pack("{s:[s]}", "missingValues", "");
        done = schema != NULL && json_object_set_new(resource, "schema", schema) == 0;
    }
    if (done)
        done = json_object_set(schema, "fields", fields) == 0;
    json_decref(fields);
    return done ? UP_OK : up_error_memory(err);
}

/* The keys both versions of the specification want, in the order people read them. */
static bool describe(json_t *resource, const char *path)
{
    return json_object_set_new(resource, "path", json_string(path)) == 0 &&
           json_object_set_new(resource, "profile",
                               json_string("tabular-data-resource")) == 0 &&
           json_object_set_new(resource, "type", json_string("table")) == 0 &&
           json_object_set_new(resource, "format", json_string("csv")) == 0 &&
           json_object_set_new(resource, "mediatype", json_string("text/csv")) == 0 &&
           json_object_set_new(resource, "encoding", json_string("utf-8")) == 0 &&
           json_object_set_new(resource, "dialect",
                               json_pack("{s:s}", "delimiter", ",")) == 0 &&
           json_object_set_new(
               resource, "schema",
               json_pack("{s:[], s:[s]}", "fields", "missingValues", "")) == 0;
}

/* Takes the resource. */
static up_status append_resource(descriptor *d, json_t *resource, up_error *err)
{
    json_t *list = json_object_get(d->root, "resources");
    if (list == NULL) {
        list = json_array();
        if (list == NULL || json_object_set_new(d->root, "resources", list) != 0) {
            json_decref(resource);
            return up_error_memory(err);
        }
    }
    return json_array_append_new(list, resource) == 0 ? UP_OK : up_error_memory(err);
}

up_status up_descriptor_add_metric(descriptor *d, const up_metric *metric,
                                   const char *path, const char *const columns[],
                                   size_t count, up_error *err)
{
    json_t *resource = json_pack("{s:s}", "name", metric->name);
    bool done = resource != NULL && set_text(resource, "title", metric->title) &&
                set_text(resource, "description", metric->description) &&
                describe(resource, path) &&
                json_object_set_new(resource, "uptick", json_object()) == 0 &&
                set_keys(resource, metric);
    if (!done || up_descriptor_mirror(resource, columns, count, err) != UP_OK) {
        json_decref(resource);
        return up_error_memory(err);
    }
    return append_resource(d, resource, err);
}

up_status up_descriptor_add_table(descriptor *d, const char *role, const char *path,
                                  const char *const columns[], size_t count,
                                  up_error *err)
{
    json_t *resource = json_pack("{s:s}", "name", role);
    bool done =
        resource != NULL && describe(resource, path) &&
        json_object_set_new(resource, "uptick", json_pack("{s:s}", "role", role)) == 0;
    if (!done || up_descriptor_mirror(resource, columns, count, err) != UP_OK) {
        json_decref(resource);
        return up_error_memory(err);
    }
    return append_resource(d, resource, err);
}

up_status up_descriptor_set_metric(descriptor *d, const up_metric *metric, up_error *err)
{
    return set_keys(up_descriptor_metric(d, metric->name), metric) ? UP_OK
                                                                   : up_error_memory(err);
}

/* The item whose key (its name, or its title when it has none) that is. */
static json_t *find_source(const json_t *sources, const char *key)
{
    for (size_t i = 0; i < json_array_size(sources); i++) {
        json_t *item = json_array_get(sources, i);
        const char *found = name_of(item);
        if (found == NULL || found[0] == '\0')
            found = json_string_value(json_object_get(item, "title"));
        if (found != NULL && strcmp(found, key) == 0)
            return item;
    }
    return NULL;
}

/* The producer has no place in the specification: it stands under our own key, with whatever else
 * stands there. */
static bool set_producer(json_t *item, const char *producer)
{
    json_t *own = json_object_get(item, "uptick");
    if (!json_is_object(own)) {
        own = json_object();
        if (own == NULL || json_object_set_new(item, "uptick", own) != 0)
            return false;
    }
    bool done = set_text(own, "producer", producer);
    if (done && json_object_size(own) == 0)
        json_object_del(item, "uptick");
    return done;
}

/* What is NULL stays as it is. The specification wants a title for each source. */
static bool fill_source(json_t *item, const up_source *source)
{
    const char *title = source->title;
    if (title == NULL)
        title = json_string_value(json_object_get(item, "title"));
    if (title == NULL || title[0] == '\0')
        title = source->key;
    return set_text(item, "name", source->key) &&
           (title == json_string_value(json_object_get(item, "title")) ||
            set_text(item, "title", title)) &&
           (source->url == NULL || set_text(item, "path", source->url)) &&
           (source->producer == NULL || set_producer(item, source->producer));
}

up_status up_descriptor_set_source(descriptor *d, const up_source *source, bool replace,
                                   up_error *err)
{
    if (source->key == NULL || source->key[0] == '\0')
        return up_error_set(err, UP_USAGE, "a source needs a key");
    json_t *sources = json_object_get(d->root, "sources");
    json_t *item = find_source(sources, source->key);
    if (item != NULL && !replace)
        return up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                           "there is a source '%s' already", source->key);
    if (item != NULL)
        return fill_source(item, source) ? UP_OK : up_error_memory(err);
    item = json_object();
    if (item == NULL || !fill_source(item, source)) {
        json_decref(item);
        return up_error_memory(err);
    }
    if (sources == NULL) {
        sources = json_array();
        if (sources == NULL || json_object_set_new(d->root, "sources", sources) != 0) {
            json_decref(item);
            return up_error_memory(err);
        }
    }
    return json_array_append_new(sources, item) == 0 ? UP_OK : up_error_memory(err);
}

/* Takes item; makes the list when it is first needed. */
static bool append_to(json_t *object, const char *list_name, json_t *item)
{
    json_t *list = json_object_get(object, list_name);
    bool done = item != NULL;
    if (done && !json_is_array(list)) {
        list = json_array();
        done = list != NULL && json_object_set_new(object, list_name, list) == 0;
    }
    if (!done) {
        json_decref(item);
        return false;
    }
    return json_array_append_new(list, item) == 0;
}

static bool is_text(const json_t *object, const char *key, const char *text)
{
    const char *found = json_string_value(json_object_get(object, key));
    return found != NULL && text != NULL && text[0] != '\0' && strcmp(found, text) == 0;
}

/* "CC BY 4.0" → "CC-BY-4.0": the specification allows no other characters. */
static up_status identifier_of(const char *name, up_buffer *out, up_error *err)
{
    for (; *name != '\0'; name++) {
        bool plain =
            strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                   "-._",
                   *name) != NULL;
        if (plain || (out->length > 0 && out->data[out->length - 1] != '-'))
            up_buffer_add_char(out, plain ? *name : '-');
    }
    while (out->length > 0 && out->data[out->length - 1] == '-')
        out->data[--out->length] = '\0';
    return up_buffer_check(out, err);
}

static up_status add_licence(json_t *object, const char *name, const char *title,
                             const char *url, up_error *err)
{
    const json_t *list = json_object_get(object, "licenses");
    if (name[0] == '\0' && url[0] == '\0')
        return up_error_set(err, UP_USAGE, "a licence needs a name or an address");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (name[0] != '\0' ? is_text(item, "name", name) : is_text(item, "path", url))
            return UP_OK;
    }
    json_t *item = json_object();
    if (item == NULL || !set_text(item, "name", name) || !set_text(item, "path", url) ||
        !set_text(item, "title", title)) {
        json_decref(item);
        return up_error_memory(err);
    }
    return append_to(object, "licenses", item) ? UP_OK : up_error_memory(err);
}

up_status up_descriptor_add_licence(json_t *object, const up_licence *licence,
                                    up_error *err)
{
    const char *name = licence->name != NULL ? licence->name : "";
    const char *title = licence->title != NULL ? licence->title : "";
    up_buffer identifier = {0};
    up_status status = identifier_of(name, &identifier, err);
    const char *plain = up_buffer_text(&identifier);
    if (title[0] == '\0' && strcmp(plain, name) != 0)
        title = name;
    if (status == UP_OK)
        status = add_licence(object, plain, title,
                             licence->url != NULL ? licence->url : "", err);
    up_buffer_release(&identifier);
    return status;
}

up_status up_descriptor_add_metric_source(descriptor *d, json_t *resource,
                                          const char *key, up_error *err)
{
    json_t *item = find_source(json_object_get(d->root, "sources"), key);
    if (item == NULL)
        return up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                           "there is no source '%s' (uptick source %s --title …)", key,
                           key);
    if (find_source(json_object_get(resource, "sources"), key) != NULL)
        return UP_OK;
    return append_to(resource, "sources", json_deep_copy(item)) ? UP_OK
                                                                : up_error_memory(err);
}

/* --- Names of metrics ---------------------------------------------------------------------- */

static const char *const limits[] = {"floor", "ceiling"};

up_status up_descriptor_rename(descriptor *d, json_t *resource, const char *to,
                               up_error *err)
{
    json_t *list = json_object_get(d->root, "resources");
    bool done = true;
    for (size_t i = 0; i < json_array_size(list) && done; i++) {
        json_t *uptick = json_object_get(json_array_get(list, i), "uptick");
        for (size_t k = 0; k < 2 && done; k++)
            if (is_text(uptick, limits[k], name_of(resource)))
                done = set_text(uptick, limits[k], to);
    }
    return done && set_text(resource, "name", to) ? UP_OK : up_error_memory(err);
}

const char *up_descriptor_limited_by(const descriptor *d, const char *metric)
{
    const json_t *list = json_object_get(d->root, "resources");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const json_t *uptick = json_object_get(item, "uptick");
        if (up_descriptor_is_metric(item) && name_of(item) != NULL &&
            strcmp(name_of(item), metric) != 0 &&
            (is_text(uptick, limits[0], metric) || is_text(uptick, limits[1], metric)))
            return name_of(item);
    }
    return NULL;
}

up_status up_descriptor_remove(descriptor *d, const json_t *resource, up_error *err)
{
    json_t *list = json_object_get(d->root, "resources");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_array_get(list, i) == resource)
            return json_array_remove(list, i) == 0 ? UP_OK : up_error_memory(err);
    return UP_OK;
}

/* --- JSON to text ------------------------------------------------------------------------- */

bool up_descriptor_is_changed(const descriptor *d)
{
    return !json_equal(d->root, d->original);
}

/* A text or a number as jansson writes it, except for reals: it has one precision for all of
 * them, which would rewrite 0.1 as 0.10000000000000001 beside another that needs 17 digits. */
static void write_leaf(up_buffer *out, const json_t *value)
{
    if (json_is_real(value)) {
        char number[UP_NUMBER_SIZE];
        up_number_format(json_real_value(value), number);
        up_buffer_add(out, number);
        if (strpbrk(number, ".e") == NULL)
            up_buffer_add(out, ".0"); /* else it would come back as an integer */
        return;
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    if (text == NULL)
        out->failed = true;
    else
        up_buffer_add(out, text);
    free(text);
}

static void write_key(up_buffer *out, const char *key)
{
    json_t *text = json_string(key);
    if (text == NULL)
        out->failed = true;
    else
        write_leaf(out, text);
    json_decref(text);
    up_buffer_add(out, ": ");
}

static void start_line(up_buffer *out, size_t blanks)
{
    up_buffer_add_char(out, '\n');
    for (; blanks > 0; blanks--)
        up_buffer_add_char(out, ' ');
}

/* The parser has bounded how deep it is nested. */
static void write_value(up_buffer *out, const json_t *value, size_t indent, size_t blanks)
{
    const char *key, *separator = "";
    json_t *item;
    size_t i;
    bool is_object = json_is_object(value);
    if (!is_object && !json_is_array(value)) {
        write_leaf(out, value);
        return;
    }
    up_buffer_add_char(out, is_object ? '{' : '[');
    json_object_foreach((json_t *)value, key, item)
    {
        up_buffer_add(out, separator);
        start_line(out, blanks + indent);
        write_key(out, key);
        write_value(out, item, indent, blanks + indent);
        separator = ",";
    }
    json_array_foreach(value, i, item)
    {
        up_buffer_add(out, separator);
        start_line(out, blanks + indent);
        write_value(out, item, indent, blanks + indent);
        separator = ",";
    }
    if (separator[0] != '\0')
        start_line(out, blanks);
    up_buffer_add_char(out, is_object ? '}' : ']');
}

up_status up_descriptor_write(const descriptor *d, up_buffer *out, up_error *err)
{
    if (d->has_bom)
        up_buffer_add(out, "\xEF\xBB\xBF");
    write_value(out, d->root, d->indent, 0);
    up_buffer_add_char(out, '\n');
    return up_buffer_check(out, err);
}
