#include "store/folder.h"

#include <signal.h>
#include <sys/resource.h>

#define FILE_OF "series/ai-users.csv"
#define HEADER  "entity,period,value,reported,source\n"

static const char mirrored[] =
    "{\"resources\": [{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", \"schema\": "
    "{\"fields\": [{\"name\": \"entity\"}, {\"name\": \"period\"}, {\"name\": "
    "\"value\"}, {\"name\": \"reported\"}, {\"name\": \"source\"}]}, \"uptick\": {}}]}";

/* A row of an import: NULL ends a list. */
typedef struct cells {
    const char *entity, *period, *value, *reported, *source;
} cells;

static void set_cell(up_observation *o, up_observation_column column, const char *text)
{
    if (text != NULL)
        SUCCEED(up_observation_set(o, column, text, NULL, err));
}

static up_observation observation_of(const cells *c)
{
    up_observation o;
    SUCCEED(up_observation_init(&o, err));
    set_cell(&o, UP_COL_ENTITY, c->entity);
    set_cell(&o, UP_COL_PERIOD, c->period);
    set_cell(&o, UP_COL_VALUE, c->value);
    set_cell(&o, UP_COL_REPORTED, c->reported);
    set_cell(&o, UP_COL_SOURCE, c->source);
    return o;
}

/* Lines are numbered from 2, as below a header. */
static up_batch batch_of(const cells *rows)
{
    up_batch batch = {.source = "in.csv"};
    for (size_t i = 0; rows[i].period != NULL; i++) {
        up_observation o = observation_of(&rows[i]);
        o.line = i + 2;
        SUCCEED(up_batch_add_observation(&batch, &o, err));
        up_observation_release(&o);
    }
    return batch;
}

static void assert_counts(const up_merge_counts *c, size_t added, size_t revised,
                          size_t unchanged, size_t conflicts)
{
    assert_int_equal(c->added, added);
    assert_int_equal(c->revised, revised);
    assert_int_equal(c->unchanged, unchanged);
    assert_int_equal(c->conflicts, conflicts);
}

static up_merge_counts merge_into(up_store *store, const char *metric,
                                  const up_batch *batch, const up_merge_options *how)
{
    up_merge_counts counts = {0};
    up_remarks remarks = {0};
    up_error error = {0};
    if (up_store_merge(store, metric, batch, how, &counts, &remarks, &error) != UP_OK)
        fail_msg("%s:%zu: %s", error.source, error.line, error.message);
    up_remarks_release(&remarks);
    return counts;
}

/* The file `before` after the rows were merged into it in a change of their own. */
static up_merge_counts merge_rows(const char *before, const cells *rows,
                                  bool keep_vintages, const char *after)
{
    write_tracker(mirrored, before);
    up_batch batch = batch_of(rows);
    up_store *store = open_tracker();
    const up_merge_options how = {.keep_vintages = keep_vintages};
    SUCCEED(up_store_begin(store, err));
    up_merge_counts counts = merge_into(store, "ai-users", &batch, &how);
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    up_batch_release(&batch);
    scratch_assert_text(series, "ai-users.csv", after);
    scratch_assert_text(series, "datapackage.json", mirrored);
    assert_int_equal(scratch_count(series), 2);
    return counts;
}

/* --- Where rows go -------------------------------------------------------------------------- */

static void rows_of_a_new_metric_are_sorted_within_their_entities(void **state)
{
    (void)state;
    write_tracker("{\"resources\": []}", NULL);
    up_metric metric;
    SUCCEED(up_metric_init(&metric, "gdp", err));
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_add_metric(store, &metric, err));
    const cells rows[] = {{"Peru", "2021", "4", NULL, NULL},
                          {"Chad", "2020", "2", NULL, "b"},
                          {"Peru", "2020", "3", "2022-05-01", "wb"},
                          {"Chad", "2020", "1", NULL, "a"},
                          {"Peru", "2020", "2", "2022-01-01", "zz"},
                          {"Peru", "2020-01", "1", "2023-01-01", NULL},
                          {NULL, NULL, NULL, NULL, NULL}};
    up_batch batch = batch_of(rows);
    up_merge_counts counts = merge_into(store, "gdp", &batch, NULL);
    assert_counts(&counts, 6, 0, 0, 0);
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "gdp.csv",
                        COLUMNS "Peru,2020-01,1,,,,,,2023-01-01,,,\n"
                                "Peru,2020,2,,,,,,2022-01-01,zz,,\n"
                                "Peru,2020,3,,,,,,2022-05-01,wb,,\n"
                                "Peru,2021,4,,,,,,,,,\n"
                                "Chad,2020,1,,,,,,,a,,\n"
                                "Chad,2020,2,,,,,,,b,,\n");
    /* what was written is what comes back */
    SUCCEED(up_store_load(store, "gdp", NULL, err));
    assert_int_equal(up_tracker_metric(up_store_tracker(store), "gdp")->count, 6);
    up_metric_release(&metric);
    up_store_free(store);
    up_batch_release(&batch);
}

