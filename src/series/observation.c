#include "uptick/observation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"

const char *const up_observation_column_names[UP_OBSERVATION_COLUMNS] = {
    [UP_COL_ENTITY] = "entity",     [UP_COL_PERIOD] = "period",
    [UP_COL_VALUE] = "value",       [UP_COL_QUALIFIER] = "qualifier",
    [UP_COL_LOW] = "low",           [UP_COL_HIGH] = "high",
    [UP_COL_STATED] = "stated",     [UP_COL_STATUS] = "status",
    [UP_COL_REPORTED] = "reported", [UP_COL_SOURCE] = "source",
    [UP_COL_QUOTE] = "quote",       [UP_COL_NOTE] = "note"};

/* The columns that are plain text, and where they are kept. */
static const size_t text_offsets[UP_OBSERVATION_COLUMNS] = {
    [UP_COL_ENTITY] = offsetof(up_observation, entity),
    [UP_COL_STATED] = offsetof(up_observation, stated),
    [UP_COL_SOURCE] = offsetof(up_observation, source),
    [UP_COL_QUOTE] = offsetof(up_observation, quote),
    [UP_COL_NOTE] = offsetof(up_observation, note)};
static const up_observation_column text_columns[] = {
    UP_COL_ENTITY, UP_COL_STATED, UP_COL_SOURCE, UP_COL_QUOTE, UP_COL_NOTE};
enum { TEXT_COLUMNS = sizeof text_columns / sizeof text_columns[0] };

static char **text_slot(const up_observation *o, up_observation_column column)
{
    return (char **)((char *)(size_t)o + text_offsets[column]);
}

bool up_observation_status_is_valid(char status)
{
    /* SDMX CL_OBS_STATUS 2.2: normal, break, definition differs, estimated, forecast,
     * experimental, imputed by a receiver, imputed, derogation, missing (and why: exists but
     * not collected, data cannot exist, suppressed), provisional, strike, low reliability,
     * unvalidated */
    return status != '\0' && strchr("ABDEFGIJKLMNOPQSUV", status) != NULL;
}

char up_observation_status_worse(char a, char b)
{
    static const char order[] = "ANSKJGVPIEULOQMDBF"; /* from the best to the worst */
    const char *x = strchr(order, a), *y = strchr(order, b);
    return y > x ? b : a;
}

up_status up_observation_init(up_observation *observation, up_error *err)
{
    *observation = (up_observation){.status = 'A', .reported = UP_REPORTED_ALWAYS};
    up_status status = UP_OK;
    for (size_t i = 0; i < TEXT_COLUMNS && status == UP_OK; i++)
        status = up_copy_text("", text_slot(observation, text_columns[i]), err);
    if (status != UP_OK)
        up_observation_release(observation);
    return status;
}

up_status up_observation_copy(const up_observation *from, up_observation *to,
                              up_error *err)
{
    up_observation copy = *from;
    copy.pooled = false;
    for (size_t i = 0; i < TEXT_COLUMNS; i++)
        *text_slot(&copy, text_columns[i]) = NULL;
    copy.brought = NULL;
    up_status status =
        from->brought != NULL ? up_copy_text(from->brought, &copy.brought, err) : UP_OK;
    for (size_t i = 0; i < TEXT_COLUMNS && status == UP_OK; i++)
        status = up_copy_text(*text_slot(from, text_columns[i]),
                              text_slot(&copy, text_columns[i]), err);
    if (status != UP_OK)
        up_observation_release(&copy);
    else
        *to = copy;
    return status;
}

void up_observation_release(up_observation *observation)
{
    if (observation == NULL)
        return;
    for (size_t i = 0; i < TEXT_COLUMNS && !observation->pooled; i++)
        free(*text_slot(observation, text_columns[i]));
    free(observation->brought);
    *observation = (up_observation){0};
}

