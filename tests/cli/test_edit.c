/* The commands that change what is there: edit, revise, rm, rename, entity, copy. */
#include "cli/cli_fixture.h"

#define FIRST                                                                            \
    "China,2024-12-31,249000000,,,,249 million,,2025-07-23,gt,249 million internet "     \
    "users,\n"
#define SECOND                                                                           \
    "China,[2025-05-01..2025-05-31],570000000,,,,570 million,,2025-07-23,gt,,\n"

/* A second figure for the end of 2024, undated and without a source. */
#define OTHER "China,2024-12-31,250000000,,,,,,,,,\n"

static void put_rows(const char *rows)
{
    up_buffer text = {0};
    up_buffer_addf(&text, COLUMNS "%s", rows);
    write_file("users.csv", up_buffer_text(&text));
    up_buffer_release(&text);
}

static void assert_rows(const char *rows)
{
    up_buffer text = {0};
    up_buffer_addf(&text, COLUMNS "%s", rows);
    assert_file("users.csv", up_buffer_text(&text));
    up_buffer_release(&text);
}

/* ---- edit ---- */

static void edit_corrects_a_figure_in_its_cells(void **state)
{
    (void)state;
    SAYS(0, "",
         "uptick: series/users.csv:2: value '249000000' → '259000000', stated '249 "
         "million' → "
         "'259 million'\n"
         "uptick: users/China, 31 December 2024: 259\u00A0M people\n",
         "edit", "users/China", "end of 2024", "259 million");
    assert_rows("China,2024-12-31,259000000,,,,259 million,,2025-07-23,gt,249 million "
                "internet users,\n" SECOND);
    /* the bare number has no other words */
    SAYS(0, "",
         "uptick: series/users.csv:2: value '259000000' → '249000000', stated '259 "
         "million' → "
         "''\n"
         "uptick: users/China, 31 December 2024: 249\u00A0M people\n",
         "edit", "users/China", "2024-12-31", "249000000");
    DONE("edit", "users/China", "2024-12-31", "--stated", "249 million");
    assert_rows(FIRST SECOND);
}

static void edit_changes_every_column_by_its_option(void **state)
{
    (void)state;
    SAYS(0, "",
         "series/users.csv:2: warning: reported on a day that is yet to come\n"
         "series/users.csv:2: warning: stated as '249', but the figure is 249000000 "
         "(uptick edit "
         "mends it)\n"
         "uptick: series/users.csv:2: period '2024-12-31' → '2024', stated '249 million' "
         "→ "
         "'249', status '' → 'E', reported '2025-07-23' → '2026-01-02', source 'gt' → "
         "'', quote "
         "'249 million internet users' → 'a, b', note '' → 'n'\n"
         "uptick: users/China, the year 2024: 249\u00A0M people\n",
         "edit", "users/China", "2024-12-31", "--period", "2024", "--stated", "249",
         "--status", "E", "--reported", "2026-01-02", "--source", "", "--quote", "a, b",
         "--note", "n");
    assert_rows("China,2024,249000000,,,,249,E,2026-01-02,,\"a, b\",n\n" SECOND);
}

static void edit_asks_which_of_several_rows(void **state)
{
    (void)state;
    put_rows(FIRST SECOND OTHER);
    static const char *const asks =
        "series/users.csv:2: 249\u00A0M people, reported 2025-07-23, source gt\n"
        "series/users.csv:4: 250\u00A0M people, without a day of report, without a "
        "source\n"
        "uptick: 2 rows are for this period: say which by --reported-was DATE, "
        "--from-source "
        "KEY or --line N\n";
    REFUSED(2, asks, "edit", "users/China", "2024-12-31", "251M");
    REFUSED(2, asks, "edit", "users/China", "2024-12-31", "251M", "--quiet");
    static const char *const ways[][2] = {
        {"--reported-was", ""}, {"--from-source", ""}, {"--line", "4"}};
    for (size_t i = 0; i < 3; i++) {
        put_rows(FIRST SECOND OTHER);
        DONE("edit", "users/China", "2024-12-31", "251000000", ways[i][0], ways[i][1]);
        assert_rows(FIRST SECOND "China,2024-12-31,251000000,,,,,,,,,\n");
    }
    REFUSED(2,
            "uptick: users/China has 2 figures for '2024-12-31', but none that "
            "--reported-was, --from-source and --line leave\n",
            "edit", "users/China", "2024-12-31", "251M", "--line", "3");
}

