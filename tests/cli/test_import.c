/* Import from the command line: what it writes, what it says, and that a file that cannot be
 * read whole changes nothing. */
#include "cli/cli_fixture.h"

#include <fcntl.h>
#include <zlib.h>

static char file[SCRATCH_PATH];

/* The text as a file outside the tracker; `file` names it. */
static void put(const char *name, const char *text)
{
    scratch_path(file, root, name);
    scratch_write(root, name, text);
}

static void assert_mentions(const char *words)
{
    if (strstr(last.err, words) == NULL)
        fail_msg("'%s' is not in: %s", words, last.err);
}

#define NEW                                                                              \
    "entity,period,value,qualifier,low,high,stated,status,reported,source,quote,note\n"

/* --- The normal way -------------------------------------------------------------------------- */

static void import_makes_the_metric_and_its_figures(void **state)
{
    (void)state;
    put("UNRATE.csv",
        "DATE,UNRATE\n1948-01-01,3.4\n1948-02-01,3.8\n1948-03-01,.\n1948-04-01,4.0\n");
    up_buffer said = {0};
    up_buffer_addf(
        &said,
        "uptick: %s: UTF-8, commas between fields; FRED: a date a row, a series a "
        "column\n"
        "uptick: 'DATE': the period: months, each written as its first day (by the "
        "layout)\n"
        "uptick: 'UNRATE': figures (its texts are numbers)\n"
        "uptick: new metric unrate: \"Unemployment\", rate, percent; 3 figures, Jan 1948 "
        "to "
        "Apr 1948: 3 new\n"
        "uptick: 1 cell without a figure\n"
        "uptick: source: gt\n",
        file);
    SAYS(0, "", up_buffer_text(&said), "import", file, "--unit", "percent", "--measure",
         "rate", "--title", "Unemployment", "--source", "gt");
    up_buffer_release(&said);
    assert_file("unrate.csv", NEW ",1948-01,3.4,,,,,,,gt,,\n,1948-02,3.8,,,,,,,gt,,\n"
                                  ",1948-04,4.0,,,,,,,gt,,\n");
    DONE("check", "--strict");
}

static void the_same_file_again_changes_nothing(void **state)
{
    (void)state;
    put("a.csv", "country,year,a\nChina,2020,1\nKorea,2020,2\nChina,2021,3\n");
    DONE("import", file, "--unit", "people");
    snapshot before = take_snapshot();
    DONE("import", file, "--unit", "people");
    assert_mentions("a: 3 figures of 2 entities, 2020 to 2021: 3 there already\n");
    assert_store_is(&before);
    free_snapshot(&before);
}

/* First days stay days, a time stays as fine as it was, blank cells stay blank. */
static void what_is_exported_comes_in_again_as_it_was(void **state)
{
    (void)state;
    char exported[SCRATCH_PATH], again[SCRATCH_PATH];
    static const char figures[] =
        "metric," NEW "a--b,,2020-01-01,1,,,,,,,,,\n"
        "a--b,,2020-02-01,1.234,,,,1.234 t,,2024-01-01,gt,\"so, \"\"so\"\"\",n\n"
        "a--b,,2020-03-01,2,>,,,more than 2,E,,,,\n"
        "a--b,,2020-03-01,,,,,,M,2024-02-01,,,\n"
        "a--b,Korea,2020-04-01T00:00Z,,~,3,4,,F,,somewhere,,\n"
        "a--b,Korea,[2020-05-01..2020-05-31],5,,,,,,,,,\n"
        "a--b,Korea,2020-06-01T00Z,6,,,,,,,,,\n";
    DONE("new", "a--b", "--unit", "t", "--measure", "flow");
    scratch_write(series, "a--b.csv",
                  NEW ",2020-01-01,1,,,,,,,,,\n"
                      ",2020-02-01,1.234,,,,1.234 t,,2024-01-01,gt,\"so, \"\"so\"\"\",n\n"
                      ",2020-03-01,2,>,,,more than 2,E,,,,\n"
                      ",2020-03-01,,,,,,M,2024-02-01,,,\n"
                      "Korea,2020-04-01T00:00Z,,~,3,4,,F,,somewhere,,\n"
                      "Korea,[2020-05-01..2020-05-31],5,,,,,,,,,\n"
                      "Korea,2020-06-01T00Z,6,,,,,,,,,\n");
    scratch_path(exported, root, "exported.csv");
    scratch_path(again, root, "again");
    DONE("export", "a--b", "-o", exported);
    scratch_assert_text(root, "exported.csv", figures);
    DONE("init", again);
    tracker_ = again;
    DONE("import", exported);
    assert_mentions("exported by uptick: a figure a row\n");
    DONE("export", "*", "--format", "csv");
    assert_string_equal(last.out, figures);
    DONE("import", exported);
    assert_mentions("7 there already\n");
    tracker_ = NULL;
}

