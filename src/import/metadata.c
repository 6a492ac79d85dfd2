#include "import/metadata.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/metadata_build.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/calendar.h"

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

/* --- Making and releasing ----------------------------------------------------------- */

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

/* --- Columns ------------------------------------------------------------------------ */

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

/* By its name, else by one of its titles. */
static const up_metadata_column *column_named(const up_metadata_table *table,
                                              const char *header)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_same_label(table->columns[i].name, header))
            return &table->columns[i];
    for (size_t i = 0; i < table->column_count; i++)
        if (is_named(&table->columns[i], header))
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
        if (columns[i] == NULL && placed != NULL && !table->is_partial &&
            (is_blank(headers[i]) || placed->name[0] == '\0'))
            columns[i] = placed;
        if (columns[i] == NULL && table->is_partial)
            continue;
        if (columns[i] == NULL)
            up_remarks_add(remarks, UP_WARNING, source, 0,
                           "column %zu '%.*s' is not in the metadata", origin + 1,
                           up_words_shown(headers[i]), headers[i]);
        else if (!is_named(columns[i], headers[i]) && !is_blank(headers[i]) &&
                 has_label(columns[i]))
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

/* --- Cells -------------------------------------------------------------------------- */

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
