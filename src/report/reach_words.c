#include "report/reach_words.h"

#include "uptick/number.h"

up_period up_reach_unit(const up_series *s, double time, up_granularity unit)
{
    return up_period_containing(up_time_instant(time, s->basis) - 1, unit);
}

void up_reach_time_words(const up_reach_section *s, up_reach_time time, up_buffer *out)
{
    up_period month = up_reach_unit(s->series, time.at, UP_MONTH);
    if (time.reached)
        up_period_label(&month, out);
}

void up_reach_horizon_words(const up_reach_section *s, up_buffer *out)
{
    up_period month = up_reach_unit(s->series, s->question.horizon, UP_MONTH);
    up_period_label(&month, out);
}

void up_reach_interval_words(const up_reach_section *s, up_buffer *out)
{
    const up_reach_time *low = &s->reach.time[UP_REACH_LOW],
                        *high = &s->reach.time[UP_REACH_HIGH];
    if (low->reached)
        up_reach_time_words(s, *low, out);
    if (low->reached && high->reached) {
        up_buffer_add(out, " to ");
        up_reach_time_words(s, *high, out);
        return;
    }
    up_buffer_add(out, low->reached ? " or later, perhaps not by " : "not by ");
    up_reach_horizon_words(s, out);
}

void up_probability_words(double p, up_buffer *out)
{
    char number[UP_NUMBER_SIZE];
    bool small = p > 0 && p<0.001, large = p> 0.995 && p < 1;
    double shown = small ? 0.001 : large ? 0.995 : p;
    up_number_format_fixed(100 * shown, shown < 0.1 || large ? 1 : 0, number);
    up_buffer_addf(out, "%s%s\xc2\xa0%%",
                   small   ? "< "
                   : large ? "> "
                           : "",
                   p == 0 ? "0" : number);
}
