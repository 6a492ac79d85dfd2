#include "store/folder.h"

#include "uptick/file.h"

#define FILE_OF "series/ai-users.csv"

/* --- Finding, making, opening ---------------------------------------------------------- */

static void new_tracker_is_found_from_any_folder_in_it(void **state)
{
    (void)state;
    char path[SCRATCH_PATH], inner[SCRATCH_PATH];
    scratch_path(path, root, "deep/tracker");
    SUCCEED(up_store_create(path, "A title", err));
    scratch_path(inner, path, "plots");
    assert_int_equal(mkdir(inner, 0755), 0);
    char *found = NULL, *wanted = realpath(path, NULL);
    SUCCEED(up_store_find(inner, &found, err));
    assert_string_equal(found, wanted);
    free(found);
    scratch_path(inner, path, "series");
    SUCCEED(up_store_find(inner, &found, err));
    assert_string_equal(found, wanted);
    free(found);
    free(wanted);
    up_store *store = NULL;
    SUCCEED(up_store_open(path, &store, err));
    assert_string_equal(up_store_tracker(store)->title, "A title");
    assert_int_equal(up_store_tracker(store)->metric_count, 0);
    SUCCEED(up_store_load(store, NULL, NULL, err));
    SUCCEED(up_store_load_tables(store, NULL, err));
    assert_int_equal(up_store_tracker(store)->entity_count, 0);
    up_store_free(store);
    scratch_assert_text(inner, "entities.csv", "entity,code,aliases\n");
    assert_int_equal(scratch_count(inner), 2);
}

static void tracker_is_not_made_over_another(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    SUCCEED(up_store_create(root, "", err));
    scratch_path(path, series, "datapackage.json");
    FAIL_WITH(up_store_create(root, "", err), UP_USAGE, path, 0,
              "there is a tracker here already");
    assert_int_equal(remove(path), 0);
    scratch_path(path, series, "entities.csv");
    FAIL_WITH(up_store_create(root, "", err), UP_USAGE, path, 0,
              "is there already, without a tracker: move it away first");
    scratch_write(root, "file", "");
    scratch_path(path, root, "file");
    char inside[SCRATCH_PATH];
    scratch_path(inside, path, "series");
    FAIL_WITH(up_store_create(path, "", err), UP_SYSTEM, path, 0,
              "cannot make the folder: File exists");
}

static void missing_tracker_is_told(void **state)
{
    (void)state;
    char *found = NULL, message[SCRATCH_PATH + 100];
    up_store *store = NULL;
    snprintf(message, sizeof message,
             "no tracker in '%s' or above it ('uptick init' makes one)", root);
    FAIL_WITH(up_store_find(root, &found, err), UP_USAGE, "", 0, message);
    snprintf(message, sizeof message,
             "'%s' is no tracker: it has no series/datapackage.json ('uptick init' makes "
             "one)",
             root);
    FAIL_WITH(up_store_open(root, &store, err), UP_USAGE, "", 0, message);
    char path[SCRATCH_PATH];
    scratch_path(path, root, "none");
    FAIL_WITH(up_store_find(path, &found, err), UP_SYSTEM, path, 0,
              "cannot look for a tracker here: No such file or directory");
    FAIL_WITH(up_store_open("postgres://me:secret@host/db", &store, err), UP_USAGE, "", 0,
              "no store for 'postgres://' (wanted a folder)");
    assert_null(found);
    assert_null(store);
    up_store_free(NULL);
}

static void bad_descriptor_is_told_at_opening(void **state)
{
    (void)state;
    up_store *store = NULL;
    write_tracker("{\n  \"title\": 1\n}\n", NULL);
    FAIL_WITH(up_store_open(root, &store, err), UP_BAD_DATA, "series/datapackage.json", 0,
              "title is a number (wanted a text: exact numbers stand in quotes)");
    write_tracker("{\n  oops\n}\n", NULL);
    FAIL_WITH(up_store_open(root, &store, err), UP_BAD_DATA, "series/datapackage.json", 2,
              "not valid JSON: string or '}' expected near 'oops'");
    assert_null(store);
}

