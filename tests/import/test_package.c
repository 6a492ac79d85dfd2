#include "metadata_check.h"

#include "text/json_file.h"

#define PACKAGES "tests/data/package/"

/* --- A package in a scratch folder -------------------------------------------------- */

typedef struct package {
    char folder[SCRATCH_PATH], path[SCRATCH_PATH], data[SCRATCH_PATH];
    up_metadata metadata;
    up_remarks remarks;
    up_error err;
    up_status status;
} package;

static void open_package(package *p, const char *text, size_t length)
{
    *p = (package){0};
    scratch_make(p->folder);
    scratch_write_bytes(p->folder, "datapackage.json", text, length);
    scratch_write(p->folder, "data.csv", "Year,a\n2000,1\n");
    scratch_path(p->path, p->folder, "datapackage.json");
    scratch_path(p->data, p->folder, "data.csv");
    p->status = up_metadata_open(p->path, &p->metadata, &p->remarks, &p->err);
}

static void close_package(package *p)
{
    up_metadata_release(&p->metadata);
    up_remarks_release(&p->remarks);
    scratch_remove(p->folder);
}

/* A package of one resource "data.csv" with these fields. */
static void open_fields(package *p, const char *fields)
{
    char text[4096];
    snprintf(text, sizeof text,
             "{\"resources\": [{\"name\": \"d\", \"path\": \"data.csv\",\n"
             "\"schema\": {\"fields\": [%s]}}]}",
             fields);
    open_package(p, text, strlen(text));
    assert_int_equal(p->status, UP_OK);
}

static const up_metadata_column *only_column(const package *p)
{
    assert_int_equal(p->metadata.table_count, 1);
    assert_int_equal(p->metadata.tables[0].column_count, 1);
    return &p->metadata.tables[0].columns[0];
}

/* --- Packages of others ------------------------------------------------------------- */

