/* series/projections.csv: the projections that were kept. */
#include "store/folder.h"

#include "uptick/check.h"

#define HEADER  "id,metric,entity,made,as_of,model,options,seed,period,quantile,value\n"
#define FILE_OF "series/projections.csv"

static const char descriptor[] = "{\n"
                                 "  \"resources\": [\n"
                                 "    {\n"
                                 "      \"name\": \"ai-users\",\n"
                                 "      \"path\": \"ai-users.csv\",\n"
                                 "      \"uptick\": {\n"
                                 "        \"fiscal_year_end\": \"06\"\n"
                                 "      }\n"
                                 "    },\n"
                                 "    {\n"
                                 "      \"name\": \"projections\",\n"
                                 "      \"path\": \"projections.csv\",\n"
                                 "      \"uptick\": {\n"
                                 "        \"role\": \"projections\"\n"
                                 "      }\n"
                                 "    }\n"
                                 "  ]\n"
                                 "}\n";

static char texts[][40] = {"2026-11-24-1", "ai-users",    "China",
                           "linear",       "--from 2020", "7"};

/* Two periods of one projection, the second without a distribution. Borrowed texts. */
static up_kept make_kept(char id[], up_kept_figure figures[3])
{
    static const struct {
        const char *period;
        double quantile, value;
    } rows[] = {{"2027", 0.1, 1.5}, {"2027", 0.9, 1e9}, {"2028", 0, -2}};
    for (size_t i = 0; i < 3; i++) {
        figures[i] = (up_kept_figure){.has_quantile = rows[i].quantile > 0,
                                      .quantile = rows[i].quantile,
                                      .value = rows[i].value};
        SUCCEED(up_period_parse(rows[i].period, NULL, &figures[i].period, err));
    }
    return (up_kept){.id = id,
                     .metric = texts[1],
                     .entity = texts[2],
                     .made = 20781, /* 2026-11-24 */
                     .as_of = 20780,
                     .model = texts[3],
                     .options = texts[4],
                     .seed = texts[5],
                     .figures = figures,
                     .count = 3};
}

#define ROWS(id)                                                                         \
    id ",ai-users,China,2026-11-24,2026-11-23,linear,--from 2020,7,2027,0.1,1.5\n" id    \
       ",ai-users,China,2026-11-24,2026-11-23,linear,--from 2020,7,2027,0.9,"            \
       "1000000000\n" id                                                                 \
       ",ai-users,China,2026-11-24,2026-11-23,linear,--from 2020,7,2028,,-2\n"

static void keep(up_store *store, char id[])
{
    up_kept_figure figures[3];
    up_kept kept = make_kept(id, figures);
    SUCCEED(up_store_add_projections(store, &kept, 1, err));
}

/* The descriptor's last field of that name has that type. */
static void assert_field(const char *descriptor_text, const char *name, const char *type)
{
    char quoted[40], wanted[40];
    snprintf(quoted, sizeof quoted, "\"name\": \"%s\"", name);
    snprintf(wanted, sizeof wanted, "\"type\": \"%s\"", type);
    const char *at = strstr(descriptor_text, quoted);
    assert_non_null(at);
    at = strstr(at, "\"type\"");
    assert_memory_equal(at, wanted, strlen(wanted));
}

