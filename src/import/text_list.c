#include "import/text_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

size_t up_text_list_count(char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

/* Lists come from files of other people and are walked from their start. */
enum { MOST_TEXTS = 1000 };

/* Room doubles: a list of n texts has room for the least power of two above n. */
up_status up_text_list_add(char ***list, const char *text, size_t length, up_error *err)
{
    size_t count = up_text_list_count(*list);
    if (count == MOST_TEXTS)
        return up_error_set(err, UP_BAD_DATA, "a list of more than %d texts", MOST_TEXTS);
    char *copy;
    up_status status = up_copy_bytes(text, length, &copy, err);
    if (status != UP_OK)
        return status;
    if (*list == NULL || (count >= 7 && ((count + 1) & count) == 0)) {
        size_t capacity = *list == NULL ? 0 : count + 1;
        status = up_grow(list, &capacity, count == 0 ? 8 : (count + 1) * 2, sizeof **list,
                         err);
    }
    if (status != UP_OK) {
        free(copy);
        return status;
    }
    (*list)[count] = copy;
    (*list)[count + 1] = NULL;
    return UP_OK;
}

bool up_text_list_has(char *const *list, const char *text)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

void up_text_list_free(char **list)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        free(list[i]);
    free(list);
}
