/* Periods that are taken for one another: "May 2025" is a month, "by May 2025" one day of it. */
#include "uptick/period.h"

int up_period_nearness(const up_period *wanted, const up_period *found)
{
    if (up_period_compare(wanted, found) == 0)
        return 0;
    if (wanted->start == found->start && wanted->end == found->end)
        return 2;
    bool within = found->start >= wanted->start && found->end <= wanted->end;
    return within && (found->granularity == UP_DAY || found->shape == UP_ONE_OF) ? 1 : 0;
}

void up_period_typed(const up_period *wanted, const up_period *found, up_buffer *out)
{
    up_buffer words = {0};
    up_period read;
    char text[UP_PERIOD_SIZE];
    up_buffer_add(&words, "by ");
    up_period_label(wanted, &words);
    if (!words.failed &&
        up_period_parse(up_buffer_text(&words), NULL, &read, NULL) == UP_OK &&
        up_period_compare(&read, found) == 0)
        up_buffer_add(out, up_buffer_text(&words));
    else {
        up_period_format(found, text);
        up_buffer_add(out, text);
    }
    up_buffer_release(&words);
}
