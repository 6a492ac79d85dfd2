#include "metadata_check.h"

#include "csv2json.h"
#include "import/csvw.h"
#include "text/json_file.h"
#include "import/metadata_build.h"
#include "uptick/csv.h"
#include "uptick/file.h"

#define SUITE     "tests/data/csvw/tests"
#define CAMBORNE  "tests/data/csvw/camborne/"
#define SUITE_URL "http://www.w3.org/2013/csvw/tests/"

/* --- The cases of the W3C ----------------------------------------------------------- */

/* One line of the manifest, and what comes of its files. */
typedef struct w3c_case {
    const char *id, *type, *action, *metadata, *result;
    bool minimal;
    csvw_group group;
    csvw_rows *rows;
    char **urls, **files;
    up_remarks remarks;
    up_error err;
    up_status status;
} w3c_case;

static void read_group(w3c_case *c, const char *metadata)
{
    json_t *root = NULL;
    char path[SCRATCH_PATH];
    if (metadata[0] == '\0') {
        c->status = up_csvw_undescribed(
            strrchr(c->action, '/') != NULL ? strrchr(c->action, '/') + 1 : c->action,
            &c->group, &c->err);
        return;
    }
    scratch_path(path, SUITE, metadata);
    c->status = up_json_read(path, &root, &c->err);
    if (c->status == UP_OK)
        c->status = up_csvw_read(root, path, &c->group, &c->remarks, &c->err);
    json_decref(root);
}

/* Where each table is: its address, and the file that stands for it here. */
static void place_tables(w3c_case *c, const char *metadata)
{
    char *at = csv2json_resolve(SUITE_URL, metadata[0] != '\0' ? metadata : c->action);
    char *base = csv2json_resolve(at, c->group.base);
    c->urls = calloc(c->group.table_count, sizeof *c->urls);
    c->files = calloc(c->group.table_count, sizeof *c->files);
    assert_true(c->urls != NULL && c->files != NULL);
    for (size_t i = 0; i < c->group.table_count; i++) {
        c->urls[i] = csv2json_resolve(base, c->group.tables[i].url);
        assert_int_equal(strncmp(c->urls[i], SUITE_URL, strlen(SUITE_URL)), 0);
        c->files[i] = malloc(SCRATCH_PATH);
        assert_non_null(c->files[i]);
        scratch_path(c->files[i], SUITE, c->urls[i] + strlen(SUITE_URL));
    }
    free(at);
    free(base);
}

static void read_tables(w3c_case *c)
{
    c->rows = calloc(c->group.table_count, sizeof *c->rows);
    assert_non_null(c->rows);
    for (size_t i = 0; i < c->group.table_count && c->status == UP_OK; i++) {
        char *data = NULL;
        size_t length = 0;
        c->status = up_file_read(c->files[i], &data, &length, &c->err);
        if (c->status == UP_OK)
            c->status = up_csvw_read_rows(&c->group, i, data, length, c->files[i],
                                          &c->rows[i], &c->remarks, &c->err);
        free(data);
    }
    if (c->status == UP_OK)
        c->status = up_csvw_check_references(
            &c->group, c->rows, (const char *const *)c->files, &c->remarks, &c->err);
}

/* The metadata of a case: what it names, its action, or what is found beside the
 * action. */
static void find_metadata(const w3c_case *c, char out[SCRATCH_PATH])
{
    char data[SCRATCH_PATH];
    const char *end = strrchr(c->action, '.');
    scratch_path(data, SUITE, c->action);
    snprintf(out, SCRATCH_PATH, "%s", c->metadata);
    if (out[0] != '\0')
        return;
    if (strcmp(end, ".json") == 0) {
        snprintf(out, SCRATCH_PATH, "%s", c->action);
        return;
    }
    /* The suite's server says in /.well-known/csvm where else to look. */
    if (strcmp(c->id, "test259") == 0) {
        snprintf(out, SCRATCH_PATH, "test259/csvm.json");
        return;
    }
    up_metadata found = {0};
    assert_int_equal(up_metadata_find(data, NULL, &found, NULL, NULL), UP_OK);
    if (found.path != NULL)
        snprintf(out, SCRATCH_PATH, "%s", found.path + strlen(SUITE) + 1);
    up_metadata_release(&found);
}

static void run_case(w3c_case *c)
{
    char metadata[SCRATCH_PATH];
    find_metadata(c, metadata);
    read_group(c, metadata);
    if (c->status != UP_OK)
        return;
    place_tables(c, metadata);
    read_tables(c);
}

static void release_case(w3c_case *c)
{
    for (size_t i = 0; i < c->group.table_count; i++) {
        if (c->rows != NULL)
            up_csvw_rows_release(&c->rows[i]);
        if (c->urls != NULL)
            free(c->urls[i]);
        if (c->files != NULL)
            free(c->files[i]);
    }
    free(c->rows);
    free(c->urls);
    free(c->files);
    up_csvw_release(&c->group);
    up_remarks_release(&c->remarks);
}

