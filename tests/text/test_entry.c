#include "published.h"

#include "uptick/entry.h"
#include "uptick/frame.h"

static up_entry_style style_of(char decimal)
{
    return (up_entry_style){.decimal = decimal};
}

static up_entry read_with(const char *text, const up_entry_style *style)
{
    up_entry entry = {0};
    up_error err = {0};
    if (up_entry_read(text, style, &entry, &err) != UP_OK)
        fail_msg("%s", err.message);
    return entry;
}

static up_entry read_as(const char *text, char decimal)
{
    up_entry_style style = style_of(decimal);
    return read_with(text, &style);
}

/* As "VALUE" or "LOW..HIGH" in plain notation, then % and the currency, status and marks
 * that are there: "1234.5 % EUR status P mark p". */
static void describe(const up_entry *e, up_buffer *out)
{
    char number[UP_DECIMAL_SIZE];
    if (e->kind != UP_ENTRY_NUMBER)
        up_buffer_add(out, e->kind == UP_ENTRY_MISSING ? "missing" : "text");
    if (e->has_value)
        up_decimal_format(e->value, number), up_buffer_addf(out, "%s", number);
    if (e->has_low)
        up_decimal_format(e->low, number), up_buffer_addf(out, "%s..", number);
    if (e->has_high)
        up_decimal_format(e->high, number), up_buffer_addf(out, "%s", number);
    if (e->qualifier != UP_EXACTLY)
        up_buffer_addf(out, " %s", up_qualifier_mark(e->qualifier));
    if (e->percent)
        up_buffer_add(out, " %");
    if (e->currency[0] != '\0')
        up_buffer_addf(out, " %s", e->currency);
    if (e->status != '\0')
        up_buffer_addf(out, " status %c", e->status);
    if (e->mark[0] != '\0')
        up_buffer_addf(out, " mark %s", e->mark);
}

typedef struct entry_case {
    const char *text, *wanted;
} entry_case;

static void assert_entries(const entry_case *cases, size_t count, char decimal)
{
    for (size_t i = 0; i < count; i++) {
        up_entry entry = read_as(cases[i].text, decimal);
        up_buffer out = {0};
        describe(&entry, &out);
        if (strcmp(up_buffer_text(&out), cases[i].wanted) != 0)
            fail_msg("'%s' gives %s, not %s", cases[i].text, out.data, cases[i].wanted);
        up_buffer_release(&out);
    }
}

#define ASSERT_ENTRIES(cases, decimal)                                                   \
    assert_entries(cases, sizeof(cases) / sizeof *(cases), decimal)

/* --- Numbers ------------------------------------------------------------------------ */

static void numbers_with_a_decimal_point_are_read(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"5", "5"},
        {" 5 ", "5"},
        {"-5", "-5"},
        {"+5", "5"},
        {"\xE2\x88\x92"
         "5.5",
         "-5.5"}, /* U+2212 */
        {"1.234567", "1.234567"},
        {".1", "0.1"},
        {"-.5", "-0.5"},
        {"5.", "5"},
        {"0.0", "0.0"},
        {"00003", "3"},
        {"1,234", "1234"},
        {"1,234,567.89", "1234567.89"},
        {"12,34,567", "1234567"}, /* Indian */
        {"1 234 567", "1234567"},
        {"1\xC2\xA0"
         "234.5",
         "1234.5"},
        {"1\xE2\x80\x89"
         "234",
         "1234"},
        {"1\xE2\x80\xAF"
         "234",
         "1234"},
        {"1'234'567.5", "1234567.5"},
        {"1\xE2\x80\x99"
         "234",
         "1234"},
        {"1.33E+11", "133000000000"},
        {"1e9", "1000000000"},
        {"2.5e-3", "0.0025"},
        {"(1,234)", "-1234"},
        {"( 5.5 )", "-5.5"},
        {"\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x8E\xEF\xBC\x95", "12.5"}, /* full width */
        {"\xEF\xBC\x88\xEF\xBC\x95\xEF\xBC\x89", "-5"},
        {"12345678901234567890123456789012345678",
         "12345678901234567890123456789012345678"},
    };
    ASSERT_ENTRIES(cases, '.');
}