static void edit_of_twins_takes_the_line(void **state)
{
    (void)state;
    put_rows(OTHER OTHER);
    DONE("edit", "users/China", "2024-12-31", "7", "--line", "3", "--note", "second");
    assert_rows(OTHER "China,2024-12-31,7,,,,,,,,,second\n");
}

static void edit_that_changes_nothing_writes_nothing(void **state)
{
    (void)state;
    REFUSED(0, "uptick: series/users.csv:2: says that already\n", "edit", "users/China",
            "2024-12-31", "249 million");
    REFUSED(2,
            "uptick: nothing to change: a QUANTITY, or --source, --quote, --reported, "
            "--note, "
            "--status, --stated, --period\n",
            "edit", "users/China", "2024-12-31", "--line", "2");
}

static void edit_refuses(void **state)
{
    (void)state;
    REFUSED(2, "uptick: users/China has no figure for '2023'\n", "edit", "users/China",
            "2023", "5");
    REFUSED(2,
            "uptick: 'users' has figures of named entities: say which one, e.g. "
            "users/'China'\n",
            "edit", "users", "2024-12-31", "5");
    REFUSED(2, "uptick: unknown metric 'user'; did you mean 'users'?\n", "edit",
            "user/China", "2024", "5");
    REFUSED(2, "uptick: --line '0' is no line number\n", "edit", "users/China",
            "2024-12-31", "5", "--line", "0");
    REFUSED(2, "uptick: --line '2x' is no line number\n", "edit", "users/China",
            "2024-12-31", "5", "--line", "2x");
    REFUSED(3,
            "uptick: 'soon' is no period (wanted e.g. 2024, 2024-Q4, 2024-12, "
            "2024-12-31, Q4 2024, 31 Dec 2024, by May 2025)\n",
            "edit", "users/China", "2024-12-31", "5", "--reported-was", "soon");
    REFUSED(3, "uptick: '2024' is not a day (wanted: YYYY-MM-DD)\n", "edit",
            "users/China", "2024-12-31", "5", "--reported-was", "2024");
    REFUSED(2, "uptick: '5 yuan' is in CNY, the metric 'users' in people\n", "edit",
            "users/China", "2024-12-31", "5 yuan");
    DONE("set", "users", "ceiling=300000000");
    REFUSED(3, "uptick: 400000000 is above the ceiling of users, 300000000\n", "edit",
            "users/China", "2024-12-31", "400M");
    REFUSED(3,
            "series/users.csv:3: this row is for China, [2025-05-01..2025-05-31] from "
            "the same "
            "source, reported on the same day (a revision has a later day of report)\n",
            "edit", "users/China", "2024-12-31", "--period", "by May 2025");
}

static void dry_run_of_each_prints_its_diff_and_writes_nothing(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    SAYS(
        0,
        "--- a/series/users.csv\n+++ b/series/users.csv\n@@ -1,3 +1,3 @@\n " COLUMNS
        "-" FIRST
        "+China,2024-12-31,249000000,,,,249 million,E,2025-07-23,gt,249 million internet "
        "users,\n " SECOND,
        NULL, "edit", "users/China", "2024-12-31", "--status", "E", "--dry-run");
    SAYS(0,
         "--- a/series/users.csv\n+++ b/series/users.csv\n@@ -1,3 +1,4 @@\n " COLUMNS
         " " FIRST "+China,2024-12-31,250000000,,,,250M,,2025-07-24,gt,,\n " SECOND,
         NULL, "revise", "users/China", "2024-12-31", "250M", "--reported", "2025-07-24",
         "--dry-run");
    SAYS(0,
         "--- a/series/users.csv\n+++ b/series/users.csv\n@@ -1,3 +1,2 @@\n " COLUMNS
         " " FIRST "-" SECOND,
         NULL, "rm", "users/China", "by May 2025", "--dry-run");
    SAYS(0,
         "--- a/series/entities.csv\n+++ b/series/entities.csv\n@@ -1 +1,2 @@\n "
         "entity,code,aliases\n+China,CHN,\n",
         NULL, "entity", "China", "--code", "CHN", "--dry-run");
    DONE("rm", "users", "--all", "--dry-run");
    assert_non_null(strstr(last.out, "+++ /dev/null\n@@ -1,3 +0,0 @@\n"));
    DONE("rename", "users", "people", "--dry-run");
    assert_non_null(strstr(last.out, "rename to series/people.csv\n"));
    assert_store_is(&before);
    free_snapshot(&before);
}

