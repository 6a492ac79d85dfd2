/* Where a table's header stands among the first records: below the preamble, above the
 * body.
 *
 * The body's columns are numbers, dates or text. The names stand in the first record
 * that is about as full as the body's; where the first column holds dates or years, in
 * the last record above them; a record of units may follow. Without names is a table
 * whose first record looks like the body. */
#include "text/dialect.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/words.h"

enum {
    COLUMNS = 256,
    RECORDS = UP_SAMPLE_RECORDS,
    ENOUGH = 60 /* percent of a column's cells */
};

typedef struct head {
    const up_csv *csv;
    size_t columns;
    size_t filled[RECORDS];      /* cells that are not blank */
    up_cell_kind kinds[COLUMNS]; /* of the body's columns */
    unsigned char cells[RECORDS][COLUMNS];
} head;

static void look(head *h)
{
    for (size_t i = 0; i < h->csv->count; i++)
        for (size_t j = 0; j < h->csv->records[i].fields; j++) {
            const char *text = up_csv_field(h->csv, i, j);
            up_cell_kind kind = UP_CELL_TEXT;
            if (j < COLUMNS)
                h->cells[i][j] = (unsigned char)(kind = up_cell_kind_of(text));
            else if (text[strspn(text, " \t")] == '\0')
                kind = UP_CELL_BLANK;
            h->filled[i] += kind != UP_CELL_BLANK;
        }
}

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The median number of cells of the records from `first` on that have `width` fields (0:
 * any), blank ones left out. */
static size_t median_fill(const head *h, size_t first, size_t width)
{
    size_t sorted[RECORDS], count = 0;
    for (size_t i = first; i < h->csv->count; i++)
        if (h->filled[i] > 0 && (width == 0 || h->csv->records[i].fields == width))
            sorted[count++] = h->filled[i];
    if (count == 0)
        return 0;
    qsort(sorted, count, sizeof *sorted, compare_sizes);
    return sorted[count / 2];
}

/* Of all records, of the lower half, which a long preamble does not reach, or of those
 * that are as wide as the table: the greatest. */
static size_t typical_fill(const head *h, size_t width)
{
    size_t medians[] = {median_fill(h, 0, 0), median_fill(h, h->csv->count / 2, 0),
                        median_fill(h, 0, width)};
    qsort(medians, 3, sizeof *medians, compare_sizes);
    return medians[2];
}

static size_t full_enough(size_t typical)
{
    return typical < 2 ? 1 : typical < 4 ? 2 : (typical + 1) / 2;
}

static size_t first_full(const head *h, size_t typical)
{
    size_t i = 0;
    while (i < h->csv->count && h->filled[i] < full_enough(typical))
        i++;
    return i;
}

/* Behind the last full record: a footer follows. */
static size_t end_of_full(const head *h, size_t typical)
{
    size_t end = h->csv->count;
    while (end > 0 && h->filled[end - 1] < full_enough(typical))
        end--;
    return end;
}

static up_cell_kind kind_at(const head *h, size_t record, size_t column)
{
    return (up_cell_kind)h->cells[record][column];
}

/* Kinds of the columns, by the lower half of the records from `first` to the last full
 * one: a preamble may reach into the upper half. */
static void find_kinds(head *h, size_t first, size_t typical)
{
    size_t end = end_of_full(h, typical);
    if (end <= first)
        end = h->csv->count;
    first += (end - first) / 2;
    for (size_t j = 0; j < h->columns; j++) {
        size_t counts[UP_CELL_KINDS] = {0}, all = 0;
        for (size_t i = first; i < end; i++) {
            up_cell_kind kind = kind_at(h, i, j);
            counts[kind]++;
            all += kind >= UP_CELL_NUMBER;
        }
        h->kinds[j] = UP_CELL_TEXT;
        if (all == 0)
            h->kinds[j] = UP_CELL_BLANK;
        else if (counts[UP_CELL_NUMBER] * 100 >= all * ENOUGH)
            h->kinds[j] = UP_CELL_NUMBER;
        else if (counts[UP_CELL_DATE] * 100 >= all * ENOUGH)
            h->kinds[j] = UP_CELL_DATE;
    }
}