/* An exact number, or none when the text is empty. */
static up_status set_decimal(const char *text, bool *has, up_decimal *value,
                             up_error *err)
{
    if (*text == '\0') {
        *has = false;
        return UP_OK;
    }
    up_status status = up_decimal_parse(text, value, err);
    if (status == UP_OK)
        *has = true;
    return status;
}

static up_status set_status(up_observation *o, const char *text, up_error *err)
{
    char status = *text != '\0' ? *text : 'A';
    if ((*text != '\0' && text[1] != '\0') || !up_observation_status_is_valid(status))
        return up_error_set(
            err, UP_BAD_DATA,
            "'%s' is no OBS_STATUS (A normal, E estimated, P provisional, "
            "F forecast, B break, D definition, I imputed, M missing, U low "
            "reliability, …)",
            text);
    o->status = status;
    return UP_OK;
}

up_status up_observation_set(up_observation *o, up_observation_column column,
                             const char *text, const up_period_options *options,
                             up_error *err)
{
    switch (column) {
    case UP_COL_PERIOD:
        return up_period_parse(text, options, &o->period, err);
    case UP_COL_VALUE:
        return set_decimal(text, &o->has_value, &o->value, err);
    case UP_COL_LOW:
        return set_decimal(text, &o->has_low, &o->low, err);
    case UP_COL_HIGH:
        return set_decimal(text, &o->has_high, &o->high, err);
    case UP_COL_QUALIFIER:
        return up_qualifier_parse(text, &o->qualifier, err);
    case UP_COL_STATUS:
        return set_status(o, text, err);
    case UP_COL_REPORTED:
        return up_reported_parse(text, &o->reported, err);
    default:
        return up_replace_text(text_slot(o, column), text, err);
    }
}

static void get_decimal(bool has, up_decimal value, up_buffer *out)
{
    char text[UP_DECIMAL_SIZE];
    if (!has)
        return;
    up_decimal_format(value, text);
    up_buffer_add(out, text);
}

void up_observation_get(const up_observation *o, up_observation_column column,
                        up_buffer *out)
{
    char text[UP_PERIOD_SIZE];
    switch (column) {
    case UP_COL_PERIOD:
        up_period_format(&o->period, text);
        up_buffer_add(out, text);
        break;
    case UP_COL_VALUE:
        get_decimal(o->has_value, o->value, out);
        break;
    case UP_COL_LOW:
        get_decimal(o->has_low, o->low, out);
        break;
    case UP_COL_HIGH:
        get_decimal(o->has_high, o->high, out);
        break;
    case UP_COL_QUALIFIER:
        up_buffer_add(out, up_qualifier_mark(o->qualifier));
        break;
    case UP_COL_STATUS:
        if (o->status != 'A')
            up_buffer_add_char(out, o->status);
        break;
    case UP_COL_REPORTED:
        up_reported_format(o->reported, out);
        break;
    default:
        up_buffer_add(out, *text_slot(o, column));
    }
}

up_status up_observation_validate(const up_observation *o, up_error *err)
{
    if (!up_period_is_bounded(&o->period))
        return up_error_set(err, UP_BAD_DATA, "a figure needs a period with both ends");
    if (o->has_low && o->has_high && up_decimal_compare(o->low, o->high) > 0)
        return up_error_set(err, UP_BAD_DATA, "low is above high");
    if (o->has_value && ((o->has_low && up_decimal_compare(o->value, o->low) < 0) ||
                         (o->has_high && up_decimal_compare(o->value, o->high) > 0)))
        return up_error_set(err, UP_BAD_DATA, "the value lies outside low and high");
    if (!o->has_value && !(o->has_low && o->has_high) && o->status != 'M')
        return up_error_set(err, UP_BAD_DATA,
                            "no value, and neither a range (low and high) nor status M");
    if (!o->has_value && o->qualifier != UP_EXACTLY && o->qualifier != UP_ABOUT)
        return up_error_set(err, UP_BAD_DATA, "qualifier '%s' without a value",
                            up_qualifier_mark(o->qualifier));
    return UP_OK;
}

