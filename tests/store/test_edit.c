/* Changes of what is there: rows, metrics, entities. */
#include "store/folder.h"

#define FILE_OF    "series/ai-users.csv"
#define DESCRIPTOR "series/datapackage.json"
#define HEADER     "entity,period,value,reported,source\n"

static const char mirrored[] = "{\n"
                               "  \"own\": 1,\n"
                               "  \"resources\": [\n"
                               "    {\n"
                               "      \"name\": \"ai-users\",\n"
                               "      \"path\": \"ai-users.csv\",\n"
                               "      \"uptick\": {}\n"
                               "    },\n"
                               "    {\n"
                               "      \"name\": \"share\",\n"
                               "      \"path\": \"share.csv\",\n"
                               "      \"uptick\": {\n"
                               "        \"ceiling\": \"ai-users\"\n"
                               "      }\n"
                               "    },\n"
                               "    {\n"
                               "      \"name\": \"claims\",\n"
                               "      \"path\": \"claims.csv\",\n"
                               "      \"uptick\": {\n"
                               "        \"role\": \"claims\"\n"
                               "      }\n"
                               "    },\n"
                               "    {\n"
                               "      \"name\": \"events\",\n"
                               "      \"path\": \"events.csv\",\n"
                               "      \"uptick\": {\n"
                               "        \"role\": \"events\"\n"
                               "      }\n"
                               "    },\n"
                               "    {\n"
                               "      \"name\": \"entities\",\n"
                               "      \"path\": \"entities.csv\",\n"
                               "      \"uptick\": {\n"
                               "        \"role\": \"entities\"\n"
                               "      }\n"
                               "    }\n"
                               "  ]\n"
                               "}\n";

static const char claims[] = "metric,entity,transform,value\nai-users,CHN,fold,2\n"
                             "share,China,fold,3\n";
static const char events[] =
    "date,entity,metric,text\n2020,CHN,ai-users,\"a \"\"b\"\"\"\n"
    "2021,,,x\n";
static const char entities[] = "entity,code,aliases\nChina,,中国\nCHN,cn,PRC| Mainland\n";

/* The tracker above, its first metric with these rows. */
static up_store *open_with(const char *rows)
{
    write_tracker(mirrored, rows);
    scratch_write(series, "share.csv", HEADER "CHN,2020,1,,\n");
    scratch_write(series, "claims.csv", claims);
    scratch_write(series, "events.csv", events);
    scratch_write(series, "entities.csv", entities);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    return store;
}

static void commit(up_store *store, const char *after)
{
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    scratch_assert_text(series, "ai-users.csv", after);
}

/* A row's key and value; reported and source may be NULL. */
static up_observation row(const char *entity, const char *period, const char *value,
                          const char *reported, const char *source)
{
    up_observation o = figure(entity, period, value);
    if (reported != NULL)
        SUCCEED(up_observation_set(&o, UP_COL_REPORTED, reported, NULL, err));
    if (source != NULL)
        SUCCEED(up_observation_set(&o, UP_COL_SOURCE, source, NULL, err));
    return o;
}

/* Changes one row and commits. */
static void assert_replaced(const char *before, up_observation old, up_observation now,
                            const char *after)
{
    up_store *store = open_with(before);
    SUCCEED(up_store_replace_observation(store, "ai-users", &old, &now, err));
    commit(store, after);
    up_observation_release(&old);
    up_observation_release(&now);
}

/* --- Replacing ------------------------------------------------------------------------------ */

static void only_the_cells_that_differ_are_written(void **state)
{
    (void)state;
    assert_replaced("\xEF\xBB\xBF\"value\",own,period,entity,source\r\n\r\n"
                    "\"1.0\", x ,2020-01/2020-12,\"A\",\"wb\"\r\n\r\n2,,2021,A,",
                    row("A", "2020-01/2020-12", "1.0", NULL, "wb"),
                    row("A", "2020-01/2020-12", "1.0", NULL, "un, new"),
                    "\xEF\xBB\xBF\"value\",own,period,entity,source\r\n\r\n"
                    "\"1.0\", x ,2020-01/2020-12,\"A\",\"un, new\"\r\n\r\n2,,2021,A,");
}