static void each_row_goes_after_its_entitys_last_earlier_period(void **state)
{
    (void)state;
    const cells rows[] = {{"C", "2019", "7", "", ""},    {"A", "2023", "7", "", ""},
                          {"B", "2018", "7", "", ""},    {"A", "2021", "7", "", ""},
                          {"A", "2021-06", "7", "", ""}, {"B", "2021", "7", "", ""},
                          {"A", "2019", "7", "", ""},    {NULL, NULL, NULL, NULL, NULL}};
    up_merge_counts counts = merge_rows(
        HEADER "A,2020,1,,\nB,2020,1,,\nA,2022,1,,\nB,2019,1,,\n", rows, false,
        HEADER "A,2020,1,,\nA,2021,7,,\nA,2021-06,7,,\nB,2020,1,,\nA,2022,1,,\n"
               "A,2023,7,,\nB,2019,1,,\nB,2021,7,,\n"
               /* at the end, entities in order of first appearance */
               "A,2019,7,,\nB,2018,7,,\nC,2019,7,,\n");
    assert_counts(&counts, 7, 0, 0, 0);
}

/* One row at a time, as up_store_add_observation has it, gives the same file. */
static void each_row_goes_where_adding_it_alone_would_put_it(void **state)
{
    (void)state;
    unsigned dice = 1;
    for (int round = 0; round < 200; round++) {
        up_buffer before = {0};
        up_buffer_add(&before, HEADER);
        bool taken[3][8] = {{false}};
        for (int i = 0; i < 8; i++) {
            dice = dice * 1103515245u + 12345u;
            unsigned e = dice >> 16 & 1u, p = dice >> 18 & 7u;
            if (!taken[e][p])
                up_buffer_addf(&before, "%c,%u,1,,\n", 'A' + (int)e, 2000 + p);
            taken[e][p] = true;
        }
        unsigned e, p;
        do {
            dice = dice * 1103515245u + 12345u;
            e = (dice >> 16) % 3, p = dice >> 18 & 7u;
        } while (taken[e][p]);
        char entity[2] = {(char)('A' + (int)e), '\0'}, period[8];
        snprintf(period, sizeof period, "%u", 2000 + p);
        write_tracker(mirrored, before.data);
        commit_figure(entity, period, "7");
        char *alone = scratch_read(series, "ai-users.csv");
        const cells row[] = {{entity, period, "7", "", ""},
                             {NULL, NULL, NULL, NULL, NULL}};
        merge_rows(before.data, row, false, alone);
        free(alone);
        up_buffer_release(&before);
    }
}

static void everything_else_stays_byte_for_byte(void **state)
{
    (void)state;
    /* BOM, CRLF, own columns and order, quotes that need not be, blank lines, a line end
     * inside a field, and no line end at the end */
    write_tracker(
        "{\"resources\": [{\"name\": \"ai-users\", \"path\": \"ai-users.csv\", "
        "\"uptick\": {}, \"schema\": {\"fields\": [{\"name\": \"value\"}, "
        "{\"name\": \"#own\"}, {\"name\": \"period\"}, {\"name\": "
        "\"entity\"}]}}]}",
        "\xEF\xBB\xBFvalue,#own,\"period\",entity\r\n\r\n\"1\", x ,2020,A\r\n\r\n"
        "1,\"# \r\n\",2021,\"B\"\r\n\r\n5,#,2022,A");
    const cells rows[] = {{"A", "2021", "7", NULL, NULL},
                          {"Korea, Rep.", "2021", "8", NULL, NULL},
                          {"A", "2023", "9", NULL, NULL},
                          {NULL, NULL, NULL, NULL, NULL}};
    up_batch batch = batch_of(rows);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    merge_into(store, "ai-users", &batch, NULL);
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    up_batch_release(&batch);
    scratch_assert_text(
        series, "ai-users.csv",
        "\xEF\xBB\xBFvalue,#own,\"period\",entity\r\n\r\n\"1\", x ,2020,A\r\n"
        "7,,2021,A\r\n\r\n1,\"# \r\n\",2021,\"B\"\r\n\r\n5,#,2022,A\r\n"
        "9,,2023,A\r\n8,,2021,\"Korea, Rep.\"\r\n");
}

