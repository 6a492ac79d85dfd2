/* What an import understands, what it refuses and how it says so. */
#include "import/import_bench.h"

/* --- Columns ------------------------------------------------------------------------------------ */

static void a_date_and_figures_are_series_named_by_their_headers(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "DATE,UNRATE\n1948-01-01,3.4\n1948-02-01,3.8\n1948-03-01,4.0\n");
    assert_int_equal(b.import.metric_count, 1);
    assert_string_equal(b.import.metrics[0].metric.name, "unrate");
    assert_string_equal(metric_key(&b, 0, "title"), "UNRATE");
    assert_figure(&b, 0, 0, "|1948-01|3.4||||");
    assert_figure(&b, 0, 2, "|1948-03|4.0||||");
    let_go(&b);
}

static void the_frequency_may_be_given(void **state)
{
    (void)state;
    bench b = {.request = {.frequency = "day"}};
    must_run(&b, "DATE,UNRATE\n1948-01-01,3.4\n1948-02-01,3.8\n1948-03-01,4.0\n");
    assert_figure(&b, 0, 1, "|1948-02-01|3.8||||");
    let_go(&b);
}

static void the_one_column_of_words_is_the_entity(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b,
             "date,industry,unemployed\n2000-01-01,Mining,19\n2000-01-01,Other,274\n");
    assert_figure(&b, 0, 1, "Other|2000-01-01|274||||");
    let_go(&b);
}

/* One slip must not make a column of figures one of words, which would be left out. */
static void a_slip_below_a_year_is_a_bad_row(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "Country,2021,2022\nFrance,1O,2\nSpain,3,4\nItaly,5,6\n",
                   UP_BAD_DATA, 2, "column '2021': '1O' is not a number");
    b = (bench){0};
    assert_refused(&b, "Country,2021,2022\nFrance,1,secret\nSpain,3,hidden\n",
                   UP_BAD_DATA, 2, "column '2022': 'secret' is not a number");
}

static void a_year_without_its_century_is_named(void **state)
{
    (void)state;
    static const char *const texts[][2] = {{"date,value\nJan-20,5\nFeb-20,6\n", "Jan-20"},
                                           {"c,1Q24,2Q24\nx,5,6\n", "1Q24"},
                                           {"c,Q1/24,Q2/24\nx,5,6\n", "Q1/24"}};
    for (size_t i = 0; i < 3; i++) {
        char wanted[100];
        bench b = {0};
        snprintf(wanted, sizeof wanted,
                 "'%s' tells no century: a year of four digits is wanted", texts[i][1]);
        assert_refused(&b, texts[i][0], UP_BAD_DATA, 1, wanted);
    }
}

static void a_table_of_one_year_says_which_layout_it_has(void **state)
{
    (void)state;
    static const char text[] = "Country,2024\nFrance,5\nSpain,6\n";
    bench b = {0};
    assert_refused(&b, text, UP_BAD_DATA, 1,
                   "no column holds dates; the header '2024' is a period: --layout wide "
                   "makes it that of the figures below it");
    b = (bench){.request = {.layout = "wide"}};
    must_run(&b, text);
    assert_figure(&b, 0, 1, "Spain|2024|6||||");
    let_go(&b);
}

static void a_column_that_varies_and_is_in_no_key_is_refused(void **state)
{
    (void)state;
    static const char text[] = "year,shop,colour,sold\n2020,A,red,1\n2020,A,blue,2\n"
                               "2020,B,red,3\n2020,B,blue,4\n";
    bench b = {0};
    assert_refused(&b, text, UP_BAD_DATA, 1,
                   "the column 'shop' varies ('A', 'B') and is in no key: say what it is "
                   "(--entity, --metric, --note … or --ignore 'shop')");
    b = (bench){.request = {.given = {[UP_IMPORT_ENTITY] = "shop,colour"}}};
    must_run(&b, text);
    assert_figure(&b, 0, 3, "B | blue|2020|4||||");
    let_go(&b);
    b = (bench){
        .request = {
            .given = {[UP_IMPORT_ENTITY] = "shop", [UP_IMPORT_METRIC] = "colour"}}};
    must_run(&b, text);
    assert_int_equal(b.import.metric_count, 2);
    assert_string_equal(b.import.metrics[1].metric.name, "sold-blue");
    assert_string_equal(metric_key(&b, 1, "title"), "sold (blue)");
    let_go(&b);
}