/* ---- revise ---- */

static void revise_adds_a_later_vintage(void **state)
{
    (void)state;
    SAYS(0, "",
         "uptick: revises line 2: 249\u00A0M people, source gt\n"
         "uptick: users/China, 31 December 2024: about 250\u00A0M people\n",
         "revise", "users/China", "end of 2024", "about 250 million", "--reported",
         "2025-07-30", "--note", "recount");
    assert_rows(FIRST "China,2024-12-31,250000000,~,,,about 250 "
                      "million,,2025-07-30,gt,,recount\n" SECOND);
    SAYS(0, "",
         "uptick: revises line 3: about 250\u00A0M people, source gt\n"
         "uptick: users/China, 31 December 2024: missing\n",
         "revise", "users/China", "end of 2024", "--status", "M", "--reported",
         "2025-07-31");
}

static void revise_refuses(void **state)
{
    (void)state;
    REFUSED(2, "uptick: a revision needs the day that it was reported: --reported DATE\n",
            "revise", "users/China", "2024-12-31", "5");
    REFUSED(
        2, "uptick: --reported must be later than 2025-07-23, when line 2 was reported\n",
        "revise", "users/China", "2024-12-31", "5", "--reported", "2025-07-23");
    REFUSED(2,
            "uptick: users/China has no figure for '2023' to revise ('uptick add' adds "
            "one)\n",
            "revise", "users/China", "2023", "5", "--reported", "2025-07-24");
    REFUSED(
        2,
        "uptick: users/China has no figure for '2024-12-31' from 'un' to revise ('uptick "
        "add' adds one)\n",
        "revise", "users/China", "2024-12-31", "5", "--reported", "2025-07-24",
        "--source", "un");
    REFUSED(2, "uptick: a quantity is missing (only --status M does without)\n", "revise",
            "users/China", "2024-12-31", "--reported", "2025-07-24");
    put_rows(FIRST OTHER);
    REFUSED(
        2,
        "uptick: users/China has figures from 'gt' and '' for '2024-12-31': say whose is "
        "revised by --source KEY\n",
        "revise", "users/China", "2024-12-31", "5", "--reported", "2025-07-24");
    SAYS(0, "",
         "uptick: revises line 3: 250\u00A0M people\n"
         "uptick: users/China, 31 December 2024: 5 people\n",
         "revise", "users/China", "2024-12-31", "5", "--reported", "2025-07-01",
         "--source", "");
}

/* ---- rm ---- */

static void rm_takes_one_row_out(void **state)
{
    (void)state;
    SAYS(0, "",
         "uptick: series/users.csv:2 is taken out:\n"
         "uptick: users/China, 31 December 2024: 249\u00A0M people\n",
         "rm", "users/China", "end of 2024");
    assert_rows(SECOND);
}

static void rm_asks_which_of_several_rows(void **state)
{
    (void)state;
    put_rows(FIRST OTHER);
    REFUSED(
        2,
        "series/users.csv:2: 249\u00A0M people, reported 2025-07-23, source gt\n"
        "series/users.csv:3: 250\u00A0M people, without a day of report, without a "
        "source\n"
        "uptick: 2 rows are for this period: say which by --reported DATE, --source KEY "
        "or "
        "--line N\n",
        "rm", "users/China", "2024-12-31");
    DONE("rm", "users/China", "2024-12-31", "--source", "gt", "--reported", "2025-07-23");
    assert_rows(OTHER);
}

static void rm_of_a_metric_must_be_meant(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: say which figure by its PERIOD, or take the whole metric away by "
            "--all\n",
            "rm", "users");
    static const char *const whole =
        "uptick: --all takes a whole metric away: uptick rm users --all\n";
    REFUSED(2, whole, "rm", "users/China", "--all");
    REFUSED(2, whole, "rm", "users", "2024", "--all");
    DONE("claim", "users/China", "2-fold", "--to", "2025");
    REFUSED(2,
            "series/claims.csv:2: names 'users'; take this row out first: uptick claim "
            "--remove 2\n",
            "rm", "users", "--all");
    write_file("claims.csv", "metric,transform,value\n");
    SAYS(0, "", "uptick: users is taken away: series/users.csv, 2 figures\n", "rm",
         "users", "--all");
    assert_null(scratch_read(series, "users.csv"));
    SAYS(0, "", "", "check");
}

