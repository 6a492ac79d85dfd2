/* Which file says something about a table, and where its tables are. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "text/json_file.h"
#include "import/metadata_build.h"
#include "text/words.h"
#include "uptick/file.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* --- Paths -------------------------------------------------------------------------- */

/* The folder of a path, "." for a plain name. */
static up_status folder_of(const char *path, char **folder, up_error *err)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return up_copy_text(".", folder, err);
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    return up_copy_bytes(path, length, folder, err);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* "https:", "file:", "C:" */
static bool has_scheme(const char *path)
{
    size_t length = 0;
    while (up_words_is_letter(path[length]) || up_words_is_digit(path[length]) ||
           (length > 0 && path[length] != '\0' && strchr("+-.", path[length]) != NULL))
        length++;
    return length > 0 && path[length] == ':';
}

static bool climbs(const char *path)
{
    for (const char *at = path; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return true;
    }
    return false;
}

/* Whether a file that is there lies in the folder, when all links are followed. */
static bool lies_in(const char *folder, const char *path)
{
    char *inner = realpath(path, NULL);
    char *outer = realpath(folder, NULL);
    bool inside = inner == NULL; /* not there: nothing to be read */
    if (inner != NULL && outer != NULL) {
        size_t length = strlen(outer);
        inside =
            strncmp(inner, outer, length) == 0 && (inner[length] == '/' || length == 1);
    }
    free(inner);
    free(outer);
    return inside;
}

static const char *why_not_followed(const char *stated)
{
    if (stated[0] == '\0')
        return "an empty path";
    if (has_scheme(stated) || strncmp(stated, "//", 2) == 0)
        return "an address";
    if (stated[0] == '/' || stated[0] == '~' || strchr(stated, '\\') != NULL)
        return "not a path in the folder of the metadata";
    return climbs(stated) ? "a path out of the folder of the metadata" : NULL;
}

/* %20 → a blank. False when nothing is encoded, or a NUL is. */
static bool decode_percent(const char *text, up_buffer *out)
{
    bool decoded = false;
    for (; *text != '\0'; text++) {
        char digits[3] = {0};
        if (text[0] == '%' && text[1] != '\0')
            memcpy(digits, text + 1, 2);
        bool encoded = strspn(digits, "0123456789ABCDEFabcdef") == 2;
        long byte = encoded ? strtol(digits, NULL, 16) : 0;
        if (encoded && byte == 0)
            return false;
        up_buffer_add_char(out, encoded ? (char)(unsigned char)byte : *text);
        text += encoded ? 2 : 0;
        decoded = decoded || encoded;
    }
    return decoded && !out->failed;
}

static up_status follow_in(const char *folder, const char *stated, char **path,
                           const char **why, up_error *err)
{
    *why = why_not_followed(stated);
    if (*why != NULL)
        return UP_OK;
    bool here = strcmp(folder, ".") == 0;
    while (strncmp(stated, "./", 2) == 0)
        stated += 2;
    up_status status =
        here ? up_copy_text(stated, path, err) : up_path_join(folder, stated, path, err);
    if (status == UP_OK && !lies_in(folder, *path)) {
        *why = "a link out of the folder of the metadata";
        free(*path);
        *path = NULL;
    }
    return status;
}

up_status up_metadata_follow(const char *from, const char *stated, char **path,
                             up_remarks *remarks, up_error *err)
{
    char *folder = NULL;
    const char *why = NULL;
    *path = NULL;
    up_status status = folder_of(from, &folder, err);
    if (status == UP_OK)
        status = follow_in(folder, stated, path, &why, err);
    up_buffer decoded = {0};
    bool there = *path != NULL && up_file_exists(*path);
    if (status == UP_OK && why == NULL && !there && decode_percent(stated, &decoded)) {
        free(*path);
        *path = NULL;
        status = follow_in(folder, up_buffer_text(&decoded), path, &why, err);
    }
    if (status == UP_OK && why != NULL)
        up_remarks_add(remarks, UP_WARNING, from, 0, "'%.*s' is not followed: %s",
                       up_words_shown(stated), stated, why);
    up_buffer_release(&decoded);
    free(folder);
    return status;
}

/* --- Opening and finding ------------------------------------------------------------ */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