static bool gives_json(const w3c_case *c)
{
    char path[SCRATCH_PATH];
    json_t *wanted = NULL;
    scratch_path(path, SUITE, c->result);
    assert_int_equal(up_json_read(path, &wanted, NULL), UP_OK);
    json_t *found = csv2json(&c->group, c->rows, c->urls, c->minimal);
    bool equal = csv2json_equal(found, wanted);
    if (!equal) {
        char *text = json_dumps(found, JSON_INDENT(1));
        print_message("%s gives %s\n", c->id, text);
        free(text);
    }
    json_decref(found);
    json_decref(wanted);
    return equal;
}

/* NULL, or why a case does not come out as it should. */
static const char *judge(const w3c_case *c)
{
    bool failed = c->status != UP_OK || c->remarks.errors > 0;
    if (strncmp(c->type, "Negative", 8) == 0)
        return failed ? NULL : "no error";
    if (c->status != UP_OK)
        return c->err.message;
    if (strcmp(c->type, "ToJsonTestWithWarnings") == 0)
        return c->remarks.count == 0 ? "no warning"
               : gives_json(c)       ? NULL
                                     : "another JSON";
    if (failed)
        return "an error";
    if (strcmp(c->type, "WarningValidationTest") == 0)
        return c->remarks.count > 0 ? NULL : "no warning";
    if (strcmp(c->type, "ToJsonTest") == 0)
        return gives_json(c) ? NULL : "another JSON";
    return NULL;
}

/* id, suite, type, action, metadata, result, noProv, minimal, name, comment */
static void load_case(const up_csv *manifest, size_t line, w3c_case *c)
{
    *c = (w3c_case){.id = up_csv_field(manifest, line, 0),
                    .type = up_csv_field(manifest, line, 2),
                    .action = up_csv_field(manifest, line, 3),
                    .metadata = up_csv_field(manifest, line, 4),
                    .result = up_csv_field(manifest, line, 5)};
    c->minimal = up_csv_field(manifest, line, 7)[0] != '\0';
}

static void the_cases_of_the_w3c_come_out_as_they_should(void **state)
{
    (void)state;
    char *data;
    size_t length, failures = 0;
    up_csv manifest = {0};
    up_csv_options options = {.delimiter = '\t', .ragged = true, .loose_quotes = true};
    assert_int_equal(up_file_read(SUITE "/MANIFEST.tsv", &data, &length, NULL), UP_OK);
    assert_int_equal(
        up_csv_read(&manifest, data, length, "MANIFEST.tsv", &options, NULL, NULL),
        UP_OK);
    assert_int_equal(manifest.count, 158);
    for (size_t i = 1; i < manifest.count; i++) {
        w3c_case c;
        load_case(&manifest, i, &c);
        run_case(&c);
        const char *wrong = judge(&c);
        if (wrong != NULL) {
            char *text = remarks_text(&c.remarks);
            print_message("%s (%s): %s\n%s", c.id, c.type, wrong, text);
            free(text);
            failures++;
        }
        release_case(&c);
    }
    up_csv_release(&manifest);
    free(data);
    assert_int_equal(failures, 0);
}

/* --- Camborne ----------------------------------------------------------------------- */