/* --- Observations ---------------------------------------------------------------------- */

static void figures_are_read_with_their_lines_in_the_order_of_the_file(void **state)
{
    (void)state;
    write_tracker(one_metric,
                  COLUMNS "China,2024-12,700,>,,,\"700, roughly\",E,2025-01-31,who,\"he\n"
                          "said\",n\n\n,2023,,,3,750,,,,,,\n,2023,,,3,750,,,,,,\n");
    up_store *store = open_tracker();
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_false(data->loaded);
    SUCCEED(up_store_load(store, "ai-*", NULL, err));
    assert_true(data->loaded);
    assert_int_equal(data->count, 3); /* two rows with one key are for `check` to tell */
    const up_observation *o = &data->observations[0];
    assert_string_equal(o->entity, "China");
    assert_int_equal(o->qualifier, UP_MORE_THAN);
    assert_string_equal(o->stated, "700, roughly");
    assert_int_equal(o->status, 'E');
    assert_string_equal(o->quote, "he\nsaid");
    assert_string_equal(o->note, "n");
    assert_int_equal(o->line, 2);
    assert_int_equal(o->reported, up_date_to_days((up_date){2025, 1, 31}));
    assert_int_equal(data->observations[1].line, 5);
    assert_false(data->observations[1].has_value);
    assert_true(data->observations[1].has_low);
    assert_int_equal(data->observations[2].line, 6);
    assert_int_equal(data->extra_count, 0);
    SUCCEED(up_store_load(store, NULL, NULL, err)); /* nothing is read twice */
    assert_int_equal(data->count, 3);
    up_store_free(store);
}

static void columns_stand_in_any_order_and_others_are_listed(void **state)
{
    (void)state;
    write_tracker(one_metric, "\xEF\xBB\xBFvalue,my own,period,Note\r\n5,x,2024,y\r\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, NULL, NULL, err));
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_int_equal(data->count, 1);
    assert_string_equal(data->observations[0].entity, "");
    assert_string_equal(data->observations[0].note, "");
    assert_int_equal(data->observations[0].status, 'A');
    assert_int_equal(data->observations[0].reported, UP_REPORTED_ALWAYS);
    assert_int_equal(data->extra_count, 2);
    assert_string_equal(data->extra_columns[0], "my own");
    assert_string_equal(data->extra_columns[1], "Note");
    up_store_free(store);
}

static void pattern_chooses_what_is_read(void **state)
{
    (void)state;
    write_tracker("{\"resources\": [\n"
                  "{\"name\": \"b\", \"path\": \"b.csv\", \"uptick\": {}},\n"
                  "{\"name\": \"own\"},\n"
                  "{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"uptick\": {}, "
                  "\"dialect\": {\"delimiter\": \";\"}}]}",
                  "period;value\n2024;1\n");
    scratch_write(series, "b.csv", "bad file");
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, "ai-users/China", NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_false(t->metrics[0].loaded);
    assert_true(t->metrics[1].loaded);
    assert_int_equal(t->metrics[1].count, 1);
    FAIL_WITH(up_store_load(store, "b", NULL, err), UP_BAD_DATA, "series/b.csv", 1,
              "the file has no column 'period'");
    SUCCEED(up_store_load(store, "ai-users", NULL, err)); /* b's error is told once */
    up_store_free(store);
}

/* As a spreadsheet may have saved it. */
static void a_header_that_was_changed_is_shown(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"entity;period;value\n;2024;1\n",
         "the file has no column 'period': its fields are "
         "separated by ';', not by ','"},
        {"entity,Period,value\n,2024,1\n",
         "the file has no column 'period', but 'Period' (names are lower case)"}};
    for (size_t i = 0; i < 2; i++) {
        write_tracker("{\"resources\": [{\"name\": \"b\", \"path\": \"b.csv\", "
                      "\"uptick\": {}}]}",
                      NULL);
        scratch_write(series, "b.csv", cases[i][0]);
        up_store *store = open_tracker();
        FAIL_WITH(up_store_load(store, "b", NULL, err), UP_BAD_DATA, "series/b.csv", 1,
                  cases[i][1]);
        up_store_free(store);
    }
}

