/* series/datapackage.json: the Frictionless Data Package that describes a tracker folder.
 *
 *     descriptor d = {0};
 *     up_descriptor_parse(&d, text, length, err);
 *     up_descriptor_to_tracker(&d, &tracker, err);
 *     up_descriptor_set_metric(&d, &metric, err);
 *     up_descriptor_write(&d, &out, err);
 *     up_descriptor_release(&d);
 *
 * A resource with an object `uptick` is a metric, unless its `role` there names a table;
 * every other resource and every unknown key is the user's own and stays in its place. What
 * is written is valid under version 1 and version 2 of the specification. */
#ifndef UPTICK_STORE_CSV_DESCRIPTOR_H
#define UPTICK_STORE_CSV_DESCRIPTOR_H

#include <jansson.h>

#include "uptick/store.h"

#define DESCRIPTOR_NAME "datapackage.json"
/* The file as errors name it: relative to the tracker's root. */
#define DESCRIPTOR_SOURCE "series/" DESCRIPTOR_NAME

typedef struct descriptor {
    json_t *root, *original; /* as it is changed; as it was read */
    bool has_bom;
    size_t indent;
} descriptor;

/* UP_BAD_DATA with the line: no JSON, or JSON that is not what a tracker needs. */
UP_MUST_CHECK up_status up_descriptor_parse(descriptor *d, const char *text,
                                            size_t length, up_error *err);
/* An empty one, with a title unless that is "". */
UP_MUST_CHECK up_status up_descriptor_new(descriptor *d, const char *title,
                                          up_error *err);
void up_descriptor_release(descriptor *d);

/* Fills a zeroed tracker: title, sources, metrics with their paths. */
UP_MUST_CHECK up_status up_descriptor_to_tracker(const descriptor *d, up_tracker *tracker,
                                                 up_error *err);

/* Whether a resource is a metric; up_descriptor_to_tracker gives them in their order here. */
bool up_descriptor_is_metric(const json_t *resource);
/* The resource of a metric, of the table with a role, of whatever has that name or file; NULL
 * when there is none. Borrowed. */
json_t *up_descriptor_metric(const descriptor *d, const char *name);
json_t *up_descriptor_table(const descriptor *d, const char *role);
json_t *up_descriptor_named(const descriptor *d, const char *name);
/* Its file's name in series/, and the delimiter of that file. */
const char *up_descriptor_path(const json_t *resource);
char up_descriptor_delimiter(const json_t *resource);

/* A new resource with a file of these columns; role is NULL for a metric. */
UP_MUST_CHECK up_status up_descriptor_add_metric(descriptor *d, const up_metric *metric,
                                                 const char *path,
                                                 const char *const columns[],
                                                 size_t count, up_error *err);
UP_MUST_CHECK up_status up_descriptor_add_table(descriptor *d, const char *role,
                                                const char *path,
                                                const char *const columns[], size_t count,
                                                up_error *err);
/* Writes the keys of the metric table to its resource, which must be there. */
UP_MUST_CHECK up_status up_descriptor_set_metric(descriptor *d, const up_metric *metric,
                                                 up_error *err);
/* Makes schema.fields name these columns in this order; fields that are there are kept. */
UP_MUST_CHECK up_status up_descriptor_mirror(json_t *resource,
                                             const char *const columns[], size_t count,
                                             up_error *err);
/* Adds or, with replace, changes a source. UP_USAGE when its key is taken. */
UP_MUST_CHECK up_status up_descriptor_set_source(descriptor *d, const up_source *source,
                                                 bool replace, up_error *err);

/* Adds a licence to the package or a resource, as up_store_add_licence says. */
UP_MUST_CHECK up_status up_descriptor_add_licence(json_t *object,
                                                  const up_licence *licence,
                                                  up_error *err);
/* Lists a source of the package, with all its keys, among those of a resource. */
UP_MUST_CHECK up_status up_descriptor_add_metric_source(descriptor *d, json_t *resource,
                                                        const char *key, up_error *err);
/* Renames a metric, and where it is the floor or ceiling of others. */
UP_MUST_CHECK up_status up_descriptor_rename(descriptor *d, json_t *resource,
                                             const char *to, up_error *err);
/* The first metric whose floor or ceiling is that metric; NULL: none. */
const char *up_descriptor_limited_by(const descriptor *d, const char *metric);
UP_MUST_CHECK up_status up_descriptor_remove(descriptor *d, const json_t *resource,
                                             up_error *err);

bool up_descriptor_is_changed(const descriptor *d);
/* Appends the text of it: the indent it was read with, else two blanks. */
UP_MUST_CHECK up_status up_descriptor_write(const descriptor *d, up_buffer *out,
                                            up_error *err);

#endif