static void the_weather_of_camborne_has_five_measures(void **state)
{
    (void)state;
    static const struct {
        const char *name, *title, *unit;
        up_metadata_role role;
        const char *about; /* the column a status or remark is of */
    } wanted[] = {
        {"year", "yyyy", "", UP_ROLE_PERIOD, NULL},
        {"month", "mm", "", UP_ROLE_PERIOD, NULL},
        {"tmax", "Maximum temperature", "°C", UP_ROLE_MEASURE, NULL},
        {"tmax_obsStatus", "", "", UP_ROLE_STATUS, "tmax"},
        {"tmin", "Minimum temperature", "°C", UP_ROLE_MEASURE, NULL},
        {"tmin_obsStatus", "", "", UP_ROLE_STATUS, "tmin"},
        {"af", "Air frost days", "days", UP_ROLE_MEASURE, NULL},
        {"af_obsStatus", "", "", UP_ROLE_STATUS, "af"},
        {"rain", "Rainfall accumulation", "mm", UP_ROLE_MEASURE, NULL},
        {"rain_obsStatus", "", "", UP_ROLE_STATUS, "rain"},
        {"sun", "Sunshine duration", "hours", UP_ROLE_MEASURE, NULL},
        {"sun_alternative_instrument", "", "", UP_ROLE_REMARK, "sun"},
        {"obsStatus", "", "", UP_ROLE_STATUS, NULL},
        {"dataset_ref", "", "", UP_ROLE_UNSTATED, NULL},
    };
    const char *data = CAMBORNE "cambornedata-snippet.csv";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    up_error err = {0};
    assert_int_equal(up_metadata_find(data, NULL, &metadata, &remarks, &err), UP_OK);
    assert_remarks(&remarks, "");
    assert_int_equal(metadata.kind, UP_METADATA_CSVW);
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    assert_non_null(table);
    assert_int_equal(table->column_count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < table->column_count; i++) {
        const up_metadata_column *column = &table->columns[i];
        assert_string_equal(column->name, wanted[i].name);
        assert_string_equal(column->title, wanted[i].title);
        assert_string_equal(column->unit, wanted[i].unit);
        assert_int_equal(column->role, wanted[i].role);
        if (wanted[i].about == NULL)
            assert_true(column->status_of == UP_METADATA_ROW);
        else
            assert_string_equal(table->columns[column->status_of].name, wanted[i].about);
    }
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

static void the_weather_of_camborne_is_read(void **state)
{
    (void)state;
    const char *data = CAMBORNE "cambornedata-snippet.csv";
    up_metadata metadata = {0};
    assert_int_equal(up_metadata_find(data, NULL, &metadata, NULL, NULL), UP_OK);
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    assert_string_equal(table->title, "Camborne data");
    assert_string_equal(table->description,
                        "Historical observation weather data for Camborne");
    assert_true(table->dialect.has_preamble && table->dialect.has_headers);
    assert_int_equal(table->dialect.preamble, 5);
    assert_int_equal(table->dialect.headers, 2);
    assert_int_equal(table->period_count, 2);
    assert_int_equal(table->period[0], 0);
    assert_int_equal(table->period[1], 1);
    assert_string_equal(table->sources[0].title, "Met Office");
    assert_string_equal(table->sources[0].url, "http://www.metoffice.gov.uk");
    assert_string_equal(
        table->licences[0].url,
        "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/");
    assert_int_equal(memcmp(table->notes[0], "The first five rows ", 20), 0);
    const up_metadata_column *sun = column_called(table, "sun");
    assert_string_equal(cell(sun, "---"), "(missing)");
    assert_string_equal(cell(sun, "154.9"), "154.9");
    assert_string_equal(cell(column_called(table, "month"), "09"), "9");
    assert_string_equal(
        cell(column_called(table, "af"), "-1"),
        "!'-1' is not of type nonNegativeInteger: too small for the type");
    const up_metadata_column *flag = column_called(table, "tmax_obsStatus");
    assert_int_equal(up_metadata_status(flag, "*"), 'E');
    assert_int_equal(up_metadata_status(flag, ""), 0);
    const up_metadata_column *row = column_called(table, "obsStatus");
    assert_int_equal(up_metadata_status(row, "Provisional"), 'P');
    assert_int_equal(up_metadata_status(row, ""), 'A');
    const up_metadata_column *instrument =
        column_called(table, "sun_alternative_instrument");
    assert_string_equal(cell(instrument, "#"), "true");
    assert_int_equal(up_metadata_status(instrument, "#"), 0);
    up_metadata_release(&metadata);
}

static void the_columns_of_camborne_are_matched_by_place(void **state)
{
    (void)state;
    const char *data = CAMBORNE "cambornedata-snippet.csv";
    /* what a reader has that leaves out columns blank throughout */
    static const char *const headers[] = {"yyyy", "mm", "tmax", "rain", "", "Status"};
    static const size_t origins[] = {0, 1, 2, 8, 12, 13};
    const up_metadata_column *columns[6];
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    assert_int_equal(up_metadata_find(data, NULL, &metadata, NULL, NULL), UP_OK);
    up_metadata_match(up_metadata_table_of(&metadata, data), headers, origins, 6, data,
                      columns, &remarks);
    assert_string_equal(columns[2]->name, "tmax");
    assert_string_equal(columns[3]->name, "rain");
    assert_string_equal(columns[4]->name, "obsStatus");
    assert_null(columns[5]);
    assert_remarks(&remarks,
                   "warning: column 14 'Status' is not in the metadata\n"
                   "warning: the metadata have a column 'tmin' that the file lacks\n"
                   "warning: the metadata have a column 'af' that the file lacks\n"
                   "warning: the metadata have a column 'sun' that the file lacks\n");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

/* --- Descriptions ------------------------------------------------------------------- */

typedef struct description {
    char folder[SCRATCH_PATH], path[SCRATCH_PATH], data[SCRATCH_PATH];
    up_metadata metadata;
    up_remarks remarks;
    up_error err;
    up_status status;
} description;

/* ' stands for " in text. */
static void describe(description *d, const char *name, const char *text)
{
    char *quoted = strdup(text);
    assert_non_null(quoted);
    for (char *at = quoted; (at = strchr(at, '\'')) != NULL;)
        *at = '"';
    *d = (description){0};
    scratch_make(d->folder);
    scratch_write(d->folder, name, quoted);
    scratch_write(d->folder, "data.csv", "a\n1\n");
    scratch_path(d->path, d->folder, name);
    scratch_path(d->data, d->folder, "data.csv");
    d->status = up_metadata_open(d->path, &d->metadata, &d->remarks, &d->err);
    free(quoted);
}

static void close_description(description *d)
{
    up_metadata_release(&d->metadata);
    up_remarks_release(&d->remarks);
    scratch_remove(d->folder);
}

#define CONTEXT "'@context': 'http://www.w3.org/ns/csvw'"

static void metadata_are_found_by_their_names(void **state)
{
    (void)state;
    static const char *const names[] = {"data.csv-metadata.json", "data-metadata.json",
                                        "csv-metadata.json"};
    for (size_t i = 0; i < 3; i++) {
        description d;
        up_metadata found = {0};
        describe(&d, names[i], "{" CONTEXT ", 'url': 'data.csv'}");
        assert_true(up_metadata_is_file_name(names[i]));
        assert_int_equal(up_metadata_find(d.data, NULL, &found, NULL, NULL), UP_OK);
        assert_string_equal(found.path, d.path);
        up_metadata_release(&found);
        close_description(&d);
    }
}

static void metadata_of_another_file_are_not_used(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        bool remarked;
    } cases[] = {
        {"csv-metadata.json", "{" CONTEXT ", 'url': 'other.csv'}", false},
        {"data-metadata.json", "{" CONTEXT ", 'url': 'other.csv'}", true},
        {"data-metadata.json", "{'something': 'else'}", true},
        {"data-metadata.json", "[]", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        description d;
        up_metadata found = {0};
        up_remarks remarks = {0};
        describe(&d, cases[i].name, cases[i].text);
        assert_int_equal(up_metadata_find(d.data, NULL, &found, &remarks, NULL), UP_OK);
        assert_int_equal(found.kind, UP_METADATA_NONE);
        assert_int_equal(remarks.count, cases[i].remarked ? 1 : 0);
        if (cases[i].remarked)
            assert_non_null(strstr(remarks.items[0].message, "it says nothing about "));
        up_remarks_release(&remarks);
        close_description(&d);
    }
}

static void the_base_of_the_context_leads_to_the_file(void **state)
{
    (void)state;
    description d;
    describe(&d, "x-metadata.json",
             "{'@context': ['http://www.w3.org/ns/csvw', {'@base': 'sub/'}],"
             "'url': 'data.csv'}");
    assert_int_equal(d.status, UP_OK);
    assert_string_equal(d.metadata.tables[0].stated_path, "sub/data.csv");
    close_description(&d);
    describe(&d, "x-metadata.json",
             "{'@context': ['http://www.w3.org/ns/csvw', {'@base': '../'}],"
             "'url': 'data.csv'}");
    assert_int_equal(d.status, UP_OK);
    assert_string_equal(d.metadata.tables[0].path, "");
    assert_remarks(&d.remarks,
                   "warning: '../data.csv' is not followed: a path out of the "
                   "folder of the metadata\n");
    close_description(&d);
}

static void the_dialect_marks_and_units_are_taken(void **state)
{
    (void)state;
    description d;
    describe(&d, "x-metadata.json",
             "{" CONTEXT ", 'url': 'data.csv', 'dc:title': {'@value': 'T'},"
             "'dc:license': 'http://example.org/l', 'dc:source': ['A', 'http://b.org'],"
             "'dialect': {'delimiter': ';', 'quoteChar': '|', 'commentPrefix': '#',"
             "'encoding': 'latin1', 'skipInitialSpace': true, 'header': false,"
             "'skipColumns': 1}, 'tableSchema': {'null': ['-', ''], 'columns': ["
             "{'name': 'a', 'titles': {'de': 'Eins', 'und': 'One'}, 'datatype': {'base':"
             "'decimal', 'format': {'pattern': '#.##0,00', 'decimalChar': ',',"
             "'groupChar': '.'}}, 'schema:unitText': 'people'},"
             "{'name': 'b', 'datatype': {'base': 'date', 'format': 'd.M.yyyy'},"
             "'qudt:unit': {'@id': 'http://qudt.org/vocab/unit#KilometerPerHour'}}]}}");
    assert_int_equal(d.status, UP_OK);
    assert_remarks(&d.remarks, "");
    const up_metadata_table *table = &d.metadata.tables[0];
    assert_string_equal(table->title, "T");
    assert_string_equal(table->encoding, "latin1");
    assert_int_equal(table->dialect.delimiter, ';');
    assert_int_equal(table->dialect.quote, '|');
    assert_int_equal(table->dialect.comment, '#');
    assert_true(table->dialect.has_headers && !table->dialect.has_preamble);
    assert_int_equal(table->dialect.headers, 0);
    assert_int_equal(table->skip_columns, 1);
    assert_string_equal(table->licences[0].url, "http://example.org/l");
    assert_int_equal(table->source_count, 2);
    assert_string_equal(table->sources[0].title, "A");
    assert_string_equal(table->sources[1].url, "http://b.org");
    const up_metadata_column *a = &table->columns[0];
    assert_int_equal(a->decimal, ',');
    assert_int_equal(a->grouping, '.');
    assert_string_equal(a->unit, "people");
    assert_string_equal(a->title, "Eins");
    assert_string_equal(cell(a, "1.234,50"), "1234.50");
    assert_string_equal(cell(a, "-"), "(missing)");
    assert_string_equal(cell(a, "1234,50"),
                        "!'1234,50' is not of type decimal with the format '#.##0,00': "
                        "thousands marks are not where the pattern has them");
    assert_string_equal(table->columns[1].unit, "kilometer per hour");
    assert_string_equal(cell(&table->columns[1], "3.4.2025"), "2025-04-03");
    close_description(&d);
}

static void what_breaks_a_description_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"{" CONTEXT "}", "url is missing (wanted the table's file)"},
        {"{" CONTEXT ", 'tables': 3}", "tables is not a list"},
        {"{" CONTEXT ", 'tables': [3]}", "tables is empty (wanted tables)"},
        {"{" CONTEXT ", 'tables': [{}]}",
         "tables[0].url is missing (wanted the table's file)"},
        {"{'@context': ['http://www.w3.org/ns/csvw', 3], 'url': 'a'}",
         "@context has more than its address and an object"},
        {"{'@context': ['http://www.w3.org/ns/csvw', {'x': 'y'}], 'url': 'a'}",
         "@context.x does not belong there, or is not a text"},
        {"{" CONTEXT ", 'url': 'a', '@type': 'Column'}",
         "@type is not that of the object it stands in"},
        {"{" CONTEXT ", 'url': 'a', '@id': '_:a'}",
         "@id is a blank node, which has no address"},
        {"{" CONTEXT ", 'url': 'a', '@id': 3}", "@id is not a text"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'columns': [{'name': 'a'},"
         "{'name': 'a'}]}}",
         "two columns have the name 'a'"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'columns': [{'virtual': true}, {}]}}",
         "tableSchema.columns[1]: it follows a virtual column (wanted those last)"},
        {"{" CONTEXT ", 'url': 'a', 'datatype': {'base': 'date', 'length': 3},"
         "'tableSchema': {'columns': [{}]}}",
         "tableSchema.columns[0].datatype: values of the type have no length"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'columns': [{'datatype': {'minimum': "
         "3}}]}}",
         "tableSchema.columns[0].datatype: values of the type have no order, so no "
         "limits"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'columns': [{'datatype': {'base': "
         "'integer', 'minimum': 3, 'maximum': 2}}]}}",
         "tableSchema.columns[0].datatype: no cell can fit: its least value is above its "
         "greatest"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'columns': [{'datatype': {'base': "
         "'integer', 'minInclusive': 3, 'minExclusive': 2}}]}}",
         "tableSchema.columns[0].datatype: one limit is stated both with and without "
         "itself"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'foreignKeys': [{}]}}",
         "tableSchema.foreignKeys[0].columnReference is missing"},
        {"{" CONTEXT ", 'url': 'a', 'tableSchema': {'foreignKeys': [{'columnReference': "
         "'x', 'reference': {}}]}}",
         "tableSchema.foreignKeys[0].reference.resource or schemaReference must stand, "
         "one of them"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        description d;
        describe(&d, "x-metadata.json", cases[i].text);
        if (d.status != UP_BAD_DATA)
            fail_msg("%s is read", cases[i].text);
        assert_string_equal(d.err.message, cases[i].wanted);
        assert_string_equal(d.err.source, d.path);
        close_description(&d);
    }
}

static void what_can_be_passed_over_is_a_warning(void **state)
{
    (void)state;
    description d;
    describe(&d, "x-metadata.json",
             "{" CONTEXT ", 'url': 'a', 'null': 3, 'colour': 'red', 'dialect': 'd.json',"
             "'tableSchema': {'primaryKey': 'x', 'columns': [7, {'name': '_a'},"
             "{'datatype': 'money'}, {'datatype': {'base': 'integer', 'format': '['}},"
             "{'datatype': {'format': '(?=a)'}}, {'datatype': {'format': '(a{90}){90}'}},"
             "{'datatype': {'base': 'number', 'minimum': 'low'}}]}}");
    assert_int_equal(d.status, UP_OK);
    assert_remarks(
        &d.remarks,
        "warning: null is a number and is not used (wanted a text or a list of texts)\n"
        "warning: colour is not used: a table has no such property\n"
        "warning: tableSchema.columns[0] is a number and is not used (wanted an object)\n"
        "warning: tableSchema.columns[1].name is '_a' and is not used (wanted letters, "
        "digits and _, not _ in front)\n"
        "warning: tableSchema.columns[2].datatype is 'money' and is not used (wanted a "
        "type "
        "of the standard, or an object)\n"
        "warning: dialect is in another file, which is not read\n"
        "warning: tableSchema.columns[2].datatype: '[' is not a number pattern (wanted "
        "one "
        "such as #,##0.00) (not used)\n"
        "warning: tableSchema.columns[3].datatype: '(?=a)' is not a regular expression "
        "that "
        "can be read: looking ahead or behind is not supported (not used)\n"
        "warning: tableSchema.columns[4].datatype: '(a{90}){90}' is not a regular "
        "expression that can be read: its repetitions are too many (not used)\n"
        "warning: tableSchema.columns[5].datatype: 'low' cannot limit values of type "
        "number: it is not a number (not used)\n"
        "warning: primaryKey: there is no column 'x' (not used)\n"
        "");
    close_description(&d);
}

/* --- Rows --------------------------------------------------------------------------- */

/* Reads data by a description of one table "data.csv"; remarks come with their lines. */
static char *check_rows(const char *schema, const char *data)
{
    char text[1000];
    snprintf(text, sizeof text, "{" CONTEXT ", 'url': 'data.csv', %s}", schema);
    for (char *at = text; (at = strchr(at, '\'')) != NULL;)
        *at = '"';
    json_t *root = NULL;
    csvw_group group = {0};
    csvw_rows rows = {0};
    up_remarks remarks = {0};
    up_error err = {0};
    assert_int_equal(up_json_parse(text, strlen(text), "m.json", &root, &err), UP_OK);
    assert_int_equal(up_csvw_read(root, "m.json", &group, &remarks, &err), UP_OK);
    assert_int_equal(up_csvw_read_rows(&group, 0, data, strlen(data), "data.csv", &rows,
                                       &remarks, &err),
                     UP_OK);
    static const char *const sources[] = {"data.csv"};
    assert_int_equal(up_csvw_check_references(&group, &rows, sources, &remarks, &err),
                     UP_OK);
    up_buffer out = {0};
    for (size_t i = 0; i < remarks.count; i++)
        up_buffer_addf(&out, "%s:%zu: %s\n", remarks.items[i].source,
                       remarks.items[i].line, remarks.items[i].message);
    up_csvw_rows_release(&rows);
    up_csvw_release(&group);
    up_remarks_release(&remarks);
    json_decref(root);
    return csv2json_text(&out);
}

static void rows_that_are_not_as_described_are_remarked_with_their_lines(void **state)
{
    (void)state;
    static const struct {
        const char *schema, *data, *wanted;
    } cases[] = {
        {"'tableSchema': {'columns': [{'titles': 'a'}]}", "a\n1\n", ""},
        {"'tableSchema': {'columns': [{'titles': 'a'}]}", "b\n1\n",
         "data.csv:1: column 1 is 'b', but 'a' in the metadata\n"},
        {"'tableSchema': {'columns': [{'titles': 'a'}]}", "a,b\n1,2\n",
         "data.csv:1: 2 columns, but 1 in the metadata\n"
         "data.csv:2: 2 fields, but 1 columns\n"},
        {"'dialect': {'skipRows': 2}, 'tableSchema': {'columns': [{'titles': 'a',"
         "'datatype': 'integer'}]}",
         "x\n\na\n1\nq\n",
         "data.csv:5: column 'a': 'q' is not of type integer: not digits with the marks "
         "expected\n"},
        {"'tableSchema': {'columns': [{'titles': 'a', 'required': true}]}", "a,\n\"\",\n",
         "data.csv:1: 2 columns, but 1 in the metadata\n"
         "data.csv:2: 2 fields, but 1 columns\n"
         "data.csv:2: column 'a': a value is required\n"},
        {"'dialect': {'commentPrefix': '#', 'delimiter': ';'}, 'tableSchema': "
         "{'columns': "
         "[{'name': 'a'}, {'name': 'b'}], 'primaryKey': ['a', 'b']}",
         "a;b\n1;2\n#;x\n12;\n1;2\n", "data.csv:5: its primary key is that of line 2\n"},
        {"'tableSchema': {'columns': [{'name': 'a'}, {'name': 'b'}], 'foreignKeys': "
         "[{'columnReference': 'b', 'reference': {'resource': './data.csv',"
         "'columnReference': 'a'}}]}",
         "a,b\n1,\n2,1\n3,4\n", "data.csv:4: the row it refers to is not there\n"},
        {"'tableSchema': {'columns': [{'name': 'a', 'separator': ';', 'datatype': "
         "'integer', 'null': 'x'}]}",
         "a\n1;2;x\n1;z\n",
         "data.csv:3: column 'a': 'z' is not of type integer: not digits with the marks "
         "expected\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *found = check_rows(cases[i].schema, cases[i].data);
        assert_string_equal(found, cases[i].wanted);
        free(found);
    }
}

/* --- Bad input ---------------------------------------------------------------------- */

static void each_prefix_of_a_description_is_refused(void **state)
{
    (void)state;
    char *text = scratch_read(CAMBORNE, "cambornedata-snippet.csv-metadata.json");
    assert_non_null(text);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] != '}')
        length--;
    for (size_t cut = 0; cut < length; cut++) {
        up_error err = {0};
        json_t *root = NULL;
        assert_int_equal(up_json_parse(text, cut, "x-metadata.json", &root, &err),
                         UP_BAD_DATA);
        assert_string_equal(err.source, "x-metadata.json");
        assert_true(err.line > 0);
    }
    free(text);
}

/* Every property with every type: read, remarked or refused, and refused with a
 * message. */
static void every_wrong_type_of_every_property_is_met(void **state)
{
    (void)state;
    static const char *const places[] = {
        "'%s': %s",
        "'tableSchema': {'%s': %s, 'columns': [{}, {'name': 'b'}]}",
        "'tableSchema': {'columns': [{'%s': %s}, {'name': 'b'}]}",
        "'tableSchema': {'columns': [{'datatype': {'%s': %s}}]}",
        "'tableSchema': {'columns': [{'datatype': {'base': 'date', '%s': %s}}]}",
        "'tableSchema': {'columns': [{'datatype': {'base': 'number', '%s': %s}}]}",
        "'tableSchema': {'columns': [{'datatype': {'base': 'number', 'format': {'%s': "
        "%s}}}]}",
        "'tableSchema': {'foreignKeys': [{'%s': %s}]}",
        "'tableSchema': {'foreignKeys': [{'columnReference': 'b', 'reference': {'%s': "
        "%s}}], 'columns': [{'name': 'b'}]}",
        "'dialect': {'%s': %s}",
        "'qb:structure': {'qb:component': [{'qb:measure': {'%s': %s}}]}",
        "'notes': [{'%s': %s}]",
    };
    static const char *const properties[] = {"@id",
                                             "@type",
                                             "@context",
                                             "tables",
                                             "url",
                                             "tableSchema",
                                             "dialect",
                                             "notes",
                                             "tableDirection",
                                             "transformations",
                                             "suppressOutput",
                                             "columns",
                                             "foreignKeys",
                                             "primaryKey",
                                             "rowTitles",
                                             "name",
                                             "titles",
                                             "virtual",
                                             "aboutUrl",
                                             "datatype",
                                             "default",
                                             "lang",
                                             "null",
                                             "ordered",
                                             "propertyUrl",
                                             "required",
                                             "separator",
                                             "textDirection",
                                             "valueUrl",
                                             "commentPrefix",
                                             "delimiter",
                                             "doubleQuote",
                                             "encoding",
                                             "header",
                                             "headerRowCount",
                                             "lineTerminators",
                                             "quoteChar",
                                             "skipBlankRows",
                                             "skipColumns",
                                             "skipInitialSpace",
                                             "skipRows",
                                             "trim",
                                             "columnReference",
                                             "reference",
                                             "resource",
                                             "schemaReference",
                                             "base",
                                             "format",
                                             "length",
                                             "minLength",
                                             "maxLength",
                                             "minimum",
                                             "maximum",
                                             "minInclusive",
                                             "maxInclusive",
                                             "minExclusive",
                                             "maxExclusive",
                                             "pattern",
                                             "decimalChar",
                                             "groupChar",
                                             "dc:title",
                                             "dc:description",
                                             "dc:license",
                                             "dc:publisher",
                                             "dc:source",
                                             "dcat:distribution",
                                             "qb:structure",
                                             "schema:unitText",
                                             "oa:hasBody"};
    static const char *const values[] = {"null",
                                         "true",
                                         "-3",
                                         "3",
                                         "1e300",
                                         "99999999999999999999",
                                         "''",
                                         "'%n%s'",
                                         "'b'",
                                         "[]",
                                         "{}",
                                         "[[[]]]",
                                         "[null, 3, '', 'b']",
                                         "{'a': {'b': []}}",
                                         "'../x'"};
    const char *path = "x-metadata.json";
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        for (size_t k = 0; k < sizeof properties / sizeof properties[0]; k++)
            for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
                up_buffer text = {0};
                up_metadata metadata = {0};
                up_error err = {0};
                const char *at = strstr(places[i], "'%s': %s");
                up_buffer_add(&text, "{" CONTEXT ", 'url': 'data.csv', ");
                up_buffer_add_bytes(&text, places[i], (size_t)(at - places[i]));
                up_buffer_addf(&text, "'%s': %s%s}", properties[k], values[v], at + 8);
                for (char *quote = text.data; (quote = strchr(quote, '\'')) != NULL;)
                    *quote = '"';
                json_t *root = NULL;
                up_remarks remarks = {0};
                up_status status =
                    up_json_parse(text.data, text.length, path, &root, &err);
                if (status == UP_OK)
                    status = up_csvw_to_metadata(root, path, &metadata, &remarks, &err);
                if (status != UP_OK && status != UP_BAD_DATA)
                    fail_msg("%s: %s", text.data, err.message);
                assert_true(status == UP_OK || err.message[0] != '\0');
                up_metadata_release(&metadata);
                up_remarks_release(&remarks);
                json_decref(root);
                up_buffer_release(&text);
            }
}

static void large_descriptions_end_in_a_clear_error(void **state)
{
    (void)state;
    static const struct {
        const char *head, *item, *tail, *wanted;
    } cases[] = {
        {"'tables': [", "{'url':'a'},", "]", "tables: more than 1000 tables"},
        {"'url': 'a', 'tableSchema': {'columns': [", "{},", "]}",
         "more than 20000 columns in a table"},
        {"'url': 'a', 'tableSchema': {'columns': [", "7,", "]}", ""},
        {"'url': 'a', 'notes': [", "'x',", "]", ""},
        {"'url': 'a', 'dc:source': [", "'x',", "]", ""},
        {"'url': 'a', 'tableSchema': {'primaryKey': [", "'x',", "]}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = (size_t)(i == 1 ? 10 : 2) << 20;
        char *text = malloc(length + 100);
        assert_non_null(text);
        char *at = stpcpy(stpcpy(text, "{" CONTEXT ", "), cases[i].head);
        while ((size_t)(at - text) + 40 < length)
            at = stpcpy(at, cases[i].item);
        stpcpy(stpcpy(at - 1, cases[i].tail), "}");
        description d;
        describe(&d, "x-metadata.json", text);
        assert_int_equal(d.status, cases[i].wanted[0] != '\0' ? UP_BAD_DATA : UP_OK);
        if (strstr(d.err.message, cases[i].wanted) == NULL)
            fail_msg("%s", d.err.message);
        assert_true(d.remarks.count < 300);
        close_description(&d);
        free(text);
    }
}

/* What is said once and handed on to all must not fill the memory. */
static void a_schema_for_many_tables_is_bounded(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_buffer_add(&text, "{" CONTEXT ", 'tableSchema': {'null': '");
    for (size_t i = 0; i < 10000; i++)
        up_buffer_add_char(&text, 'x');
    up_buffer_add(&text, "', 'datatype': {'base': 'string', 'format': '(a{40}){40}'},"
                         "'columns': [{}");
    for (size_t i = 1; i < 15000; i++)
        up_buffer_add(&text, ",{}");
    up_buffer_add(&text, "]}, 'tables': [{'url': 'a'}");
    for (size_t i = 1; i < 900; i++)
        up_buffer_add(&text, ",{'url': 'a'}");
    up_buffer_add(&text, "]}");
    description d;
    describe(&d, "x-metadata.json", text.data);
    assert_int_equal(d.status, UP_BAD_DATA);
    assert_string_equal(d.err.message, "what it says of its tables is more than 256 MiB");
    assert_string_equal(d.err.source, d.path);
    close_description(&d);
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cases_of_the_w3c_come_out_as_they_should),
        cmocka_unit_test(the_weather_of_camborne_has_five_measures),
        cmocka_unit_test(the_weather_of_camborne_is_read),
        cmocka_unit_test(the_columns_of_camborne_are_matched_by_place),
        cmocka_unit_test(metadata_are_found_by_their_names),
        cmocka_unit_test(metadata_of_another_file_are_not_used),
        cmocka_unit_test(the_base_of_the_context_leads_to_the_file),
        cmocka_unit_test(the_dialect_marks_and_units_are_taken),
        cmocka_unit_test(what_breaks_a_description_is_an_error),
        cmocka_unit_test(what_can_be_passed_over_is_a_warning),
        cmocka_unit_test(rows_that_are_not_as_described_are_remarked_with_their_lines),
        cmocka_unit_test(each_prefix_of_a_description_is_refused),
        cmocka_unit_test(every_wrong_type_of_every_property_is_met),
        cmocka_unit_test(large_descriptions_end_in_a_clear_error),
        cmocka_unit_test(a_schema_for_many_tables_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