static void every_bad_row_is_told(void **state)
{
    (void)state;
    write_tracker(one_metric, "period,value,low,high,status,qualifier,reported\n"
                              "2024,\"3,5\",,,,,\n"
                              "2024,1,,,,,\n"
                              "someday,1,,,,,\n"
                              ",1,,,,,\n"
                              "2024,,,,,,\n"
                              "2024,5,6,7,,,\n"
                              "2024,5,,,X,,\n"
                              "2024,5,,,,,2024-05\n");
    up_store *store = open_tracker();
    up_remarks remarks = {0};
    up_error err = {0};
    assert_int_equal(up_store_load(store, NULL, &remarks, &err), UP_BAD_DATA);
    assert_string_equal(err.source, FILE_OF);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, remarks.items[0].message);
    assert_memory_equal(err.message, "value '3,5' is not a", 20);
    static const struct {
        size_t line;
        const char *begins;
    } wanted[] = {{2, "value '3,5' "},
                  {4, "period"},
                  {5, "period"},
                  {6, "no value, and neither a range (low and high) nor status M"},
                  {7, "the value lies outside low and high"},
                  {8, "status 'X' is no OBS_STATUS"},
                  {9, "reported '2024-05' is not a day (wanted: YYYY-MM-DD)"}};
    assert_int_equal(remarks.count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < remarks.count; i++) {
        assert_int_equal(remarks.items[i].line, wanted[i].line);
        assert_string_equal(remarks.items[i].source, FILE_OF);
        assert_memory_equal(remarks.items[i].message, wanted[i].begins,
                            strlen(wanted[i].begins));
    }
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_false(data->loaded);
    assert_int_equal(data->count, 0);
    up_remarks_release(&remarks);
    up_store_free(store);
}

static void bad_files_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *message;
    } cases[] = {
        {"", 1, "the file has no header (wanted a line of column names)"},
        {"value,note\n", 1, "the file has no column 'period'"},
        {"period,value,period\n", 1, "columns 1 and 3 are both named 'period'"},
        {"period,value,\n", 1, "column 3 has no name in the header"},
        {"period,value\n2024\n", 2, "1 field, but the header has 2"},
        {"period,value\n2024,\"1\n", 2, "a quote opened in this line is never closed"},
        {"period,value\n2024,\xE9\n", 2,
         "byte 0xE9 at column 6 is not UTF-8 (save the file as UTF-8)"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_tracker(one_metric, cases[i].text);
        up_store *store = open_tracker();
        up_remarks remarks = {0};
        FAIL_WITH(up_store_load(store, NULL, &remarks, err), UP_BAD_DATA, FILE_OF,
                  cases[i].line, cases[i].message);
        assert_int_equal(remarks.count, 1);
        assert_string_equal(remarks.items[0].message, cases[i].message);
        up_remarks_release(&remarks);
        up_store_free(store);
    }
}

static void file_that_is_not_there_is_told(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    write_tracker(one_metric, NULL);
    up_store *store = open_tracker();
    FAIL_WITH(up_store_load(store, NULL, NULL, err), UP_SYSTEM, FILE_OF, 0,
              "cannot open: No such file or directory");
    scratch_path(path, series, "ai-users.csv");
    assert_int_equal(mkfifo(path, 0644), 0); /* would be waited for without end */
    FAIL_WITH(up_store_load(store, NULL, NULL, err), UP_BAD_DATA, FILE_OF, 0,
              "is no regular file");
    up_store_free(store);
}

