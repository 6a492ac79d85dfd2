/* chart: kinds, formats, texts, templates, many at once. */
#include "cli/cli_fixture.h"

#define NBSP "\xc2\xa0"

/* The first place of a text among bytes. */
static const char *find_bytes(const char *data, size_t length, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i + n <= length; i++)
        if (memcmp(data + i, text, n) == 0)
            return data + i;
    return NULL;
}

static void run_gnuplot(const char *folder, const char *script, up_buffer *picture)
{
    char path[SCRATCH_PATH];
    scratch_path(path, folder, script);
    const char *const argv[] = {"gnuplot", path, NULL};
    up_process_result r = {0};
    up_error err = {0};
    if (up_process_run(argv, "", 0, &r, &err) != UP_OK)
        fail_msg("%s", err.message);
    if (r.exit_code != 0)
        fail_msg("gnuplot: %s", up_buffer_text(&r.err));
    up_buffer_add_bytes(picture, up_buffer_text(&r.out), r.out.length);
    up_process_result_release(&r);
}

/* The titles that gnuplot gives its plots are taken out of an SVG. */
static void take_out_titles(up_buffer *svg)
{
    static const char start[] = "<title>gnuplot_plot_", end[] = "</title>";
    for (char *at; (at = strstr(svg->data, start)) != NULL;) {
        char *stop = strstr(at, end);
        assert_non_null(stop);
        stop += strlen(end);
        memmove(at, stop, strlen(stop) + 1);
        svg->length -= (size_t)(stop - at);
    }
}

static void a_chart_is_drawn_and_its_script_draws_the_same(void **state)
{
    (void)state;
    static const char *const names[] = {"c.png", "c.svg"};
    static const char *const marks[] = {"\x89PNG\r\n\x1a\n", "<?xml"};
    for (size_t i = 0; i < 4; i++) {
        char path[SCRATCH_PATH], script[SCRATCH_PATH], *data;
        size_t length;
        up_buffer again = {0};
        scratch_path(path, root, names[i % 2]);
        scratch_path(script, root, "c.gp");
        SAYS(0, "", NULL, "chart", "users", "-o", path, "--script", script, "--kind",
             i < 2 ? "line" : "growth");
        assert_int_equal(up_file_read(path, &data, &length, NULL), UP_OK);
        assert_memory_equal(data, marks[i % 2], strlen(marks[i % 2]));
        if (i % 2 == 1)
            assert_non_null(strstr(data, "<svg"));
        run_gnuplot(root, "c.gp", &again);
        if (i % 2 == 1)
            take_out_titles(&again);
        /* the words of a picture are put in afterwards */
        const char *words_end = i % 2 == 1 ? "</desc>" : "IDAT";
        const char *drawing = find_bytes(data, length, words_end);
        const char *same = find_bytes(up_buffer_text(&again), again.length, words_end);
        assert_non_null(drawing);
        assert_non_null(same);
        size_t rest = length - (size_t)(drawing - data);
        assert_int_equal(again.length - (size_t)(same - up_buffer_text(&again)), rest);
        assert_memory_equal(drawing, same, rest);
        up_buffer_release(&again);
        free(data);
    }
}

static void a_chart_with_a_projection_is_drawn(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    scratch_path(path, root, "c.svg");
    SAYS(0, "",
         "uptick: users/China: exponential (too few figures to choose between the "
         "models)\n",
         "chart", "users", "-o", path, "--project", "2026", "--title", "Mine <&> it's",
         "--theme", "dark", "--log");
    char *text = scratch_read(root, "c.svg");
    assert_non_null(strstr(text, "Mine &lt;&amp;> it's<"));
    free(text);
}

static void a_dry_run_of_a_chart_writes_nothing(void **state)
{
    (void)state;
    char path[SCRATCH_PATH], script[SCRATCH_PATH];
    scratch_path(path, root, "c.svg");
    scratch_path(script, root, "c.gp");
    SAYS(0, "", NULL, "chart", "users", "-o", path, "--script", script, "--dry-run");
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(access(script, F_OK), -1);
    assert_non_null(strstr(last.err, "uptick: would write "));
}

/* ---- kinds ---- */

