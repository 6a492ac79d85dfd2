/* The normal way of every command: what it prints, what it writes, and nothing else. */
#include "cli/cli_fixture.h"

#include <fcntl.h>
#include <jansson.h>
#include <math.h>

/* ---- changes ---- */

static json_t *read_descriptor(void)
{
    char path[SCRATCH_PATH];
    json_error_t error;
    scratch_path(path, series, "datapackage.json");
    json_t *package = json_load_file(path, 0, &error);
    if (package == NULL)
        fail_msg("%s", error.text);
    return package;
}

/* The resource of a metric, borrowed from the descriptor. */
static const json_t *resource_of(const json_t *package, const char *name)
{
    size_t i;
    const json_t *one;
    json_array_foreach(json_object_get(package, "resources"), i,
                       one) if (strcmp(json_string_value(json_object_get(one, "name")),
                                       name) == 0) return one;
    fail_msg("no resource %s", name);
    return NULL;
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void init_makes_a_tracker_that_is_empty_and_in_order(void **state)
{
    (void)state;
    char fresh[SCRATCH_PATH];
    up_buffer wanted = {0};
    scratch_path(fresh, root, "fresh");
    up_buffer_addf(&wanted,
                   "uptick: made %s/series/datapackage.json; next: uptick import FILE, "
                   "or uptick new METRIC --unit …\n",
                   fresh);
    SAYS(0, "", up_buffer_text(&wanted), "init", fresh, "--title", "Of mine");
    up_buffer_release(&wanted);
    scratch_path(series, fresh, "series");
    assert_file("entities.csv", "entity,code,aliases\n");
    json_t *package = read_descriptor();
    assert_string_equal(text_at(package, "title"), "Of mine");
    json_decref(package);
    SAYS(0, "", "", "check", "--strict", "--tracker", fresh);
    SAYS(0, "", "", "list", "--tracker", fresh);
}

static void init_with_dry_run_makes_nothing(void **state)
{
    (void)state;
    char fresh[SCRATCH_PATH];
    scratch_path(fresh, root, "fresh");
    DONE("init", fresh, "--dry-run");
    assert_int_equal(access(fresh, F_OK), -1);
}

static void new_adds_a_file_and_its_resource(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: new series/tokens.csv: rate, in tokens per day\n", "new",
         "tokens", "--unit", "tokens per day", "--measure=rate", "--short-unit", "t/d",
         "--title", "Tokens");
    assert_file("tokens.csv", COLUMNS);
    json_t *package = read_descriptor();
    const json_t *resource = resource_of(package, "tokens");
    const json_t *own = json_object_get(resource, "uptick");
    assert_string_equal(text_at(resource, "title"), "Tokens");
    assert_string_equal(text_at(resource, "path"), "tokens.csv");
    assert_string_equal(text_at(own, "unit"), "tokens per day");
    assert_string_equal(text_at(own, "measure"), "rate");
    assert_string_equal(text_at(own, "short_unit"), "t/d");
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(resource, "schema"), "fields")),
        UP_OBSERVATION_COLUMNS);
    json_decref(package);
}

static void set_changes_a_key_and_an_empty_value_takes_it_away(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: users: decimals=2\nuptick: users: short-unit=p\n", "set",
         "users", "decimals=2", "short-unit=p");
    json_t *package = read_descriptor();
    const json_t *own = json_object_get(resource_of(package, "users"), "uptick");
    assert_string_equal(text_at(own, "decimals"), "2");
    assert_string_equal(text_at(own, "short_unit"), "p");
    json_decref(package);
    SAYS(0, "", "uptick: users: decimals=\nuptick: users: short_unit=\n", "set", "users",
         "decimals=", "short_unit=");
    package = read_descriptor();
    own = json_object_get(resource_of(package, "users"), "uptick");
    assert_null(json_object_get(own, "decimals"));
    assert_string_equal(text_at(own, "unit"), "people");
    json_decref(package);
}

static void source_is_added_and_with_replace_changed(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: source who: WHO, https://who.int\n", "source", "who", "--title",
         "WHO", "--url", "https://who.int");
    SAYS(0, "", "uptick: source gt: GT, https://example.org/gt\n", "source", "gt",
         "--title", "GT", "--replace");
    json_t *package = read_descriptor();
    const json_t *sources = json_object_get(package, "sources");
    assert_int_equal(json_array_size(sources), 2);
    assert_string_equal(text_at(json_array_get(sources, 0), "title"), "GT");
    assert_string_equal(text_at(json_array_get(sources, 0), "path"),
                        "https://example.org/gt");
    assert_string_equal(text_at(json_array_get(sources, 1), "name"), "who");
    assert_string_equal(text_at(json_array_get(sources, 1), "path"), "https://who.int");
    json_decref(package);
}

static void source_with_replace_changes_what_is_given(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: source gt: Global Times, https://example.org/2\n", "source",
         "gt", "--url", "https://example.org/2", "--replace");
    SAYS(0, "", "uptick: source gt: Global Times\n", "source", "gt", "--url", "",
         "--replace");
    json_t *package = read_descriptor();
    const json_t *item = json_array_get(json_object_get(package, "sources"), 0);
    assert_string_equal(text_at(item, "title"), "Global Times");
    assert_null(json_object_get(item, "path"));
    json_decref(package);
    REFUSED(2, "uptick: nothing to change: --title, --url or --producer\n", "source",
            "gt", "--replace");
    REFUSED(2, "uptick: a source needs a title: --title 'Who, \"What\", where, when'\n",
            "source", "new", "--replace", "--url", "https://example.org");
}