static void numbers_with_a_decimal_comma_are_read(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"841,7422", "841.7422"}, {"979,254", "979.254"},
        {"1.234", "1234"},        {"1.234.567,8", "1234567.8"},
        {"1 234,5", "1234.5"},    {",5", "0.5"},
        {"1,3E+3", "1300"},       {"0", "0"},
    };
    ASSERT_ENTRIES(cases, ',');
}

static void percent_and_currency_are_taken_off(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"80%", "80 %"},
        {"80 %", "80 %"},
        {"80.5\xEF\xBC\x85", "80.5 %"},
        {"%123", "123 %"}, /* test283 of the CSVW suite */
        {"%-123", "-123 %"},
        {"+123%", "123 %"},
        {"123\xE2\x80\xB0", "12.3 %"},
        {"\xE2\x80\xB0-123", "-12.3 %"},
        {"5 percent", "5 %"},
        {"(5%)", "-5 %"},
        {"$5.45", "5.45 USD"},
        {"-$5", "-5 USD"},
        {"$-5", "-5 USD"},
        {"($5)", "-5 USD"},
        {"R$ 5", "5 BRL"},
        {"5\xC2\xA0\xE2\x82\xAC", "5 EUR"},
        {"\xC2\xA3"
         "1,234",
         "1234 GBP"},
        {"5 CHF", "5 CHF"},
        {"\xC2\xA5"
         "5",
         "5 mark \xC2\xA5"}, /* yen or yuan */
        {"7000\xE5\x85\x83", "7000 CNY"},
    };
    ASSERT_ENTRIES(cases, '.');
}

static void bounds_and_ranges_are_kept(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"<5", "5 <"},
        {">1,000", "1000 >"},
        {"\xE2\x89\xA5 10", "10 >="},
        {"~3", "3 ~"},
        {"about 5", "5 ~"},
        {"95+", "95 >="},
        {"3-5", "3..5"},
        {"3 \xE2\x80\x93 5", "3..5"},
        {"1,000-2,000", "1000..2000"},
        {"0.5-1.5%", "0.5..1.5 %"},
    };
    ASSERT_ENTRIES(cases, '.');
}

/* Eurostat's flags, https://ec.europa.eu/eurostat/data/database/information; the status
 * codes are those of SDMX CL_OBS_STATUS. */
static void flags_become_the_status(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"93.8 b", "93.8 status B mark b"},
        {"93.8 p", "93.8 status P mark p"},
        {"93.8 e", "93.8 status E mark e"},
        {"93.8 bep", "93.8 status B mark bep"},
        {"93.8 ef", "93.8 status F mark ef"}, /* a forecast, however estimated */
        {"93.8 s", "93.8 status E mark s"},
        {"93.8 r", "93.8 mark r"},
        {"93.8 u", "93.8 status U mark u"},
        {"93.8p", "93.8 status P mark p"},
        {"93.8 (p)", "93.8 status P mark (p)"},
        {"93.8 [e]", "93.8 status E mark [e]"},
        {"93.8 (est.)", "93.8 status E mark (est.)"},
        {": c", "missing status Q mark c"},
        {":u", "missing status U mark u"},
        {": z", "missing status M mark z"},
        {"[c]", "missing status Q mark [c]"},
    };
    ASSERT_ENTRIES(cases, '.');
}

static void footnote_marks_are_no_digits(void **state)
{
    (void)state;
    static const entry_case cases[] = {
        {"154.9#", "154.9 mark #"},
        {"12*", "12 mark *"},
        {"*12", "12 mark *"},
        {"12 **", "12 mark * *"},
        {"12\xE2\x80\xA0", "12 mark \xE2\x80\xA0"},
        {"12\xE2\x80\xA1", "12 mark \xE2\x80\xA1"},
        {"12\xC2\xB9", "12 mark \xC2\xB9"}, /* superscript 1 */
        {"10\xC2\xB2", "10 mark \xC2\xB2"},
        {"12\xE1\xB5\x83", "12 mark \xE1\xB5\x83"}, /* superscript a */
        {"12 [a]", "12 mark [a]"},
        {"12(2)", "12 mark (2)"},
        {"1,234 (2)", "1234 mark (2)"},
        {"5% (1)", "5 % mark (1)"},
    };
    ASSERT_ENTRIES(cases, '.');
}

