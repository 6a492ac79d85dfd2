/* Values out of JSON that somebody else wrote: what is of another type than it should be
 * is passed over with a remark, or an error, that says where it stands. Where is a path
 * such as "resources[0].schema". After the first error nothing more is done. */
#ifndef UPTICK_IMPORT_JSON_READING_H
#define UPTICK_IMPORT_JSON_READING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

enum { JSON_WHERE_SIZE = 160 };

typedef struct json_reading {
    const char *source;
    up_remarks *remarks;
    up_error *err;
    up_status status;
    size_t spent; /* see up_metadata_spend */
} json_reading;

bool up_reading_failed(const json_reading *r);
/* Keeps the first status that is not UP_OK. */
void up_reading_keep(json_reading *r, up_status status);
void up_reading_spend(json_reading *r, size_t bytes);

/* "WHERE.KEY is a number and is not used (wanted a text)", and as an error. */
void up_reading_remark_type(json_reading *r, const char *where, const char *key,
                            const json_t *found, const char *wanted);
void up_reading_fail_type(json_reading *r, const char *where, const char *key,
                          const json_t *found, const char *wanted);

/* The value under a key; NULL (or `otherwise`) when it is not there, null, or remarked
 * upon. */
const char *up_reading_text(json_reading *r, const json_t *object, const char *where,
                            const char *key);
bool up_reading_flag(json_reading *r, const json_t *object, const char *where,
                     const char *key, bool otherwise);
const json_t *up_reading_list(json_reading *r, const json_t *object, const char *where,
                              const char *key);
const json_t *up_reading_object(json_reading *r, const json_t *object, const char *where,
                                const char *key);

/* Replace an owned text, append to a list of them (text_list.h); NULL leaves a text as it
 * is. */
void up_reading_set_text(json_reading *r, char **slot, const char *text);
void up_reading_add_text(json_reading *r, char ***list, const char *text);
/* The same with what stands under a key, or under the first of several that is not
 * empty. */
void up_reading_take_text(json_reading *r, const json_t *object, const char *where,
                          const char *key, char **slot);
void up_reading_take_first_text(json_reading *r, const json_t *object, const char *where,
                                const char *const keys[], char **slot);

#endif
