/* Which characters no installed font can draw. gnuplot and cairo say nothing of them: they
 * draw a box and exit with 0. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "report/chart_draw.h"
#include "report/wrap.h"

static const char *const family = "DejaVu Sans"; /* as in plots/theme.gp */

/* Which Debian package draws which characters: the blocks of Unicode whose letters are in its fonts.
 * What stands in no row (private use, what is not assigned) has no package. */
static const struct {
    int32_t first, last;
    const char *package;
} packages[] = {
    {0x00A0, 0x058F, "fonts-dejavu-core"}, /* Latin, Greek, Cyrillic, Armenian */
    {0x0590, 0x10FF, "fonts-noto-core"},   /* Hebrew, Arabic, Indic, Thai, … */
    {0x1100, 0x11FF, "fonts-noto-cjk"},    /* hangul jamo */
    {0x1200, 0x1CFF, "fonts-noto-core"},   /* Ethiopic, Cherokee, Khmer, … */
    {0x1D00, 0x2BFF, "fonts-noto-core"},   /* phonetics, arrows, mathematics, symbols */
    {0x2C00, 0x2DFF, "fonts-noto-core"},   /* Glagolitic, Coptic, Tifinagh */
    {0x2E80, 0xA4CF, "fonts-noto-cjk"},    /* radicals, kana, bopomofo, Han, Yi */
    {0xA4D0, 0xABFF, "fonts-noto-core"},   /* Lisu, Vai, Javanese, … */
    {0xAC00, 0xD7FF, "fonts-noto-cjk"},    /* hangul */
    {0xF900, 0xFAFF, "fonts-noto-cjk"},    /* Han for compatibility */
    {0xFB00, 0xFDFF, "fonts-noto-core"},   /* Hebrew and Arabic forms */
    {0xFE30, 0xFE4F, "fonts-noto-cjk"},    /* vertical forms */
    {0xFE70, 0xFEFF, "fonts-noto-core"},   /* Arabic forms */
    {0xFF00, 0xFFEF, "fonts-noto-cjk"},    /* full and half width */
    {0x10000, 0x1AFFF, "fonts-noto-core"}, /* historic scripts */
    {0x1B000, 0x1B16F, "fonts-noto-cjk"},  /* kana */
    {0x1B170, 0x1EFFF, "fonts-noto-core"}, /* mathematical alphabets, Adlam, … */
    {0x1F000, 0x1F1E5, "fonts-symbola"},   /* tiles, cards, enclosed letters */
    {0x1F1E6, 0x1F1FF, "fonts-noto-color-emoji"}, /* flags */
    {0x1F200, 0x1F2FF, "fonts-noto-cjk"},         /* enclosed Han */
    {0x1F300, 0x1F64F, "fonts-noto-color-emoji"},
    {0x1F650, 0x1F67F, "fonts-symbola"}, /* dingbats for ornament */
    {0x1F680, 0x1F6FF, "fonts-noto-color-emoji"},
    {0x1F700, 0x1F8FF, "fonts-symbola"}, /* alchemy, geometry, arrows */
    {0x1F900, 0x1FAFF, "fonts-noto-color-emoji"},
    {0x20000, 0x3FFFF, "fonts-noto-cjk"},
};
enum { PACKAGES = sizeof packages / sizeof *packages };

const char *up_font_package(int32_t c)
{
    for (size_t i = 0; i < PACKAGES; i++)
        if (c >= packages[i].first && c <= packages[i].last)
            return packages[i].package;
    return NULL;
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

/* "install the packages fonts-noto-cjk and fonts-noto-core": each once, in the order of the
 * characters. */
static void add_advice(const int32_t missing[], size_t count, up_buffer *out)
{
    const char *named[UP_MISSING_MAX];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const char *package = up_font_package(missing[i]);
        bool known = package == NULL;
        for (size_t j = 0; j < n && !known; j++)
            known = strcmp(named[j], package) == 0;
        if (!known)
            named[n++] = package;
    }
    up_buffer_add(out, n == 0   ? "install a font that has them"
                       : n == 1 ? "install the package "
                                : "install the packages ");
    for (size_t i = 0; i < n; i++)
        up_buffer_addf(out, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", named[i]);
}

void up_font_remark(up_remarks *remarks, const int32_t missing[], size_t count)
{
    up_buffer list = {0}, advice = {0};

    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n = utf8proc_encode_char(missing[i], bytes);
        up_buffer_add(&list, i > 0 ? ", " : "");
        up_buffer_add_bytes(&list, (const char *)bytes, (size_t)n);
        up_buffer_addf(&list, " (U+%04X)", (unsigned)missing[i]);
    }
    add_advice(missing, count, &advice);
    up_remarks_add(remarks, UP_WARNING, "", 0,
                   "no installed font has %s%s; the chart shows boxes instead (%s)",
                   up_buffer_text(&list),
                   count == UP_MISSING_MAX ? " and perhaps more" : "",
                   up_buffer_text(&advice));
    up_buffer_release(&list);
    up_buffer_release(&advice);
}

static void check(const up_scene *scene, const FcCharSet *set)
{
    int32_t missing[UP_MISSING_MAX];
    size_t count = 0;

    for (size_t i = 0; i < scene->text_count; i++)
        for (const char *at = scene->texts[i].text; *at && count < UP_MISSING_MAX;) {
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
        up_font_remark(scene->remarks, missing, count);
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
