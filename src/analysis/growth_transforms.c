/* The table of transforms. To add one: an enumerator, its formula in growth.h, a row
 * here. */
#include <string.h>

#include "uptick/growth.h"

const up_transform_info up_transform_table[UP_TRANSFORMS] = {
    [UP_LIN] = {"lin", "level", "Level", UP_ON_NOTHING, false},
    [UP_LOG] = {"log", "logarithm", "Logarithm", UP_ON_NOTHING, false},
    [UP_CHG] = {"chg", "change", "Change", UP_ON_PREVIOUS, false},
    [UP_CH1] = {"ch1", "change on a year before", "Change on the year", UP_ON_YEAR,
                false},
    [UP_FOLD] = {"fold", "times", "Times", UP_ON_PREVIOUS, true},
    [UP_PCH] = {"pch", "percent change", "Growth", UP_ON_PREVIOUS, true},
    [UP_PC1] = {"pc1", "percent change on a year before", "On the year", UP_ON_YEAR,
                false},
    [UP_PCA] = {"pca", "compounded per year", "Compounded a year", UP_ON_PREVIOUS, false},
    [UP_CCH] = {"cch", "continuous change", "Continuous", UP_ON_PREVIOUS, false},
    [UP_CCA] = {"cca", "continuous change per year", "Continuous a year", UP_ON_PREVIOUS,
                false},
    [UP_CAGR] = {"cagr", "per year", "A year", UP_ON_PREVIOUS, true},
    [UP_DOUBLING] = {"doubling", "doubling time", "Doubling in", UP_ON_PREVIOUS, true},
    [UP_INDEXED] = {"index", "index", "Index", UP_ON_BASE, false},
    [UP_SHARE] = {"share", "share", "Share", UP_ON_TOTAL, false}};

static void add_known(up_buffer *known)
{
    for (int i = 0; i < UP_TRANSFORMS; i++)
        up_buffer_addf(known, "%s%s", i > 0 ? ", " : "", up_transform_table[i].name);
}

/* What others call them. */
static const char *also_known_as(const char *name)
{
    static const char *const names[][2] = {
        {"yoy", "pc1"},     {"mom", "pch"},     {"qoq", "pch"},  {"growth", "pch"},
        {"percent", "pch"}, {"level", "lin"},   {"diff", "chg"}, {"ratio", "fold"},
        {"times", "fold"},  {"annual", "cagr"}, {"ln", "log"},   {"double", "doubling"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    return NULL;
}

up_status up_transform_parse(const char *name, up_transform *transform, up_error *err)
{
    const char *names[UP_TRANSFORMS];
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        names[i] = up_transform_table[i].name;
        if (strcmp(name, names[i]) == 0) {
            *transform = (up_transform)i;
            return UP_OK;
        }
    }
    const char *near = also_known_as(name);
    if (near == NULL)
        near = up_did_you_mean(name, names, UP_TRANSFORMS);
    up_buffer known = {0};
    add_known(&known);
    up_error_set(err, UP_USAGE, "unknown transform '%s'%s%s%s (%s)", name,
                 near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "",
                 up_buffer_text(&known));
    up_buffer_release(&known);
    return UP_USAGE;
}
