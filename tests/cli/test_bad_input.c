/* What goes wrong is said exactly, with its exit code, and leaves the store as it was. */
#include "cli/cli_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#define USAGE_ADD "usage: uptick add SERIES PERIOD QUANTITY"

/* ---- CSV that cannot be read ---- */

static void assert_unreadable(const char *rows, const char *message)
{
    up_buffer text = {0};
    up_buffer_add(&text, COLUMNS);
    up_buffer_add(&text, rows);
    write_file("users.csv", up_buffer_text(&text));
    up_buffer_release(&text);
    REFUSED(3, message, "show", "users");
    REFUSED(3, message, "add", "users/China", "2026", "1");
    REFUSED(3, message, "growth", "users");
    REFUSED(3, message, "export", "users");
}

static void a_quote_that_is_never_closed_is_named_by_its_line(void **state)
{
    (void)state;
    assert_unreadable("China,2023,1,,,,,,,,,\nChina,2024,\"1,,,,,,,,,\nChina,2025,3\n",
                      "series/users.csv:3: a quote opened in this line is never "
                      "closed\n");
}

static void a_row_of_another_width_than_the_header_is_refused(void **state)
{
    (void)state;
    assert_unreadable("China,2024,1\n",
                      "series/users.csv:2: 3 fields, but the header has 12\n");
    assert_unreadable("China,2024,1,,,,,,,,,\nChina,2025,1,,,,,,,,,,,\n",
                      "series/users.csv:3: 14 fields, but the header has 12\n");
}

static void every_bad_row_is_named_and_nothing_is_done(void **state)
{
    (void)state;
    assert_unreadable("China,2024,1\nChina,2025,2,,,,,,,,,\nChina,2026,3\n",
                      "series/users.csv:2: 3 fields, but the header has 12\n"
                      "series/users.csv:4: 3 fields, but the header has 12\n"
                      "uptick: 2 rows cannot be read; nothing was done\n");
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    static const char rows[] = COLUMNS "China,2024,1,,,,,,,,\0,\n";
    scratch_write_bytes(series, "users.csv", rows, sizeof rows - 1);
    REFUSED(3, "series/users.csv:2: a NUL byte at column 21 (wanted text in UTF-8)\n",
            "show", "users");
    REFUSED(3, "series/users.csv:2: a NUL byte at column 21 (wanted text in UTF-8)\n",
            "add", "users/China", "2026", "1");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    assert_unreadable("China,2024,1,,,,,,,,\xff\xfe,\n",
                      "series/users.csv:2: byte 0xFF at column 21 is not UTF-8 (save the "
                      "file as UTF-8)\n");
}

static void a_value_that_is_no_number_is_refused(void **state)
{
    (void)state;
    assert_unreadable("China,2024,3;5,,,,,,,,,\n",
                      "series/users.csv:2: value '3;5' is not a number (digits expected, "
                      "with an optional sign, point and exponent)\n");
}

static void check_names_every_bad_row_and_goes_on(void **state)
{
    (void)state;
    write_file("users.csv", COLUMNS "China,2024,1\nChina,2025,2,,,,,,,gt,,\n");
    write_file("industry.csv", COLUMNS "China,2024,1,,,,,,,,,\nChina,2024,2,,,,,,,,,\n");
    REFUSED(1,
            "series/users.csv:2: 3 fields, but the header has 12\n"
            "series/industry.csv:3: the same entity, period, reported and source as line "
            "2 (uptick rm --line)\n"
            "series/industry.csv:2: warning: no source (2 figures; uptick edit --source "
            "KEY)\n"
            "uptick: 2 errors found\n",
            "check");
}

/* ---- files as people save them ---- */

/* Adding 2026 to `before` gives `after` and changes no other file. */
static void assert_kept(const char *before, const char *after)
{
    char *descriptor = scratch_read(series, "datapackage.json");
    write_file("users.csv", before);
    DONE("add", "users/A", "2026", "7");
    assert_file("users.csv", after);
    assert_file("datapackage.json", descriptor);
    free(descriptor);
}

static void crlf_is_kept_and_used_for_the_new_row(void **state)
{
    (void)state;
#define CRLF                                                                             \
    "entity,period,value,qualifier,low,high,stated,status,reported,source,quote,"        \
    "note\r\n"
    assert_kept(CRLF "A,2024,1,,,,,,,,,\r\nB,2024,1,,,,,,,,,\r\n",
                CRLF "A,2024,1,,,,,,,,,\r\nA,2026,7,,,,,,,,,\r\nB,2024,1,,,,,,,,,\r\n");
}

static void a_byte_order_mark_is_kept(void **state)
{
    (void)state;
    assert_kept("\xEF\xBB\xBF" COLUMNS "A,2024,1,,,,,,,,,\n",
                "\xEF\xBB\xBF" COLUMNS "A,2024,1,,,,,,,,,\nA,2026,7,,,,,,,,,\n");
}

static void a_missing_final_newline_is_no_obstacle(void **state)
{
    (void)state;
    assert_kept(COLUMNS "A,2024,1,,,,,,,,,",
                COLUMNS "A,2024,1,,,,,,,,,\nA,2026,7,,,,,,,,,\n");
    assert_kept(CRLF "A,2024,1,,,,,,,,,",
                CRLF "A,2024,1,,,,,,,,,\r\nA,2026,7,,,,,,,,,\r\n");
}