/* ---- rename ---- */

static void rename_takes_file_and_names_along(void **state)
{
    (void)state;
    DONE("claim", "users/China", "2-fold", "--to", "2025");
    DONE("event", "2025", "launch", "--metric", "users");
    DONE("set", "industry", "ceiling=users");
    SAYS(
        0, "",
        "uptick: users is people now, and so it is called in 1 claim, 1 event, 1 limit\n",
        "rename", "users", "people");
    assert_file("people.csv", COLUMNS FIRST SECOND);
    assert_null(scratch_read(series, "users.csv"));
    DONE("check");
    DONE("list", "--format", "csv");
    assert_non_null(strstr(last.out, "people/China"));
    REFUSED(2, "series/datapackage.json: there is a metric 'industry' already\n",
            "rename", "people", "industry");
    REFUSED(2, "uptick: unknown metric 'users' ('uptick list' shows those there are)\n",
            "rename", "users", "x");
    REFUSED(2, "uptick: 'A b' cannot name a metric\n", "rename", "people", "A b");
}

/* ---- entity ---- */

static void entity_is_found_by_all_its_names(void **state)
{
    (void)state;
    SAYS(0, "", "uptick: entity China, code CHN, also called 中国, PRC\n", "entity",
         "China", "--code", "CHN", "--alias", " 中国 ", "--alias", "PRC", "--alias",
         "中国", "--alias", "China");
    assert_file("entities.csv", "entity,code,aliases\nChina,CHN,中国|PRC\n");
    SAYS(0, "", "uptick: entity China, code CHN, also called 中国, PRC, Chine\n",
         "entity", "PRC", "--alias", "Chine");
    SAYS(0, "", "uptick: users/China, the year 2023: 1 people\n", "add", "users/Chine",
         "2023", "1");
    REFUSED(2, "series/entities.csv:2: 'PRC' is the alias of 'China' already\n", "entity",
            "Taiwan", "--alias", "PRC");
    REFUSED(2, "series/entities.csv:2: 'CHN' is the code of 'China' already\n", "entity",
            "Chad", "--code", "CHN");
    REFUSED(2, "uptick: the alias 'a|b' has a '|', which separates aliases\n", "entity",
            "Chad", "--alias", "a|b");
    REFUSED(2, "uptick: the entity 'a\\x0Ab' holds a control character\n", "entity",
            "Chad", "--alias", "a\nb");
    REFUSED(2, "uptick: an entity needs a name\n", "entity", " ");
}

static void entities_are_merged_everywhere_or_nowhere(void **state)
{
    (void)state;
    DONE("add", "users/CHN", "2023-12-31", "1M", "--source", "gt");
    DONE("add", "industry/CHN", "2023", "1B", "--source", "gt");
    DONE("claim", "users/CHN", "2-fold", "--to", "2025");
    DONE("event", "2025", "launch", "--entity", "CHN");
    SAYS(0, "",
         "uptick: entity China, code 156\n"
         "uptick: CHN is China now: 2 figures, 1 claim, 1 event\n",
         "entity", "China", "--code", "156", "--merge", "CHN");
    assert_file("entities.csv", "entity,code,aliases\nChina,156,CHN\n");
    assert_rows(FIRST SECOND "China,2023-12-31,1000000,,,,1M,,,gt,,\n");
    assert_file(
        "claims.csv",
        "metric,entity,transform,from,to,value,qualifier,low,high,stated,reported,"
        "source,quote,note\nusers,China,fold,,2025,2,,,,2-fold,,,,\n");
    assert_file("events.csv", "date,entity,metric,kind,text,source,quote\n"
                              "2025,China,,event,launch,,\n");
    REFUSED(2, "uptick: nobody is called 'Chad' here\n", "entity", "Peru", "--merge",
            "Chad", "--quiet");
}