static void two_columns_of_dates_are_told_apart_by_their_user(void **state)
{
    (void)state;
    static const char text[] =
        "opened,closed,n\n2020-01-05,2020-02-07,1\n2020-03-05,2020-04-07,2\n";
    bench b = {0};
    assert_refused(
        &b, text, UP_BAD_DATA, 1,
        "the columns 'opened' and 'closed' both hold dates: say which is the period "
        "(--period 'opened') and what the other is (--reported, --ignore)");
    b = (bench){
        .request = {
            .given = {[UP_IMPORT_PERIOD] = "closed", [UP_IMPORT_IGNORED] = "#1"}}};
    must_run(&b, text);
    assert_figure(&b, 0, 0, "|2020-02-07|1||||");
    let_go(&b);
}

static void an_option_must_name_a_column(void **state)
{
    (void)state;
    bench b = {.request = {.given = {[UP_IMPORT_VALUE] = "soldd"}}};
    assert_refused(&b, "year,sold\n2020,1\n", UP_USAGE, 0,
                   "--value: the file has no column 'soldd'; did you mean 'sold'?");
    b = (bench){.request = {.given = {[UP_IMPORT_VALUE] = "x"}}};
    assert_refused(&b, "year,a,a\n2020,1,2\n", UP_USAGE, 0,
                   "--value: the file has no column 'x' (its columns: 'year', 'a', …)");
    b = (bench){.request = {.given = {[UP_IMPORT_VALUE] = "a"}}};
    assert_refused(&b, "year,a,a\n2020,1,2\n", UP_USAGE, 0,
                   "the columns 2 and 3 are both named 'a': write '#2' or '#3'");
}

static void numbers_in_the_first_column_are_not_taken_for_years(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "Time,Value\n1,5\n2,6\n3,7\n", UP_BAD_DATA, 1,
                   "column 'Time': '1' is a number and no date (wanted years of four "
                   "digits, or e.g. 2024-12-31)");
    b = (bench){0};
    assert_refused(&b, "id,n\n1,5\n2,6\n3,7\n", UP_BAD_DATA, 1,
                   "no column holds dates and no header is one: say where the period is "
                   "(--period COLUMN, or --period PERIOD for all rows)");
    b = (bench){.request = {.given = {[UP_IMPORT_IGNORED] = "#1"}}};
    must_run(&b, ",when,n\n0,2020-01-01,5\n1,2020-01-02,6\n");
    assert_figure(&b, 0, 1, "|2020-01-02|6||||");
    let_go(&b);
}

static void months_in_rows_and_years_in_the_header_cross(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "month,2019,2020\nJan,5,6\nFebruary,7,8\n");
    assert_figure(&b, 0, 0, "|2019-01|5||||");
    assert_figure(&b, 0, 3, "|2020-02|8||||");
    let_go(&b);
    b = (bench){0};
    must_run(&b, "city,,2019,2020\nA,Q1,5,6\nA,Q2,7,8\nB,Q1,9,10\n");
    assert_figure(&b, 0, 5, "B|2020-Q1|10||||");
    let_go(&b);
    b = (bench){0};
    assert_refused(&b, "month,2019,2020\n1,5,6\n2,7,8\nTotal,12,14\n", UP_BAD_DATA, 4,
                   "'Total' is no part of a year");
}

static void a_part_of_a_year_is_one_month_or_quarter_and_no_more(void **state)
{
    (void)state;
    static const char *const parts[] = {"Mar-Apr", "Q3", "3.5", "1-6", "13", "Janitor"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        bench b = {0};
        char text[64], message[64];
        snprintf(text, sizeof text, "year,month,n\n2019,%s,5\n2019,Sept.,7\n", parts[i]);
        snprintf(message, sizeof message, "'%s' is no part of a year", parts[i]);
        assert_refused(&b, text, UP_BAD_DATA, 2, message);
    }
}

