#include "store/folder.h"

#include "store/csv_descriptor.h"
#include "uptick/buffer.h"

#define WHERE "series/datapackage.json"

/* A descriptor whose resources are `resources`. */
static descriptor parse_text(const char *text)
{
    descriptor d = {0};
    SUCCEED(up_descriptor_parse(&d, text, strlen(text), err));
    return d;
}

static void assert_bad(const char *text, size_t line, const char *message)
{
    descriptor d = {0};
    up_tracker tracker = {0};
    up_error err = {0};
    up_status status = up_descriptor_parse(&d, text, strlen(text), &err);
    if (status == UP_OK)
        status = up_descriptor_to_tracker(&d, &tracker, &err);
    assert_string_equal(err.message, message);
    assert_int_equal(status, UP_BAD_DATA);
    assert_string_equal(err.source, WHERE);
    assert_int_equal(err.line, line);
    up_descriptor_release(&d);
}

/* A resource with these keys stands second, behind one of the user's own. */
static void assert_bad_resource(const char *keys, const char *message)
{
    char text[1000];
    snprintf(text, sizeof text, "{\"resources\": [{\"name\": \"own\"}, {%s}]}", keys);
    assert_bad(text, 0, message);
}

static char *text_of(const descriptor *d)
{
    up_buffer out = {0};
    SUCCEED(up_descriptor_write(d, &out, err));
    return up_buffer_take(&out);
}

/* --- Refusals ---------------------------------------------------------------------- */

static void text_that_is_no_json_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_bad("{\n  \"title\": \"a\"\n  \"x\": 1\n}\n", 3,
               "not valid JSON: '}' expected near '\"x\"'");
    assert_bad("", 1, "not valid JSON: '[' or '{' expected near end of file");
    assert_bad("{\n\"a\": 1,\n\"a\": 2}", 3,
               "not valid JSON: duplicate object key near '\"a\"'");
    assert_bad("{\"a\":\n12345678901234567890}", 2,
               "a number that is too large to keep (write it in quotes)");
    assert_bad("{\"a\": \"\xE9\"}", 1,
               "not valid JSON: unable to decode byte 0xe9 near '\"'");
    assert_bad("[1]", 1, "not an object (wanted a Frictionless Data Package)");
}

static void wrong_types_are_named_with_what_was_wanted(void **state)
{
    (void)state;
    assert_bad("{\"title\": 7}", 0,
               "title is a number (wanted a text: exact numbers "
               "stand in quotes)");
    assert_bad("{\"resources\": {}}", 0, "resources is an object (wanted a list)");
    assert_bad("{\"resources\": [null]}", 0, "resources[0] is null (wanted an object)");
    assert_bad("{\"sources\": \"x\"}", 0, "sources is a text (wanted a list)");
    assert_bad("{\"sources\": [[]]}", 0, "sources[0] is a list (wanted an object)");
    assert_bad("{\"sources\": [{\"path\": true}]}", 0,
               "sources[0].path is true or false (wanted a text)");
    assert_bad_resource("\"uptick\": 1",
                        "resources[1].uptick is a number (wanted an object)");
    assert_bad_resource("\"uptick\": {}",
                        "resources[1].path is missing (wanted a text that is not empty)");
    assert_bad_resource("\"uptick\": {}, \"path\": [\"a.csv\"]",
                        "resources[1].path is a list (wanted a text that is not empty)");
    assert_bad_resource("\"uptick\": {}, \"path\": \"a.csv\"",
                        "resources[1].name is missing (wanted a text that is not empty)");
    assert_bad_resource(
        "\"name\": \"a\", \"path\": \"a.csv\", \"uptick\": {\"decimals\": 2}",
        "resources[1].uptick.decimals is a number (wanted a text: exact numbers stand in "
        "quotes)");
    assert_bad_resource("\"path\": \"a.csv\", \"dialect\": 1, \"uptick\": {}",
                        "resources[1].dialect is a number (wanted an object)");
    assert_bad_resource(
        "\"path\": \"a.csv\", \"dialect\": {\"delimiter\": \"ab\"}, \"uptick\": {}",
        "resources[1].dialect.delimiter 'ab' cannot separate fields (wanted one "
        "character such as ',')");
}

