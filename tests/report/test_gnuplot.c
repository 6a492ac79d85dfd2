#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/chart_cases.h"
#include "report/chart_draw.h"
#include "scratch.h"
#include "uptick/process.h"

static chart_case one;

static size_t case_named(const char *name)
{
    for (size_t i = 0; i < CHART_CASES; i++)
        if (strcmp(chart_makers[i].name, name) == 0)
            return i;
    fail_msg("no chart case %s", name);
    return 0;
}

static void write_script(up_buffer *script)
{
    up_error err = {0};
    if (up_chart_script(&one.chart, script, NULL, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static void draw(up_buffer *picture)
{
    up_error err = {0};
    up_buffer script = {0};
    write_script(&script);
    if (up_gnuplot_run(&script, one.chart.picture, picture, &err) != UP_OK)
        fail_msg("%s (gnuplot is installed by the package gnuplot-nox)", err.message);
    up_buffer_release(&script);
}

/* ---- the texts of an SVG, and where they stand ---- */

enum { TEXTS_MAX = 200 };

typedef struct svg_text {
    up_box box;
    double x;    /* where it is anchored, */
    char anchor; /* by its start, middle or end */
    bool turned;
    char text[160];
} svg_text;

static double number_after(const char *at, const char *name)
{
    const char *found = strstr(at, name);
    if (found == NULL)
        fail_msg("no %s in %.200s", name, at);
    return strtod(found + strlen(name), NULL);
}

static void decode(const char *from, const char *to, char *out, size_t size)
{
    static const char *const names[][2] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}};
    size_t n = 0;
    while (from < to && n + 1 < size) {
        char c = *from;
        size_t length = 1;
        for (size_t i = 0; i < 3; i++)
            if (strncmp(from, names[i][0], strlen(names[i][0])) == 0) {
                c = names[i][1][0];
                length = strlen(names[i][0]);
            }
        out[n++] = c;
        from += length;
    }
    out[n] = '\0';
}

/* Every text of the picture with its box, by the advance widths of the font. */
static size_t read_texts(const char *svg, svg_text texts[TEXTS_MAX])
{
    size_t count = 0;

    for (const char *at = svg; (at = strstr(at, "<g transform=\"translate(")); at++) {
        const char *end = strstr(at, "</g>"), *text = strstr(at, "<text");
        if (text == NULL || end == NULL || text > end)
            continue;
        assert_true(count < TEXTS_MAX);
        svg_text *t = &texts[count++];
        const char *start = strchr(text, '>') + 1, *stop = strstr(start, "</text>");
        decode(start, stop, t->text, sizeof t->text);
        up_style style = {.size = number_after(at, "font-size=\"")};
        const char *bold = strstr(at, "font-weight=\"bold\"");
        style.bold = bold != NULL && bold < text;
        double x = number_after(at, "translate("), y = number_after(strchr(at, ','), ",");
        const char *turn = strstr(at, "rotate(");
        t->turned = turn != NULL && turn < text && number_after(at, "rotate(") != 0;
        double w = up_chart_extent(t->text, strlen(t->text), style) / 1.03;
        const char *anchor = strstr(at, "text-anchor=\"") + strlen("text-anchor=\"");
        t->x = x;
        t->anchor = anchor[0];
        double left = anchor[0] == 's' ? x : anchor[0] == 'm' ? x - w / 2 : x - w;
        /* y is the base line: most letters rise 0.73 and hang 0.2 of the size */
        t->box = (up_box){left, y - 0.73 * style.size, left + w, y + 0.1 * style.size};
    }
    return count;
}

static bool overlap(up_box a, up_box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static void check_texts(const char *name)
{
    static svg_text texts[TEXTS_MAX];
    up_buffer picture = {0};

    one.chart.picture = UP_PICTURE_SVG;
    draw(&picture);
    size_t count = read_texts(up_buffer_text(&picture), texts);
    assert_true(count >= 4);
    for (size_t i = 0; i < count; i++) {
        up_box a = texts[i].box;
        if (texts[i].turned)
            continue;
        if (a.left < 0 || a.top < 0 || a.right > one.chart.width ||
            a.bottom > one.chart.height)
            fail_msg("%s (%d × %d): '%s' leaves the picture", name, one.chart.width,
                     one.chart.height, texts[i].text);
        for (size_t j = 0; j < i; j++)
            if (!texts[j].turned && overlap(a, texts[j].box))
                fail_msg("%s (%d × %d): '%s' covers '%s'", name, one.chart.width,
                         one.chart.height, texts[i].text, texts[j].text);
    }
    up_buffer_release(&picture);
}

static void no_text_leaves_the_picture_or_covers_another(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1200, 675}, {600, 400}, {2400, 1350}, {900, 900}};
    for (size_t i = 0; i < CHART_CASES; i++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            make_case(i, &one);
            one.chart.width = sizes[s][0];
            one.chart.height = sizes[s][1];
            check_texts(chart_makers[i].name);
        }
}