static void rows_at_the_end_stand_before_blank_lines(void **state)
{
    (void)state;
    const cells rows[] = {{"B", "2020", "2", "", ""}, {NULL, NULL, NULL, NULL, NULL}};
    merge_rows(HEADER "A,2020,1,,\n\n\n", rows, false,
               HEADER "A,2020,1,,\nB,2020,2,,\n\n\n");
    merge_rows("\n" HEADER "\n\n", rows, false, "\n" HEADER "B,2020,2,,\n\n\n");
    merge_rows("entity,period,value,reported,source", rows, false, HEADER "B,2020,2,,\n");
}

/* --- What is there already -------------------------------------------------------------------- */

static void what_the_source_said_last_is_unchanged(void **state)
{
    (void)state;
    static const char before[] =
        HEADER "A,2020,1.50,2021-01-01,wb\n"
               "A,2020,2,2022-01-01,wb\nA,2020,9,2023-01-01,un\n";
    const cells rows[] = {{"A", "2020", "2.0", "2024-01-01", "wb"}, /* its last word */
                          {"A", "2020", "1.5", "2021-06-01", "wb"}, /* as of that day */
                          {"A", "2020", "9", "2023-01-01", "un"},   /* the very row */
                          {NULL, NULL, NULL, NULL, NULL}};
    up_merge_counts counts = merge_rows(before, rows, false, before);
    assert_counts(&counts, 0, 0, 3, 0);
    /* each vintage counts for itself when vintages are kept */
    counts = merge_rows(before, rows, true,
                        HEADER "A,2020,1.50,2021-01-01,wb\nA,2020,2,2022-01-01,wb\n"
                               "A,2020,9,2023-01-01,un\nA,2020,1.5,2021-06-01,wb\n"
                               "A,2020,2.0,2024-01-01,wb\n");
    assert_counts(&counts, 2, 2, 1, 0);
}

static void a_later_word_that_differs_is_a_revision(void **state)
{
    (void)state;
    const cells rows[] = {{"A", "2020", "2", "2022-01-01", "wb"},
                          {"A", "2020", "5", "2020-06-01", "wb"}, /* earlier: the first */
                          {"A", "2020", "2", "2022-01-01", "un"}, /* another source */
                          {NULL, NULL, NULL, NULL, NULL}};
    up_merge_counts counts =
        merge_rows(HEADER "A,2020,1,2021-01-01,wb\n", rows, false,
                   HEADER "A,2020,1,2021-01-01,wb\nA,2020,5,2020-06-01,wb\n"
                          "A,2020,2,2022-01-01,un\nA,2020,2,2022-01-01,wb\n");
    assert_counts(&counts, 3, 1, 0, 0);
}

static void rows_of_the_batch_are_taken_in_the_order_of_their_days(void **state)
{
    (void)state;
    const cells rows[] = {{"A", "2020", "6", "2022-03-01", "wb"},
                          {"A", "2020", "5", "2022-02-01", "wb"}, /* repeats January */
                          {"A", "2020", "5", "2022-01-01", "wb"},
                          {NULL, NULL, NULL, NULL, NULL}};
    up_merge_counts counts = merge_rows(
        HEADER, rows, false, HEADER "A,2020,5,2022-01-01,wb\nA,2020,6,2022-03-01,wb\n");
    assert_counts(&counts, 2, 1, 1, 0);
    counts = merge_rows(HEADER, rows, true,
                        HEADER "A,2020,5,2022-01-01,wb\nA,2020,5,2022-02-01,wb\n"
                               "A,2020,6,2022-03-01,wb\n");
    assert_counts(&counts, 3, 2, 0, 0);
}

static void merging_again_changes_nothing(void **state)
{
    (void)state;
    const cells rows[] = {{"B", "2020", "6", "2022-03-01", "wb"},
                          {"A", "2020~", "5", "", ""},
                          {"A", "2020-Q1", "5", "", "un"},
                          {NULL, NULL, NULL, NULL, NULL}};
    static const char after[] =
        HEADER "B,2020,6,2022-03-01,wb\nA,2020-Q1,5,,un\nA,2020~,5,,\n";
    merge_rows(HEADER, rows, false, after);
    up_merge_counts counts = merge_rows(after, rows, false, after);
    assert_counts(&counts, 0, 0, 3, 0);
    /* the marks ~ and ? are no part of the key */
    const cells unmarked[] = {{"A", "2020", "5", "", ""}, {NULL, NULL, NULL, NULL, NULL}};
    counts = merge_rows(after, unmarked, false, after);
    assert_counts(&counts, 0, 0, 1, 0);
}