/* Population of three, in two periods; and one of which only the first is known. */
static void make_people(void)
{
    static const char *const figures[][3] = {
        {"people/A", "2020", "100"}, {"people/A", "2021", "200"},
        {"people/B", "2020", "300"}, {"people/B", "2021", "more than 250"},
        {"people/C", "2020", "40"},  {"people/C", "2021", "50"},
        {"lone/D", "2020", "7"}};
    DONE("new", "people", "--unit", "people", "--title", "People");
    DONE("new", "lone", "--unit", "people", "--title", "Lone");
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        DONE("add", figures[i][0], figures[i][1], figures[i][2]);
}

static void every_kind_tells_what_it_shows(void **state)
{
    (void)state;
    make_people();
    SAYS(0,
         "Bar chart: People (2021, people). B more than 250 in 2021; A 200 in 2021; C 50 "
         "in 2021.\n",
         "", "chart", "people", "--kind", "bar", "--alt");
    SAYS(
        0,
        "Bar chart: People, A (People). A rose from 100 in 2020 to 200 in 2021 (+100" NBSP
        "%).\n",
        "", "chart", "people/A", "--kind", "bar", "--alt");
    SAYS(
        0,
        "Stacked chart: People (People). B more than 250 in 2021; A 200 in 2021; C 50 in "
        "2021.\n",
        "", "chart", "people", "--kind", "stack", "--alt");
    /* of 250, 200 and 50 */
    SAYS(0,
         "Stacked chart: People (Share of the total). B 50.0" NBSP
         "% in 2021; A 40.0" NBSP "% in 2021; C 10.0" NBSP "% in 2021.\n",
         "", "chart", "people", "--kind", "stack", "--share", "--alt");
    SAYS(0,
         "Line chart: People (Index, 2020 = 100). A rose from 100 in 2020 to 200 in 2021 "
         "(+100" NBSP "%). C rose from 100 in 2020 to 125 in 2021 (+25" NBSP "%).\n",
         "", "chart", "people/A", "people/C", "--kind", "index", "--alt");
    DONE("chart", "people", "--kind", "facet", "--alt");
    assert_non_null(strstr(last.out, "Small multiples: People (People). A rose from"));
}

static void bars_of_unlike_periods_name_them(void **state)
{
    (void)state;
    make_people();
    SAYS(0,
         "Bar chart: People · Lone (People). People, A 200 in 2021; Lone, D 7 in 2020.\n",
         "", "chart", "people/A", "lone", "--kind", "bar", "--alt");
    RUN("chart", "people", "--kind", "bar", "--top", "2", "--format", "svg");
    assert_non_null(strstr(last.out, "the 2 largest of 3"));
    assert_null(strstr(last.out, ">C<"));
}

static void what_a_kind_does_not_draw_is_refused(void **state)
{
    (void)state;
    make_people();
    SAYS(2, "",
         "uptick: --event needs an axis of time: the bars of several series have none\n",
         "chart", "people", "--kind", "bar", "--alt", "--event", "2021", "x");
    SAYS(2, "",
         "uptick: --reference is for --kind line, growth, index, facet, fit or reach, "
         "not for stack\n",
         "chart", "people", "--kind", "stack", "--alt", "--reference", "5", "x");
    DONE("new", "cars", "--unit", "cars");
    DONE("add", "cars", "2020", "5");
    SAYS(2, "",
         "uptick: one axis cannot show two units: cars is in cars, people/A in people\n",
         "chart", "cars", "people/A", "--kind", "bar", "--alt");
}

static void what_no_axis_can_hold_is_drawn_or_refused(void **state)
{
    (void)state;
    DONE("new", "none", "--unit", "things");
    DONE("add", "none/A", "2020", "0");
    DONE("add", "none/B", "2020", "0");
    SAYS(0, "Bar chart: none (2020, things). A 0 in 2020; B 0 in 2020.\n", "", "chart",
         "none", "--kind", "bar", "--alt");
    DONE("new", "wide", "--unit", "things");
    DONE("add", "wide", "2020", "1e-60");
    DONE("add", "wide", "2021", "1e60");
    RUN("chart", "wide * wide * wide * wide * wide", "--alt");
    assert_int_equal(last.code, 3);
    assert_non_null(strstr(last.err, "too large or too small to be drawn"));
    DONE("chart", "wide", "--log", "--alt");
    DONE("new", "levels", "--unit", "things");
    DONE("add", "levels", "2021", "100");
    DONE("add", "levels", "2022", "50");
    SAYS(2, "", "uptick: a log axis cannot show a level that is not above zero\n",
         "chart", "levels", "--kind", "reach", "--model", "exponential", "--target", "0",
         "--log", "--alt");
}

