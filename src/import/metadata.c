#include "import/metadata.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/json_file.h"
#include "import/metadata_build.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/calendar.h"
#include "uptick/file.h"

/* A file of a few megabytes can name millions of these; nobody means that. */
enum { MOST_TABLES = 1000, MOST_COLUMNS = 20000 };

up_status up_metadata_spend(size_t *spent, size_t bytes, up_error *err)
{
    if (bytes > METADATA_MOST_BYTES - *spent)
        return up_error_set(err, UP_BAD_DATA,
                            "what it says of its tables is more than 256 MiB");
    *spent += bytes;
    return UP_OK;
}

/* --- Making and releasing -------------------------------------------------------------- */

/* The texts each struct owns; none is NULL once it is made. */
static const size_t column_texts[] = {offsetof(up_metadata_column, name),
                                      offsetof(up_metadata_column, title),
                                      offsetof(up_metadata_column, description),
                                      offsetof(up_metadata_column, type_name),
                                      offsetof(up_metadata_column, format),
                                      offsetof(up_metadata_column, unit),
                                      offsetof(up_metadata_column, short_unit),
                                      offsetof(up_metadata_column, conversion_factor)};
static const size_t table_texts[] = {
    offsetof(up_metadata_table, path),     offsetof(up_metadata_table, stated_path),
    offsetof(up_metadata_table, name),     offsetof(up_metadata_table, title),
    offsetof(up_metadata_table, encoding), offsetof(up_metadata_table, description)};
static const size_t reference_texts[] = {
    offsetof(up_metadata_reference, name), offsetof(up_metadata_reference, title),
    offsetof(up_metadata_reference, url), offsetof(up_metadata_reference, publisher)};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static void free_texts(void *owner, const size_t offsets[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(*(char **)((char *)owner + offsets[i]));
}

static up_status make_texts(void *owner, const size_t offsets[], size_t count,
                            up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = up_copy_text("", (char **)((char *)owner + offsets[i]), err);
    if (status != UP_OK)
        free_texts(owner, offsets, count);
    return status;
}

up_status up_metadata_add_table(up_metadata *metadata, up_metadata_table **table,
                                up_error *err)
{
    if (metadata->table_count == MOST_TABLES)
        return up_error_set(err, UP_BAD_DATA, "more than %d tables", MOST_TABLES);
    up_metadata_table made = {0};
    up_status status = make_texts(&made, table_texts, COUNT_OF(table_texts), err);
    if (status != UP_OK)
        return status;
    size_t capacity = metadata->table_capacity;
    status = up_grow(&metadata->tables, &capacity, metadata->table_count + 1, sizeof made,
                     err);
    if (status != UP_OK) {
        free_texts(&made, table_texts, COUNT_OF(table_texts));
        return status;
    }
    metadata->table_capacity = capacity;
    metadata->tables[metadata->table_count] = made;
    *table = &metadata->tables[metadata->table_count++];
    return UP_OK;
}

static up_status make_column(const datatype_base *base, up_metadata_column *column,
                             up_error *err)
{
    up_metadata_column made = {.decimals = -1, .status_of = UP_METADATA_ROW};
    up_status status = make_texts(&made, column_texts, COUNT_OF(column_texts), err);
    if (status != UP_OK)
        return status;
    column_reader *reader;
    status = up_alloc(1, sizeof *reader, &reader, err);
    if (status != UP_OK) {
        free_texts(&made, column_texts, COUNT_OF(column_texts));
        return status;
    }
    up_datatype_init(&reader->type, base);
    made.reader = reader;
    *column = made;
    return UP_OK;
}

static void release_column(up_metadata_column *column)
{
    free_texts(column, column_texts, COUNT_OF(column_texts));
    up_text_list_free(column->titles);
    up_text_list_free(column->missing);
    column_reader *reader = up_metadata_reader(column);
    up_datatype_release(&reader->type);
    free(reader->separator);
    free(reader->default_text);
    free(reader->status_prefix);
    free(reader);
}

up_status up_metadata_add_column(up_metadata_table *table, const datatype_base *base,
                                 up_metadata_column **column, up_error *err)
{
    if (table->column_count == MOST_COLUMNS)
        return up_error_set(err, UP_BAD_DATA, "more than %d columns in a table",
                            MOST_COLUMNS);
    up_metadata_column made;
    up_status status = make_column(base, &made, err);
    if (status != UP_OK)
        return status;
    status = up_grow(&table->columns, &table->column_capacity, table->column_count + 1,
                     sizeof made, err);
    if (status != UP_OK) {
        release_column(&made);
        return status;
    }
    table->columns[table->column_count] = made;
    *column = &table->columns[table->column_count++];
    return UP_OK;
}

up_status up_metadata_add_reference(up_metadata_reference **list, size_t *count,
                                    up_metadata_reference **reference, up_error *err)
{
    up_metadata_reference made = {0};
    up_status status = make_texts(&made, reference_texts, COUNT_OF(reference_texts), err);
    if (status != UP_OK)
        return status;
    size_t capacity = *count;
    status = up_grow(list, &capacity, *count + 1, sizeof made, err);
    if (status != UP_OK) {
        free_texts(&made, reference_texts, COUNT_OF(reference_texts));
        return status;
    }
    (*list)[*count] = made;
    *reference = &(*list)[(*count)++];
    return UP_OK;
}

static void free_references(up_metadata_reference *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free_texts(&list[i], reference_texts, COUNT_OF(reference_texts));
    free(list);
}

static void release_table(up_metadata_table *table)
{
    free_texts(table, table_texts, COUNT_OF(table_texts));
    for (size_t i = 0; i < table->column_count; i++)
        release_column(&table->columns[i]);
    free(table->columns);
    free_references(table->licences, table->licence_count);
    free_references(table->sources, table->source_count);
    up_text_list_free(table->notes);
}

void up_metadata_release(up_metadata *metadata)
{
    if (metadata == NULL)
        return;
    for (size_t i = 0; i < metadata->table_count; i++)
        release_table(&metadata->tables[i]);
    free(metadata->tables);
    free(metadata->path);
    free(metadata->title);
    free(metadata->description);
    *metadata = (up_metadata){0};
}

/* --- Paths ----------------------------------------------------------------------------- */

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

/* --- Opening and finding --------------------------------------------------------------- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

bool up_metadata_is_file_name(const char *path)
{
    const char *name = name_of(path);
    return strcmp(name, "datapackage.json") == 0 || ends_with(name, "-metadata.json");
}

/* CSV on the Web is told by its context, a package by its resources. */
static up_metadata_kind kind_of(const json_t *root)
{
    static const char context[] = "http://www.w3.org/ns/csvw";
    const json_t *stated = json_object_get(root, "@context");
    const json_t *first = json_is_array(stated) ? json_array_get(stated, 0) : stated;
    if (json_is_string(first) && strcmp(json_string_value(first), context) == 0)
        return UP_METADATA_CSVW;
    return json_object_get(root, "resources") != NULL ? UP_METADATA_PACKAGE
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
    {FILE_NAME, "", "-metadata.json"},    {STEM_NAME, "", "-metadata.json"},
    {NO_NAME, "", "csv-metadata.json"},   {NO_NAME, "", "datapackage.json"},
    {NO_NAME, "../", "datapackage.json"}, {NO_NAME, "../../", "datapackage.json"},
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
            status = try_place(up_buffer_text(&path), places[i].name != NO_NAME,
                               data_path, &found, remarks, err);
    }
    up_buffer_release(&path);
    if (status == UP_OK)
        *metadata = found;
    return status;
}

