/* A row of the simple form is
 *
 *     entity , period , digits[.digits] tail
 *
 * with the entity's bytes those of the run, the period canonical and of whole months, and a tail
 * (the other fields, the end of the line) that has been seen to say nothing of the figure. A
 * number of at most 15 digits is a whole number below 2^53, and a power of ten up to 10^22 is a
 * double: their quotient is rounded once, so that it is the double nearest to what is written
 * (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990). */
#include "store/csv_plain.h"

#include <string.h>

#include "base/memory.h"
#include "store/csv_rows.h"
#include "uptick/store.h"

enum { DIGITS_EXACT = 15, MONTHS_A_YEAR = 12 };

static const double power_of_10[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Two digits, or -1. */
static int two_digits(const char *at)
{
    return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/* "2024", "2024-Q4", "2024-12" at the head of a text of `left` bytes; the length of what was
 * read, 0: none of these. */
static size_t read_period(const char *at, size_t left, char delimiter, int *months,
                          int64_t *month)
{
    if (left < 5)
        return 0;
    int century = two_digits(at), rest = two_digits(at + 2);
    if (century < 0 || rest < 0)
        return 0;
    *month = (int64_t)(century * 100 + rest) * MONTHS_A_YEAR;
    *months = MONTHS_A_YEAR;
    if (at[4] == delimiter)
        return 4;
    if (left < 8 || at[4] != '-' || at[7] != delimiter)
        return 0;
    if (at[5] == 'Q' && at[6] >= '1' && at[6] <= '4') {
        *months = 3;
        *month += (at[6] - '1') * 3;
        return 7;
    }
    int number = two_digits(at + 5);
    if (number < 1 || number > MONTHS_A_YEAR)
        return 0;
    *months = 1;
    *month += number - 1;
    return 7;
}

/* Behind a field that is a number without sign, exponent or needless zeros; NULL: it is not of that
 * form. */
static const char *read_value(const char *at, const char *end, char delimiter,
                              double *value)
{
    uint64_t whole = 0;
    const char *first = at, *point = NULL;
    for (; at < end && (is_digit(*at) || (*at == '.' && point == NULL)); at++)
        if (*at == '.')
            point = at;
        else
            whole = whole * 10 + (uint64_t)(*at - '0');
    size_t digits = (size_t)(at - first) - (point != NULL);
    size_t decimals = point != NULL ? (size_t)(at - point) - 1 : 0;
    bool starts = digits > decimals && (first[0] != '0' || digits == decimals + 1);
    bool ends = at < end && (*at == delimiter || *at == '\n');
    if (digits > DIGITS_EXACT || !starts || !ends || (point != NULL && decimals == 0))
        return NULL;
    *value = (double)whole / power_of_10[decimals];
    return at;
}

/* What is behind the value of the row at `at`: the same as before, or worth reading. */
static bool has_tail(const char *at, const char *end, const csv_plain_tail *tail)
{
    return tail->text != NULL && (size_t)(end - at) >= tail->length &&
           memcmp(at, tail->text, tail->length) == 0;
}

/* An exact figure of an entity of just these bytes. */
static bool is_exact(const up_observation *o, const char *entity, size_t length)
{
    return o->has_value && !o->has_low && !o->has_high && o->qualifier == UP_EXACTLY &&
           o->status == 'A' && strlen(o->entity) == length &&
           memcmp(o->entity, entity, length) == 0;
}

/* Reads the row [at, next) as any row is; whether it says what it seems to: this value. */
static up_status read_whole(const csv_plain_file *f, const char *at, const char *next,
                            size_t entity, double value, bool *exact, up_error *err)
{
    size_t first = (size_t)(at - f->data), end = (size_t)(next - f->data);
    const up_csv_span spans[] = {f->header, {first, end, 1}};
    up_metric_data row = {.metric = f->metric->metric};
    up_error why = {0};
    up_status status =
        up_rows_load_spans(f->data, spans, 2, f->delimiter, f->source, &row, NULL, &why);
    *exact = status == UP_OK && row.count == 1 &&
             is_exact(&row.observations[0], at, entity) &&
             up_decimal_to_double(row.observations[0].value) == value;
    up_store_part_release(&row);
    return status == UP_SYSTEM ? up_error_set(err, status, "%s", why.message) : UP_OK;
}

/* Whether an entity's name needs no further look: printable ASCII, no blank at its ends. */
static bool is_simple_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (name[i] < ' ' || name[i] > '~')
            return false;
    return length > 0 && name[0] != ' ' && name[length - 1] != ' ';
}

/* The first row tells what the others have to be like. */
static up_status begin(const csv_plain_file *f, const char *at, const char *end,
                       size_t *entity, csv_plain_tail *tail, up_plain_list *list,
                       bool *is_plain, up_error *err)
{
    const char *comma = memchr(at, f->delimiter, (size_t)(end - at));
    const char *lf = memchr(at, '\n', (size_t)(end - at));
    int months;
    int64_t month;
    double value;
    *is_plain = false;
    if (comma == NULL || lf == NULL || comma > lf)
        return UP_OK;
    *entity = (size_t)(comma - at);
    size_t period =
        read_period(comma + 1, (size_t)(end - comma) - 1, f->delimiter, &months, &month);
    const char *behind =
        period > 0 ? read_value(comma + 1 + period + 1, lf + 1, f->delimiter, &value)
                   : NULL;
    if (behind == NULL || *entity == 0)
        return UP_OK;
    *is_plain = true;
    if (!has_tail(behind, end, tail) || !is_simple_name(at, *entity)) {
        up_status status = read_whole(f, at, lf + 1, *entity, value, is_plain, err);
        if (status != UP_OK || !*is_plain)
            return status;
        *tail = (csv_plain_tail){behind, (size_t)(lf + 1 - behind)};
    }
    up_status status = up_plain_begin(list, &f->metric->metric, at, *entity, err);
    if (status == UP_OK) {
        list->items[list->count - 1].months = months;
        list->items[list->count - 1].period_length = period;
    }
    return status;
}

/* The row at `at` as a point; where the next one begins, NULL: it is not of the form. */
static const char *read_row(const csv_plain_file *f, const char *at, const char *end,
                            const csv_plain_tail *tail, const up_plain *series,
                            up_plain_point *point)
{
    int months;
    size_t left = (size_t)(end - at);
    size_t length = read_period(at, left, f->delimiter, &months, &point->month);
    if (length != series->period_length || months != series->months)
        return NULL;
    point->period = at;
    at = read_value(at + length + 1, end, f->delimiter, &point->value);
    return at != NULL && has_tail(at, end, tail) ? at + tail->length : NULL;
}

up_status up_csv_plain_read(const csv_plain_file *f, const up_csv_span *run,
                            csv_plain_tail *tail, up_plain_list *list, bool *is_plain,
                            up_error *err)
{
    const char *at = f->data + run->first, *end = f->data + run->end, *name = at;
    size_t entity = 0;
    int64_t before = INT64_MIN;
    up_status status = begin(f, at, end, &entity, tail, list, is_plain, err);
    if (status != UP_OK || !*is_plain)
        return status;
    up_plain *series = &list->items[list->count - 1];
    while (at < end && *is_plain && status == UP_OK) {
        up_plain_point point;
        *is_plain = (size_t)(end - at) > entity + 1 && at[entity] == f->delimiter &&
                    memcmp(at, name, entity) == 0;
        at = *is_plain ? read_row(f, at + entity + 1, end, tail, series, &point) : NULL;
        *is_plain = at != NULL && point.month > before;
        if (!*is_plain)
            break;
        status = up_grow(&list->points, &list->point_capacity, list->point_count + 1,
                         sizeof *list->points, err);
        if (status == UP_OK)
            list->points[list->point_count++] = point;
        before = point.month;
        series->count++;
    }
    return status;
}
