/* Plain series: nothing but exact figures, one a period of whole months, each period after the one
 * before. Most large files hold little else, and of these a row needs no more than two numbers.
 *
 *     up_plain_list list = {0};
 *     up_store_parts_plain(parts, 0, &list, &is_plain, err);
 *     list.points[list.items[0].first].value
 *
 * What is not so is no plain series, and is read as any other (series.h): no figure is changed
 * or left out to make it one. */
#ifndef UPTICK_PLAIN_H
#define UPTICK_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "uptick/metric.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_plain_point {
    const char *period; /* canonical text, borrowed; it does not end with a NUL */
    int64_t month;      /* the period's first, counted from January of the year 0 */
    double value;
} up_plain_point;

typedef struct up_plain {
    char *key; /* metric/entity; owned */
    size_t key_length;
    const up_metric *metric; /* borrowed */
    size_t first, count;  /* of the list's points; ascending in time, each month once */
    size_t period_length; /* of the text of each */
    int months;           /* that each period is long: 1, 3 or 12 */
} up_plain;

typedef struct up_plain_list {
    up_plain *items; /* owned */
    size_t count, capacity;
    up_plain_point *points; /* owned; of all of them */
    size_t point_count, point_capacity;
} up_plain_list;

/* One more series without points. */
UP_MUST_CHECK up_status up_plain_begin(up_plain_list *list, const up_metric *metric,
                                       const char *entity, size_t length, up_error *err);
void up_plain_list_release(up_plain_list *list);

#ifdef __cplusplus
}
#endif
#endif