static void a_column_beside_headers_that_are_periods_is_not_passed_over(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "date,2019,2020\n2020-01-01,5,6\n2020-01-02,7,8\n", UP_BAD_DATA, 1,
                   "the column 'date' and the other headers both say when: leave it out "
                   "(--ignore 'date') or say that it is the period (--period 'date')");
    b = (bench){.request = {.given = {[UP_IMPORT_PERIOD] = "date"}}};
    must_run(&b, "date,2019,2020\n2020-01-01,5,6\n2020-01-02,7,8\n");
    assert_int_equal(b.import.metric_count, 2);
    assert_figure(&b, 1, 1, "|2020-01-02|8||||");
    let_go(&b);
    b = (bench){0};
    assert_refused(&b, "country,2018,,2020\nChina,1,2,3\nKorea,4,5,6\n", UP_BAD_DATA, 1,
                   "column 3 holds figures, but its header is blank (wanted a period; "
                   "--ignore '#3' leaves it out)");
}

static void figures_in_two_columns_of_one_name_are_refused(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(
        &b, "date,Value,Value\n2020-01-01,5,5\n2020-01-02,6,6\n", UP_BAD_DATA, 1,
        "the columns 2 and 3 hold figures and are both named 'Value': leave one "
        "out (--ignore '#3') or name the figures (--value '#2')");
}

static void a_range_is_that_of_one_column(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "year,a,b,low,high\n2020,5,60,4,7\n2021,6,70,5,8\n", UP_BAD_DATA,
                   1,
                   "the column 'low' (the lower end) may be about 'a' or 'b': say which "
                   "are the figures (--value), or --ignore 'low'");
    b = (bench){0};
    run(&b, "year,a,low,high\n2020,5,4,7\n2021,6,7,5\n2022,9,1,2\n");
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_int_equal(b.remarks.errors, 2); /* every bad row */
    assert_string_equal(b.err.message, "low is above high");
    let_go(&b);
    b = (bench){.request = {.keep_bad = true}};
    must_run(&b, "year,a,low,high\n2020,5,4,7\n2021,6,7,5\n2022,9,1,2\n");
    assert_int_equal(b.import.bad_rows, 2);
    let_go(&b);
}

static void constants_that_cannot_hold_are_refused_at_once(void **state)
{
    (void)state;
    static const struct {
        up_import_role role;
        const char *text, *message;
    } cases[] = {
        {UP_IMPORT_STATUS, "zzz",
         "--status: 'zzz' is neither a column nor an OBS_STATUS (A, E, P, F, B, D, M, "
         "…)"},
        {UP_IMPORT_QUALIFIER, "!",
         "--qualifier: '!' is no qualifier (wanted ~ > >= < <= ~< ~> or nothing)"},
        {UP_IMPORT_MULTIPLIER, "abc",
         "--multiplier: 'abc' is neither a column nor a power of ten (6 for millions)"},
        {UP_IMPORT_MULTIPLIER, "1000",
         "--multiplier: '1000' is neither a column nor a power of ten (6 for millions)"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench b = {0};
        b.request.given[cases[i].role] = cases[i].text;
        assert_refused(&b, "year,a\n2020,1\n2021,2\n", UP_USAGE, 0, cases[i].message);
    }
    bench b = {.request = {.given = {[UP_IMPORT_STATUS] = "forecast"}}};
    must_run(&b, "year,a\n2020,1\n");
    assert_figure(&b, 0, 0, "|2020|1||F||");
    let_go(&b);
}

static void constants_hold_for_every_row(void **state)
{
    (void)state;
    bench b = {.request = {.given = {[UP_IMPORT_ENTITY] = "China",
                                     [UP_IMPORT_PERIOD] = "2024",
                                     [UP_IMPORT_STATUS] = "E",
                                     [UP_IMPORT_REPORTED] = "2025-02-03",
                                     [UP_IMPORT_NOTE] = "from a table"}}};
    must_run(&b, "gdp,population\n134908,1409\n");
    assert_int_equal(b.import.metric_count, 2);
    assert_figure(&b, 1, 0, "China|2024|1409||E|2025-02-03|from a table");
    assert_false(b.import.keep_vintages);
    let_go(&b);
}

static void year_and_quarter_are_one_period(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "\"year\",\"quarter\",\"gdp\"\n1959,1,2710.349\n1959,2,2778.801\n");
    assert_figure(&b, 0, 1, "|1959-Q2|2778.801||||");
    let_go(&b);
    b = (bench){0};
    must_run(&b, "YEAR,JAN,FEB,MAR,APR,MAY,JUN,JUL,AUG,SEP,OCT,NOV,DEC\n"
                 "1950,1,2,3,4,5,6,7,8,9,10,11,12\n");
    assert_int_equal(b.import.metric_count, 1);
    assert_figure(&b, 0, 11, "|1950-12|12||||");
    let_go(&b);
}

