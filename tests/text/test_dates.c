#include "published.h"

#include "uptick/calendar.h"
#include "uptick/dates.h"
#include "uptick/frame.h"

enum { TEXTS = 8 };
typedef const char *const column[TEXTS];

static size_t count_texts(column texts)
{
    size_t count = 0;
    while (count < TEXTS && texts[count] != NULL)
        count++;
    return count;
}

static up_dates find(column texts, const up_dates *given)
{
    up_dates dates = {0};
    up_error err = {0};
    if (up_dates_find(texts, count_texts(texts), given, &dates, &err) != UP_OK)
        fail_msg("%s", err.message);
    return dates;
}

static void assert_reads(const up_dates *dates, const char *text, const char *wanted)
{
    up_period period;
    up_error err = {0};
    char out[UP_PERIOD_SIZE];
    if (up_dates_read(dates, text, &period, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    up_period_format(&period, out);
    assert_string_equal(out, wanted);
}

static void assert_describes(const up_dates *dates, const char *wanted)
{
    up_buffer out = {0};
    up_dates_describe(dates, &out);
    assert_string_equal(up_buffer_text(&out), wanted);
    up_buffer_release(&out);
}

static void assert_not_found(column texts, const char *message)
{
    up_dates dates = {0};
    up_error err = {0};
    assert_int_equal(up_dates_find(texts, count_texts(texts), NULL, &dates, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, message);
}

static void assert_not_read(const up_dates *dates, const char *text, const char *message)
{
    up_period period;
    up_error err = {0};
    assert_int_equal(up_dates_read(dates, text, &period, &err), UP_BAD_DATA);
    assert_string_equal(err.message, message);
}

/* --- The order of day and month ----------------------------------------------------- */

static void one_text_settles_the_order_of_the_others(void **state)
{
    (void)state;
    up_dates dates = find((column){"2/9/2024", "3/25/2023", ""}, NULL);
    assert_reads(&dates, "2/9/2024", "2024-02-09");
    assert_describes(&dates, "days, written month/day/year (3/25/2023 settles it)");
    dates = find((column){"02/01/2014", "31/12/2012"}, NULL);
    assert_reads(&dates, "02/01/2014", "2014-01-02");
    assert_describes(&dates, "days, written day/month/year (31/12/2012 settles it)");
    dates = find((column){"02-01-2014", "31-12-2012"}, NULL);
    assert_reads(&dates, "02-01-2014", "2014-01-02");
}

static void order_that_nothing_settles_is_refused(void **state)
{
    (void)state;
    assert_not_found(
        (column){"5/5/2024", "2/9/2024"},
        "'2/9/2024' is ambiguous: 2 September 2024 or 9 February 2024, and no "
        "other date of the column tells; say which (--date-format)");
    assert_not_found((column){"2/9/24"},
                     "'2/9/24' is ambiguous: 2 September 2024 or 9 February 2024, and no "
                     "other date of the column tells; say which (--date-format)");
    assert_not_found(
        (column){"31/12/2012", "12/31/2012"},
        "'31/12/2012' is day/month/year, '12/31/2012' month/day/year (wanted "
        "one order throughout)");
    up_dates given = {.options = {.date_order = 'm'}};
    up_dates dates = find((column){"2/9/2024"}, &given);
    assert_reads(&dates, "2/9/2024", "2024-02-09");
    dates = find((column){"5/5/2024"}, NULL); /* one reading */
    assert_reads(&dates, "5/5/2024", "2024-05-05");
    assert_not_read(
        &dates, "2/9/2024",
        "'2/9/2024' is ambiguous: 2 September 2024 or 9 February 2024, and no "
        "other date of the column tells; say which (--date-format)");
    assert_reads(&dates, "3/25/2023", "2023-03-25");
}

static void points_put_the_day_first(void **state)
{
    (void)state;
    up_dates dates = find((column){"10.07.2013", "09.07.2013"}, NULL);
    assert_reads(&dates, "10.07.2013", "2013-07-10");
    dates = find((column){"10.07.2013", "07.25.2013"}, NULL);
    assert_reads(&dates, "10.07.2013", "2013-10-07");
}

static void years_of_two_digits_are_counted(void **state)
{
    (void)state;
    up_dates dates =
        find((column){"27/10/23 23:00:00", "26/10/68", "25/10/69", "27-Oct-23"}, NULL);
    assert_int_equal(dates.two_digit_years, 4);
    assert_reads(&dates, "27/10/23 23:00:00", "2023-10-27");
    assert_reads(&dates, "26/10/68", "2068-10-26");
    assert_reads(&dates, "25/10/69", "1969-10-25");
    assert_reads(&dates, "27-Oct-23", "2023-10-27");
    assert_describes(
        &dates, "days, written day/month/year (27/10/23 23:00:00 settles it), years of "
                "two digits read as 1969 to 2068, times of day left out");
}

/* --- Digits alone ------------------------------------------------------------------- */

static void digits_alone_are_days_months_or_years(void **state)
{
    (void)state;
    up_dates dates = find((column){"19580329", "19580405", ""}, NULL);
    assert_reads(&dates, "19580329", "1958-03-29");
    assert_describes(&dates, "days, written as digits alone");
    dates = find((column){"202401", "202312"}, NULL);
    assert_reads(&dates, "202401", "2024-01");
    assert_describes(&dates, "months, written as digits alone");
    dates = find((column){"-10000", "0", "178", "1960", "1961.0", "100000"}, NULL);
    assert_reads(&dates, "-10000", "Y-10000");
    assert_reads(&dates, "-500", "-0500");
    assert_reads(&dates, "0", "0000");
    assert_reads(&dates, "178", "0178");
    assert_reads(&dates, "1961.0", "1961");
    assert_reads(&dates, "100000", "Y100000");
    assert_describes(&dates, "years");
    /* among others a month in six digits may be a year */
    dates = find((column){"202401", "202313"}, NULL);
    assert_not_read(
        &dates, "202401",
        "'202401' is ambiguous: year and month (write 2024-01) or a date with a "
        "year of two digits (write it in full)");
    assert_not_read(&dates, "20240231", "'20240231' is no date (read as 2024-02-31)");
}

/* A column that is called so may hold seconds, weeks or a spreadsheet's days. */
static void numbers_that_are_no_years_are_no_dates(void **state)
{
    (void)state;
    static const char *const columns[][3] = {
        {"44197", "44198"}, {"98", "99", "0"}, {"1", "2", "3"}, {"201320", "201321"}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        up_dates dates;
        up_error err = {0};
        char wanted[160];
        snprintf(wanted, sizeof wanted,
                 "'%s' is a number and no date (wanted years of four digits, or e.g. "
                 "2024-12-31)",
                 columns[i][0]);
        assert_int_equal(
            up_dates_find(columns[i], columns[i][2] != NULL ? 3 : 2, NULL, &dates, &err),
            UP_BAD_DATA);
        assert_string_equal(err.message, wanted);
    }
    up_dates dates = find((column){"98", "99", "2000", "2001"}, NULL);
    assert_reads(&dates, "2000", "2000");
    assert_not_read(&dates, "98",
                    "'98' has no year of four digits, and the century is not guessed: "
                    "write e.g. 2024");
    assert_not_read(&dates, "44197",
                    "'44197' is no period: a year of more than four digits is written "
                    "with Y, e.g. Y-10000");
    dates = find((column){"0", "100", "1000", "1500", "2000"}, NULL);
    assert_reads(&dates, "0", "0000");
    assert_reads(&dates, "100", "0100");
}

static void periods_may_be_taken_as_they_stand(void **state)
{
    (void)state;
    up_dates asked = {.verbatim = true};
    up_dates dates = find((column){"2020-01-01", "2020-02-01", "2020-03-01"}, &asked);
    assert_reads(&dates, "2020-02-01", "2020-02-01");
    assert_reads(&dates, "2020-02-01T00:00Z", "2020-02-01T00:00Z");
    assert_describes(&dates, "days");
    assert_not_read(&dates, "2020-02-01/..",
                    "'2020-02-01/..' has an open end (wanted a period with both)");
}

/* --- Times of day ------------------------------------------------------------------- */

static void times_that_tell_nothing_are_left_out(void **state)
{
    (void)state;
    up_dates dates = find((column){"26.02.2020 00:00:00", "27.02.2020 00:00:00"}, NULL);
    assert_reads(&dates, "26.02.2020 00:00:00", "2020-02-26");
    assert_describes(&dates, "days, written day/month/year (26.02.2020 00:00:00 settles "
                             "it), times of day left out");
    dates = find((column){"09.07.2013 12:00:00", "10.07.2013", "11.07.2013"}, NULL);
    assert_reads(&dates, "09.07.2013 12:00:00", "2013-07-09");
    dates = find((column){"2021-01-01T00:00:00+08:00", "9/14/2025 0:00"}, NULL);
    assert_reads(&dates, "2021-01-01T00:00:00+08:00", "2021-01-01");
    dates = find((column){"9/14/2025 12:00 AM"}, NULL);
    assert_reads(&dates, "9/14/2025 12:00 AM", "2025-09-14");
}

static void times_are_as_fine_as_the_finest(void **state)
{
    (void)state;
    up_dates dates = find((column){"2012-06-22 00:00:00", "2012-06-22 01:00:00"}, NULL);
    assert_reads(&dates, "2012-06-22 00:00:00", "2012-06-22T00Z");
    assert_describes(&dates, "hours");
    dates = find((column){"2012-06-22 00:30:00", "2012-06-22 01:00:00"}, NULL);
    assert_reads(&dates, "2012-06-22 01:00:00", "2012-06-22T01:00Z");
    dates = find((column){"2012-06-22 00:30:15.250", "2012-06-22 5:00 PM"}, NULL);
    assert_reads(&dates, "2012-06-22 5:00 PM", "2012-06-22T17:00:00Z");
    assert_describes(&dates, "seconds");
}

/* --- First days --------------------------------------------------------------------- */

static void first_days_stand_for_the_period_their_gaps_tell(void **state)
{
    (void)state;
    up_dates dates = find((column){"2020-01-01", "2020-02-01", "2020-05-01"}, NULL);
    assert_reads(&dates, "2020-02-01", "2020-02");
    assert_describes(&dates, "months, each written as its first day");
    assert_not_read(&dates, "2020-02-02",
                    "'2020-02-02' is not the first day of a month, as all others of the "
                    "column are");
    dates = find((column){"2020-01-01", "2020-04-01", "2021-01-01"}, NULL);
    assert_reads(&dates, "2020-04-01", "2020-Q2");
    dates = find((column){"2020-01-01", "2020-07-01", "2021-01-01"}, NULL);
    assert_reads(&dates, "2020-07-01", "2020-S2");
    dates = find((column){"1990-01-01", "2000-01-01", "2010-01-01"}, NULL);
    assert_reads(&dates, "2000-01-01", "2000");
    /* a year apart, but not calendar years; three months apart, but not quarters */
    dates = find((column){"1990-04-01", "1991-04-01", "1992-04-01"}, NULL);
    assert_reads(&dates, "1990-04-01", "1990-Q2");
    dates = find((column){"1990-02-01", "1990-05-01", "1990-08-01"}, NULL);
    assert_reads(&dates, "1990-02-01", "1990-02");
}

static void two_first_days_or_other_days_are_days(void **state)
{
    (void)state;
    up_dates dates = find((column){"2020-01-01", "2020-02-01"}, NULL);
    assert_reads(&dates, "2020-02-01", "2020-02-01");
    dates = find((column){"2020-01-01", "2020-02-01", "2020-03-01", "2020-03-15"}, NULL);
    assert_reads(&dates, "2020-02-01", "2020-02-01");
    dates = find((column){"2020-01-01", "2020-02-01", "2020-03-01", "2020-04"}, NULL);
    assert_reads(&dates, "2020-02-01", "2020-02-01");
    assert_describes(&dates, "days and longer periods");
}

static void frequency_that_is_given_is_taken(void **state)
{
    (void)state;
    up_dates given = {.frequency = UP_DAY, .has_frequency = true};
    up_dates dates = find((column){"2020-01-01", "2020-02-01", "2020-03-01"}, &given);
    assert_reads(&dates, "2020-02-01", "2020-02-01");
    given.frequency = UP_MONTH;
    dates = find((column){"2014-06-30", "2014-07-31"}, &given);
    assert_reads(&dates, "2014-06-30", "2014-06");
    assert_describes(&dates, "months");
}

/* --- Everything else ---------------------------------------------------------------- */

static void other_notations_are_those_of_periods(void **state)
{
    (void)state;
    up_dates dates =
        find((column){"1974Q1", "2024\xE5\xB9\xB4", "24 October 2011"}, NULL);
    assert_reads(&dates, "1974Q1", "1974-Q1");
    assert_reads(&dates, "2024\xE5\xB9\xB4", "2024");
    assert_reads(&dates, "24 October 2011", "2011-10-24");
    assert_reads(&dates, "2020M01", "2020-01");
    assert_not_read(&dates, "Y16-19",
                    "'Y16-19' is no period (wanted e.g. 2024, 2024-Q4, "
                    "2024-12, 2024-12-31, Q4 2024, 31 Dec 2024, by May "
                    "2025)");
    assert_not_read(&dates, "NA", "'NA' is no date");
    assert_not_read(&dates, "", "'' is no date");
    assert_not_read(&dates, "1234.5", "'1234.5' is no date");
    assert_not_read(&dates, "1234567", "'1234567' is no date");
    assert_reads(&dates, "12.2024", "2024-12");
    up_dates none = find((column){"Galway", NULL}, NULL);
    assert_describes(&none, "no dates");
}

/* A filter may be open, an observation's period may not. */
static void open_intervals_are_filters_and_no_dates(void **state)
{
    (void)state;
    up_period period;
    assert_int_equal(up_period_parse("../2020", NULL, &period, NULL), UP_OK);
    assert_false(up_period_is_bounded(&period));
    up_dates dates = find((column){"2020"}, NULL);
    assert_not_read(&dates, "../2020",
                    "'../2020' has an open end (wanted a period with both)");
    assert_not_read(&dates, "2020/..",
                    "'2020/..' has an open end (wanted a period with both)");
}

static void periods_of_a_column_are_counted(void **state)
{
    (void)state;
    column texts = {"2020", "178",      "27/10/23", "Y16-19",
                    "NA",   "20240131", "Galway",   "2/9/24"};
    assert_int_equal(up_dates_count(texts, TEXTS), 5);
}

/* --- Files -------------------------------------------------------------------------- */

/* What stands in the same column, where that matters. */
static const char *companion(const char *text)
{
    static const char *const pairs[][2] = {
        {"2/9/2024", "3/25/2023"},
        {"02/01/2014", "31/12/2012"},
        {"09.07.2013 12:00:00", "10.07.2013"},
        {"2012-06-22 00:00:00", "2012-06-22 01:00:00"},
        {"0", "-10000"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(text, pairs[i][0]) == 0)
            return pairs[i][1];
    return text;
}

static void assert_days(const char *text, const char *first, const char *last)
{
    column texts = {text, companion(text), strcmp(text, "0") == 0 ? "178" : NULL};
    up_dates dates = find(texts, NULL);
    up_period period, day;
    up_error err = {0};
    if (up_dates_read(&dates, text, &period, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    if (strncmp(first, "-10000", 6) == 0) { /* a year of five digits */
        assert_int_equal(up_date_from_instant(period.start).year, -10000);
        assert_int_equal(up_date_from_instant(period.end).year, -9999);
        return;
    }
    assert_int_equal(up_period_parse(first, NULL, &day, NULL), UP_OK);
    assert_true(period.start >= day.start && period.start < day.end);
    assert_int_equal(up_period_parse(last, NULL, &day, NULL), UP_OK);
    assert_true(period.end > day.start && period.end <= day.end);
}

static void dates_from_the_wild_are_the_days_they_mean(void **state)
{
    (void)state;
    char *table = scratch_read(UPTICK_SOURCE_DIR "/tests/data/dates", "wild.txt");
    assert_non_null(table);
    size_t checked = 0;
    char *rest = table;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        char *text = strsep(&line, "\t"), *first = strsep(&line, "\t");
        char *last = strsep(&line, "\t"), *reading = strsep(&line, "\t");
        if (*text == '#' || reading == NULL)
            continue;
        checked++;
        if (strcmp(first, "-") != 0)
            assert_days(text, first, last);
        else if (strcmp(text, "178") != 0) /* a year, unless metadata says otherwise */
            assert_int_equal(up_dates_count((const char *const[]){text}, 1), 0);
    }
    assert_int_equal(checked, 21);
    free(table);
}

static size_t check_columns_of_published_files_are_told(bool kept)
{
    size_t checked = 0;
    static const struct {
        const char *file, *column, *described;
    } files[] = {
        {"fred/DEXUSEU.csv", "DATE", "days"},
        {"fred/UNRATE.csv", "DATE", "months, each written as its first day"},
        {"excel/CovidFaelle_Timeline.csv", "Time",
         "days, written day/month/year (26.02.2020 00:00:00 settles it), times of day "
         "left out"},
        {"excel/wasserstand.csv", "Zeit [MEZ]",
         "days, written day/month/year (13.07.2013 settles it), times of day left out"},
        {"excel/danish_money_bom.csv", "period", "quarters"},
        {"epoch/ai_companies_usage_reports.csv", "Date",
         "days, written month/day/year (3/25/2023 settles it)"},
        {"misc/co2-weekly.csv", "date", "days, written as digits alone"},
        {"misc/elnino.csv", "YEAR", "years"},
        {"misc/hourly.tsv", "hour", "hours"},
        {"misc/libor-projections.csv", "about", "days"},
        {"misc/bls-industry-unemployment.csv", "date",
         "months, each written as its first day"},
        {"counts/travelers.csv", "date", "days"},
        {"sdmx/ilc_lvps08-part1.csv", "TIME_PERIOD", "years"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (published_is_kept(files[i].file) != kept)
            continue;
        char *text = scratch_read(published_folder(files[i].file), files[i].file);
        assert_non_null(text);
        checked++;
        up_frame frame = {0};
        assert_int_equal(
            up_frame_read(text, strlen(text), files[i].file, NULL, &frame, NULL, NULL),
            UP_OK);
        size_t j = 0;
        while (strcmp(up_frame_header(&frame, 0, j), files[i].column) != 0)
            j++;
        size_t count = frame.column[j].count;
        const char **texts = calloc(count, sizeof *texts);
        assert_non_null(texts);
        for (uint32_t id = 0; id < count; id++)
            texts[id] = up_frame_text(&frame, j, id);
        up_dates dates = {0};
        up_error err = {0};
        if (up_dates_find(texts, count, NULL, &dates, &err) != UP_OK)
            fail_msg("%s: %s", files[i].file, err.message);
        assert_describes(&dates, files[i].described);
        assert_int_equal(up_dates_count(texts, count), count - 1); /* all but "" */
        free(texts);
        up_frame_release(&frame);
        free(text);
    }
    return checked;
}

static void columns_of_published_files_are_told(void **state)
{
    (void)state;
    assert_int_equal(check_columns_of_published_files_are_told(true), 11);
}

static void large_ones_too_columns_of_published_files_are_told(void **state)
{
    (void)state;
    published_need_large();
    assert_true(check_columns_of_published_files_are_told(false) > 0);
}

/* Whatever the text, all functions come to an end and say why. */
static void random_bytes_are_survived(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789/.-: TZPM+JanQ\xE5\xB9\xB4,";
    unsigned seed = 4321;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        size_t length = 0;
        for (; length < 1 + seed % 20; length++) {
            seed = seed * 1103515245u + 12345u;
            text[length] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        text[length] = '\0';
        const char *const texts[] = {text};
        up_dates dates = {0};
        up_period period;
        up_error err = {0};
        if (up_dates_find(texts, 1, NULL, &dates, &err) != UP_OK ||
            up_dates_read(&dates, text, &period, &err) != UP_OK)
            assert_true(err.message[0] != '\0');
        up_dates_count(texts, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_text_settles_the_order_of_the_others),
        cmocka_unit_test(order_that_nothing_settles_is_refused),
        cmocka_unit_test(points_put_the_day_first),
        cmocka_unit_test(years_of_two_digits_are_counted),
        cmocka_unit_test(digits_alone_are_days_months_or_years),
        cmocka_unit_test(numbers_that_are_no_years_are_no_dates),
        cmocka_unit_test(periods_may_be_taken_as_they_stand),
        cmocka_unit_test(times_that_tell_nothing_are_left_out),
        cmocka_unit_test(times_are_as_fine_as_the_finest),
        cmocka_unit_test(first_days_stand_for_the_period_their_gaps_tell),
        cmocka_unit_test(two_first_days_or_other_days_are_days),
        cmocka_unit_test(frequency_that_is_given_is_taken),
        cmocka_unit_test(other_notations_are_those_of_periods),
        cmocka_unit_test(open_intervals_are_filters_and_no_dates),
        cmocka_unit_test(periods_of_a_column_are_counted),
        cmocka_unit_test(dates_from_the_wild_are_the_days_they_mean),
        cmocka_unit_test(columns_of_published_files_are_told),
        cmocka_unit_test(large_ones_too_columns_of_published_files_are_told),
        cmocka_unit_test(random_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
