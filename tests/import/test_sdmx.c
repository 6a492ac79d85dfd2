/* SDMX-CSV 1.0 and 2.0. The texts are the samples of the SDMX-CSV 2.0 specification, in short; what
 * a reader must see in each stands in the README of that collection. */
#include "import/import_bench.h"

#define HEAD "STRUCTURE,STRUCTURE_ID,ACTION,"

static void dimensions_are_the_key_and_one_of_them_is_the_time(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, HEAD
             "DIM_1,DIM_2,DIM_3,OBS_VALUE,ATTR_2,ATTR_3,ATTR_1,UPDATED\n"
             "dataflow,ESTAT:NA_MAIN(1.6.0),I,A,B,2014-01,12.4,Y,\"Normal, special and "
             "other values\",N,2021-01-22T13:15:41Z\n"
             "dataflow,ESTAT:NA_MAIN(1.6.0),I,A,B,2014-02,10.8,Y,\"Normal, special and "
             "other values\",Y,2021-01-22T13:15:41Z\n");
    assert_int_equal(b.import.metric_count, 1);
    assert_string_equal(b.import.metrics[0].metric.name, "na-main");
    assert_int_equal(b.import.figures, 2);
    assert_figure(&b, 0, 0, "A | B|2014-01|12.4||||");
    assert_figure(&b, 0, 1, "A | B|2014-02|10.8||||");
    assert_string_equal(b.import.source.title, "ESTAT:NA_MAIN(1.6.0)");
    let_go(&b);
}

static void
a_series_key_tells_the_dimensions_and_two_measures_are_two_metrics(void **state)
{
    (void)state;
    bench b = {0};
    must_run(
        &b,
        "STRUCTURE[;],STRUCTURE_ID,ACTION,SERIES_KEY,OBS_VALUE1,OBS_VALUE2,ATTR_3,ATTR_1,"
        "DIM_2,DIM_1,DIM_3\n"
        "dataflow,ESTAT:NA_MAIN(1.6.0),I,A.B,12.4,12.5,Normal,N,B,A,2014-01\n"
        "dataflow,ESTAT:NA_MAIN(1.6.0),I,A.B,10.8,10.9,Normal,Y,B,A,2014-02\n");
    assert_int_equal(b.import.metric_count, 2);
    assert_string_equal(b.import.metrics[1].metric.name, "na-main-obs-value2");
    assert_figure(&b, 1, 1, "B | A|2014-02|10.9||||");
    let_go(&b);
}

static void labels_stand_behind_their_codes(void **state)
{
    (void)state;
    bench b = {0};
    must_run(
        &b, "STRUCTURE[;],STRUCTURE_ID,ACTION,DIM_1: Dimension 1,DIM_3: Dimension "
            "3,OBS_VALUE: Observation value,ATTR_1: Attribute 1\n"
            "dataflow,ESTAT:NA_MAIN(1.6.0): National Accounts Main Aggregates,I,A: Value "
            "A,2014-01-01,12.4,N: No\n");
    assert_string_equal(b.import.metrics[0].metric.name, "na-main");
    assert_string_equal(metric_key(&b, 0, "title"), "National Accounts Main Aggregates");
    assert_figure(&b, 0, 0, "Value A|2014-01-01|12.4||||");
    let_go(&b);
}

static void several_structures_are_several_metrics(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "STRUCTURE[;],STRUCTURE_ID,ACTION,DIM_1,DIM_3,OBS_VALUE,ATTR_1[en;fr]\n"
                 "dataflow,ESTAT:DF_NA_MAIN(1.6.0),I,A,2014-01,12.4,en:Any;fr:N'importe\n"
                 "datastructure,ESTAT:DSD_NA_MAIN(1.7.0),I,A,2014-02,10.8,en:X\n"
                 "dataprovision,ESTAT:DPA_NA_MAIN(1.8.0),I,A,2014-03,11.2,en:Y\n");
    assert_int_equal(b.import.metric_count, 3);
    assert_string_equal(b.import.metrics[2].metric.name, "estat-dpa-na-main-1-8-0");
    assert_figure(&b, 2, 0, "A|2014-03|11.2||||");
    let_go(&b);
}

static void append_and_replace_are_figures_and_delete_is_none(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, HEAD "DIM_1,DIM_3,OBS_VALUE,ATTR_1\n"
                      "dataflow,ESTAT:NA_MAIN(1.6.0),A,A,2014-01,12.4,X\n"
                      "dataflow,ESTAT:NA_MAIN(1.6.0),R,A,2014-02,10.8,Y\n"
                      "dataflow,ESTAT:NA_MAIN(1.6.0),D,A,2014-03,-,\n");
    assert_int_equal(b.import.figures, 2);
    assert_int_equal(b.remarks.count, 1);
    assert_string_equal(
        b.remarks.items[0].message,
        "1 row that deletes (ACTION D) left alone; uptick rm takes figures away");
    let_go(&b);
    b = (bench){0};
    assert_refused(
        &b,
        HEAD "DIM_1,DIM_3,OBS_VALUE,ATTR_1\n"
             "dataflow,ESTAT:NA_MAIN(1.6.0),D,A,2014-01,-,\n"
             "dataflow,ESTAT:NA_MAIN(1.6.0),D,A,2014-02,,-\n",
        UP_TOO_LITTLE_DATA, 0,
        "the rows only delete (ACTION D), which an import does not: no observation "
        "(uptick rm takes figures away)");
}