/* --- Labels ------------------------------------------------------------------------------------- */

static void a_label_without_an_ascii_name_needs_a_map(void **state)
{
    (void)state;
    static const char text[] =
        "指标,2024年,2023年\n国内生产总值(亿元),1349083.5,1294271.7\n"
        "人均国内生产总值(元),95749,91746\n";
    bench b = {0};
    run(&b, text);
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_int_equal(b.remarks.errors, 2); /* each label once */
    assert_string_equal(b.err.message,
                        "'国内生产总值(亿元)' makes no name for a metric (wanted: --map "
                        "'国内生产总值=NAME', in lower-case letters, digits and '-')");
    let_go(&b);
    static const char *const maps[] = {"国内生产总值=gdp",
                                       "人均国内生产总值(元)=gdp-per-head", NULL};
    b = (bench){.request = {.maps = maps}};
    must_run(&b, text);
    assert_string_equal(metric_key(&b, 0, "title"), "国内生产总值");
    assert_string_equal(metric_key(&b, 0, "unit"), "CNY");
    assert_int_equal(b.import.metrics[0].power, 8);
    assert_figure(&b, 0, 0, "|2024|134908350000000||||");
    assert_int_equal(b.import.metrics[1].power, 0);
    assert_string_equal(metric_key(&b, 1, "unit"), "CNY");
    up_observation o;
    assert_int_equal(up_batch_get(&b.import.metrics[0].batch, 0, &o, NULL), UP_OK);
    assert_string_equal(o.stated, "1349083.5e8"); /* its digits tell the rounding */
    let_go(&b);
}

static void units_in_headers_are_applied(void **state)
{
    (void)state;
    static const struct {
        const char *header, *title, *unit, *value;
    } cases[] = {
        {"Sales (million US$)", "Sales", "USD", "2500000"},
        {"Sales [EUR bn]", "Sales", "EUR", "2500000000"},
        {"Sales ($m)", "Sales", "USD", "2500000"},
        {"Sales (€bn)", "Sales", "EUR", "2500000000"},
        {"Sales (millions of USD)", "Sales", "USD", "2500000"},
        {"Users (thousands)", "Users", "", "2500"},
        {"Users ('000)", "Users", "", "2500"},
        {"Users (in millions)", "Users", "", "2500000"},
        {"Rate (per 1000)", "Rate (per 1000)", "", "2.5"},
        {"Rate (per thousand people)", "Rate (per thousand people)", "", "2.5"},
        {"Sales (M)", "Sales (M)", "", "2.5"},
        {"Sales (EUR million)", "Sales", "EUR", "2500000"},
        {"Sales (€bn)", "Sales", "EUR", "2500000000"},
        {"Sales ($ million)", "Sales", "USD", "2500000"},
        {"Sales (USD)", "Sales", "USD", "2.5"},
        {"Share (%)", "Share", "percent", "2.5"},
        {"GDP (OWID based on World Bank)", "GDP (OWID based on World Bank)", "", "2.5"},
        {"GDP (current US$)", "GDP (current US$)", "USD", "2.5"},
        {"Rain (mm)", "Rain", "mm", "2.5"},
        {"Output (thousand tonnes)", "Output", "tonnes", "2500"},
        {"Fraction (HYDE 3.1 (2010))", "Fraction (HYDE 3.1 (2010))", "", "2.5"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench b = {0};
        up_buffer text = {0};
        up_buffer_addf(&text, "year,%s\n2020,2.5\n2021,3.5\n", cases[i].header);
        must_run(&b, up_buffer_text(&text));
        up_observation o;
        char value[UP_DECIMAL_SIZE];
        assert_int_equal(up_batch_get(&b.import.metrics[0].batch, 0, &o, NULL), UP_OK);
        up_decimal_format(o.value, value);
        assert_string_equal(metric_key(&b, 0, "title"), cases[i].title);
        assert_string_equal(metric_key(&b, 0, "unit"), cases[i].unit);
        assert_string_equal(value, cases[i].value);
        up_buffer_release(&text);
        let_go(&b);
    }
}

static void a_name_given_is_the_one_metric_of_the_file(void **state)
{
    (void)state;
    bench b = {.request = {.given = {[UP_IMPORT_METRIC] = "people"}}};
    must_run(&b, "Country Name,Country Code,Indicator Name,Indicator Code,2015,2016\n"
                 "Aruba,ABW,\"Population, total\",SP.POP.TOTL,1,2\n");
    assert_string_equal(b.import.metrics[0].metric.name, "people");
    assert_string_equal(metric_key(&b, 0, "title"), "Population, total");
    let_go(&b);
    b = (bench){.request = {.given = {[UP_IMPORT_METRIC] = "people"}}};
    run(&b, "year,a,b\n2019,1,2\n");
    assert_int_equal(b.status, UP_USAGE);
    assert_string_equal(
        b.err.message,
        "--metric 'people' names one metric, but the file has more ('a', 'b'): "
        "--map 'LABEL=NAME' for each");
    let_go(&b);
}

static void a_power_of_ten_is_said_once(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "year,unit,unit_mult,value\n2020,million USD,6,1.5\n", UP_BAD_DATA,
                   2,
                   "column 'unit_mult': the unit 'million USD' and the multiplier 6 both "
                   "say a power of ten (--ignore 'unit_mult' leaves one out)");
    b = (bench){0};
    must_run(&b, "year,unit,unit_mult,value\n2020,USD,6,1.5\n2021,USD,0,1.5\n");
    assert_figure(&b, 0, 0, "|2020|1500000||||");
    assert_figure(&b, 0, 1, "|2021|1.5||||");
    let_go(&b);
}