static void entities_that_collide_are_not_merged(void **state)
{
    (void)state;
    put_rows(FIRST SECOND "CHN,2024-12-31,1,,,,,,2025-07-23,gt,,\n");
    REFUSED(
        3,
        "series/users.csv:4: would be a second row for China, 2024-12-31, from the same "
        "source, reported on the same day, beside line 2\n",
        "entity", "China", "--merge", "CHN", "--quiet");
    put_rows(FIRST SECOND "CHN,2024-12-31,1,,,,,,2025-07-23,gt,,\n"
                          "CHN,2025-05,1,,,,,,,,,\nChina,2025-05,1,,,,,,,,,\n");
    REFUSED(
        3,
        "series/users.csv:4: would be a second row for China, 2024-12-31, from the same "
        "source, reported on the same day, beside line 2\n"
        "series/users.csv:5: would be a second row for China, 2025-05, from the same "
        "source, reported on the same day, beside line 6\n"
        "uptick: 2 rows are in the way; nothing was done\n",
        "entity", "China", "--merge", "CHN", "--quiet");
}

/* ---- copy ---- */

static char target[SCRATCH_PATH], target_series[SCRATCH_PATH];

static void choose_target(const char *name)
{
    scratch_path(target, root, name);
    scratch_path(target_series, target, "series");
}

/* Every file of the tracker is there, with the same bytes. */
static void assert_copied(const char *const names[])
{
    for (size_t i = 0; names[i] != NULL; i++) {
        char *text = scratch_read(series, names[i]);
        assert_non_null(text);
        scratch_assert_text(target_series, names[i], text);
        free(text);
    }
}

static const char *const all_files[] = {
    "datapackage.json", "entities.csv", "users.csv", "industry.csv",
    "map.json",         "deep/a/b.csv", NULL};

/* A tracker with files and keys of its user's own. */
static void make_own_files(void)
{
    char deep[SCRATCH_PATH];
    scratch_path(deep, series, "deep");
    assert_int_equal(mkdir(deep, 0755), 0);
    scratch_path(deep, series, "deep/a");
    assert_int_equal(mkdir(deep, 0755), 0);
    scratch_write(deep, "b.csv", "x\n\"1\"");
    write_file("map.json", "{}");
    write_file("stray.csv", "nobody names it");
    char *package = scratch_read(series, "datapackage.json");
    char *list = strstr(package, "\"resources\": [");
    assert_non_null(list);
    up_buffer text = {0};
    up_buffer_add_bytes(&text, package, (size_t)(list - package));
    up_buffer_addf(
        &text,
        "\"mine\": [1, 2],\r\n  \"resources\": [\n"
        "{\"name\": \"map\", \"path\": [\"deep/a/b.csv\", \"https://x.org/y.csv\"], "
        "\"schema\": \"map.json\"},%s",
        list + strlen("\"resources\": ["));
    write_file("datapackage.json", up_buffer_text(&text));
    up_buffer_release(&text);
    free(package);
}

static void copy_takes_all_that_the_descriptor_names(void **state)
{
    (void)state;
    make_own_files();
    choose_target("there/and/back");
    up_buffer said = {0};
    snapshot before;
    (void)before;
    RUN("copy", root, target, "--dry-run");
    assert_non_null(strstr(last.err, "would copy "));
    assert_int_equal(access(target, F_OK), -1);
    DONE("copy", root, target);
    up_buffer_addf(&said, "uptick: copied %s to %s: 2 metrics, 6 files, ", root, target);
    assert_non_null(strstr(last.err, up_buffer_text(&said)));
    assert_non_null(strstr(last.err, " bytes, read back and the same\n"));
    up_buffer_release(&said);
    assert_copied(all_files);
    assert_null(scratch_read(target_series, "stray.csv"));
    assert_int_equal(scratch_count(target_series), 6);
    SAYS(0, "", "", "check", "--tracker", target);
}