static void a_newer_edition_revises_only_what_differs(void **state)
{
    (void)state;
    put("a.csv", "country,year,a\nChina,2020,1\nKorea,2020,2\n");
    DONE("import", file, "--unit", "people", "--reported", "2021-02-01");
    put("a.csv", "country,year,a\nChina,2020,1.0\nKorea,2020,2.5\nKorea,2021,3\n");
    DONE("import", file, "--reported", "2022-02-01");
    assert_mentions(
        "a: 3 figures of 2 entities, 2020 to 2021: 1 new, 1 revision, 1 there already\n");
    assert_file("a.csv", NEW "China,2020,1,,,,,,2021-02-01,file a.csv,,\n"
                             "Korea,2020,2,,,,,,2021-02-01,file a.csv,,\n"
                             "Korea,2020,2.5,,,,,,2022-02-01,file a.csv,,\n"
                             "Korea,2021,3,,,,,,2022-02-01,file a.csv,,\n");
    /* what was known then */
    DONE("show", "a/Korea", "--as-of", "2021-12-31", "--format", "csv");
    assert_non_null(strstr(last.out, "2020,2,"));
    assert_null(strstr(last.out, "2.5"));
}

static void a_file_without_a_day_is_held_against_the_last_edition(void **state)
{
    (void)state;
    put("a.csv", "year,a\n2019,1\n2020,2\n");
    DONE("import", file, "--unit", "kg", "--reported", "2024-02-01");
    snapshot before = take_snapshot();
    DONE("import", file);
    assert_store_is(&before);
    free_snapshot(&before);
    put("a.csv", "year,a\n2019,1\n2020,3\n");
    REFUSED(3, NULL, "import", file);
    assert_mentions("2020 is 3 here, but 2 in series/a.csv:3, from the same source, "
                    "reported on a known day (--reported DATE makes this file an edition "
                    "of its own)");
}

static void figures_of_another_source_are_told(void **state)
{
    (void)state;
    put("e1.csv", "year,a\n2019,1\n2020,2\n");
    DONE("import", file, "--unit", "kg");
    put("e2.csv", "year,a\n2019,1\n2020,3\n2021,4\n");
    DONE("import", file);
    assert_mentions("warning: a: 2 figures of periods that have one from 'file e1.csv' "
                    "too; all are kept");
}

static void a_unit_that_is_given_must_be_that_of_the_metric(void **state)
{
    (void)state;
    put("a.csv", "year,a\n2019,1\n");
    DONE("import", file, "--unit", "EUR");
    put("b.csv", "year,a\n2020,1\n");
    REFUSED(3, NULL, "import", file, "--unit", "USD");
    assert_mentions("the figures are in USD, the metric 'a' in EUR");
    DONE("import", file, "--unit", "EUR");
}

static void a_unit_in_a_title_and_a_sum_among_the_entities_are_warned_of(void **state)
{
    (void)state;
    put("a.csv", "Sales by branch,,\n(in Mio. EUR),,\nBranch,2021,2022\nFood,1.5,2\n"
                 "Wood,3,4\nTotal,4.5,6\n");
    DONE("import", file);
    assert_mentions(
        "a.csv:2: warning: '(in Mio. EUR)' tells a unit, which is not applied to "
        "the figures: --unit 'EUR' --multiplier 6 applies it");
    assert_mentions("warning: the entity 'Total' is named like a sum of the others");
    DONE("import", file, "--metric", "b", "--unit", "EUR", "--multiplier", "6");
    assert_null(strstr(last.err, "not applied"));
}

