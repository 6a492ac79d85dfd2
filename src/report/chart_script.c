/* The script of a chart: the scene written out as variables, arrays and data blocks (the
 * prologue), then the templates. */
#include <stddef.h>
#include <string.h>

#include "report/chart_draw.h"
#include "report/template.h"
#include "uptick/number.h"

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

/* A field of every element of a list, in an array of its name. */
typedef struct field {
    const char *name;
    size_t offset; /* of a double */
} field;

typedef void writing(double value, up_buffer *out);

static void begin_array(const char *name, size_t count, up_buffer *out)
{
    up_buffer_addf(out, "array %s[%zu] = [", name, count > 0 ? count : 1);
}

/* gnuplot has no empty arrays. */
static void end_array(size_t count, up_buffer *out)
{
    up_buffer_add(out, count > 0 ? "]\n" : "0.0]\n");
}

static void add_fields(const void *items, size_t size, size_t count, const field fields[],
                       size_t field_count, writing *write, up_buffer *out)
{
    for (size_t f = 0; f < field_count; f++) {
        begin_array(fields[f].name, count, out);
        for (size_t i = 0; i < count; i++) {
            double value;
            memcpy(&value, (const char *)items + i * size + fields[f].offset,
                   sizeof value);
            up_buffer_add(out, i > 0 ? ", " : "");
            write(value, out);
        }
        end_array(count, out);
    }
}

/* The same of what is worked out, a whole number. */
static void add_array(const char *name, const up_scene *scene, size_t count,
                      int (*at)(const up_scene *scene, size_t i), up_buffer *out)
{
    begin_array(name, count, out);
    for (size_t i = 0; i < count; i++) {
        up_buffer_add(out, i > 0 ? ", " : "");
        add_pixels(at(scene, i), out);
    }
    end_array(count, out);
}

static int text_face(const up_scene *scene, size_t i)
{
    int script = up_chart_script_of(scene->texts[i].text);

    if (script == 0 && scene->chart->language == UP_CHINESE)
        script = 1; /* figures with and without 万 in one face */
    return 1 + 2 * script + scene->texts[i].style.bold;
}

static int text_tone(const up_scene *scene, size_t i)
{
    return scene->texts[i].style.tone;
}

static int text_align(const up_scene *scene, size_t i)
{
    return (int)scene->texts[i].align;
}

static int rule_tone(const up_scene *scene, size_t i)
{
    return scene->rules[i].tone;
}

static int rule_dash(const up_scene *scene, size_t i)
{
    return scene->rules[i].dotted ? 11 : 1;
}

static void add_variables(const up_scene *scene, up_buffer *out)
{
    const up_chart *chart = scene->chart;

    static const char *const pictures[] = {
        [UP_PICTURE_PNG] = "png", [UP_PICTURE_SVG] = "svg", [UP_PICTURE_PDF] = "pdf"};

    up_buffer_addf(out, "PICTURE = '%s'\n", pictures[chart->picture]);
    up_buffer_addf(out, "DARK = %d\n", chart->theme == UP_THEME_DARK);
    up_buffer_addf(out, "LOG_SCALE = %d\n", scene->y.log);
    add_variable("WIDTH", scene->width, out);
    add_variable("HEIGHT", scene->height, out);
    add_variable("SCALE", scene->scale, out);
}

static void add_panels(const up_scene *scene, up_buffer *out)
{
    size_t n = scene->panel_count;

    up_buffer_addf(out,
                   "# panels: their boxes in pixels from the top left, and their axes\n"
                   "PANELS = %zu\n",
                   n);
    static const field boxes[] = {{"LEFT", offsetof(up_panel, box.left)},
                                  {"TOP", offsetof(up_panel, box.top)},
                                  {"RIGHT", offsetof(up_panel, box.right)},
                                  {"BOTTOM", offsetof(up_panel, box.bottom)}};
    static const field axes[] = {{"X_MIN", offsetof(up_panel, x.min)},
                                 {"X_MAX", offsetof(up_panel, x.max)},
                                 {"Y_MIN", offsetof(up_panel, y.min)},
                                 {"Y_MAX", offsetof(up_panel, y.max)}};
    add_fields(scene->panels, sizeof *scene->panels, n, boxes, 4, add_pixels, out);
    add_fields(scene->panels, sizeof *scene->panels, n, axes, 4, add_real, out);
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
    static const field places[] = {{"TEXT_X", offsetof(up_text, x)},
                                   {"TEXT_Y", offsetof(up_text, y)},
                                   {"TEXT_SIZE", offsetof(up_text, style.size)}};
    static const field turns[] = {{"TEXT_TURN", offsetof(up_text, turn)}};
    add_fields(scene->texts, sizeof *scene->texts, n, places, 3, add_pixels, out);
    add_array("TEXT_FACE", scene, n, text_face, out);
    add_array("TEXT_TONE", scene, n, text_tone, out);
    add_array("TEXT_ALIGN", scene, n, text_align, out);
    add_fields(scene->texts, sizeof *scene->texts, n, turns, 1, add_pixels, out);
}