static void go_below(void)
{
    char below[SCRATCH_PATH];
    scratch_path(below, root, "a");
    if (unsetenv("UPTICK_TRACKER") != 0 || chdir(below) != 0)
        _exit(97);
}

static void a_tracker_found_above_is_named_when_it_is_changed(void **state)
{
    (void)state;
    char below[SCRATCH_PATH];
    scratch_path(below, root, "a");
    assert_int_equal(mkdir(below, 0755), 0);
    RUN_PROGRAM(go_below, "event", "2024", "one");
    assert_said(0, "", "uptick: event, the year 2024: one\nuptick: tracker: ../series\n");
    RUN_PROGRAM(go_below, "rm", "users/China", "by May 2025", "--dry-run");
    assert_non_null(strstr(last.err, "uptick: tracker: ../series\n"));
    RUN_PROGRAM(go_below, "event", "2024", "two", "--quiet");
    assert_said(0, "", "");
    RUN_PROGRAM(go_below, "event", "2024", "three", "--tracker", "..");
    assert_said(0, "", "uptick: event, the year 2024: three\n");
    RUN_PROGRAM(go_below, "list");
    assert_said(0, NULL, "");
    assert_int_equal(rmdir(below), 0);
}

static void add_changes_exactly_one_line_of_one_file(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    SAYS(0, "", "uptick: users/China, 31 January 2025: about 300\u00A0M people\n", "add",
         "users/China", "end of January 2025", "about 300 million", "--source", "gt",
         "--quote", "some \"300\", or so", "--note", "mine");
    assert_file("users.csv", COLUMNS
                "China,2024-12-31,249000000,,,,249 million,,2025-07-23,gt,249 million "
                "internet users,\n"
                "China,2025-01-31,300000000,~,,,about 300 million,,,gt,\"some "
                "\"\"300\"\", or so\",mine\n"
                "China,[2025-05-01..2025-05-31],570000000,,,,570 million,,2025-07-23,gt,"
                ",\n");
    snapshot after = take_snapshot();
    size_t changed = 0;
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < after.count; i++)
        changed += strcmp(before.files[i].data, after.files[i].data) != 0;
    assert_int_equal(changed, 1);
    free_snapshot(&before);
    free_snapshot(&after);
}

static void add_reads_figures_and_periods_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *period, *quantity, *row;
    } cases[] = {
        {"2024年12月", "2.49亿", "E,2024-12,249000000,,,,2.49亿,,,,,\n"},
        {"Q1 2025", "3B-750B", "E,2025-Q1,,,3000000000,750000000000,3B-750B,,,,,\n"},
        {"2023", "nearly 140 million", "E,2023,140000000,~<,,,nearly 140 million,,,,,\n"},
        {"2022", "570000000", "E,2022,570000000,,,,,,,,,\n"},
        {"FY2021", "-5", NULL},
        {"31 Dec 2020", "1,234,567", "E,2020-12-31,1234567,,,,\"1,234,567\",,,,,\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file("users.csv", COLUMNS);
        int code = RUN("add", "users/E", cases[i].period, cases[i].quantity);
        assert_int_equal(code, cases[i].row != NULL ? 0 : 3);
        up_buffer wanted = {0};
        up_buffer_add(&wanted, COLUMNS);
        up_buffer_add(&wanted, cases[i].row != NULL ? cases[i].row : "");
        assert_file("users.csv", up_buffer_text(&wanted));
        up_buffer_release(&wanted);
    }
    write_file("users.csv", COLUMNS);
    DONE("add", "users/E", "2025", "1.234,5", "--decimal", ",");
    assert_file("users.csv", COLUMNS "E,2025,1234.5,,,,\"1.234,5\",,,,,\n");
}

static void minus_and_digit_is_an_operand_and_two_dashes_end_options(void **state)
{
    (void)state;
    write_file("users.csv", COLUMNS);
    DONE("add", "users/E", "2024", "-5");
    DONE("add", "users/E", "2025", "-.5");
    DONE("add", "--note", "-x", "--", "users/--E", "2026", "-6");
    assert_file("users.csv", COLUMNS "E,2024,-5,,,,,,,,,\nE,2025,-0.5,,,,-.5,,,,,\n"
                                     "--E,2026,-6,,,,,,,,,-x\n");
}

static void claim_keeps_words_and_reading(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: users/China: more than 2× from 31 December 2024 to May 2025\n",
         "claim", "users/China", "more than doubled", "--from", "end of 2024", "--to",
         "May 2025", "--source", "gt", "--reported", "2025-07-23");
    SAYS(0, "", NULL, "claim", "industry/China", "more than 20 percent a year", "--to",
         "2024");
    assert_file("claims.csv",
                "metric,entity,transform,from,to,value,qualifier,low,high,stated,"
                "reported,source,quote,note\n"
                "users,China,fold,2024-12-31,2025-05,2,>,,,more than doubled,"
                "2025-07-23,gt,,\n"
                "industry,China,cagr,,2024,0.20,>,,,more than 20 percent a year,,,,\n");
}