static void value_is_written_though_it_stands_in_quotes(void **state)
{
    (void)state;
    assert_replaced(
        "value,own,period,entity\r\n\"1.0\",\"a\r\n\"\"b\"\",\",2020,A\r\n2,#,2021,A",
        row("A", "2020", "1.0", NULL, NULL), row("A", "2020", "7", NULL, NULL),
        "value,own,period,entity\r\n7,\"a\r\n\"\"b\"\",\",2020,A\r\n2,#,2021,A");
    assert_replaced("value,own,period,entity\r\n1,,2020,A\r\n2,#,2021,A",
                    row("A", "2021", "2", NULL, NULL), row("A", "2021", "9", NULL, NULL),
                    "value,own,period,entity\r\n1,,2020,A\r\n9,#,2021,A");
}

static void row_stays_while_it_is_in_order_and_else_moves(void **state)
{
    (void)state;
    static const char before[] = HEADER "A,2020,1,,\nB,2020,1,,\nA,2022,1,,\nA,2024,1,,";
    assert_replaced(before, row("A", "2022", "1", NULL, NULL),
                    row("A", "2023", "1", NULL, NULL),
                    HEADER "A,2020,1,,\nB,2020,1,,\nA,2023,1,,\nA,2024,1,,");
    /* the first of its entity has no earlier one above: it stays */
    assert_replaced(before, row("A", "2020", "1", NULL, NULL),
                    row("A", "2019", "1", NULL, NULL),
                    HEADER "A,2019,1,,\nB,2020,1,,\nA,2022,1,,\nA,2024,1,,");
    assert_replaced(before, row("A", "2020", "1", NULL, NULL),
                    row("A", "2023", "1", NULL, NULL),
                    HEADER "B,2020,1,,\nA,2022,1,,\nA,2023,1,,\nA,2024,1,,");
    assert_replaced(before, row("A", "2024", "1", NULL, NULL),
                    row("A", "2021", "1", NULL, NULL),
                    HEADER "A,2020,1,,\nA,2021,1,,\nB,2020,1,,\nA,2022,1,,\n");
}

static void row_out_of_order_stays_when_its_period_does(void **state)
{
    (void)state;
    assert_replaced(HEADER "A,2022,1,,\nA,2020,1,,\nB,2020,1,,\n",
                    row("A", "2020", "1", NULL, NULL), row("A", "2020", "2", NULL, "wb"),
                    HEADER "A,2022,1,,\nA,2020,2,,wb\nB,2020,1,,\n");
}

static void of_two_rows_with_one_key_the_line_says_which(void **state)
{
    (void)state;
    up_observation old = row("A", "2020", "2", NULL, NULL);
    old.line = 3;
    assert_replaced(HEADER "A,2020,1,,\nA,2020,2,,\n", old,
                    row("A", "2020", "5", NULL, NULL), HEADER "A,2020,1,,\nA,2020,5,,\n");
}

static void rows_of_the_same_change_can_be_changed_too(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER "A,2020,1,,\n");
    up_observation a = row("A", "2021", "2", NULL, NULL),
                   b = row("A", "2022", "3", NULL, "x");
    SUCCEED(up_store_add_observation(store, "ai-users", &a, err));
    SUCCEED(up_store_replace_observation(store, "ai-users", &a, &b, err));
    SUCCEED(up_store_add_observation(store, "ai-users", &a, err));
    SUCCEED(up_store_remove_observation(store, "ai-users", &a, err));
    FAIL_WITH(up_store_remove_observation(store, "ai-users", &a, err), UP_USAGE, FILE_OF,
              0, "there is no row for A, 2021 of that source and day of report");
    commit(store, HEADER "A,2020,1,,\nA,2022,3,,x\n");
    up_observation_release(&a);
    up_observation_release(&b);
}

