#include "uptick/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/buffer.h"

up_status up_plain_begin(up_plain_list *list, const up_metric *metric, const char *entity,
                         size_t length, up_error *err)
{
    up_buffer key = {0};
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    up_buffer_add(&key, metric->name);
    up_buffer_add(&key, "/");
    up_buffer_add_bytes(&key, entity, length);
    if (status == UP_OK)
        status = up_buffer_check(&key, err);
    size_t key_length = key.length;
    if (status == UP_OK)
        list->items[list->count++] = (up_plain){.key = up_buffer_take(&key),
                                                .key_length = key_length,
                                                .metric = metric,
                                                .first = list->point_count};
    up_buffer_release(&key);
    return status;
}

void up_plain_list_release(up_plain_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].key);
    free(list->items);
    free(list->points);
    *list = (up_plain_list){0};
}
