/* Units of results, and what the result of an expression is. By hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/units.h"
#include "builder.h"
#include "uptick/expression.h"

static void combined(const char *a, const char *b, bool divide, const char *wanted)
{
    up_unit x, y, out;
    up_buffer text = {0};
    assert_int_equal(up_unit_parse(a, &x, NULL), UP_OK);
    assert_int_equal(up_unit_parse(b, &y, NULL), UP_OK);
    assert_int_equal(up_unit_combine(&x, &y, divide, &out, NULL), UP_OK);
    up_unit_format(&out, &text);
    assert_string_equal(up_buffer_text(&text), wanted);
    up_buffer_release(&text);
}

static void units_multiply_and_cancel(void **state)
{
    (void)state;
    combined("tokens per day", "people", true, "tokens per day per person");
    combined("CNY", "CNY per USD", true, "USD");
    combined("USD", "CNY per USD", false, "CNY");
    combined("CNY", "people", true, "CNY per person");
    combined("CNY per person", "people", false, "CNY");
    combined("people", "people", true, "");
    combined("tokens per day", "tokens per day", true, "");
    combined("tokens", "tokens per user", true, "users");
    combined("m²", "enterprises", true, "m² per enterprise");
    combined("parameters", "companies", true, "parameters per company");
    combined("", "people", true, "per person");
    combined("users", "CNY", false, "users * CNY");
    combined("GPUs", "classes", true, "GPUs per class");
}

/* Figures a = 10 and b = 4 of a measure and unit each. */
static void result_of(const char *text, const char *const a[2], const char *const b[2],
                      const char *measure, const char *unit)
{
    up_tracker t = {0};
    build_row(build_metric(&t, "a", a[0], a[1]), "X", "2024", "10", "", "");
    build_row(build_metric(&t, "b", b[0], b[1]), "X", "2024", "4", "", "");
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    up_expression_options how = {0};
    up_series_list list = {0};
    up_expression_metrics *metrics = NULL;
    up_error err = {0};
    up_status status =
        up_expression_evaluate(&t, text, &options, &how, &list, &metrics, NULL, &err);
    if (measure == NULL) {
        assert_int_equal(status, UP_USAGE);
        assert_string_equal(err.message, unit);
    } else {
        if (status != UP_OK)
            fail_msg("%s: %s", text, err.message);
        const up_metric *metric = &list.items[0].data->metric;
        assert_string_equal(up_measure_name(metric->measure), measure);
        assert_string_equal(metric->unit, unit);
        /* where the figures of the leftmost series sit, those of the result do */
        assert_int_equal(up_metric_anchor(metric),
                         up_metric_anchor(&t.metrics[0].metric));
    }
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
}

static void the_result_is_of_a_sensible_kind(void **state)
{
    (void)state;
    static const char *const
        flow[] = {"flow", "CNY"},
        *const people[] = {"stock", "people"},
        *const per_day[] = {"rate", "tokens per day"}, *const share[] = {"ratio", ""},
        *const cpi[] = {"index", "2015 = 100"}, *const users[] = {"stock", "users"},
        *const head[] = {"ratio", "CNY per person"};
    result_of("a / b", flow, people, "ratio", "CNY per person");
    result_of("a / b", per_day, people, "rate", "tokens per day per person");
    result_of("a / b * 100", flow, cpi, "flow", "CNY");
    result_of("a * b", flow, share, "flow", "CNY");
    result_of("b * a", flow, share, "flow", "CNY");
    result_of("a / b", people, people, "ratio", "");
    result_of("a + b", people, people, "stock", "people");
    result_of("a / 1e9", flow, people, "flow", "CNY");
    result_of("-a", flow, people, "flow", "CNY");
    result_of("100 / a", flow, people, "ratio", "per CNY");
    result_of("a / b", cpi, cpi, "ratio", "");
    result_of("a * b", head, people, "stock", "CNY");
    result_of("a - b", users, people, NULL,
              "unlike units cannot be added: users and people");
    result_of("a - b", flow, share, NULL,
              "unlike units cannot be added: CNY and a pure number");
    result_of("a @ EUR", people, people, NULL,
              "'@ EUR' converts currencies, and what stands before it is in people");
    result_of("a @ euro", flow, people, NULL,
              "'euro' is no currency (three capital letters: USD)");
    result_of("a / 1bn", flow, people, NULL,
              "'1bn' has a unit of scale; in an expression numbers are written out: 1e9, "
              "1000000, 0.05");
    result_of("a * 5%", flow, people, NULL,
              "'5%' has a unit of scale; in an expression numbers are written out: 1e9, "
              "1000000, 0.05");
    result_of("a / 3m", flow, people, NULL,
              "'3m' has a unit of scale; in an expression numbers are written out: 1e9, "
              "1000000, 0.05");
}

/* In thousands a quotient by people is a thousandth, a quotient by itself the same. */
static void the_scale_of_a_unit_scales_the_result(void **state)
{
    (void)state;
    static const char *const texts[] = {"a / b", "a - 0.5 * a", "a / ( a + 1 * a )",
                                        "a * b / a"};
    static const double powers[] = {1, 1, 0, 0};
    static const char *const values[] = {"12.3", "12300"};
    for (size_t i = 0; i < 4; i++) {
        double found[2];
        for (int k = 0; k < 2; k++) {
            up_tracker t = {0};
            build_row(build_metric(&t, "a", "flow", "CNY"), "X", "2024", values[k], "~",
                      "");
            build_row(build_metric(&t, "b", "stock", "people"), "X", "2024", "7", "", "");
            up_series_options options = {.as_of = UP_AS_OF_LATEST};
            up_expression_options how = {0};
            up_series_list list = {0};
            up_expression_metrics *metrics;
            assert_int_equal(up_expression_evaluate(&t, texts[i], &options, &how, &list,
                                                    &metrics, NULL, NULL),
                             UP_OK);
            found[k] = list.items[0].points[0].figure.value;
            up_series_list_release(&list);
            up_expression_metrics_free(metrics);
            up_tracker_release(&t);
        }
        assert_close(found[1], found[0] * (powers[i] > 0 ? 1000 : 1), 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_multiply_and_cancel),
        cmocka_unit_test(the_result_is_of_a_sensible_kind),
        cmocka_unit_test(the_scale_of_a_unit_scales_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