static void replacing_refuses_and_leaves_the_file(void **state)
{
    (void)state;
    static const char before[] = "entity,period,value\nA,2020,1\nA,2021,2\n";
    up_store *store = open_with(before);
    up_observation a = row("A", "2020", "1", NULL, NULL),
                   b = row("A", "2021", "1", NULL, NULL),
                   c = row("A", "2020", "1", NULL, "wb"),
                   d = row("A", "2020", "1", NULL, NULL);
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &a, &b, err), UP_BAD_DATA,
              FILE_OF, 3,
              "this row is for A, 2021 from the same source, reported on the same day (a "
              "revision has a later day of report)");
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &a, &c, err), UP_BAD_DATA,
              FILE_OF, 1, "the file has no column 'source'; add it, or leave it out");
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &c, &a, err), UP_USAGE,
              FILE_OF, 0, "there is no row for A, 2020 of that source and day of report");
    a.line = 3;
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &a, &d, err), UP_USAGE,
              FILE_OF, 3, "there is no row for A, 2020 of that source and day of report");
    a.line = 0;
    d.has_value = false;
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &a, &d, err), UP_BAD_DATA,
              "", 0, "no value, and neither a range (low and high) nor status M");
    FAIL_WITH(up_store_replace_observation(store, "ai-user", &a, &a, err), UP_USAGE, "",
              0, "unknown metric 'ai-user'; did you mean 'ai-users'?");
    commit(store, before);
    store = open_tracker();
    FAIL_WITH(up_store_replace_observation(store, "ai-users", &a, &a, err), UP_USAGE, "",
              0, "no change was begun");
    FAIL_WITH(up_store_remove_observation(store, "ai-users", &a, err), UP_USAGE, "", 0,
              "no change was begun");
    up_store_free(store);
    up_observation_release(&a);
    up_observation_release(&b);
    up_observation_release(&c);
    up_observation_release(&d);
}

/* --- Removing --------------------------------------------------------------------------------- */

static void assert_removed(const char *before, const char *period, const char *after)
{
    up_store *store = open_with(before);
    up_observation o = row("A", period, "1", NULL, NULL);
    SUCCEED(up_store_remove_observation(store, "ai-users", &o, err));
    commit(store, after);
    up_observation_release(&o);
}

static void removed_row_takes_its_line_and_nothing_else(void **state)
{
    (void)state;
    assert_removed(HEADER "\nA,2020,1,,\n\nA,2021,2,,", "2020", HEADER "\n\nA,2021,2,,");
    assert_removed(HEADER "A,2020,1,,\r\nA,2021,2,,", "2021", HEADER "A,2020,1,,\r\n");
    assert_removed(HEADER "A,2020,\"1\",,\n", "2020", HEADER);
}

/* --- Sorting ----------------------------------------------------------------------------------- */

static void rows_are_sorted_stably_and_blank_lines_go(void **state)
{
    (void)state;
    size_t moved = 99;
    up_store *store = open_with(HEADER "\nB,2020,1,,\nA,2021,\"1\",,\n\nA,2020,2,,z\n"
                                       "B,2019,0,,\nA,2020,3,,\nA,2020,4,,");
    SUCCEED(up_store_sort(store, "ai-users", &moved, err));
    assert_int_equal(moved, 6);
    commit(store, HEADER "B,2019,0,,\nB,2020,1,,\nA,2020,3,,\nA,2020,4,,\nA,2020,2,,z\n"
                         "A,2021,\"1\",,\n");
}

static void what_is_in_order_is_not_touched(void **state)
{
    (void)state;
    size_t moved = 99;
    up_store *store = open_with(HEADER "A,2020,1,,\nB,2020,1,,");
    SUCCEED(up_store_sort(store, "ai-users", &moved, err));
    assert_int_equal(moved, 0);
    commit(store, HEADER "A,2020,1,,\nB,2020,1,,");
    store = open_with(HEADER "A,2020,1,,\n\nB,2020,1,,");
    SUCCEED(up_store_sort(store, "ai-users", &moved, err));
    assert_int_equal(moved, 0);
    commit(store, HEADER "A,2020,1,,\nB,2020,1,,");
}