static void an_empty_batch_is_merged_into_anything(void **state)
{
    (void)state;
    const cells none[] = {{NULL, NULL, NULL, NULL, NULL}};
    up_merge_counts counts =
        merge_rows(HEADER "A,2020,1,,\n", none, false, HEADER "A,2020,1,,\n");
    assert_counts(&counts, 0, 0, 0, 0);
    merge_rows(HEADER, none, true, HEADER);
}

/* --- Conflicts --------------------------------------------------------------------------------- */

static const cells contradictory[] = {
    {"A", "2021", "8", "", "wb"},  {"A", "2020", "2", "", "wb"}, /* the file has 1 */
    {"B", "2020", "4", "", ""},    {"B", "2020", "5", "", ""},   /* line 4 has 4 */
    {"B", "2020", "4.0", "", ""},  {"C", "2020", "1", "", ""},
    {"C", "2020", "1", "", ""}, /* twice the same */
    {NULL, NULL, NULL, NULL, NULL}};

#define SAME_DAY ", from the same source, reported on the same day"

static void conflicts_are_told_each_and_nothing_is_staged(void **state)
{
    (void)state;
    static const char before[] = HEADER "A,2020,1,,wb\n";
    static const struct {
        size_t line;
        const char *message;
    } wanted[] = {{3, "A, 2020 is 2 here, but 1 in series/ai-users.csv:2" SAME_DAY},
                  {4, "B, 2020 is 4 here, but 5 in line 5" SAME_DAY},
                  {5, "B, 2020 is 5 here, but 4 in line 4" SAME_DAY},
                  {6, "B, 2020 is 4.0 here, but 5 in line 5" SAME_DAY}};
    write_tracker(mirrored, before);
    up_batch batch = batch_of(contradictory);
    up_store *store = open_tracker();
    up_remarks remarks = {0};
    up_merge_counts counts = {.added = 99};
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_merge(store, "ai-users", &batch, NULL, &counts, &remarks, err),
              UP_BAD_DATA, "in.csv", 3, wanted[0].message);
    assert_int_equal(counts.added, 99); /* untouched */
    assert_int_equal(remarks.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(remarks.items[i].severity, UP_ERROR);
        assert_string_equal(remarks.items[i].source, "in.csv");
        assert_int_equal(remarks.items[i].line, wanted[i].line);
        assert_string_equal(remarks.items[i].message, wanted[i].message);
    }
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_string_equal(up_buffer_text(&diff), "");
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "ai-users.csv", before);
    up_remarks_release(&remarks);
    up_store_free(store);
    up_batch_release(&batch);
}

static void conflicts_may_be_left_out(void **state)
{
    (void)state;
    write_tracker(mirrored, HEADER "A,2020,1,,wb\n");
    up_batch batch = batch_of(contradictory);
    unsigned char marks[7] = {0};
    const up_merge_options how = {.conflicts = marks};
    up_store *store = open_tracker();
    up_remarks remarks = {0};
    up_merge_counts counts = {0};
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_merge(store, "ai-users", &batch, &how, &counts, &remarks, err));
    assert_counts(&counts, 2, 0, 1, 4);
    assert_memory_equal(marks, "\0\1\1\1\1\0\0", 7);
    assert_int_equal(remarks.count, 4);
    assert_int_equal(remarks.items[0].severity, UP_WARNING);
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "ai-users.csv",
                        HEADER "A,2020,1,,wb\nA,2021,8,,wb\nC,2020,1,,\n");
    up_remarks_release(&remarks);
    up_store_free(store);
    up_batch_release(&batch);
}

