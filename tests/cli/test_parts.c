/* Growth of a large metric, read part by part: what it says is what a small one's says.
 *
 * With --as-of a far day all is known too, and the metric is read as a whole: the two must
 * agree byte for byte. */
#include "cli/cli_fixture.h"

enum { ENTITIES = 1200, MONTHS = 18 };

/* Much over the size from which a file is read in parts: qualifiers, ranges, revisions, breaks,
 * forecasts, what is withdrawn, and entities that come again at the end. */
static void write_large(const char *last_row)
{
    up_buffer text = {0};
    up_buffer_add(&text, COLUMNS);
    for (int i = 0; i < ENTITIES; i++)
        for (int m = 0; m < MONTHS; m++) {
            int value = 1000 + (i * 37 + m * m * 11) % 977;
            up_buffer_addf(&text, "\"Land %04d, R.\",%d-%02d,%s%d", i, 2020 + m / 12,
                           m % 12 + 1, i % 50 == 3 ? "-" : "", value);
            up_buffer_add(&text, i % 7 == 1 && m == 13   ? ",~,,,\"1,1 thousand\","
                                 : i % 7 == 2 && m == 14 ? ",>,,,,"
                                 : i % 7 == 3 && m == 2  ? ",,,,,B"
                                 : i % 7 == 4 && m == 15 ? ",,-3000,3000,,"
                                 : i % 7 == 5 && m == 17 ? ",,,,,F"
                                 : i % 7 == 6 && m == 16 ? ",,,,,M"
                                                         : ",,,,,");
            up_buffer_addf(&text, ",%s,a source,,\n", m == 1 ? "2020-03-01" : "");
        }
    for (int i = 0; i < 20; i++) /* revisions, far from their figures */
        up_buffer_addf(&text, "\"Land %04d, R.\",2020-02,%d,,,,,,2020-05-01,new,,\n",
                       i * 31, 1500 + i);
    up_buffer_add(&text, "Only once,2020-01,5,,,,,,,,,\nTwice,2020-01,5,,,,,,,,,\n"
                         "Twice,2021-01,6,,,,,,,,,\n");
    up_buffer_add(&text, last_row);
    write_file("visits.csv", up_buffer_text(&text));
    up_buffer_release(&text);
}

static int make_large(void **state)
{
    make_tracker(state);
    DONE("new", "visits", "--unit", "people", "--measure", "flow");
    write_large("");
    return 0;
}

/* The same, read as a whole. */
static char *whole(const char *series_, const char *transform, const char *format)
{
    DONE("growth", series_, "--transform", transform, "--format", format, "--as-of",
         "2100-01-01");
    char *text = last.out;
    last.out = NULL;
    return text;
}

static void parts_say_what_the_whole_says(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"visits", "pc1", "csv"},
                                           {"visits", "pch,fold,doubling", "tsv"},
                                           {"visits", "lin,index,cagr", "csv"},
                                           {"visits/*7*", "ch1", "csv"},
                                           {"visits", "pc1,fold", "json"},
                                           {"visits/*7*", "ch1", "json"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const *c = cases[i];
        char *wanted = whole(c[0], c[1], c[2]);
        DONE("growth", c[0], "--transform", c[1], "--format", c[2]);
        assert_string_equal(last.out, wanted);
        free(wanted);
    }
}

static void a_file_gets_what_would_be_printed(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, root, "growth.csv");
    char *wanted = whole("visits", "pc1", "csv");
    DONE("growth", "visits", "--transform", "pc1", "-o", path);
    assert_string_equal(last.out, "");
    scratch_assert_text(root, "growth.csv", wanted);
    free(wanted);
    wanted = whole("visits", "pc1", "json");
    scratch_path(path, root, "growth.json");
    DONE("growth", "visits", "--transform", "pc1", "-o", path);
    assert_string_equal(last.out, "");
    scratch_assert_text(root, "growth.json", wanted);
    free(wanted);
}

static void close_out(void)
{
    close(STDOUT_FILENO);
}

/* What nobody reads is no failure, unless something is to be printed; and a file is not taken for
 * standard output. */
static void a_file_is_written_where_there_is_no_standard_output(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, root, "growth.csv");
    char *wanted = whole("visits", "pc1", "csv");
    int code =
        RUN_PROGRAM(close_out, "growth", "visits", "--transform", "pc1", "-o", path);
    assert_int_equal(code, 0);
    scratch_assert_text(root, "growth.csv", wanted);
    code = RUN_PROGRAM(close_out, "growth", "visits", "--transform", "pc1", "--format",
                       "csv");
    assert_int_equal(code, 6);
    free(wanted);
}