static void disorder_stays_as_it_is(void **state)
{
    (void)state;
    assert_kept(COLUMNS "B,2025,1,,,,,,,,,\nA,2025,1,,,,,,,,,\nA,2024,1,,,,,,,,,\n",
                COLUMNS "B,2025,1,,,,,,,,,\nA,2025,1,,,,,,,,,\nA,2024,1,,,,,,,,,\n"
                        "A,2026,7,,,,,,,,,\n");
}

static void needless_quotes_and_blank_lines_stay(void **state)
{
    (void)state;
    assert_kept(COLUMNS "\n\"A\",2024,\"1\",,,,,,,,\"x, \"\"y\"\"\",\n\n",
                COLUMNS "\n\"A\",2024,\"1\",,,,,,,,\"x, \"\"y\"\"\",\n"
                        "A,2026,7,,,,,,,,,\n\n");
}

/* ---- dates ---- */

static void a_day_that_never_was_is_refused(void **state)
{
    (void)state;
    REFUSED(3, "uptick: '2025-02-30' is no date: February 2025 has 28 days\n", "add",
            "users/China", "2025-02-30", "1");
    REFUSED(3, "uptick: '2025-02-30' is no date: February 2025 has 28 days\n", "event",
            "2025-02-30", "launch");
    REFUSED(3, "uptick: '2025-02-30' is no date: February 2025 has 28 days\n", "growth",
            "users/China", "--from", "2025-02-30");
    REFUSED(3, "uptick: '2025-02-30' is no date: February 2025 has 28 days\n", "claim",
            "users/China", "2-fold", "--to", "2025-02-30");
}

static void an_ambiguous_date_names_both_readings(void **state)
{
    (void)state;
    REFUSED(3,
            "uptick: '03/04/2025' is ambiguous: 3 April 2025 or 4 March 2025; write "
            "2025-04-03 or 2025-03-04, or say the date order (--date-format dmy or "
            "mdy)\n",
            "add", "users/China", "03/04/2025", "1");
}

static void date_format_settles_an_ambiguous_date(void **state)
{
    (void)state;
    SAYS(0, NULL, "uptick: users/US, 3 April 2025: 1 people\n", "add", "users/US",
         "03/04/2025", "1", "--date-format", "dmy");
    SAYS(0, NULL, "uptick: users/US, 4 March 2025: 1 people\n", "add", "users/US",
         "03/04/2025", "1", "--date-format=mdy");
    REFUSED(2, "uptick: --date-format 'ymd' is not dmy or mdy\n", "add", "users/US",
            "03/04/2025", "1", "--date-format", "ymd");
}

static void a_day_option_takes_days_only(void **state)
{
    (void)state;
    REFUSED(2, "uptick: 'by May 2025' is not a day (wanted: YYYY-MM-DD)\n", "list",
            "--as-of", "by May 2025");
    REFUSED(2, "uptick: '' is not a day (wanted: YYYY-MM-DD)\n", "list", "--today", "");
    REFUSED(3,
            "uptick: 'yesterday' depends on the day it was said: write the year, month "
            "or day itself\n",
            "add", "users/China", "2026", "1", "--reported", "yesterday");
}

/* ---- quantities ---- */

static void words_that_are_no_quantity_are_refused(void **state)
{
    (void)state;
    REFUSED(3, "uptick: '12,34,5' does not group its digits in threes\n", "add",
            "users/China", "2026", "12,34,5");
    REFUSED(3,
            "uptick: '1e400' is out of range (its last digit must stand between 10^-60 "
            "and 10^60)\n",
            "add", "users/China", "2026", "1e400");
    REFUSED(3,
            "uptick: 'many' is vague ('many'): it belongs into a note, not into a "
            "value\n",
            "add", "users/China", "2026", "many");
    REFUSED(3, "uptick: '\\x1B[31m5' is not a quantity (it holds a control character)\n",
            "add", "users/China", "2026", "\033[31m5");
}

static void units_must_match_the_metrics(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: '5 tokens' is in tokens, the metric 'users' in people (leave the "
            "word out if it means the same)\n",
            "add", "users/China", "2026", "5 tokens");
    REFUSED(2, "uptick: '$5 billion' is in USD, the metric 'industry' in CNY\n", "add",
            "industry/China", "2025", "$5 billion");
}

static void percent_is_no_count(void **state)
{
    (void)state;
    REFUSED(2, "uptick: '80%' is in percent, the metric 'users' in people\n", "add",
            "users/China", "2026", "80%");
}

static void a_fold_is_a_claim_and_no_figure(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: '100-fold' compares two figures; 'uptick claim' keeps such words\n",
            "add", "users/China", "2026", "100-fold");
}

static void a_figure_is_no_claim(void **state)
{
    (void)state;
    REFUSED(3,
            "uptick: '570 million' is no change (wanted e.g. 100-fold, up 20%, more than "
            "doubled, 20% a year)\n",
            "claim", "users/China", "570 million", "--to", "2025");
}

static void a_missing_quantity_is_asked_for(void **state)
{
    (void)state;
    REFUSED(2, "uptick: a quantity is missing (only --status M does without)\n", "add",
            "users/China", "2026");
    SAYS(0, "", NULL, "add", "users/China", "2026", "--status", "M");
}

/* ---- what is not known ---- */