static void percent_beside_bare_numbers_is_refused(void **state)
{
    (void)state;
    static const char *const keys[] = {"unit", "percent", NULL};
    bench b = {0};
    assert_refused(&b, "year,a\n2020,5%\n2021,0.06\n", UP_BAD_DATA, 3,
                   "column 'a': no percent sign here, but one at other figures of 'a' "
                   "(--unit percent takes all as percent)");
    b = (bench){0};
    assert_refused(&b, "year,a\n2020,6\n2021,6%\n", UP_BAD_DATA, 3,
                   "column 'a': a percent sign here, but none at other figures of 'a' "
                   "(--unit percent takes all as percent)");
    b = (bench){.request = {.keys = keys}};
    must_run(&b, "year,a\n2020,5%\n2021,6\n");
    assert_figure(&b, 0, 0, "|2020|5||||");
    assert_figure(&b, 0, 1, "|2021|6||||");
    let_go(&b);
}

static void two_labels_must_not_make_one_metric(void **state)
{
    (void)state;
    bench b = {0};
    run(&b, "year,a b,a-b\n2020,1,2\n");
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_string_equal(b.err.message,
                        "'a b' and 'a-b' both make the metric 'a-b' (--map "
                        "'LABEL=NAME' tells them apart)");
    let_go(&b);
}

/* --- Numbers ---------------------------------------------------------------------------------------- */

static void decimal_commas_are_told_by_the_whole_file(void **state)
{
    (void)state;
    bench b = {0};
    must_run(
        &b,
        "Zeit;a;b\n26.02.2020 00:00:00;0,05;979,254\n27.02.2020 00:00:00;1,5;1,283\n");
    assert_figure(&b, 1, 0, "|2020-02-26|979.254||||");
    let_go(&b);
}

static void thousands_and_decimals_that_cannot_be_told_apart_are_refused(void **state)
{
    (void)state;
    bench b = {0};
    run(&b, "year;a\n2020;1,283\n2021;2,431\n");
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_non_null(strstr(b.err.message, "column 'a': '"));
    let_go(&b);
    b = (bench){.request = {.decimal = ","}};
    must_run(&b, "year;a\n2020;1,283\n2021;2,431\n");
    assert_figure(&b, 0, 0, "|2020|1.283||||");
    let_go(&b);
}