/* The labels of a value axis stand in a column, aligned to the right: no two say the same. */
static void values_on_an_axis_are_told_apart(void **state)
{
    (void)state;
    static svg_text texts[TEXTS_MAX];
    for (size_t k = 0; k < CHART_CASES; k++) {
        up_buffer picture = {0};
        size_t labels = 0;
        make_case(k, &one);
        one.chart.picture = UP_PICTURE_SVG;
        draw(&picture);
        size_t count = read_texts(up_buffer_text(&picture), texts);
        bool rows = strcmp(one.chart.kind, "facet") == 0; /* many axes in a column */
        for (size_t i = 0; i < count && !rows; i++)
            for (size_t j = 0; j < i && texts[i].anchor == 'e'; j++) {
                if (texts[j].anchor != 'e' || texts[j].x != texts[i].x)
                    continue;
                labels++;
                if (strcmp(texts[i].text, texts[j].text) == 0)
                    fail_msg("%s: '%s' twice on an axis", chart_makers[k].name,
                             texts[i].text);
            }
        assert_true(rows || labels > 0);
        up_buffer_release(&picture);
    }
}

static bool is_shown(const svg_text texts[], size_t count, const char *label)
{
    size_t word = strcspn(label, " ");
    word = word > 24 ? 24 : word; /* a long one is broken, or cut: how it begins */
    for (size_t i = 0; i < count; i++)
        if (strncmp(texts[i].text, label, word) == 0 ||
            strstr(texts[i].text, label) != NULL)
            return true;
    return false;
}

/* Every series is named in the picture, or in a warning. */
static void every_series_is_named(void **state)
{
    (void)state;
    static svg_text texts[TEXTS_MAX];
    size_t named = 0;
    for (size_t k = 0; k < CHART_CASES; k++) {
        up_buffer picture = {0}, script = {0};
        up_remarks remarks = {0};
        up_error err = {0};
        make_case(k, &one);
        one.chart.picture = UP_PICTURE_SVG;
        assert_int_equal(up_chart_script(&one.chart, &script, &remarks, &err), UP_OK);
        assert_int_equal(up_gnuplot_run(&script, UP_PICTURE_SVG, &picture, &err), UP_OK);
        size_t count = read_texts(up_buffer_text(&picture), texts);
        bool lone_bars = strcmp(one.chart.kind, "columns") == 0 && one.chart.count == 1;
        for (size_t i = 0; i < one.chart.count && !lone_bars; i++) {
            const char *label = one.series[i].label;
            bool told = false;
            for (size_t r = 0; r < remarks.count; r++)
                told |= strstr(remarks.items[r].message, label) != NULL;
            if (!told && !is_shown(texts, count, label))
                fail_msg("%s: '%s' is not named", chart_makers[k].name, label);
            named++;
        }
        up_remarks_release(&remarks);
        up_buffer_release(&script);
        up_buffer_release(&picture);
    }
    assert_true(named > 60);
}

/* ---- pictures ---- */

static uint32_t big_endian(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void every_case_becomes_a_png_of_its_size_in_both_themes(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHART_CASES; i++)
        for (int theme = 0; theme < 2; theme++) {
            up_buffer picture = {0};
            make_case(i, &one);
            one.chart.theme = theme ? UP_THEME_DARK : UP_THEME_LIGHT;
            one.chart.width = 700;
            one.chart.height = 420;
            draw(&picture);
            assert_memory_equal(picture.data, "\x89PNG", 4);
            assert_int_equal(big_endian(picture.data + 16), 700);
            assert_int_equal(big_endian(picture.data + 20), 420);
            up_buffer_release(&picture);
        }
}