static bool is_figure(up_cell_kind kind)
{
    return kind == UP_CELL_NUMBER || kind == UP_CELL_DATE;
}

/* Cells that are of their column's kind, where that is numbers or dates. */
static size_t count_like_body(const head *h, size_t record)
{
    size_t count = 0;
    for (size_t j = 0; j < h->columns; j++)
        count += is_figure(h->kinds[j]) && kind_at(h, record, j) == h->kinds[j];
    return count;
}

/* --- A record of years, or of other steps, is a header ------------------------------ */

/* The whole number a cell is; false for anything else. */
static bool whole_number(const char *text, int64_t *number)
{
    text += strspn(text, " ");
    size_t digits = up_words_scan_digits(&text, number);
    return digits > 0 && digits <= 9 && text[strspn(text, " ")] == '\0';
}

/* Whether the cells of a record under number columns are whole numbers, all a step
 * apart. */
static bool has_steps(const head *h, size_t record, size_t *count, int64_t *least)
{
    int64_t last = 0, step = 0;
    *count = 0;
    *least = INT64_MAX;
    for (size_t j = 0; j < h->columns; j++) {
        if (h->kinds[j] != UP_CELL_NUMBER || kind_at(h, record, j) == UP_CELL_BLANK)
            continue;
        int64_t number;
        if (!whole_number(up_csv_field(h->csv, record, j), &number))
            return false;
        if (*count == 1)
            step = number - last;
        if (*count >= 1 && (step == 0 || number - last != step))
            return false;
        *least = number < *least ? number : *least;
        last = number;
        ++*count;
    }
    return *count > 0;
}

static bool is_year(int64_t number)
{
    return number >= 1500 && number <= 2200;
}

/* Years with gaps between them ("1990, 2000, 2005") still run in one direction. */
static bool has_years(const head *h, size_t record)
{
    int64_t last = 0, direction = 0;
    size_t count = 0;
    for (size_t j = 0; j < h->columns; j++) {
        if (h->kinds[j] != UP_CELL_NUMBER || kind_at(h, record, j) == UP_CELL_BLANK)
            continue;
        int64_t number;
        if (!whole_number(up_csv_field(h->csv, record, j), &number) || !is_year(number))
            return false;
        int64_t step = count == 0 ? 0 : number > last ? 1 : number < last ? -1 : 0;
        if ((count == 1 && step == 0) || (count > 1 && step != direction))
            return false;
        direction = step;
        last = number;
        count++;
    }
    return count > 0;
}

static bool is_label_record(const head *h, size_t record)
{
    size_t next = record + 1, count;
    int64_t least;
    while (next < h->csv->count && h->filled[next] == 0)
        next++;
    bool is_last = next >= h->csv->count;
    if (has_years(h, record))
        return is_last || !has_years(h, next);
    if (!has_steps(h, record, &count, &least) || count < 3)
        return false;
    return !is_last && !has_steps(h, next, &count, &least);
}

/* A record where everything that may be a figure is one. */
static bool looks_like_body(const head *h, size_t record)
{
    size_t figures = 0;
    for (size_t j = 0; j < h->columns; j++) {
        up_cell_kind kind = kind_at(h, record, j);
        if (!is_figure(h->kinds[j]) || kind == UP_CELL_BLANK || kind == UP_CELL_MISSING)
            continue;
        if (kind != h->kinds[j])
            return false;
        figures++;
    }
    return figures > 0 && !is_label_record(h, record);
}

/* A record alone has nothing to be held against: its own cells are the kinds. */
static bool stands_alone(const head *h, size_t record)
{
    for (size_t i = record + 1; i < h->csv->count; i++)
        if (h->filled[i] > 0)
            return false;
    return true;
}

static bool is_lone_row(head *h, size_t record)
{
    find_kinds(h, record, h->filled[record]);
    for (size_t j = 0; j < h->columns; j++)
        if (kind_at(h, record, j) == UP_CELL_TEXT)
            return false;
    return looks_like_body(h, record);
}

/* --- Names and units ---------------------------------------------------------------- */

static size_t first_column(const head *h)
{
    size_t j = 0;
    while (j < h->columns && h->kinds[j] == UP_CELL_BLANK)
        j++;
    return j;
}