static void sorting_goes_with_other_changes(void **state)
{
    (void)state;
    size_t moved = 0;
    up_store *store = open_with(HEADER "C,2020,1,,\nB,2021,1,,\nB,2020,1,,\n");
    up_observation c = row("C", "2020", "1", NULL, NULL);
    SUCCEED(add_figure(store, "A", "2020", "5", err));
    SUCCEED(up_store_remove_observation(store, "ai-users", &c, err));
    SUCCEED(up_store_sort(store, "ai-users", &moved, err));
    assert_int_equal(moved, 2);
    SUCCEED(add_figure(store, "A", "2021", "6", err));
    commit(store, HEADER "B,2020,1,,\nB,2021,1,,\nA,2020,5,,\nA,2021,6,,\n");
    up_observation_release(&c);
}

/* --- Metrics ------------------------------------------------------------------------------------ */

/* A text with every `from` made `to`; the test's to free. */
static char *changed(const char *text, const char *from, const char *to)
{
    up_buffer out = {0};
    for (const char *at; (at = strstr(text, from)) != NULL; text = at + strlen(from)) {
        up_buffer_add_bytes(&out, text, (size_t)(at - text));
        up_buffer_add(&out, to);
    }
    up_buffer_add(&out, text);
    char *taken = up_buffer_take(&out);
    assert_non_null(taken);
    return taken;
}

static void assert_changed(const char *name, const char *text, const char *from,
                           const char *to)
{
    char *wanted = changed(text, from, to);
    scratch_assert_text(series, name, wanted);
    free(wanted);
}

/* As a change mirrors it. */
static char *mirrored_text;
static void remember_descriptor(void)
{
    free(mirrored_text);
    mirrored_text = scratch_read(series, "datapackage.json");
}