/* --- Columns --------------------------------------------------------------------------- */

/* Equal but for blanks around them. */
static bool is_same_label(const char *a, const char *b)
{
    a += strspn(a, " \t");
    b += strspn(b, " \t");
    size_t first = strlen(a), second = strlen(b);
    while (first > 0 && (a[first - 1] == ' ' || a[first - 1] == '\t'))
        first--;
    while (second > 0 && (b[second - 1] == ' ' || b[second - 1] == '\t'))
        second--;
    return first == second && memcmp(a, b, first) == 0;
}

static bool is_named(const up_metadata_column *column, const char *header)
{
    bool named = is_same_label(column->name, header);
    for (char **title = column->titles; title != NULL && *title != NULL; title++)
        named = named || is_same_label(*title, header);
    return named;
}

static const up_metadata_column *column_at(const up_metadata_table *table, size_t origin)
{
    if (origin < table->skip_columns ||
        origin - table->skip_columns >= table->column_count)
        return NULL;
    const up_metadata_column *column = &table->columns[origin - table->skip_columns];
    return column->is_virtual ? NULL : column;
}

static const up_metadata_column *column_named(const up_metadata_table *table,
                                              const char *header)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_same_label(table->columns[i].name, header))
            return &table->columns[i];
    return NULL;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t")] == '\0';
}

static bool has_label(const up_metadata_column *column)
{
    return column->titles != NULL ? !is_blank(column->titles[0])
                                  : !is_blank(column->name);
}

static void remark_missing(const up_metadata_table *table, const char *source,
                           const up_metadata_column *const columns[], size_t count,
                           up_remarks *remarks)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const up_metadata_column *column = &table->columns[i];
        bool there = column->is_virtual || !has_label(column);
        for (size_t k = 0; k < count && !there; k++)
            there = columns[k] == column;
        if (!there)
            up_remarks_add(remarks, UP_WARNING, source, 0,
                           "the metadata have a column '%.*s' that the file lacks",
                           up_words_shown(column->name), column->name);
    }
}