static void an_unknown_metric_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2, "uptick: unknown metric 'usres'; did you mean 'users'?\n", "add",
            "usres/China", "2026", "1");
    REFUSED(2, "uptick: unknown metric 'usres'; did you mean 'users'?\n", "show",
            "usres");
    REFUSED(2, "uptick: unknown metric 'usres'; did you mean 'users'?\n", "set", "usres",
            "unit=x");
    REFUSED(2, "uptick: unknown metric 'usres'; did you mean 'users'?\n", "event", "2025",
            "x", "--metric", "usres");
    REFUSED(2, "uptick: unknown metric 'zebra' ('uptick list' shows those there are)\n",
            "growth", "zebra");
    REFUSED(2, "uptick: no metric matches 'z*'\n", "list", "z*");
    REFUSED(2, "uptick: metric 'users' has no figures for 'US'\n", "show", "users/US");
}

static void an_unknown_command_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2, "uptick: unknown command 'ad'; did you mean 'add'?\n", "ad");
    REFUSED(2, "uptick: unknown command 'zebra' ('uptick help' lists them)\n", "zebra");
    REFUSED(2, "uptick: unknown command 'grwoth'; did you mean 'growth'?\n", "help",
            "grwoth");
}

static void a_command_comes_before_its_options(void **state)
{
    (void)state;
    REFUSED(2, "uptick: the command comes first, then '--quiet'\n", "--quiet", "list");
}

static void an_unknown_option_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2, "uptick: 'add' has no option '--sorce'; did you mean '--source'?\n", "add",
            "users/China", "2026", "1", "--sorce", "gt");
    REFUSED(2, "uptick: 'add' has no option '--sorce'; did you mean '--source'?\n", "add",
            "users/China", "2026", "1", "--sorce=gt");
    REFUSED(2, "uptick: 'add' has no option '--zebra' ('uptick help add' lists them)\n",
            "add", "users/China", "2026", "1", "--zebra");
    REFUSED(2, "uptick: unknown option '-x' (long options begin with --)\n", "list",
            "-x");
    REFUSED(2, "uptick: 'new' has no option '--unti'; did you mean '--unit'?\n", "new",
            "x", "--unti", "y");
}

static void an_option_without_its_value_is_refused(void **state)
{
    (void)state;
    REFUSED(2, "uptick: --format needs a value (FORMAT)\n", "list", "--format");
    REFUSED(2, "uptick: -o needs a value (FILE)\n", "list", "-o");
    REFUSED(2, "uptick: --quiet takes no value\n", "list", "--quiet=1");
}

static void an_option_value_outside_its_domain_is_refused(void **state)
{
    (void)state;
    REFUSED(
        2, "uptick: 'yaml' is not a format (text, csv, tsv, json or markdown expected)\n",
        "list", "--format", "yaml");
    REFUSED(2, "uptick: --color 'sometimes' is not auto, always or never\n", "list",
            "--color", "sometimes");
    REFUSED(2, "uptick: --decimal ';' is not ',' or '.'\n", "add", "users/China", "2026",
            "1", "--decimal", ";");
    REFUSED(2, "uptick: --kind 'party' is not event or note\n", "event", "2025", "x",
            "--kind", "party");
    REFUSED(2, "uptick: --theme 'pink' is not light or dark\n", "chart", "users", "-o",
            "x.svg", "--theme", "pink");
    REFUSED(2, "uptick: --size '10by10' is not WIDTHxHEIGHT, as in 1200x675\n", "chart",
            "users", "-o", "x.svg", "--size", "10by10");
    REFUSED(2, "uptick: --steps '0' is not a count from 1 to 10000\n", "project", "users",
            "--steps", "0");
    REFUSED(2, "uptick: --steps and --until exclude each other\n", "project", "users",
            "--steps", "1", "--until", "2027");
}

static void the_number_of_operands_is_checked(void **state)
{
    (void)state;
    REFUSED(2, "uptick: an operand is missing (" USAGE_ADD ")\n", "add", "users/China");
    REFUSED(2, "uptick: 'too' is one operand too many (" USAGE_ADD ")\n", "add",
            "users/China", "2026", "1", "too", "many");
}

static void an_unknown_key_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2, "uptick: unknown key 'unti'; did you mean 'unit'?\n", "set", "users",
            "unti=x");
    REFUSED(2,
            "uptick: unknown key 'zebra'; the keys are title, description, unit, "
            "short_unit, measure, anchor, floor, ceiling, decimals, season, "
            "fiscal_year_end, display, conflict, formula, align, tolerance\n",
            "set", "users", "zebra=x");
    REFUSED(2, "uptick: 'unit' is not KEY=VALUE\n", "set", "users", "unit");
    REFUSED(2,
            "uptick: measure 'stok' is not valid: stock, cumulative, flow, rate, "
            "average, ratio or index\n",
            "set", "users", "unit=x", "measure=stok");
}

static void options_of_growth_that_do_not_go_together_are_refused(void **state)
{
    (void)state;
    REFUSED(2, "uptick: --hac needs --trend\n", "growth", "users", "--hac");
    REFUSED(2, "uptick: --trend and --base exclude each other\n", "growth", "users",
            "--trend", "--base", "2024");
    REFUSED(2, "uptick: --hac and --robust exclude each other\n", "growth", "users",
            "--trend", "--hac", "--robust");
    REFUSED(2, "uptick: --split and --rolling exclude each other\n", "growth", "users",
            "--trend", "--split", "2024", "--rolling", "3");
    REFUSED(2, "uptick: --contributions and --trend exclude each other\n", "growth",
            "users", "--trend", "--contributions");
    REFUSED(2, "uptick: --contributions and --transform exclude each other\n", "growth",
            "users", "--contributions", "--transform", "pc1");
    REFUSED(2, "uptick: --rolling '2' is not a whole number from 3 on\n", "growth",
            "users", "--trend", "--rolling", "2");
    REFUSED(2, "uptick: --top '1.5' is not a whole number from 1 on\n", "growth", "users",
            "--top", "1.5");
    REFUSED(2, "uptick: --tolerance 'soon' is no length of time ('3 days', '1 month')\n",
            "growth", "users", "--transform", "pc1", "--tolerance", "soon");
    REFUSED(2, "uptick: the periods of --split must ascend\n", "growth", "users",
            "--trend", "--split", "2025,2024");
}

