/* Delimiter, quote and comments of a file.
 *
 * Each delimiter is tried on the first records. The right one gives most records the same
 * number of fields; where several do, the one whose fields are numbers, dates and words
 * rather than pieces of them. */
#include "text/dialect.h"

#include <string.h>

#include "text/words.h"

enum {
    SAMPLE_BYTES = 1 << 22,
    SAMPLE_FIELDS = 1 << 16,
    LOOKED_AT = 64, /* columns */
};

/* In order of preference where nothing else decides: "1,5;2,5" is semicolons. */
static const char delimiters[] = {'\t', '|', ';', ','};
enum { DELIMITERS = sizeof delimiters };

/* --- A sample ----------------------------------------------------------------------- */

typedef struct sampler {
    up_csv *csv;
    up_error *err;
    up_status status;
} sampler;

static bool take_sample(void *context, const up_csv_row *row)
{
    sampler *s = context;
    if (row->is_comment)
        return true;
    s->status = up_csv_add_row(s->csv, row, s->err);
    return s->status == UP_OK && s->csv->count < UP_SAMPLE_RECORDS &&
           s->csv->field_count < SAMPLE_FIELDS;
}

/* The first records; also where the rest has no reading (*sound says which). */
static up_status read_sample(const char *data, size_t length, const up_dialect *dialect,
                             bool loose, up_csv *csv, bool *sound, up_error *err)
{
    sampler s = {.csv = csv, .err = err};
    up_csv_stream stream = {.data = data,
                            .length = length < SAMPLE_BYTES ? length : SAMPLE_BYTES,
                            .source = "",
                            .delimiter = dialect->delimiter,
                            .quote = dialect->quote,
                            .comment = dialect->comment,
                            .loose_quotes = loose,
                            .skip_blanks = true,
                            .sink = take_sample,
                            .context = &s};
    up_error dropped = {0};
    up_status status = up_csv_stream_read(&stream, &dropped);
    if (s.status != UP_OK)
        return s.status;
    if (sound != NULL)
        *sound = status == UP_OK;
    if (status == UP_SYSTEM && err != NULL)
        *err = dropped;
    return status == UP_SYSTEM ? status : UP_OK;
}

/* --- Delimiter ---------------------------------------------------------------------- */

typedef struct score {
    double alike;  /* share of the records that have the most common number of fields */
    double plain;  /* share of the cells that are no mere text */
    size_t fields; /* that number */
} score;

static size_t count_of_width(const up_csv *csv, size_t width)
{
    size_t count = 0;
    for (size_t i = 0; i < csv->count; i++)
        count += csv->records[i].fields == width;
    return count;
}

/* A delimiter that fewer records hold is none. */
enum { FEWEST_PERCENT = 20 };

/* The most common number of fields, of several the greatest; 1 only where few records
 * have more: titles and notes may outnumber the rows. */
static size_t common_width(const up_csv *csv)
{
    size_t best = 1, most = 0;
    for (size_t i = 0; i < csv->count; i++) {
        size_t width = csv->records[i].fields;
        if (width < 2)
            continue;
        size_t count = count_of_width(csv, width);
        if (count > most || (count == most && width > best)) {
            most = count;
            best = width;
        }
    }
    return most * 100 >= csv->count * FEWEST_PERCENT ? best : 1;
}

static double share_of_plain(const up_csv *csv)
{
    size_t plain = 0, all = 0;
    for (size_t i = 0; i < csv->count; i++)
        for (size_t j = 0; j < csv->records[i].fields && j < LOOKED_AT; j++) {
            up_cell_kind kind = up_cell_kind_of(up_csv_field(csv, i, j));
            all += kind != UP_CELL_BLANK;
            plain += kind != UP_CELL_BLANK && kind != UP_CELL_TEXT;
        }
    return all > 0 ? (double)plain / (double)all : 0;
}

static up_status score_delimiter(const char *data, size_t length, up_dialect dialect,
                                 score *result, up_error *err)
{
    up_csv csv = {0};
    up_status status = read_sample(data, length, &dialect, true, &csv, NULL, err);
    if (status == UP_OK) {
        size_t fields = common_width(&csv);
        *result = (score){.fields = fields};
        if (fields >= 2) {
            result->alike = (double)count_of_width(&csv, fields) / (double)csv.count;
            result->plain = share_of_plain(&csv);
        }
    }
    up_csv_release(&csv);
    return status;
}

/* Whether a is the better reading; within a fiftieth the cells decide. */
static bool is_better(const score *a, const score *b)
{
    double margin = 0.02;
    if (a->alike > b->alike + margin || b->alike > a->alike + margin)
        return a->alike > b->alike;
    return a->plain > b->plain + margin;
}

/* The first line "sep=;", as spreadsheets write it; else 0. */
static char declared_delimiter(const char *data, size_t length)
{
    size_t bom = up_csv_bom(data, length);
    const char *p = data + bom;
    if (length - bom < 6 || memcmp(p, "sep=", 4) != 0 || (p[5] != '\n' && p[5] != '\r'))
        return '\0';
    return memchr(delimiters, p[4], DELIMITERS) != NULL ? p[4] : '\0';
}

static up_status find_delimiter(const char *data, size_t length, up_dialect *dialect,
                                up_error *err)
{
    score best = {0};
    char found = declared_delimiter(data, length);
    if (found != '\0') {
        dialect->delimiter = found;
        return UP_OK;
    }
    found = ',';
    for (size_t i = 0; i < DELIMITERS; i++) {
        if (memchr(data, delimiters[i], length < SAMPLE_BYTES ? length : SAMPLE_BYTES) ==
            NULL)
            continue;
        score tried = {0};
        dialect->delimiter = delimiters[i];
        up_status status = score_delimiter(data, length, *dialect, &tried, err);
        if (status != UP_OK)
            return status;
        if (tried.fields >= 2 && is_better(&tried, &best)) {
            best = tried;
            found = delimiters[i];
        }
    }
    dialect->delimiter = found;
    return UP_OK;
}