static void add_rules(const up_scene *scene, up_buffer *out)
{
    size_t n = scene->rule_count;

    up_buffer_addf(out, "# rules: the grid, tick marks, events, leaders\nRULES = %zu\n",
                   n);
    static const field places[] = {{"RULE_X1", offsetof(up_rule, x1)},
                                   {"RULE_Y1", offsetof(up_rule, y1)},
                                   {"RULE_X2", offsetof(up_rule, x2)},
                                   {"RULE_Y2", offsetof(up_rule, y2)},
                                   {"RULE_WIDTH", offsetof(up_rule, width)}};
    add_fields(scene->rules, sizeof *scene->rules, n, places, 5, add_pixels, out);
    add_array("RULE_TONE", scene, n, rule_tone, out);
    add_array("RULE_DASH", scene, n, rule_dash, out);
}

static size_t group_tone(const up_group *group)
{
    return (size_t)group->tone;
}

static size_t group_panel(const up_group *group)
{
    return group->panel;
}

/* The dashes of theme.gp: those of projections, and of branches beside each other. */
static size_t group_dash(const up_group *group)
{
    enum { FIRST = 13, STYLES = 4 };
    return FIRST + (group->branch > 0 ? (group->branch - 1) % STYLES : 0);
}

/* An array of what the groups of a block have: their tones, their panels. */
static void add_groups(const char *name, const char *what, const up_block *block,
                       size_t (*of)(const up_group *group), up_buffer *out)
{
    size_t n = block->group_count;

    up_buffer_addf(out, "array %s_%s[%zu] = [", name, what, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++)
        up_buffer_addf(out, "%s%zu", i > 0 ? ", " : "", of(&block->groups[i]));
    up_buffer_add(out, n > 0 ? "]\n" : "0]\n");
}

/* $line, and LINE: its number of groups, LINE_TONE, LINE_PANEL; of projections their dashes. */
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
    up_buffer_addf(out, "%s = %zu\n", name, block->group_count);
    add_groups(name, "TONE", block, group_tone, out);
    add_groups(name, "PANEL", block, group_panel, out);
    if (strcmp(block->name, "step") == 0)
        add_groups(name, "DASH", block, group_dash, out);
}

const char *up_chart_template_text(const char *name)
{
    for (const up_template *t = up_templates; t->name; t++)
        if (strcmp(t->name, name) == 0)
            return t->text;
    return "";
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
    up_buffer_add(out, "\n# source: ");
    add_xml(chart->source ? chart->source : "", out);
    up_buffer_add(out, "\n");
    out->failed |= text.failed;
    up_buffer_release(&text);
}

up_status up_chart_write_script(up_scene *scene, const char *kind, const char *template,
                                const char *const blocks[], up_buffer *out, up_error *err)
{
    for (size_t i = 0; blocks[i]; i++)
        up_scene_block(scene, blocks[i]);
    up_buffer_addf(
        out,
        "# A chart of kind \"%s\": gnuplot 5.4 or later draws it on its standard "
        "output.\n",
        kind);
    add_description(scene->chart, out);
    up_buffer_add(out,
                  "if (GPVAL_VERSION < 5.4) { print sprintf('gnuplot 5.4 or "
                  "later is needed, this is %.1f', GPVAL_VERSION); exit status 3 }\n");
    add_variables(scene, out);
    add_panels(scene, out);
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
    const up_chart *chart = scene->chart;
    up_buffer_add(out, chart->theme_template ? chart->theme_template
                                             : up_chart_template_text("theme"));
    up_buffer_add(out, "\n");
    up_buffer_add(out, chart->kind_template ? chart->kind_template
                                            : up_chart_template_text(template));
    return up_buffer_check(out, err);
}
