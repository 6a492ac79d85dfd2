/* Published files hold what facts.tsv states: for every series its count, its first and last
 * observation and its exact sum, made by other programs. */
#include "published.h"

#include "uptick/calendar.h"
#include "uptick/file.h"
#include "uptick/import.h"

/* How facts.tsv names a series. */
typedef enum key_kind {
    KEY_LABEL,        /* the metric's label alone */
    KEY_ENTITY,       /* the entity alone */
    KEY_CODE,         /* the entity's code */
    KEY_CODE_LABEL,   /* "ABW | SP.POP.TOTL": one metric, the code first */
    KEY_ENTITY_LABEL, /* "Albania | GDP", the label last */
    KEY_SDMX,         /* "A | Y16-19 | T | PC | AT": constants left out */
    KEY_VINTAGE,      /* the day of report */
    KEY_ONE           /* the file is one series */
} key_kind;

typedef struct real_file {
    const char *path;
    key_kind key;
    size_t series, figures, missing; /* as README.md says; missing SIZE_MAX: not asked */
    up_granularity granularity;      /* of the first figure */
    const char *options[8];          /* role or option, value; ended by NULL */
    int power;                       /* figures are 10^power of what the file says */
    const char *layout;              /* a part of what was recognised */
} real_file;

static const real_file files[] = {
    {"fred/DEXUSEU.csv", KEY_LABEL, 1, 5321, 209, UP_DAY, {NULL}, 0, "FRED"},
    {"fred/UNRATE.csv", KEY_LABEL, 1, 866, 0, UP_MONTH, {NULL}, 0, "FRED"},
    {"fred/CPIAUCSL.csv", KEY_LABEL, 1, 180, 0, UP_MONTH, {NULL}, 0, "FRED"},
    {"worldbank/API_SP.POP.TOTL_DS2_en_csv_v2.csv",
     KEY_CODE_LABEL,
     263,
     14885,
     427,
     UP_YEAR,
     {NULL},
     0,
     "World Bank"},
    {"owid/CO2-GDP Coupling - OWID based on World Bank/CO2-GDP Coupling - OWID based on "
     "World "
     "Bank.csv",
     KEY_ENTITY_LABEL,
     1924,
     41178,
     2426,
     UP_YEAR,
     {NULL},
     0,
     "Our World in Data"},
    {"owid/Historical urban fraction estimates and total computed urban areas - HYDE 3.1 "
     "(2010)/Historical urban fraction estimates and total computed urban areas - HYDE "
     "3.1 "
     "(2010).csv",
     KEY_ENTITY_LABEL,
     80,
     960,
     12,
     UP_YEAR,
     {NULL},
     0,
     "Our World in Data"},
    {"owid/COVID-2019 - Hospital & ICU/COVID-2019 - Hospital & ICU.csv",
     KEY_ENTITY_LABEL,
     46,
     27786,
     16302,
     UP_DAY,
     {NULL},
     0,
     "Our World in Data"},
    {"datapackage/gdp/data/gdp.csv",
     KEY_CODE,
     239,
     10379,
     0,
     UP_YEAR,
     {NULL},
     0,
     "a row"},
    {"datapackage/cpi/data/cpi.csv", KEY_CODE, 177, 6936, 0, UP_YEAR, {NULL}, 0, "a row"},
    {"sdmx/ilc_lvps08-part1.csv", KEY_SDMX, 540, 8370, 0, UP_YEAR, {NULL}, 0, "SDMX-CSV"},
    {"csvw/cambornedata-snippet.csv", KEY_LABEL, 5, 19, 1, UP_MONTH, {NULL}, 0, "a row"},
    {"excel/CovidFaelle_Timeline.csv",
     KEY_ENTITY_LABEL,
     90,
     61740,
     0,
     UP_DAY,
     {NULL},
     0,
     "a row"},
    {"excel/wasserstand.csv", KEY_LABEL, 1, 7, 0, UP_DAY, {NULL}, 0, "a row"},
    {"excel/excel_pasting.csv",
     KEY_ENTITY,
     14,
     112,
     0,
     UP_YEAR,
     {NULL},
     0,
     "a series a row"},
    {"excel/danish_money_bom.csv", KEY_LABEL, 5, 275, 0, UP_QUARTER, {NULL}, 0, "a row"},
    {"epoch/ai_companies_usage_reports.csv",
     KEY_ENTITY_LABEL,
     23,
     48,
     SIZE_MAX,
     UP_DAY,
     {NULL},
     0,
     "Epoch AI"},
    {"counts/npm-downloads.csv", KEY_LABEL, 1, 1566, 0, UP_DAY, {NULL}, 0, "a row"},
    {"counts/travelers.csv", KEY_LABEL, 2, 600, 0, UP_DAY, {NULL}, 0, "a row"},
    {"zh/niandu-gdp-utf8.csv",
     KEY_LABEL,
     6,
     60,
     0,
     UP_YEAR,
     {"map", NULL},
     8,
     "a series a row"},
    {"zh/niandu-gdp-gb18030.csv",
     KEY_LABEL,
     6,
     60,
     0,
     UP_YEAR,
     {"map", NULL},
     8,
     "a series a row"},
    {"misc/elnino.csv",
     KEY_ONE,
     1,
     732,
     0,
     UP_MONTH,
     {NULL},
     0,
     "a part of the year a column"},
    {"misc/macrodata.csv", KEY_LABEL, 12, 2436, 0, UP_QUARTER, {NULL}, 0, "a row"},
    {"misc/co2-weekly.csv", KEY_LABEL, 1, 2225, 59, UP_DAY, {NULL}, 0, "a row"},
    {"misc/libor-projections.csv", KEY_VINTAGE, 25, 2987, 0, UP_DAY, {NULL}, 0, "a row"},
    {"misc/bls-industry-unemployment.csv",
     KEY_ENTITY,
     14,
     1708,
     0,
     UP_MONTH,
     {NULL},
     0,
     "a row"},
    {"misc/hourly.tsv", KEY_LABEL, 16, 2240, 0, UP_HOUR, {NULL}, 0, "a row"},
};
enum { FILES = sizeof files / sizeof files[0] };