bool up_metadata_is_file_name(const char *path)
{
    const char *name = name_of(path);
    return strcmp(name, "datapackage.json") == 0 || ends_with(name, "-metadata.json") ||
           ends_with(name, ".metadata.json");
}

/* CSV on the Web is told by its context, a package by its resources, a chart by
 * itself. */
static up_metadata_kind kind_of(const json_t *root)
{
    static const char context[] = "http://www.w3.org/ns/csvw";
    const json_t *stated = json_object_get(root, "@context");
    const json_t *first = json_is_array(stated) ? json_array_get(stated, 0) : stated;
    if (json_is_string(first) && strcmp(json_string_value(first), context) == 0)
        return UP_METADATA_CSVW;
    if (json_object_get(root, "resources") != NULL)
        return UP_METADATA_PACKAGE;
    return json_is_object(json_object_get(root, "chart")) &&
                   json_is_object(json_object_get(root, "columns"))
               ? UP_METADATA_CHART
               : UP_METADATA_NONE;
}

static up_status follow_tables(up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < metadata->table_count && status == UP_OK; i++) {
        char *path;
        status = up_metadata_follow(metadata->path, metadata->tables[i].stated_path,
                                    &path, remarks, err);
        if (status == UP_OK && path != NULL) {
            free(metadata->tables[i].path);
            metadata->tables[i].path = path;
        }
    }
    return status;
}

static up_status convert(const json_t *root, const char *path, up_metadata *metadata,
                         up_remarks *remarks, up_error *err)
{
    up_status status = up_copy_text(path, &metadata->path, err);
    if (status == UP_OK)
        status = up_copy_text("", &metadata->title, err);
    if (status == UP_OK)
        status = up_copy_text("", &metadata->description, err);
    if (status != UP_OK)
        return status;
    metadata->kind = kind_of(root);
    switch (metadata->kind) {
    case UP_METADATA_CSVW:
        status = up_csvw_to_metadata(root, path, metadata, remarks, err);
        break;
    case UP_METADATA_PACKAGE:
        status = up_package_to_metadata(root, path, metadata, remarks, err);
        break;
    case UP_METADATA_CHART:
        status = up_chart_to_metadata(root, path, metadata, remarks, err);
        break;
    default:
        return UP_OK;
    }
    return status == UP_OK ? follow_tables(metadata, remarks, err) : status;
}

/* kind is UP_METADATA_NONE when the file is JSON and nothing else we know. */
static up_status read_any(const char *path, up_metadata *metadata, up_remarks *remarks,
                          up_error *err)
{
    json_t *root = NULL;
    up_metadata result = {0};
    up_status status = up_json_read(path, &root, err);
    if (status == UP_OK)
        status = convert(root, path, &result, remarks, err);
    json_decref(root);
    if (status != UP_OK)
        up_metadata_release(&result);
    else
        *metadata = result;
    return status == UP_OK ? UP_OK : up_error_locate(err, path, 0);
}

up_status up_metadata_open(const char *path, up_metadata *metadata, up_remarks *remarks,
                           up_error *err)
{
    up_metadata result = {0};
    up_status status = read_any(path, &result, remarks, err);
    if (status == UP_OK && result.kind == UP_METADATA_NONE) {
        up_metadata_release(&result);
        status =
            up_error_at(err, UP_BAD_DATA, path, 0,
                        "neither CSV on the Web (its @context is missing) nor a Data "
                        "Package (its resources are missing)");
    }
    if (status == UP_OK)
        *metadata = result;
    return status;
}

static bool is_same_file(const char *a, const char *b)
{
    up_file_stamp first, second;
    up_file_stamp_take(a, &first);
    up_file_stamp_take(b, &second);
    if (first.inode == 0 || second.inode == 0)
        return strcmp(a, b) == 0;
    return first.device == second.device && first.inode == second.inode;
}

const up_metadata_table *up_metadata_table_of(const up_metadata *metadata,
                                              const char *data_path)
{
    for (size_t i = 0; i < metadata->table_count; i++)
        if (metadata->tables[i].path[0] != '\0' &&
            is_same_file(metadata->tables[i].path, data_path))
            return &metadata->tables[i];
    return NULL;
}