static void copy_goes_only_where_no_tracker_is(void **state)
{
    (void)state;
    choose_target("there");
    DONE("copy", root, target);
    up_buffer said = {0};
    up_buffer_addf(&said, "uptick: '%s' and '%s' are one place\n", root, root);
    REFUSED(2, said.data, "copy", root, root);
    up_buffer_clear(&said);
    up_buffer_addf(&said, "%s/datapackage.json: there is a tracker here already\n",
                   target_series);
    SAYS(2, "", said.data, "copy", root, target);
    up_buffer_clear(&said);
    up_buffer_addf(&said, "uptick: the tracker in '%s' is not empty\n", target);
    SAYS(2, "", said.data, "copy", root, target, "--into");
    up_buffer_clear(&said);
    up_buffer_addf(&said,
                   "uptick: '%s/none' is no tracker: it has no series/datapackage.json "
                   "('uptick init' makes one)\n",
                   root);
    choose_target("none");
    SAYS(2, "", said.data, "copy", target, root);
    choose_target("half");
    assert_int_equal(mkdir(target, 0755), 0);
    assert_int_equal(mkdir(target_series, 0755), 0);
    scratch_write(target_series, "users.csv", "mine");
    up_buffer_clear(&said);
    up_buffer_addf(&said, "%s/users.csv: is there already: move it away first\n",
                   target_series);
    SAYS(2, "", said.data, "copy", root, target);
    assert_int_equal(scratch_count(target_series), 1);
    SAYS(2, "", "uptick: no store for 'pg://' (wanted a folder)\n", "copy", root,
         "pg://x");
    up_buffer_release(&said);
}

static void copy_replaces_an_empty_tracker_when_told(void **state)
{
    (void)state;
    choose_target("empty");
    DONE("init", target);
    char path[SCRATCH_PATH];
    scratch_path(path, target_series, "events.csv");
    DONE("copy", root, target, "--into");
    static const char *const names[] = {"datapackage.json", "entities.csv", "users.csv",
                                        "industry.csv", NULL};
    assert_copied(names);
    assert_int_equal(scratch_count(target_series), 4);
}

static void copy_says_what_is_missing(void **state)
{
    (void)state;
    make_own_files();
    char path[SCRATCH_PATH];
    scratch_path(path, series, "map.json");
    assert_int_equal(remove(path), 0);
    choose_target("there");
    DONE("copy", root, target);
    assert_non_null(strstr(last.err, "/series/map.json: warning: is missing; "
                                     "series/datapackage.json names it all the same\n"));
    scratch_remove(target);
    scratch_path(path, series, "users.csv");
    assert_int_equal(remove(path), 0);
    RUN("copy", root, target);
    assert_int_equal(last.code, 3);
    assert_non_null(strstr(last.err, "/series/users.csv: is missing\n"));
    assert_int_equal(access(target, F_OK), -1);
}

static void copy_takes_nothing_from_outside_the_folder(void **state)
{
    (void)state;
    static const char *const paths[] = {"../x.csv", "/etc/passwd", "a/../../x",
                                        "a//b",     ".commit",     "datapackage.json"};
    choose_target("there");
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        up_buffer text = {0};
        up_buffer_addf(&text, "{\"resources\": [{\"name\": \"m\", \"path\": \"%s\"}]}",
                       paths[i]);
        write_file("datapackage.json", text.data);
        up_buffer_clear(&text);
        up_buffer_addf(
            &text,
            "series/datapackage.json: resources[0].path '%s' is not a file below "
            "series/\n",
            paths[i]);
        SAYS(3, "", text.data, "copy", root, target);
        assert_int_equal(access(target, F_OK), -1);
        up_buffer_release(&text);
    }
}

/* ---- check --fix ---- */

static void check_puts_rows_in_order_when_told(void **state)
{
    (void)state;
    put_rows(SECOND "Chad,2020,1,,,,,,,gt,,\n\n" FIRST);
    static const char *const disorder =
        "uptick: series/users.csv is sorted: 3 rows stand elsewhere now\n";
    snapshot before = take_snapshot();
    DONE("check", "--fix", "--dry-run");
    assert_non_null(strstr(last.err, disorder));
    assert_non_null(strstr(last.out, "+++ b/series/users.csv\n"));
    assert_store_is(&before);
    free_snapshot(&before);
    SAYS(0, "", disorder, "check", "--fix");
    assert_rows(FIRST SECOND "Chad,2020,1,,,,,,,gt,,\n");
    SAYS(0, "", "", "check", "--fix", "--strict");
}

/* ---- periods that are taken for one another ---- */