static void marks_of_missing_values_are_told(void **state)
{
    (void)state;
    static const char *const marks[] = {
        "",     " ",    ".",    "..",   "...",          "\xE2\x80\xA6",
        ":",    "-",    "--",   "---",  "\xE2\x80\x93", "\xE2\x80\x94",
        "NA",   "N/A",  "n/a",  "#N/A", "NaN",          "null",
        "NULL", "None", "NONE", "nil",  "n.a.",         "[x]"};
    up_entry_style style = style_of('.');
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (read_with(marks[i], &style).kind != UP_ENTRY_MISSING)
            fail_msg("'%s' is not missing", marks[i]);
    static const char *const own[] = {"-9999", "x", NULL};
    style.missing = own;
    assert_int_equal(read_with("-9999", &style).kind, UP_ENTRY_MISSING);
    assert_int_equal(read_with("x", &style).kind, UP_ENTRY_MISSING);
    assert_int_equal(read_with("NA", &style).kind, UP_ENTRY_MISSING);
    style.only_missing = true;
    assert_int_equal(read_with("NA", &style).kind, UP_ENTRY_TEXT);
    assert_int_equal(read_with("", &style).kind, UP_ENTRY_MISSING);
    assert_int_equal(read_as("x", '.').kind, UP_ENTRY_TEXT);
}

static void what_is_no_number_is_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"2020-01-01",  "2012-06",   "31/12/2012",
                                        "26.02.2020",  "12:30",     "1.2.3",
                                        "12 34",       "555-1234",  "+49 30 123456",
                                        "020 123 456", "Y16-19",    "2019-2020",
                                        "Galway",      "5b",        "5bn",
                                        "5 bn",        "5 million", "12 in",
                                        "5 people",    "1/2",       "5-3",
                                        "0x10",        "inf",       "--5",
                                        "5 5",         "(5",        "5)",
                                        "-(5)",        "$",         "%",
                                        "\xC2\xB9",    "e9",        "A1",
                                        "*",           "#1",        "5 (about)",
                                        "5,",          "..5",       "120 any st."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        up_entry entry = read_as(texts[i], '.');
        if (entry.kind != UP_ENTRY_TEXT)
            fail_msg("'%s' is of kind %d", texts[i], (int)entry.kind);
    }
    up_buffer text = {0};
    for (int i = 0; i < 100000; i++)
        up_buffer_add(&text, "1,");
    assert_int_equal(read_as(text.data, '.').kind, UP_ENTRY_TEXT);
    up_buffer_release(&text);
}

static void assert_refused(const char *text, char decimal, const char *message)
{
    up_entry entry = {0};
    up_error err = {0};
    up_entry_style style = style_of(decimal);
    assert_int_equal(up_entry_read(text, &style, &entry, &err), UP_BAD_DATA);
    assert_string_equal(err.message, message);
}

static void number_written_against_the_style_is_refused(void **state)
{
    (void)state;
    assert_refused("1,23,4", '.', "'1,23,4' does not group its digits in threes");
    assert_refused(
        "0,5", '.',
        "'0,5' is written with a decimal comma, but the column's decimal mark is "
        "a point");
    assert_refused(
        "1234.5", ',',
        "'1234.5' is written with a decimal point, but the column's decimal mark "
        "is a comma");
    assert_refused("1,234", 0,
                   "'1,234' is ambiguous: 1234 (decimal point) or 1.234 (decimal comma), "
                   "and no other figure tells; say --decimal . or --decimal ,");
    up_entry entry = {0};
    up_entry_style style = style_of('.');
    up_error err = {0};
    assert_int_equal(
        up_entry_read("123456789012345678901234567890123456789", &style, &entry, &err),
        UP_BAD_DATA);
}