static void a_stack_needs_common_periods_and_says_what_it_leaves_out(void **state)
{
    (void)state;
    make_people();
    DONE("add", "people/A", "2022", "210");
    DONE("add", "people/B", "2022", "260");
    DONE("new", "early", "--unit", "people");
    DONE("add", "early/E", "1999", "1");
    SAYS(4, "", "uptick: there is no period of which every series has a figure\n",
         "chart", "people/A", "early", "--kind", "stack", "--alt");
    RUN("chart", "people", "--kind", "stack", "--alt");
    assert_string_equal(last.err,
                        "uptick: warning: 1 of 3 periods are left out: not every "
                        "series has a figure\n");
    DONE("add", "lone/D", "2021", "-3");
    SAYS(3, "", "uptick: lone/D has a figure below zero, which no stack can show\n",
         "chart", "lone/D", "people/A", "--kind", "stack", "--alt");
}

static void when_a_level_is_reached_is_told(void **state)
{
    (void)state;
    DONE("new", "levels", "--unit", "things", "--title", "Levels");
    DONE("add", "levels", "2021", "100");
    DONE("add", "levels", "2022", "200");
    RUN("chart", "levels", "--kind", "reach", "--target", "400", "--model", "exponential",
        "--alt");
    /* doubling a year: 400 at the end of 2023, whichever way two exact figures are read */
    assert_non_null(strstr(last.out, "At 400: data range: Dec 2023 to Dec 2023."));
    SAYS(2, "", "uptick: --kind reach needs --target LEVEL: which level\n", "chart",
         "levels", "--kind", "reach", "--alt");
    SAYS(2, "", "uptick: --target is for --kind reach, not for line\n", "chart", "levels",
         "--target", "400", "--alt");
    SAYS(4, "",
         "uptick: levels is past that level already: --again asks when it comes back to "
         "it\n",
         "chart", "levels", "--kind", "reach", "--target", "150", "--alt");
}

static void what_was_known_earlier_is_drawn_grey(void **state)
{
    (void)state;
    DONE("new", "gdp", "--unit", "USD", "--title", "GDP");
    DONE("add", "gdp", "2020", "100", "--reported", "2021-03-01", "--source", "x");
    DONE("add", "gdp", "2021", "110", "--reported", "2022-03-01", "--source", "x");
    DONE("revise", "gdp", "2020", "90", "--reported", "2022-06-01", "--source", "x");
    SAYS(0,
         "Line chart: GDP (USD). GDP rose from 90 in 2020 to 110 in 2021 (+22.2" NBSP
         "%). as known on 1 Apr 2022 rose from 100 in 2020 to 110 in 2021 (+10" NBSP
         "%).\n",
         NULL, "chart", "gdp", "--vintage", "2022-04-01", "--alt");
    SAYS(2, "", "uptick: --vintage and --project exclude each other\n", "chart", "gdp",
         "--vintage", "2022-04-01", "--project", "2023", "--alt");
    /* what stands as it was is told, its line would lie below the other */
    SAYS(0,
         "Line chart: GDP (USD). GDP rose from 90 in 2020 to 110 in 2021 (+22.2" NBSP
         "%). as known on 1 Jul 2022: not revised since 1 Jul 2022.\n",
         NULL, "chart", "gdp", "--vintage", "2022-07-01", "--alt");
    RUN("chart", "gdp", "--vintage", "2022-07-01", "--format", "svg");
    assert_non_null(strstr(last.out, "not revised since 1 Jul 2022"));
    SAYS(4, "", "uptick: no figure of 'gdp' was known on 2020-01-01\n", "chart", "gdp",
         "--vintage", "2020-01-01", "--vintage", "2022-07-01", "--alt");
}

/* ---- what is drawn besides ---- */

static void events_references_and_highlights_are_drawn(void **state)
{
    (void)state;
    make_people();
    RUN("chart", "people", "--format", "svg", "--event", "2021-02-03", "An <event>",
        "--event", "2021", "Another", "--reference", "120", "The plan", "--highlight",
        "B");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, "An &lt;event>"));
    assert_non_null(strstr(last.out, "Another"));
    assert_non_null(strstr(last.out, "The plan"));
    SAYS(2, "", "uptick: no series of the chart is named 'Z'\n", "chart", "people",
         "--alt", "--highlight", "Z");
    SAYS(2, "", "uptick: --event needs two values (DATE TEXT)\n", "chart", "people",
         "--event", "2021-02-03");
    SAYS(2, "", "uptick: '5 USD' is in USD, and people in people\n", "chart", "people",
         "--alt", "--reference", "5 USD", "x");
}