/* A column of dates, or of years: what stands in it above them is no figure's date. */
static bool is_time(const head *h, size_t column)
{
    size_t years = 0, others = 0;
    if (column >= h->columns || h->kinds[column] == UP_CELL_DATE)
        return column < h->columns;
    if (h->kinds[column] != UP_CELL_NUMBER)
        return false;
    for (size_t i = 0; i < h->csv->count; i++) {
        int64_t number;
        if (kind_at(h, i, column) != UP_CELL_NUMBER)
            continue;
        if (whole_number(up_csv_field(h->csv, i, column), &number) && is_year(number))
            years++;
        else
            others++;
    }
    return others == 0 && years > 0;
}

/* Where the first column holds times: the record of names is the last above them. */
static size_t last_above_body(const head *h, size_t first)
{
    size_t column = first_column(h), last = first;
    if (!is_time(h, column))
        return first;
    for (size_t i = first + 1; i < h->csv->count; i++) {
        if (h->filled[i] == 0)
            continue;
        if (count_like_body(h, i) > 0)
            break;
        if (kind_at(h, i, column) == UP_CELL_TEXT && h->filled[i] >= h->filled[first])
            last = i;
    }
    return last;
}

static bool is_unit_label(const char *text)
{
    static const char *const labels[] = {"unit",    "units",     "unit(s)",
                                         "einheit", "unidad",    "unité",
                                         "单位",    "einheiten", "measure"};
    text += strspn(text, " \t");
    if (*text == '\0')
        return true;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (up_words_begins(text, labels[i]) && strlen(text) == strlen(labels[i]))
            return true;
    return false;
}

/* Words, and only words, above columns of figures. */
static bool is_units(const head *h, size_t record)
{
    size_t words = 0;
    if (record >= h->csv->count || !is_unit_label(up_csv_field(h->csv, record, 0)))
        return false;
    for (size_t j = 0; j < h->columns; j++) {
        up_cell_kind kind = kind_at(h, record, j);
        if (is_figure(kind))
            return false;
        words += kind == UP_CELL_TEXT && is_figure(h->kinds[j]);
    }
    return words > 0;
}

static size_t record_before(const head *h, size_t record)
{
    size_t i = record;
    while (i > 0 && h->filled[i - 1] == 0)
        i--;
    return i > 0 ? i - 1 : record;
}

/* Names, or none: *names is then the first row. A table without names has nothing above
 * it: what stands there is taken for them, be it too short ("value" above "1,5"). */
static bool find_names(head *h, const up_dialect *wanted, size_t typical, size_t *names)
{
    size_t at = *names;
    find_kinds(h, at + 1 < h->csv->count ? at + 1 : at, typical);
    bool is_body = stands_alone(h, at) ? is_lone_row(h, at) : looks_like_body(h, at);
    if (wanted->has_preamble || wanted->has_headers)
        return !is_body;
    if (is_body) {
        *names = record_before(h, at);
        return *names != at;
    }
    *names = last_above_body(h, at);
    return true;
}

static void decide(head *h, const up_dialect *wanted, up_layout *layout)
{
    up_dialect *d = &layout->dialect;
    size_t names = first_full(h, layout->typical), headers = 1;
    if (wanted->has_preamble)
        names = wanted->preamble;
    else if (names >= h->csv->count)
        names = 0;
    if (names < h->csv->count) {
        if (!find_names(h, wanted, layout->typical, &names))
            headers = 0;
        else if (is_units(h, names + 1))
            headers = 2;
    }
    if (!wanted->has_preamble)
        d->preamble = names;
    if (!wanted->has_headers)
        d->headers = headers;
    d->has_preamble = d->has_headers = true;
}

up_status up_layout_find_header(const up_csv *sample, const up_dialect *wanted,
                                up_layout *layout, up_error *err)
{
    head *h;
    up_status status = up_alloc(1, sizeof *h, &h, err);
    if (status != UP_OK)
        return status;
    h->csv = sample;
    for (size_t i = 0; i < sample->count; i++)
        if (sample->records[i].fields > h->columns)
            h->columns = sample->records[i].fields;
    if (h->columns > COLUMNS)
        h->columns = COLUMNS;
    look(h);
    layout->typical = typical_fill(h, layout->width);
    decide(h, wanted, layout);
    free(h);
    return UP_OK;
}