/* --- The style of a column ---------------------------------------------------------- */

enum { TEXTS = 8 };

static void assert_style(const char *const texts[TEXTS], char decimal, char grouping,
                         bool inferred)
{
    up_entry_style style = {0};
    up_error err = {0};
    size_t count = 0;
    while (count < TEXTS && texts[count] != NULL)
        count++;
    if (up_entry_style_find(texts, count, &style, &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_int_equal(style.decimal, decimal);
    assert_int_equal(style.grouping, grouping);
    assert_int_equal(style.inferred, inferred);
}

static void text_with_one_reading_decides_for_all(void **state)
{
    (void)state;
    assert_style((const char *const[TEXTS]){"979,254", "841,7422", "1,283"}, ',', 0,
                 false);
    assert_style((const char *const[TEXTS]){"979,254", "0,052"}, ',', 0, false);
    assert_style((const char *const[TEXTS]){"1,234", "1,234,567"}, '.', ',', false);
    assert_style((const char *const[TEXTS]){"1,234", "0.5"}, '.', ',', false);
    assert_style((const char *const[TEXTS]){"1.234", "1.234.567"}, ',', '.', false);
    assert_style((const char *const[TEXTS]){"1 234,5", "7"}, ',', ' ', false);
    assert_style((const char *const[TEXTS]){"12,34,567"}, '.', ',', false);
    assert_style((const char *const[TEXTS]){"1'234.5"}, '.', '\'', false);
    assert_style((const char *const[TEXTS]){"5", "1234", "NA", "x,y"}, 0, 0, false);
    assert_style((const char *const[TEXTS]){"1 234", "5"}, 0, ' ', false);
    assert_style((const char *const[TEXTS]){"<1,5 %", "1,234"}, ',', 0, false);
    assert_style((const char *const[TEXTS]){"\xEF\xBC\x91\xEF\xBC\x8C\xEF\xBC\x95"}, ',',
                 0, false);
    assert_style((const char *const[TEXTS]){NULL}, 0, 0, false);
}

/* elnino.csv has three decimals throughout: a point is a decimal point. */
static void point_alone_is_a_decimal_point(void **state)
{
    (void)state;
    assert_style((const char *const[TEXTS]){"23.110", "24.200", "0"}, '.', 0, false);
    assert_style((const char *const[TEXTS]){"23.110", "24.200", "1500"}, '.', 0, false);
}

/* excel_pasting.csv: "2,666" beside "853" and nothing with a comma elsewhere. */
static void commas_beside_small_whole_numbers_are_inferred_to_be_thousands(void **state)
{
    (void)state;
    assert_style((const char *const[TEXTS]){"2,666", "22,927", "120,522", "498"}, '.',
                 ',', true);
}

static void assert_undecided(const char *const texts[TEXTS], const char *message)
{
    up_entry_style style = {0};
    up_error err = {0};
    size_t count = 0;
    while (count < TEXTS && texts[count] != NULL)
        count++;
    assert_int_equal(up_entry_style_find(texts, count, &style, &err), UP_BAD_DATA);
    assert_string_equal(err.message, message);
}

static void what_nothing_decides_is_refused(void **state)
{
    (void)state;
    assert_undecided(
        (const char *const[TEXTS]){"1,234", "2,345"},
        "'2,345' is ambiguous: 2345 (decimal point) or 2.345 (decimal comma), "
        "and no other figure tells; say --decimal . or --decimal ,");
    assert_undecided(
        (const char *const[TEXTS]){"1.234", "987"},
        "'1.234' is ambiguous: 1.234 (decimal point) or 1234 (decimal comma), "
        "and no other figure tells; say --decimal . or --decimal ,");
    assert_undecided(
        (const char *const[TEXTS]){"0,5", "1.5"},
        "'1.5' has a decimal point, '0,5' a decimal comma (wanted one of them "
        "throughout)");
    up_entry_style style = {.decimal = ','};
    assert_int_equal(up_entry_style_find((const char *const[]){"1,234"}, 1, &style, NULL),
                     UP_OK);
    assert_int_equal(style.decimal, ',');
    style = (up_entry_style){.grouping = ','};
    assert_int_equal(up_entry_style_find((const char *const[]){"1,234"}, 1, &style, NULL),
                     UP_OK);
    assert_int_equal(style.decimal, '.');
}

/* --- Published files ---------------------------------------------------------------- */

/* n and sum of a series, exactly, per facts.tsv and README.md of the files. */
typedef struct total {
    const char *file;
    size_t key_column;
    const char *key;    /* NULL: every row */
    size_t first, last; /* columns of figures */
    size_t count;
    const char *sum;
} total;

static up_entry_style style_of_columns(const up_frame *frame, const total *t)
{
    size_t count = 0;
    for (size_t j = t->first; j <= t->last; j++)
        count += frame->column[j].count;
    const char **texts = calloc(count, sizeof *texts);
    assert_non_null(texts);
    count = 0;
    for (size_t j = t->first; j <= t->last; j++)
        for (uint32_t id = 0; id < frame->column[j].count; id++)
            texts[count++] = up_frame_text(frame, j, id);
    up_entry_style style = {0};
    up_error err = {0};
    if (up_entry_style_find(texts, count, &style, &err) != UP_OK)
        fail_msg("%s: %s", t->file, err.message);
    free(texts);
    return style;
}

static void assert_total(const up_frame *frame, const total *t)
{
    up_entry_style style = style_of_columns(frame, t);
    up_decimal sum = {0}, wanted;
    size_t count = 0;
    for (size_t i = 0; i < frame->rows; i++) {
        if (t->key != NULL && strcmp(up_frame_cell(frame, i, t->key_column), t->key) != 0)
            continue;
        for (size_t j = t->first; j <= t->last; j++) {
            up_entry entry = read_with(up_frame_cell(frame, i, j), &style);
            if (entry.kind == UP_ENTRY_MISSING)
                continue;
            assert_int_equal(entry.kind, UP_ENTRY_NUMBER);
            assert_int_equal(up_decimal_add(sum, entry.value, &sum, NULL), UP_OK);
            count++;
        }
    }
    assert_int_equal(up_decimal_parse(t->sum, &wanted, NULL), UP_OK);
    if (count != t->count || up_decimal_compare(sum, wanted) != 0) {
        char text[UP_DECIMAL_SIZE];
        up_decimal_format(sum, text);
        fail_msg("%s: %zu figures, sum %s", t->file, count, text);
    }
}

static size_t check_figures_of_published_files_add_up(bool kept)
{
    size_t checked = 0;
    static const total totals[] = {
        {"fred/UNRATE.csv", 0, NULL, 1, 1, 866, "4961.1"},
        {"fred/DEXUSEU.csv", 0, NULL, 1, 1, 5321, "6395.0842"},
        {"worldbank/API_SP.POP.TOTL_DS2_en_csv_v2.csv", 1, "ABW", 4, 61, 57, "4258605"},
        {"csvw/cambornedata-snippet.csv", 0, NULL, 2, 2, 4, "57.4"},
        {"excel/CovidFaelle_Timeline.csv", 1, "Wien", 7, 7, 686, "93739.3444561"},
        {"excel/excel_pasting.csv", 0, "Iron and steel", 1, 8, 8, "167851"},
        {"excel/wasserstand.csv", 0, NULL, 1, 1, 7, "1008"},
        {"excel/danish_money_bom.csv", 0, NULL, 1, 1, 55, "646.49237750"},
        {"counts/travelers.csv", 0, NULL, 1, 1, 300, "194969932"},
        {"zh/niandu-gdp-utf8.csv", 0,
         "\xE5\x9B\xBD\xE5\x86\x85\xE7\x94\x9F\xE4\xBA\xA7\xE6\x80\xBB\xE5\x80\xBC(\xE4"
         "\xBA\xBF\xE5\x85\x83)",
         1, 10, 10, "10339045.1"},
        {"misc/elnino.csv", 0, NULL, 1, 12, 732, "16903.800"},
        {"misc/macrodata.csv", 0, NULL, 2, 2, 203, "1465897.896"},
        {"misc/co2-weekly.csv", 0, NULL, 1, 1, 2225, "756816.5"},
        {"misc/libor-projections.csv", 0, "2014-06-30", 2, 2, 120, "3.0822085"},
        {"misc/bls-industry-unemployment.csv", 1, "Construction", 2, 2, 122, "105923"},
        {"misc/hourly.tsv", 0, NULL, 1, 1, 140, "2366429"},
    };
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        if (published_is_kept(totals[i].file) != kept)
            continue;
        char *text = scratch_read(published_folder(totals[i].file), totals[i].file);
        assert_non_null(text);
        checked++;
        up_frame frame = {0};
        assert_int_equal(up_frame_read(text, strlen(text), "", NULL, &frame, NULL, NULL),
                         UP_OK);
        assert_total(&frame, &totals[i]);
        up_frame_release(&frame);
        free(text);
    }
    return checked;
}

static void figures_of_published_files_add_up(void **state)
{
    (void)state;
    assert_int_equal(check_figures_of_published_files_add_up(true), 14);
}

static void large_ones_too_figures_of_published_files_add_up(void **state)
{
    (void)state;
    published_need_large();
    assert_true(check_figures_of_published_files_add_up(false) > 0);
}

/* Whatever the text, both functions come to an end and say why. */
static void random_bytes_are_survived(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789.,-+ '%()[]eEpb:*$<>~\xE2\x80\x93\xC2\xA0x";
    unsigned seed = 12345;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        size_t length = 0;
        for (; length < 1 + seed % 20; length++) {
            seed = seed * 1103515245u + 12345u;
            text[length] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        text[length] = '\0';
        const char *const texts[] = {text};
        up_entry_style style = {0};
        up_entry entry = {0};
        up_error err = {0};
        if (up_entry_style_find(texts, 1, &style, &err) != UP_OK)
            assert_true(err.message[0] != '\0');
        else if (up_entry_read(text, &style, &entry, &err) != UP_OK)
            assert_true(err.message[0] != '\0');
    }
}

static void status_of_a_flag_column_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *flag;
        char status;
    } cases[] = {
        {"b", 'B'},  {"p", 'P'},         {"Provisional", 'P'}, {"E", 'E'}, {"A", 'A'},
        {"be", 'B'}, {"estimated", 'E'}, {"Forecast", 'F'},    {"r", 0},   {"", 0},
        {"#", 0},    {"something", 0},   {"c", 'Q'},           {"M", 'M'}, {" u ", 'U'}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(up_entry_status(cases[i].flag), cases[i].status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_with_a_decimal_point_are_read),
        cmocka_unit_test(numbers_with_a_decimal_comma_are_read),
        cmocka_unit_test(percent_and_currency_are_taken_off),
        cmocka_unit_test(bounds_and_ranges_are_kept),
        cmocka_unit_test(flags_become_the_status),
        cmocka_unit_test(footnote_marks_are_no_digits),
        cmocka_unit_test(marks_of_missing_values_are_told),
        cmocka_unit_test(what_is_no_number_is_text),
        cmocka_unit_test(number_written_against_the_style_is_refused),
        cmocka_unit_test(text_with_one_reading_decides_for_all),
        cmocka_unit_test(point_alone_is_a_decimal_point),
        cmocka_unit_test(commas_beside_small_whole_numbers_are_inferred_to_be_thousands),
        cmocka_unit_test(what_nothing_decides_is_refused),
        cmocka_unit_test(figures_of_published_files_add_up),
        cmocka_unit_test(large_ones_too_figures_of_published_files_add_up),
        cmocka_unit_test(random_bytes_are_survived),
        cmocka_unit_test(status_of_a_flag_column_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