/* The line of now stands where a projection is drawn past it, and nowhere else. */
static void a_projection_shows_where_now_is(void **state)
{
    (void)state;
    make_people();
    RUN("chart", "people/A", "--format", "svg", "--project", "2026", "--model", "linear");
    assert_non_null(strstr(last.out, ">now<"));
    RUN("chart", "people/A", "--format", "svg", "--project", "2024", "--model", "linear");
    assert_null(strstr(last.out, ">now<"));
    RUN("chart", "people/A", "--format", "svg", "--project", "2024", "--model", "linear",
        "--today", "2022-07-01");
    assert_non_null(strstr(last.out, ">now<"));
}

/* The lines of a block of the script, blank ones too. */
static void expect_block(const char *script, const char *start, const char *rows)
{
    const char *at = strstr(script, start);
    assert_non_null(at);
    at += strlen(start);
    const char *end = strstr(at, "EOD");
    assert_non_null(end);
    assert_int_equal(end - at, strlen(rows));
    assert_memory_equal(at, rows, strlen(rows));
}

/* Years 2010 to 2013 and 2016, 2017: no line from 2013 to 2016; levels stand at the ends of years. */
static void no_line_bridges_a_gap_in_a_regular_series(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    static const char *const years[] = {"2010", "2011", "2012", "2013", "2016", "2017"};
    scratch_path(path, root, "c.gp");
    DONE("new", "levels", "--unit", "things", "--measure", "stock");
    for (size_t i = 0; i < 6; i++)
        DONE("add", "levels", years[i], "5");
    DONE("chart", "levels", "--script", path);
    char *script = scratch_read(root, "c.gp");
    expect_block(script, "$line << EOD\n",
                 "2011 5\n2012 5\n2013 5\n2014 5\n\n2017 5\n2018 5\n");
    free(script);
    DONE("add", "levels", "2003", "5"); /* two of six steps are longer: still regular */
    DONE("add", "levels", "1990", "5"); /* three of seven: figures as they came */
    DONE("chart", "levels", "--script", path);
    script = scratch_read(root, "c.gp");
    expect_block(script, "$line << EOD\n",
                 "1991 5\n2004 5\n2011 5\n2012 5\n2013 5\n2014 5\n2017 5\n2018 5\n");
    free(script);
}

static void the_producer_stands_before_who_passes_on(void **state)
{
    (void)state;
    DONE("source", "paper", "--title", "The Paper, 3 May 2024");
    DONE("source", "paper", "--replace", "--producer", "Bureau of Counts");
    DONE("new", "levels", "--unit", "things");
    DONE("add", "levels", "2010", "5", "--source", "paper");
    RUN("chart", "levels", "--format", "svg");
    assert_non_null(
        strstr(last.out, "Source: Bureau of Counts, via The Paper, 3 May 2024<"));
    DONE("source", "paper", "--replace", "--producer", "");
    RUN("chart", "levels", "--format", "svg");
    assert_non_null(strstr(last.out, "Source: The Paper, 3 May 2024<"));
    char *package = scratch_read(series, "datapackage.json");
    assert_null(strstr(package, "producer"));
    free(package);
}

/* ---- formats ---- */

static void the_format_is_that_of_the_option_then_of_the_ending(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    static const char *const formats[][2] = {
        {"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF-"}, {"txt", "    "}};
    for (size_t i = 0; i < 4; i++) {
        scratch_path(path, root, "c.png");
        SAYS(0, "", "", "chart", "users", "-o", path, "--format", formats[i][0]);
        char *data = scratch_read(root, "c.png");
        assert_memory_equal(data, formats[i][1], strlen(formats[i][1]));
        free(data);
    }
    SAYS(2, "", "uptick: --format 'gif' is not png, svg, pdf or txt\n", "chart", "users",
         "--format", "gif");
    SAYS(2, "", "uptick: --scale is for png: nothing else has pixels\n", "chart", "users",
         "--format", "svg", "--scale", "2");
    SAYS(2, "", "uptick: --scale '5' is no number from 1 to 4\n", "chart", "users",
         "--format", "png", "--scale", "5");
}