static void a_kept_projection_is_written_and_read_again(void **state)
{
    (void)state;
    write_tracker(one_metric, COLUMNS);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    keep(store, texts[0]);
    SUCCEED(up_store_commit(store, err));
    scratch_assert_text(series, "projections.csv", HEADER ROWS("2026-11-24-1"));
    SUCCEED(up_store_load_projections(store, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->kept_count, 1);
    const up_kept *kept = &t->kept[0];
    assert_string_equal(kept->id, "2026-11-24-1");
    assert_string_equal(kept->metric, "ai-users");
    assert_string_equal(kept->entity, "China");
    assert_string_equal(kept->model, "linear");
    assert_string_equal(kept->options, "--from 2020");
    assert_string_equal(kept->seed, "7");
    assert_int_equal(kept->made, 20781);
    assert_int_equal(kept->as_of, 20780);
    assert_int_equal(kept->count, 3);
    assert_true(kept->figures[1].has_quantile && !kept->figures[2].has_quantile);
    assert_true(kept->figures[1].quantile == 0.9 && kept->figures[1].value == 1e9);
    assert_int_equal(kept->figures[2].line, 4);
    up_store_free(store);
    char *text = scratch_read(series, "datapackage.json");
    assert_non_null(strstr(text, "\"role\": \"projections\""));
    assert_field(text, "made", "date");
    assert_field(text, "as_of", "date");
    assert_field(text, "quantile", "number");
    assert_field(text, "id", "string");
    free(text);
}

static void an_id_is_taken_once_and_columns_of_ones_own_stay(void **state)
{
    (void)state;
    static const char before[] =
        "value,note,id,metric,made,as_of,period,quantile,entity,model,options,seed\n"
        "1,mine,a,ai-users,2026-01-02,2026-01-01,FY2027,0.5,,,,\n";
    write_tracker(descriptor, COLUMNS);
    scratch_write(series, "projections.csv", before);
    up_store *store = open_tracker();
    up_kept_figure figures[3];
    char other[] = "a";
    up_kept twice[2] = {make_kept(other, figures), make_kept(texts[0], figures)};
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_add_projections(store, twice, 1, err), UP_USAGE, FILE_OF, 2,
              "there is a projection 'a' already");
    twice[0].id = texts[0];
    FAIL_WITH(up_store_add_projections(store, twice, 2, err), UP_USAGE, "", 0,
              "two projections are called '2026-11-24-1'");
    keep(store, texts[0]);
    SUCCEED(up_store_commit(store, err));
    char *text = scratch_read(series, "projections.csv");
    assert_memory_equal(text, before, sizeof before - 1);
    assert_string_equal(
        text + sizeof before - 1,
        "1.5,,2026-11-24-1,ai-users,2026-11-24,2026-11-23,2027,0.1,China,"
        "linear,--from 2020,7\n"
        "1000000000,,2026-11-24-1,ai-users,2026-11-24,2026-11-23,2027,0.9,"
        "China,linear,--from 2020,7\n"
        "-2,,2026-11-24-1,ai-users,2026-11-24,2026-11-23,2028,,China,"
        "linear,--from 2020,7\n");
    free(text);
    SUCCEED(up_store_load_projections(store, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->kept_count, 2);
    char period[UP_PERIOD_SIZE];
    up_period_format(&t->kept[0].figures[0].period, period);
    assert_string_equal(period, "2026-07/2027-06"); /* the metric's fiscal year */
    up_store_free(store);
}

static void projections_of_an_unknown_metric_are_not_kept(void **state)
{
    (void)state;
    write_tracker(one_metric, COLUMNS);
    up_store *store = open_tracker();
    up_kept_figure figures[3];
    char name[] = "ai-user";
    up_kept kept = make_kept(texts[0], figures);
    kept.metric = name;
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_add_projections(store, &kept, 1, err), UP_USAGE, "", 0,
              "unknown metric 'ai-user'; did you mean 'ai-users'?");
    up_store_free(store);
}

static void what_cannot_be_read_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *row, *message;
    } cases[] = {
        {"a,gdp,,2026-01-02,2026-01-01,m,,,2027,0.5,1",
         "metric 'gdp' is not in this tracker"},
        {",ai-users,,2026-01-02,2026-01-01,m,,,2027,0.5,1",
         "id is empty (wanted a name for it)"},
        {"a,ai-users,,,2026-01-01,m,,,2027,0.5,1", "made is empty (wanted a day)"},
        {"a,ai-users,,2026-01-02,,m,,,2027,0.5,1", "as_of is empty (wanted a day)"},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,20x7,0.5,1", NULL},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,2027/..,0.5,1",
         "period '2027/..' has no end"},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,2027,1,1",
         "quantile '1' does not lie between 0 and 1"},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,2027,0,1",
         "quantile '0' does not lie between 0 and 1"},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,2027,half,1", NULL},
        {"a,ai-users,,2026-01-02,2026-01-01,m,,,2027,0.5,", NULL},
        {"b,ai-users,,2026-01-03,2026-01-01,m,,,2027,0.6,1",
         "id 'b' is that of another projection (line 2)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        up_error found = {0};
        snprintf(text, sizeof text,
                 HEADER "b,ai-users,,2026-01-02,2026-01-01,m,,,2027,0.5,1\n%s\n",
                 cases[i].row);
        write_tracker(descriptor, COLUMNS);
        scratch_write(series, "projections.csv", text);
        up_store *store = open_tracker();
        assert_int_equal(up_store_load_projections(store, NULL, &found), UP_BAD_DATA);
        assert_string_equal(found.source, FILE_OF);
        assert_int_equal(found.line, 3);
        if (cases[i].message != NULL)
            assert_string_equal(found.message, cases[i].message);
        assert_int_equal(up_store_tracker(store)->kept_count, 0);
        /* who does not ask for them does not mind */
        SUCCEED(up_store_load_tables(store, NULL, err));
        up_store_free(store);
    }
}