static void event_keeps_date_text_and_whom_it_concerns(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: event, 1 May 2025: launch, at last\n", "event", "1 May 2025",
         "launch, at last", "--entity", "China", "--metric", "users", "--source", "gt");
    SAYS(0, "", "uptick: note, the year 2013: a note\n", "event", "2013", "a note",
         "--kind", "note");
    assert_file("events.csv", "date,entity,metric,kind,text,source,quote\n"
                              "2025-05-01,China,users,event,\"launch, at last\",gt,\n"
                              "2013,,,note,a note,,\n");
}

/* ---- dry runs ---- */

static void apply_patch(const char *text, size_t length)
{
    const char *const argv[] = {"patch", "--binary", "-s", "-p1", "-d", root, NULL};
    up_process_result r = {0};
    up_error err = {0};
    if (up_process_run(argv, text, length, &r, &err) != UP_OK)
        fail_msg("%s", err.message);
    if (r.exit_code != 0)
        fail_msg("patch: %s%s", up_buffer_text(&r.out), up_buffer_text(&r.err));
    up_process_result_release(&r);
}

/* The dry run changes nothing, and its diff makes the same of the store as the command. */
static void assert_diff_of(const char *const line[])
{
    const char *dry[16];
    size_t count = 0;
    snapshot before = take_snapshot();
    for (; line[count] != NULL; count++)
        dry[count] = line[count];
    dry[count] = "--dry-run";
    dry[count + 1] = NULL;
    assert_int_equal(run_line(dry), 0);
    assert_store_is(&before);
    assert_int_equal(strncmp(last.out, "--- ", 4), 0);
    apply_patch(last.out, last.out_length);
    snapshot patched = take_snapshot();
    put_back(&before);
    assert_int_equal(run_line(line), 0);
    assert_store_is(&patched);
    free_snapshot(&before);
    free_snapshot(&patched);
}

static void the_diff_of_every_change_can_be_applied(void **state)
{
    (void)state;
    assert_diff_of(LINE("add", "users/US", "2024", "1"));
    assert_diff_of(LINE("new", "tokens", "--unit", "tokens"));
    assert_diff_of(LINE("set", "users", "decimals=1"));
    assert_diff_of(LINE("source", "who", "--title", "WHO"));
    assert_diff_of(LINE("claim", "users/China", "2-fold", "--to", "2025"));
    assert_diff_of(LINE("event", "2025", "launch"));
}

static void the_diff_of_a_file_of_another_make_can_be_applied(void **state)
{
    (void)state;
    write_file("users.csv", "\xEF\xBB\xBF" COLUMNS "A,2024,1,,,,,,,,,\ta \xE2\x80\x8F b\n"
                            "A,2026,1,,,,,,,,,");
    assert_diff_of(LINE("add", "users/A", "2025", "1"));
    write_file("users.csv", "entity,period,value,own\r\nA,2024,1,x\r\nA,2026,1,y\r\n");
    assert_diff_of(LINE("add", "users/A", "2025", "1"));
}

static void dry_run_of_add_shows_the_line(void **state)
{
    (void)state;
    SAYS(0,
         "--- a/series/industry.csv\n+++ b/series/industry.csv\n@@ -1,2 +1,3 @@\n"
         " entity,period,value,qualifier,low,high,stated,status,reported,source,quote,"
         "note\n China,2024,700000000000,>,,,more than 700 billion yuan,,,gt,,\n"
         "+China,2025,800000000000,,,,8000亿元,,,gt,,\n",
         "uptick: industry/China, the year 2025: 800\u00A0B CNY\n", "add",
         "industry/China", "2025年", "8000亿元", "--source", "gt", "--dry-run");
}

/* ---- what is there ---- */

static void list_shows_the_latest_figures(void **state)
{
    (void)state;
    SAYS(0,
         "Series          Title        Figures  First        Last                       "
         "Latest figure\n"
         "users/China     Users of it        2  31 Dec 2024  May 2025 (some day)         "
         "570\u00A0M people\n"
         "industry/China                     1  2024         2024                 more "
         "than 700\u00A0B CNY\n",
         "", "list");
    DONE("list", "industry", "--format", "csv");
    assert_null(strstr(last.out, "users"));
}

static void show_shows_figures_with_words_and_sources(void **state)
{
    (void)state;
    SAYS(0,
         "Users of it, China (people, stock)\n"
         "Period                     Figure  Stated       Reported    Source  Words\n"
         "31 Dec 2024          249\u00A0M people  249 million  2025-07-23  gt      249 "
         "million internet users\n"
         "May 2025 (some day)  570\u00A0M people  570 million  2025-07-23  gt\n",
         "", "show", "users/China");
    SAYS(0,
         "series,period,value,qualifier,low,high,stated,status,reported,source,quote,"
         "note\n"
         "industry/China,2024,700000000000,>,,,more than 700 billion yuan,,,gt,,\n",
         "", "show", "industry", "--format", "csv");
    SAYS(0,
         "series\tperiod\tvalue\tqualifier\tlow\thigh\tstated\tstatus\treported\tsource\t"
         "quote\tnote\n"
         "industry/China\t2024\t700000000000\t>\t\t\tmore than 700 billion yuan\t\t\tgt\t"
         "\t\n",
         "", "show", "industry", "--format", "tsv");
}

