#include "store/csv_descriptor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/json_file.h"
#include "uptick/buffer.h"

static const char *const roles[] = {"entities", "claims", "events", "projections"};
enum { ROLES = sizeof roles / sizeof roles[0] };

/* --- Text to JSON -------------------------------------------------------------------- */

/* The blanks before the first line that has some: how its author indents. */
static size_t find_indent(const char *text)
{
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        size_t blanks = strspn(at + 1, " ");
        if (blanks > 0)
            return blanks <= 8 ? blanks : 2;
    }
    return 2;
}

up_status up_descriptor_parse(descriptor *d, const char *text, size_t length,
                              up_error *err)
{
    descriptor result = {.indent = find_indent(text)};
    result.has_bom = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    up_status status =
        up_json_parse_table(text, length, DESCRIPTOR_SOURCE, &result.root, err);
    if (status != UP_OK)
        return status;
    if (!json_is_object(result.root)) {
        json_decref(result.root);
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 1,
                           "not an object (wanted a Frictionless Data Package)");
    }
    result.original = json_deep_copy(result.root);
    if (result.original == NULL) {
        json_decref(result.root);
        return up_error_memory(err);
    }
    *d = result;
    return UP_OK;
}

up_status up_descriptor_new(descriptor *d, const char *title, up_error *err)
{
    descriptor result = {.root = json_object(), .original = json_object(), .indent = 2};
    bool made = result.root != NULL && result.original != NULL;
    if (made && title != NULL && title[0] != '\0')
        made = json_object_set_new(result.root, "title", json_string(title)) == 0;
    if (made)
        made = json_object_set_new(result.root, "resources", json_array()) == 0;
    if (!made) {
        up_descriptor_release(&result);
        return up_error_memory(err);
    }
    *d = result;
    return UP_OK;
}

void up_descriptor_release(descriptor *d)
{
    if (d == NULL)
        return;
    json_decref(d->root);
    json_decref(d->original);
    *d = (descriptor){0};
}

/* --- JSON to tracker ----------------------------------------------------------------- */

/* "resources[2].uptick.unit is a number, wanted a text". `key` is the last part. */
static up_status fail_type(const char *where, const char *key, const json_t *found,
                           const char *wanted, up_error *err)
{
    const char *dot = where[0] != '\0' ? "." : "";
    if (found == NULL)
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                           "%s%s%s is missing (wanted %s)", where, dot, key, wanted);
    return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0, "%s%s%s is %s (wanted %s)",
                       where, dot, key, up_json_type(found), wanted);
}

/* The text under a key; "" when it is absent and may be. */
static up_status get_text(const json_t *object, const char *where, const char *key,
                          bool required, const char **text, up_error *err)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL && !required)
        *text = "";
    else if (!json_is_string(value) || (required && json_string_length(value) == 0))
        return fail_type(where, key, value,
                         required                ? "a text that is not empty"
                         : json_is_number(value) ? "a text: exact numbers stand in quotes"
                                                 : "a text",
                         err);
    else
        *text = json_string_value(value);
    return UP_OK;
}

/* A list that may be absent. */
static up_status get_list(const json_t *object, const char *key, const json_t **list,
                          up_error *err)
{
    *list = json_object_get(object, key);
    if (*list != NULL && !json_is_array(*list))
        return fail_type("", key, *list, "a list", err);
    return UP_OK;
}

static const char *role_of(const json_t *resource)
{
    return json_string_value(
        json_object_get(json_object_get(resource, "uptick"), "role"));
}

bool up_descriptor_is_metric(const json_t *resource)
{
    const json_t *uptick = json_object_get(resource, "uptick");
    return json_is_object(uptick) && json_object_get(uptick, "role") == NULL;
}

static bool is_table(const json_t *resource)
{
    const char *role = role_of(resource);
    for (size_t i = 0; i < ROLES && role != NULL; i++)
        if (strcmp(role, roles[i]) == 0)
            return true;
    return false;
}

/* Only what lies in series/ itself may be read and written through the descriptor. */
static bool is_plain_file(const char *path)
{
    return path[0] != '.' && path[0] != '~' && strpbrk(path, "/\\:") == NULL &&
           strcmp(path, DESCRIPTOR_NAME) != 0;
}