static void quantiles_that_do_not_ascend_are_found(void **state)
{
    (void)state;
#define ROW(period, quantile, value)                                                     \
    "a,ai-users,,2026-01-01,2026-01-02,m,,," period "," quantile "," value "\n"
    write_tracker(descriptor, COLUMNS);
    scratch_write(series, "projections.csv",
                  HEADER ROW("2027", "0.9", "9") ROW("2027", "0.5", "5")
                      ROW("2027", "0.1", "6") ROW("2028", "0.1", "1")
                          ROW("2028", "0.1", "1") ROW("2029", "", "1")
                              ROW("2029", "0.5", "1"));
    up_store *store = open_tracker();
    up_remarks remarks = {0};
    SUCCEED(up_store_load_projections(store, NULL, err));
    up_check_projections(up_store_tracker(store), &remarks);
    static const struct {
        size_t line;
        const char *message;
    } wanted[] = {
        {2, "as_of is later than made: it cannot have known these figures"},
        {3, "quantile 0.5 lies below quantile 0.1 of the same period (line 4)"},
        {6, "quantile 0.1 of this period stands in line 5 already"},
        {8, "a point without quantile (line 7) is all that is said of a period, or there "
            "is none"}};
    assert_int_equal(remarks.count, 4);
    assert_int_equal(remarks.errors, 3);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(remarks.items[i].source, FILE_OF);
        assert_int_equal(remarks.items[i].line, wanted[i].line);
        assert_string_equal(remarks.items[i].message, wanted[i].message);
    }
    up_remarks_release(&remarks);
    up_store_free(store);
}

static void kept_projections_follow_a_metric_and_an_entity(void **state)
{
    (void)state;
    write_tracker(descriptor, COLUMNS "China,2020,1,,,,,,,,,\n");
    scratch_write(series, "projections.csv",
                  HEADER ROWS("a") "b,ai-users,CHN,2026-01-02,2026-01-01,m,,,2027,,1\n");
    up_store *store = open_tracker();
    up_relabelled counts = {0};
    SUCCEED(up_store_begin(store, err));
    SUCCEED(up_store_merge_entity(store, "China", "CHN", &counts, NULL, err));
    assert_int_equal(counts.projections, 1);
    SUCCEED(up_store_rename_metric(store, "ai-users", "users", err));
    SUCCEED(up_store_commit(store, err));
    SUCCEED(up_store_load_projections(store, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->kept_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(t->kept[i].metric, "users");
        assert_string_equal(t->kept[i].entity, "China");
    }
    SUCCEED(up_store_begin(store, err));
    FAIL_WITH(up_store_remove_metric(store, "users", err), UP_USAGE, FILE_OF, 2,
              "names 'users', and so do 3 more; take these rows out first: uptick score "
              "--remove a b");
    up_store_free(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(a_kept_projection_is_written_and_read_again),
        IN_ROOT(an_id_is_taken_once_and_columns_of_ones_own_stay),
        IN_ROOT(projections_of_an_unknown_metric_are_not_kept),
        IN_ROOT(what_cannot_be_read_is_named_with_its_line),
        IN_ROOT(quantiles_that_do_not_ascend_are_found),
        IN_ROOT(kept_projections_follow_a_metric_and_an_entity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
