#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/csvw.h"
#include "import/text_list.h"
#include "text/words.h"
#include "uptick/csv.h"

/* The table that is read and where its bytes are. */
typedef struct reading {
    const csvw_table *table;
    up_csv csv;
    const char *data;     /* after the rows skipped */
    size_t skipped_lines; /* before it */
    const char *source;
    up_remarks *remarks;
    up_error *err;
} reading;

/* --- Records ------------------------------------------------------------------------ */

/* Steps over `rows` lines. */
static size_t skip_lines(const char *data, size_t length, size_t rows)
{
    size_t at = 0;
    for (; rows > 0 && at < length; rows--) {
        const char *end = memchr(data + at, '\n', length - at);
        at = end != NULL ? (size_t)(end - data) + 1 : length;
    }
    return at;
}

static up_status read_csv(reading *r, const char *data, size_t length)
{
    const csvw_dialect *dialect = &r->table->dialect;
    up_csv_options options = {.delimiter = dialect->delimiter, .ragged = true};
    size_t skipped = skip_lines(data, length, dialect->skip_rows);
    if (dialect->quote != '\0' && dialect->quote != '"')
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "quotes other than \" are not read here");
    r->data = data + skipped;
    r->skipped_lines = dialect->skip_rows;
    return up_csv_read(&r->csv, r->data, length - skipped, r->source, &options,
                       r->remarks, r->err);
}

static bool is_comment(const reading *r, size_t record)
{
    char comment = r->table->dialect.comment;
    return comment != '\0' && r->data[r->csv.records[record].first] == comment;
}