static void a_revision_is_the_last_word_and_the_first_is_kept(void **state)
{
    (void)state;
    DONE("add", "users/China", "2024-12-31", "250 million", "--reported", "2025-07-30",
         "--source", "gt");
    SAYS(0,
         "Users of it, China (people, stock)\n"
         "Period                     Figure  Stated       Reported    Source  Words\n"
         "31 Dec 2024          250\u00A0M people  250 million  2025-07-30  gt\n"
         "May 2025 (some day)  570\u00A0M people  570 million  2025-07-23  gt\n",
         "", "show", "users");
    SAYS(0,
         "Users of it, China (people, stock)\n"
         "Period                     Figure  Stated       Reported    Source  Words      "
         "    "
         "             Standing\n"
         "31 Dec 2024          249\u00A0M people  249 million  2025-07-23  gt      249 "
         "million "
         "internet users  revised\n"
         "31 Dec 2024          250\u00A0M people  250 million  2025-07-30  gt            "
         "   "
         "                   speaks\n"
         "May 2025 (some day)  570\u00A0M people  570 million  2025-07-23  gt            "
         "   "
         "                   speaks\n",
         "", "show", "users", "--revisions");
}

static void as_of_shows_what_was_known_that_day(void **state)
{
    (void)state;
    DONE("add", "users/China", "2024-12-31", "250 million", "--reported", "2025-07-30",
         "--source", "gt");
    SAYS(0,
         "series,period,value,qualifier,low,high,stated,status,reported,source,quote,"
         "note\n"
         "users/China,2024-12-31,249000000,,,,249 million,,2025-07-23,gt,249 million "
         "internet users,\n"
         "users/China,[2025-05-01..2025-05-31],570000000,,,,570 million,,2025-07-23,gt,,"
         "\n",
         "", "show", "users", "--as-of", "2025-07-29", "--format", "csv");
    SAYS(4, "", "uptick: no figure of 'users' was known on 2025-07-22\n", "show", "users",
         "--as-of", "2025-07-22");
    SAYS(4, "", "uptick: no figure of 'users/China' was known on 2025-07-22\n", "growth",
         "users/China", "--as-of", "2025-07-22");
    SAYS(2, "", "uptick: metric 'users' has no figures for 'US'\n", "growth", "users/US",
         "--as-of", "2025-07-22");
    SAYS(0,
         "series,title,unit,measure,figures,first,last,value,qualifier,low,high\n"
         "industry/China,,CNY,flow,1,2024,2024,700000000000,>,,\n",
         "uptick: note: 1 figure without a day of report taken as known from the start\n",
         "list", "--as-of", "2025-07-22", "--format", "csv");
}

static void an_undated_figure_is_not_known_before_its_period(void **state)
{
    (void)state;
    DONE("new", "sales", "--unit", "cars", "--measure", "flow");
    DONE("add", "sales", "2023", "5");
    DONE("add", "sales", "2024", "7");
    SAYS(0,
         "series,title,unit,measure,figures,first,last,value,qualifier,low,high\n"
         "sales,,cars,flow,1,2023,2023,5,,,\n",
         "uptick: note: 1 figure without a day of report taken as known from the start\n",
         "list", "sales", "--as-of", "2023", "--format", "csv");
    SAYS(4, "", "uptick: no figure of 'sales' was known on 2022-12-31\n", "show", "sales",
         "--as-of", "2022");
}

static void a_metric_in_percent_counts_its_points_in_percent(void **state)
{
    (void)state;
    DONE("new", "share", "--unit", "percent", "--measure", "ratio");
    DONE("add", "share", "2022", "29%");
    DONE("add", "share", "2023", "39%");
    SAYS(0, "", "uptick: share: +10 points from the year 2022 to the year 2023\n",
         "claim", "share", "up 10 percentage points", "--from", "2022", "--to", "2023");
    /* 10 points to the point is 9.5 to 10.5, and so is 39 - 29 with theirs: 9 to 11 */
    SAYS(0,
         "series,period,base_period,transform,value,low,high,kind,basis,verdict,"
         "about,elapsed_years,across_break,strict,unit\n"
         "share,2023,2022,chg,10,10,10,exact,reported,,,1,,,percent\n"
         "share,2023,2022,chg,10,10,10,exact,claim,compatible,,1,,,percent\n",
         "", "growth", "share", "--transform", "chg", "--format", "csv");
    DONE("set", "share", "display=percent"); /* 29 percent stays 29 */
    DONE("list", "share");
    assert_non_null(strstr(last.out, "39 percent"));
    SAYS(0, "", "uptick: share, the year 2024: nearly 50 percent\n", "add", "share",
         "2024", "almost half");
}

static void check_is_silent_when_all_is_well(void **state)
{
    (void)state;
    SAYS(0, "", "", "check", "--strict");
}