static void what_disagrees_with_what_is_there_is_refused(void **state)
{
    (void)state;
    put("a.csv", "country,year,a\nChina,2020,1\n");
    DONE("import", file, "--unit", "people");
    put("a.csv", "country,year,a\nChina,2020,2\nKorea,2020,5\n");
    snapshot before = take_snapshot();
    assert_int_equal(RUN("import", file), 3);
    assert_mentions("a.csv:2: ");
    assert_store_is(&before);
    free_snapshot(&before);
    /* set aside, the rest comes in */
    char aside[SCRATCH_PATH];
    scratch_path(aside, root, "aside.csv");
    DONE("import", file, "--skip-bad", aside);
    scratch_assert_text(root, "aside.csv", "country,year,a\nChina,2020,2\n");
    assert_file("a.csv",
                NEW "China,2020,1,,,,,,,file a.csv,,\nKorea,2020,5,,,,,,,file a.csv,,\n");
}

static void dry_run_shows_the_columns_and_first_figures_and_writes_nothing(void **state)
{
    (void)state;
    put("a.csv", "country,year,a\nChina,2020,1\nKorea,2020,2\n");
    snapshot before = take_snapshot();
    DONE("import", file, "--unit", "people", "--dry-run");
    assert_string_equal(last.out, "Column   Taken for\n"
                                  "country  the entity (by its header)\n"
                                  "year     the period: years (by its header)\n"
                                  "a        figures (its texts are numbers)\n"
                                  "Metric  Entity  Period    Figure  Line\n"
                                  "a       China   2020    1 people     2\n"
                                  "a       Korea   2020    2 people     3\n");
    assert_mentions(
        "new metric a: \"a\", stock, people; 2 figures of 2 entities, 2020: 2 new\n");
    assert_store_is(&before);
    free_snapshot(&before);
}

/* --- Where it comes from ------------------------------------------------------------------------ */

static void read_standard_input(void)
{
    int descriptor = open(file, O_RDONLY);
    if (descriptor < 0 || dup2(descriptor, STDIN_FILENO) < 0)
        _exit(97);
}

static void standard_input_is_a_file_too(void **state)
{
    (void)state;
    put("in.csv", "year,a\n2020,1\n2021,2\n");
    assert_int_equal(RUN_PROGRAM(read_standard_input, "import", "-", "--metric", "piped",
                                 "--unit", "kg"),
                     0);
    assert_mentions("uptick: standard input: UTF-8");
    assert_file("piped.csv", NEW ",2020,1,,,,,,,,,\n,2021,2,,,,,,,,,\n");
}

static void gzip_is_taken_off(void **state)
{
    (void)state;
    scratch_path(file, root, "a.csv.gz");
    gzFile out = gzopen(file, "wb");
    assert_non_null(out);
    assert_true(gzputs(out, "year,value\n2020,1\n") > 0);
    assert_int_equal(gzclose(out), Z_OK);
    DONE("import", file, "--unit", "kg");
    assert_mentions("gzip, UTF-8");
    assert_file("a.csv", NEW ",2020,1,,,,,,,file a.csv.gz,,\n");
}

static void a_data_package_brings_its_tables_source_and_titles(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH];
    scratch_path(folder, root, "package");
    assert_int_equal(mkdir(folder, 0755), 0);
    scratch_write(folder, "a.csv", "Year,CPI\n2020,100\n2021,n.a.\n");
    scratch_write(
        folder, "datapackage.json",
        "{\"name\": \"p\", \"sources\": [{\"title\": \"The Bank\", \"path\": "
        "\"https://example.org\"}], \"resources\": [{\"name\": \"a\", \"path\": "
        "\"a.csv\", "
        "\"schema\": {\"missingValues\": [\"n.a.\"], \"fields\": [{\"name\": \"Year\", "
        "\"type\": \"year\"}, {\"name\": \"CPI\", \"type\": \"number\", \"description\": "
        "\"2020 = 100\"}]}}]}");
    scratch_path(file, folder, "datapackage.json");
    DONE("import", file, "--measure", "index");
    assert_file("cpi.csv", NEW ",2020,100,,,,,,,the-bank,,\n");
    DONE("cite", "cpi", "--format", "csv");
    assert_non_null(strstr(last.out, "the-bank,The Bank,https://example.org,cpi,2020"));
}

/* --- Entities --------------------------------------------------------------------------------------- */

