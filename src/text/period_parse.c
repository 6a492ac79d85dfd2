/* Reading a period: folds the text, asks each notation in turn, checks what all share. */
#include "uptick/period.h"

#include <string.h>

#include "text/period_parts.h"
#include "text/words.h"

static bool has_plain_year(int64_t instant)
{
    int64_t year = up_date_from_instant(instant).year;
    return year >= -9999 && year <= 9999;
}

/* The canonical text of anything finer than a year needs a year of four digits. */
static bool can_be_written(const up_period *period)
{
    if (period->granularity >= UP_YEAR)
        return true;
    return (period->start == INT64_MIN || has_plain_year(period->start)) &&
           (period->end == INT64_MAX || has_plain_year(period->end - 1));
}

static up_match read_any(const up_period_reader *reader, const char *folded,
                         up_period *period)
{
    up_match match = up_period_read_edtf(reader, folded, period);
    if (match != UP_NO_MATCH)
        return match;
    char lower[UP_FOLDED_SIZE];
    strcpy(lower, folded);
    up_words_lower(lower);
    return up_period_read_words(reader, lower, period);
}

up_status up_period_parse(const char *text, const up_period_options *options,
                          up_period *period, up_error *err)
{
    char folded[UP_FOLDED_SIZE];
    if (up_period_from_iso(text, strlen(text), period))
        return UP_OK;
    up_status status = up_words_fold(text, "a period", folded, err);
    if (status != UP_OK)
        return status;
    if (*folded == '\0')
        return up_error_set(
            err, UP_BAD_DATA,
            "the period is empty (wanted e.g. 2024, 2024-Q4, 2024-12-31)");
    up_period_reader reader = {.shown = folded, .err = err};
    if (options)
        reader.options = *options;
    up_period read = {0};
    up_match match = read_any(&reader, folded, &read);
    if (match == UP_MATCH && !can_be_written(&read))
        match =
            up_period_refuse(&reader, "is no period: a year outside -9999 to 9999 stands "
                                      "alone, without parts");
    if (match == UP_NO_MATCH)
        match =
            up_period_refuse(&reader, "is no period (wanted e.g. 2024, 2024-Q4, 2024-12, "
                                      "2024-12-31, Q4 2024, 31 Dec 2024, by May 2025)");
    if (match != UP_MATCH)
        return UP_BAD_DATA;
    *period = read;
    return UP_OK;
}
