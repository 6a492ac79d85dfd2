/* Charts: the table of kinds, the checks, and the script: the scene written out as variables,
 * arrays and data blocks (the prologue), then the templates. */
#include "uptick/chart.h"

#include <math.h>
#include <string.h>

#include "report/chart_draw.h"
#include "report/template.h"
#include "uptick/number.h"

enum { BLOCKS_MAX = 12, SIZE_MIN = 240, SIZE_LIMIT = 8192 };

static const struct {
    const char *name;
    up_status (*draw)(up_scene *scene, up_error *err);
    /* the data blocks its template reads, whether or not there are rows */
    const char *blocks[BLOCKS_MAX + 1];
} kinds[] = {
    {"line",
     up_chart_draw_line,
     {"outer", "inner", "line", "weak", "step", "span", "bound", "range", "hollow",
      "point", "about"}},
    {"growth", up_chart_draw_growth, {"bar", "pale", "open", "edge", "whisker"}},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *const up_chart_kinds[] = {"line", "growth", NULL};

void up_chart_init(up_chart *chart)
{
    *chart = (up_chart){
        .kind = "line", .anchor = UP_ANCHOR_MIDDLE, .width = 1200, .height = 675};
}

/* ---- checks ---- */

static up_status check_texts(const up_chart *chart, up_error *err)
{
    up_status status = up_chart_check_text(chart->title, "the title", err);

    if (status == UP_OK)
        status = up_chart_check_text(chart->subtitle, "the subtitle", err);
    if (status == UP_OK)
        status = up_chart_check_text(chart->source, "the source", err);
    if (status == UP_OK)
        status = up_chart_check_text(chart->note, "the note", err);
    for (size_t i = 0; status == UP_OK && i < chart->event_count; i++)
        status = up_chart_check_text(chart->events[i].text, "an event", err);
    for (size_t i = 0; status == UP_OK && i < chart->count; i++) {
        const up_chart_series *s = &chart->series[i];
        status = up_chart_check_text(s->label, "the label of a series", err);
        if (status == UP_OK)
            status = up_chart_check_text(s->model, "the model of a projection", err);
        if (status == UP_OK)
            status = up_chart_check_text(s->scenario, "a scenario", err);
        if (status == UP_OK)
            status = up_chart_check_text(s->bands, "the name of the bands", err);
        if (status == UP_OK)
            status = up_chart_check_text(s->remark, "the remark on a series", err);
        for (size_t j = 0; status == UP_OK && j < s->count; j++) {
            status = up_chart_check_text(s->points[j].label, "the label of a point", err);
            if (status == UP_OK)
                status =
                    up_chart_check_text(s->points[j].words, "the words of a point", err);
        }
    }
    return status;
}

static bool is_finite_point(const up_chart_point *p)
{
    return isfinite(p->time) && isfinite(p->time_low) && isfinite(p->time_high) &&
           isfinite(p->value) && (!p->has_low || isfinite(p->low)) &&
           (!p->has_high || isfinite(p->high));
}

static bool is_finite_step(const up_chart_step *p)
{
    return isfinite(p->time) && isfinite(p->value) &&
           (!p->has_band || (isfinite(p->lo80) && isfinite(p->hi80) &&
                             isfinite(p->lo95) && isfinite(p->hi95)));
}

static up_status check_numbers(const up_chart *chart, up_error *err)
{
    bool finite = true;

    for (size_t i = 0; i < chart->count; i++) {
        for (size_t j = 0; j < chart->series[i].count; j++)
            finite &= is_finite_point(&chart->series[i].points[j]);
        for (size_t j = 0; j < chart->series[i].step_count; j++)
            finite &= is_finite_step(&chart->series[i].steps[j]);
    }
    for (size_t i = 0; i < chart->event_count; i++)
        finite &= (bool)isfinite(chart->events[i].time);
    return finite ? UP_OK
                  : up_error_set(err, UP_BAD_DATA, "a number of the chart is not finite");
}

static up_status find_kind(const char *name, size_t *kind, up_error *err)
{
    up_buffer known = {0};

    for (size_t i = 0; i < KINDS; i++) {
        if (name && strcmp(kinds[i].name, name) == 0) {
            *kind = i;
            up_buffer_release(&known);
            return UP_OK;
        }
        up_buffer_add(&known, i == 0 ? "" : i + 1 < KINDS ? ", " : " or ");
        up_buffer_add(&known, kinds[i].name);
    }
    up_error_set(err, UP_USAGE, "'%s' is not a kind of chart (%s expected)",
                 name ? name : "", up_buffer_text(&known));
    up_buffer_release(&known);
    return UP_USAGE;
}

static up_status set_size(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    int width = chart->width > 0 ? chart->width : 1200;
    int height = chart->height > 0 ? chart->height : 675;

    if (width < SIZE_MIN || height < SIZE_MIN || width > SIZE_LIMIT ||
        height > SIZE_LIMIT)
        return up_error_set(
            err, UP_USAGE,
            "a chart of %d × %d pixels cannot be drawn (%d to %d expected)", width,
            height, SIZE_MIN, SIZE_LIMIT);
    scene->width = width;
    scene->height = height;
    /* Larger pictures are the same at a finer grain; smaller ones keep readable texts. */
    double scale = fmin(scene->width / 1200, scene->height / 675);
    scene->scale = scale >= 1 ? scale : fmax(sqrt(scale), 0.7);
    return UP_OK;
}

/* ---- the script ---- */

/* With a point or exponent, so that gnuplot never takes it for an integer. */
static void add_real(double value, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];

    up_number_format(value, text);
    up_buffer_add(out, text);
    up_buffer_add(out, strpbrk(text, ".e") ? "" : ".0");
}