int up_observation_compare(const up_observation *a, const up_observation *b)
{
    int order = a->entity == b->entity ? 0 : strcmp(a->entity, b->entity);
    if (order == 0)
        order = up_period_compare(&a->period, &b->period);
    if (order == 0)
        order = (a->reported > b->reported) - (a->reported < b->reported);
    return order != 0 || a->source == b->source ? order : strcmp(a->source, b->source);
}

up_status up_reported_parse(const char *text, int64_t *reported, up_error *err)
{
    if (*text == '\0') {
        *reported = UP_REPORTED_ALWAYS;
        return UP_OK;
    }
    up_period period;
    up_status status = up_period_parse(text, NULL, &period, err);
    if (status != UP_OK)
        return status;
    if (period.shape != UP_PLAIN || period.granularity != UP_DAY)
        return up_error_set(err, UP_BAD_DATA, "'%s' is not a day (wanted: YYYY-MM-DD)",
                            text);
    *reported = up_date_to_days(up_date_from_instant(period.start));
    return UP_OK;
}

void up_reported_format(int64_t reported, up_buffer *out)
{
    if (reported == UP_REPORTED_ALWAYS)
        return;
    up_period day = {.start = reported * UP_SECONDS_PER_DAY,
                     .end = (reported + 1) * UP_SECONDS_PER_DAY,
                     .granularity = UP_DAY,
                     .shape = UP_PLAIN};
    char text[UP_PERIOD_SIZE];
    up_period_format(&day, text);
    up_buffer_add(out, text);
}

/* Half a unit of the decimal digit at 10^power, exactly. */
static up_decimal half_unit(int power)
{
    up_decimal half = up_decimal_from_int(5);
    half.exponent = power - 1;
    return half;
}

/* value ± width as doubles, each rounded once. */
static void spread(up_decimal value, up_decimal width, double *low, double *high)
{
    up_decimal at;
    if (up_decimal_add(value, up_decimal_negate(width), &at, NULL) == UP_OK)
        *low = up_decimal_to_double(at);
    else
        *low = up_decimal_to_double(value) - up_decimal_to_double(width);
    if (up_decimal_add(value, width, &at, NULL) == UP_OK)
        *high = up_decimal_to_double(at);
    else
        *high = up_decimal_to_double(value) + up_decimal_to_double(width);
}

/* The bounds that a qualifier puts around value; `digits` is the same number with the digits
 * as stated (DESIGN §2: about is half a unit of the last digit that is not zero). */
static void bound_value(up_qualifier qualifier, up_decimal value, up_decimal digits,
                        up_estimate *e)
{
    double v = up_decimal_to_double(value);
    up_decimal near =
        value; /* a tenth nearer to (nearly) or farther from zero (just over) */
    switch (qualifier) {
    case UP_EXACTLY:
        break;
    case UP_ABOUT:
        spread(value, half_unit(up_decimal_last_nonzero_digit(digits)), &e->low,
               &e->high);
        e->about = true;
        break;
    case UP_MORE_THAN:
    case UP_AT_LEAST:
        e->has_high = false;
        e->low_strict = qualifier == UP_MORE_THAN;
        break;
    case UP_LESS_THAN:
    case UP_AT_MOST:
        e->has_low = false;
        e->high_strict = qualifier == UP_LESS_THAN;
        break;
    case UP_NEARLY:
    case UP_JUST_OVER:
        near = up_decimal_from_int(qualifier == UP_NEARLY ? 9 : 11);
        near.exponent = -1;
        v *= up_decimal_to_double(near);
        e->low = v < e->value ? v : e->value;
        e->high = v < e->value ? e->value : v;
        e->low_strict = e->low == e->value && e->low != e->high;
        e->high_strict = e->high == e->value && e->low != e->high;
        e->about = true;
        break;
    }
}

