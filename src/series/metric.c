#include "uptick/metric.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/decimal.h"
#include "uptick/quantity.h"
#include "uptick/standing.h"
#include "uptick/tracker.h"

static const char *const measure_names[] = {
    [UP_STOCK] = "stock", [UP_CUMULATIVE] = "cumulative", [UP_FLOW] = "flow",
    [UP_RATE] = "rate",   [UP_AVERAGE] = "average",       [UP_RATIO] = "ratio",
    [UP_INDEX] = "index"};
enum { MEASURES = sizeof measure_names / sizeof measure_names[0] };

const char *up_measure_name(up_measure measure)
{
    return measure_names[measure];
}

static bool find_measure(const char *name, up_measure *measure)
{
    for (size_t i = 0; i < MEASURES; i++)
        if (strcmp(name, measure_names[i]) == 0) {
            *measure = (up_measure)i;
            return true;
        }
    return false;
}

bool up_metric_name_is_valid(const char *name)
{
    static const char *const taken[] = {"entities", "claims", "events", "projections",
                                        "datapackage"};
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (strcmp(name, taken[i]) == 0)
            return false;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length <= 100 && name[length] == '\0' && name[0] != '-';
}

/* The domains of the keys. An empty text always unsets a key. */

static bool is_measure(const char *value)
{
    up_measure measure;
    return find_measure(value, &measure);
}

static bool is_anchor(const char *value)
{
    return strcmp(value, "end") == 0 || strcmp(value, "middle") == 0 ||
           strcmp(value, "start") == 0;
}

static bool is_number_or_metric(const char *value)
{
    up_decimal number;
    return up_decimal_parse(value, &number, NULL) == UP_OK ||
           up_metric_name_is_valid(value);
}

static bool is_count_up_to(const char *value, int most)
{
    int number = 0;
    for (const char *at = value; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || (number = number * 10 + (*at - '0')) > most)
            return false;
    }
    return *value != '\0';
}

static bool is_decimals(const char *value)
{
    return is_count_up_to(value, 15);
}

static bool is_season(const char *value)
{
    return is_count_up_to(value, 10000) && atoi(value) > 0;
}

static bool is_month(const char *value)
{
    return is_count_up_to(value, 12) && atoi(value) > 0;
}

static bool is_display(const char *value)
{
    return strcmp(value, "number") == 0 || strcmp(value, "percent") == 0;
}

static bool is_align(const char *value)
{
    static const char *const names[] = {"exact", "nearest", "carry-forward",
                                        "interpolate"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(value, names[i]) == 0)
            return true;
    return false;
}

#define TEXT(field) offsetof(up_metric, field)
const up_metric_key up_metric_keys[] = {
    {"title", UP_PLACE_RESOURCE, "name for people", TEXT(title), NULL},
    {"description", UP_PLACE_RESOURCE, "what is counted, in a sentence",
     TEXT(description), NULL},
    {"unit", UP_PLACE_UPTICK, "plural words or an ISO 4217 code: people, CNY", TEXT(unit),
     NULL},
    {"short_unit", UP_PLACE_UPTICK, "the unit where room is short", TEXT(short_unit),
     NULL},
    {"measure", UP_PLACE_UPTICK, "stock, cumulative, flow, rate, average, ratio or index",
     0, is_measure},
    {"anchor", UP_PLACE_UPTICK, "where in its period a figure sits: end, middle or start",
     TEXT(anchor), is_anchor},
    {"floor", UP_PLACE_UPTICK, "the least it can be: a number or a metric", TEXT(floor),
     is_number_or_metric},
    {"ceiling", UP_PLACE_UPTICK, "the most it can be: a number or a metric",
     TEXT(ceiling), is_number_or_metric},
    {"decimals", UP_PLACE_UPTICK, "digits after the point in print: 0 to 15",
     TEXT(decimals), is_decimals},
    {"season", UP_PLACE_UPTICK, "periods in a season, e.g. 12", TEXT(season), is_season},
    {"fiscal_year_end", UP_PLACE_UPTICK, "last month of the fiscal year: 1 to 12",
     TEXT(fiscal_year_end), is_month},
    {"display", UP_PLACE_UPTICK,
     "percent shows a fraction as percent (a share has no unit); or number",
     TEXT(display), is_display},
    {"conflict", UP_PLACE_UPTICK,
     "who speaks of several: empty the latest, 'source KEY', or 'rank KEY KEY …'",
     TEXT(conflict), up_conflict_is_valid},
    {"formula", UP_PLACE_UPTICK, "an expression its figures follow from: 'a / b'",
     TEXT(formula), NULL},
    {"align", UP_PLACE_UPTICK,
     "of a formula: exact, nearest, carry-forward or interpolate", TEXT(align), is_align},
    {"tolerance", UP_PLACE_UPTICK,
     "of a formula: how far from the date, in days or \"3 months\"", TEXT(tolerance),
     NULL},
    {NULL, UP_PLACE_UPTICK, NULL, 0, NULL}};