static void an_unknown_transform_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: unknown transform 'cagrr'; did you mean 'cagr'? (lin, log, chg, "
            "ch1, fold, "
            "pch, pc1, pca, cch, cca, cagr, doubling, index, share)\n",
            "growth", "users", "--transform", "fold,cagrr");
    REFUSED(2, "uptick: levels are drawn by --kind line\n", "chart", "users", "-o",
            "x.svg", "--kind", "growth", "--transform", "lin");
}

static void an_unknown_kind_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: unknown kind 'lnie'; did you mean 'line'? (line, growth, index, "
            "bar, stack, "
            "facet, fit, reach)\n",
            "chart", "users", "-o", "x.svg", "--kind", "lnie");
    REFUSED(2,
            "uptick: unknown kind 'pie' (line, growth, index, bar, stack, "
            "facet, fit, reach)\n",
            "chart", "users", "-o", "x.svg", "--kind", "pie");
}

static void an_unknown_model_is_named_with_the_nearest(void **state)
{
    (void)state;
    REFUSED(
        2,
        "uptick: unknown model 'lineer'; did you mean 'linear'? (auto, constant, "
        "linear, exponential, quadratic, power, logistic, gompertz, richards, bass)\n",
        "project", "users", "--model", "lineer");
}

static void a_chart_needs_a_file_of_a_known_kind(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: a chart needs a file: -o FILE.png, FILE.svg or FILE.pdf "
            "(--format txt prints one)\n",
            "chart", "users");
    REFUSED(2,
            "uptick: 'x.gif' tells no format: use the ending .png, .svg, .pdf or "
            ".txt, or --format\n",
            "chart", "users", "-o", "x.gif");
    REFUSED(2,
            "uptick: 'table' tells no format: use --format, or the ending .txt, .csv, "
            ".tsv, .json or .md\n",
            "export", "users", "-o", "table");
}

/* ---- what is there already, or must be named ---- */

static void the_same_key_twice_names_the_line_of_the_first(void **state)
{
    (void)state;
    REFUSED(3,
            "series/users.csv:2: this row is for China, 2024-12-31 from the same source, "
            "reported on the same day (a revision has a later day of report)\n",
            "add", "users/China", "2024-12-31", "1", "--source", "gt", "--reported",
            "2025-07-23");
    REFUSED(2, "series/datapackage.json: there is a metric 'users' already\n", "new",
            "users", "--unit", "people");
    REFUSED(2, "series/datapackage.json: there is a source 'gt' already\n", "source",
            "gt", "--title", "x");
}

static void a_tracker_is_not_made_twice(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    assert_int_equal(RUN("init", root), 2);
    assert_non_null(strstr(last.err, "/series/datapackage.json: there is a tracker here "
                                     "already\n"));
    assert_store_is(&before);
    free_snapshot(&before);
}

static void a_metric_needs_a_name_fit_for_a_file_and_a_unit(void **state)
{
    (void)state;
    static const char *const names[] = {"Users", "../users", "", "a b", "-a", "claims"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        up_buffer wanted = {0};
        up_buffer_addf(&wanted,
                       "uptick: '%s' cannot name a metric: lower-case letters, digits "
                       "and '-', not beginning with '-' (entities, claims, events, "
                       "projections and datapackage are taken)\n",
                       names[i]);
        REFUSED(2, up_buffer_text(&wanted), "new", "--unit", "x", "--", names[i]);
        up_buffer_release(&wanted);
    }
    REFUSED(2,
            "uptick: a metric needs a unit: --unit people, --unit CNY (--unit '' for a "
            "pure ratio)\n",
            "new", "other");
}

static void a_bare_metric_is_refused_when_it_has_named_entities(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: 'users' has figures of named entities: say which one, e.g. "
            "users/'China'\n",
            "add", "users", "2026", "1");
}

static void a_source_needs_a_title(void **state)
{
    (void)state;
    REFUSED(2, "uptick: a source needs a title: --title 'Who, \"What\", where, when'\n",
            "source", "who");
}

static void an_unknown_source_is_a_warning(void **state)
{
    (void)state;
    SAYS(0, "",
         "uptick: warning: the tracker has no source 'tg' (uptick source tg --title …)\n"
         "uptick: warning: the period is yet to come; a forecast has status F\n"
         "uptick: users/China, the year 2026: 1 people\n",
         "add", "users/China", "2026", "1", "--source", "tg");
    SAYS(0, "", "uptick: users/China, the year 2022: 1 people\n", "add", "users/China",
         "2022", "1", "--source", "https://example.org/a");
}