static void flags_and_marks_become_status_and_note(void **state)
{
    (void)state;
    bench b = {0};
    must_run(
        &b,
        "geo,2019,2020,2021\nAT,12.3 p,: c,14.0\nBE,13.1 b,13.2,:\nDE,11.0,11.5,11.9*\n");
    assert_int_equal(b.import.metric_count, 1);
    assert_figure(&b, 0, 0, "AT|2019|12.3||P||");
    assert_figure(&b, 0, 1, "AT|2020|||M||c"); /* known to be withheld */
    assert_figure(&b, 0, 3, "BE|2019|13.1||B||");
    assert_figure(&b, 0, 7, "DE|2021|11.9||||*");
    assert_int_equal(b.import.missing, 1);
    let_go(&b);
}

static void qualifiers_and_ranges_in_cells_are_kept(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "year,a\n2019,<5\n2020,12\n2021,~30\n");
    assert_figure(&b, 0, 0, "|2019|5|<|||");
    assert_figure(&b, 0, 2, "|2021|30|~|||");
    let_go(&b);
}

static void percent_signs_make_a_metric_of_percent(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "year,share\n2019,12.5%\n2020,13%\n");
    assert_string_equal(metric_key(&b, 0, "unit"), "percent");
    assert_figure(&b, 0, 0, "|2019|12.5||||");
    let_go(&b);
    /* a share kept as a fraction */
    b = (bench){0};
    up_metric_data *m = build_metric(&b.tracker, "share", "ratio", "");
    assert_int_equal(up_metric_set(&m->metric, "display", "percent", NULL), UP_OK);
    must_run(&b, "year,share\n2019,12.5%\n2020,13%\n");
    assert_figure(&b, 0, 0, "|2019|0.125||||");
    assert_false(b.import.metrics[0].is_new);
    let_go(&b);
    b = (bench){0};
    build_metric(&b.tracker, "share", "stock", "people");
    assert_refused(
        &b, "year,share\n2019,12.5%\n", UP_BAD_DATA, 2,
        "column 'share': the figures are in percent, the metric 'share' in people");
}

static void unit_columns_and_multipliers_are_applied_row_by_row(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "TIME_PERIOD,REF_AREA,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"
                 "2020,CN,14.7,USD,12,A\n2021,CN,17.8,USD,12,E\n2022,CN,17900,USD,9,A\n");
    assert_string_equal(metric_key(&b, 0, "unit"), "USD");
    assert_figure(&b, 0, 0, "CN|2020|14700000000000||||");
    assert_figure(&b, 0, 1, "CN|2021|17800000000000||E||");
    assert_figure(&b, 0, 2, "CN|2022|17900000000000||||");
    assert_int_equal(b.import.metrics[0].least_power, 9);
    assert_int_equal(b.import.metrics[0].most_power, 12);
    let_go(&b);
    b = (bench){0};
    assert_refused(
        &b, "year,value,unit\n2020,1,kg\n2021,2,tonnes\n", UP_BAD_DATA, 3,
        "column 'value': the figures are in tonnes, the metric 'figures' in kg");
}

/* --- Bad rows ------------------------------------------------------------------------------------------ */

static const char with_bad_rows[] =
    "year,a,b\n2019,1,2\n2020,x,3\nnext,4,5\n2021,6,7\n2022,8,9,10\n";

static void every_bad_row_is_named_and_nothing_is_kept(void **state)
{
    (void)state;
    bench b = {0};
    run(&b, with_bad_rows);
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_int_equal(b.remarks.errors, 3);
    assert_int_equal(b.remarks.items[0].line, 3);
    assert_string_equal(b.remarks.items[0].message, "column 'a': 'x' is not a number");
    assert_int_equal(b.remarks.items[1].line, 4);
    assert_int_equal(b.remarks.items[2].line, 6);
    assert_int_equal(b.import.metric_count, 0);
    let_go(&b);
}

static void bad_rows_may_be_set_aside_as_they_stood(void **state)
{
    (void)state;
    bench b = {.request = {.keep_bad = true}};
    must_run(&b, with_bad_rows);
    assert_int_equal(b.import.bad_rows, 3);
    assert_int_equal(b.import.figures, 4);
    assert_string_equal(up_buffer_text(&b.import.rejected),
                        "year,a,b\n2020,x,3\nnext,4,5\n2022,8,9,10\n");
    assert_int_equal(b.remarks.errors, 0);
    let_go(&b);
}