static size_t line_of(const reading *r, size_t record)
{
    return r->csv.records[record].line + r->skipped_lines;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A field without the blanks the dialect takes away, appended. */
static void add_field(const reading *r, size_t record, size_t column, up_buffer *out)
{
    const csvw_dialect *dialect = &r->table->dialect;
    const char *text = up_csv_field(&r->csv, record, column + dialect->skip_columns);
    size_t length = strlen(text);
    while (dialect->trim_start && is_blank(*text)) {
        text++;
        length--;
    }
    while (dialect->trim_end && length > 0 && is_blank(text[length - 1]))
        length--;
    up_buffer_add_bytes(out, text, length);
}

/* --- Header ------------------------------------------------------------------------- */

/* Languages match when one is the beginning of the other; und is of any. */
static bool is_same_language(const char *a, const char *b)
{
    size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strcmp(a, "und") == 0 || strcmp(b, "und") == 0 || strncmp(a, b, length) == 0;
}

static bool fits_header(const csvw_column *column, const char *header)
{
    const char *language = column->language != NULL ? column->language : "und";
    for (size_t i = 0; i < column->title_count; i++)
        if (strcmp(column->titles[i].text, header) == 0 &&
            is_same_language(column->titles[i].language, language))
            return true;
    return column->title_count == 0 &&
           (!column->is_named || strcmp(column->name, header) == 0);
}

static size_t count_real_columns(const csvw_table *table)
{
    size_t count = 0;
    while (count < table->column_count && !table->columns[count].is_virtual)
        count++;
    return count;
}

static up_status check_title(const reading *r, size_t column)
{
    const csvw_column *described = &r->table->columns[column];
    bool fits = false;
    up_buffer header = {0};
    for (size_t i = 0; i < r->table->dialect.header_rows && i < r->csv.count; i++) {
        up_buffer_clear(&header);
        add_field(r, i, column, &header);
        fits = fits || fits_header(described, up_buffer_text(&header));
    }
    up_status status = up_buffer_check(&header, r->err);
    if (!fits && r->table->dialect.header_rows > 0) {
        up_buffer_clear(&header);
        add_field(r, 0, column, &header);
        const char *text = up_buffer_text(&header);
        up_remarks_add(r->remarks, UP_ERROR, r->source, line_of(r, 0),
                       "column %zu is '%.*s', but '%.*s' in the metadata", column + 1,
                       up_words_shown(text), text, up_words_shown(described->name),
                       described->name);
    }
    up_buffer_release(&header);
    return status;
}

static up_status check_header(const reading *r)
{
    size_t described = count_real_columns(r->table);
    size_t found = r->csv.records[0].fields;
    up_status status = UP_OK;
    found -= found > r->table->dialect.skip_columns ? r->table->dialect.skip_columns : 0;
    if (described != found)
        up_remarks_add(r->remarks, UP_ERROR, r->source, line_of(r, 0),
                       "%zu columns, but %zu in the metadata", found, described);
    for (size_t i = 0; i < described && i < found && status == UP_OK; i++)
        status = check_title(r, i);
    return status;
}

/* The columns of a table that nothing was said about: named by the header. */
static up_status add_columns(reading *r, csvw_table *table)
{
    size_t count = r->csv.count > 0 ? r->csv.records[0].fields : 0;
    up_status status = UP_OK;
    for (size_t i = table->dialect.skip_columns; i < count && status == UP_OK; i++) {
        csvw_column column = {0};
        const char *name = up_csv_field(&r->csv, 0, i);
        char made[32];
        snprintf(made, sizeof made, "_col.%zu", i + 1);
        bool named = table->dialect.header_rows > 0 && name[0] != '\0';
        up_datatype_init(&column.type, NULL);
        status = up_copy_text(named ? name : made, &column.name, r->err);
        if (status == UP_OK)
            status = up_text_list_add(&column.null, "", 0, r->err);
        if (status == UP_OK)
            status = up_grow(&table->columns, &table->column_capacity,
                             table->column_count + 1, sizeof column, r->err);
        if (status == UP_OK) {
            table->columns[table->column_count++] = column;
        } else {
            free(column.name);
            up_text_list_free(column.null);
        }
    }
    return status;
}

/* --- Cells -------------------------------------------------------------------------- */

static void remark_cell(const reading *r, const csvw_column *column, size_t line,
                        const char *message)
{
    up_remarks_add(r->remarks, UP_ERROR, r->source, line, "column '%.*s': %s",
                   up_words_shown(column->name), column->name, message);
}

/* Reads one value (of a list, or the cell); its text stays when it is not as
 * described. */
static up_status add_value(const reading *r, const csvw_column *column, const char *text,
                           size_t line, csvw_cell *cell)
{
    up_buffer value = {0};
    up_error reason = {0};
    bool special;
    up_status status = up_datatype_read(&column->type, text, &value, &special, &reason);
    if (status == UP_BAD_DATA) {
        cell->failed = true;
        remark_cell(r, column, line, reason.message);
        up_buffer_clear(&value);
        up_buffer_add(&value, text);
        status = up_buffer_check(&value, r->err);
    } else if (status != UP_OK) {
        status = up_error_memory(r->err);
    }
    if (status == UP_OK)
        status = up_text_list_add(&cell->values, up_buffer_text(&value),
                                  strlen(up_buffer_text(&value)), r->err);
    up_buffer_release(&value);
    return status;
}

static up_status add_item(const reading *r, const csvw_column *column, const char *item,
                          size_t length, size_t line, csvw_cell *cell)
{
    char *text;
    up_buffer normal = {0};
    bool strip = column->type.base->blanks != BLANKS_KEPT;
    for (; strip && length > 0 && is_blank(*item); length--)
        item++;
    while (strip && length > 0 && is_blank(item[length - 1]))
        length--;
    up_status status = up_copy_bytes(item, length, &text, r->err);
    if (status != UP_OK)
        return status;
    up_datatype_add_normal(&column->type, text, &normal);
    const char *read = up_buffer_text(&normal);
    if (read[0] == '\0' && column->default_text != NULL)
        read = column->default_text;
    status = up_buffer_check(&normal, r->err);
    if (status == UP_OK && !up_text_list_has(column->null, read))
        status = add_value(r, column, read, line, cell);
    up_buffer_release(&normal);
    free(text);
    return status;
}

static up_status read_list(const reading *r, const csvw_column *column, const char *text,
                           size_t line, csvw_cell *cell)
{
    size_t mark = strlen(column->separator);
    up_status status = UP_OK;
    cell->is_list = true;
    cell->is_null = up_text_list_has(column->null, text);
    if (text[0] == '\0' && column->required)
        remark_cell(r, column, line, "a value is required");
    if (text[0] == '\0' || cell->is_null)
        return UP_OK;
    for (const char *at = text; at != NULL && status == UP_OK;) {
        const char *end = strstr(at, column->separator);
        size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        status = add_item(r, column, at, length, line, cell);
        at = end != NULL ? end + mark : NULL;
    }
    return status;
}

static up_status read_cell(const reading *r, const csvw_column *column, const char *text,
                           size_t line, csvw_cell *cell)
{
    up_buffer normal = {0};
    up_datatype_add_normal(&column->type, text, &normal);
    const char *read = up_buffer_text(&normal);
    up_status status = up_buffer_check(&normal, r->err);
    if (status == UP_OK && column->separator != NULL) {
        status = read_list(r, column, read, line, cell);
    } else if (status == UP_OK) {
        if (read[0] == '\0' && column->default_text != NULL)
            read = column->default_text;
        cell->is_null = up_text_list_has(column->null, read);
        if (cell->is_null && column->required)
            remark_cell(r, column, line, "a value is required");
        if (!cell->is_null)
            status = add_value(r, column, read, line, cell);
    }
    up_buffer_release(&normal);
    return status;
}

static up_status read_record(const reading *r, size_t record, csvw_rows *rows)
{
    csvw_cell *cells = rows->cells + rows->count * rows->columns;
    size_t line = line_of(r, record);
    up_status status = UP_OK;
    rows->numbers[rows->count] = r->table->dialect.skip_rows + record + 1;
    rows->lines[rows->count] = line;
    rows->count++; /* now released with the rows, however much of it is read */
    for (size_t i = 0; i < rows->columns && status == UP_OK; i++) {
        const csvw_column *column = &r->table->columns[i];
        up_buffer text = {0};
        if (!column->is_virtual)
            add_field(r, record, i, &text);
        status = up_buffer_check(&text, r->err);
        if (status == UP_OK)
            status = read_cell(r, column, up_buffer_text(&text), line, &cells[i]);
        up_buffer_release(&text);
    }
    return status;
}

static void check_width(const reading *r, size_t record)
{
    size_t fields = r->csv.records[record].fields;
    size_t wanted = count_real_columns(r->table) + r->table->dialect.skip_columns;
    if (fields != wanted)
        up_remarks_add(r->remarks, UP_ERROR, r->source, line_of(r, record),
                       "%zu fields, but %zu columns", fields, wanted);
}

static up_status read_records(const reading *r, csvw_rows *rows)
{
    size_t first = r->table->dialect.header_rows;
    size_t most = r->csv.count > first ? r->csv.count - first : 0;
    rows->columns = r->table->column_count;
    if (rows->columns > 0 && most > SIZE_MAX / rows->columns)
        return up_error_memory(r->err);
    up_status status =
        up_alloc(most * rows->columns, sizeof *rows->cells, &rows->cells, r->err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof *rows->numbers, &rows->numbers, r->err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof *rows->lines, &rows->lines, r->err);
    for (size_t i = first; i < r->csv.count && status == UP_OK; i++) {
        if (is_comment(r, i))
            continue;
        check_width(r, i);
        status = read_record(r, i, rows);
    }
    return status;
}

void up_csvw_rows_release(csvw_rows *rows)
{
    if (rows == NULL)
        return;
    for (size_t i = 0; i < rows->count * rows->columns; i++)
        up_text_list_free(rows->cells[i].values);
    free(rows->cells);
    free(rows->numbers);
    free(rows->lines);
    *rows = (csvw_rows){0};
}

/* --- Keys --------------------------------------------------------------------------- */

typedef struct row_key {
    char *text; /* the values of its columns, each with its length before it */
    size_t row;
    bool has_null; /* one of them is null */
} row_key;

typedef struct row_keys {
    row_key *items;
    size_t count;
} row_keys;

static int compare_keys(const void *a, const void *b)
{
    const row_key *first = a, *second = b;
    int order = strcmp(first->text, second->text);
    return order != 0 ? order : (first->row > second->row) - (first->row < second->row);
}

static up_status make_key(const csvw_rows *rows, size_t row, const size_t columns[],
                          size_t count, row_key *key, up_error *err)
{
    up_buffer text = {0};
    key->row = row;
    up_buffer_add(&text, "");
    for (size_t i = 0; i < count; i++) {
        const csvw_cell *cell = &rows->cells[row * rows->columns + columns[i]];
        key->has_null = key->has_null || cell->is_null;
        for (size_t k = 0; cell->values != NULL && cell->values[k] != NULL; k++)
            up_buffer_addf(&text, "%zu:%s", strlen(cell->values[k]), cell->values[k]);
        up_buffer_add_char(&text, '/');
    }
    up_status status = up_buffer_check(&text, err);
    key->text = up_buffer_take(&text);
    return status;
}

static void release_keys(row_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        free(keys->items[i].text);
    free(keys->items);
}

static up_status make_keys(const csvw_rows *rows, const size_t columns[], size_t count,
                           row_keys *keys, up_error *err)
{
    up_status status = up_alloc(rows->count, sizeof *keys->items, &keys->items, err);
    for (size_t i = 0; i < rows->count && status == UP_OK; i++) {
        status = make_key(rows, i, columns, count, &keys->items[i], err);
        keys->count += status == UP_OK;
    }
    if (status == UP_OK)
        qsort(keys->items, keys->count, sizeof *keys->items, compare_keys);
    return status;
}

static up_status check_primary_key(const reading *r, const csvw_rows *rows)
{
    const csvw_table *table = r->table;
    row_keys keys = {0};
    if (table->primary_key_count == 0)
        return UP_OK;
    up_status status =
        make_keys(rows, table->primary_key, table->primary_key_count, &keys, r->err);
    for (size_t i = 1; i < keys.count && status == UP_OK; i++)
        if (strcmp(keys.items[i - 1].text, keys.items[i].text) == 0)
            up_remarks_add(r->remarks, UP_ERROR, r->source,
                           rows->lines[keys.items[i].row],
                           "its primary key is that of line %zu",
                           rows->lines[keys.items[i - 1].row]);
    release_keys(&keys);
    return status;
}

static bool has_key(const row_keys *keys, const char *text)
{
    size_t low = 0, high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(keys->items[middle].text, text);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static up_status check_foreign_key(const csvw_key *key, const csvw_rows *rows,
                                   const csvw_rows *others, const char *source,
                                   up_remarks *remarks, up_error *err)
{
    row_keys here = {0}, there = {0};
    up_status status = make_keys(rows, key->columns, key->count, &here, err);
    if (status == UP_OK)
        status = make_keys(others, key->referenced, key->count, &there, err);
    for (size_t i = 0; i < here.count && status == UP_OK; i++)
        if (!here.items[i].has_null && !has_key(&there, here.items[i].text))
            up_remarks_add(remarks, UP_ERROR, source, rows->lines[here.items[i].row],
                           "the row it refers to is not there");
    release_keys(&here);
    release_keys(&there);
    return status;
}

up_status up_csvw_check_references(const csvw_group *group, const csvw_rows rows[],
                                   const char *const sources[], up_remarks *remarks,
                                   up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < group->table_count; i++) {
        const csvw_table *table = &group->tables[i];
        for (size_t k = 0; k < table->foreign_key_count && status == UP_OK; k++) {
            const csvw_key *key = &table->foreign_keys[k];
            status = check_foreign_key(key, &rows[i], &rows[key->table], sources[i],
                                       remarks, err);
        }
    }
    return status;
}

/* --- Tables ------------------------------------------------------------------------- */

up_status up_csvw_read_rows(csvw_group *group, size_t table, const char *data,
                            size_t length, const char *source, csvw_rows *rows,
                            up_remarks *remarks, up_error *err)
{
    csvw_table *described = &group->tables[table];
    reading r = {.table = described, .source = source, .remarks = remarks, .err = err};
    csvw_rows result = {0};
    up_status status = read_csv(&r, data, length);
    if (status == UP_OK && described->column_count == 0)
        status = add_columns(&r, described);
    else if (status == UP_OK && r.csv.count > 0)
        status = check_header(&r);
    if (status == UP_OK)
        status = read_records(&r, &result);
    if (status == UP_OK)
        status = check_primary_key(&r, &result);
    up_csv_release(&r.csv);
    if (status != UP_OK)
        up_csvw_rows_release(&result);
    else
        *rows = result;
    return status;
}