static void add_variable(const char *name, double value, up_buffer *out)
{
    up_buffer_addf(out, "%s = ", name);
    add_real(value, out);
    up_buffer_add(out, "\n");
}

/* A screen coordinate or size in pixels; hundredths are fine enough. */
static void add_pixels(double value, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];

    up_number_format_fixed(value, 2, text);
    up_buffer_add(out, text);
}

/* An array of numbers, one per element: at(scene, i). gnuplot has no empty arrays. */
static void add_array(const char *name, const up_scene *scene, size_t count,
                      double (*at)(const up_scene *scene, size_t i), up_buffer *out)
{
    up_buffer_addf(out, "array %s[%zu] = [", name, count > 0 ? count : 1);
    for (size_t i = 0; i < count; i++) {
        up_buffer_add(out, i > 0 ? ", " : "");
        add_pixels(at(scene, i), out);
    }
    up_buffer_add(out, count > 0 ? "]\n" : "0.0]\n");
}

static double text_x(const up_scene *scene, size_t i)
{
    return scene->texts[i].x;
}

static double text_y(const up_scene *scene, size_t i)
{
    return scene->texts[i].y;
}

static double text_size(const up_scene *scene, size_t i)
{
    return scene->texts[i].style.size;
}

static double text_face(const up_scene *scene, size_t i)
{
    return 1 + 2 * up_chart_script_of(scene->texts[i].text) + scene->texts[i].style.bold;
}

static double text_tone(const up_scene *scene, size_t i)
{
    return scene->texts[i].style.tone;
}

static double text_align(const up_scene *scene, size_t i)
{
    return scene->texts[i].align;
}

static double text_turn(const up_scene *scene, size_t i)
{
    return scene->texts[i].turn;
}

static double rule_x1(const up_scene *scene, size_t i)
{
    return scene->rules[i].x1;
}

static double rule_y1(const up_scene *scene, size_t i)
{
    return scene->rules[i].y1;
}

static double rule_x2(const up_scene *scene, size_t i)
{
    return scene->rules[i].x2;
}

static double rule_y2(const up_scene *scene, size_t i)
{
    return scene->rules[i].y2;
}

