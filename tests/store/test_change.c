#include "store/folder.h"

#include <signal.h>
#include <sys/resource.h>

#include "uptick/process.h"

#define FILE_OF    "series/ai-users.csv"
#define DESCRIPTOR "series/datapackage.json"

/* A descriptor that needs no change whatever rows are added. */
static const char mirrored[] =
    "{\"resources\": [{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"schema\": "
    "{\"fields\": [{\"name\": \"entity\"}, {\"name\": \"period\"}, {\"name\": "
    "\"value\"}]}, \"uptick\": {}}]}";

/* The same for the columns value, own, period, entity. */
static const char mirrored_other[] =
    "{\"resources\": [{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"schema\": "
    "{\"fields\": [{\"name\": \"value\"}, {\"name\": \"own\"}, {\"name\": \"period\"}, "
    "{\"name\": \"entity\"}]}, \"uptick\": {}}]}";

/* The file after one figure was added to `before`. */
static void assert_added(const char *before, const char *entity, const char *period,
                         const char *after)
{
    const char *descriptor = strstr(before, "own") != NULL ? mirrored_other : mirrored;
    write_tracker(descriptor, before);
    commit_figure(entity, period, "7");
    scratch_assert_text(series, "ai-users.csv", after);
    scratch_assert_text(series, "datapackage.json", descriptor);
    assert_int_equal(scratch_count(series), 2);
}

/* --- Where a row goes -------------------------------------------------------------------- */

static void row_goes_after_its_entitys_last_earlier_period(void **state)
{
    (void)state;
    assert_added("entity,period,value\nA,2020,1\nB,2020,1\nA,2022,1\nB,2019,1\n", "A",
                 "2021",
                 "entity,period,value\nA,2020,1\nA,2021,7\nB,2020,1\nA,2022,1\n"
                 "B,2019,1\n");
    /* disorder: the last row that is earlier counts, not the first that is later */
    assert_added("entity,period,value\nA,2022,1\nA,2020,1\nB,2020,1\n", "A", "2021",
                 "entity,period,value\nA,2022,1\nA,2020,1\nA,2021,7\nB,2020,1\n");
    /* a period that contains others begins no later than they do */
    assert_added("entity,period,value\nA,2021-01,1\nA,2021-03,1\n", "A", "2021-02",
                 "entity,period,value\nA,2021-01,1\nA,2021-02,7\nA,2021-03,1\n");
}

static void row_without_an_earlier_one_goes_to_the_end(void **state)
{
    (void)state;
    assert_added("entity,period,value\nA,2020,1\nB,2020,1\n", "A", "2019",
                 "entity,period,value\nA,2020,1\nB,2020,1\nA,2019,7\n");
    assert_added("entity,period,value\nA,2020,1\n", "C", "2019",
                 "entity,period,value\nA,2020,1\nC,2019,7\n");
    assert_added("entity,period,value\n", "A", "2020", "entity,period,value\nA,2020,7\n");
    assert_added("entity,period,value", "A", "2020", "entity,period,value\nA,2020,7\n");
}

static void everything_else_stays_byte_for_byte(void **state)
{
    (void)state;
    /* BOM, CRLF, own columns and order, quotes that need not be, blank lines */
    assert_added("\xEF\xBB\xBFvalue,own,\"period\",entity\r\n\r\n\"1\", x ,2020,A\r\n\r\n"
                 "1,\"\r\n\",2021,\"B\"\r\n\r\n",
                 "A", "2021",
                 "\xEF\xBB\xBFvalue,own,\"period\",entity\r\n\r\n\"1\", x ,2020,A\r\n"
                 "7,,2021,A\r\n\r\n1,\"\r\n\",2021,\"B\"\r\n\r\n");
}