static void values_outside_their_domain_are_refused(void **state)
{
    (void)state;
    up_metric metric;
    up_error reason = {0};
    char wanted[700];
    assert_int_equal(up_metric_init(&metric, "AI users", &reason), UP_USAGE);
    snprintf(wanted, sizeof wanted, "resources[1]: %s", reason.message);
    assert_bad_resource("\"name\": \"AI users\", \"path\": \"a.csv\", \"uptick\": {}",
                        wanted);
    SUCCEED(up_metric_init(&metric, "a", err));
    assert_int_equal(up_metric_set(&metric, "measure", "level", &reason), UP_USAGE);
    snprintf(wanted, sizeof wanted, "resources[1].uptick: %s", reason.message);
    assert_bad_resource(
        "\"name\": \"a\", \"path\": \"a.csv\", \"uptick\": {\"measure\": \"level\"}",
        wanted);
    up_metric_release(&metric);
}

static void paths_out_of_the_folder_are_refused(void **state)
{
    (void)state;
    const char *const paths[] = {"../a.csv", "/etc/passwd", "sub/a.csv",
                                 "..",       ".commit",     "https://x.org/a.csv",
                                 "~a",       "c:a.csv",     "datapackage.json"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char keys[200], message[200];
        snprintf(keys, sizeof keys, "\"name\": \"a\", \"path\": \"%s\", \"uptick\": {}",
                 paths[i]);
        snprintf(message, sizeof message,
                 "resources[1].path '%s' is not a file in series/ (wanted a plain name "
                 "such as ai-users.csv)",
                 paths[i]);
        assert_bad_resource(keys, message);
    }
}

static void two_metrics_on_one_name_or_file_are_refused(void **state)
{
    (void)state;
    assert_bad("{\"resources\": [{\"name\": \"a\", \"path\": \"a.csv\", \"uptick\": {}}, "
               "{\"name\": \"a\", \"path\": \"b.csv\", \"uptick\": {}}]}",
               0, "resources[0] and resources[1] have the same name 'a'");
    assert_bad("{\"resources\": [{\"name\": \"a\", \"path\": \"a.csv\", \"uptick\": {}}, "
               "{\"name\": \"b\", \"path\": \"a.csv\", \"uptick\": {\"role\": "
               "\"claims\"}}]}",
               0, "resources[0] and resources[1] have the same path 'a.csv'");
}

/* --- Reading ----------------------------------------------------------------------- */

