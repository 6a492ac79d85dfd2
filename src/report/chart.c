/* Charts: the table of kinds, the checks, and the way from a chart through a scene to a script. */
#include "uptick/chart.h"

#include <math.h>
#include <string.h>

#include "report/chart_draw.h"

enum { BLOCKS_MAX = 12, SIZE_MIN = 240, SIZE_LIMIT = 8192, PIXELS_LIMIT = 16384 };
enum { COLUMNS_MIN = 40, ROWS_MIN = 12, CELLS_LIMIT = 1000 };

static const struct {
    const char *name;
    up_status (*draw)(up_scene *scene, up_error *err);
    const char *template; /* in plots/ */
    /* the data blocks its template reads, whether or not there are rows */
    const char *blocks[BLOCKS_MAX + 1];
} kinds[] = {
    {"line",
     up_chart_draw_line,
     "line",
     {"outer", "inner", "line", "weak", "step", "span", "bound", "range", "hollow",
      "point", "about"}},
    {"facet",
     up_chart_draw_facet,
     "line",
     {"outer", "inner", "line", "weak", "step", "span", "bound", "range", "hollow",
      "point", "about"}},
    {"bar", up_chart_draw_bar, "bar", {"bar", "pale", "open", "edge", "whisker"}},
    {"stack", up_chart_draw_stack, "stack", {"area", "seam", "column"}},
    {"columns",
     up_chart_draw_columns,
     "columns",
     {"bar", "pale", "open", "edge", "whisker"}},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *const up_chart_kinds[] = {"line", "facet", "bar", "stack", "columns", NULL};

void up_chart_init(up_chart *chart)
{
    *chart = (up_chart){.kind = "line", .anchor = UP_ANCHOR_MIDDLE, .width = 1200};
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
    if (status == UP_OK && chart->crossing)
        status =
            up_chart_check_text(chart->crossing->target_words, "the level to reach", err);
    if (status == UP_OK && chart->crossing)
        status = up_chart_check_text(chart->crossing->words, "when it is reached", err);
    for (size_t i = 0; status == UP_OK && i < chart->reference_count; i++)
        status = up_chart_check_text(chart->references[i].text, "a reference line", err);
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

/* Sums, differences and quotients of what is drawn stay numbers. */
static bool is_of_size(double value)
{
    return value == 0 || (fabs(value) > 1e-150 && fabs(value) < 1e150);
}

/* What is wrong with the numbers of a chart. */
typedef struct faults {
    bool not_finite, no_size;
} faults;

static void check_point(const up_chart_point *p, faults *f)
{
    f->not_finite |= !isfinite(p->time) || !isfinite(p->time_low) ||
                     !isfinite(p->time_high) || !isfinite(p->value) ||
                     (p->has_low && !isfinite(p->low)) ||
                     (p->has_high && !isfinite(p->high));
    f->no_size |= !is_of_size(p->value) || (p->has_low && !is_of_size(p->low)) ||
                  (p->has_high && !is_of_size(p->high));
}

static void check_step(const up_chart_step *p, faults *f)
{
    f->not_finite |= !isfinite(p->time) || !isfinite(p->value) ||
                     (p->has_band && (!isfinite(p->lo80) || !isfinite(p->hi80) ||
                                      !isfinite(p->lo95) || !isfinite(p->hi95)));
    f->no_size |= !is_of_size(p->value);
}

static up_status check_numbers(const up_chart *chart, up_error *err)
{
    faults f = {0};

    for (size_t i = 0; i < chart->count; i++) {
        for (size_t j = 0; j < chart->series[i].count; j++)
            check_point(&chart->series[i].points[j], &f);
        for (size_t j = 0; j < chart->series[i].step_count; j++)
            check_step(&chart->series[i].steps[j], &f);
    }
    for (size_t i = 0; i < chart->event_count; i++)
        f.not_finite |= !isfinite(chart->events[i].time);
    for (size_t i = 0; i < chart->reference_count; i++)
        f.not_finite |= !isfinite(chart->references[i].value);
    if (f.not_finite)
        return up_error_set(err, UP_BAD_DATA, "a number of the chart is not finite");
    if (f.no_size)
        return up_error_set(err, UP_BAD_DATA,
                            "a number of the chart is too large or too small to be drawn "
                            "(1e-150 to 1e150)");
    return UP_OK;
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

/* Few bars and few panels leave no empty room below them, many have room. 0: the usual height. */
static int natural_height(const up_chart *chart, int width)
{
    enum { TEXTS = 215, SLOT_MOST = 64, SLOT_LEAST = 26, BARS_MOST = 80 };
    double n = (double)chart->count, scale = width / 1200.0, high = 0;

    if (strcmp(chart->kind, "bar") == 0) {
        double slot = (675 - TEXTS) / fmax(n, 1);
        slot = fmax(SLOT_LEAST, fmin(SLOT_MOST, slot));
        high = TEXTS + slot * fmin(n, BARS_MOST);
    } else if (strcmp(chart->kind, "facet") == 0 && n > 1 && n <= 3) {
        high = TEXTS + 1120 / n / 1.6; /* one row, of panels 1.6 times as wide as high */
    }
    return (int)lround(high * (scale >= 1 ? scale : fmax(sqrt(scale), 0.7)));
}

static up_status set_size(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    int width = chart->width > 0 ? chart->width : 1200;
    int natural = chart->height > 0 ? 0 : natural_height(chart, width);
    int height = chart->height > 0 ? chart->height : natural > 0 ? natural : 675;

    if (width < SIZE_MIN || height < SIZE_MIN || width > SIZE_LIMIT ||
        height > SIZE_LIMIT)
        return up_error_set(
            err, UP_USAGE,
            "a chart of %d × %d pixels cannot be drawn (%d to %d expected)", width,
            height, SIZE_MIN, SIZE_LIMIT);
    double density = chart->density > 0 ? chart->density : 1;
    if (fmax(width, height) * density > PIXELS_LIMIT)
        return up_error_set(err, UP_USAGE,
                            "a picture of %.0f × %.0f pixels (%d × %d, scaled by %g) is "
                            "too large: at most %d on a side",
                            width * density, height * density, width, height, density,
                            PIXELS_LIMIT);
    scene->width = width;
    scene->height = height;
    /* Larger pictures are the same at a finer grain; smaller ones keep readable texts. */
    double wide = scene->width / 1200, high = scene->height / 675;
    double scale = natural > 0 ? wide : fmin(wide, high);
    scene->scale = (scale >= 1 ? scale : fmax(sqrt(scale), 0.7)) * density;
    scene->width *= density;
    scene->height *= density;
    return UP_OK;
}

/* So many that all bars, or panels two beside each other, have room. */
static int needed_rows(const up_chart *chart)
{
    enum { USUAL = 30, TEXTS = 14, PANEL = 9, LIMIT = CELLS_LIMIT - TEXTS };
    size_t rows = strcmp(chart->kind, "bar") == 0     ? chart->count
                  : strcmp(chart->kind, "facet") == 0 ? (chart->count + 1) / 2 * PANEL
                                                      : 0;
    rows = (rows < LIMIT ? rows : LIMIT) + TEXTS;
    return rows > USUAL ? (int)rows : USUAL;
}

/* In columns and rows. At this scale margins between texts are a column or two, and no row. */
static up_status set_sheet(up_scene *scene, up_error *err)
{
    int columns = scene->chart->width > 0 ? scene->chart->width : 100;
    int rows =
        scene->chart->height > 0 ? scene->chart->height : needed_rows(scene->chart);

    if (columns < COLUMNS_MIN || rows < ROWS_MIN || columns > CELLS_LIMIT ||
        rows > CELLS_LIMIT)
        return up_error_set(
            err, UP_USAGE,
            "a text chart of %d × %d characters cannot be drawn (%d × %d to "
            "%d × %d expected)",
            columns, rows, COLUMNS_MIN, ROWS_MIN, CELLS_LIMIT, CELLS_LIMIT);
    scene->cells = true;
    scene->scale = 0.75;
    scene->width = columns * UP_SHEET_WIDE;
    scene->height = rows * UP_SHEET_HIGH;
    return UP_OK;
}

const char *up_chart_template(const char *kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].name, kind) == 0)
            return kinds[i].template;
    return NULL;
}