static void claims_are_told_and_contradicted_as_ever(void **state)
{
    (void)state;
    DONE("claim", "visits/Land 0000, R.", "100-fold", "--from", "2020-01", "--to",
         "2020-12");
    DONE("growth", "visits", "--transform", "fold", "--format", "csv");
    assert_non_null(strstr(last.err, "warning: visits/Land 0000, R.: the levels "
                                     "contradict the claim \"100-fold\"\n"));
    assert_non_null(strstr(last.out, ",claim,contradicted,"));
    RUN("growth", "visits", "--transform", "fold", "--format", "csv", "--strict");
    assert_int_equal(last.code, 1);
}

/* Only the first is told at the end, as where there is one part. */
static void series_without_growth_are_told(void **state)
{
    (void)state;
    DONE("growth", "visits/*ce", "--transform", "pc1", "--format", "csv");
    static const char why[] = "uptick: visits/Only once: no percent change on a year "
                              "before: there is no figure of a year before\n";
    assert_string_equal(last.err, why);
    SAYS(4, "", why, "growth", "visits/Only*", "--transform", "pc1", "--format", "csv");
    SAYS(2, "", "uptick: metric 'visits' has no figures for 'None*'\n", "growth",
         "visits/None*", "--transform", "pc1", "--format", "csv");
}

static void a_bad_row_is_an_error_wherever_it_stands(void **state)
{
    (void)state;
    write_large("Late,2020-01,x,,,,,,,,,\n");
    RUN("growth", "visits", "--transform", "pc1", "--format", "csv");
    assert_int_equal(last.code, 3);
    char wanted[200];
    snprintf(wanted, sizeof wanted,
             "series/visits.csv:%d: value 'x' is not a number (digits expected, with an "
             "optional sign, point and exponent)\n",
             ENTITIES * MONTHS + 20 + 5);
    assert_string_equal(last.err, wanted);
    write_large("Late,2020-01,x,,,,,,,,,\nLater,y,1,,,,,,,,,\n");
    RUN("growth", "visits", "--transform", "pc1", "--format", "csv");
    assert_int_equal(last.code, 3);
    assert_non_null(strstr(last.err, "2 rows cannot be read; nothing was done\n"));
}

/* A part of a table must not pass for the whole: nothing is printed, and of a file that
 * the shell opened what stood there before is left. */
static void a_bad_row_far_down_leaves_no_part_of_a_table(void **state)
{
    (void)state;
    static const char *const formats[] = {"csv", "tsv", "json"};
    write_large("Late,2020-01,x,,,,,,,,,\n");
    for (size_t i = 0; i < 3; i++) {
        RUN("growth", "visits", "--transform", "pc1", "--format", formats[i]);
        assert_int_equal(last.code, 3);
        assert_string_equal(last.out, "");
    }
    up_buffer line = {0};
    static const struct {
        const char *into, *left;
    } ways[] = {{"> growth.csv", ""},
                {"| cat > growth.csv", ""},
                {">> growth.csv", "before\n"},
                {"> growth.csv 2>&1", NULL}};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        scratch_write(root, "growth.csv", "before\n");
        up_buffer_clear(&line);
        up_buffer_addf(&line,
                       "cd '%s' && '" PROGRAM
                       "' growth visits --transform pc1 --format csv --tracker . %s",
                       root, ways[i].into);
        assert_int_not_equal(system(up_buffer_text(&line)), -1);
        if (ways[i].left != NULL) {
            scratch_assert_text(root, "growth.csv", ways[i].left);
            continue;
        }
        char *text = scratch_read(root, "growth.csv");
        assert_null(strstr(text, "series,period"));
        assert_non_null(strstr(text, "value 'x' is not a number"));
        free(text);
    }
    up_buffer_release(&line);
}

/* What stood there stays, and nothing stands beside it. */
static void a_failed_file_is_as_it_was(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, root, "growth.json");
    scratch_write(root, "growth.json", "before");
    write_large("Late,2020-01,x,,,,,,,,,\n");
    RUN("growth", "visits", "--transform", "pc1", "-o", path);
    assert_int_equal(last.code, 3);
    scratch_assert_text(root, "growth.json", "before");
    assert_int_equal(scratch_count(root), 2); /* series, growth.json */
    write_large("");
    DONE("growth", "visits", "--transform", "pc1", "-o", path, "--dry-run");
    assert_non_null(strstr(last.err, "would write "));
    scratch_assert_text(root, "growth.json", "before");
}