static void metrics_and_sources_are_read(void **state)
{
    (void)state;
    descriptor d = parse_text(
        "\xEF\xBB\xBF{\"title\": \"T\", \"sources\": [{\"name\": \"who\", \"title\": "
        "\"WHO\", \"path\": \"https://who.int\"}, {\"title\": \"No key\"}],\n"
        "\"resources\": [{\"name\": \"own\", \"data\": []},\n"
        "{\"name\": \"entities\", \"path\": \"e.csv\", \"uptick\": {\"role\": "
        "\"entities\"}},\n"
        "{\"name\": \"later\", \"path\": \"x/y\", \"uptick\": {\"role\": \"new\"}},\n"
        "{\"name\": \"ai-users\", \"path\": \"u.csv\", \"title\": \"AI users\",\n"
        "\"dialect\": {\"delimiter\": \";\"},\n"
        "\"uptick\": {\"unit\": \"people\", \"measure\": \"flow\", \"floor\": \"0\"}}]}");
    up_tracker t = {0};
    SUCCEED(up_descriptor_to_tracker(&d, &t, err));
    assert_string_equal(t.title, "T");
    assert_int_equal(t.source_count, 2);
    assert_string_equal(t.sources[0].key, "who");
    assert_string_equal(t.sources[0].title, "WHO");
    assert_string_equal(t.sources[0].url, "https://who.int");
    assert_string_equal(t.sources[1].key, "No key");
    assert_string_equal(t.sources[1].url, "");
    assert_int_equal(t.metric_count, 1);
    assert_string_equal(t.metrics[0].metric.name, "ai-users");
    assert_string_equal(t.metrics[0].metric.title, "AI users");
    assert_string_equal(t.metrics[0].metric.description, "");
    assert_string_equal(t.metrics[0].metric.floor, "0");
    assert_int_equal(t.metrics[0].metric.measure, UP_FLOW);
    assert_string_equal(t.metrics[0].path, "series/u.csv");
    assert_null(up_descriptor_metric(&d, "own"));
    assert_null(up_descriptor_metric(&d, "later"));
    assert_non_null(up_descriptor_named(&d, "own"));
    const json_t *table = up_descriptor_table(&d, "entities");
    assert_string_equal(up_descriptor_path(table), "e.csv");
    assert_int_equal(up_descriptor_delimiter(table), ',');
    assert_int_equal(up_descriptor_delimiter(up_descriptor_metric(&d, "ai-users")), ';');
    assert_null(up_descriptor_table(&d, "claims"));
    up_tracker_release(&t);
    assert_false(up_descriptor_is_changed(&d));
    char *text = text_of(&d);
    assert_memory_equal(text, "\xEF\xBB\xBF{\n", 5);
    free(text);
    up_descriptor_release(&d);
    up_descriptor_release(NULL);
}

/* --- Writing ----------------------------------------------------------------------- */

static void unknown_keys_stay_in_place_and_order(void **state)
{
    (void)state;
    static const char before[] = "{\n"
                                 "    \"z\": 0.1,\n"
                                 "    \"resources\": [\n"
                                 "        {\n"
                                 "            \"licence\": null,\n"
                                 "            \"name\": \"m\",\n"
                                 "            \"path\": \"m.csv\",\n"
                                 "            \"description\": \"\\\"中\\\\\",\n"
                                 "            \"uptick\": {\n"
                                 "                \"own\": 1e300,\n"
                                 "                \"unit\": \"CNY\",\n"
                                 "                \"season\": \"12\",\n"
                                 "                \"big\": 9223372036854775807\n"
                                 "            }\n"
                                 "        }\n"
                                 "    ],\n"
                                 "    \"a\": [\n"
                                 "        true,\n"
                                 "        0.30000000000000004\n"
                                 "    ]\n"
                                 "}\n";
    descriptor d = parse_text(before);
    up_tracker t = {0};
    SUCCEED(up_descriptor_to_tracker(&d, &t, err));
    up_metric *metric = &t.metrics[0].metric;
    SUCCEED(up_metric_set(metric, "unit", "USD", err));
    SUCCEED(up_metric_set(metric, "season", "", err));
    SUCCEED(up_descriptor_set_metric(&d, metric, err));
    assert_true(up_descriptor_is_changed(&d));
    char *text = text_of(&d);
    assert_string_equal(text, "{\n"
                              "    \"z\": 0.1,\n"
                              "    \"resources\": [\n"
                              "        {\n"
                              "            \"licence\": null,\n"
                              "            \"name\": \"m\",\n"
                              "            \"path\": \"m.csv\",\n"
                              "            \"description\": \"\\\"中\\\\\",\n"
                              "            \"uptick\": {\n"
                              "                \"own\": 1e+300,\n"
                              "                \"unit\": \"USD\",\n"
                              "                \"big\": 9223372036854775807,\n"
                              "                \"measure\": \"stock\"\n"
                              "            }\n"
                              "        }\n"
                              "    ],\n"
                              "    \"a\": [\n"
                              "        true,\n"
                              "        0.30000000000000004\n"
                              "    ]\n"
                              "}\n");
    free(text);
    up_tracker_release(&t);
    up_descriptor_release(&d);
}