static void attributes_alone_are_no_observation(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD "DIM_2,DIM_3,ATTR_1\ndataprovision,AGENCY:DPA_ID(1.0.0),I,B,2014-01,N\n",
        HEAD "DIM_2,COLLECTION.METHOD[en;fr],CONTACT[]\n"
             "dataflow,AGENCY:DF_ID(1.0.0),I,A,en:AAA;fr:BBB,Contact 1;Contact 2\n",
        HEAD "DIM_2,DIM_3\ndataflow,ESTAT:NA_MAIN(1.6.0),D,A,\n",
        HEAD "DIM_1,DIM_2,DIM_3\ndatastructure,ESTAT:DSD_NA_MAIN(1.6.0),D,,,\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bench b = {0};
        assert_refused(&b, texts[i], UP_TOO_LITTLE_DATA, 1,
                       "no measure (OBS_VALUE): the file holds attributes only, and no "
                       "observation");
    }
}

static const char eurostat[] =
    "DATAFLOW,LAST UPDATE,freq,age,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    "ESTAT:ILC_LVPS08(1.0),27/10/23 23:00:00,A,Y16-19,F,PC,AL,2017,93.8,\n"
    "ESTAT:ILC_LVPS08(1.0),27/10/23 23:00:00,A,Y16-19,M,PC,AL,2017,90.1,b\n"
    "ESTAT:ILC_LVPS08(1.0),27/10/23 23:00:00,A,Y16-19,M,PC,AL,2018,91.0,e\n";

static void eurostat_says_the_day_the_unit_and_the_status(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, eurostat);
    assert_string_equal(b.import.metrics[0].metric.name, "ilc-lvps08");
    assert_string_equal(metric_key(&b, 0, "unit"), "percent");
    assert_figure(&b, 0, 0, "Y16-19 | F | AL|2017|93.8|||2023-10-27|");
    assert_figure(&b, 0, 1, "Y16-19 | M | AL|2017|90.1||B|2023-10-27|");
    assert_figure(&b, 0, 2, "Y16-19 | M | AL|2018|91.0||E|2023-10-27|");
    assert_false(b.import.keep_vintages);
    let_go(&b);
}

static void dimensions_may_be_shared_out_between_metric_and_entity(void **state)
{
    (void)state;
    bench b = {
        .request = {.given = {[UP_IMPORT_METRIC] = "sex", [UP_IMPORT_ENTITY] = "geo"}}};
    must_run(&b, eurostat);
    assert_int_equal(b.import.metric_count, 2);
    assert_string_equal(b.import.metrics[1].metric.name, "ilc-lvps08-m");
    assert_figure(&b, 1, 1, "AL|2018|91.0||E|2023-10-27|");
    let_go(&b);
    /* a dimension that varies is never dropped silently */
    b = (bench){.request = {.given = {[UP_IMPORT_ENTITY] = "geo"}}};
    run(&b, eurostat);
    assert_int_equal(b.status, UP_BAD_DATA);
    assert_string_equal(
        b.err.message,
        "the column 'sex' varies ('F', 'M') and is in no key: say what it is "
        "(--entity, --metric, --note … or --ignore 'sex')");
    let_go(&b);
}

/* As Eurostat's bulk files are: tabs, flags behind the numbers, all dimensions in one column. */
static void dimensions_joined_in_one_column_are_parts_of_the_entity(void **state)
{
    (void)state;
    bench b = {0};
    must_run(&b, "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,AT\t12.3 p\t: c\n"
                 "A,PC,BE\t13.1 b\t13.2 \n");
    assert_figure(&b, 0, 0, "PC | AT|2019|12.3||P||");
    assert_figure(&b, 0, 1, "PC | AT|2020|||M||c");
    assert_figure(&b, 0, 3, "PC | BE|2020|13.2||||");
    let_go(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dimensions_are_the_key_and_one_of_them_is_the_time),
        cmocka_unit_test(
            a_series_key_tells_the_dimensions_and_two_measures_are_two_metrics),
        cmocka_unit_test(labels_stand_behind_their_codes),
        cmocka_unit_test(several_structures_are_several_metrics),
        cmocka_unit_test(append_and_replace_are_figures_and_delete_is_none),
        cmocka_unit_test(attributes_alone_are_no_observation),
        cmocka_unit_test(eurostat_says_the_day_the_unit_and_the_status),
        cmocka_unit_test(dimensions_may_be_shared_out_between_metric_and_entity),
        cmocka_unit_test(dimensions_joined_in_one_column_are_parts_of_the_entity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