/* --- Other tables ------------------------------------------------------------------------ */

static const char with_tables[] =
    "{\"resources\": [\n"
    "{\"name\": \"entities\", \"path\": \"entities.csv\", \"uptick\": {\"role\": "
    "\"entities\"}},\n"
    "{\"name\": \"claims\", \"path\": \"claims.csv\", \"uptick\": {\"role\": "
    "\"claims\"}},\n"
    "{\"name\": \"events\", \"path\": \"events.csv\", \"uptick\": {\"role\": "
    "\"events\"}},\n"
    "{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"uptick\": "
    "{\"fiscal_year_end\": \"03\"}}]}";

static void tables_are_read(void **state)
{
    (void)state;
    write_tracker(with_tables, COLUMNS);
    scratch_write(series, "entities.csv",
                  "aliases,entity,own\n\" China | 中国|PRC | \",Mainland China,x\n"
                  ",\"Korea, Rep.\",\n");
    scratch_write(series, "claims.csv",
                  "metric,entity,transform,from,to,value,qualifier,low,high,stated,"
                  "reported,source,quote,note\n"
                  "ai-users,China,fold,2024-01,2025-06,100,>,,,100-fold,2025-07-01,who,"
                  "q,n\n"
                  "ai-users,,cagr,,2024,,,0.1,0.2,,,,,\n");
    scratch_write(series, "events.csv",
                  "date,entity,metric,kind,text,source,quote\n"
                  "2024-05-01,China,ai-users,note,launch,who,q\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_load_tables(store, NULL, err));
    SUCCEED(up_store_load_tables(store, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->entity_count, 2);
    assert_string_equal(t->entities[0].name, "Mainland China");
    assert_string_equal(t->entities[0].code, "");
    assert_int_equal(t->entities[0].alias_count, 3);
    assert_string_equal(t->entities[0].aliases[0], "China");
    assert_string_equal(t->entities[0].aliases[1], "中国");
    assert_string_equal(t->entities[0].aliases[2], "PRC");
    assert_string_equal(t->entities[1].name, "Korea, Rep.");
    assert_int_equal(t->entities[1].alias_count, 0);
    assert_int_equal(t->claim_count, 2);
    const up_claim *c = &t->claims[0];
    assert_string_equal(c->metric, "ai-users");
    assert_string_equal(c->entity, "China");
    assert_int_equal(c->transform, UP_CHANGE_FOLD);
    assert_true(c->has_from && c->has_to && c->change.has_value && c->change.fold);
    assert_int_equal(c->change.qualifier, UP_MORE_THAN);
    assert_string_equal(c->stated, "100-fold");
    assert_int_equal(c->reported, up_date_to_days((up_date){2025, 7, 1}));
    assert_string_equal(c->quote, "q");
    assert_int_equal(c->line, 2);
    assert_false(t->claims[1].has_from);
    assert_true(t->claims[1].change.has_low && t->claims[1].change.has_high);
    assert_int_equal(t->event_count, 1);
    assert_string_equal(t->events[0].text, "launch");
    assert_string_equal(t->events[0].kind, "note");
    assert_int_equal(t->events[0].line, 2);
    assert_int_equal(t->events[0].date.granularity, UP_DAY);
    up_store_free(store);
}

static void bad_rows_of_tables_are_told_and_nothing_is_kept(void **state)
{
    (void)state;
    write_tracker(with_tables, COLUMNS);
    scratch_write(series, "entities.csv", "entity\nA\n\" \"\n");
    scratch_write(series, "claims.csv",
                  "metric,transform,value\n"
                  "ai-user,fold,2\nai-users,times,2\nai-users,fold,\nai-users,fold,x\n");
    scratch_write(series, "events.csv", "date,text\nnever,a\n2024,b\n");
    up_store *store = open_tracker();
    up_remarks remarks = {0};
    FAIL_WITH(up_store_load_tables(store, &remarks, err), UP_BAD_DATA,
              "series/entities.csv", 3, "entity is empty (wanted a name)");
    assert_int_equal(remarks.count, 6);
    assert_string_equal(remarks.items[1].message,
                        "metric 'ai-user' is not in this tracker");
    assert_int_equal(remarks.items[1].line, 2);
    assert_memory_equal(remarks.items[2].message, "transform", 9);
    assert_string_equal(remarks.items[3].message,
                        "no value, and no range (low and high)");
    assert_memory_equal(remarks.items[4].message, "value 'x' ", 10);
    assert_string_equal(remarks.items[5].source, "series/events.csv");
    assert_memory_equal(remarks.items[5].message, "date", 4);
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->entity_count + t->claim_count + t->event_count, 0);
    up_remarks_release(&remarks);
    scratch_write(series, "entities.csv", "name\nA\n");
    FAIL_WITH(up_store_load_tables(store, NULL, err), UP_BAD_DATA, "series/entities.csv",
              1, "the file has no column 'entity'");
    up_store_free(store);
}

/* --- One state of the folder --------------------------------------------------------------- */

static void two_metrics(void)
{
    write_tracker("{\"title\": \"old\", \"resources\": [\n"
                  "{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"uptick\": "
                  "{\"unit\": \"old\"}},\n"
                  "{\"name\": \"b\", \"path\": \"b.csv\", \"uptick\": {}}]}",
                  COLUMNS ",2024,1,,,,,,,,,\n");
    scratch_write(series, "b.csv", COLUMNS ",2024,1,,,,,,,,,\n");
}

/* A second program changes what the first has read; what the first reads then is all new,
 * and what it pointed to is still there. */
static void reader_reads_anew_what_another_has_changed(void **state)
{
    (void)state;
    two_metrics();
    up_store *reader = open_tracker();
    SUCCEED(up_store_load(reader, "ai-users", NULL, err));
    const up_tracker *t = up_store_tracker(reader);
    const up_metric_data *before = &t->metrics[0];
    up_store *writer = open_tracker();
    SUCCEED(up_store_begin(writer, err));
    up_metric changed = {0};
    SUCCEED(up_metric_init(&changed, "ai-users", err));
    SUCCEED(up_metric_set(&changed, "unit", "new", err));
    SUCCEED(up_store_set_metric(writer, &changed, err));
    SUCCEED(add_figure(writer, "", "2025", "2", err));
    SUCCEED(up_store_commit(writer, err));
    SUCCEED(up_store_load(reader, "b", NULL, err));
    assert_ptr_equal(up_store_tracker(reader), t);
    assert_string_equal(t->metrics[0].metric.unit, "new");
    assert_int_equal(t->metrics[0].count, 2); /* asked for before, so read anew too */
    assert_int_equal(t->metrics[1].count, 1);
    assert_string_equal(before->metric.unit, "old");
    assert_int_equal(before->count, 1);
    up_metric_release(&changed);
    up_store_free(writer);
    up_store_free(reader);
}

/* What a writer of ai-users.csv and b.csv leaves that dies before its first rename. */
static void leave_commit(void)
{
    scratch_write(series, ".tmp-ai-users.csv", "period,value\n2030,5\n");
    scratch_write(series, ".tmp-b.csv", "period,value\n2030,6\n");
    scratch_write(series, ".commit", "uptick commit 1\n20 ai-users.csv\n20 b.csv\nend\n");
}

static void reader_completes_what_a_dead_writer_left(void **state)
{
    (void)state;
    two_metrics();
    leave_commit();
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, NULL, NULL, err));
    assert_int_equal(up_store_tracker(store)->metrics[1].observations[0].line, 2);
    up_store_free(store);
    scratch_assert_text(series, "b.csv", "period,value\n2030,6\n");
    assert_false(up_commit_is_pending(series));
    assert_int_equal(scratch_count(series), 3);
}