static up_merge_counts counts_of_two(const up_batch_about *a, const char *a_value,
                                     const up_batch_about *b, const char *b_value,
                                     char message[512])
{
    up_batch batch = {.source = "in.csv"};
    up_period year;
    up_batch_row row = {0};
    const up_batch_about *abouts[] = {a, b};
    const char *values[] = {a_value, b_value};
    SUCCEED(up_period_parse("2020", NULL, &year, err));
    for (uint32_t i = 0; i < 2; i++) {
        up_batch_about about = *abouts[i];
        /* their texts by hand: "3" and "750", or none */
        if (about.low != 0) {
            SUCCEED(up_batch_text(&batch, "3", &about.low, err));
            SUCCEED(up_batch_text(&batch, "750", &about.high, err));
        }
        row.line = i + 2;
        SUCCEED(up_batch_entity(&batch, "", &row.entity, err));
        SUCCEED(up_batch_period(&batch, &year, &row.period, err));
        SUCCEED(up_batch_about_id(&batch, &about, &row.about, err));
        SUCCEED(up_batch_text(&batch, values[i], &row.value, err));
        SUCCEED(up_batch_add(&batch, &row, err));
    }
    write_tracker(one_metric, COLUMNS);
    up_store *store = open_tracker();
    unsigned char marks[2] = {0};
    const up_merge_options how = {.conflicts = marks};
    up_merge_counts counts = {0};
    up_remarks remarks = {0};
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_merge(store, "ai-users", &batch, &how, &counts, &remarks, err));
    snprintf(message, 512, "%s", remarks.count > 0 ? remarks.items[0].message : "");
    up_remarks_release(&remarks);
    up_store_free(store);
    up_batch_release(&batch);
    return counts;
}

static void what_a_figure_says_is_value_range_qualifier_and_status(void **state)
{
    (void)state;
    char message[512];
    const up_batch_about plain = {.reported = UP_REPORTED_ALWAYS, .status = 'A'};
    up_batch_about other = plain;
    other.qualifier = UP_MORE_THAN;
    up_merge_counts counts = counts_of_two(&plain, "7", &other, "7", message);
    assert_int_equal(counts.conflicts, 2);
    assert_string_equal(message, "2020 is 7 here, but > 7 in line 3" SAME_DAY);
    other = plain;
    other.status = 'E';
    counts = counts_of_two(&plain, "7", &other, "7", message);
    assert_string_equal(message, "2020 is 7 here, but 7, status E in line 3" SAME_DAY);
    other = plain;
    other.low = 1;
    counts = counts_of_two(&plain, "7", &other, "", message);
    assert_string_equal(message, "2020 is 7 here, but 3 to 750 in line 3" SAME_DAY);
    counts = counts_of_two(&plain, "7", &other, "7", message);
    assert_string_equal(message, "2020 is 7 here, but 7 in 3 to 750 in line 3" SAME_DAY);
    other = plain;
    other.status = 'M';
    counts = counts_of_two(&other, "", &plain, "7", message);
    assert_string_equal(message, "2020 is status M here, but 7 in line 3" SAME_DAY);
    /* words about it do not make it another figure */
    other = plain;
    other.low = 1;
    counts = counts_of_two(&other, "7.0", &other, "7", message);
    assert_counts(&counts, 1, 0, 1, 0);
}

/* --- Against a plain model ------------------------------------------------------------------------ */

/* A row as small numbers; day 0 is none, source 0 is "". */
typedef struct item {
    int entity, period, day, source, value;
} item;
enum { MANY = 14 };

static const char *const item_days[] = {"", "2021-01-01", "2022-01-01", "2023-01-01"};
static const char *const item_sources[] = {"", "un", "wb"};

static unsigned seed = 7;

static int any_of(int count)
{
    seed = seed * 1103515245u + 12345u;
    return (int)(seed >> 16 & 0x7FFF) % count;
}

static item any_item(void)
{
    return (item){any_of(3), any_of(3), any_of(4), any_of(3), any_of(2)};
}

static bool same_subject(const item *a, const item *b)
{
    return a->entity == b->entity && a->period == b->period && a->source == b->source;
}

static bool same_key(const item *a, const item *b)
{
    return same_subject(a, b) && a->day == b->day;
}

static void add_item(up_buffer *out, const item *i)
{
    up_buffer_addf(out, "%c,%d,%d,%s,%s\n", 'A' + i->entity, 2000 + i->period, i->value,
                   item_days[i->day], item_sources[i->source]);
}

typedef struct model {
    item old[MANY], batch[MANY];
    int old_count, count;
    bool keep_vintages;
    bool is_new[MANY], in_conflict[MANY];
    up_merge_counts counts;
} model;

/* Of one key: against the file, else against each other. */
/* The row that one without a day of report is held against: the last on its subject. */
static const item *last_there(const model *m, const item *row)
{
    const item *last = NULL;
    for (int o = 0; o < m->old_count; o++)
        if (same_subject(&m->old[o], row) && (last == NULL || m->old[o].day > last->day))
            last = &m->old[o];
    return last;
}