/* As a line of 100 columns, in as many as a terminal has, or in those of --size; coloured nowhere but
 * there. */
/* The base of months is a year: the mean of those in it, and named. */
static void an_index_names_the_year_of_its_base(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS ",2019-01,1,,,,,,,,,\n,2019-02,3,,,,,,,,,\n,2020-01,4,,,,,,,,,\n");
    RUN("chart", "m", "--kind", "index", "--base", "2019", "--alt");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, "Index, 2019 = 100"));
}

/* "]]>" ends a section that was never begun: no SVG may hold it. */
static void what_xml_forbids_is_written_otherwise(void **state)
{
    (void)state;
    RUN("chart", "users", "--format", "svg", "--title", "a ]]> b ]]>");
    assert_int_equal(last.code, 0);
    assert_null(strstr(last.out, "]]>"));
    assert_non_null(strstr(last.out, "a ]]&gt; b ]]&gt;"));
}

static void a_chart_of_text_is_printed_without_gnuplot(void **state)
{
    (void)state;
    char path[SCRATCH_PATH], *data;
    const char *before = getenv("PATH");
    char *kept = strdup(before != NULL ? before : "");
    setenv("PATH", "/nonexistent", 1);
    RUN("chart", "users", "--format", "txt");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, "Source: "));
    assert_non_null(strstr(last.out, "570" NBSP "M"));
    assert_non_null(strstr(last.out, "●"));
    assert_null(strchr(last.out, '\x1b'));
    scratch_path(path, root, "c.txt");
    SAYS(0, "", "", "chart", "users", "-o", path);
    data = scratch_read(root, "c.txt");
    RUN("chart", "users", "--format", "txt");
    assert_string_equal(data, last.out);
    free(data);
    RUN("chart", "users", "--format", "txt", "--size", "60x16");
    size_t rows = 0;
    for (const char *at = last.out; *at != '\0'; at++)
        rows += *at == '\n';
    assert_int_equal(rows, 16);
    scratch_path(path, root, "texts");
    SAYS(0, "", NULL, "chart", "users/*", "--format", "txt", "--each", "-o", path);
    data = scratch_read(root, "texts/users-china.txt");
    assert_non_null(strstr(data, "●"));
    free(data);
    setenv("PATH", kept, 1);
    free(kept);
    static const char *const others[][2] = {{"--theme", "dark"},
                                            {"--scale", "2"},
                                            {"--script", "x.gp"},
                                            {"--templates", "x"}};
    for (size_t i = 0; i < 4; i++) {
        char message[128];
        snprintf(message, sizeof message,
                 "uptick: %s is for pictures: a chart of text (txt) has none\n",
                 others[i][0]);
        SAYS(2, "", message, "chart", "users", "--format", "txt", others[i][0],
             others[i][1]);
    }
    SAYS(2, "",
         "uptick: a text chart of 20 × 10 characters cannot be drawn (40 × 12 to 1000 × "
         "1000 expected)\n",
         "chart", "users", "--format", "txt", "--size", "20x10");
}

static void a_chart_is_written_in_the_language_asked_for(void **state)
{
    (void)state;
    make_people();
    SAYS(0,
         "条形图：People（2021年，people）。B 超过250（2021年）；A 200（2021年）；C "
         "50（2021年）。\n",
         "", "chart", "people", "--kind", "bar", "--alt", "--lang", "zh");
    SAYS(0,
         "折线图：People, A（指数，2020年 = "
         "100）。A从2020年的100升至2021年的200（+100%）。\n",
         "", "chart", "people/A", "--kind", "index", "--alt", "--lang", "zh");
    SAYS(2, "", "uptick: --lang 'fr' is not en or zh\n", "chart", "users", "--alt",
         "--lang", "fr");
}

static void a_scaled_png_has_as_many_pixels(void **state)
{
    (void)state;
    RUN("chart", "users", "--format", "png", "--size", "300x240", "--scale", "2");
    assert_int_equal(last.code, 0);
    const unsigned char *png = (const unsigned char *)last.out;
    assert_int_equal(png[18] << 8 | png[19], 600); /* IHDR: width, height */
    assert_int_equal(png[22] << 8 | png[23], 480);
}