static const char *const chinese[] = {"国民总收入=gni",
                                      "国内生产总值=gdp",
                                      "第一产业增加值=primary",
                                      "第二产业增加值=secondary",
                                      "第三产业增加值=tertiary",
                                      "人均国内生产总值=gdp-per-capita",
                                      NULL};
static const up_tracker empty = {0};

static void read_real(const real_file *f, up_import *import)
{
    char path[SCRATCH_PATH];
    char *bytes = NULL;
    size_t length = 0;
    up_error err = {0};
    scratch_path(path, published_folder(f->path), f->path);
    if (up_file_read(path, &bytes, &length, &err) != UP_OK)
        fail_msg("%s", err.message);
    up_import_request request = {.tracker = &empty, .path = path, .source = f->path};
    if (f->options[0] != NULL)
        request.maps = chinese;
    up_remarks remarks = {0};
    if (up_import_read(&request, bytes, length, import, &remarks, &err) != UP_OK)
        fail_msg("%s: %s:%zu: %s", f->path, err.source, err.line, err.message);
    up_remarks_release(&remarks);
}

/* --- facts.tsv -------------------------------------------------------------------------------- */

typedef struct fact {
    char *fields[10];
} fact;
enum {
    FACT_FILE,
    FACT_SERIES,
    FACT_COUNT,
    FACT_MISSING,
    FACT_SAME,
    FACT_FIRST,
    FACT_FIRST_VALUE,
    FACT_LAST,
    FACT_LAST_VALUE,
    FACT_SUM
};

static char *facts_text;
static fact *facts;
static size_t fact_count;

static bool split(char *line, fact *f)
{
    for (int i = 0; i < 10; i++) {
        f->fields[i] = line;
        char *tab = strchr(line, '\t');
        if (tab == NULL && i < 9)
            return false;
        if (tab != NULL)
            *tab++ = '\0';
        line = tab;
    }
    return true;
}