static void renamed_metric_keeps_its_rows_and_whoever_names_it(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER "A,2020,1,,\n");
    SUCCEED(up_store_rename_metric(store, "ai-users", "users", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_non_null(strstr(diff.data,
                           "diff --git a/series/ai-users.csv b/series/users.csv\n"
                           "rename from series/ai-users.csv\n"
                           "rename to series/users.csv\n"
                           "--- a/series/datapackage.json\n"));
    up_buffer_release(&diff);
    assert_null(scratch_read(series, "users.csv"));
    SUCCEED(up_store_commit(store, err));
    SUCCEED(up_store_load(store, NULL, NULL, err));
    assert_int_equal(up_tracker_metric(up_store_tracker(store), "users")->count, 1);
    assert_string_equal(
        up_tracker_metric(up_store_tracker(store), "share")->metric.ceiling, "users");
    up_store_free(store);
    scratch_assert_text(series, "users.csv", HEADER "A,2020,1,,\n");
    assert_null(scratch_read(series, "ai-users.csv"));
    assert_changed("claims.csv", claims, "ai-users", "users");
    assert_changed("events.csv", events, "ai-users", "users");
    remember_descriptor();
    assert_null(strstr(mirrored_text, "ai-users"));
    assert_non_null(strstr(mirrored_text, "\"own\": 1"));
    assert_int_equal(scratch_count(series), 6);
}

static void renamed_metric_can_be_changed_in_the_same_change(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER "A,2020,1,,\n");
    SUCCEED(up_store_rename_metric(store, "ai-users", "users", err));
    up_observation o = row("A", "2021", "2", NULL, NULL);
    SUCCEED(up_store_add_observation(store, "users", &o, err));
    SUCCEED(up_store_rename_metric(store, "users", "people", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_non_null(strstr(diff.data, "rename to series/people.csv\n"
                                      "--- a/series/ai-users.csv\n"
                                      "+++ b/series/people.csv\n@@ -1,2 +1,3 @@\n"));
    up_buffer_release(&diff);
    SUCCEED(up_store_load(store, NULL, NULL, err)); /* the others */
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    up_observation_release(&o);
    scratch_assert_text(series, "people.csv", HEADER "A,2020,1,,\nA,2021,2,,\n");
    assert_int_equal(scratch_count(series), 6);
}

static void renaming_refuses(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER);
    FAIL_WITH(up_store_rename_metric(store, "ai-user", "x", err), UP_USAGE, "", 0,
              "unknown metric 'ai-user'; did you mean 'ai-users'?");
    FAIL_WITH(up_store_rename_metric(store, "ai-users", "X", err), UP_USAGE, "", 0,
              "'X' cannot name a metric");
    FAIL_WITH(up_store_rename_metric(store, "ai-users", "share", err), UP_USAGE,
              DESCRIPTOR, 0, "there is a metric 'share' already");
    scratch_write(series, "stray.csv", "mine");
    FAIL_WITH(
        up_store_rename_metric(store, "ai-users", "stray", err), UP_USAGE,
        "series/stray.csv", 0,
        "is there already, and series/datapackage.json does not know it: move it away "
        "first");
    up_store_free(store);
    store = open_tracker();
    FAIL_WITH(up_store_rename_metric(store, "ai-users", "x", err), UP_USAGE, "", 0,
              "no change was begun");
    FAIL_WITH(up_store_remove_metric(store, "ai-users", err), UP_USAGE, "", 0,
              "no change was begun");
    up_store_free(store);
}

static void metric_that_is_named_elsewhere_is_not_removed(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER "A,2020,1,,\n");
    FAIL_WITH(up_store_remove_metric(store, "ai-users", err), UP_USAGE,
              "series/claims.csv", 2,
              "names 'ai-users'; take this row out first: uptick claim --remove 2");
    up_store_free(store);
    store = open_with(HEADER "A,2020,1,,\n");
    scratch_write(series, "claims.csv", "metric,entity,transform,value\n");
    FAIL_WITH(up_store_remove_metric(store, "ai-users", err), UP_USAGE,
              "series/events.csv", 2,
              "names 'ai-users'; take this row out first: uptick event --remove 2");
    up_store_free(store);
    store = open_with(HEADER "A,2020,1,,\n");
    scratch_write(series, "claims.csv", "metric,entity,transform,value\n");
    scratch_write(series, "events.csv", "date,text\n");
    FAIL_WITH(up_store_remove_metric(store, "ai-users", err), UP_USAGE, DESCRIPTOR, 0,
              "'ai-users' is the floor or ceiling of 'share'");
    up_store_free(store);
    assert_int_equal(scratch_count(series), 6);
}