static void find_conflicts(model *m)
{
    for (int i = 0; i < m->count; i++) {
        const item *twin = NULL;
        for (int o = 0; o < m->old_count; o++)
            if (same_key(&m->old[o], &m->batch[i]))
                twin = &m->old[o];
        if (twin == NULL && m->batch[i].day == 0)
            twin = last_there(m, &m->batch[i]);
        for (int k = 0; k < m->count; k++)
            if (twin == NULL && same_key(&m->batch[k], &m->batch[i]) &&
                m->batch[k].value != m->batch[i].value)
                m->in_conflict[i] = true;
        if (twin != NULL)
            m->in_conflict[i] = twin->value != m->batch[i].value;
        m->counts.conflicts += m->in_conflict[i];
    }
}

/* The rest by day of report, each against the last word on its subject so far. */
static void find_new(model *m)
{
    for (int day = 0; day < 4; day++)
        for (int i = 0; i < m->count; i++) {
            const item *row = &m->batch[i], *last = NULL;
            if (row->day != day || m->in_conflict[i])
                continue;
            for (int o = 0; o < m->old_count; o++)
                if (same_subject(&m->old[o], row) && m->old[o].day <= day &&
                    (last == NULL || m->old[o].day > last->day))
                    last = &m->old[o];
            for (int k = 0; k < m->count; k++)
                if (m->is_new[k] && same_subject(&m->batch[k], row) &&
                    (last == NULL || m->batch[k].day > last->day))
                    last = &m->batch[k];
            bool known =
                (day == 0 && last_there(m, row) != NULL) ||
                (last != NULL &&
                 (last->day == day || (!m->keep_vintages && last->value == row->value)));
            m->is_new[i] = !known;
            m->counts.unchanged += known;
            m->counts.added += !known;
            m->counts.revised += !known && last != NULL;
            bool elsewhere = false;
            for (int o = 0; o < m->old_count; o++)
                elsewhere = elsewhere || (m->old[o].entity == row->entity &&
                                          m->old[o].period == row->period &&
                                          m->old[o].source != row->source);
            m->counts.elsewhere += !known && elsewhere;
        }
}

/* The next new row in the order of entities as they appear, period, day, source. */
static int next_new(const model *m, const int *rank)
{
    int best = -1;
    for (int i = 0; i < m->count; i++) {
        if (!m->is_new[i])
            continue;
        const item *a = &m->batch[i], *b = best >= 0 ? &m->batch[best] : NULL;
        int x[] = {rank[a->entity], a->period, a->day, a->source};
        int y[] = {b ? rank[b->entity] : 0, b ? b->period : 0, b ? b->day : 0,
                   b ? b->source : 0};
        int k = 0;
        while (b != NULL && k < 3 && x[k] == y[k])
            k++;
        if (b == NULL || x[k] < y[k])
            best = i;
    }
    return best;
}

/* The file as it must be: each new row behind the last row of the old file that is of its entity
 * and no later, else at the end. */
static void expected_file(model *m, up_buffer *out)
{
    up_buffer behind[MANY + 1] = {{0}}; /* old row i; the end */
    int rank[3] = {9, 9, 9}, ranks = 0;
    for (int o = 0; o < m->old_count; o++)
        if (rank[m->old[o].entity] == 9)
            rank[m->old[o].entity] = ranks++;
    for (int i = 0; i < m->count; i++)
        if (rank[m->batch[i].entity] == 9)
            rank[m->batch[i].entity] = ranks++;
    for (int i; (i = next_new(m, rank)) >= 0; m->is_new[i] = false) {
        int place = m->old_count;
        for (int o = 0; o < m->old_count; o++)
            if (m->old[o].entity == m->batch[i].entity &&
                m->old[o].period <= m->batch[i].period)
                place = o;
        add_item(&behind[place], &m->batch[i]);
    }
    up_buffer_add(out, HEADER);
    for (int o = 0; o <= m->old_count; o++) {
        if (o < m->old_count)
            add_item(out, &m->old[o]);
        up_buffer_add(out, up_buffer_text(&behind[o]));
        up_buffer_release(&behind[o]);
    }
}

static model any_model(void)
{
    model m = {.keep_vintages = any_of(2) == 0};
    int wanted = any_of(MANY);
    for (int tries = 0; tries < 2 * MANY && m.old_count < wanted; tries++) {
        item fresh = any_item();
        bool is_there = false;
        for (int o = 0; o < m.old_count; o++)
            is_there = is_there || same_key(&m.old[o], &fresh);
        if (!is_there)
            m.old[m.old_count++] = fresh;
    }
    m.count = any_of(MANY);
    for (int i = 0; i < m.count; i++)
        m.batch[i] = any_item();
    return m;
}