/* NULL for `measure`, the one key that is no text. */
static char **text_slot(const up_metric *metric, const up_metric_key *key)
{
    if (key->accepts == is_measure)
        return NULL;
    return (char **)((char *)(size_t)metric + key->offset);
}

/* fiscal-year-end is fiscal_year_end: options are written with dashes. */
static bool is_same_key(const char *key, const char *name)
{
    for (; *key != '\0'; key++, name++)
        if (*key != *name && !(*key == '_' && *name == '-'))
            return false;
    return *name == '\0';
}

static const up_metric_key *find_key(const char *name)
{
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++)
        if (is_same_key(key->name, name))
            return key;
    return NULL;
}

up_status up_metric_init(up_metric *metric, const char *name, up_error *err)
{
    if (!up_metric_name_is_valid(name))
        return up_error_set(
            err, UP_USAGE,
            "'%s' cannot name a metric: lower-case letters, digits and '-', "
            "not beginning with '-' (entities, claims, events, projections "
            "and datapackage are taken)",
            name);
    *metric = (up_metric){.measure = UP_STOCK};
    up_status status = up_copy_text(name, &metric->name, err);
    for (const up_metric_key *key = up_metric_keys; status == UP_OK && key->name; key++) {
        char **slot = text_slot(metric, key);
        if (slot != NULL)
            status = up_copy_text("", slot, err);
    }
    if (status != UP_OK)
        up_metric_release(metric);
    return status;
}

void up_metric_release(up_metric *metric)
{
    if (metric == NULL)
        return;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++) {
        char **slot = text_slot(metric, key);
        if (slot != NULL)
            free(*slot);
    }
    free(metric->name);
    *metric = (up_metric){0};
}

up_status up_metric_copy(const up_metric *from, up_metric *to, up_error *err)
{
    up_metric copy;
    up_status status = up_metric_init(&copy, from->name, err);
    if (status != UP_OK)
        return status;
    for (const up_metric_key *key = up_metric_keys; key->name && status == UP_OK; key++)
        status = up_metric_set(&copy, key->name, up_metric_get(from, key->name), err);
    if (status == UP_OK)
        *to = copy;
    else
        up_metric_release(&copy);
    return status;
}

const char *up_metric_get(const up_metric *metric, const char *name)
{
    const up_metric_key *key = find_key(name);
    if (key == NULL)
        return NULL;
    char **slot = text_slot(metric, key);
    return slot != NULL ? *slot : up_measure_name(metric->measure);
}

static up_status unknown_key(const char *name, up_error *err)
{
    const char *names[32];
    size_t count = 0;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL && count < 32;
         key++)
        names[count++] = key->name;
    const char *near = up_did_you_mean(name, names, count);
    if (near != NULL)
        return up_error_set(err, UP_USAGE, "unknown key '%s'; did you mean '%s'?", name,
                            near);
    return up_error_set(err, UP_USAGE,
                        "unknown key '%s'; the keys are title, description, "
                        "unit, short_unit, measure, anchor, floor, ceiling, "
                        "decimals, season, fiscal_year_end, display, conflict, formula, "
                        "align, tolerance",
                        name);
}

up_status up_metric_set(up_metric *metric, const char *name, const char *value,
                        up_error *err)
{
    const up_metric_key *key = find_key(name);
    if (key == NULL)
        return unknown_key(name, err);
    char **slot = text_slot(metric, key);
    bool unset = *value == '\0' && slot != NULL;
    if (!unset && key->accepts != NULL && !key->accepts(value))
        return up_error_set(err, UP_USAGE, "%s '%s' is not valid: %s", name, value,
                            key->help);
    if (slot != NULL)
        return up_replace_text(slot, value, err);
    (void)find_measure(value, &metric->measure); /* accepted above */
    return UP_OK;
}

up_anchor up_metric_anchor(const up_metric *metric)
{
    if (metric->anchor != NULL && metric->anchor[0] != '\0')
        return metric->anchor[0] == 'e'   ? UP_ANCHOR_END
               : metric->anchor[0] == 'm' ? UP_ANCHOR_MIDDLE
                                          : UP_ANCHOR_START;
    return metric->measure == UP_STOCK || metric->measure == UP_CUMULATIVE
               ? UP_ANCHOR_END
               : UP_ANCHOR_MIDDLE;
}

bool up_metric_is_in_percent(const up_metric *metric)
{
    return metric->unit[0] != '\0' && up_unit_matches("percent", metric->unit);
}

bool up_metric_shows_percent(const up_metric *metric)
{
    return strcmp(metric->display, "percent") == 0 && !up_metric_is_in_percent(metric);
}

up_period_options up_metric_period_options(const up_metric *metric)
{
    up_period_options options = {0};
    if (metric->fiscal_year_end != NULL && metric->fiscal_year_end[0] != '\0')
        options.fiscal_year_end = atoi(metric->fiscal_year_end);
    return options;
}