/* The facts of the files in a folder. */
static void load_facts(const char *folder)
{
    char path[SCRATCH_PATH];
    size_t length = 0, capacity = 8192;
    up_error err = {0};
    scratch_path(path, folder, "facts.tsv");
    if (up_file_read(path, &facts_text, &length, &err) != UP_OK)
        fail_msg("%s", err.message);
    facts = calloc(capacity, sizeof *facts);
    assert_non_null(facts);
    for (char *line = facts_text, *next; line != NULL && *line != '\0'; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        assert_true(fact_count < capacity);
        if (split(line, &facts[fact_count]))
            fact_count++;
    }
}

static void free_facts(void)
{
    free(facts);
    free(facts_text);
    facts = NULL;
    fact_count = 0;
}

/* --- Finding a series -------------------------------------------------------------------------- */

typedef struct wanted_series {
    const up_import_metric *metric;
    const char *entity; /* NULL: any */
    int64_t reported;   /* UP_REPORTED_ALWAYS: any */
} wanted_series;

static const up_import_metric *by_label(const up_import *import, const char *label)
{
    for (size_t i = 0; i < import->metric_count; i++)
        if (strcmp(import->metrics[i].label, label) == 0)
            return &import->metrics[i];
    return NULL;
}

static const char *by_code(const up_import *import, const char *code)
{
    for (size_t i = 0; i < import->entity_count; i++)
        if (strcmp(import->entities[i].code, code) == 0)
            return import->entities[i].name;
    return NULL;
}

/* "A | Y16-19 | T | PC | AT" → "Y16-19 | T | AT" */
static void drop_constants(char *key)
{
    char *parts[8];
    size_t count = 0;
    for (char *at = key; at != NULL && count < 8; count++) {
        parts[count] = at;
        at = strstr(at, " | ");
        if (at != NULL) {
            *at = '\0';
            at += 3;
        }
    }
    assert_int_equal(count, 5);
    char kept[256];
    snprintf(kept, sizeof kept, "%s | %s | %s", parts[1], parts[2], parts[4]);
    strcpy(key, kept);
}

static wanted_series find_series(const up_import *import, key_kind kind,
                                 const char *series)
{
    static char key[512];
    wanted_series w = {&import->metrics[0], NULL, UP_REPORTED_ALWAYS};
    snprintf(key, sizeof key, "%s", series);
    char *bar = NULL;
    for (char *at = key; (at = strstr(at, " | ")) != NULL; at += 3)
        bar = at;
    up_period day;
    switch (kind) {
    case KEY_LABEL:
        w.metric = by_label(import, key);
        break;
    case KEY_ENTITY:
        w.entity = key;
        break;
    case KEY_CODE:
        w.entity = by_code(import, key);
        break;
    case KEY_CODE_LABEL:
        *bar = '\0';
        w.entity = by_code(import, key);
        break;
    case KEY_ENTITY_LABEL:
        *bar = '\0';
        w.metric = by_label(import, bar + 3);
        w.entity = key;
        break;
    case KEY_SDMX:
        drop_constants(key);
        w.entity = key;
        break;
    case KEY_VINTAGE:
        assert_int_equal(up_period_parse(key, NULL, &day, NULL), UP_OK);
        w.reported = day.start / UP_SECONDS_PER_DAY;
        break;
    case KEY_ONE:
        break;
    }
    return w;
}

/* --- Comparing ----------------------------------------------------------------------------------- */

typedef struct measured {
    size_t count;
    up_observation first, last;
    up_decimal sum;
} measured;

static measured measure(const wanted_series *w)
{
    measured m = {0};
    const up_batch *b = &w->metric->batch;
    for (size_t i = 0; i < b->count; i++) {
        up_observation o;
        assert_int_equal(up_batch_get(b, i, &o, NULL), UP_OK);
        if ((w->entity != NULL && strcmp(o.entity, w->entity) != 0) ||
            (w->reported != UP_REPORTED_ALWAYS && o.reported != w->reported))
            continue;
        assert_true(o.has_value);
        assert_int_equal(up_decimal_add(m.sum, o.value, &m.sum, NULL), UP_OK);
        if (m.count == 0 || o.period.start < m.first.period.start)
            m.first = o;
        if (m.count == 0 || o.period.start > m.last.period.start)
            m.last = o;
        m.count++;
    }
    return m;
}

