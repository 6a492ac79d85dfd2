#include "report/reach_words.h"

#include "uptick/number.h"

up_period up_reach_unit(const up_series *s, double time, up_granularity unit)
{
    return up_period_containing(up_time_instant(time, s->basis) - 1, unit);
}

static void add_month(up_language language, const up_reach_section *s, double time,
                      up_buffer *out)
{
    up_period month = up_reach_unit(s->series, time, UP_MONTH);
    up_period_words(language, &month, out);
}

void up_reach_time_words(up_language language, const up_reach_section *s,
                         up_reach_time time, up_buffer *out)
{
    if (time.reached)
        add_month(language, s, time.at, out);
}

void up_reach_horizon_words(up_language language, const up_reach_section *s,
                            up_buffer *out)
{
    add_month(language, s, s->question.horizon, out);
}

void up_reach_interval_words(up_language language, const up_reach_section *s,
                             up_buffer *out)
{
    const up_reach_time *low = &s->reach.time[UP_REACH_LOW],
                        *high = &s->reach.time[UP_REACH_HIGH];
    bool whole = low->reached && high->reached;
    up_buffer first = {0}, last = {0};

    up_reach_time_words(language, s, *low, &first);
    if (whole)
        up_reach_time_words(language, s, *high, &last);
    else
        up_reach_horizon_words(language, s, &last);
    if (low->reached)
        up_tell(language, whole ? UP_SAY_FROM_TO : UP_SAY_OR_LATER, out,
                up_buffer_text(&first), up_buffer_text(&last));
    else
        up_tell(language, UP_SAY_NOT_BY, out, up_buffer_text(&last));
    out->failed |= first.failed || last.failed;
    up_buffer_release(&first);
    up_buffer_release(&last);
}

void up_probability_words(up_language language, double p, up_buffer *out)
{
    char number[UP_NUMBER_SIZE];
    bool small = p > 0 && p<0.001, large = p> 0.995 && p < 1;
    double shown = small ? 0.001 : large ? 0.995 : p;
    up_number_format_fixed(100 * shown, shown < 0.1 || large ? 1 : 0, number);
    up_buffer_add(out, small ? "< " : large ? "> " : "");
    up_tell(language, UP_SAY_PERCENT, out, p == 0 ? "0" : number);
}