/* Large enough for parts: months with gaps, quarters and years, each entity's of one kind; with
 * `odd` some are no plain series, or have values that are refused. */
static void write_plain(bool odd)
{
    up_buffer text = {0};
    up_buffer_add(&text, COLUMNS);
    for (int i = 0; i < ENTITIES; i++)
        for (int m = 0; m < MONTHS; m++) {
            int value = 1000 + (i * 37 + m * m * 11) % 977;
            up_buffer_addf(&text, i % 5 == 4 ? "\u56FD\u5BB6 %d," : "Land %d,", i);
            if (i % 4 == 0)
                up_buffer_addf(&text, "%d", 1990 + m + (m > 9));
            else if (i % 4 == 1)
                up_buffer_addf(&text, "%d-Q%d", 2020 + m / 4, m % 4 + 1);
            else
                up_buffer_addf(&text, "%d-%02d", 2020 + m / 12, m % 12 + 1);
            const char *form = odd && i % 300 == 7 && m == 3 ? ",0"
                               : i % 11 == 5                 ? ",%d.%de3"
                               : i % 11 == 6                 ? ",%d.%dE-2"
                                                             : ",%d.%d";
            up_buffer_addf(&text, form, value, i % 10);
            up_buffer_add(&text,
                          odd && i % 300 == 20 && m == 5 ? ",~,,,,,,," : ",,,,,,,,");
            up_buffer_add(&text, i % 2 == 0 ? "a source,\n" : ",\n");
            if (i % 4 > 1 && m == 8 && i % 3 == 0)
                m += 2; /* a gap */
        }
    write_file("visits.csv", up_buffer_text(&text));
    up_buffer_release(&text);
}

static void plain_series_say_what_any_say(void **state)
{
    (void)state;
    static const char *const transforms[] = {
        "pc1",         "pch,fold,doubling", "ch1,chg", "lin,log", "pca,cagr,cca,cch",
        "pc1,lin,pch", "index,pc1"};
    for (int odd = 0; odd < 2; odd++) {
        write_plain(odd == 1);
        for (size_t i = 0; i < sizeof transforms / sizeof transforms[0]; i++) {
            const char *format = i % 3 == 0 ? "csv" : i % 3 == 1 ? "tsv" : "json";
            char *wanted = whole("visits", transforms[i], format);
            char *told = strdup(last.err);
            DONE("growth", "visits", "--transform", transforms[i], "--format", format);
            assert_string_equal(last.out, wanted);
            const char *undated = strstr(told, "known from the start\n");
            assert_non_null(undated); /* a note of --as-of alone */
            assert_string_equal(last.err, strchr(undated, '\n') + 1);
            free(wanted);
            free(told);
        }
    }
    DONE("growth", "visits", "--transform", "pc1", "--format", "csv", "--columns",
         "value,series");
    assert_memory_equal(last.out, "value,series\n", 13);
}

static void options_of_expressions_are_checked_in_large_files_too(void **state)
{
    (void)state;
    SAYS(2, "",
         "uptick: --real INDEX and --prices PERIOD go together: by which index, at the "
         "prices of when\n",
         "growth", "visits", "--transform", "pch", "--format", "csv", "--prices", "2015");
    assert_int_equal(
        RUN("growth", "visits", "--transform", "pch", "--format", "csv", "--align", "xx"),
        2);
    assert_string_equal(last.out, "");
}

#define ON_LARGE(test) cmocka_unit_test_setup_teardown(test, make_large, remove_tracker)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_LARGE(parts_say_what_the_whole_says),
        ON_LARGE(a_file_gets_what_would_be_printed),
        ON_LARGE(a_file_is_written_where_there_is_no_standard_output),
        ON_LARGE(claims_are_told_and_contradicted_as_ever),
        ON_LARGE(series_without_growth_are_told),
        ON_LARGE(a_bad_row_is_an_error_wherever_it_stands),
        ON_LARGE(a_bad_row_far_down_leaves_no_part_of_a_table),
        ON_LARGE(a_failed_file_is_as_it_was),
        ON_LARGE(plain_series_say_what_any_say),
        ON_LARGE(options_of_expressions_are_checked_in_large_files_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