static int read_whole_change(const char *folder)
{
    (void)folder;
    up_store *store = NULL;
    if (up_store_open(root, &store, NULL) != UP_OK)
        return 1;
    if (up_store_load(store, NULL, NULL, NULL) != UP_OK)
        return 2;
    const up_tracker *t = up_store_tracker(store);
    up_buffer text = {0};
    for (size_t i = 0; i < 2; i++)
        up_observation_get(&t->metrics[i].observations[0], UP_COL_VALUE, &text);
    int result = strcmp(up_buffer_text(&text), "56") == 0 ? 0 : 3;
    up_buffer_release(&text);
    up_store_free(store);
    return result;
}

static void reader_who_may_not_write_reads_it_as_complete(void **state)
{
    (void)state;
    two_metrics();
    leave_commit();
    assert_int_equal(scratch_run_read_only(series, read_whole_change), 0);
    assert_true(up_commit_is_pending(series));
    char path[SCRATCH_PATH];
    scratch_path(path, series, ".tmp-ai-users.csv"); /* one was renamed already */
    char target[SCRATCH_PATH];
    scratch_path(target, series, "ai-users.csv");
    assert_int_equal(rename(path, target), 0);
    assert_int_equal(scratch_run_read_only(series, read_whole_change), 0);
}

/* `.commit` stands and its writer lives: the reader waits until it is done. */
static void reader_waits_for_the_renames_of_a_live_writer(void **state)
{
    (void)state;
    two_metrics();
    leave_commit();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        up_folder_lock lock = {0};
        if (up_folder_lock_take(series, &lock, NULL) != UP_OK ||
            write(ends[1], "x", 1) != 1)
            _exit(1);
        usleep(150000);
        _exit(up_commit_recover(series, NULL) == UP_OK ? 0 : 2);
    }
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(read_whole_change(series), 0);
    int code = 0;
    assert_int_equal(waitpid(pid, &code, 0), pid);
    assert_int_equal(code, 0);
    close(ends[0]);
    close(ends[1]);
}