static up_status check_place(const json_t *resource, const char *where, up_error *err)
{
    const char *path, *delimiter = ",";
    up_status status = get_text(resource, where, "path", true, &path, err);
    if (status != UP_OK)
        return status;
    if (!is_plain_file(path))
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                           "%s.path '%s' is not a file in series/ (wanted a plain name "
                           "such as ai-users.csv)",
                           where, path);
    const json_t *dialect = json_object_get(resource, "dialect");
    if (dialect != NULL && !json_is_object(dialect))
        return fail_type(where, "dialect", dialect, "an object", err);
    if (json_object_get(dialect, "delimiter") != NULL)
        status = get_text(dialect, where, "delimiter", true, &delimiter, err);
    if (status == UP_OK && (strlen(delimiter) != 1 || strchr("\"\r\n", delimiter[0])))
        status = up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                             "%s.dialect.delimiter '%s' cannot separate fields (wanted "
                             "one character such as ',')",
                             where, delimiter);
    return status;
}

/* `where` and what is wrong with it, as bad data: in `set` the same is a usage error. */
static up_status fail_key(const char *where, const up_error *reason, up_error *err)
{
    if (reason->code == UP_SYSTEM)
        return up_error_memory(err);
    return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0, "%s: %s", where,
                       reason->message);
}

static up_status read_keys(const json_t *resource, const char *where, up_metric *metric,
                           up_error *err)
{
    const json_t *uptick = json_object_get(resource, "uptick");
    char inside[80];
    snprintf(inside, sizeof inside, "%s.uptick", where);
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++) {
        bool in_resource = key->place == UP_PLACE_RESOURCE;
        const char *text;
        up_error reason = {0};
        up_status status =
            get_text(in_resource ? resource : uptick, in_resource ? where : inside,
                     key->name, false, &text, err);
        if (status != UP_OK)
            return status;
        if (text[0] != '\0' && up_metric_set(metric, key->name, text, &reason) != UP_OK)
            return fail_key(in_resource ? where : inside, &reason, err);
    }
    return UP_OK;
}

static up_status add_metric(const json_t *resource, const char *where,
                            up_tracker *tracker, up_error *err)
{
    const char *name;
    up_status status = get_text(resource, where, "name", true, &name, err);
    if (status != UP_OK)
        return status;
    if (up_grow(&tracker->metrics, &tracker->metric_capacity, tracker->metric_count + 1,
                sizeof *tracker->metrics, err) != UP_OK)
        return UP_SYSTEM;
    up_metric_data data = {0};
    up_error reason = {0};
    if (up_metric_init(&data.metric, name, &reason) != UP_OK)
        return fail_key(where, &reason, err);
    up_buffer path = {0};
    up_buffer_addf(&path, "series/%s", up_descriptor_path(resource));
    status = up_buffer_check(&path, err);
    data.path = path.data;
    if (status == UP_OK)
        status = read_keys(resource, where, &data.metric, err);
    if (status != UP_OK)
        up_metric_data_release(&data);
    else
        tracker->metrics[tracker->metric_count++] = data;
    return status;
}

/* Two resources of one name, or on one file, would be written over one another. `seen` maps
 * "name" and "path" to the texts met so far, each to its index. */
static up_status check_twins(const json_t *resource, size_t index, json_t *seen,
                             up_error *err)
{
    static const char *const keys[] = {"name", "path"};
    for (size_t k = 0; k < 2; k++) {
        const char *text = json_string_value(json_object_get(resource, keys[k]));
        json_t *met = json_object_get(seen, keys[k]);
        const json_t *other = text != NULL ? json_object_get(met, text) : NULL;
        if (other != NULL)
            return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                               "resources[%zu] and resources[%zu] have the same %s '%s'",
                               (size_t)json_integer_value(other), index, keys[k], text);
        if (text != NULL &&
            json_object_set_new(met, text, json_integer((json_int_t)index)) != 0)
            return up_error_memory(err);
    }
    return UP_OK;
}

static up_status read_resource(const json_t *resource, size_t index, json_t *seen,
                               up_tracker *tracker, up_error *err)
{
    char where[40];
    snprintf(where, sizeof where, "resources[%zu]", index);
    if (!json_is_object(resource))
        return fail_type("", where, resource, "an object", err);
    const json_t *uptick = json_object_get(resource, "uptick");
    if (uptick != NULL && !json_is_object(uptick))
        return fail_type(where, "uptick", uptick, "an object", err);
    if (!up_descriptor_is_metric(resource) && !is_table(resource))
        return UP_OK;
    up_status status = check_place(resource, where, err);
    if (status == UP_OK)
        status = check_twins(resource, index, seen, err);
    if (status == UP_OK && up_descriptor_is_metric(resource))
        status = add_metric(resource, where, tracker, err);
    return status;
}