/* The places to look in, from the data file's folder; its name with and without .csv. */
static const struct {
    enum { FILE_NAME, STEM_NAME, NO_NAME } name;
    const char *before, *after; /* stand around the name */
} places[] = {
    {FILE_NAME, "", "-metadata.json"},       {STEM_NAME, "", "-metadata.json"},
    {STEM_NAME, "", ".metadata.json"},       {NO_NAME, "", "csv-metadata.json"},
    {NO_NAME, "", "datapackage.json"},       {NO_NAME, "../", "datapackage.json"},
    {NO_NAME, "../../", "datapackage.json"},
};

static up_status make_place(size_t place, const char *data_path, up_buffer *out,
                            up_error *err)
{
    char *folder = NULL;
    up_status status = folder_of(data_path, &folder, err);
    if (status != UP_OK)
        return status;
    const char *name = name_of(data_path);
    size_t length[] = {[FILE_NAME] = strlen(name), [NO_NAME] = 0};
    length[STEM_NAME] = strlen(name) - (ends_with(name, ".csv") ? 4 : 0);
    up_buffer_clear(out);
    if (strcmp(folder, ".") != 0)
        up_buffer_addf(out, "%s/", folder);
    up_buffer_add(out, places[place].before);
    up_buffer_add_bytes(out, name, length[places[place].name]);
    up_buffer_add(out, places[place].after);
    free(folder);
    return up_buffer_check(out, err);
}

/* Reads what lies at a place; kind NONE when it says nothing about the data file. Remarks
 * count only when it does. */
static up_status try_place(const char *path, bool by_name, const char *data_path,
                           up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    up_remarks own = {0};
    up_metadata found = {0};
    up_status status = read_any(path, &found, &own, err);
    bool about_it = status == UP_OK && found.kind != UP_METADATA_NONE &&
                    up_metadata_table_of(&found, data_path) != NULL;
    if (about_it) {
        if (remarks != NULL)
            remarks->failed = remarks->failed || own.failed;
        for (size_t i = 0; i < own.count; i++)
            up_remarks_add(remarks, own.items[i].severity, own.items[i].source,
                           own.items[i].line, "%s", own.items[i].message);
        *metadata = found;
    } else {
        if (status == UP_OK && by_name)
            up_remarks_add(remarks, UP_WARNING, path, 0,
                           "it says nothing about %s and is not used", data_path);
        up_metadata_release(&found);
    }
    up_remarks_release(&own);
    return status;
}

/* What cannot be read two folders up need not be about the file: it is a warning. */
static up_status look_at(size_t place, const char *path, const char *data_path,
                         up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    up_error reason = {0};
    up_status status = try_place(path, places[place].name != NO_NAME, data_path, metadata,
                                 remarks, &reason);
    if (status == UP_BAD_DATA && places[place].before[0] != '\0') {
        up_remarks_add(remarks, UP_WARNING, reason.source, reason.line,
                       "it is not used: %s", reason.message);
        return UP_OK;
    }
    if (status != UP_OK && err != NULL)
        *err = reason;
    return status;
}

static up_status find_given(const char *data_path, const char *given,
                            up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    up_metadata found = {0};
    up_status status = up_metadata_open(given, &found, remarks, err);
    if (status != UP_OK)
        return status;
    if (up_metadata_table_of(&found, data_path) == NULL) {
        up_metadata_release(&found);
        return up_error_at(err, UP_BAD_DATA, given, 0,
                           "no table of it is the file %s (wanted its path or url)",
                           data_path);
    }
    *metadata = found;
    return UP_OK;
}

up_status up_metadata_find(const char *data_path, const char *given,
                           up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    if (given != NULL)
        return find_given(data_path, given, metadata, remarks, err);
    up_buffer path = {0};
    up_metadata found = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < COUNT_OF(places) && status == UP_OK && found.path == NULL;
         i++) {
        status = make_place(i, data_path, &path, err);
        if (status == UP_OK && up_file_exists(up_buffer_text(&path)))
            status = look_at(i, up_buffer_text(&path), data_path, &found, remarks, err);
    }
    up_buffer_release(&path);
    if (status == UP_OK)
        *metadata = found;
    return status;
}