static void check_warns_and_with_strict_fails(void **state)
{
    (void)state;
    DONE("add", "users/China", "2025-06", "1", "--source", "tg", "--reported",
         "2025-08-02");
    static const char warnings[] =
        "series/users.csv:4: warning: the tracker has no source 'tg' (uptick source tg "
        "--title …)\n"
        "series/users.csv:4: warning: reported on a day that is yet to come\n";
    up_buffer strict = {0};
    up_buffer_addf(&strict, "%suptick: 2 warnings (--strict)\n", warnings);
    SAYS(0, "", warnings, "check");
    SAYS(1, "", up_buffer_text(&strict), "check", "--strict");
    up_buffer_release(&strict);
    SAYS(0, "",
         "series/users.csv:4: warning: the tracker has no source 'tg' (uptick source tg "
         "--title …)\n",
         "check", "--today", "2025-08-02");
    SAYS(0, "", "", "check", "--quiet");
}

static void cite_shows_the_words_behind_the_figures(void **state)
{
    (void)state;
    SAYS(
        0,
        "Source  Title         Link                    Series       Period               "
        "Reported    Words\n"
        "gt      Global Times  https://example.org/gt  users/China  31 Dec 2024          "
        "2025-07-23  249 million internet users\n"
        "gt      Global Times  https://example.org/gt  users/China  May 2025 (some day)  "
        "2025-07-23\n",
        "", "cite", "users");
    DONE("add", "users/US", "2024", "1");
    SAYS(0,
         "Source  Title  Link  Series    Period  Reported  Words\n"
         "none                 users/US  2024\n",
         "", "cite", "users/US");
    SAYS(0, "source,title,url,series,period,reported,quote\n,,,users/US,2024,,\n", "",
         "cite", "users/US", "--format", "csv");
}

/* ---- growth and projections ---- */

static void growth_shows_what_words_and_dates_leave_open(void **state)
{
    (void)state;
    SAYS(0,
         "users/China\n"
         "From         To                            Time between  Times    "
         "Growth                  A year                 Doubling in\n"
         "31 Dec 2024  May 2025 (some day)  136 days (121 to 151)  2.29×  "
         "+128.9\u00A0%  9.23× (7.40× to 12.2×)  114\u00A0days (101 to 127\u00A0days)\n"
         "\nin brackets: all that the stated dates and figures allow\n",
         "", "growth", "users/China");
}

/* 100, 110, 121 and 133.1 is 10 % a year; B grows 20 %, C falls. */
static void three_entities(void)
{
    write_file("users.csv", COLUMNS "A,2021,100,,,,,,,,,\nA,2022,110,,,,,,,,,\n"
                                    "A,2023,121,,,,,,,,,\nB,2021,100,,,,,,,,,\n"
                                    "B,2022,120,,,,,,,,,\nB,2023,144,,,,,,,,,\n"
                                    "C,2021,100,,,,,,,,,\nC,2022,90,,,,,,,,,\n"
                                    "C,2023,81,,,,,,,,,\n");
}

static void growth_ranks_entities_from_first_to_last(void **state)
{
    (void)state;
    three_entities();
    SAYS(0,
         "Series   From  To    Time between  A year\n"
         "users/B  2021  2023       2 years   +20\u00A0%\n"
         "users/A  2021  2023       2 years   +10\u00A0%\n"
         "\ntime between: whole months / 12\nspacing: yearly\n",
         "", "growth", "users", "--transform", "cagr", "--top", "2");
    DONE("growth", "users", "--trend", "--by-entity", "--format", "csv");
    assert_true(strstr(last.out, "users/B") < strstr(last.out, "users/A"));
    assert_true(strstr(last.out, "users/A") < strstr(last.out, "users/C"));
}

static void growth_compares_with_a_year_before_a_base_and_a_total(void **state)
{
    (void)state;
    three_entities();
    SAYS(0,
         "users/A\n"
         "Period  On the year  Index   Share\n"
         "2021                   100  33.3\u00A0%\n"
         "2022          +10\u00A0%    110  34.4\u00A0%\n" /* 110 / 320 */
         "2023          +10\u00A0%    121  35.0\u00A0%\n" /* 121 / 346 */
         "\ntime between: whole months / 12\npc1: on a year before\nindex: on the base\n"
         "spacing: yearly\n",
         "", "growth", "users/A", "--transform", "pc1,index,share");
    SAYS(0,
         "| From | To | Series | Own growth | Adds to the total's |\n"
         "| --- | --- | --- | ---: | ---: |\n"
         "| 2021 | 2022 | users/A | +10\u00A0% | +5 points |\n"
         "| 2021 | 2022 | users/C | −10\u00A0% | −5 points |\n"
         "| 2021 | 2022 | total | 0\u00A0% | 0\u00A0% |\n"
         "\ntotal: the sum of the series shown; their points add up to its growth\n",
         "", "growth", "users/A", "users/C", "--contributions", "--from", "2021", "--to",
         "2022", "--format", "markdown");
}

static void growth_across_a_break_is_marked(void **state)
{
    (void)state;
    write_file("users.csv", COLUMNS "A,2021,100,,,,,,,,,\nA,2022,200,,,,,B,,,,\n");
    DONE("growth", "users", "--transform", "fold", "--format", "csv");
    assert_null(strstr(last.out, "A,2022"));
    DONE("growth", "users", "--transform", "fold", "--across-breaks", "--format", "csv");
    assert_non_null(
        strstr(last.out, "users/A,2022,2021,fold,2,2,2,exact,reported,,,1,yes,,\n"));
}