static void an_unknown_source_stops_a_strict_command_before_it_writes(void **state)
{
    (void)state;
    REFUSED(1,
            "uptick: warning: the tracker has no source 'tg' (uptick source tg --title "
            "…)\nuptick: warning: the period is yet to come; a forecast has status F\n"
            "uptick: users/China, the year 2026: 1 people\n"
            "uptick: 2 warnings (--strict); nothing was written\n",
            "add", "users/China", "2026", "1", "--source", "tg", "--strict");
    REFUSED(1, "uptick: 2 warnings (--strict); nothing was written\n", "add",
            "users/China", "2026", "1", "--source", "tg", "--strict", "--quiet");
}

static void a_claim_needs_its_ends_in_order(void **state)
{
    (void)state;
    REFUSED(2, "uptick: a claim needs --to (and --from where one was said)\n", "claim",
            "users/China", "2-fold", "--from", "2024");
    REFUSED(2, "uptick: --from must be before --to\n", "claim", "users/China", "2-fold",
            "--from", "2025", "--to", "2024");
}

static void too_little_data_says_what_there_is_and_exits_4(void **state)
{
    (void)state;
    REFUSED(4,
            "uptick: industry/China: one figure only (2024), and that a lower bound; "
            "growth needs two\n",
            "growth", "industry");
    REFUSED(
        4,
        "uptick: industry/China: no figure that can be fitted, only bounds or implied "
        "ones, which do not count; the exponential model needs at least 2\n",
        "project", "industry");
    DONE("new", "empty", "--unit", "people");
    REFUSED(4, "uptick: metric 'empty' has no figures yet\n", "show", "empty");
    DONE("add", "users/US", "2026", "1", "--status", "F", "--source", "gt");
    DONE("add", "users/FR", "2026", "--status", "M", "--source", "gt");
    REFUSED(4,
            "uptick: users/US: no figure but a forecast (--with-forecasts lets it take "
            "part)\n",
            "project", "users/US");
    REFUSED(4, "uptick: users/FR: no figure to project from\n", "project", "users/FR");
    REFUSED(4, "uptick: users/FR: no figure; growth needs two\n", "growth", "users/FR");
}

static void what_cannot_be_projected_beside_the_rest_is_named(void **state)
{
    (void)state;
    DONE("add", "users/US", "2026", "1", "--status", "F", "--source", "gt");
    SAYS(0, NULL,
         "uptick: users/US: no figure but a forecast (--with-forecasts lets it take "
         "part)\n",
         "project", "users", "--model", "linear");
    assert_null(strstr(last.out, "users/US"));
}

/* ---- the descriptor ---- */

static void assert_descriptor_refused(const char *text, const char *message)
{
    write_file("datapackage.json", text);
    REFUSED(3, message, "list");
    REFUSED(3, message, "check");
    REFUSED(3, message, "add", "users/China", "2026", "1");
}

static void json_that_is_none_is_named_by_its_line(void **state)
{
    (void)state;
    assert_descriptor_refused("{\n \"resources\": [\n  {\"name\": }]}",
                              "series/datapackage.json:3: not valid JSON: unexpected "
                              "token near '}'\n");
    assert_descriptor_refused("", "series/datapackage.json:1: not valid JSON: '[' or '{' "
                                  "expected near end of file\n");
    assert_descriptor_refused("[]", "series/datapackage.json:1: not an object (wanted a "
                                    "Frictionless Data Package)\n");
}

static void a_part_of_the_wrong_type_is_named(void **state)
{
    (void)state;
    assert_descriptor_refused("{\"resources\": {}}",
                              "series/datapackage.json: resources is an object (wanted a "
                              "list)\n");
    assert_descriptor_refused("{\"resources\": [{\"name\": \"users\", \"path\": "
                              "\"users.csv\", \"uptick\": 7}]}",
                              "series/datapackage.json: resources[0].uptick is a number "
                              "(wanted an object)\n");
    assert_descriptor_refused("{\"resources\": [{\"name\": 5, \"path\": \"users.csv\", "
                              "\"uptick\": {}}]}",
                              "series/datapackage.json: resources[0].name is a number "
                              "(wanted a text that is not empty)\n");
    assert_descriptor_refused("{\"title\": 5, \"resources\": []}",
                              "series/datapackage.json: title is a number (wanted a "
                              "text: exact numbers stand in quotes)\n");
    assert_descriptor_refused("{\"resources\": [{\"name\": \"users\", \"path\": "
                              "\"users.csv\", \"uptick\": {\"measure\": \"stok\"}}]}",
                              "series/datapackage.json: resources[0].uptick: measure "
                              "'stok' is not valid: stock, cumulative, flow, rate, "
                              "average, ratio or index\n");
}

static void a_metric_without_a_name_is_named_by_its_place(void **state)
{
    (void)state;
    assert_descriptor_refused(
        "{\"resources\": [{\"path\": \"users.csv\", \"uptick\": {}}]}",
        "series/datapackage.json: resources[0].name is missing (wanted a text that is "
        "not empty)\n");
}

static void a_path_out_of_the_folder_is_refused(void **state)
{
    (void)state;
    assert_descriptor_refused(
        "{\"resources\": [{\"name\": \"users\", \"path\": "
        "\"../users.csv\", \"uptick\": {}}]}",
        "series/datapackage.json: resources[0].path '../users.csv' is not a file in "
        "series/ (wanted a plain name such as ai-users.csv)\n");
    assert_descriptor_refused(
        "{\"resources\": [{\"name\": \"users\", \"path\": "
        "\"/etc/passwd\", \"uptick\": {}}]}",
        "series/datapackage.json: resources[0].path '/etc/passwd' is not a file in "
        "series/ (wanted a plain name such as ai-users.csv)\n");
}