void up_metadata_match(const up_metadata_table *table, const char *const headers[],
                       const size_t origins[], size_t count, const char *source,
                       const up_metadata_column *columns[], up_remarks *remarks)
{
    for (size_t i = 0; i < count && table->column_count > 0; i++) {
        size_t origin = origins != NULL ? origins[i] : i;
        const up_metadata_column *placed = column_at(table, origin);
        columns[i] = table->by_place ? placed : column_named(table, headers[i]);
        if (columns[i] == NULL && !table->by_place && placed != NULL &&
            is_blank(headers[i]))
            columns[i] = placed;
        if (columns[i] == NULL)
            up_remarks_add(remarks, UP_WARNING, source, 0,
                           "column %zu '%.*s' is not in the metadata", origin + 1,
                           up_words_shown(headers[i]), headers[i]);
        else if (!is_named(columns[i], headers[i]) && !is_blank(headers[i]))
            up_remarks_add(remarks, UP_WARNING, source, 0,
                           "column %zu is '%.*s', but '%.*s' in the metadata", origin + 1,
                           up_words_shown(headers[i]), headers[i],
                           up_words_shown(columns[i]->name), columns[i]->name);
    }
    if (table->column_count > 0)
        remark_missing(table, source, columns, count, remarks);
    for (size_t i = 0; i < count && table->column_count == 0; i++)
        columns[i] = NULL;
}

/* --- Cells ----------------------------------------------------------------------------- */

static bool is_missing(const up_metadata_column *column, const char *text)
{
    return column->missing == NULL ? text[0] == '\0'
                                   : up_text_list_has(column->missing, text);
}

static up_status add_day(int64_t zero_day, const char *number, const char *text,
                         up_buffer *out, up_error *err)
{
    int64_t days = 0;
    const char *at = number + (*number == '-');
    size_t digits = up_words_scan_digits(&at, &days);
    if (digits == 0 || digits > 9 || *at != '\0')
        return up_error_set(err, UP_BAD_DATA, "'%.*s' is not a count of days",
                            up_words_shown(text), text);
    up_date date = up_date_from_days(zero_day + (*number == '-' ? -days : days));
    moment day = {.has = HAS_YEAR | HAS_MONTH | HAS_DAY,
                  .year = date.year,
                  .month = date.month,
                  .day = date.day};
    up_moment_add(out, &day);
    return UP_OK;
}

static up_status read_text(const up_metadata_column *column, const char *text,
                           up_buffer *out, bool *missing, up_error *err)
{
    const column_reader *reader = up_metadata_reader(column);
    if (reader->separator != NULL) {
        up_buffer_add(out, text);
        return UP_OK;
    }
    if (column->is_days_since)
        return add_day(column->zero_day, text, text, out, err);
    size_t before = out->length;
    bool special = false;
    up_status status = up_datatype_read(&reader->type, text, out, &special, err);
    if (status != UP_OK || !special)
        return status;
    *missing = strcmp(out->data + before, "NaN") == 0;
    out->length = before;
    out->data[before] = '\0';
    if (*missing)
        return UP_OK;
    return up_error_set(err, UP_BAD_DATA, "'%s' is not a finite number", text);
}

up_status up_metadata_read(const up_metadata_column *column, const char *text,
                           up_buffer *out, bool *missing, up_error *err)
{
    const column_reader *reader = up_metadata_reader(column);
    up_buffer normal = {0};
    up_datatype_add_normal(&reader->type, text, &normal);
    const char *cell = up_buffer_text(&normal);
    if (cell[0] == '\0' && reader->default_text != NULL)
        cell = reader->default_text;
    bool is_null = is_missing(column, cell);
    up_status status = up_buffer_check(&normal, err);
    if (status == UP_OK && is_null && column->required)
        status = up_error_set(err, UP_BAD_DATA, "a figure or text is required in '%.*s'",
                              up_words_shown(column->name), column->name);
    else if (status == UP_OK && !is_null)
        status = read_text(column, cell, out, &is_null, err);
    if (status == UP_OK)
        status = up_buffer_check(out, err);
    if (status == UP_OK)
        *missing = is_null;
    up_buffer_release(&normal);
    return status;
}

char up_metadata_status(const up_metadata_column *column, const char *text)
{
    const column_reader *reader = up_metadata_reader(column);
    if (column->role != UP_ROLE_STATUS || reader->status_prefix == NULL)
        return '\0';
    if (text[0] == '\0' && reader->default_text != NULL)
        text = reader->default_text;
    if (text[0] == '\0' || is_missing(column, text))
        return '\0';
    char code = reader->status_taken > 0 ? text[0] : reader->status_prefix[0];
    return code >= 'A' && code <= 'Z' ? code : '\0';
}