static double rule_width(const up_scene *scene, size_t i)
{
    return scene->rules[i].width;
}

static double rule_tone(const up_scene *scene, size_t i)
{
    return scene->rules[i].tone;
}

static double rule_dash(const up_scene *scene, size_t i)
{
    return scene->rules[i].dotted ? 11 : 1;
}

static void add_variables(const up_scene *scene, up_buffer *out)
{
    const up_chart *chart = scene->chart;

    up_buffer_addf(out, "PICTURE = '%s'\n",
                   chart->picture == UP_PICTURE_SVG ? "svg" : "png");
    up_buffer_addf(out, "DARK = %d\n", chart->theme == UP_THEME_DARK);
    up_buffer_addf(out, "LOG_SCALE = %d\n", scene->y.log);
    add_variable("WIDTH", scene->width, out);
    add_variable("HEIGHT", scene->height, out);
    add_variable("SCALE", scene->scale, out);
    up_buffer_add(out, "# the plot, in pixels from the top left, and its axes\n");
    const double box[] = {scene->plot.left, scene->plot.top, scene->plot.right,
                          scene->plot.bottom};
    static const char *const names[] = {"LEFT", "TOP", "RIGHT", "BOTTOM"};
    for (size_t i = 0; i < 4; i++) {
        up_buffer_addf(out, "%s = ", names[i]);
        add_pixels(box[i], out);
        up_buffer_add(out, "\n");
    }
    add_variable("X_MIN", scene->x.min, out);
    add_variable("X_MAX", scene->x.max, out);
    add_variable("Y_MIN", scene->y.min, out);
    add_variable("Y_MAX", scene->y.max, out);
}

static void add_texts(const up_scene *scene, up_buffer *out)
{
    size_t n = scene->text_count;

    up_buffer_addf(out,
                   "# texts: place, size, face, tone, alignment (0 left, 1 right, 2 "
                   "centre), turn\nTEXTS = %zu\narray TEXT[%zu]\n",
                   n, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++) {
        up_buffer_addf(out, "TEXT[%zu] = ", i + 1);
        up_chart_quote(scene->texts[i].text, out);
        up_buffer_add(out, "\n");
    }
    add_array("TEXT_X", scene, n, text_x, out);
    add_array("TEXT_Y", scene, n, text_y, out);
    add_array("TEXT_SIZE", scene, n, text_size, out);
    add_array("TEXT_FACE", scene, n, text_face, out);
    add_array("TEXT_TONE", scene, n, text_tone, out);
    add_array("TEXT_ALIGN", scene, n, text_align, out);
    add_array("TEXT_TURN", scene, n, text_turn, out);
}

static void add_rules(const up_scene *scene, up_buffer *out)
{
    size_t n = scene->rule_count;

    up_buffer_addf(out, "# rules: the grid, tick marks, events, leaders\nRULES = %zu\n",
                   n);
    add_array("RULE_X1", scene, n, rule_x1, out);
    add_array("RULE_Y1", scene, n, rule_y1, out);
    add_array("RULE_X2", scene, n, rule_x2, out);
    add_array("RULE_Y2", scene, n, rule_y2, out);
    add_array("RULE_WIDTH", scene, n, rule_width, out);
    add_array("RULE_TONE", scene, n, rule_tone, out);
    add_array("RULE_DASH", scene, n, rule_dash, out);
}