static void missing_final_newline_is_added_before_the_row(void **state)
{
    (void)state;
    assert_added("entity,period,value\nA,2020,1", "A", "2021",
                 "entity,period,value\nA,2020,1\nA,2021,7\n");
    assert_added("entity,period,value\rA,2020,1", "A", "2021",
                 "entity,period,value\rA,2020,1\rA,2021,7\r");
    /* not at the end: the last line stays as it is */
    assert_added("entity,period,value\nA,2020,1\nB,2020,1", "A", "2021",
                 "entity,period,value\nA,2020,1\nA,2021,7\nB,2020,1");
}

static void names_that_need_quotes_get_them(void **state)
{
    (void)state;
    assert_added("entity,period,value\n\"Korea, Rep.\",2020,1\n", "Korea, Rep.", "2021",
                 "entity,period,value\n\"Korea, Rep.\",2020,1\n\"Korea, "
                 "Rep.\",2021,7\n");
}

static void all_columns_of_a_figure_are_written(void **state)
{
    (void)state;
    write_tracker(one_metric, COLUMNS);
    static const char *const texts[UP_OBSERVATION_COLUMNS] = {"China",
                                                              "[2025-05-01..2025-05-31]",
                                                              "700000000000",
                                                              ">",
                                                              "",
                                                              "",
                                                              "over 700 billion",
                                                              "E",
                                                              "2025-06-01",
                                                              "who",
                                                              "\"over\", he said",
                                                              "note"};
    up_observation o;
    SUCCEED(up_observation_init(&o, err));
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        SUCCEED(up_observation_set(&o, (up_observation_column)i, texts[i], NULL, err));
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_observation(store, "ai-users", &o, err));
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "ai-users.csv",
                        COLUMNS "China,[2025-05-01..2025-05-31],700000000000,>,,,over "
                                "700 billion,E,2025-06-01,who,\"\"\"over\"\", he "
                                "said\",note\n");
    SUCCEED(up_store_load(store, NULL, NULL, err));
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_int_equal(data->count, 1);
    assert_int_equal(up_observation_compare(&data->observations[0], &o), 0);
    up_observation_release(&o);
    up_store_free(store);
}

/* --- Refusals ----------------------------------------------------------------------------- */

static void figure_that_is_there_is_refused_with_its_line(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\nA,2020,1\n,2021,1\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(add_figure(store, "A", "2020", "2", err), UP_BAD_DATA, FILE_OF, 2,
              "this row is for A, 2020 from the same source, reported on the same day (a "
              "revision has a later day of report)");
    FAIL_WITH(add_figure(store, "", "2021", "2", err), UP_BAD_DATA, FILE_OF, 3,
              "this row is for 2021 from the same source, reported on the same day (a "
              "revision has a later day of report)");
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    FAIL_WITH(add_figure(store, "A", "2021", "3", err), UP_BAD_DATA, FILE_OF, 0,
              "this change has a row for A, 2021 from the same source, reported on the "
              "same day (a revision has a later day of report)");
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    scratch_assert_text(series, "ai-users.csv",
                        "entity,period,value\nA,2020,1\nA,2021,2\n,2021,1\n");
}