static void removed_metric_takes_its_file(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER "A,2020,1,,\n");
    scratch_write(series, "claims.csv", "metric,entity,transform,value\n");
    SUCCEED(up_store_remove_metric(store, "share", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_non_null(strstr(diff.data,
                           "--- a/series/share.csv\n+++ /dev/null\n@@ -1,2 +0,0 "
                           "@@\n-entity,period,value,reported,source\n"
                           "-CHN,2020,1,,\n"));
    up_buffer_release(&diff);
    FAIL_WITH(up_store_remove_metric(store, "share", err), UP_USAGE, "", 0,
              "unknown metric 'share'; did you mean 'share'?");
    commit(store, HEADER "A,2020,1,,\n");
    assert_null(scratch_read(series, "share.csv"));
    assert_int_equal(scratch_count(series), 5);
}

/* --- Sources and licences ----------------------------------------------------------------------- */

static void licences_and_sources_of_metrics_are_added_once(void **state)
{
    (void)state;
    static const char package[] =
        "{\n  \"sources\": [\n    {\n      \"title\": \"World Bank\",\n      \"name\": "
        "\"wb\",\n"
        "      \"email\": \"x@y.org\"\n    }\n  ],\n  \"resources\": [\n    {\n"
        "      \"name\": \"ai-users\",\n      \"path\": \"ai-users.csv\",\n"
        "      \"uptick\": {}\n    }\n  ]\n}\n";
    write_tracker(package, HEADER);
    const up_licence by = {"CC-BY-4.0", "Attribution", "https://cc.org/by"},
                     url = {NULL, NULL, "https://mine.org"}, none = {NULL, "x", ""};
    up_store *store = open_tracker();
    FAIL_WITH(up_store_add_licence(store, NULL, &by, err), UP_USAGE, "", 0,
              "no change was begun");
    SUCCEED(up_store_begin(store, err));
    for (int twice = 0; twice < 2; twice++) {
        SUCCEED(up_store_add_licence(store, NULL, &by, err));
        SUCCEED(up_store_add_licence(store, NULL, &url, err));
        SUCCEED(up_store_add_licence(store, "ai-users", &by, err));
        SUCCEED(up_store_add_metric_source(store, "ai-users", "wb", err));
    }
    FAIL_WITH(up_store_add_licence(store, NULL, &none, err), UP_USAGE, "", 0,
              "a licence needs a name or an address");
    FAIL_WITH(up_store_add_licence(store, "ai", &by, err), UP_USAGE, "", 0,
              "unknown metric 'ai' ('uptick list' shows those there are)");
    FAIL_WITH(up_store_add_metric_source(store, "ai-users", "un", err), UP_USAGE,
              DESCRIPTOR, 0, "there is no source 'un' (uptick source un --title …)");
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    scratch_assert_text(
        series, "datapackage.json",
        "{\n  \"sources\": [\n    {\n      \"title\": \"World Bank\",\n      \"name\": "
        "\"wb\",\n"
        "      \"email\": \"x@y.org\"\n    }\n  ],\n  \"resources\": [\n    {\n"
        "      \"name\": \"ai-users\",\n      \"path\": \"ai-users.csv\",\n"
        "      \"uptick\": {},\n      \"licenses\": [\n        {\n"
        "          \"name\": \"CC-BY-4.0\",\n          \"path\": \"https://cc.org/by\",\n"
        "          \"title\": \"Attribution\"\n        }\n      ],\n"
        "      \"sources\": [\n        {\n          \"title\": \"World Bank\",\n"
        "          \"name\": \"wb\",\n          \"email\": \"x@y.org\"\n        }\n"
        "      ]\n    }\n  ],\n  \"licenses\": [\n    {\n      \"name\": \"CC-BY-4.0\",\n"
        "      \"path\": \"https://cc.org/by\",\n      \"title\": \"Attribution\"\n    "
        "},\n"
        "    {\n      \"path\": \"https://mine.org\"\n    }\n  ]\n}\n");
}

static void names_of_licences_are_made_identifiers(void **state)
{
    (void)state;
    write_tracker("{\n  \"resources\": []\n}\n", NULL);
    const up_licence by = {"CC BY 4.0 (Attribution)", NULL, NULL},
                     same = {"CC-BY-4.0-Attribution", "x", "y"},
                     han = {"知识共享", "Creative", "https://x.org"};
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_licence(store, NULL, &by, err));
    SUCCEED(up_store_add_licence(store, NULL, &same, err));
    SUCCEED(up_store_add_licence(store, NULL, &han, err));
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    scratch_assert_text(series, "datapackage.json",
                        "{\n  \"resources\": [],\n  \"licenses\": [\n    {\n"
                        "      \"name\": \"CC-BY-4.0-Attribution\",\n"
                        "      \"title\": \"CC BY 4.0 (Attribution)\"\n    },\n    {\n"
                        "      \"path\": \"https://x.org\",\n"
                        "      \"title\": \"Creative\"\n    }\n  ]\n}\n");
}

static void the_last_resource_leaves_a_table_behind(void **state)
{
    (void)state;
    write_tracker("{\"resources\": [{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", "
                  "\"uptick\": {}}]}",
                  HEADER);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_remove_metric(store, "ai-users", err));
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    scratch_assert_text(series, "entities.csv", "entity,code,aliases\n");
    assert_int_equal(scratch_count(series), 2);
}

/* --- Entities ------------------------------------------------------------------------------------- */

