#include "import/json_reading.h"

#include <string.h>

#include "base/memory.h"
#include "text/json_file.h"
#include "import/metadata_build.h"
#include "import/text_list.h"

bool up_reading_failed(const json_reading *r)
{
    return r->status != UP_OK;
}

void up_reading_keep(json_reading *r, up_status status)
{
    if (r->status == UP_OK)
        r->status = status;
}

void up_reading_spend(json_reading *r, size_t bytes)
{
    if (!up_reading_failed(r))
        up_reading_keep(r, up_metadata_spend(&r->spent, bytes, r->err));
}

void up_reading_remark_type(json_reading *r, const char *where, const char *key,
                            const json_t *found, const char *wanted)
{
    up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                   "%s%s%s is %s and is not used (wanted %s)", where,
                   where[0] != '\0' ? "." : "", key, up_json_type(found), wanted);
}

void up_reading_fail_type(json_reading *r, const char *where, const char *key,
                          const json_t *found, const char *wanted)
{
    up_reading_keep(r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                                   "%s%s%s is %s (wanted %s)", where,
                                   where[0] != '\0' && key[0] != '\0' ? "." : "", key,
                                   up_json_type(found), wanted));
}

/* A text under a key, or NULL; null is as good as nothing. */
const char *up_reading_text(json_reading *r, const json_t *object, const char *where,
                            const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return NULL;
    if (!json_is_string(value)) {
        up_reading_remark_type(r, where, key, value, "a text");
        return NULL;
    }
    return json_string_value(value);
}

bool up_reading_flag(json_reading *r, const json_t *object, const char *where,
                     const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return otherwise;
    if (!json_is_boolean(value)) {
        up_reading_remark_type(r, where, key, value, "true or false");
        return otherwise;
    }
    return json_is_true(value);
}

/* A list under a key, or NULL; a text alone is a remark. */
const json_t *up_reading_list(json_reading *r, const json_t *object, const char *where,
                              const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value) || json_is_array(value))
        return json_is_array(value) ? value : NULL;
    up_reading_remark_type(r, where, key, value, "a list");
    return NULL;
}

const json_t *up_reading_object(json_reading *r, const json_t *object, const char *where,
                                const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value) || json_is_object(value))
        return json_is_object(value) ? value : NULL;
    up_reading_remark_type(r, where, key, value, "an object");
    return NULL;
}

void up_reading_set_text(json_reading *r, char **slot, const char *text)
{
    if (text != NULL)
        up_reading_spend(r, strlen(text));
    if (text != NULL && !up_reading_failed(r))
        up_reading_keep(r, up_replace_text(slot, text, r->err));
}

void up_reading_add_text(json_reading *r, char ***list, const char *text)
{
    up_reading_spend(r, sizeof text + strlen(text));
    if (!up_reading_failed(r))
        up_reading_keep(r, up_text_list_add(list, text, strlen(text), r->err));
}

void up_reading_take_text(json_reading *r, const json_t *object, const char *where,
                          const char *key, char **slot)
{
    up_reading_set_text(r, slot, up_reading_text(r, object, where, key));
}

/* The first of several spellings of a key that is there. */
void up_reading_take_first_text(json_reading *r, const json_t *object, const char *where,
                                const char *const keys[], char **slot)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *text = up_reading_text(r, object, where, keys[i]);
        if (text != NULL && text[0] != '\0') {
            up_reading_set_text(r, slot, text);
            return;
        }
    }
}