static void growth_for_machines_has_one_row_a_value(void **state)
{
    (void)state;
    /* 570 - 249 and 570 / 249 */
    SAYS(0,
         "series,period,base_period,transform,value,low,high,kind,basis,verdict,"
         "about,elapsed_years,across_break,strict,unit\n"
         "users/China,[2025-05-01..2025-05-31],2024-12-31,chg,321000000,321000000,"
         "321000000,exact,reported,,,0.3726027397260274,,,people\n"
         "users/China,[2025-05-01..2025-05-31],2024-12-31,fold,2.289156626506024,"
         "2.289156626506024,2.289156626506024,exact,reported,,,0.3726027397260274,,,\n",
         "", "growth", "users/China", "--transform", "chg,fold", "--format", "csv");
}

static void project_for_machines_has_one_row_a_step(void **state)
{
    (void)state;
    write_file("users.csv",
               COLUMNS "E,2021,100,,,,,,,,,\nE,2022,200,,,,,,,,,\nE,2023,400,,,,,,,,,\n"
                       "E,2024,800,,,,,,,,,\n");
    DONE("project", "users", "--model", "exponential", "--steps", "2", "--format", "csv");
    assert_string_equal(last.err, "");
    double wanted = 1600; /* figures on a doubling curve: the median goes on doubling */
    const char *line = last.out;
    static const char header[] = "series,model,step,period,value,lo80,hi80,lo95,hi95,"
                                 "range_low,range_high,weight,with_bounds\n";
    assert_int_equal(strncmp(line, header, strlen(header)), 0);
    line += strlen(header);
    for (int step = 1; step <= 2; step++, wanted *= 2) {
        char start[64], *end;
        int length = snprintf(start, sizeof start, "users/E,exponential,%d,%d,", step,
                              2024 + step);
        assert_int_equal(strncmp(line, start, (size_t)length), 0);
        double found = strtod(line + length, &end);
        assert_true(fabs(found / wanted - 1) < 1e-12); /* a sum of four logarithms */
        line = strchr(end, '\n') + 1;
    }
    assert_string_equal(line, "");
    char *first = strdup(last.out);
    DONE("project", "users", "--model", "exponential", "--until", "2026", "--format",
         "csv");
    assert_string_equal(last.out, first);
    free(first);
}

/* ---- exports and formats ---- */

static void export_has_the_stored_rows_behind_their_metric(void **state)
{
    (void)state;
    DONE("add", "users/\"A, B\"", "2025", "1", "--note", "two\nlines, \"quoted\"");
    up_buffer wanted = {0};
    up_buffer_add(&wanted, "metric," COLUMNS);
    static const char *const metrics[] = {"users", "industry"};
    for (size_t i = 0; i < 2; i++) {
        char name[32];
        snprintf(name, sizeof name, "%s.csv", metrics[i]);
        char *text = scratch_read(series, name), *row = strchr(text, '\n') + 1;
        bool quoted = false, fresh = true;
        for (; *row != '\0'; row++) {
            if (fresh)
                up_buffer_addf(&wanted, "%s,", metrics[i]);
            up_buffer_add_char(&wanted, *row);
            quoted ^= *row == '"';
            fresh = *row == '\n' && !quoted;
        }
        free(text);
    }
    SAYS(0, up_buffer_text(&wanted), "", "export", "users", "industry");
    up_buffer_release(&wanted);
}

static void json_parses_and_keeps_exact_figures_as_texts(void **state)
{
    (void)state;
    static const char *const lines[][6] = {
        {"show", "*"},       {"list"},
        {"cite", "*"},       {"export", "*"},
        {"growth", "users"}, {"project", "users", "--model", "linear"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *argv[10] = {"uptick", "--"};
        size_t count = 0;
        for (; lines[i][count] != NULL; count++)
            argv[count + 1] = lines[i][count];
        argv[count + 1] = "--format=json";
        argv[count + 2] = NULL;
        assert_int_equal(run_line(argv), 0);
        json_error_t error;
        json_t *result = json_loads(last.out, JSON_REJECT_DUPLICATES, &error);
        if (result == NULL)
            fail_msg("%s: %s", lines[i][0], error.text);
        assert_int_equal(json_integer_value(json_object_get(result, "schema_version")),
                         1);
        const json_t *rows = json_object_get(result, "rows");
        assert_true(json_array_size(rows) > 0);
        const json_t *value = json_object_get(json_array_get(rows, 0), "value");
        bool exact = strcmp(lines[i][0], "show") == 0 ||
                     strcmp(lines[i][0], "export") == 0 ||
                     strcmp(lines[i][0], "list") == 0;
        if (strcmp(lines[i][0], "cite") != 0)
            assert_int_equal(json_typeof(value), exact ? JSON_STRING : JSON_REAL);
        json_decref(result);
    }
    DONE("show", "users", "--format", "json");
    assert_non_null(strstr(last.out, "\"value\": \"249000000\""));
}

static void output_file_holds_what_would_be_printed(void **state)
{
    (void)state;
    static const char *const names[] = {"t.csv", "t.tsv", "t.json", "t.txt"};
    static const char *const formats[] = {"csv", "tsv", "json", "text"};
    for (size_t i = 0; i < 4; i++) {
        char path[SCRATCH_PATH];
        scratch_path(path, root, names[i]);
        scratch_write(root, names[i], "the old one");
        assert_int_equal(chmod(path, 0640), 0);
        size_t entries = scratch_count(root);
        DONE("show", "users", "--format", formats[i]);
        char *printed = strdup(last.out);
        SAYS(0, "", "", "show", "users", "-o", path);
        scratch_assert_text(root, names[i], printed);
        assert_int_equal(scratch_count(root), entries);
        struct stat st;
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 07777, 0640);
        assert_int_equal(RUN("show", "usres", "-o", path), 2);
        scratch_assert_text(root, names[i], printed);
        free(printed);
    }
}