/* $line, and LINE: its number of groups (0 or 1 for a block without groups), LINE_TONE. */
static void add_block(const up_block *block, up_buffer *out)
{
    char name[16];
    size_t length = strlen(block->name), i;

    for (i = 0; i < length && i + 1 < sizeof name; i++)
        name[i] = (char)(block->name[i] - 'a' + 'A');
    name[i] = '\0';
    up_buffer_addf(out, "$%s << EOD\n", block->name);
    up_buffer_add(out, up_buffer_text(&block->rows));
    up_buffer_add(out, "EOD\n");
    up_buffer_addf(out, "%s = %zu\n", name,
                   block->groups > 0 ? block->groups : (size_t)(block->rows.length > 0));
    up_buffer_addf(out, "array %s_TONE[%zu] = [", name,
                   block->groups > 0 ? block->groups : 1);
    for (i = 0; i < block->groups; i++)
        up_buffer_addf(out, "%s%d", i > 0 ? ", " : "", block->tones[i]);
    up_buffer_add(out, block->groups > 0 ? "]\n" : "1]\n");
}

static void add_template(const char *name, up_buffer *out)
{
    for (const up_template *t = up_templates; t->name; t++)
        if (strcmp(t->name, name) == 0)
            up_buffer_add(out, t->text);
}

/* Text as XML of ASCII that no program takes for anything else, so that it can stand in a
 * comment: punctuation past the plainest becomes references. */
static void add_xml(const char *text, up_buffer *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c >= 0x80 || is_letter || strchr(" .,:;-+%/()", c))
            up_buffer_add_char(out, (char)c);
        else
            up_buffer_addf(out, "&#%d;", c);
    }
}

/* What the picture shows, for those who read the script, and for SVG: gnuplot cannot set the
 * title and description there, up_gnuplot_run takes them from here. */
static void add_description(const up_chart *chart, up_buffer *out)
{
    up_buffer text = {0};

    up_buffer_add(out, "# title: ");
    add_xml(chart->title ? chart->title : "", out);
    up_chart_alt_text(chart, &text);
    up_buffer_add(out, "\n# description: ");
    add_xml(up_buffer_text(&text), out);
    up_buffer_add(out, "\n");
    out->failed |= text.failed;
    up_buffer_release(&text);
}

static up_status write_script(up_scene *scene, size_t kind, up_buffer *out, up_error *err)
{
    for (size_t i = 0; kinds[kind].blocks[i]; i++)
        up_scene_block(scene, kinds[kind].blocks[i]);
    up_buffer_addf(
        out,
        "# A chart of kind \"%s\": gnuplot 5.4 or later draws it on its standard "
        "output.\n",
        kinds[kind].name);
    add_description(scene->chart, out);
    add_variables(scene, out);
    add_texts(scene, out);
    add_rules(scene, out);
    up_buffer_add(out, "# the data: times are years, values in the chart's unit\n");
    for (size_t i = 0; i < scene->block_count; i++) {
        up_status status = up_buffer_check(&scene->blocks[i].rows, err);
        if (status != UP_OK)
            return status;
        add_block(&scene->blocks[i], out);
    }
    up_buffer_add(out, "\n");
    add_template("theme", out);
    up_buffer_add(out, "\n");
    add_template(kinds[kind].name, out);
    return up_buffer_check(out, err);
}

up_status up_chart_script(const up_chart *chart, up_buffer *script, up_remarks *remarks,
                          up_error *err)
{
    up_scene scene = {.chart = chart, .remarks = remarks};
    up_buffer text = {0};
    size_t kind = 0;
    up_status status = find_kind(chart->kind, &kind, err);

    if (status == UP_OK)
        status = set_size(&scene, err);
    if (status == UP_OK)
        status = check_texts(chart, err);
    if (status == UP_OK)
        status = check_numbers(chart, err);
    if (status == UP_OK)
        status = kinds[kind].draw(&scene, err);
    if (status == UP_OK && scene.failure.code != UP_OK) {
        status = scene.failure.code;
        if (err)
            *err = scene.failure;
    }
    if (status == UP_OK) {
        up_chart_check_glyphs(&scene);
        status = write_script(&scene, kind, &text, err);
    }
    if (status == UP_OK) {
        up_buffer_add_bytes(script, up_buffer_text(&text), text.length);
        status = up_buffer_check(script, err);
    }
    up_buffer_release(&text);
    up_scene_release(&scene);
    return status;
}