static void damaged_commit_is_told_to_readers(void **state)
{
    (void)state;
    two_metrics();
    scratch_write(series, ".tmp-b.csv", "cut");
    scratch_write(series, ".commit", "uptick commit 1\n20 ai-users.csv\n20 b.csv\nend\n");
    up_store *store = NULL;
    FAIL_WITH(up_store_open(root, &store, err), UP_BAD_DATA, series, 0,
              "a change was interrupted half way and its file .tmp-b.csv is missing or "
              "cut: restore the folder, then delete .commit in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(new_tracker_is_found_from_any_folder_in_it),
        IN_ROOT(tracker_is_not_made_over_another),
        IN_ROOT(missing_tracker_is_told),
        IN_ROOT(bad_descriptor_is_told_at_opening),
        IN_ROOT(figures_are_read_with_their_lines_in_the_order_of_the_file),
        IN_ROOT(columns_stand_in_any_order_and_others_are_listed),
        IN_ROOT(pattern_chooses_what_is_read),
        IN_ROOT(a_header_that_was_changed_is_shown),
        IN_ROOT(every_bad_row_is_told),
        IN_ROOT(bad_files_are_told),
        IN_ROOT(file_that_is_not_there_is_told),
        IN_ROOT(tables_are_read),
        IN_ROOT(bad_rows_of_tables_are_told_and_nothing_is_kept),
        IN_ROOT(reader_reads_anew_what_another_has_changed),
        IN_ROOT(reader_completes_what_a_dead_writer_left),
        IN_ROOT(reader_who_may_not_write_reads_it_as_complete),
        IN_ROOT(reader_waits_for_the_renames_of_a_live_writer),
        IN_ROOT(damaged_commit_is_told_to_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