static void format_beats_the_ending_of_the_output(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, root, "t.csv");
    DONE("list", "--format", "json", "-o", path);
    char *text = scratch_read(root, "t.csv");
    assert_int_equal(text[0], '{');
    free(text);
}

/* ---- help, streams, colours ---- */

static void help_of_every_command_lists_every_option_it_takes(void **state)
{
    (void)state;
    SAYS(0, NULL, "", "help");
    char *overview = strdup(last.out);
    for (const up_command *const *c = up_commands; *c != NULL; c++) {
        assert_non_null(strstr(overview, (*c)->name));
        assert_non_null(strstr(overview, (*c)->summary));
        SAYS(0, NULL, "", "help", (*c)->name);
        char *help = strdup(last.out);
        SAYS(0, help, "", (*c)->name, "--help");
        SAYS(0, help, "", (*c)->name, "-h");
        const up_option *const tables[] = {(*c)->options, up_global_options};
        for (size_t t = 0; t < 2; t++)
            for (const up_option *o = tables[t]; o != NULL && o->name != NULL; o++) {
                char wanted[64];
                snprintf(wanted, sizeof wanted, "\n  --%s%s%s ", o->name,
                         o->value ? " " : "", o->value ? o->value : "");
                if (strstr(help, wanted) == NULL)
                    fail_msg("help of %s lacks%s", (*c)->name, wanted);
                assert_non_null(strstr(help, o->help));
            }
        for (const up_metric_key *k = up_metric_keys;
             (*c)->takes_metric_keys && k->name != NULL; k++)
            assert_non_null(strstr(help, k->help));
        free(help);
    }
    free(overview);
}

static void no_line_of_help_is_longer_than_a_screen_and_a_bit(void **state)
{
    (void)state;
    enum { LONGEST = 110 }; /* options with a long help; paragraphs end at 78 */
    for (const up_command *const *c = up_commands; *c != NULL; c++) {
        DONE("help", (*c)->name);
        for (const char *line = last.out; *line != '\0';) {
            size_t length = strcspn(line, "\n");
            if (length > LONGEST)
                fail_msg("%.*s", (int)length, line);
            line += length + (line[length] != '\0');
        }
    }
}

static void version_is_printed(void **state)
{
    (void)state;
    SAYS(0, "uptick " UPTICK_VERSION "\n", "", "--version");
}

static void no_command_at_all_is_an_error_with_the_overview(void **state)
{
    (void)state;
    const char *const argv[] = {"uptick", NULL};
    assert_int_equal(run_line(argv), 2);
    assert_string_equal(last.out, "");
    assert_non_null(strstr(last.err, "usage: uptick COMMAND"));
    assert_non_null(strstr(last.err, "\nuptick: a command is missing\n"));
}

static void quiet_silences_remarks_and_not_errors(void **state)
{
    (void)state;
    SAYS(0, "", "", "add", "users/China", "2026", "1", "--source", "tg", "--quiet");
    SAYS(2, "", "uptick: unknown metric 'usres'; did you mean 'users'?\n", "show",
         "usres", "--quiet");
    DONE("project", "users", "--quiet");
    assert_string_equal(last.err, "");
    assert_true(last.out_length > 0);
}

static void results_and_remarks_go_to_their_own_streams(void **state)
{
    (void)state;
    RUN_PROGRAM(NULL, "project", "users", "industry", "--format", "csv", "--steps", "1");
    assert_int_equal(last.code, 0);
    assert_int_equal(strncmp(last.out, "series,model,", 13), 0);
    assert_null(strstr(last.out, "no figure"));
    assert_non_null(strstr(last.err, "industry/China: no figure that can be fitted"));
    assert_null(strstr(last.err, "series,model"));
}

static void colours_are_used_only_when_asked_for(void **state)
{
    (void)state;
    DONE("list");
    assert_null(strchr(last.out, '\033'));
    DONE("list", "--color", "always");
    assert_non_null(strchr(last.out, '\033'));
    DONE("list", "--color", "always", "--format", "csv");
    assert_null(strchr(last.out, '\033'));
    RUN_PROGRAM(NULL, "list"); /* to a pipe */
    assert_null(strchr(last.out, '\033'));
}

/* ---- several at once ---- */