/* Widens both bounds by half a unit of the last digit stated. Only what was stated as a number or a
 * range is rounded: an "about" has its width from the same digits already, and "more than 5" is a
 * threshold, which 4.6 does not pass. */
static void round_bounds(const up_decimal *low, int low_digit, const up_decimal *high,
                         int high_digit, up_estimate *e)
{
    double ignored;
    spread(*low, half_unit(low_digit), &e->low, &ignored);
    spread(*high, half_unit(high_digit), &ignored, &e->high);
}

/* The same decimals with the digits as stated: "10 trillion" for 10000000000000, "3B-750B" for
 * 3000000000 and 750000000000. Where the text says other numbers, the digits are their own. */
typedef struct digits {
    up_decimal value, low, high;
} digits;

static void estimate_parts(const up_observation *o, const digits *stated, bool rounding,
                           up_estimate *e)
{
    *e = (up_estimate){0};
    if (o->has_value) {
        *e = up_estimate_exact(up_decimal_to_double(o->value));
        bound_value(o->qualifier, o->value, stated->value, e);
        if (rounding && o->qualifier == UP_EXACTLY) {
            int digit = up_decimal_last_digit(stated->value);
            round_bounds(&o->value, digit, &o->value, digit, e);
        }
    }
    /* Bounds that were stated win over the width of "about", not over "more than". */
    if (o->has_low && o->qualifier != UP_MORE_THAN && o->qualifier != UP_AT_LEAST) {
        e->has_low = true;
        e->low_strict = false;
        e->low = up_decimal_to_double(o->low);
    }
    if (o->has_high && o->qualifier != UP_LESS_THAN && o->qualifier != UP_AT_MOST) {
        e->has_high = true;
        e->high_strict = false;
        e->high = up_decimal_to_double(o->high);
    }
    if (rounding && !o->has_value && o->has_low && o->has_high)
        round_bounds(&o->low, up_decimal_last_digit(stated->low), &o->high,
                     up_decimal_last_digit(stated->high), e);
    if (o->qualifier == UP_ABOUT)
        e->about = true;
    if (!e->has_value && e->has_low && e->has_high && e->low == e->high) {
        e->has_value = true; /* a range of no width is the number */
        e->value = e->low;
    }
}

static bool says_the_same(const up_quantity *q, const up_observation *o)
{
    if (q->has_value != o->has_value)
        return false;
    if (o->has_value)
        return up_decimal_compare(q->value, o->value) == 0;
    return q->has_low && q->has_high && o->has_low && o->has_high &&
           up_decimal_compare(q->low, o->low) == 0 &&
           up_decimal_compare(q->high, o->high) == 0;
}

static digits digits_stated(const up_observation *o)
{
    up_quantity q;
    static const up_quantity_options as_percent = {.unit_is_percent = true};
    const up_quantity_options *options[] = {NULL, &as_percent};
    for (size_t i = 0; i < 2 && o->stated != NULL && o->stated[0] != '\0'; i++)
        if (up_quantity_parse(o->stated, options[i], &q, NULL) == UP_OK &&
            says_the_same(&q, o))
            return (digits){q.value, q.low, q.high};
    return (digits){o->value, o->low, o->high};
}

up_status up_observation_estimate(const up_observation *o, bool rounding,
                                  up_estimate *estimate, up_error *err)
{
    if (!o->has_value && !o->has_low && !o->has_high)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the figure is missing (status %c)",
                            o->status);
    digits stated = digits_stated(o);
    estimate_parts(o, &stated, rounding, estimate);
    return UP_OK;
}

void up_quantity_estimate(const up_quantity *q, bool rounding, up_estimate *estimate)
{
    up_observation o = {.has_value = q->has_value,
                        .has_low = q->has_low,
                        .has_high = q->has_high,
                        .value = q->value,
                        .low = q->low,
                        .high = q->high,
                        .qualifier = q->qualifier};
    digits own = {q->value, q->low, q->high};
    estimate_parts(&o, &own, rounding, estimate);
}