static void a_figure_without_a_period_is_a_bad_row(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(&b, "year,a\n2019,1\n2020,2\n,3\n", UP_BAD_DATA, 4,
                   "a figure without a period");
    b = (bench){0};
    must_run(&b, "year,a\n2019,1\n2020,2\n,\n"); /* nothing is said there */
    assert_int_equal(b.import.figures, 2);
    let_go(&b);
}

/* --- Entities --------------------------------------------------------------------------------------------- */

static void add_entity(up_tracker *t, const char *name, const char *code,
                       const char *alias)
{
    assert_int_equal(up_grow(&t->entities, &t->entity_capacity, t->entity_count + 1,
                             sizeof *t->entities, NULL),
                     UP_OK);
    up_entity *e = &t->entities[t->entity_count++];
    *e = (up_entity){.alias_count = 1};
    assert_int_equal(up_copy_text(name, &e->name, NULL), UP_OK);
    assert_int_equal(up_copy_text(code, &e->code, NULL), UP_OK);
    assert_int_equal(up_alloc(1, sizeof *e->aliases, &e->aliases, NULL), UP_OK);
    assert_int_equal(up_copy_text(alias, &e->aliases[0], NULL), UP_OK);
}

static void entities_are_known_by_name_alias_and_code(void **state)
{
    (void)state;
    bench b = {0};
    add_entity(&b.tracker, "China", "CHN", "中国");
    must_run(&b, "country,year,a\n中国,2019,1\nCHN,2020,2\nChina,2021,3\nKorea,2021,4\n");
    assert_figure(&b, 0, 0, "China|2019|1||||");
    assert_figure(&b, 0, 1, "China|2020|2||||");
    assert_figure(&b, 0, 3, "Korea|2021|4||||");
    assert_int_equal(b.import.metrics[0].batch.entity_count, 2);
    assert_int_equal(b.import.entity_count, 1);
    assert_string_equal(b.import.entities[0].name, "Korea");
    let_go(&b);
    /* a name that is new is known by its code */
    b = (bench){0};
    add_entity(&b.tracker, "China", "CHN", "中国");
    must_run(&b, "Country Name,Country Code,Year,a\nPeople's "
                 "China,CHN,2019,1\nKorea,KOR,2019,2\n");
    assert_figure(&b, 0, 0, "China|2019|1||||");
    assert_string_equal(b.import.entities[0].code, "KOR");
    let_go(&b);
}

static void a_name_and_a_code_must_be_of_one_entity(void **state)
{
    (void)state;
    bench b = {0};
    add_entity(&b.tracker, "China", "CHN", "中国");
    add_entity(&b.tracker, "Korea", "KOR", "한국");
    assert_refused(&b, "Country Name,Country Code,Year,a\nChina,KOR,2019,1\n",
                   UP_BAD_DATA, 2,
                   "'China' is China here, but its code 'KOR' is that of Korea "
                   "(series/entities.csv)");
}

/* --- Vintages -------------------------------------------------------------------------------------------------- */

static void a_file_that_dates_its_figures_keeps_its_vintages(void **state)
{
    (void)state;
    bench b = {0};
    must_run(
        &b,
        "on,about,value\n2014-06-30,2014-07-31,0.0015\n2014-09-30,2014-07-31,0.0015\n");
    assert_true(b.import.keep_vintages);
    assert_figure(&b, 0, 0, "|2014-07-31|0.0015|||2014-06-30|");
    assert_figure(&b, 0, 1, "|2014-07-31|0.0015|||2014-09-30|");
    let_go(&b);
}

