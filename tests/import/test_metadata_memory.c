/* What happens when memory runs out while metadata are read: each allocation fails once.
 * Linked with --wrap for malloc, calloc and realloc, so only our own allocations fail. */
#include "failing_memory.h"
#include "metadata_check.h"

#include "import/csvw.h"
#include "text/json_file.h"
#include "uptick/file.h"

/* A remark that is lost for want of memory is counted as lost; all else is an error. */
static bool is_told(up_status status, const up_remarks *remarks, const up_error *err)
{
    return status == UP_OK
               ? remarks->failed
               : status == UP_SYSTEM && strcmp(err->message, "out of memory") == 0;
}

static void find_fails_well(const char *data)
{
    bool reached = true;
    long untold = 0;
    for (long nth = 1; reached; nth++) {
        up_metadata metadata = {0};
        up_remarks remarks = {0};
        up_error err = {0};
        let_fail(nth, false);
        up_status status = up_metadata_find(data, NULL, &metadata, &remarks, &err);
        reached = let_succeed();
        assert_true(status == UP_OK || status == UP_SYSTEM);
        untold += reached && !is_told(status, &remarks, &err);
        if (!reached)
            assert_int_equal(metadata.table_count, 1);
        if (status != UP_OK)
            assert_null(metadata.path);
        up_metadata_release(&metadata);
        up_remarks_release(&remarks);
    }
    assert_int_equal(untold, 0);
}

static void finding_metadata_survives_want_of_memory(void **state)
{
    (void)state;
    find_fails_well("tests/data/csvw/camborne/cambornedata-snippet.csv");
    find_fails_well("tests/data/csvw/tests/test011/tree-ops.csv");
    find_fails_well("tests/data/package/gdp/data/gdp.csv");
    find_fails_well(
        "tests/data/package/COVID-2019 - Hospital & ICU/COVID-2019 - Hospital & ICU.csv");
}

static up_status read_table(const char *folder, const char *metadata, const char *table,
                            up_remarks *remarks, up_error *err)
{
    char path[SCRATCH_PATH], data_path[SCRATCH_PATH];
    json_t *root = NULL;
    csvw_group group = {0};
    csvw_rows rows = {0};
    char *data = NULL;
    size_t length = 0;
    scratch_path(path, folder, metadata);
    scratch_path(data_path, folder, table);
    up_status status = up_json_read(path, &root, err);
    if (status == UP_OK)
        status = up_csvw_read(root, path, &group, remarks, err);
    if (status == UP_OK)
        status = up_file_read(data_path, &data, &length, err);
    if (status == UP_OK)
        status = up_csvw_read_rows(&group, 0, data, length, table, &rows, remarks, err);
    if (status == UP_OK && group.table_count == 1)
        status = up_csvw_check_references(&group, &rows, &table, remarks, err);
    up_csvw_rows_release(&rows);
    up_csvw_release(&group);
    json_decref(root);
    free(data);
    return status;
}

static void reading_tables_survives_want_of_memory(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"tests/data/csvw/tests/test037", "tree-ops-ext.csv-metadata.json",
         "tree-ops-ext.csv"},
        {"tests/data/csvw/tests", "test233-metadata.json", "test233.csv"},
        {"tests/data/csvw/tests", "test193-metadata.json", "test193.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool reached = true;
        for (long nth = 1; reached; nth++) {
            up_remarks remarks = {0};
            up_error err = {0};
            let_fail(nth, false);
            up_status status =
                read_table(cases[i][0], cases[i][1], cases[i][2], &remarks, &err);
            reached = let_succeed();
            if (reached && !is_told(status, &remarks, &err))
                fail_msg("%s: allocation %ld: status %d: %s", cases[i][1], nth,
                         (int)status, err.message);
            assert_true(reached || status == UP_OK);
            up_remarks_release(&remarks);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finding_metadata_survives_want_of_memory),
        cmocka_unit_test(reading_tables_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