/* The first second of a period of facts.tsv: years may have any number of digits. */
static int64_t start_of(const char *text)
{
    const char *digits = text + (text[0] == '-');
    if (strspn(digits, "0123456789") == strlen(digits))
        return up_instant_from_date((up_date){strtoll(text, NULL, 10), 1, 1});
    up_period p;
    up_error err = {0};
    if (up_period_parse(text, NULL, &p, &err) != UP_OK)
        fail_msg("%s", err.message);
    return p.start;
}

static void assert_number(up_decimal found, const char *wanted, int power,
                          const char *what, const fact *f)
{
    up_decimal number;
    char text[UP_DECIMAL_SIZE];
    assert_int_equal(up_decimal_parse(wanted, &number, NULL), UP_OK);
    assert_int_equal(up_decimal_scale(number, power, &number, NULL), UP_OK);
    up_decimal_format(found, text);
    if (up_decimal_compare(found, number) != 0)
        fail_msg("%s, %s: %s is %s, wanted %s", f->fields[FACT_FILE],
                 f->fields[FACT_SERIES], what, text, wanted);
}

static void assert_fact(const real_file *file, const up_import *import, const fact *f)
{
    size_t count = (size_t)strtoul(f->fields[FACT_COUNT], NULL, 10);
    if (count == 0)
        return;
    wanted_series w = find_series(import, file->key, f->fields[FACT_SERIES]);
    if (w.metric == NULL)
        fail_msg("%s: no series %s", file->path, f->fields[FACT_SERIES]);
    /* 元 a head is no 亿元 */
    int power = file->power > 0 ? w.metric->power : 0;
    measured m = measure(&w);
    if (m.count != count)
        fail_msg("%s, %s: %zu figures, wanted %zu", file->path, f->fields[FACT_SERIES],
                 m.count, count);
    assert_true(m.first.period.start == start_of(f->fields[FACT_FIRST]));
    assert_true(m.last.period.start == start_of(f->fields[FACT_LAST]));
    assert_number(m.first.value, f->fields[FACT_FIRST_VALUE], power, "the first", f);
    assert_number(m.last.value, f->fields[FACT_LAST_VALUE], power, "the last", f);
    assert_number(m.sum, f->fields[FACT_SUM], power, "the sum", f);
}

static void every_series_is_as_stated(const real_file *file)
{
    up_import import = {0};
    size_t series = 0;
    read_real(file, &import);
    for (size_t i = 0; i < fact_count; i++)
        if (strcmp(facts[i].fields[FACT_FILE], file->path) == 0) {
            assert_fact(file, &import, &facts[i]);
            series += strcmp(facts[i].fields[FACT_COUNT], "0") != 0;
        }
    assert_int_equal(series, file->series);
    assert_int_equal(import.figures, file->figures);
    if (file->missing != SIZE_MAX)
        assert_int_equal(import.missing, file->missing);
    assert_int_equal(import.metrics[0].batch.periods[0].granularity, file->granularity);
    if (file->power > 0)
        assert_int_equal(import.metrics[0].power, file->power);
    if (strstr(import.layout, file->layout) == NULL)
        fail_msg("%s: %s", file->path, import.layout);
    up_import_release(&import);
}

static size_t check_files(bool kept, const char *folder)
{
    size_t checked = 0;
    load_facts(folder);
    for (size_t i = 0; i < FILES; i++) {
        if (published_is_kept(files[i].path) != kept)
            continue;
        print_message("%s\n", files[i].path);
        every_series_is_as_stated(&files[i]);
        checked++;
    }
    free_facts();
    return checked;
}

static void published_files_hold_what_is_stated(void **state)
{
    (void)state;
    assert_int_equal(check_files(true, PUBLISHED), 19);
}

static void large_ones_too(void **state)
{
    (void)state;
    published_need_large();
    assert_int_equal(check_files(false, PUBLISHED_LARGE), FILES - 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_files_hold_what_is_stated),
        cmocka_unit_test(large_ones_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