static void find(const char *data, up_metadata *metadata, up_remarks *remarks)
{
    up_error err = {0};
    if (up_metadata_find(data, NULL, metadata, remarks, &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_non_null(up_metadata_table_of(metadata, data));
}

static void a_data_package_two_folders_up_is_found(void **state)
{
    (void)state;
    const char *data = PACKAGES "gdp/data/gdp.csv";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    find(data, &metadata, &remarks);
    assert_remarks(&remarks, "");
    assert_int_equal(metadata.kind, UP_METADATA_PACKAGE);
    assert_string_equal(
        metadata.title,
        "Country, Regional and World GDP (Gross Domestic Product) for 2014 (Example)");
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    assert_string_equal(table->name, "gdp");
    assert_string_equal(table->encoding, "UTF-8");
    assert_int_equal(table->column_count, 4);
    assert_string_equal(table->columns[3].description, "GDP in current USD");
    assert_int_equal(table->columns[3].type, UP_TYPE_NUMBER);
    assert_int_equal(table->columns[2].type, UP_TYPE_YEAR);
    assert_int_equal(table->licence_count, 1);
    assert_string_equal(table->licences[0].name, "CC0-1.0");
    assert_string_equal(table->licences[0].title, "CC0 1.0");
    assert_string_equal(table->licences[0].url,
                        "https://creativecommons.org/publicdomain/zero/1.0/");
    assert_string_equal(cell(&table->columns[3], "25659088715.414"), "25659088715.414");
    assert_string_equal(cell(&table->columns[2], "1968"), "1968");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

static void licences_and_sources_of_v1_are_read(void **state)
{
    (void)state;
    const char *data = PACKAGES "cpi/data/cpi.csv";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    find(data, &metadata, &remarks);
    assert_remarks(&remarks, "");
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    assert_string_equal(table->licences[0].name, "CC-BY-4.0");
    assert_string_equal(table->licences[0].url,
                        "https://creativecommons.org/licenses/by/4.0/");
    assert_int_equal(table->source_count, 1);
    assert_string_equal(table->sources[0].title, "The World Bank");
    assert_string_equal(table->sources[0].url,
                        "http://data.worldbank.org/indicator/FP.CPI.TOTL");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

static void owid_days_since_a_day_are_dates(void **state)
{
    (void)state;
    const char *data =
        PACKAGES "COVID-2019 - Hospital & ICU/COVID-2019 - Hospital & ICU.csv";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    find(data, &metadata, &remarks);
    assert_remarks(&remarks, "note: resources[0] has no name (its path stands for it)\n"
                             "note: a source has no title (its name is taken)\n");
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    const up_metadata_column *year = &table->columns[1];
    assert_true(year->is_days_since);
    assert_string_equal(cell(year, "178"), "2020-07-17");
    assert_string_equal(cell(year, "0"), "2020-01-21");
    assert_string_equal(cell(year, "-21"), "2019-12-31");
    assert_string_equal(cell(year, "1.5"), "!'1.5' is not a count of days");
    const up_metadata_column *icu = &table->columns[2];
    assert_string_equal(icu->name, "Daily ICU occupancy");
    assert_string_equal(icu->title, "Current number of COVID-19 patients in ICU");
    assert_string_equal(icu->unit, "patients in ICU");
    assert_int_equal(icu->decimals, 0);
    assert_int_equal(icu->role, UP_ROLE_MEASURE);
    assert_int_equal(table->columns[3].decimals, 2);
    assert_string_equal(table->sources[0].name,
                        "Official data collated by Our World in Data");
    assert_string_equal(table->sources[0].publisher,
                        "Official data collated by Our World in Data");
    assert_int_equal(memcmp(table->sources[0].url, "https://github.com/owid/", 24), 0);
    assert_non_null(table->notes);
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

static void owid_years_before_our_era_are_years(void **state)
{
    (void)state;
    const char *data =
        PACKAGES "Historical urban fraction estimates and total computed urban "
                 "areas - HYDE 3.1 (2010)/Historical urban fraction estimates and total "
                 "computed urban areas - HYDE 3.1 (2010).csv";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    find(data, &metadata, &remarks);
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    const up_metadata_column *year = column_called(table, "Year");
    assert_string_equal(cell(year, "-10000"), "Y-10000");
    assert_string_equal(cell(year, "-500"), "-0500");
    assert_string_equal(cell(year, "0"), "0000");
    assert_string_equal(cell(year, "1990"), "1990");
    assert_string_equal(table->sources[0].name, "HYDE 3.1");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

static void a_package_opened_lists_its_tables(void **state)
{
    (void)state;
    const char *path = PACKAGES "frictionless/datapackage.json";
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    up_error err = {0};
    assert_true(up_metadata_is_file_name(path));
    assert_int_equal(up_metadata_open(path, &metadata, &remarks, &err), UP_OK);
    assert_remarks(&remarks, "");
    assert_int_equal(metadata.table_count, 2);
    assert_string_equal(metadata.tables[0].path, PACKAGES "frictionless/data.csv");
    assert_true(metadata.tables[0].columns[0].required);
    assert_true(metadata.tables[0].columns[0].in_primary_key);
    assert_string_equal(metadata.tables[1].name, "data2");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
}

/* --- Fields ------------------------------------------------------------------------- */

static void fields_are_read_by_type_and_format(void **state)
{
    (void)state;
    static const struct {
        const char *field, *text, *wanted;
    } cases[] = {
        {"'type': 'number'", "1e3", "1000"},
        {"'type': 'number'", "1,5",
         "!'1,5' is not of type number: not digits with the marks expected"},
        {"'type': 'number'", "NaN", "(missing)"},
        {"'type': 'number'", "-INF", "!'-INF' is not a finite number"},
        {"'type': 'number'", "95%",
         "!'95%' is not of type number: a percent sign is not "
         "expected"},
        {"'type': 'number', 'decimalChar': ',', 'groupChar': '.'", "1.234.567,50",
         "1234567.50"},
        {"'type': 'number', 'groupChar': ' '", "1 234", "1234"},
        {"'type': 'number', 'bareNumber': false", "EUR 95.5 per head", "95.5"},
        {"'type': 'number', 'bareNumber': false", "-95%", "-95"},
        {"'type': 'integer'", "12", "12"},
        {"'type': 'integer'", "1.0",
         "!'1.0' is not of type integer: a whole number has no decimal mark"},
        {"'type': 'boolean'", "TRUE", "true"},
        {"'type': 'boolean', 'trueValues': ['ja'], 'falseValues': ['nein']", "nein",
         "false"},
        {"'type': 'boolean', 'trueValues': ['ja']", "true",
         "!'true' is not of type boolean: neither what stands for true nor what stands "
         "for false"},
        {"'type': 'date'", "2024-02-29", "2024-02-29"},
        {"'type': 'date'", "2023-02-29",
         "!'2023-02-29' is not of type date: there is no such day"},
        {"'type': 'date', 'format': '%d/%m/%Y'", "3/4/2025", "2025-04-03"},
        {"'type': 'date', 'format': '%d.%m.%y'", "03.04.68", "2068-04-03"},
        {"'type': 'date', 'format': '%d.%m.%y'", "03.04.69", "1969-04-03"},
        {"'type': 'date', 'format': '%d %B %Y'", "24 October 2011", "2011-10-24"},
        {"'type': 'date', 'format': '%b %d, %Y'", "oct 4, 2011", "2011-10-04"},
        {"'type': 'date', 'format': '%Y%j'", "2024060", "2024-02-29"},
        {"'type': 'date', 'format': 'fmt:%d/%m/%Y'", "1/2/2003", "2003-02-01"},
        {"'type': 'date', 'format': '%d/%m/%Y'", "2025-04-03",
         "!'2025-04-03' is not of type date with the format '%d/%m/%Y': it is written "
         "otherwise"},
        {"'type': 'date', 'format': 'any'", "some day", "some day"},
        {"'type': 'datetime'", "2015-03-15T15:02:37Z", "2015-03-15T15:02:37Z"},
        {"'type': 'datetime', 'format': '%Y-%m-%d %H:%M:%S.%f'",
         "2015-03-15 15:02:37.250", "2015-03-15T15:02:37.25"},
        {"'type': 'time', 'format': '%I:%M %p'", "12:05 am", "00:05:00"},
        {"'type': 'time', 'format': '%I:%M %p'", "1:05 PM", "13:05:00"},
        {"'type': 'year'", "1960", "1960"},
        {"'type': 'yearmonth'", "1960-07", "1960-07"},
        {"'type': 'yearmonth', 'format': '%m/%Y'", "7/1960", "1960-07"},
        {"'type': 'string'", "  as it is ", "  as it is "},
        {"'type': 'any'", "whatever", "whatever"},
        {"'name': 'a'", "whatever", "whatever"},
        {"'type': 'string'", "", "(missing)"},
        {"'missingValues': ['-', '']", "-", "(missing)"},
        {"'missingValues': [{'value': '-99', 'label': 'refused'}]", "-99", "(missing)"},
        {"'type': 'integer', 'constraints': {'required': true}", "",
         "!a figure or text is required in 'a'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char field[400] = "{'name': 'a', ";
        if (strncmp(cases[i].field, "'name'", 6) == 0)
            strcpy(field, "{");
        strcat(field, cases[i].field);
        strcat(field, "}");
        for (char *at = field; (at = strchr(at, '\'')) != NULL;)
            *at = '"';
        package p;
        open_fields(&p, field);
        const char *found = cell(only_column(&p), cases[i].text);
        if (strcmp(found, cases[i].wanted) != 0)
            fail_msg("%s reads '%s' as: %s", field, cases[i].text, found);
        close_package(&p);
    }
}

static void missing_values_of_the_table_count_for_its_fields(void **state)
{
    (void)state;
    const char *text = "{\"resources\": [{\"name\": \"d\", \"path\": \"data.csv\","
                       "\"schema\": {\"missingValues\": [\"..\"], \"fields\": ["
                       "{\"name\": \"a\", \"type\": \"number\"},"
                       "{\"name\": \"b\", \"missingValues\": [\"x\"]}]}}]}";
    package p;
    open_package(&p, text, strlen(text));
    assert_int_equal(p.status, UP_OK);
    const up_metadata_table *table = &p.metadata.tables[0];
    assert_true(table->columns[0].missing_is_given);
    assert_string_equal(cell(&table->columns[0], ".."), "(missing)");
    assert_string_equal(cell(&table->columns[1], ".."), "..");
    assert_string_equal(cell(&table->columns[1], "x"), "(missing)");
    close_package(&p);
}

static void the_dialect_is_taken_as_far_as_it_is_stated(void **state)
{
    (void)state;
    const char *text =
        "{\"resources\": [{\"name\": \"d\", \"path\": \"data.csv\", \"encoding\": "
        "\"windows-1252\", \"dialect\": {\"delimiter\": \";\", \"quoteChar\": \"'\", "
        "\"commentChar\": \"#\", \"skipInitialSpace\": true, \"headerRows\": [3, 4]}},"
        "{\"name\": \"e\", \"path\": \"e.csv\", \"dialect\": {\"header\": false}},"
        "{\"name\": \"f\", \"path\": \"f.csv\", \"dialect\": {\"delimiter\": \"||\", "
        "\"escapeChar\": \"\\\\\"}}]}";
    package p;
    open_package(&p, text, strlen(text));
    assert_int_equal(p.status, UP_OK);
    assert_string_equal(p.metadata.tables[0].encoding, "windows-1252");
    const up_dialect *dialect = &p.metadata.tables[0].dialect;
    assert_int_equal(dialect->delimiter, ';');
    assert_int_equal(dialect->quote, '\'');
    assert_int_equal(dialect->comment, '#');
    assert_true(dialect->skip_initial_space);
    assert_true(dialect->has_preamble && dialect->has_headers);
    assert_int_equal(dialect->preamble, 2);
    assert_int_equal(dialect->headers, 2);
    assert_true(p.metadata.tables[1].dialect.has_headers);
    assert_int_equal(p.metadata.tables[1].dialect.headers, 0);
    assert_int_equal(p.metadata.tables[2].dialect.delimiter, 0);
    assert_remarks(&p.remarks, "warning: resources[2].dialect.delimiter '||' is not one "
                               "ASCII character and is not used\n"
                               "warning: resources[2].dialect: quotes in fields that are "
                               "escaped otherwise than by doubling are not read\n");
    close_package(&p);
}

static void a_single_license_and_old_sources_are_read(void **state)
{
    (void)state;
    const char *text = "{\"license\": \"PDDL-1.0\", \"sources\": [{\"name\": \"Bureau\", "
                       "\"web\": \"http://example.org\"}], \"resources\": "
                       "[{\"name\": \"d\", \"path\": [\"data.csv\"]}]}";
    package p;
    open_package(&p, text, strlen(text));
    assert_int_equal(p.status, UP_OK);
    const up_metadata_table *table = &p.metadata.tables[0];
    assert_string_equal(table->licences[0].name, "PDDL-1.0");
    assert_string_equal(table->sources[0].name, "Bureau");
    assert_string_equal(table->sources[0].url, "http://example.org");
    assert_int_equal(table->column_count, 0);
    close_package(&p);
}

static void columns_are_matched_by_name_whatever_their_place(void **state)
{
    (void)state;
    package p;
    open_fields(&p, "{\"name\": \"a\"}, {\"name\": \"Year\"}, {\"name\": \"gone\"}");
    static const char *const headers[] = {"Year", " a ", "new"};
    const up_metadata_column *columns[3];
    up_metadata_match(&p.metadata.tables[0], headers, NULL, 3, "data.csv", columns,
                      &p.remarks);
    assert_string_equal(columns[0]->name, "Year");
    assert_string_equal(columns[1]->name, "a");
    assert_null(columns[2]);
    assert_remarks(&p.remarks,
                   "warning: column 3 'new' is not in the metadata\n"
                   "warning: the metadata have a column 'gone' that the file lacks\n");
    close_package(&p);
}

/* --- Charts of Our World in Data ---------------------------------------------------- */

static void a_chart_of_owid_tells_of_its_figures(void **state)
{
    (void)state;
    static const char text[] =
        "{\"chart\": {\"title\": \"Life expectancy\", \"subtitle\": \"At birth.\","
        "\"citation\": \"UN WPP (2022); HMD (2023)\", \"originalChartUrl\": "
        "\"https://ourworldindata.org/grapher/life-expectancy\"}, \"columns\": {"
        "\"Life expectancy - Sex: all\": {\"titleShort\": \"Life expectancy at birth\","
        "\"descriptionShort\": \"In a given year.\", \"shortUnit\": \"yr\", \"unit\": "
        "\"years\", \"type\": \"Numeric\", \"shortName\": \"life_expectancy_0\"},"
        "\"Region\": {\"type\": \"Categorical\"}, \"Odd\": 3},"
        "\"dateDownloaded\": \"2024-10-30\"}";
    char folder[SCRATCH_PATH], data[SCRATCH_PATH];
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    scratch_make(folder);
    scratch_write(folder, "life-expectancy.metadata.json", text);
    scratch_write(folder, "life-expectancy.csv", "Entity,Code,Year,life_expectancy_0\n");
    scratch_path(data, folder, "life-expectancy.csv");
    find(data, &metadata, &remarks);
    assert_int_equal(metadata.kind, UP_METADATA_CHART);
    assert_true(up_metadata_is_file_name("a/life-expectancy.metadata.json"));
    const up_metadata_table *table = up_metadata_table_of(&metadata, data);
    assert_string_equal(table->title, "Life expectancy");
    assert_string_equal(table->sources[0].title, "UN WPP (2022); HMD (2023)");
    assert_string_equal(table->sources[0].url,
                        "https://ourworldindata.org/grapher/life-expectancy");
    static const char *const headers[] = {"Entity", "Year", "life_expectancy_0",
                                          "Region"};
    const up_metadata_column *columns[4];
    up_metadata_match(table, headers, NULL, 4, data, columns, &remarks);
    assert_null(columns[0]);
    assert_null(columns[1]);
    assert_string_equal(columns[2]->title, "Life expectancy at birth");
    assert_string_equal(columns[2]->unit, "years");
    assert_string_equal(columns[2]->short_unit, "yr");
    assert_string_equal(cell(columns[2], "71.5"), "71.5");
    assert_int_equal(columns[2]->role, UP_ROLE_MEASURE);
    assert_int_equal(columns[3]->role, UP_ROLE_UNSTATED);
    assert_remarks(
        &remarks,
        "warning: columns.Odd is a number and is not used (wanted an object)\n");
    up_metadata_release(&metadata);
    up_remarks_release(&remarks);
    scratch_remove(folder);
}

/* --- What is not followed ----------------------------------------------------------- */

static void nothing_outside_the_folder_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *path, *why;
    } cases[] = {
        {"https://example.org/data.csv", "an address"},
        {"file:data.csv", "an address"},
        {"//example.org/data.csv", "an address"},
        {"/etc/passwd", "not a path in the folder of the metadata"},
        {"~/data.csv", "not a path in the folder of the metadata"},
        {"..\\\\data.csv", "not a path in the folder of the metadata"},
        {"../data.csv", "a path out of the folder of the metadata"},
        {"a/../../data.csv", "a path out of the folder of the metadata"},
        {"..", "a path out of the folder of the metadata"},
        {"%2e%2e/data.csv", "a path out of the folder of the metadata"},
        {"", "an empty path"},
        {"link.csv", "a link out of the folder of the metadata"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[300], wanted[300], shown[100];
        snprintf(text, sizeof text,
                 "{\"resources\": [{\"name\": \"d\", \"path\": \"%s\"}]}", cases[i].path);
        package p = {0};
        scratch_make(p.folder);
        scratch_write(p.folder, "datapackage.json", text);
        scratch_path(p.path, p.folder, "datapackage.json");
        char link[SCRATCH_PATH];
        scratch_path(link, p.folder, "link.csv");
        assert_int_equal(symlink("/etc/passwd", link), 0);
        assert_int_equal(up_metadata_open(p.path, &p.metadata, &p.remarks, &p.err),
                         UP_OK);
        assert_string_equal(p.metadata.tables[0].path, "");
        snprintf(shown, sizeof shown, "%s",
                 strstr(cases[i].path, "\\") ? "..\\data.csv" : cases[i].path);
        snprintf(wanted, sizeof wanted, "warning: '%s' is not followed: %s\n", shown,
                 cases[i].why);
        assert_remarks(&p.remarks, wanted);
        close_package(&p);
    }
}

static void names_with_blanks_and_ampersands_are_found(void **state)
{
    (void)state;
    package p;
    const char *text =
        "{\"resources\": [{\"name\": \"d\", \"path\": \"./a & b %.csv\"}]}";
    open_package(&p, text, strlen(text));
    scratch_write(p.folder, "a & b %.csv", "x\n1\n");
    char data[SCRATCH_PATH];
    scratch_path(data, p.folder, "a & b %.csv");
    assert_non_null(up_metadata_table_of(&p.metadata, data));
    up_metadata found = {0};
    assert_int_equal(up_metadata_find(data, NULL, &found, NULL, NULL), UP_OK);
    assert_int_equal(found.kind, UP_METADATA_PACKAGE);
    up_metadata_release(&found);
    close_package(&p);
}

static void a_package_that_does_not_name_the_file_says_nothing(void **state)
{
    (void)state;
    package p;
    const char *text = "{\"resources\": [{\"name\": \"d\", \"path\": \"other.csv\"}]}";
    open_package(&p, text, strlen(text));
    up_metadata found = {0};
    up_remarks remarks = {0};
    up_error err = {0};
    assert_int_equal(up_metadata_find(p.data, NULL, &found, &remarks, &err), UP_OK);
    assert_int_equal(found.kind, UP_METADATA_NONE);
    assert_null(found.path);
    assert_remarks(&remarks, "");
    assert_int_equal(up_metadata_find(p.data, p.path, &found, &remarks, &err),
                     UP_BAD_DATA);
    assert_non_null(strstr(err.message, "no table of it is the file "));
    up_remarks_release(&remarks);
    close_package(&p);
}

static void a_broken_package_above_the_folder_is_a_warning(void **state)
{
    (void)state;
    package p = {0};
    char inner[SCRATCH_PATH], data[SCRATCH_PATH];
    up_metadata found = {0};
    up_remarks remarks = {0};
    scratch_make(p.folder);
    scratch_path(inner, p.folder, "inner");
    assert_int_equal(mkdir(inner, 0700), 0);
    scratch_write(p.folder, "datapackage.json", "{\n{");
    scratch_write(inner, "data.csv", "a\n1\n");
    scratch_path(data, inner, "data.csv");
    assert_int_equal(up_metadata_find(data, NULL, &found, &remarks, NULL), UP_OK);
    assert_int_equal(found.kind, UP_METADATA_NONE);
    assert_remarks(&remarks, "warning: it is not used: not valid JSON: string or '}' "
                             "expected near '{'\n");
    assert_int_equal(remarks.items[0].line, 2);
    up_remarks_release(&remarks);
    scratch_write(inner, "datapackage.json", "{\n{");
    up_error err = {0};
    assert_int_equal(up_metadata_find(data, NULL, &found, NULL, &err), UP_BAD_DATA);
    assert_int_equal(err.line, 2);
    close_package(&p);
}

static void a_schema_in_a_file_of_the_folder_is_read(void **state)
{
    (void)state;
    package p = {0};
    scratch_make(p.folder);
    scratch_write(p.folder, "datapackage.json",
                  "{\"resources\": [{\"name\": \"d\", \"path\": \"data.csv\", "
                  "\"schema\": \"schema.json\"}]}");
    scratch_write(p.folder, "schema.json", "{\"fields\": [{\"name\": \"a\"}]}");
    scratch_path(p.path, p.folder, "datapackage.json");
    assert_int_equal(up_metadata_open(p.path, &p.metadata, &p.remarks, &p.err), UP_OK);
    assert_string_equal(only_column(&p)->name, "a");
    up_metadata_release(&p.metadata);
    scratch_write(p.folder, "schema.json", "[]");
    assert_int_equal(up_metadata_open(p.path, &p.metadata, &p.remarks, &p.err),
                     UP_BAD_DATA);
    assert_string_equal(p.err.message, "not an object (wanted a Table Schema)");
    close_package(&p);
}

/* --- Bad input ---------------------------------------------------------------------- */

static void errors_name_the_file_and_the_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *wanted;
    } cases[] = {
        {"", 1, "not valid JSON: unexpected token near end of file"},
        {"[]", 0,
         "neither CSV on the Web (its @context is missing) nor a Data Package (its "
         "resources are missing)"},
        {"3", 0,
         "neither CSV on the Web (its @context is missing) nor a Data Package (its "
         "resources are missing)"},
        {"{\n\"resources\": [\n}", 3, "not valid JSON: unexpected token near '}'"},
        {"{\"resources\": 3}", 0, "resources is a number (wanted a list)"},
        {"{\"resources\": [3]}", 0, "resources[0] is a number (wanted an object)"},
        {"{\"resources\": [{\"path\": 3}]}", 0,
         "resources[0].path is a number (wanted a text)"},
        {"{\"resources\": [{\"path\": \"a\", \"schema\": 3}]}", 0,
         "resources[0].schema is a number (wanted an object, or the path of a file)"},
        {"{\"resources\": [{\"path\": \"a\", \"schema\": {}}]}", 0,
         "resources[0].schema.fields is missing (wanted a list)"},
        {"{\"resources\": [{\"path\": \"a\", \"schema\": {\"fields\": [null]}}]}", 0,
         "resources[0].schema.fields[0] is null (wanted an object)"},
        {"{\"resources\": [],\n\"resources\": []}", 2,
         "not valid JSON: duplicate object key near '\"resources\"'"},
        {"{\"resources\":\n 1e999}", 2,
         "a number that is too large to keep (write it in quotes)"},
        {"{\"a\": 1, \"resources\": [\"\\u0000\"]}", 1,
         "not valid JSON: \\u0000 is not allowed without JSON_ALLOW_NUL near "
         "'\"\\u0000\"'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        package p;
        open_package(&p, cases[i].text, strlen(cases[i].text));
        assert_int_equal(p.status, UP_BAD_DATA);
        assert_string_equal(p.err.message, cases[i].wanted);
        assert_string_equal(p.err.source, p.path);
        assert_int_equal(p.err.line, cases[i].line);
        close_package(&p);
    }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {
        {"{\"title\": \"\xFF\"}", 14}, {"{\"title\0\": 1}", 13}, {"\xFF\xFE{\0}\0", 6}};
    for (size_t i = 0; i < 3; i++) {
        package p;
        open_package(&p, cases[i].bytes, cases[i].length);
        assert_int_equal(p.status, UP_BAD_DATA);
        assert_string_equal(p.err.source, p.path);
        close_package(&p);
    }
}

static char *nest(size_t depth)
{
    char *text = malloc(depth * 6 + 100);
    assert_non_null(text);
    strcpy(text, "{\"resources\": ");
    char *at = text + strlen(text);
    for (size_t i = 0; i < depth; i++)
        at = stpcpy(at, "[");
    return text;
}

static void deep_json_is_refused(void **state)
{
    (void)state;
    char *text = nest(500000);
    package p;
    open_package(&p, text, strlen(text));
    assert_int_equal(p.status, UP_BAD_DATA);
    assert_string_equal(p.err.message,
                        "not valid JSON: maximum parsing depth reached near '['");
    close_package(&p);
    free(text);
}

static void large_files_end_in_a_clear_error(void **state)
{
    (void)state;
    static const struct {
        const char *head, *item, *wanted;
    } cases[] = {
        {"{\"resources\": [", "{\"path\":\"a\"},", "more than 1000 tables"},
        {"{\"resources\": [{\"path\": \"a\", \"schema\": {\"fields\": [", "{},",
         "more than 20000 columns in a table"},
        {"{\"resources\": [{\"path\": \"a\", \"schema\": {\"fields\": [{\"name\": "
         "\"a\"}], "
         "\"missingValues\": [",
         "\"\",", "resources[0].schema.missingValues is a list of more than 100 texts"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = 10 << 20;
        char *text = malloc(length + 100);
        assert_non_null(text);
        char *at = stpcpy(text, cases[i].head);
        while ((size_t)(at - text) + 20 < length)
            at = stpcpy(at, cases[i].item);
        at = stpcpy(at - 1, i == 0 ? "]}" : i == 1 ? "]}}]}" : "]}}]}");
        package p;
        open_package(&p, text, (size_t)(at - text));
        assert_int_equal(p.status, UP_BAD_DATA);
        assert_string_equal(p.err.message, cases[i].wanted);
        assert_string_equal(p.err.source, p.path);
        close_package(&p);
        free(text);
    }
}

/* Each prefix of a real descriptor is an error, never a crash. */
static void each_prefix_of_a_descriptor_is_refused(void **state)
{
    (void)state;
    char *text = scratch_read(PACKAGES "COVID-2019 - Hospital & ICU", "datapackage.json");
    assert_non_null(text);
    size_t length = strlen(text);
    for (size_t cut = 0; cut < length - 1; cut++) {
        up_error err = {0};
        json_t *root = NULL;
        assert_int_equal(up_json_parse(text, cut, "datapackage.json", &root, &err),
                         UP_BAD_DATA);
        assert_string_equal(err.source, "datapackage.json");
        assert_true(err.line > 0);
    }
    free(text);
}

/* Every property with every type: read, remarked or refused, and refused with a
 * message. */
static void every_wrong_type_of_every_property_is_met(void **state)
{
    (void)state;
    static const char *const properties[][2] = {
        /* what stands before the value, and after it */
        {"{'title': ", ", 'resources': []}"},
        {"{'description': ", ", 'resources': []}"},
        {"{'licenses': ", ", 'resources': [{'path': 'a'}]}"},
        {"{'license': ", ", 'resources': [{'path': 'a'}]}"},
        {"{'licenses': [", "], 'resources': [{'path': 'a'}]}"},
        {"{'licenses': [{'name': ", "}], 'resources': [{'path': 'a'}]}"},
        {"{'sources': ", ", 'resources': [{'path': 'a'}]}"},
        {"{'sources': [", "], 'resources': [{'path': 'a'}]}"},
        {"{'sources': [{'title': ", "}], 'resources': [{'path': 'a'}]}"},
        {"{'sources': [{'additionalInfo': ", "}], 'resources': [{'path': 'a'}]}"},
        {"{'resources': ", "}"},
        {"{'resources': [", "]}"},
        {"{'resources': [{'path': ", "}]}"},
        {"{'resources': [{'path': [", "]}]}"},
        {"{'resources': [{'path': 'a', 'name': ", "}]}"},
        {"{'resources': [{'path': 'a', 'title': ", "}]}"},
        {"{'resources': [{'path': 'a', 'encoding': ", "}]}"},
        {"{'resources': [{'path': 'a', 'sources': ", "}]}"},
        {"{'resources': [{'path': 'a', 'dialect': ", "}]}"},
        {"{'resources': [{'path': 'a', 'dialect': {'delimiter': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'dialect': {'header': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'dialect': {'headerRows': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'dialect': {'headerRows': [", "]}}]}"},
        {"{'resources': [{'path': 'a', 'dialect': {'skipInitialSpace': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'schema': ", "}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [", "]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [], 'missingValues': ",
         "}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{}], 'missingValues': [",
         "]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [], 'primaryKey': ", "}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [], 'primaryKey': [",
         "]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'name': ", "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'title': ", "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'unit': ", "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': ", "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': 'date', 'format': ",
         "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': 'number', "
         "'decimalChar': ",
         "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': 'number', "
         "'bareNumber': ",
         "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': 'boolean', "
         "'trueValues': ",
         "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'constraints': ", "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'constraints': "
         "{'required': ",
         "}}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'owidDisplaySettings': ",
         "}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'owidDisplaySettings': "
         "{'unit': ",
         "}}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'owidDisplaySettings': "
         "{'numDecimalPlaces': ",
         "}}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'owidDisplaySettings': "
         "{'conversionFactor': ",
         "}}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'owidDisplaySettings': "
         "{'yearIsDay': ",
         "}}]}}]}"},
        {"{'resources': [{'path': 'a', 'schema': {'fields': [{'type': 'year', "
         "'owidDisplaySettings': {'yearIsDay': true, 'zeroDay': ",
         "}}]}}]}"},
    };
    static const char *const values[] = {
        "null",     "true", "3",  "-1e300", "99999999999999999999", "''",
        "'%s%n%n'", "[]",   "{}", "[[[]]]", "[null, 3, '']",        "{'a': {'b': []}}",
        "'../x'"};
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
            char text[600];
            snprintf(text, sizeof text, "%s%s%s", properties[i][0], values[k],
                     properties[i][1]);
            for (char *at = text; (at = strchr(at, '\'')) != NULL;)
                *at = '"';
            package p;
            open_package(&p, text, strlen(text));
            if (p.status != UP_OK && p.status != UP_BAD_DATA)
                fail_msg("%s: %s", text, p.err.message);
            if (p.status != UP_OK) {
                assert_string_equal(p.err.source, p.path);
                assert_true(p.err.message[0] != '\0');
            }
            close_package(&p);
        }
}

static void what_does_not_conform_is_a_remark(void **state)
{
    (void)state;
    package p;
    open_fields(&p, "{\"name\": \"a\", \"type\": \"money\", \"title\": 3}, {},"
                    "{\"name\": \"b\", \"type\": \"date\", \"format\": \"%Q\"},"
                    "{\"name\": \"c\", \"owidDisplaySettings\": \"{\"}");
    assert_remarks(
        &p.remarks,
        "warning: resources[0].schema.fields[0].title is a number and is not used "
        "(wanted a text)\n"
        "warning: resources[0].schema.fields[0].type 'money' is not a type of fields and "
        "is not used\n"
        "warning: resources[0].schema.fields[1] has no name (it is taken by its place)\n"
        "warning: resources[0].schema.fields[2].format is not used: '%Q' is not a date "
        "pattern: it is too long, or a part is not known\n"
        "warning: resources[0].schema.fields[3].owidDisplaySettings is not an object and "
        "is not used: not valid JSON: string or '}' expected near end of file\n");
    close_package(&p);
}

static void days_that_are_counted_from_two_days_are_refused(void **state)
{
    (void)state;
    const char *text =
        "{\"resources\": [{\"path\": \"a\", \"schema\": {\"fields\": [{\"name\": "
        "\"Year\"},"
        "{\"owidDisplaySettings\": {\"yearIsDay\": true, \"zeroDay\": \"2020-01-21\"}},"
        "{\"owidDisplaySettings\": {\"yearIsDay\": true, \"zeroDay\": "
        "\"2020-01-22\"}}]}}]}";
    package p;
    open_package(&p, text, strlen(text));
    assert_int_equal(p.status, UP_BAD_DATA);
    assert_string_equal(p.err.message,
                        "resources[0].schema.fields[2].owidDisplaySettings.zeroDay is "
                        "another day than that of a field before it, but they have one "
                        "column of days");
    close_package(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_data_package_two_folders_up_is_found),
        cmocka_unit_test(licences_and_sources_of_v1_are_read),
        cmocka_unit_test(owid_days_since_a_day_are_dates),
        cmocka_unit_test(owid_years_before_our_era_are_years),
        cmocka_unit_test(a_package_opened_lists_its_tables),
        cmocka_unit_test(fields_are_read_by_type_and_format),
        cmocka_unit_test(missing_values_of_the_table_count_for_its_fields),
        cmocka_unit_test(the_dialect_is_taken_as_far_as_it_is_stated),
        cmocka_unit_test(a_single_license_and_old_sources_are_read),
        cmocka_unit_test(columns_are_matched_by_name_whatever_their_place),
        cmocka_unit_test(a_chart_of_owid_tells_of_its_figures),
        cmocka_unit_test(nothing_outside_the_folder_is_named),
        cmocka_unit_test(names_with_blanks_and_ampersands_are_found),
        cmocka_unit_test(a_package_that_does_not_name_the_file_says_nothing),
        cmocka_unit_test(a_broken_package_above_the_folder_is_a_warning),
        cmocka_unit_test(a_schema_in_a_file_of_the_folder_is_read),
        cmocka_unit_test(errors_name_the_file_and_the_line),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(deep_json_is_refused),
        cmocka_unit_test(large_files_end_in_a_clear_error),
        cmocka_unit_test(each_prefix_of_a_descriptor_is_refused),
        cmocka_unit_test(every_wrong_type_of_every_property_is_met),
        cmocka_unit_test(what_does_not_conform_is_a_remark),
        cmocka_unit_test(days_that_are_counted_from_two_days_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