static void reals_are_written_with_the_fewest_digits_that_keep_them(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"0.1", "0.1"},           {"1.50", "1.5"},
        {"-0.25e-3", "-0.00025"}, {"1e22", "1e+22"},
        {"3.0", "3.0"},           {"0.30000000000000004", "0.30000000000000004"},
        {"5e-324", "5e-324"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char before[80], after[80];
        snprintf(before, sizeof before, "{\"x\": %s}", cases[i][0]);
        snprintf(after, sizeof after, "{\n  \"x\": %s\n}\n", cases[i][1]);
        descriptor d = parse_text(before);
        char *text = text_of(&d);
        assert_string_equal(text, after);
        free(text);
        up_descriptor_release(&d);
    }
}

static void mirrored_fields_keep_what_is_there(void **state)
{
    (void)state;
    descriptor d = parse_text(
        "{\"resources\": [{\"name\": \"m\", \"path\": \"m.csv\", \"uptick\": {}, "
        "\"schema\": {\"fields\": [{\"name\": \"value\", \"type\": \"integer\", \"own\": "
        "1}, {\"name\": \"gone\"}], \"missingValues\": [\"\", \"-\"]}}]}");
    json_t *resource = up_descriptor_metric(&d, "m");
    const char *const columns[] = {"period", "value", "reported", "mine"};
    SUCCEED(up_descriptor_mirror(resource, columns, 4, err));
    char *schema = json_dumps(json_object_get(resource, "schema"), 0);
    assert_string_equal(
        schema, "{\"fields\": [{\"name\": \"period\", \"type\": \"string\"}, {\"name\": "
                "\"value\", \"type\": \"integer\", \"own\": 1}, {\"name\": \"reported\", "
                "\"type\": \"date\"}, {\"name\": \"mine\", \"type\": \"string\"}], "
                "\"missingValues\": [\"\", \"-\"]}");
    free(schema);
    /* a schema kept in a file of its own is not ours */
    json_object_set_new(resource, "schema", json_string("schema.json"));
    SUCCEED(up_descriptor_mirror(resource, columns, 4, err));
    assert_true(json_is_string(json_object_get(resource, "schema")));
    up_descriptor_release(&d);
}

static void sources_are_added_and_changed(void **state)
{
    (void)state;
    descriptor d = parse_text("{\"sources\": [{\"title\": \"old\", \"own\": 1}]}");
    up_source source = {.key = (char *)"who", .title = (char *)"", .url = (char *)""};
    SUCCEED(up_descriptor_set_source(&d, &source, false, err));
    FAIL_WITH(up_descriptor_set_source(&d, &source, false, err), UP_USAGE, WHERE, 0,
              "there is a source 'who' already");
    up_source old = {.key = (char *)"old", .title = (char *)"Old", .url = (char *)"x"};
    SUCCEED(up_descriptor_set_source(&d, &old, true, err));
    char *sources = json_dumps(json_object_get(d.root, "sources"), 0);
    assert_string_equal(sources, "[{\"title\": \"Old\", \"own\": 1, \"name\": \"old\", "
                                 "\"path\": \"x\"}, {\"name\": \"who\", \"title\": "
                                 "\"who\"}]");
    free(sources);
    up_source no_key = {0};
    FAIL_WITH(up_descriptor_set_source(&d, &no_key, false, err), UP_USAGE, "", 0,
              "a source needs a key");
    up_descriptor_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_no_json_is_refused_with_its_line),
        cmocka_unit_test(wrong_types_are_named_with_what_was_wanted),
        cmocka_unit_test(values_outside_their_domain_are_refused),
        cmocka_unit_test(paths_out_of_the_folder_are_refused),
        cmocka_unit_test(two_metrics_on_one_name_or_file_are_refused),
        cmocka_unit_test(metrics_and_sources_are_read),
        cmocka_unit_test(unknown_keys_stay_in_place_and_order),
        cmocka_unit_test(reals_are_written_with_the_fewest_digits_that_keep_them),
        cmocka_unit_test(mirrored_fields_keep_what_is_there),
        cmocka_unit_test(sources_are_added_and_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