static up_status set_entity(up_store *store, const char *name, const char *code,
                            const char *a, const char *b, up_error *err)
{
    char *aliases[] = {(char *)(size_t)a, (char *)(size_t)b};
    const up_entity entity = {.name = (char *)(size_t)name,
                              .code = (char *)(size_t)code,
                              .aliases = aliases,
                              .alias_count = (size_t)(a != NULL) + (b != NULL)};
    return up_store_set_entity(store, &entity, err);
}

static void entity_is_added_and_changed(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER);
    SUCCEED(set_entity(store, "Peru", "PER", "Perú", NULL, err));
    SUCCEED(set_entity(store, "China", "156", "中国", NULL,
                       err)); /* aliases stay as they are */
    SUCCEED(set_entity(store, "Peru", "PE", "Perú", "Pérou", err));  /* of this change */
    SUCCEED(set_entity(store, "CHN", "cn", "PRC", "Mainland", err)); /* says the same */
    commit(store, HEADER);
    scratch_assert_text(series, "entities.csv",
                        "entity,code,aliases\nChina,156,中国\nCHN,cn,PRC| Mainland\n"
                        "Peru,PE,Perú|Pérou\n");
}

static void names_of_others_are_refused(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER);
    FAIL_WITH(set_entity(store, "Peru", "", "China", NULL, err), UP_USAGE,
              "series/entities.csv", 2, "'China' is the name of 'China' already");
    FAIL_WITH(set_entity(store, "Peru", "cn", NULL, NULL, err), UP_USAGE,
              "series/entities.csv", 3, "'cn' is the code of 'CHN' already");
    FAIL_WITH(set_entity(store, "Mainland", "", NULL, NULL, err), UP_USAGE,
              "series/entities.csv", 3, "'Mainland' is the alias of 'CHN' already");
    FAIL_WITH(set_entity(store, "Peru", "", "a|b", NULL, err), UP_USAGE, "", 0,
              "the alias 'a|b' has a '|', which separates aliases");
    FAIL_WITH(set_entity(store, "", "", NULL, NULL, err), UP_USAGE, "", 0,
              "an entity needs a name");
    commit(store, HEADER);
    scratch_assert_text(series, "entities.csv", entities);
    store = open_tracker();
    FAIL_WITH(set_entity(store, "Peru", "", NULL, NULL, err), UP_USAGE, "", 0,
              "no change was begun");
    up_store_free(store);
}

static void two_entities_become_one_everywhere(void **state)
{
    (void)state;
    up_relabelled counts = {0};
    up_store *store = open_with(
        HEADER "China,2020,1,,\n\"CHN\",2019,2,,\nPeru,2020,1,,CHN\nCHN,2021,3,,\n");
    SUCCEED(up_store_merge_entity(store, "China", "CHN", &counts, NULL, err));
    assert_int_equal(counts.figures, 3);
    assert_int_equal(counts.claims, 1);
    assert_int_equal(counts.events, 1);
    commit(store,
           HEADER "China,2020,1,,\nChina,2019,2,,\nPeru,2020,1,,CHN\nChina,2021,3,,\n");
    scratch_assert_text(series, "share.csv", HEADER "China,2020,1,,\n");
    assert_changed("claims.csv", claims, "CHN", "China");
    assert_changed("events.csv", events, "CHN", "China");
    scratch_assert_text(series, "entities.csv",
                        "entity,code,aliases\nChina,cn,中国|CHN|PRC|Mainland\n");
    /* once more: the other is an alias by now, and nothing is left to change */
    store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_merge_entity(store, "China", "CHN", &counts, NULL, err));
    assert_int_equal(counts.figures, 0);
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_string_equal(up_buffer_text(&diff), "");
    up_store_free(store);
}

static void entities_that_only_rows_know_are_merged_too(void **state)
{
    (void)state;
    up_relabelled counts = {0};
    up_store *store = open_with(HEADER "\"say \"\"x\"\"\",2020,1,,\nX,2019,2,,\n");
    SUCCEED(up_store_merge_entity(store, "X", "say \"x\"", &counts, NULL, err));
    assert_int_equal(counts.figures, 1);
    commit(store, HEADER "X,2020,1,,\nX,2019,2,,\n");
    scratch_assert_text(series, "entities.csv",
                        "entity,code,aliases\nChina,,中国\nCHN,cn,PRC| Mainland\n"
                        "X,,\"say \"\"x\"\"\"\n");
}