static void the_same_chart_has_the_same_bytes(void **state)
{
    (void)state;
    static const char *const names[] = {"weekly", "chinese", "growth-marks"};
    for (size_t i = 0; i < 9; i++) {
        up_buffer first = {0}, second = {0};
        make_case(case_named(names[i / 3]), &one);
        one.chart.picture = (up_picture)(i % 3);
        draw(&first);
        draw(&second);
        assert_int_equal(first.length, second.length);
        assert_memory_equal(first.data, second.data, first.length);
        up_buffer_release(&first);
        up_buffer_release(&second);
    }
}

/* The chunks of texts taken out of a PNG: what is drawn, and how. */
static void take_out_texts(up_buffer *png)
{
    size_t at = 8, kept = 8;
    while (at < png->length) {
        size_t length = 12 + big_endian(png->data + at);
        if (memcmp(png->data + at + 4, "iTXt", 4) != 0) {
            memmove(png->data + kept, png->data + at, length);
            kept += length;
        }
        at += length;
    }
    assert_int_equal(at, png->length);
    png->length = kept;
}

static void a_script_run_alone_draws_the_same_without_a_word(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH], path[SCRATCH_PATH];
    /* by hand, gnuplot grumbles about its degree sign where the locale is not UTF-8 */
    assert_int_equal(setenv("LC_ALL", "C.UTF-8", 1), 0);
    scratch_make(folder);
    scratch_path(path, folder, "chart.gp");
    for (size_t i = 0; i < CHART_CASES; i++) {
        const char *const argv[] = {"gnuplot", path, NULL};
        up_process_result alone = {0};
        up_buffer script = {0}, picture = {0};
        up_error err = {0};
        make_case(i, &one);
        write_script(&script);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(up_buffer_text(&script), file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(up_process_run(argv, "", 0, &alone, &err), UP_OK);
        assert_int_equal(alone.exit_code, 0);
        assert_string_equal(up_buffer_text(&alone.err), "");
        draw(&picture);
        take_out_texts(&picture);
        assert_int_equal(alone.out.length, picture.length);
        assert_memory_equal(alone.out.data, picture.data, picture.length);
        up_process_result_release(&alone);
        up_buffer_release(&script);
        up_buffer_release(&picture);
    }
    scratch_remove(folder);
}

static void expect_element(const char *svg, const char *name, const char *id,
                           const char *text)
{
    up_buffer wanted = {0};
    up_buffer_addf(&wanted, "\n<%s id=\"%s\">%s</%s>\n", name, id, text, name);
    if (strstr(svg, up_buffer_text(&wanted)) == NULL)
        fail_msg("no %s in %.600s", up_buffer_text(&wanted), svg);
    up_buffer_release(&wanted);
}

static void an_svg_says_what_it_shows(void **state)
{
    (void)state;
    up_buffer picture = {0};
    make_case(case_named("ai-users"), &one);
    one.chart.title = "AT&T's <users>";
    one.chart.picture = UP_PICTURE_SVG;
    draw(&picture);
    const char *svg = up_buffer_text(&picture);
    expect_element(svg, "title", "title", "AT&#38;T&#39;s &#60;users&#62;");
    expect_element(svg, "desc", "description",
                   "Line chart: AT&#38;T&#39;s &#60;users&#62; (People). China rose "
                   "from 249\xc2\xa0M in December 2024 to 570\xc2\xa0M in May 2025 "
                   "(+128.9\xc2\xa0%).");
    assert_non_null(
        strstr(svg, "<svg role=\"img\" aria-labelledby=\"title description\""));
    assert_null(strstr(svg, "<title>Gnuplot</title>"));
    assert_null(strstr(svg, "Produced by"));
    assert_null(strstr(svg, "<title>gnuplot"));
    up_buffer_release(&picture);
}

/* ---- texts as commands ---- */

static const char *const attacks[] = {
    "`touch pwned`",
    "$(touch pwned)",
    "'; system('touch pwned'); '",
    "'.system('touch pwned').'",
    "''; system(''touch pwned'') #",
    "\"; system(\"touch pwned\"); \"",
    "'''\"`touch pwned`\"'''",
    "@TEXT",
    "{/Bold x}} {{",
    "\\",
    "\\'",
    "x\\'; !touch pwned",
    "!touch pwned",
    "EOD",
    "%s %n 100%",
    "<script>&amp;</script>",
};
enum { ATTACKS = sizeof attacks / sizeof attacks[0] };

