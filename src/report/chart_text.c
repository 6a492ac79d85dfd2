/* Texts of a chart: quoting, measuring, breaking into lines. */
#include <string.h>
#include <utf8proc.h>

#include "report/chart_draw.h"
#include "report/wrap.h"

/* Advance widths of DejaVu Sans and DejaVu Sans Bold in 1/1000 of the size, U+0020 to U+007E
 * (from the fonts' hmtx tables). */
static const short advances[2][95] = {
    {318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
     636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
     1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
     603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
     500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
     635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838},
    {348,  456, 521, 838, 696, 1002, 872, 306,  457, 457, 523, 838, 380, 415,  380, 365,
     696,  696, 696, 696, 696, 696,  696, 696,  696, 696, 400, 400, 838, 838,  838, 580,
     1000, 774, 762, 734, 830, 683,  683, 821,  837, 372, 372, 775, 637, 995,  837, 850,
     733,  850, 770, 720, 682, 812,  774, 1103, 771, 724, 725, 457, 365, 457,  838, 500,
     500,  675, 716, 593, 716, 678,  435, 716,  712, 343, 343, 665, 343, 1042, 712, 687,
     716,  716, 493, 595, 478, 712,  652, 924,  645, 652, 582, 712, 365, 712,  838}};

/* Hinting moves glyphs to whole pixels, and the font may be a substitute. */
static const double generous = 1.03;

static double advance(int32_t c, const void *context)
{
    const up_style *style = context;
    double em;

    if (style->cells)
        return up_advance_columns(c, NULL) * UP_SHEET_WIDE;
    if (c >= 0x20 && c < 0x7F)
        em = advances[style->bold][c - 0x20] / 1000.0;
    else if (c == 0xA0)
        em = advances[style->bold][0] / 1000.0;
    else if (utf8proc_charwidth(c) == 0)
        em = 0;
    else if (utf8proc_charwidth(c) == 2)
        em = 1.0;
    else if (c == 0x2026 || c == 0x2014 || utf8proc_category(c) == UTF8PROC_CATEGORY_LU)
        em = style->bold ? 1.0 : 0.9;
    else if (c == 0x2212 || c == 0xD7)
        em = 0.838;
    else
        em = style->bold ? 0.82 : 0.76;
    return em * style->size * generous;
}

double up_chart_extent(const char *text, size_t length, up_style style)
{
    return up_text_extent(text, length, advance, &style);
}

double up_line_height(up_style style)
{
    return style.cells ? UP_SHEET_HIGH : style.size * 1.3;
}

size_t up_chart_count_lines(const char *text, double width, up_style style)
{
    size_t count = 0;

    for (const char *rest = text; *rest; count++)
        up_wrap_next(&rest, width, advance, &style);
    return count;
}

void up_chart_cut(const char *text, double width, up_style style, up_buffer *out)
{
    double whole = up_chart_extent(text, strlen(text), style);

    if (whole <= width) {
        up_buffer_add(out, text);
        return;
    }
    double room = width - up_chart_extent("…", strlen("…"), style);
    up_line line = up_wrap_next(&text, room, advance, &style);
    up_buffer_add_bytes(out, line.text, line.length);
    up_buffer_add(out, "…");
}

double up_chart_paragraph(up_scene *scene, const char *text, double x, double top,
                          double width, up_align align, up_style style, size_t max_lines)
{
    double height = up_line_height(style);

    for (size_t n = 1; *text; n++, top += height) {
        if (n == max_lines) { /* all the rest, cut where it is too long */
            up_buffer cut = {0};
            up_chart_cut(text, width, style, &cut);
            up_scene_text(scene, up_scene_words(scene, &cut), cut.length, x,
                          top + height / 2, align, style);
            up_buffer_release(&cut);
            return top + height;
        }
        up_line line = up_wrap_next(&text, width, advance, &style);
        up_scene_text(scene, line.text, line.length, x, top + height / 2, align, style);
    }
    return top;
}

static bool is_control(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);

    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

bool up_chart_to_one_line(up_buffer *text)
{
    up_buffer line = {0};
    bool found = false;

    for (const char *at = up_buffer_text(text); *at && !found;) {
        int32_t c;
        at += up_text_next(at, &c);
        found = is_control(c);
    }
    for (const char *at = up_buffer_text(text); found && *at;) {
        int32_t c;
        size_t length = up_text_next(at, &c);
        if (is_control(c))
            up_buffer_add_char(&line, ' ');
        else
            up_buffer_add_bytes(&line, at, length);
        at += length;
    }
    if (found) {
        line.failed |= text->failed;
        up_buffer_release(text);
        *text = line;
    }
    return found;
}

up_status up_chart_check_text(const char *text, const char *what, up_error *err)
{
    for (const char *at = text; at && *at;) {
        int32_t c;
        size_t length = up_text_next(at, &c);
        if (c == 0xFFFD && length == 1)
            return up_error_set(err, UP_USAGE, "%s of the chart is not UTF-8 text", what);
        if (c == 0xFFFE || c == 0xFFFF)
            return up_error_set(err, UP_USAGE,
                                "%s of the chart holds U+%04X, which is no character",
                                what, (unsigned)c);
        if (is_control(c))
            return up_error_set(
                err, UP_USAGE,
                "%s of the chart holds a control character (U+%04X), only "
                "text on one line is possible",
                what, (unsigned)c);
        at += length;
    }
    return UP_OK;
}

/* gnuplot reads '' inside single quotes as one quote, but not at the start of a string, nor
 * twice in a row: 'a''''b' ends after a'. So runs of single quotes stand apart, in double
 * quotes, where nothing but they can be: 'it'."'".'s'. */
void up_chart_quote(const char *text, up_buffer *out)
{
    const char *separator = "";

    if (!*text)
        up_buffer_add(out, "\"\"");
    while (*text) {
        bool quotes = *text == '\'';
        size_t length = quotes ? strspn(text, "'") : strcspn(text, "'");
        up_buffer_add(out, separator);
        up_buffer_add(out, quotes ? "\"" : "'");
        up_buffer_add_bytes(out, text, length);
        up_buffer_add(out, quotes ? "\"" : "'");
        separator = ".";
        text += length;
    }
}

int up_chart_script_of(const char *text)
{
    int script = 0;

    while (*text) {
        int32_t c;
        text += up_text_next(text, &c);
        if (c >= 0x3040 && c < 0x3100)
            return 2;
        if ((c >= 0xAC00 && c < 0xD7B0) || (c >= 0x1100 && c < 0x1200))
            return 3;
        if (utf8proc_charwidth(c) == 2 && c >= 0x2E80)
            script = 1;
    }
    return script;
}