static void rows_that_would_collide_are_told_each_and_nothing_changes(void **state)
{
    (void)state;
    static const char before[] = HEADER
        "China,2020,1,,\nCHN,2020,2,,\nCHN,2021,3,,\nCHN,2022,3,,wb\nChina,2022,3,,wb\n";
    static const char *const told[] = {"would be a second row for China, 2020, from the "
                                       "same source, reported on the same "
                                       "day, beside line 2",
                                       "would be a second row for China, 2022, from the "
                                       "same source, reported on the same "
                                       "day, beside line 6"};
    up_remarks remarks = {0};
    up_store *store = open_with(before);
    FAIL_WITH(up_store_merge_entity(store, "China", "CHN", NULL, &remarks, err),
              UP_BAD_DATA, FILE_OF, 3, told[0]);
    assert_int_equal(remarks.count, 2);
    assert_string_equal(remarks.items[1].message, told[1]);
    assert_int_equal(remarks.items[1].line, 5);
    up_remarks_release(&remarks);
    commit(store, before);
    scratch_assert_text(series, "share.csv", HEADER "CHN,2020,1,,\n");
    scratch_assert_text(series, "claims.csv", claims);
    scratch_assert_text(series, "entities.csv", entities);
}

static void merging_entities_refuses(void **state)
{
    (void)state;
    up_store *store = open_with(HEADER);
    FAIL_WITH(up_store_merge_entity(store, "China", "China", NULL, NULL, err), UP_USAGE,
              "", 0, "'China' is one entity already");
    FAIL_WITH(up_store_merge_entity(store, "China", "PRC", NULL, NULL, err), UP_USAGE,
              "series/entities.csv", 3, "'PRC' is the alias of 'CHN' already");
    FAIL_WITH(up_store_merge_entity(store, "China", "Chad", NULL, NULL, err), UP_USAGE,
              "", 0, "nobody is called 'Chad' here");
    up_store_free(store);
    store = open_tracker();
    FAIL_WITH(up_store_merge_entity(store, "China", "CHN", NULL, NULL, err), UP_USAGE, "",
              0, "no change was begun");
    up_store_free(store);
}

static int forget(void **state)
{
    free(mirrored_text);
    mirrored_text = NULL;
    return remove_root(state);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, make_root, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HERE(only_the_cells_that_differ_are_written),
        HERE(value_is_written_though_it_stands_in_quotes),
        HERE(row_stays_while_it_is_in_order_and_else_moves),
        HERE(row_out_of_order_stays_when_its_period_does),
        HERE(of_two_rows_with_one_key_the_line_says_which),
        HERE(rows_of_the_same_change_can_be_changed_too),
        HERE(replacing_refuses_and_leaves_the_file),
        HERE(removed_row_takes_its_line_and_nothing_else),
        HERE(rows_are_sorted_stably_and_blank_lines_go),
        HERE(what_is_in_order_is_not_touched),
        HERE(sorting_goes_with_other_changes),
        HERE(renamed_metric_keeps_its_rows_and_whoever_names_it),
        HERE(renamed_metric_can_be_changed_in_the_same_change),
        HERE(renaming_refuses),
        HERE(metric_that_is_named_elsewhere_is_not_removed),
        HERE(removed_metric_takes_its_file),
        HERE(licences_and_sources_of_metrics_are_added_once),
        HERE(names_of_licences_are_made_identifiers),
        HERE(the_last_resource_leaves_a_table_behind),
        HERE(entity_is_added_and_changed),
        HERE(names_of_others_are_refused),
        HERE(two_entities_become_one_everywhere),
        HERE(entities_that_only_rows_know_are_merged_too),
        HERE(rows_that_would_collide_are_told_each_and_nothing_changes),
        HERE(merging_entities_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