static void a_file_that_is_missing_is_named(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, series, "users.csv");
    assert_int_equal(unlink(path), 0);
    REFUSED(6, "series/users.csv: cannot open: No such file or directory\n", "show",
            "users");
    REFUSED(6, "series/users.csv: cannot open: No such file or directory\n", "add",
            "users/China", "2026", "1");
}

/* ---- no tracker ---- */

static void without_a_tracker_init_is_named(void **state)
{
    (void)state;
    char here[SCRATCH_PATH], other[SCRATCH_PATH];
    assert_non_null(getcwd(here, sizeof here));
    scratch_make(other);
    REFUSED(2,
            "uptick: '/nonexistent' is no tracker: it has no series/datapackage.json "
            "('uptick init' makes one)\n",
            "list", "--tracker", "/nonexistent");
    assert_int_equal(chdir(other), 0);
    up_context ctx = {.out = open_memstream(&last.out, &last.out_length),
                      .err = open_memstream(&last.err, &last.err_length)};
    forget_last();
    assert_int_equal(up_cli_run(&ctx, 2, LINE("list")), 2);
    fclose(ctx.out);
    fclose(ctx.err);
    assert_int_equal(chdir(here), 0);
    assert_string_equal(last.out, "");
    assert_string_equal(last.err,
                        "uptick: no tracker in '.' or above it ('uptick init' makes "
                        "one)\n");
    scratch_remove(other);
}

/* ---- places that cannot be written ---- */

static int add_without_permission(const char *folder)
{
    (void)folder;
    return RUN("add", "users/China", "2026", "1") * 10 +
           (strstr(last.err, "series/users.csv: cannot write: Permission denied\n") !=
            NULL);
}

static void a_read_only_store_is_an_error_of_the_system(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    assert_int_equal(scratch_run_read_only(series, add_without_permission), 61);
    assert_store_is(&before);
    free_snapshot(&before);
}

static int read_without_permission(const char *folder)
{
    (void)folder;
    return RUN("show", "users/China") * 10 +
           (last.err_length == 0 && last.out_length > 0);
}

static void a_read_only_store_can_be_read(void **state)
{
    (void)state;
    assert_int_equal(scratch_run_read_only(series, read_without_permission), 1);
}

static void limit_files(void)
{
    const struct rlimit none = {0, 0};
    /* a program built for coverage cannot write its counts either, and need not say so */
    if (setrlimit(RLIMIT_FSIZE, &none) != 0 ||
        setenv("GCOV_ERROR_FILE", "/dev/null", 1) != 0)
        _exit(97);
}

static void a_full_disk_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    RUN_PROGRAM(limit_files, "add", "users/China", "2026", "1");
    assert_said(6, "",
                "uptick: users/China, the year 2026: 1 people\n"
                "series/users.csv: cannot write: File too large\n");
    assert_store_is(&before);
    RUN_PROGRAM(limit_files, "new", "other", "--unit", "people");
    assert_said(6, "",
                "uptick: new series/other.csv: stock, in people\n"
                "series/other.csv: cannot write: File too large\n");
    assert_store_is(&before);
    free_snapshot(&before);
}

/* Enough rows to fill a pipe more than once. */
static void write_many_rows(void)
{
    up_buffer text = {0};
    up_buffer_add(&text, COLUMNS);
    for (int i = 0; i < 5000; i++)
        up_buffer_addf(&text, "A,%d,1,,,,,,,a rather long citation of it,,\n", 1000 + i);
    write_file("users.csv", up_buffer_text(&text));
    up_buffer_release(&text);
}

static void print_to_full(void)
{
    int full = open("/dev/full", O_WRONLY);
    if (full < 0 || dup2(full, STDOUT_FILENO) < 0)
        _exit(97);
}

static void a_full_standard_output_is_an_error(void **state)
{
    (void)state;
    static const char message[] = "uptick: standard output: No space left on device\n";
    RUN_PROGRAM(print_to_full, "export", "users");
    assert_said(6, "", message);
    RUN_PROGRAM(print_to_full, "help");
    assert_said(6, "", message);
    RUN_PROGRAM(print_to_full, "--version");
    assert_said(6, "", message);
    write_many_rows(); /* more than a buffer: the first write fails before the end */
    RUN_PROGRAM(print_to_full, "export", "users");
    assert_said(6, "", message);
}

static void a_full_output_file_is_an_error(void **state)
{
    (void)state;
    REFUSED(6, "/dev/full: cannot write: No space left on device\n", "export", "users",
            "--format", "csv", "-o", "/dev/full");
}

static void an_output_in_no_folder_is_an_error(void **state)
{
    (void)state;
    REFUSED(6, "/nonexistent/x.csv: cannot write: No such file or directory\n", "export",
            "users", "-o", "/nonexistent/x.csv");
}

static void a_reader_that_went_away_ends_the_program_without_words(void **state)
{
    (void)state;
    int out[2], err[2];
    size_t length;
    write_many_rows();
    for (int rows = 0; rows < 2; rows++) { /* help fits a buffer, the rows do not */
        assert_int_equal(pipe(out), 0);
        assert_int_equal(pipe(err), 0);
        close(out[0]);
        pid_t pid = start_program(NULL, rows ? LINE("export", "users") : LINE("help"),
                                  out[1], err[1]);
        close(out[1]);
        close(err[1]);
        char *said = read_end(err[0], &length);
        assert_string_equal(said, "");
        free(said);
        assert_int_equal(wait_program(pid), 128 + SIGPIPE);
    }
}