static up_status read_resources(const json_t *root, up_tracker *tracker, up_error *err)
{
    const json_t *list;
    up_status status = get_list(root, "resources", &list, err);
    json_t *seen = json_pack("{s:{}, s:{}}", "name", "path");
    if (status == UP_OK && seen == NULL)
        status = up_error_memory(err);
    for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++)
        status = read_resource(json_array_get(list, i), i, seen, tracker, err);
    json_decref(seen);
    return status;
}

static up_status add_source(const json_t *item, const char *where, up_tracker *tracker,
                            up_error *err)
{
    const char *key, *title, *url, *producer = "";
    const json_t *own = json_object_get(item, "uptick");
    up_status status = get_text(item, where, "title", false, &title, err);
    if (status == UP_OK)
        status = get_text(item, where, "name", false, &key, err);
    if (status == UP_OK)
        status = get_text(item, where, "path", false, &url, err);
    if (status == UP_OK && json_is_object(own))
        status = get_text(own, where, "producer", false, &producer, err);
    if (status == UP_OK)
        status = up_grow(&tracker->sources, &tracker->source_capacity,
                         tracker->source_count + 1, sizeof *tracker->sources, err);
    if (status != UP_OK)
        return status;
    up_source source = {0};
    status = up_copy_text(key[0] != '\0' ? key : title, &source.key, err);
    if (status == UP_OK)
        status = up_copy_text(title, &source.title, err);
    if (status == UP_OK)
        status = up_copy_text(url, &source.url, err);
    if (status == UP_OK)
        status = up_copy_text(producer, &source.producer, err);
    if (status != UP_OK)
        up_source_release(&source);
    else
        tracker->sources[tracker->source_count++] = source;
    return status;
}

static up_status read_sources(const json_t *root, up_tracker *tracker, up_error *err)
{
    const json_t *list;
    up_status status = get_list(root, "sources", &list, err);
    for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++) {
        char where[40];
        snprintf(where, sizeof where, "sources[%zu]", i);
        const json_t *item = json_array_get(list, i);
        status = json_is_object(item) ? add_source(item, where, tracker, err)
                                      : fail_type("", where, item, "an object", err);
    }
    return status;
}

up_status up_descriptor_to_tracker(const descriptor *d, up_tracker *tracker,
                                   up_error *err)
{
    up_tracker result = {0};
    const char *title;
    up_status status = get_text(d->root, "", "title", false, &title, err);
    if (status == UP_OK)
        status = up_copy_text(title, &result.title, err);
    if (status == UP_OK)
        status = read_sources(d->root, &result, err);
    if (status == UP_OK)
        status = read_resources(d->root, &result, err);
    if (status != UP_OK)
        up_tracker_release(&result);
    else
        *tracker = result;
    return status;
}

/* --- Finding resources ------------------------------------------------------------------ */

static json_t *find_resource(const descriptor *d, bool (*fits)(const json_t *),
                             const char *(*text)(const json_t *), const char *wanted)
{
    const json_t *list = json_object_get(d->root, "resources");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *resource = json_array_get(list, i);
        const char *found = fits(resource) ? text(resource) : NULL;
        if (found != NULL && strcmp(found, wanted) == 0)
            return resource;
    }
    return NULL;
}

static const char *name_of(const json_t *resource)
{
    return json_string_value(json_object_get(resource, "name"));
}

static bool is_any(const json_t *resource)
{
    return json_is_object(resource);
}

json_t *up_descriptor_metric(const descriptor *d, const char *name)
{
    return find_resource(d, up_descriptor_is_metric, name_of, name);
}

json_t *up_descriptor_table(const descriptor *d, const char *role)
{
    return find_resource(d, is_table, role_of, role);
}

json_t *up_descriptor_named(const descriptor *d, const char *name)
{
    return find_resource(d, is_any, name_of, name);
}

const char *up_descriptor_path(const json_t *resource)
{
    return json_string_value(json_object_get(resource, "path"));
}

char up_descriptor_delimiter(const json_t *resource)
{
    const char *delimiter = json_string_value(
        json_object_get(json_object_get(resource, "dialect"), "delimiter"));
    return delimiter != NULL ? delimiter[0] : ',';
}