static void codes_in_the_file_make_entities_known(void **state)
{
    (void)state;
    put("a.csv", "Country Name,Country Code,Year,a\nChina,CHN,2020,1\n\"Korea, "
                 "Rep.\",KOR,2020,2\n");
    DONE("import", file, "--unit", "people");
    assert_file("entities.csv",
                "entity,code,aliases\nChina,CHN,\n\"Korea, Rep.\",KOR,\n");
    put("b.csv", "geo,year,b\nKOR,2020,5\nCHN,2020,6\n");
    DONE("import", file, "--unit", "people");
    assert_file("b.csv", NEW "\"Korea, Rep.\",2020,5,,,,,,,file b.csv,,\n"
                             "China,2020,6,,,,,,,file b.csv,,\n");
}

/* --- Bad files --------------------------------------------------------------------------------------- */

static void every_bad_row_is_named_and_nothing_changes(void **state)
{
    (void)state;
    put("a.csv", "year,a\n2019,1\n2020,x\n2021,3\n2022,1..2\n2023,5\n");
    up_buffer said = {0};
    up_buffer_addf(&said,
                   "%s:3: column 'a': 'x' is not a number\n"
                   "%s:5: column 'a': '1..2' is not a number\n"
                   "%s: 2 errors; nothing was imported\n",
                   file, file, file);
    REFUSED(3, up_buffer_text(&said), "import", file);
    up_buffer_release(&said);
}

static void bad_rows_never_fall_on_the_file_they_are_from(void **state)
{
    (void)state;
    static const char text[] = "year,a\n2019,1\n2020,x\n";
    char link[SCRATCH_PATH];
    up_buffer said = {0};
    put("a.csv", text);
    scratch_path(link, root, "link.csv");
    up_buffer_addf(&said,
                   "uptick: --skip-bad %s is the file that is read (wanted another, it "
                   "would be lost)\n",
                   link);
    assert_int_equal(symlink(file, link), 0);
    REFUSED(2, up_buffer_text(&said), "import", file, "--skip-bad", link);
    REFUSED(2, NULL, "import", file, "--skip-bad", file);
    REFUSED(2, NULL, "import", file, "--dry-run", "-o", file);
    scratch_assert_text(root, "a.csv", text);
    up_buffer_release(&said);
}

static void bad_rows_of_several_tables_are_all_kept(void **state)
{
    (void)state;
    char aside[SCRATCH_PATH];
    scratch_path(aside, root, "aside.csv");
    put("a.csv", "year,a\n2018,0\n2019,1\n2020,x\n");
    put("b.csv", "year,b\n2019,y\n2020,2\n2021,3\n");
    put("datapackage.json", "{\"resources\": [{\"name\": \"a\", \"path\": \"a.csv\"}, "
                            "{\"name\": \"b\", \"path\": \"b.csv\"}]}");
    DONE("import", file, "--skip-bad", aside);
    scratch_assert_text(root, "aside.csv", "year,a\n2020,x\nyear,b\n2019,y\n");
}

/* A file cut anywhere is read whole as far as it goes, or refused whole. */
static void a_file_cut_at_any_byte_never_comes_in_by_half(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF\"Data Source\",\"World, \"\"Indicators\"\"\",\r\n\r\n"
        "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator "
        "Code\",\"2015\",\"2016\",\r\n"
        "\"Côte d'Ivoire\",\"CIV\",\"Population, "
        "total\",\"SP.POP.TOTL\",\"23108472\",\"23695919\",\r\n";
    for (size_t length = 0; length < sizeof text; length++) {
        snapshot before = take_snapshot();
        scratch_path(file, root, "cut.csv");
        scratch_write_bytes(root, "cut.csv", text, length);
        int code = RUN("import", file, "--unit", "people");
        if (code != 0 && code != 3 && code != 4)
            fail_msg("%zu bytes: exit code %d: %s", length, code, last.err);
        if (code != 0)
            assert_store_is(&before);
        else {
            /* both figures of the row, or the first where the second is not there */
            DONE("export", "*", "--format", "csv");
            assert_non_null(strstr(last.out, "Ivoire,2015,"));
        }
        put_back(&before);
        free_snapshot(&before);
    }
}

static void text_of_a_file_never_reaches_the_terminal_as_it_is(void **state)
{
    (void)state;
    put("a.csv", "year,a\n2019,1\n2020,\x1b]0;x\x07\n2021,2\n");
    assert_int_equal(RUN("import", file), 3);
    assert_null(strchr(last.err, '\x1b'));
    put("b.csv", "entity\x1b[31m,year,b\nA\x1b[2J,2019,1\nB,2019,2\n");
    RUN("import", file, "--unit", "kg");
    assert_null(strchr(last.err, '\x1b'));
}