/* ---- the whole ---- */

/* Everything of which a picture is made, as kind `kind` has it. */
static up_status make_scene(up_scene *scene, size_t kind, up_error *err)
{
    up_status status = check_texts(scene->chart, err);

    if (status == UP_OK)
        status = check_numbers(scene->chart, err);
    if (status == UP_OK)
        status = kinds[kind].draw(scene, err);
    if (status == UP_OK && scene->panel_count == 0)
        up_scene_end_panel(scene);
    if (status == UP_OK && !scene->cells)
        up_chart_check_glyphs(scene);
    if (status == UP_OK && scene->failure.code != UP_OK) {
        status = scene->failure.code;
        if (err)
            *err = scene->failure;
    }
    return status;
}

up_status up_chart_text(const up_chart *chart, bool colour, up_buffer *text,
                        up_remarks *remarks, up_error *err)
{
    up_scene scene = {.chart = chart, .remarks = remarks};
    size_t kind = 0;
    up_status status = find_kind(chart->kind, &kind, err);

    if (status == UP_OK)
        status = set_sheet(&scene, err);
    if (status == UP_OK)
        status = make_scene(&scene, kind, err);
    if (status == UP_OK)
        status = up_chart_write_characters(&scene, colour, text, err);
    up_scene_release(&scene);
    return status;
}

up_status up_chart_script(const up_chart *chart, up_buffer *script, up_remarks *remarks,
                          up_error *err)
{
    up_scene scene = {.chart = chart, .remarks = remarks};
    up_buffer text = {0};
    size_t kind = 0;
    up_status status = find_kind(chart->kind, &kind, err);

    if (status == UP_OK && chart->picture == UP_PICTURE_TEXT)
        status = up_error_set(err, UP_USAGE, "a chart of text is drawn without a script");
    if (status == UP_OK)
        status = set_size(&scene, err);
    if (status == UP_OK)
        status = make_scene(&scene, kind, err);
    if (status == UP_OK)
        status = up_chart_write_script(&scene, kinds[kind].name, kinds[kind].template,
                                       kinds[kind].blocks, &text, err);
    if (status == UP_OK) {
        up_buffer_add_bytes(script, up_buffer_text(&text), text.length);
        status = up_buffer_check(script, err);
    }
    up_buffer_release(&text);
    up_scene_release(&scene);
    return status;
}