static void a_chart_a_series_goes_into_a_folder(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    make_people();
    DONE("add", "people/../../etc", "2020", "1");
    DONE("add", "people/.. .. etc!", "2020", "2");
    DONE("add", "people/\xe4\xb8\xad\xe5\x9b\xbd", "2020", "3");
    scratch_path(path, root, "pictures");
    SAYS(0, "", "", "chart", "people", "--each", "-o", path, "--format", "svg");
    static const char *const names[] = {
        "people-a.svg",   "people-b.svg",     "people-c.svg",
        "people-etc.svg", "people-etc-2.svg", "people-\xe4\xb8\xad\xe5\x9b\xbd.svg"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *text = scratch_read(path, names[i]);
        assert_non_null(strstr(text, "</svg>"));
        free(text);
    }
    assert_int_equal(scratch_count(path), 6);
    SAYS(2, "", "uptick: --each needs a folder: -o DIR\n", "chart", "people", "--each");
}

/* ---- templates ---- */

static void a_trackers_own_templates_are_code_and_not_used_unasked(void **state)
{
    (void)state;
    char plots[SCRATCH_PATH], config[SCRATCH_PATH];
    scratch_path(plots, root, "plots");
    scratch_path(config, root, "config.json");
    assert_int_equal(mkdir(plots, 0777), 0);
    scratch_write(plots, "line.gp", "set print '-'\nprint 'MINE'\n");
    SAYS(0, "",
         "uptick: note: the tracker's own plots/ (line.gp) is code and was not used: "
         "--templates DIR uses it\n",
         "chart", "users", "-o", "/dev/null", "--format", "svg");
    SAYS(0, "", "", "chart", "users", "--script", config, "--templates", plots);
    char *script = scratch_read(root, "config.json");
    assert_non_null(strstr(script, "print 'MINE'"));
    free(script);
    SAYS(2, "",
         "uptick: --templates '/' has none of theme.gp, line.gp, columns.gp, bar.gp and "
         "stack.gp\n",
         "chart", "users", "--templates", "/", "--format", "svg");
}

static const char *plots_script(const char *plots)
{
    static char path[SCRATCH_PATH];
    scratch_path(path, plots, "out.gp");
    return path;
}

static void a_tracker_that_the_users_configuration_names_is_trusted(void **state)
{
    (void)state;
    char plots[SCRATCH_PATH], config[SCRATCH_PATH], text[SCRATCH_PATH + 40];
    scratch_path(plots, root, "plots");
    scratch_path(config, root, "config.json");
    assert_int_equal(mkdir(plots, 0777), 0);
    scratch_write(plots, "line.gp", "print 'MINE'\n");
    config_ = config;
    snprintf(text, sizeof text, "{\"templates\": [\"/nowhere\", \"%s\"]}", root);
    scratch_write(root, "config.json", text);
    SAYS(0, "", "", "chart", "users", "--script", plots_script(plots));
    char *script = scratch_read(plots, "out.gp");
    assert_non_null(strstr(script, "print 'MINE'"));
    free(script);
    scratch_write(root, "config.json", "{\"templates\": \"all\"}");
    RUN("chart", "users", "--alt");
    assert_int_equal(last.code, 3);
    assert_non_null(
        strstr(last.err, "\"templates\" is a text, a list of trackers is wanted"));
    config_ = NULL;
}

/* A title that is part of another's is a source of its own. */
static void every_source_is_named_once(void **state)
{
    (void)state;
    DONE("source", "annual", "--title", "Annual Report");
    DONE("source", "short", "--title", "Report", "--producer", "Bureau");
    DONE("new", "levels", "--unit", "things");
    DONE("add", "levels", "2010", "5", "--source", "annual");
    DONE("add", "levels", "2011", "6", "--source", "short");
    DONE("add", "levels", "2012", "7", "--source", "annual");
    RUN("chart", "levels", "--format", "svg");
    assert_non_null(strstr(last.out, "Source: Annual Report; Bureau, via Report<"));
}

static void no_chart_goes_below_a_trackers_series(void **state)
{
    (void)state;
    char sub[SCRATCH_PATH], file[SCRATCH_PATH];
    scratch_path(sub, series, "sub");
    assert_int_equal(RUN("chart", "users", "--each", "-o", sub), 2);
    assert_non_null(strstr(last.err, "lies in a tracker's series/"));
    assert_int_equal(access(sub, F_OK), -1);
    assert_int_equal(mkdir(sub, 0777), 0);
    scratch_path(file, sub, "c.svg");
    assert_int_equal(RUN("chart", "users", "-o", file), 2);
    assert_int_equal(scratch_count(sub), 0);
    assert_int_equal(rmdir(sub), 0);
}