static void a_period_of_another_precision_is_pointed_out(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: users/China has no figure for 'May 2025'; did you mean 'by May "
            "2025'?\n",
            "rm", "users/China", "May 2025");
    REFUSED(2,
            "uptick: users/China has no figure for '2025-05' to revise; did you mean 'by "
            "May 2025'?\n",
            "revise", "users/China", "2025-05", "5", "--reported", "2025-08-01");
    REFUSED(2,
            "uptick: users/China has no figure for '2024'; did you mean '2024-12-31'?\n",
            "edit", "users/China", "2024", "5");
    DONE("claim", "users/China", "growing at 24 percent", "--from", "end of 2024", "--to",
         "May 2025");
    DONE("audit", "--format", "csv");
    assert_non_null(strstr(
        last.out, "no level was reported for May 2025; did you mean 'by May 2025'?"));
}

static void claims_are_read_as_they_are_worded(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"growing at 24 percent", ",pch,2024,2025,0.24,,"},
        {"growing at least 24 percent", ",pch,2024,2025,0.24,>=,"},
        {"increasing at 24 percent a year", ",cagr,2024,2025,0.24,,"},
        {"by a factor of 3", ",fold,2024,2025,3,,"},
        {"up by a factor of three", ",fold,2024,2025,3,,"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        DONE("claim", "users/China", words[i][0], "--from", "2024", "--to", "2025",
             "--dry-run");
        assert_non_null(strstr(last.out, words[i][1]));
    }
    REFUSED(
        2,
        "uptick: 'up 5 percentage points' is in percentage points, the metric 'users' "
        "in people: write a change in percent\n",
        "claim", "users/China", "up 5 percentage points", "--from", "2024", "--to",
        "2025");
}

/* ---- claims and events are taken out by their lines ---- */

#define CLAIMS                                                                           \
    "metric,transform,to,value,stated\r\n"                                               \
    "users,fold,2025,2,\"2-fold,\r\n or so\"\r\n"                                        \
    "\r\n"                                                                               \
    "industry,pch,2024,0.2,up 20 %\r\n"                                                  \
    "users,fold,2024,4 , 4-fold\r\n"                                                     \
    "users,soon,2024,x,cannot be read"

static void claims_and_events_are_taken_out_by_their_lines(void **state)
{
    (void)state;
    DONE("claim", "users/China", "2-fold", "--to", "2025");
    DONE("event", "2024", "one", "--metric", "users");
    DONE("event", "2025", "two");
    write_file("claims.csv", CLAIMS);
    REFUSED(2, "series/claims.csv:4: no row begins in this line; nothing was taken out\n",
            "claim", "--remove", "2", "4");
    REFUSED(2, "uptick: --remove '2x' is no line number\n", "claim", "--remove", "2x");
    REFUSED(2, "series/events.csv:1: no row begins in this line; nothing was taken out\n",
            "event", "--remove=1");
    snapshot before = take_snapshot();
    DONE("claim", "--remove", "6", "--dry-run");
    assert_non_null(strstr(last.out, "@@ -3,5 +3,4 @@\n"
                                     "  or so\"\r\n"
                                     " \r\n"
                                     " industry,pch,2024,0.2,up 20 %\r\n"
                                     "-users,fold,2024,4 , 4-fold\r\n"
                                     " users,soon,2024,x,cannot be read\n"
                                     "\\ No newline at end of file\n"));
    assert_store_is(&before);
    free_snapshot(&before);
    SAYS(0, "",
         "series/claims.csv:7: note: is taken out: users,soon,2024,x,cannot be read\n"
         "series/claims.csv:6: note: is taken out: users,fold,2024,4 , 4-fold\n",
         "claim", "--remove", "7", "--remove", "6");
    assert_file("claims.csv", "metric,transform,to,value,stated\r\n"
                              "users,fold,2025,2,\"2-fold,\r\n or so\"\r\n"
                              "\r\n"
                              "industry,pch,2024,0.2,up 20 %\r\n");
    SAYS(0, "", "series/events.csv:2: note: is taken out: 2024,,users,event,one,,\n",
         "event", "--remove", "2", "2");
    assert_file("events.csv",
                "date,entity,metric,kind,text,source,quote\n2025,,,event,two,,\n");
}