static void any_merge_is_as_the_plain_model_has_it(void **state)
{
    (void)state;
    for (int round = 0; round < 1000; round++) {
        model m = any_model();
        up_buffer before = {0}, after = {0};
        cells rows[MANY + 1] = {{NULL, NULL, NULL, NULL, NULL}};
        char texts[MANY][3][16];
        up_buffer_add(&before, HEADER);
        for (int o = 0; o < m.old_count; o++)
            add_item(&before, &m.old[o]);
        for (int i = 0; i < m.count; i++) {
            const item *b = &m.batch[i];
            snprintf(texts[i][0], 16, "%c", 'A' + b->entity);
            snprintf(texts[i][1], 16, "%d", 2000 + b->period);
            snprintf(texts[i][2], 16, "%d", b->value);
            rows[i] = (cells){texts[i][0], texts[i][1], texts[i][2], item_days[b->day],
                              item_sources[b->source]};
        }
        find_conflicts(&m);
        find_new(&m);
        up_merge_counts wanted = m.counts;
        expected_file(&m, &after);
        write_tracker(mirrored, before.data);
        up_batch batch = batch_of(rows);
        unsigned char marks[MANY] = {0};
        const up_merge_options how = {m.keep_vintages, marks};
        up_store *store = open_tracker();
        SUCCEED(up_store_begin(store, err));
        up_merge_counts counts = merge_into(store, "ai-users", &batch, &how);
        SUCCEED(up_store_commit(store, err));
        up_store_free(store);
        up_batch_release(&batch);
        scratch_assert_text(series, "ai-users.csv", after.data);
        assert_counts(&counts, wanted.added, wanted.revised, wanted.unchanged,
                      wanted.conflicts);
        assert_int_equal(counts.elsewhere, wanted.elsewhere);
        for (int i = 0; i < m.count; i++)
            assert_int_equal(marks[i], m.in_conflict[i]);
        up_buffer_release(&before);
        up_buffer_release(&after);
    }
}

/* --- With other changes --------------------------------------------------------------------------- */

static void a_merge_stands_among_other_changes_of_its_file(void **state)
{
    (void)state;
    write_tracker(mirrored, HEADER "A,2020,1,,\n");
    const cells first[] = {{"A", "2022", "3", "", ""}, {NULL, NULL, NULL, NULL, NULL}};
    const cells second[] = {{"A", "2021", "2", "", ""},
                            {"A", "2022", "3", "", ""}, /* staged by the first */
                            {"B", "2021", "2", "", ""}, /* staged alone */
                            {NULL, NULL, NULL, NULL, NULL}};
    up_batch a = batch_of(first), b = batch_of(second);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    merge_into(store, "ai-users", &a, NULL);
    SUCCEED(add_figure(store, "B", "2021", "2", err));
    up_merge_counts counts = merge_into(store, "ai-users", &b, NULL);
    assert_counts(&counts, 1, 0, 2, 0);
    SUCCEED(add_figure(store, "A", "2019", "0", err));
    up_buffer diff = {0};
    SUCCEED(up_store_diff(store, &diff, err));
    assert_string_equal(diff.data,
                        "--- a/series/ai-users.csv\n+++ b/series/ai-users.csv\n"
                        "@@ -1,2 +1,6 @@\n"
                        " entity,period,value,reported,source\n"
                        " A,2020,1,,\n+A,2021,2,,\n+A,2022,3,,\n+B,2021,2,,\n"
                        "+A,2019,0,,\n");
    up_buffer_release(&diff);
    scratch_assert_text(series, "ai-users.csv", HEADER "A,2020,1,,\n");
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    up_batch_release(&a);
    up_batch_release(&b);
    scratch_assert_text(series, "ai-users.csv",
                        HEADER "A,2020,1,,\nA,2021,2,,\nA,2022,3,,\nB,2021,2,,\n"
                               "A,2019,0,,\n");
}

/* --- Refusals ---------------------------------------------------------------------------------- */

static void refuse(const char *before, const cells *rows, up_status status,
                   const char *source, size_t line, const char *message)
{
    write_tracker(mirrored, before);
    up_batch batch = batch_of(rows);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_merge(store, "ai-users", &batch, NULL, NULL, NULL, err), status,
              source, line, message);
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "ai-users.csv", before);
    up_store_free(store);
    up_batch_release(&batch);
}