/* --- Quote -------------------------------------------------------------------------- */

static bool is_edge(char c)
{
    return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\n' || c == '\r' ||
           c == '\0';
}

/* Fields that begin with a quote; of them those behind a blank. */
static size_t count_quoted(const char *data, size_t length, char quote, bool *blank)
{
    size_t count = 0;
    const char *end = data + length;
    for (const char *p = data; (p = memchr(p, quote, (size_t)(end - p))) != NULL; p++) {
        const char *before = p;
        while (before > data && before[-1] == ' ')
            before--;
        if (before > data && !is_edge(before[-1]))
            continue;
        if (p + 1 < end && p[1] == quote && p + 2 < end && !is_edge(p[2]))
            continue; /* a doubled one in a quoted field */
        count++;
        if (before < p && before > data && before[-1] != '\n' && before[-1] != '\r')
            *blank = true;
    }
    return count;
}

/* The apostrophe is the quote where it opens at least two fields, the double quote none,
 * and strict CSV can be read with it. */
static up_status find_quote(const char *data, size_t length, up_dialect *dialect,
                            up_error *err)
{
    if (length > SAMPLE_BYTES)
        length = SAMPLE_BYTES;
    bool ignored = false;
    dialect->quote = '"';
    if (count_quoted(data, length, '"', &ignored) > 0 ||
        count_quoted(data, length, '\'', &ignored) < 2)
        return UP_OK;
    up_csv csv = {0};
    bool sound = false;
    up_dialect tried = *dialect;
    tried.quote = '\'';
    up_status status = UP_OK;
    if (tried.delimiter == '\0')
        status = find_delimiter(data, length, &tried, err);
    if (status == UP_OK)
        status = read_sample(data, length, &tried, false, &csv, &sound, err);
    if (sound)
        dialect->quote = '\'';
    up_csv_release(&csv);
    return status;
}

/* --- Comments ----------------------------------------------------------------------- */

static size_t count_in(const char *at, const char *end, char c)
{
    size_t count = 0;
    for (; at < end; at++)
        count += *at == c;
    return count;
}

static char common_delimiter(const char *at, const char *end, size_t *most)
{
    char delimiter = ',';
    *most = 0;
    for (size_t i = 0; i < DELIMITERS; i++) {
        size_t count = count_in(at, end, delimiters[i]);
        if (count > *most) {
            *most = count;
            delimiter = delimiters[i];
        }
    }
    return delimiter;
}

/* Whether a field of the line is a number or a date. */
static bool has_figure(const char *at, const char *end, char delimiter)
{
    while (at < end) {
        char field[64];
        size_t length = 0;
        for (; at < end && *at != delimiter && *at != '\n' && *at != '\r'; at++)
            if (*at != '"' && length + 1 < sizeof field)
                field[length++] = *at;
        field[length] = '\0';
        up_cell_kind kind = up_cell_kind_of(field);
        if (kind == UP_CELL_NUMBER || kind == UP_CELL_DATE)
            return true;
        at++;
    }
    return false;
}

/* "# date,value" above a line of two figures is a header and no comment. */
static bool is_header(const char *at, const char *end, const char *below,
                      const char *below_end)
{
    size_t most;
    char delimiter = common_delimiter(below, below_end, &most);
    return most > 0 && count_in(at, end, delimiter) == most &&
           has_figure(below, below_end, delimiter);
}

/* '#' where the first line begins with it and is no header of the lines below. */
static char find_comment(const char *data, size_t length)
{
    up_csv_lines lines = {.end = data + length};
    const char *at = data + up_csv_bom(data, length), *last = NULL, *last_end = NULL;
    while (at < lines.end) {
        const char *next = up_csv_next_line(&lines, at);
        if (*at == '#') {
            last = at;
            last_end = next;
        } else if (*at != '\n' && *at != '\r')
            break;
        at = next;
    }
    if (last == NULL)
        return '\0';
    if (at < lines.end && is_header(last, last_end, at, up_csv_next_line(&lines, at)))
        return '\0';
    return '#';
}

/* --- Together ----------------------------------------------------------------------- */

up_status up_layout_find(const char *data, size_t length, const up_dialect *wanted,
                         up_layout *layout, up_error *err)
{
    const up_dialect nothing = {0};
    if (wanted == NULL)
        wanted = &nothing;
    up_layout found = {.dialect = *wanted};
    up_dialect *dialect = &found.dialect;
    up_status status = UP_OK;
    if (dialect->comment == '\0' && !wanted->has_preamble)
        dialect->comment = find_comment(data, length);
    if (dialect->quote == '\0')
        status = find_quote(data, length, dialect, err);
    if (status == UP_OK && dialect->delimiter == '\0')
        status = find_delimiter(data, length, dialect, err);
    up_csv sample = {0};
    if (status == UP_OK)
        status = read_sample(data, length, dialect, true, &sample, NULL, err);
    if (status == UP_OK) {
        count_quoted(data, length < SAMPLE_BYTES ? length : SAMPLE_BYTES, dialect->quote,
                     &dialect->skip_initial_space);
        found.width = common_width(&sample);
        status = up_layout_find_header(&sample, wanted, &found, err);
    }
    if (status == UP_OK)
        *layout = found;
    up_csv_release(&sample);
    return status;
}