static void column_that_is_missing_is_named(void **state)
{
    (void)state;
    write_tracker(mirrored, "\nentity,period,value\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    up_observation o = figure("A", "2020", "1");
    SUCCEED(up_observation_set(&o, UP_COL_QUOTE, "so it is", NULL, err));
    FAIL_WITH(up_store_add_observation(store, "ai-users", &o, err), UP_BAD_DATA, FILE_OF,
              2, "the file has no column 'quote'; add it, or leave it out");
    up_observation_release(&o);
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_string_equal(up_buffer_text(&diff), "");
    up_store_free(store);
}

static void file_with_a_bad_row_is_not_added_to(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\nA,someday,1\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    up_error failure = {0};
    assert_int_equal(add_figure(store, "A", "2020", "2", &failure), UP_BAD_DATA);
    assert_string_equal(failure.source, FILE_OF);
    assert_int_equal(failure.line, 2);
    up_store_free(store);
    char path[SCRATCH_PATH];
    scratch_path(path, series, "ai-users.csv");
    assert_int_equal(remove(path), 0);
    store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(add_figure(store, "A", "2020", "2", err), UP_SYSTEM, FILE_OF, 0,
              "cannot open: No such file or directory");
    up_store_free(store);
}

static void figure_that_says_nothing_is_refused(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(add_figure(store, "A", "2020", "", err), UP_BAD_DATA, "", 0,
              "no value, and neither a range (low and high) nor status M");
    up_observation o = figure("A", "2020", "1");
    FAIL_WITH(up_store_add_observation(store, "ai-user", &o, err), UP_USAGE, "", 0,
              "unknown metric 'ai-user'; did you mean 'ai-users'?");
    up_observation_release(&o);
    up_store_free(store);
}

static void changes_stand_between_begin_and_commit(void **state)
{
    (void)state;
    static const char none[] = "no change was begun";
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    up_metric metric;
    SUCCEED(up_metric_init(&metric, "m", err));
    up_source source = {.key = (char *)"k"};
    up_claim claim = {.metric = (char *)"ai-users"};
    up_event event = {0};
    up_buffer diff = {0};
    FAIL_WITH(add_figure(store, "A", "2020", "1", err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_add_metric(store, &metric, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_set_metric(store, &metric, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_add_source(store, &source, true, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_add_claim(store, &claim, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_add_event(store, &event, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_diff(store, &diff, err), UP_USAGE, "", 0, none);
    FAIL_WITH(up_store_commit(store, err), UP_USAGE, "", 0, none);
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_begin(store, err), UP_USAGE, "", 0,
              "a change is under way already");
    SUCCEED(up_store_commit(store, err)); /* an empty one */
    FAIL_WITH(up_store_commit(store, err), UP_USAGE, "", 0, none);
    up_metric_release(&metric);
    up_store_free(store);
}

/* --- Metrics ------------------------------------------------------------------------------ */

static void new_metric_comes_with_its_file_and_takes_figures_at_once(void **state)
{
    (void)state;
    SUCCEED(up_store_create(root, "T", err));
    up_store *store = open_tracker();
    up_metric metric;
    SUCCEED(up_metric_init(&metric, "ai-users", err));
    SUCCEED(up_metric_set(&metric, "title", "AI users", err));
    SUCCEED(up_metric_set(&metric, "unit", "people", err));
    SUCCEED(up_metric_set(&metric, "floor", "0", err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_metric(store, &metric, err));
    FAIL_WITH(up_store_add_metric(store, &metric, err), UP_USAGE, DESCRIPTOR, 0,
              "there is a metric 'ai-users' already");
    SUCCEED(add_figure(store, "China", "2024", "570000000", err));
    assert_int_equal(up_store_tracker(store)->metric_count, 0); /* what is on disk */
    SUCCEED(up_store_commit(store, err));
    assert_int_equal(up_store_tracker(store)->metric_count, 1);
    SUCCEED(up_store_load(store, NULL, NULL, err));
    assert_int_equal(up_store_tracker(store)->metrics[0].count, 1);
    assert_string_equal(up_store_tracker(store)->metrics[0].metric.floor, "0");
    up_metric_release(&metric);
    up_store_free(store);
    scratch_assert_text(series, "ai-users.csv",
                        COLUMNS "China,2024,570000000,,,,,,,,,\n");
    char *text = scratch_read(series, "datapackage.json");
    const char *resource = strstr(text, "    {\n      \"name\": \"ai-users\"");
    assert_non_null(resource);
    static const char wanted[] = "    {\n"
                                 "      \"name\": \"ai-users\",\n"
                                 "      \"title\": \"AI users\",\n"
                                 "      \"path\": \"ai-users.csv\",\n"
                                 "      \"profile\": \"tabular-data-resource\",\n"
                                 "      \"type\": \"table\",\n"
                                 "      \"format\": \"csv\",\n"
                                 "      \"mediatype\": \"text/csv\",\n"
                                 "      \"encoding\": \"utf-8\",\n"
                                 "      \"dialect\": {\n"
                                 "        \"delimiter\": \",\"\n"
                                 "      },\n"
                                 "      \"schema\": {\n"
                                 "        \"fields\": [\n"
                                 "          {\n"
                                 "            \"name\": \"entity\",\n"
                                 "            \"type\": \"string\"\n"
                                 "          },\n";
    assert_memory_equal(resource, wanted, sizeof wanted - 1);
    static const char end[] = "        \"missingValues\": [\n"
                              "          \"\"\n"
                              "        ]\n"
                              "      },\n"
                              "      \"uptick\": {\n"
                              "        \"unit\": \"people\",\n"
                              "        \"measure\": \"stock\",\n"
                              "        \"floor\": \"0\"\n"
                              "      }\n"
                              "    }\n"
                              "  ]\n"
                              "}\n";
    assert_string_equal(text + strlen(text) - (sizeof end - 1), end);
    free(text);
}

static void metric_does_not_write_over_a_file_it_does_not_know(void **state)
{
    (void)state;
    write_tracker("{\"resources\": [{\"name\": \"own\"}]}", "precious\n");
    up_store *store = open_tracker();
    up_metric metric;
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_metric_init(&metric, "ai-users", err));
    FAIL_WITH(up_store_add_metric(store, &metric, err), UP_USAGE, FILE_OF, 0,
              "is there already, and series/datapackage.json does not know it: move it "
              "away first");
    up_metric_release(&metric);
    SUCCEED(up_metric_init(&metric, "own", err));
    FAIL_WITH(up_store_add_metric(store, &metric, err), UP_USAGE, DESCRIPTOR, 0,
              "there is a metric 'own' already");
    up_metric_release(&metric);
    metric.name = (char *)"../x";
    FAIL_WITH(up_store_add_metric(store, &metric, err), UP_USAGE, "", 0,
              "'../x' cannot name a metric");
    up_store_free(store);
}

static void key_that_is_set_changes_one_line(void **state)
{
    (void)state;
    SUCCEED(up_store_create(root, "", err));
    up_store *store = open_tracker();
    up_metric metric, unknown;
    SUCCEED(up_metric_init(&metric, "m", err));
    SUCCEED(up_metric_init(&unknown, "unknown", err));
    SUCCEED(up_metric_set(&metric, "unit", "people", err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_metric(store, &metric, err));
    SUCCEED(up_store_commit(store, err));
    SUCCEED(up_metric_set(&metric, "unit", "tokens per day", err));
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_set_metric(store, &unknown, err), UP_USAGE, "", 0,
              "unknown metric 'unknown' ('uptick list' shows those there are)");
    SUCCEED(up_store_set_metric(store, &metric, err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_non_null(strstr(diff.data, "--- a/series/datapackage.json\n"
                                      "+++ b/series/datapackage.json\n"));
    assert_non_null(strstr(diff.data, "       \"uptick\": {\n"
                                      "-        \"unit\": \"people\",\n"
                                      "+        \"unit\": \"tokens per day\",\n"
                                      "         \"measure\": \"stock\"\n"));
    up_buffer_release(&diff);
    SUCCEED(up_store_commit(store, err));
    assert_string_equal(up_store_tracker(store)->metrics[0].metric.unit,
                        "tokens per day");
    up_metric_release(&metric);
    up_metric_release(&unknown);
    up_store_free(store);
}

static void column_of_the_users_own_shows_in_the_descriptor(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value,mine\n");
    commit_figure("A", "2020", "1");
    scratch_assert_text(series, "ai-users.csv", "entity,period,value,mine\nA,2020,1,\n");
    char *text = scratch_read(series, "datapackage.json");
    assert_non_null(strstr(text, "            \"name\": \"mine\",\n"
                                 "            \"type\": \"string\"\n"));
    free(text);
}

/* --- Other tables --------------------------------------------------------------------------- */

static void source_is_added_once(void **state)
{
    (void)state;
    SUCCEED(up_store_create(root, "T", err));
    up_store *store = open_tracker();
    up_source who = {
        .key = (char *)"who", .title = (char *)"WHO", .url = (char *)"https://who.int"};
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_source(store, &who, false, err));
    FAIL_WITH(up_store_add_source(store, &who, false, err), UP_USAGE, DESCRIPTOR, 0,
              "there is a source 'who' already");
    SUCCEED(up_store_commit(store, err));
    const up_source *found = up_tracker_source(up_store_tracker(store), "who");
    assert_non_null(found);
    assert_string_equal(found->url, "https://who.int");
    up_store_free(store);
}

static up_claim doubled(void)
{
    up_claim claim = {.metric = (char *)"ai-users",
                      .entity = (char *)"China",
                      .transform = UP_CHANGE_FOLD,
                      .has_from = true,
                      .has_to = true,
                      .stated = (char *)"more than doubled",
                      .reported = UP_REPORTED_ALWAYS,
                      .source = (char *)"",
                      .quote = (char *)"",
                      .note = (char *)""};
    SUCCEED(up_period_parse("2024-01", NULL, &claim.from, err));
    SUCCEED(up_period_parse("2025-06", NULL, &claim.to, err));
    claim.change = (up_quantity){
        .qualifier = UP_MORE_THAN, .has_value = true, .value = up_decimal_from_int(2)};
    return claim;
}

static void claims_and_events_make_their_table_when_first_needed(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    up_claim claim = doubled();
    up_event event = {.text = (char *)"launch, at last"};
    SUCCEED(up_period_parse("2024-05-01", NULL, &event.date, err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_claim(store, &claim, err));
    SUCCEED(up_store_add_event(store, &event, err));
    SUCCEED(up_store_commit(store, err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_claim(store, &claim, err));
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(
        series, "claims.csv",
        "metric,entity,transform,from,to,value,qualifier,low,high,stated,reported,source,"
        "quote,note\n"
        "ai-users,China,fold,2024-01,2025-06,2,>,,,more than doubled,,,,\n"
        "ai-users,China,fold,2024-01,2025-06,2,>,,,more than doubled,,,,\n");
    scratch_assert_text(series, "events.csv",
                        "date,entity,metric,kind,text,source,quote\n"
                        "2024-05-01,,,,\"launch, at last\",,\n");
    SUCCEED(up_store_load_tables(store, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->claim_count, 2);
    assert_int_equal(t->claims[0].change.qualifier, UP_MORE_THAN);
    assert_int_equal(up_period_compare(&t->claims[0].to, &claim.to), 0);
    assert_int_equal(t->event_count, 1);
    assert_string_equal(t->events[0].text, "launch, at last");
    up_store_free(store);
}

static void claim_and_event_of_an_unknown_metric_are_refused(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    up_claim claim = doubled();
    up_event event = {.metric = (char *)"ai-usres", .text = (char *)"x"};
    SUCCEED(up_period_parse("2024", NULL, &event.date, err));
    claim.metric = (char *)"ai-usres";
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_add_claim(store, &claim, err), UP_USAGE, "", 0,
              "unknown metric 'ai-usres'; did you mean 'ai-users'?");
    FAIL_WITH(up_store_add_event(store, &event, err), UP_USAGE, "", 0,
              "unknown metric 'ai-usres'; did you mean 'ai-users'?");
    up_store_free(store);
}

static void table_that_is_not_marked_as_one_is_left_alone(void **state)
{
    (void)state;
    write_tracker("{\"resources\": [{\"name\": \"claims\", \"path\": \"claims.csv\"}, "
                  "{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"uptick\": "
                  "{}}]}",
                  "period\n");
    scratch_write(series, "events.csv", "mine\n");
    up_store *store = open_tracker();
    up_claim claim = doubled();
    up_event event = {.text = (char *)"x"};
    SUCCEED(up_period_parse("2024", NULL, &event.date, err));
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_add_claim(store, &claim, err), UP_BAD_DATA, DESCRIPTOR, 0,
              "the resource 'claims' has no uptick.role (wanted \"claims\")");
    FAIL_WITH(up_store_add_event(store, &event, err), UP_USAGE, "series/events.csv", 0,
              "is there already, and series/datapackage.json does not know it: move it "
              "away first");
    up_store_free(store);
}

/* --- Diff and commit -------------------------------------------------------------------------- */

static void diff_shows_the_lines_that_commit_adds(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\nA,2020,1");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_string_equal(diff.data,
                        "--- a/series/ai-users.csv\n+++ b/series/ai-users.csv\n"
                        "@@ -1,2 +1,3 @@\n entity,period,value\n-A,2020,1\n\\ No newline "
                        "at end of file\n+A,2020,1\n+A,2021,2\n");
    up_buffer_release(&diff);
    up_store_free(store); /* without commit nothing happened */
    scratch_assert_text(series, "ai-users.csv", "entity,period,value\nA,2020,1");
}

static void diff_of_a_new_metric_applies(void **state)
{
    (void)state;
    SUCCEED(up_store_create(root, "T", err));
    up_store *store = open_tracker();
    up_metric metric;
    SUCCEED(up_metric_init(&metric, "ai-users", err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_metric(store, &metric, err));
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    const char *const argv[] = {"patch", "-s", "-p1", "-d", root, NULL};
    up_process_result r = {0};
    SUCCEED(up_process_run(argv, diff.data, diff.length, &r, err));
    assert_int_equal(r.exit_code, 0);
    up_process_result_release(&r);
    char *patched = scratch_read(series, "datapackage.json");
    up_store_free(store);

    SUCCEED(up_store_open(root, &store, err));
    SUCCEED(up_store_load(store, NULL, NULL, err));
    assert_int_equal(up_store_tracker(store)->metrics[0].count, 1);
    up_store_free(store);
    assert_non_null(strstr(patched, "\"ai-users.csv\""));
    free(patched);
    up_buffer_release(&diff);
    up_metric_release(&metric);
}

/* Cost grows with the rows added, not with their square: rewriting the text for each would
 * take minutes here. */
static void many_figures_are_added_in_one_change(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    for (int i = 0; i < 20000; i++) {
        char entity[16], period[16], value[16];
        snprintf(entity, sizeof entity, "E%d", i % 100);
        snprintf(period, sizeof period, "%d", 1000 + i / 100);
        snprintf(value, sizeof value, "%d", i);
        SUCCEED(add_figure(store, entity, period, value, err));
    }
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_true(diff.length > 20000 * 10);
    up_buffer_release(&diff);
    SUCCEED(up_store_commit(store, err));
    SUCCEED(up_store_load(store, NULL, NULL, err));
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_int_equal(data->count, 20000);
    for (size_t i = 0; i < 20000;
         i++) /* each entity's figures stand together, in order */
        assert_int_equal(data->observations[i].value.low, i % 200 * 100 + i / 200);
    up_store_free(store);
}

static void figure_in_a_full_disk_is_not_half_written(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 10;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    up_error failure = {0};
    up_status status = up_store_commit(store, &failure);
    limit.rlim_cur = before;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(status, UP_SYSTEM);
    assert_string_equal(failure.source, FILE_OF);
    assert_string_equal(failure.message, "cannot write: File too large");
    scratch_assert_text(series, "ai-users.csv", "entity,period,value\n");
    SUCCEED(up_store_commit(store, err)); /* there is room again */
    up_store_free(store);
    scratch_assert_text(series, "ai-users.csv", "entity,period,value\nA,2021,2\n");
    assert_int_equal(scratch_count(series), 2);
}

static void file_an_editor_has_changed_is_not_written_over(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    scratch_write(series, "ai-users.csv", "entity,period,value\nA,2019,3\n");
    FAIL_WITH(up_store_commit(store, err), UP_SYSTEM, FILE_OF, 0,
              "another program has changed the file in between; nothing was written, run "
              "this again");
    FAIL_WITH(up_store_load(store, NULL, NULL, err), UP_SYSTEM, FILE_OF, 0,
              "another program has changed the file in between; nothing was written, run "
              "this again");
    up_store_free(store);
    scratch_assert_text(series, "ai-users.csv", "entity,period,value\nA,2019,3\n");
}

static void link_is_not_cut(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    write_tracker(mirrored, NULL);
    scratch_write(root, "shared.csv", "entity,period,value\n");
    scratch_path(path, series, "ai-users.csv");
    assert_int_equal(symlink("../shared.csv", path), 0);
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, NULL, NULL, err));
    SUCCEED(up_store_begin(store, err));
    SUCCEED(add_figure(store, "A", "2021", "2", err));
    FAIL_WITH(up_store_commit(store, err), UP_USAGE, FILE_OF, 0,
              "is a symbolic link, which replacing it would destroy (wanted a regular "
              "file)");
    up_store_free(store);
}

static int change_read_only(const char *folder)
{
    (void)folder;
    up_store *store = NULL;
    up_buffer diff = {0};
    up_error err = {0};
    if (up_store_open(root, &store, NULL) != UP_OK ||
        up_store_begin(store, NULL) != UP_OK ||
        add_figure(store, "A", "2021", "2", NULL) != UP_OK)
        return 1;
    if (up_store_diff(store, &diff, NULL) != UP_OK || diff.length == 0)
        return 2; /* a dry run needs no right to write */
    up_buffer_release(&diff);
    if (up_store_commit(store, &err) != UP_SYSTEM)
        return 3;
    up_store_free(store);
    return strcmp(err.message, "cannot write: Permission denied") == 0 ? 0 : 4;
}

static void read_only_folder_allows_a_dry_run(void **state)
{
    (void)state;
    write_tracker(mirrored, "entity,period,value\n");
    assert_int_equal(scratch_run_read_only(series, change_read_only), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(row_goes_after_its_entitys_last_earlier_period),
        IN_ROOT(row_without_an_earlier_one_goes_to_the_end),
        IN_ROOT(everything_else_stays_byte_for_byte),
        IN_ROOT(missing_final_newline_is_added_before_the_row),
        IN_ROOT(names_that_need_quotes_get_them),
        IN_ROOT(all_columns_of_a_figure_are_written),
        IN_ROOT(figure_that_is_there_is_refused_with_its_line),
        IN_ROOT(column_that_is_missing_is_named),
        IN_ROOT(file_with_a_bad_row_is_not_added_to),
        IN_ROOT(figure_that_says_nothing_is_refused),
        IN_ROOT(changes_stand_between_begin_and_commit),
        IN_ROOT(new_metric_comes_with_its_file_and_takes_figures_at_once),
        IN_ROOT(metric_does_not_write_over_a_file_it_does_not_know),
        IN_ROOT(key_that_is_set_changes_one_line),
        IN_ROOT(column_of_the_users_own_shows_in_the_descriptor),
        IN_ROOT(source_is_added_once),
        IN_ROOT(claims_and_events_make_their_table_when_first_needed),
        IN_ROOT(claim_and_event_of_an_unknown_metric_are_refused),
        IN_ROOT(table_that_is_not_marked_as_one_is_left_alone),
        IN_ROOT(diff_shows_the_lines_that_commit_adds),
        IN_ROOT(diff_of_a_new_metric_applies),
        IN_ROOT(many_figures_are_added_in_one_change),
        IN_ROOT(figure_in_a_full_disk_is_not_half_written),
        IN_ROOT(file_an_editor_has_changed_is_not_written_over),
        IN_ROOT(link_is_not_cut),
        IN_ROOT(read_only_folder_allows_a_dry_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