static void names_of_metrics_never_become_paths(void **state)
{
    (void)state;
    put("a.csv", "year,../../etc/passwd,a/b\n2019,1,2\n");
    DONE("import", file, "--unit", "kg");
    assert_file("etc-passwd.csv", NEW ",2019,1,,,,,,,file a.csv,,\n");
    assert_file("a-b.csv", NEW ",2019,2,,,,,,,file a.csv,,\n");
    put("b.csv", "year,a\n2019,1\n");
    REFUSED(3, NULL, "import", file, "--map", "a=../evil");
    assert_mentions("'../evil' cannot name a metric");
    put("c.csv", "year,claims\n2019,1\n");
    REFUSED(3, NULL, "import", file);
    assert_mentions("'claims' cannot name a metric");
}

static void a_missing_file_and_a_bad_option_are_told(void **state)
{
    (void)state;
    REFUSED(6, NULL, "import", "/nowhere/a.csv");
    put("a.csv", "year,a\n2019,1\n");
    REFUSED(2, "uptick: --layout 'tall' is not auto, long, wide or sdmx\n", "import",
            file, "--layout", "tall");
    REFUSED(2, "uptick: --map 'gdp' is not LABEL=NAME\n", "import", file, "--map", "gdp");
    REFUSED(2, "uptick: --delimiter ';;' is not one character\n", "import", file,
            "--delimiter", ";;");
    REFUSED(2, "uptick: --headers 'two' is not a count\n", "import", file, "--headers",
            "two");
    REFUSED(2, "uptick: --decimal 'x' is neither '.' nor ','\n", "import", file,
            "--decimal", "x");
    REFUSED(
        2,
        "uptick: --frequency 'often' is none of day, week, month, quarter, half, year\n",
        "import", file, "--frequency", "often");
    REFUSED(2, "uptick: --reported: 'soon' is neither a column nor a day (YYYY-MM-DD)\n",
            "import", file, "--reported", "soon");
}

/* The measure of a metric that is there is not swallowed, nor changed in passing. */
static void a_measure_given_later_is_refused(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_write(root, "a.csv", "date,value\n2020-01,5\n2020-02,6\n");
    scratch_path(path, root, "a.csv");
    DONE("import", path, "--metric", "later");
    RUN("import", path, "--metric", "later", "--measure", "flow");
    assert_int_equal(last.code, 2);
    assert_non_null(strstr(last.err, "the metric 'later' is there with measure 'stock', "
                                     "not 'flow': 'uptick set later measure=flow' "
                                     "changes it"));
    DONE("import", path, "--metric", "later", "--measure", "stock", "--title", "Later");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(a_measure_given_later_is_refused),
        ON_TRACKER(import_makes_the_metric_and_its_figures),
        ON_TRACKER(the_same_file_again_changes_nothing),
        ON_TRACKER(a_newer_edition_revises_only_what_differs),
        ON_TRACKER(bad_rows_never_fall_on_the_file_they_are_from),
        ON_TRACKER(bad_rows_of_several_tables_are_all_kept),
        ON_TRACKER(what_is_exported_comes_in_again_as_it_was),
        ON_TRACKER(a_file_without_a_day_is_held_against_the_last_edition),
        ON_TRACKER(figures_of_another_source_are_told),
        ON_TRACKER(a_unit_that_is_given_must_be_that_of_the_metric),
        ON_TRACKER(a_unit_in_a_title_and_a_sum_among_the_entities_are_warned_of),
        ON_TRACKER(what_disagrees_with_what_is_there_is_refused),
        ON_TRACKER(dry_run_shows_the_columns_and_first_figures_and_writes_nothing),
        ON_TRACKER(standard_input_is_a_file_too),
        ON_TRACKER(gzip_is_taken_off),
        ON_TRACKER(a_data_package_brings_its_tables_source_and_titles),
        ON_TRACKER(codes_in_the_file_make_entities_known),
        ON_TRACKER(every_bad_row_is_named_and_nothing_changes),
        ON_TRACKER(a_file_cut_at_any_byte_never_comes_in_by_half),
        ON_TRACKER(text_of_a_file_never_reaches_the_terminal_as_it_is),
        ON_TRACKER(names_of_metrics_never_become_paths),
        ON_TRACKER(a_missing_file_and_a_bad_option_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