static void what_cannot_be_merged_is_refused(void **state)
{
    (void)state;
    const cells row[] = {{"B", "2020", "2", "", "wb"}, {NULL, NULL, NULL, NULL, NULL}};
    const cells no_value[] = {{"B", "2020", "", "", ""}, {NULL, NULL, NULL, NULL, NULL}};
    refuse("entity,period,value\nA,2020,1\n", row, UP_BAD_DATA, FILE_OF, 1,
           "the file has no column 'source'; add it, or leave it out");
    refuse(HEADER, no_value, UP_BAD_DATA, "in.csv", 2,
           "no value, and neither a range (low and high) nor status M");
    refuse(HEADER "A,2020,\"1,5\",,\nA,soon,1,,\n", row, UP_BAD_DATA, FILE_OF, 2,
           "value '1,5' is not a number (decimal point expected, no comma)");
    refuse(HEADER "A,2020,1,,\nA,2021\n", row, UP_BAD_DATA, FILE_OF, 3,
           "2 fields, but the header has 5");
    refuse("entity,value\n", row, UP_BAD_DATA, FILE_OF, 1,
           "the file has no column 'period'");
    refuse("entity,period,period\n", row, UP_BAD_DATA, FILE_OF, 1,
           "columns 2 and 3 are both named 'period'");
    refuse("", row, UP_BAD_DATA, FILE_OF, 1,
           "the file has no header (wanted a line of column names)");
    write_tracker(mirrored, HEADER);
    up_store *store = open_tracker();
    up_batch batch = {0};
    FAIL_WITH(up_store_merge(store, "ai-users", &batch, NULL, NULL, NULL, err), UP_USAGE,
              "", 0, "no change was begun");
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_merge(store, "ai-user", &batch, NULL, NULL, NULL, err), UP_USAGE,
              "", 0, "unknown metric 'ai-user'; did you mean 'ai-users'?");
    up_store_free(store);
}

static int write_too_much(const char *folder)
{
    (void)folder;
    const struct rlimit limit = {4096, 4096};
    up_error err = {0};
    up_batch batch = {0};
    up_store *store = NULL;
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
        up_store_open(root, &store, &err) != UP_OK ||
        up_store_begin(store, &err) != UP_OK)
        return 1;
    for (int i = 0; i < 1000; i++) {
        char period[8];
        snprintf(period, sizeof period, "%d", 1000 + i);
        const cells row = {"A", period, "123456789", "", ""};
        up_observation o = observation_of(&row);
        if (up_batch_add_observation(&batch, &o, &err) != UP_OK)
            return 2;
        up_observation_release(&o);
    }
    if (up_store_merge(store, "ai-users", &batch, NULL, NULL, NULL, &err) != UP_OK)
        return 3;
    for (int i = 0; i < 2; i++) /* and tried again */
        if (up_store_commit(store, &err) != UP_SYSTEM ||
            strcmp(err.message, "cannot write: File too large") != 0 ||
            strcmp(err.source, FILE_OF) != 0)
            return 4;
    up_store_free(store);
    up_batch_release(&batch);
    return 0;
}

static void a_full_disk_leaves_the_file_as_it_was(void **state)
{
    (void)state;
    write_tracker(mirrored, HEADER "A,2020,1,,\n");
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(write_too_much(root));
    int code = 0;
    assert_int_equal(waitpid(pid, &code, 0), pid);
    assert_int_equal(code, 0);
    scratch_assert_text(series, "ai-users.csv", HEADER "A,2020,1,,\n");
    assert_int_equal(scratch_count(series), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(rows_of_a_new_metric_are_sorted_within_their_entities),
        IN_ROOT(each_row_goes_after_its_entitys_last_earlier_period),
        IN_ROOT(each_row_goes_where_adding_it_alone_would_put_it),
        IN_ROOT(everything_else_stays_byte_for_byte),
        IN_ROOT(rows_at_the_end_stand_before_blank_lines),
        IN_ROOT(what_the_source_said_last_is_unchanged),
        IN_ROOT(a_later_word_that_differs_is_a_revision),
        IN_ROOT(rows_of_the_batch_are_taken_in_the_order_of_their_days),
        IN_ROOT(merging_again_changes_nothing),
        IN_ROOT(an_empty_batch_is_merged_into_anything),
        IN_ROOT(conflicts_are_told_each_and_nothing_is_staged),
        IN_ROOT(conflicts_may_be_left_out),
        IN_ROOT(what_a_figure_says_is_value_range_qualifier_and_status),
        IN_ROOT(any_merge_is_as_the_plain_model_has_it),
        IN_ROOT(a_merge_stands_among_other_changes_of_its_file),
        IN_ROOT(what_cannot_be_merged_is_refused),
        IN_ROOT(a_full_disk_leaves_the_file_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