static void the_day_of_an_edition_is_read_from_its_preamble(void **state)
{
    (void)state;
    static const char text[] =
        "\"Data Source\",\"World Development Indicators\",\n\n"
        "\"Last Updated Date\",\"2018-01-25\",\n\n"
        "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator "
        "Code\",\"2015\",\"2016\",\n"
        "\"Aruba\",\"ABW\",\"Population, total\",\"SP.POP.TOTL\",\"104341\","
        "\"104822\",\n";
    bench b = {0};
    must_run(&b, text);
    assert_string_equal(b.import.metrics[0].metric.name, "population-total");
    assert_figure(&b, 0, 1, "Aruba|2016|104822|||2018-01-25|");
    assert_string_equal(b.import.source.key, "world-bank-world-development-indicators");
    assert_string_equal(b.import.source.title,
                        "World Bank, World Development Indicators");
    let_go(&b);
    b = (bench){.request = {.given = {[UP_IMPORT_REPORTED] = "none"}}};
    must_run(&b, text);
    assert_figure(&b, 0, 1, "Aruba|2016|104822||||");
    let_go(&b);
}

static void a_file_without_figures_says_so(void **state)
{
    (void)state;
    bench b = {0};
    assert_refused(
        &b, "year,a\n2019,..\n2020,:\n", UP_TOO_LITTLE_DATA, 1,
        "no column of figures: nothing to import (--value COLUMN says which it is)");
    b = (bench){0};
    assert_refused(&b, "name,a\nx,1\ny,2\n", UP_BAD_DATA, 1,
                   "no column holds dates and no header is one: say where the period is "
                   "(--period COLUMN, or --period PERIOD for all rows)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_and_figures_are_series_named_by_their_headers),
        cmocka_unit_test(the_frequency_may_be_given),
        cmocka_unit_test(the_one_column_of_words_is_the_entity),
        cmocka_unit_test(a_slip_below_a_year_is_a_bad_row),
        cmocka_unit_test(a_year_without_its_century_is_named),
        cmocka_unit_test(a_table_of_one_year_says_which_layout_it_has),
        cmocka_unit_test(a_column_that_varies_and_is_in_no_key_is_refused),
        cmocka_unit_test(two_columns_of_dates_are_told_apart_by_their_user),
        cmocka_unit_test(an_option_must_name_a_column),
        cmocka_unit_test(months_in_rows_and_years_in_the_header_cross),
        cmocka_unit_test(a_part_of_a_year_is_one_month_or_quarter_and_no_more),
        cmocka_unit_test(a_column_beside_headers_that_are_periods_is_not_passed_over),
        cmocka_unit_test(figures_in_two_columns_of_one_name_are_refused),
        cmocka_unit_test(a_range_is_that_of_one_column),
        cmocka_unit_test(constants_that_cannot_hold_are_refused_at_once),
        cmocka_unit_test(constants_hold_for_every_row),
        cmocka_unit_test(numbers_in_the_first_column_are_not_taken_for_years),
        cmocka_unit_test(year_and_quarter_are_one_period),
        cmocka_unit_test(a_label_without_an_ascii_name_needs_a_map),
        cmocka_unit_test(units_in_headers_are_applied),
        cmocka_unit_test(a_name_given_is_the_one_metric_of_the_file),
        cmocka_unit_test(a_power_of_ten_is_said_once),
        cmocka_unit_test(percent_beside_bare_numbers_is_refused),
        cmocka_unit_test(two_labels_must_not_make_one_metric),
        cmocka_unit_test(decimal_commas_are_told_by_the_whole_file),
        cmocka_unit_test(thousands_and_decimals_that_cannot_be_told_apart_are_refused),
        cmocka_unit_test(flags_and_marks_become_status_and_note),
        cmocka_unit_test(qualifiers_and_ranges_in_cells_are_kept),
        cmocka_unit_test(percent_signs_make_a_metric_of_percent),
        cmocka_unit_test(unit_columns_and_multipliers_are_applied_row_by_row),
        cmocka_unit_test(every_bad_row_is_named_and_nothing_is_kept),
        cmocka_unit_test(bad_rows_may_be_set_aside_as_they_stood),
        cmocka_unit_test(a_figure_without_a_period_is_a_bad_row),
        cmocka_unit_test(entities_are_known_by_name_alias_and_code),
        cmocka_unit_test(a_name_and_a_code_must_be_of_one_entity),
        cmocka_unit_test(a_file_that_dates_its_figures_keeps_its_vintages),
        cmocka_unit_test(the_day_of_an_edition_is_read_from_its_preamble),
        cmocka_unit_test(a_file_without_figures_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