static void two_programs_adding_at_once_lose_no_row(void **state)
{
    (void)state;
    enum { EACH = 8 };
    char periods[EACH][8];
    pid_t pids[2 * EACH];
    int null = open("/dev/null", O_WRONLY);
    write_file("users.csv", COLUMNS);
    for (int i = 0; i < EACH; i++) {
        snprintf(periods[i], sizeof periods[i], "%d", 2000 + i);
        for (int w = 0; w < 2; w++)
            pids[2 * i + w] = start_program(
                NULL, LINE("add", w ? "users/B" : "users/A", periods[i], "1"), null,
                null);
    }
    close(null);
    for (int i = 0; i < 2 * EACH; i++)
        assert_int_equal(wait_program(pids[i]), 0);
    DONE("export", "users");
    for (int i = 0; i < EACH; i++)
        for (int w = 0; w < 2; w++) {
            char row[32];
            snprintf(row, sizeof row, "\nusers,%s,%s,1,", w ? "B" : "A", periods[i]);
            assert_non_null(strstr(last.out, row));
        }
}

/* A year names the months in it: from its first on, up to its last; both make one pair. */
static void growth_from_a_year_takes_the_months_in_it(void **state)
{
    (void)state;
    static const char *const figures[][2] = {
        {"2023-11", "100"}, {"2024-01", "110"}, {"2024-05", "121"}, {"2025-02", "242"}};
    DONE("new", "monthly", "--unit", "people");
    for (size_t i = 0; i < 4; i++)
        DONE("add", "monthly", figures[i][0], figures[i][1]);
    DONE("growth", "monthly", "--transform", "fold", "--from", "2024", "--format", "csv");
    assert_null(strstr(last.out, "2023-11"));
    assert_non_null(strstr(last.out, "monthly,2024-05,2024-01,fold,1.1,"));
    assert_non_null(strstr(last.out, "monthly,2025-02,2024-05,fold,2,"));
    DONE("growth", "monthly", "--transform", "fold", "--to", "2024", "--format", "csv");
    assert_null(strstr(last.out, "2025-02"));
    DONE("growth", "monthly", "--transform", "fold", "--from", "2023", "--to", "2024",
         "--format", "csv");
    assert_non_null(strstr(last.out, "monthly,2024-05,2023-11,fold,1.21,"));
    assert_null(strstr(last.out, "2024-01"));
    REFUSED(4, "uptick: monthly has no figure for 2030\n", "growth", "monthly", "--from",
            "2030");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(growth_from_a_year_takes_the_months_in_it),
        ON_TRACKER(init_makes_a_tracker_that_is_empty_and_in_order),
        ON_TRACKER(init_with_dry_run_makes_nothing),
        ON_TRACKER(new_adds_a_file_and_its_resource),
        ON_TRACKER(set_changes_a_key_and_an_empty_value_takes_it_away),
        ON_TRACKER(source_is_added_and_with_replace_changed),
        ON_TRACKER(source_with_replace_changes_what_is_given),
        ON_TRACKER(a_tracker_found_above_is_named_when_it_is_changed),
        ON_TRACKER(add_changes_exactly_one_line_of_one_file),
        ON_TRACKER(add_reads_figures_and_periods_as_people_write_them),
        ON_TRACKER(minus_and_digit_is_an_operand_and_two_dashes_end_options),
        ON_TRACKER(claim_keeps_words_and_reading),
        ON_TRACKER(event_keeps_date_text_and_whom_it_concerns),
        ON_TRACKER(the_diff_of_every_change_can_be_applied),
        ON_TRACKER(the_diff_of_a_file_of_another_make_can_be_applied),
        ON_TRACKER(dry_run_of_add_shows_the_line),
        ON_TRACKER(list_shows_the_latest_figures),
        ON_TRACKER(show_shows_figures_with_words_and_sources),
        ON_TRACKER(a_revision_is_the_last_word_and_the_first_is_kept),
        ON_TRACKER(as_of_shows_what_was_known_that_day),
        ON_TRACKER(an_undated_figure_is_not_known_before_its_period),
        ON_TRACKER(a_metric_in_percent_counts_its_points_in_percent),
        ON_TRACKER(check_is_silent_when_all_is_well),
        ON_TRACKER(check_warns_and_with_strict_fails),
        ON_TRACKER(cite_shows_the_words_behind_the_figures),
        ON_TRACKER(growth_shows_what_words_and_dates_leave_open),
        ON_TRACKER(growth_for_machines_has_one_row_a_value),
        ON_TRACKER(growth_ranks_entities_from_first_to_last),
        ON_TRACKER(growth_compares_with_a_year_before_a_base_and_a_total),
        ON_TRACKER(growth_across_a_break_is_marked),
        ON_TRACKER(project_for_machines_has_one_row_a_step),
        ON_TRACKER(export_has_the_stored_rows_behind_their_metric),
        ON_TRACKER(json_parses_and_keeps_exact_figures_as_texts),
        ON_TRACKER(output_file_holds_what_would_be_printed),
        ON_TRACKER(format_beats_the_ending_of_the_output),
        ON_TRACKER(help_of_every_command_lists_every_option_it_takes),
        ON_TRACKER(no_line_of_help_is_longer_than_a_screen_and_a_bit),
        ON_TRACKER(version_is_printed),
        ON_TRACKER(no_command_at_all_is_an_error_with_the_overview),
        ON_TRACKER(quiet_silences_remarks_and_not_errors),
        ON_TRACKER(results_and_remarks_go_to_their_own_streams),
        ON_TRACKER(colours_are_used_only_when_asked_for),
        ON_TRACKER(two_programs_adding_at_once_lose_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