static void lose_the_path(void)
{
    setenv("PATH", "/nonexistent", 1);
}

static void a_missing_gnuplot_is_named_with_its_package(void **state)
{
    (void)state;
    char picture[SCRATCH_PATH];
    scratch_path(picture, root, "x.svg");
    RUN_PROGRAM(lose_the_path, "chart", "users", "-o", picture);
    assert_said(5, "",
                "uptick: charts need gnuplot 5.4 or later, which is not installed "
                "(package gnuplot-nox)\n");
    assert_int_equal(access(picture, F_OK), -1);
    RUN_PROGRAM(lose_the_path, "growth", "users");
    assert_int_equal(last.code, 0);
}

/* ---- outputs never touch the store ---- */

static void an_output_into_the_store_is_refused(void **state)
{
    (void)state;
    static const char *const ways[] = {"series/users.csv", "series/new.csv",
                                       "./series/../series/new.csv", "link.csv"};
    char here[SCRATCH_PATH];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(root), 0);
    assert_int_equal(symlink("series/users.csv", "link.csv"), 0);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        up_buffer wanted = {0};
        up_buffer_addf(&wanted,
                       "uptick: '%s' lies in a tracker's series/; outputs go "
                       "elsewhere\n",
                       ways[i]);
        REFUSED(2, up_buffer_text(&wanted), "export", "users", "-o", ways[i]);
        REFUSED(2, up_buffer_text(&wanted), "chart", "users", "-o", "x.svg", "--script",
                ways[i]);
        up_buffer_release(&wanted);
    }
    assert_int_equal(access("x.svg", F_OK), -1);
    REFUSED(2,
            "uptick: 'series/x.svg' lies in a tracker's series/; outputs go elsewhere\n",
            "chart", "users", "-o", "series/x.svg");
    assert_int_equal(chdir(here), 0);
}

/* ---- nothing reaches the terminal raw ---- */