static void outputs_that_would_mix_are_refused(void **state)
{
    (void)state;
    SAYS(2, "", "uptick: -o and --script both name 'a.svg'\n", "chart", "users", "-o",
         "a.svg", "--script", "a.svg");
    SAYS(2, "",
         "uptick: --format without -o writes the picture itself, and --alt a text: give "
         "-o FILE\n",
         "chart", "users", "--format", "svg", "--alt");
}

/* It would never end; and a name that depends on where one stands would trust every tracker. */
static void pipes_and_relative_names_are_no_templates(void **state)
{
    (void)state;
    char plots[SCRATCH_PATH], pipe_[SCRATCH_PATH], config[SCRATCH_PATH];
    scratch_path(plots, root, "plots");
    scratch_path(pipe_, plots, "theme.gp");
    scratch_path(config, root, "config.json");
    assert_int_equal(mkdir(plots, 0777), 0);
    assert_int_equal(mkfifo(pipe_, 0600), 0);
    SAYS(0, NULL, "", "chart", "users", "--alt");
    config_ = config;
    scratch_write(root, "config.json", "{\"templates\": [\".\"]}");
    RUN("chart", "users", "--alt");
    config_ = NULL;
    assert_int_equal(last.code, 3);
    assert_non_null(strstr(last.err, "'.' in \"templates\" is no absolute path"));
    assert_int_equal(unlink(pipe_), 0);
}

static void east_of_greenwich(void)
{
    setenv("TZ", "Asia/Tokyo", 1);
}

static void a_pdf_is_the_same_in_every_time_zone(void **state)
{
    (void)state;
    RUN_PROGRAM(NULL, "chart", "users", "--format", "pdf");
    assert_int_equal(last.code, 0);
    char *here = last.out;
    size_t length = last.out_length;
    last.out = NULL;
    RUN_PROGRAM(east_of_greenwich, "chart", "users", "--format", "pdf");
    assert_int_equal(last.out_length, length);
    assert_memory_equal(last.out, here, length);
    free(here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(a_chart_is_drawn_and_its_script_draws_the_same),
        ON_TRACKER(a_chart_with_a_projection_is_drawn),
        ON_TRACKER(a_dry_run_of_a_chart_writes_nothing),
        ON_TRACKER(every_kind_tells_what_it_shows),
        ON_TRACKER(bars_of_unlike_periods_name_them),
        ON_TRACKER(what_a_kind_does_not_draw_is_refused),
        ON_TRACKER(what_no_axis_can_hold_is_drawn_or_refused),
        ON_TRACKER(a_stack_needs_common_periods_and_says_what_it_leaves_out),
        ON_TRACKER(when_a_level_is_reached_is_told),
        ON_TRACKER(what_was_known_earlier_is_drawn_grey),
        ON_TRACKER(events_references_and_highlights_are_drawn),
        ON_TRACKER(a_projection_shows_where_now_is),
        ON_TRACKER(no_line_bridges_a_gap_in_a_regular_series),
        ON_TRACKER(the_producer_stands_before_who_passes_on),
        ON_TRACKER(the_format_is_that_of_the_option_then_of_the_ending),
        ON_TRACKER(an_index_names_the_year_of_its_base),
        ON_TRACKER(what_xml_forbids_is_written_otherwise),
        ON_TRACKER(a_chart_of_text_is_printed_without_gnuplot),
        ON_TRACKER(a_chart_is_written_in_the_language_asked_for),
        ON_TRACKER(a_scaled_png_has_as_many_pixels),
        ON_TRACKER(a_chart_a_series_goes_into_a_folder),
        ON_TRACKER(a_trackers_own_templates_are_code_and_not_used_unasked),
        ON_TRACKER(every_source_is_named_once),
        ON_TRACKER(no_chart_goes_below_a_trackers_series),
        ON_TRACKER(outputs_that_would_mix_are_refused),
        ON_TRACKER(pipes_and_relative_names_are_no_templates),
        ON_TRACKER(a_pdf_is_the_same_in_every_time_zone),
        ON_TRACKER(a_tracker_that_the_users_configuration_names_is_trusted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