static void rm_of_a_metric_names_all_rows_that_name_it(void **state)
{
    (void)state;
    DONE("claim", "users/China", "2-fold", "--to", "2025");
    DONE("claim", "industry/China", "2-fold", "--to", "2025");
    DONE("claim", "users/China", "3-fold", "--to", "2025");
    REFUSED(2,
            "series/claims.csv:2: names 'users', and so does 1 more; take these rows out "
            "first: uptick claim --remove 2 4\n",
            "rm", "users", "--all");
    DONE("claim", "users/China", "4-fold", "--to", "2025");
    REFUSED(2,
            "series/claims.csv:2: names 'users', and so do 2 more; take these rows out "
            "first: uptick claim --remove 2 4 5\n",
            "rm", "users", "--all");
    DONE("claim", "--remove", "2", "4", "5");
    DONE("rm", "users", "--all");
}

/* ---- where nothing may be written ---- */

static int change_read_only(const char *folder)
{
    (void)folder;
    const char *const *const lines[] = {
        LINE("edit", "users/China", "2024-12-31", "5"),
        LINE("revise", "users/China", "2024-12-31", "5", "--reported", "2025-07-24"),
        LINE("rm", "users/China", "2024-12-31"),
        LINE("rm", "users", "--all"),
        LINE("rename", "users", "people"),
        LINE("entity", "China", "--code", "CHN")};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (run_line(lines[i]) != 6 || strstr(last.err, "Permission denied") == NULL)
            return (int)i + 1;
    return 0;
}

static void read_only_folder_stays_as_it_is(void **state)
{
    (void)state;
    snapshot before = take_snapshot();
    assert_int_equal(scratch_run_read_only(series, change_read_only), 0);
    assert_store_is(&before);
    free_snapshot(&before);
}

/* "B" as a code of A would hide the figures that are B's. */
static void a_name_with_figures_of_its_own_is_no_code_or_alias(void **state)
{
    (void)state;
    DONE("new", "x", "--unit", "people");
    DONE("add", "x/A", "2019", "1");
    DONE("add", "x/B", "2020", "2");
    REFUSED(3,
            "series/x.csv:3: 'B' has figures of its own: --merge 'B' makes them "
            "those of 'A'\n",
            "entity", "A", "--code", "B");
    REFUSED(3, NULL, "entity", "A", "--alias", "B");
    DONE("entity", "A", "--code", "AA");
    DONE("entity", "A", "--merge", "B");
    DONE("show", "x/A", "--format", "csv");
    assert_non_null(strstr(last.out, "2020"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(a_name_with_figures_of_its_own_is_no_code_or_alias),
        ON_TRACKER(edit_corrects_a_figure_in_its_cells),
        ON_TRACKER(edit_changes_every_column_by_its_option),
        ON_TRACKER(edit_asks_which_of_several_rows),
        ON_TRACKER(edit_of_twins_takes_the_line),
        ON_TRACKER(edit_that_changes_nothing_writes_nothing),
        ON_TRACKER(edit_refuses),
        ON_TRACKER(dry_run_of_each_prints_its_diff_and_writes_nothing),
        ON_TRACKER(revise_adds_a_later_vintage),
        ON_TRACKER(revise_refuses),
        ON_TRACKER(rm_takes_one_row_out),
        ON_TRACKER(rm_asks_which_of_several_rows),
        ON_TRACKER(rm_of_a_metric_must_be_meant),
        ON_TRACKER(rename_takes_file_and_names_along),
        ON_TRACKER(entity_is_found_by_all_its_names),
        ON_TRACKER(entities_are_merged_everywhere_or_nowhere),
        ON_TRACKER(entities_that_collide_are_not_merged),
        ON_TRACKER(copy_takes_all_that_the_descriptor_names),
        ON_TRACKER(copy_goes_only_where_no_tracker_is),
        ON_TRACKER(copy_replaces_an_empty_tracker_when_told),
        ON_TRACKER(copy_says_what_is_missing),
        ON_TRACKER(copy_takes_nothing_from_outside_the_folder),
        ON_TRACKER(check_puts_rows_in_order_when_told),
        ON_TRACKER(claims_and_events_are_taken_out_by_their_lines),
        ON_TRACKER(rm_of_a_metric_names_all_rows_that_name_it),
        ON_TRACKER(a_period_of_another_precision_is_pointed_out),
        ON_TRACKER(claims_are_read_as_they_are_worded),
        ON_TRACKER(read_only_folder_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
