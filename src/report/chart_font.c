/* Which characters no installed font can draw. gnuplot and cairo say nothing of them: they
 * draw a box and exit with 0. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "report/chart_draw.h"
#include "report/wrap.h"

static const char *const family = "DejaVu Sans"; /* as in plots/theme.gp */

enum { NAMED_MAX = 8 }; /* so many missing characters are listed */

static bool is_han(int32_t c)
{
    return (c >= 0x2E80 && c < 0x3040) || (c >= 0x3100 && c < 0xA4D0) ||
           (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF00 && c < 0xFFF0) ||
           (c >= 0x20000 && c < 0x32000) || (c >= 0x3040 && c < 0x3100) ||
           (c >= 0xAC00 && c < 0xD7B0);
}

/* All characters of the family and the fonts that stand in for it. */
static FcCharSet *all_characters(FcConfig *config, bool *has_family)
{
    FcCharSet *set = NULL;
    FcResult result;
    FcPattern *pattern =
        FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, (char *)NULL);

    if (!pattern)
        return NULL;
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcFontSet *fonts = FcFontSort(config, pattern, FcTrue, &set, &result);
    FcChar8 *first = NULL;
    *has_family =
        fonts && fonts->nfont > 0 &&
        FcPatternGetString(fonts->fonts[0], FC_FAMILY, 0, &first) == FcResultMatch &&
        strcmp((const char *)first, family) == 0;
    if (fonts)
        FcFontSetDestroy(fonts);
    FcPatternDestroy(pattern);
    return set;
}

static void remark(const up_scene *scene, const int32_t missing[], size_t count)
{
    up_buffer list = {0};
    bool han = false;

    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n = utf8proc_encode_char(missing[i], bytes);
        up_buffer_add(&list, i > 0 ? ", " : "");
        up_buffer_add_bytes(&list, (const char *)bytes, (size_t)n);
        up_buffer_addf(&list, " (U+%04X)", (unsigned)missing[i]);
        han |= is_han(missing[i]);
    }
    up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                   "no installed font has %s%s; the chart shows boxes instead (%s)",
                   up_buffer_text(&list), count == NAMED_MAX ? " and perhaps more" : "",
                   han ? "install the package fonts-noto-cjk"
                       : "install a font that has them");
    up_buffer_release(&list);
}

static void check(const up_scene *scene, const FcCharSet *set)
{
    int32_t missing[NAMED_MAX];
    size_t count = 0;

    for (size_t i = 0; i < scene->text_count; i++)
        for (const char *at = scene->texts[i].text; *at && count < NAMED_MAX;) {
            int32_t c;
            bool known = false;
            at += up_text_next(at, &c);
            for (size_t j = 0; j < count; j++)
                known |= missing[j] == c;
            if (!known && utf8proc_category(c) != UTF8PROC_CATEGORY_CF &&
                !FcCharSetHasChar(set, (FcChar32)c))
                missing[count++] = c;
        }
    if (count > 0)
        remark(scene, missing, count);
}

/* One text with a box for each character that no font has; marks upon others just go. */
static void add_boxed(const char *text, const FcCharSet *set, up_buffer *out)
{
    const char *box = FcCharSetHasChar(set, 0x25A1) ? "\xe2\x96\xa1" : "?";

    while (*text) {
        int32_t c;
        size_t length = up_text_next(text, &c);
        bool drawn = utf8proc_category(c) == UTF8PROC_CATEGORY_CF ||
                     FcCharSetHasChar(set, (FcChar32)c);
        if (drawn)
            up_buffer_add_bytes(out, text, length);
        else if (utf8proc_charwidth(c) > 0)
            up_buffer_add(out, box);
        text += length;
    }
}

/* pango draws a box of its own, with the character's number in it, as large as it likes: over the
 * whole picture. A browser may have fonts that this machine has not, so an SVG keeps its texts. */
static void replace_missing(up_scene *scene, const FcCharSet *set)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        up_buffer boxed = {0};
        add_boxed(scene->texts[i].text, set, &boxed);
        if (boxed.failed) {
            (void)up_scene_words(scene, &boxed);
            up_buffer_release(&boxed);
        } else if (boxed.length == 0) {
            up_buffer_release(&boxed);
            scene->texts[i].text[0] = '\0';
        } else {
            free(scene->texts[i].text);
            scene->texts[i].text = up_buffer_take(&boxed);
        }
    }
}

void up_chart_check_glyphs(up_scene *scene)
{
    bool has_family = false;
    FcConfig *config = FcInitLoadConfigAndFonts();
    FcCharSet *set = config ? all_characters(config, &has_family) : NULL;

    if (set && !has_family)
        up_remarks_add(
            scene->remarks, UP_WARNING, "", 0,
            "the font %s is not installed (package fonts-dejavu-core): another one "
            "stands in, and texts may not fit their places",
            family);
    if (set) {
        check(scene, set);
        if (scene->chart->picture != UP_PICTURE_SVG)
            replace_missing(scene, set);
        FcCharSetDestroy(set);
    }
    if (config)
        FcConfigDestroy(config);
}