static size_t files_in(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t count = 0;
    assert_non_null(dir);
    for (const struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

/* A level that the first series is said to reach. */
static void cross(const up_chart_series *s)
{
    one.crossing.target = s->points[0].value * 1.1;
    one.crossing.has_median = true;
    one.crossing.median = s->points[1].time;
    one.crossing.end = s->points[s->count - 1].time;
    one.chart.crossing = &one.crossing;
}

/* A chart with that text in every slot, and in each of its kinds. */
static void put_everywhere(const char *text, const char *kind, bool numbered)
{
    make_case(case_named("hostile"), &one);
    one.chart.kind = kind;
    one.chart.title = one.chart.subtitle = one.chart.source = one.chart.note = text;
    one.series[0].label = one.series[0].model = one.series[0].bands = text;
    one.points[0].label = one.points[1].label = text;
    one.points[0].words = one.points[1].words = one.series[0].remark = text;
    one.series[0].scenario = one.series[0].first_when = one.series[0].last_when = text;
    one.chart.event_count =
        numbered ? 8 : 1; /* more than have room: the note names them */
    for (size_t i = 0; i < one.chart.event_count; i++)
        one.events[i] = (up_chart_event){.time = one.points[1].time, .text = text};
    one.references[one.chart.reference_count++] =
        (up_chart_reference){one.points[0].value, text};
    one.crossing.target_words = one.crossing.words = text;
    add_series(&one, text);
    add_point(&one, 2020.5, 1.5)->label = text;
    if (strcmp(kind, "line") == 0)
        cross(&one.series[0]);
    if (strcmp(kind, "stack") == 0) /* of figures at the same times */
        one.series[1] = one.series[0];
}

/* The chart as lines of text shows it too, and holds no character that steers a terminal. */
static void expect_in_text(const char *attack)
{
    up_buffer text = {0};
    up_error err = {0};
    one.chart.picture = UP_PICTURE_TEXT;
    one.chart.width = 120;
    one.chart.height = 60;
    if (up_chart_text(&one.chart, false, &text, NULL, &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_non_null(strstr(up_buffer_text(&text), attack));
    for (const char *at = up_buffer_text(&text); *at; at++)
        assert_true((unsigned char)*at >= ' ' || *at == '\n');
    assert_int_equal(files_in("."), 0);
    up_buffer_release(&text);
}

static void no_text_becomes_a_command_and_all_are_shown_as_they_are(void **state)
{
    (void)state;
    static svg_text texts[TEXTS_MAX];
    char folder[SCRATCH_PATH], before[SCRATCH_PATH];
    scratch_make(folder);
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(folder), 0);
    static const char *const kinds[] = {"line", "columns", "facet", "bar", "stack"};
    enum { KINDS = sizeof kinds / sizeof kinds[0] };
    for (size_t i = 0; i < ATTACKS * KINDS; i++) {
        const char *attack = attacks[i / KINDS];
        up_buffer picture = {0};
        put_everywhere(attack, kinds[i % KINDS], i % 2 == 0);
        one.chart.language = i % 3 == 0 ? UP_CHINESE : UP_ENGLISH;
        one.chart.picture = UP_PICTURE_SVG;
        draw(&picture);
        size_t count = read_texts(up_buffer_text(&picture), texts), shown = 0;
        for (size_t j = 0; j < count; j++)
            shown += strstr(texts[j].text, attack) != NULL;
        if (shown < 4) /* title, subtitle, note and source at least */
            fail_msg("'%s' is shown %zu times", attack, shown);
        assert_int_equal(files_in("."), 0);
        up_buffer_release(&picture);
        expect_in_text(attack);
    }
    assert_int_equal(chdir(before), 0);
    scratch_remove(folder);
}

/* ---- failures ---- */

/* Runs with a PATH of one folder, in which "gnuplot" is that shell script (NULL: none). */
static up_status run_with(const char *shell_script, up_error *err)
{
    char folder[SCRATCH_PATH], path[SCRATCH_PATH];
    up_buffer script = {0}, picture = {0};
    char *before = strdup(getenv("PATH"));
    assert_non_null(before);
    scratch_make(folder);
    if (shell_script) {
        scratch_path(path, folder, "gnuplot");
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "#!/bin/sh\n%s\n", shell_script);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(chmod(path, 0755), 0);
    }
    make_case(case_named("gdp"), &one);
    write_script(&script);
    setenv("PATH", folder, 1);
    up_status status = up_gnuplot_run(&script, UP_PICTURE_PNG, &picture, err);
    setenv("PATH", before, 1);
    assert_int_equal(picture.length, 0);
    free(before);
    up_buffer_release(&script);
    up_buffer_release(&picture);
    scratch_remove(folder);
    return status;
}

static void a_missing_gnuplot_is_named_with_its_package(void **state)
{
    (void)state;
    up_error err = {0};
    assert_int_equal(run_with(NULL, &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message, "charts need gnuplot 5.4 or later, which is not "
                                     "installed (package gnuplot-nox)");
}

/* What the script's first lines make an old one say. */
static void an_old_gnuplot_is_refused_with_its_version(void **state)
{
    (void)state;
    up_error err = {0};
    const char *fake = "echo 'gnuplot 5.4 or later is needed, this is 5.2' >&2; exit 3";
    assert_int_equal(run_with(fake, &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message, "charts need gnuplot 5.4 or later, found 5.2 "
                                     "(package gnuplot-nox)");
}

/* This gnuplot, asked for a version that it is too old for, says what the fake above said. */
static void the_script_itself_asks_for_the_version(void **state)
{
    (void)state;
    const char *const argv[] = {"gnuplot", "-d", "-", NULL};
    static const char asks[] = "if (GPVAL_VERSION < 5.4) {";
    up_process_result result = {0};
    up_buffer script = {0};
    up_error err = {0};
    make_case(case_named("gdp"), &one);
    write_script(&script);
    char *at = strstr(script.data, asks);
    assert_non_null(at);
    memcpy(strstr(at, "5.4"), "999", 3);
    assert_int_equal(
        up_process_run(argv, up_buffer_text(&script), script.length, &result, &err),
        UP_OK);
    assert_int_equal(result.exit_code, 3);
    assert_int_equal(result.out.length, 0);
    assert_non_null(
        strstr(up_buffer_text(&result.err), "gnuplot 5.4 or later is needed, this is "));
    up_process_result_release(&result);
    up_buffer_release(&script);
}

static void a_killed_gnuplot_is_told(void **state)
{
    (void)state;
    up_error err = {0};
    assert_int_equal(run_with("kill -9 $$", &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message,
                        "gnuplot was killed (signal 9) before the picture was done");
}

static void a_png_says_what_it_shows(void **state)
{
    (void)state;
    up_buffer picture = {0};
    make_case(case_named("ai-users"), &one);
    one.chart.title = "AT&T's <users>";
    draw(&picture);
    static const char title[] = "iTXtTitle\0\0\0\0\0AT&T's <users>";
    static const char source[] = "iTXtSource\0\0\0\0\0Wu Hequan at";
    /* behind the header, which ends at byte 33: the length of keyword, zeros and text */
    assert_int_equal(big_endian(picture.data + 33), 5 + 5 + strlen("AT&T's <users>"));
    assert_memory_equal(picture.data + 37, title, sizeof title - 1);
    bool found = false;
    for (size_t i = 0; i + sizeof source < picture.length; i++)
        found |= memcmp(picture.data + i, source, sizeof source - 1) == 0;
    assert_true(found);
    up_buffer_release(&picture);
}

/* Many at once are the same, byte for byte, as each alone. */
static void many_pictures_are_those_of_single_runs(void **state)
{
    (void)state;
    enum { MANY = 7 };
    for (int kind = UP_PICTURE_PNG; kind <= UP_PICTURE_PDF; kind++) {
        up_buffer scripts[MANY] = {{0}}, alone[MANY] = {{0}}, pictures[MANY] = {{0}};
        const up_buffer *in[MANY];
        up_buffer *out[MANY];
        up_error err = {0};
        for (size_t i = 0; i < MANY; i++) {
            make_case(i * 6, &one);
            one.chart.picture = (up_picture)kind;
            write_script(&scripts[i]);
            draw(&alone[i]);
            in[i] = &scripts[i];
            out[i] = &pictures[i];
        }
        if (up_gnuplot_run_all(in, MANY, (up_picture)kind, out, &err) != UP_OK)
            fail_msg("%s", err.message);
        for (size_t i = 0; i < MANY; i++) {
            assert_int_equal(pictures[i].length, alone[i].length);
            assert_memory_equal(pictures[i].data, alone[i].data, alone[i].length);
            up_buffer_release(&scripts[i]);
            up_buffer_release(&alone[i]);
            up_buffer_release(&pictures[i]);
        }
    }
}

static void one_bad_script_of_many_is_told(void **state)
{
    (void)state;
    up_buffer good = {0}, bad = {0}, pictures[3] = {{0}};
    up_error err = {0};
    make_case(case_named("gdp"), &one);
    write_script(&good);
    up_buffer_add(&bad, "set terminal pngcairo\nplot nonsense(\n");
    const up_buffer *in[] = {&good, &bad, &good};
    up_buffer *out[] = {&pictures[0], &pictures[1], &pictures[2]};
    assert_int_equal(up_gnuplot_run_all(in, 3, UP_PICTURE_PNG, out, &err),
                     UP_MISSING_PROGRAM);
    assert_string_equal(err.message,
                        "gnuplot failed (exit code 1): line 0: invalid expression");
    for (size_t i = 0; i < 3; i++)
        up_buffer_release(&pictures[i]);
    up_buffer_release(&good);
    up_buffer_release(&bad);
}

static void a_gnuplot_without_the_terminal_is_explained(void **state)
{
    (void)state;
    up_error err = {0};
    const char *fake =
        "echo '  line 0: unknown or ambiguous terminal name; type just ...' >&2\n"
        "exit 1";
    assert_int_equal(run_with(fake, &err), UP_MISSING_PROGRAM);
    assert_string_equal(
        err.message,
        "this gnuplot was built without the terminal for pictures: install one "
        "with cairo (package gnuplot-nox)");
}

static void a_picture_cut_short_is_a_failure(void **state)
{
    (void)state;
    up_error err = {0};
    const char *fake = "printf '\\211PNG\\r\\n\\032\\n half of it'";
    assert_int_equal(run_with(fake, &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message, "gnuplot failed (exit code 0): no message");
}

static void what_gnuplot_says_is_quoted(void **state)
{
    (void)state;
    up_error err = {0};
    up_buffer script = {0}, picture = {0};
    up_buffer_add(&script, "set terminal pngcairo\nplot nonsense(\n");
    assert_int_equal(up_gnuplot_run(&script, UP_PICTURE_PNG, &picture, &err),
                     UP_MISSING_PROGRAM);
    assert_string_equal(err.message,
                        "gnuplot failed (exit code 1): line 0: invalid expression");
    up_buffer_release(&script);
    up_buffer_release(&picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_leaves_the_picture_or_covers_another),
        cmocka_unit_test(values_on_an_axis_are_told_apart),
        cmocka_unit_test(every_series_is_named),
        cmocka_unit_test(every_case_becomes_a_png_of_its_size_in_both_themes),
        cmocka_unit_test(the_same_chart_has_the_same_bytes),
        cmocka_unit_test(a_script_run_alone_draws_the_same_without_a_word),
        cmocka_unit_test(an_svg_says_what_it_shows),
        cmocka_unit_test(no_text_becomes_a_command_and_all_are_shown_as_they_are),
        cmocka_unit_test(a_missing_gnuplot_is_named_with_its_package),
        cmocka_unit_test(an_old_gnuplot_is_refused_with_its_version),
        cmocka_unit_test(the_script_itself_asks_for_the_version),
        cmocka_unit_test(a_killed_gnuplot_is_told),
        cmocka_unit_test(a_png_says_what_it_shows),
        cmocka_unit_test(many_pictures_are_those_of_single_runs),
        cmocka_unit_test(one_bad_script_of_many_is_told),
        cmocka_unit_test(a_gnuplot_without_the_terminal_is_explained),
        cmocka_unit_test(a_picture_cut_short_is_a_failure),
        cmocka_unit_test(what_gnuplot_says_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