/* Only printable text, newlines and tabs. */
static void assert_harmless(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if (((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7F)
            fail_msg("a raw control character %d in: %s", *c, text);
}

#define EVIL "\033[31mred\033]0;title\007\x7f\r\b\tend"

static void control_characters_never_reach_the_terminal(void **state)
{
    (void)state;
    static const char *const lines[][8] = {
        {"show", "users"},
        {"show", "users/" EVIL},
        {"show", "users", "--revisions"},
        {"show", "users", "--format", "csv"},
        {"show", "users", "--format", "tsv"},
        {"show", "users", "--format", "json"},
        {"export", "users"},
        {"list"},
        {"cite", "users"},
        {"growth", "users"},
        {"growth", "users", "--trend"},
        {"project", "users"},
        {"check"},
        {EVIL},
        {"help", EVIL},
        {"list", "--" EVIL},
        {"list", "-\033"},
        {"show", EVIL},
        {"show", "users/x" EVIL},
        {"add", "users/" EVIL, "2026", "1", "--dry-run"},
        {"add", "users/" EVIL, EVIL, "1"},
        {"add", "users/" EVIL, "2026", EVIL},
        {"add", "users/" EVIL, "2026", "1", "--source", "x\033x", "--dry-run"},
        {"new", EVIL, "--unit", "x"},
        {"set", "users", EVIL},
        {"set", "users", EVIL "=x"},
        {"claim", "users/" EVIL, EVIL, "--to", "2026"},
        {"export", "users", "-o", EVIL},
        {"export", "users", "-o", "/nonexistent/" EVIL ".csv"},
        {"list", "--tracker", "/nonexistent/" EVIL},
        {"init", "/dev/null/" EVIL},
        {"init", "/dev/null/" EVIL, "--dry-run"},
        {"chart", "users", "-o", "/nonexistent/" EVIL ".svg", "--script",
         "/nonexistent/" EVIL},
        {"growth", "users", "--transform", EVIL},
        {"project", "users", "--model", EVIL},
        {"list", "--format", EVIL},
        {"list", "--color", EVIL},
        {"list", "--as-of", EVIL},
        {"chart", "users", "-o", "x.svg", "--kind", EVIL},
        {"chart", "users", "-o", "x.svg", "--size", EVIL},
    };
    width = 80;
    DONE("set", "users", "title=" EVIL, "short_unit=" EVIL);
    RUN("source", "evil", "--title", EVIL); /* nor this */
    assert_int_equal(last.code, 2);
    assert_harmless(last.err);
    RUN("event", "2025", EVIL, "--metric", "users");
    assert_int_equal(last.code, 2);
    assert_harmless(last.err);
    DONE("source", "evil", "--title", "Red", "--url", EVIL);
    RUN("event", "2025", "Red", "--entity", EVIL, "--metric", "users");
    assert_int_equal(last.code, 2);
    assert_harmless(last.err);
    DONE("event", "2025", "Red", "--entity", "Blue", "--metric", "users");
    replace_in("datapackage.json", "\"Red\"", "\"\\u001b[31mred\\u0007\"");
    replace_in("events.csv", "Red", "\"" EVIL "\"");
    replace_in("events.csv", "Blue", "\"" EVIL "\"");
    RUN("add", "users/" EVIL, "2024", "1");
    assert_int_equal(last.code, 2); /* no such name gets in by the front door */
    assert_harmless(last.err);
    write_file("users.csv",
               COLUMNS "\"" EVIL "\",2024,1,,,,\"" EVIL "\",,,evil,\"" EVIL "\",\"" EVIL
                       "\"\n\"" EVIL "\",2025,2,,,,,,,\"e" EVIL "\",\"" EVIL "\",\n");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *argv[10] = {"uptick"};
        memcpy(argv + 1, lines[i], sizeof lines[i]);
        run_line(argv);
        assert_true(last.out_length + last.err_length > 0);
        assert_harmless(last.out);
        assert_harmless(last.err);
    }
    write_file("users.csv", "entity,period,value\n" EVIL "," EVIL ",1\n");
    assert_int_equal(RUN("show", "users"), 3);
    assert_harmless(last.err);
    write_file("users.csv", "entity,period,value," EVIL "," EVIL "\n");
    RUN("show", "users");
    assert_harmless(last.err);
    write_file("datapackage.json", "{\"resources\": [ \"" EVIL "\" ]}");
    assert_int_equal(RUN("list"), 3);
    assert_harmless(last.err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(a_quote_that_is_never_closed_is_named_by_its_line),
        ON_TRACKER(a_row_of_another_width_than_the_header_is_refused),
        ON_TRACKER(every_bad_row_is_named_and_nothing_is_done),
        ON_TRACKER(a_nul_byte_is_refused),
        ON_TRACKER(bytes_that_are_not_utf8_are_refused),
        ON_TRACKER(a_value_that_is_no_number_is_refused),
        ON_TRACKER(check_names_every_bad_row_and_goes_on),
        ON_TRACKER(crlf_is_kept_and_used_for_the_new_row),
        ON_TRACKER(a_byte_order_mark_is_kept),
        ON_TRACKER(a_missing_final_newline_is_no_obstacle),
        ON_TRACKER(disorder_stays_as_it_is),
        ON_TRACKER(needless_quotes_and_blank_lines_stay),
        ON_TRACKER(a_day_that_never_was_is_refused),
        ON_TRACKER(an_ambiguous_date_names_both_readings),
        ON_TRACKER(date_format_settles_an_ambiguous_date),
        ON_TRACKER(a_day_option_takes_days_only),
        ON_TRACKER(words_that_are_no_quantity_are_refused),
        ON_TRACKER(units_must_match_the_metrics),
        ON_TRACKER(percent_is_no_count),
        ON_TRACKER(a_fold_is_a_claim_and_no_figure),
        ON_TRACKER(a_figure_is_no_claim),
        ON_TRACKER(a_missing_quantity_is_asked_for),
        ON_TRACKER(an_unknown_metric_is_named_with_the_nearest),
        ON_TRACKER(an_unknown_command_is_named_with_the_nearest),
        ON_TRACKER(a_command_comes_before_its_options),
        ON_TRACKER(an_unknown_option_is_named_with_the_nearest),
        ON_TRACKER(an_option_without_its_value_is_refused),
        ON_TRACKER(an_option_value_outside_its_domain_is_refused),
        ON_TRACKER(the_number_of_operands_is_checked),
        ON_TRACKER(an_unknown_key_is_named_with_the_nearest),
        ON_TRACKER(an_unknown_transform_is_named_with_the_nearest),
        ON_TRACKER(options_of_growth_that_do_not_go_together_are_refused),
        ON_TRACKER(an_unknown_kind_is_named_with_the_nearest),
        ON_TRACKER(an_unknown_model_is_named_with_the_nearest),
        ON_TRACKER(a_chart_needs_a_file_of_a_known_kind),
        ON_TRACKER(the_same_key_twice_names_the_line_of_the_first),
        ON_TRACKER(a_tracker_is_not_made_twice),
        ON_TRACKER(a_metric_needs_a_name_fit_for_a_file_and_a_unit),
        ON_TRACKER(a_bare_metric_is_refused_when_it_has_named_entities),
        ON_TRACKER(a_source_needs_a_title),
        ON_TRACKER(an_unknown_source_is_a_warning),
        ON_TRACKER(an_unknown_source_stops_a_strict_command_before_it_writes),
        ON_TRACKER(a_claim_needs_its_ends_in_order),
        ON_TRACKER(too_little_data_says_what_there_is_and_exits_4),
        ON_TRACKER(what_cannot_be_projected_beside_the_rest_is_named),
        ON_TRACKER(json_that_is_none_is_named_by_its_line),
        ON_TRACKER(a_part_of_the_wrong_type_is_named),
        ON_TRACKER(a_metric_without_a_name_is_named_by_its_place),
        ON_TRACKER(a_path_out_of_the_folder_is_refused),
        ON_TRACKER(a_file_that_is_missing_is_named),
        ON_TRACKER(without_a_tracker_init_is_named),
        ON_TRACKER(a_read_only_store_is_an_error_of_the_system),
        ON_TRACKER(a_read_only_store_can_be_read),
        ON_TRACKER(a_full_disk_leaves_the_store_as_it_was),
        ON_TRACKER(a_full_standard_output_is_an_error),
        ON_TRACKER(a_full_output_file_is_an_error),
        ON_TRACKER(an_output_in_no_folder_is_an_error),
        ON_TRACKER(a_reader_that_went_away_ends_the_program_without_words),
        ON_TRACKER(a_missing_gnuplot_is_named_with_its_package),
        ON_TRACKER(an_output_into_the_store_is_refused),
        ON_TRACKER(control_characters_never_reach_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
