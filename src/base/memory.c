#include "base/memory.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

up_status up_alloc(size_t count, size_t size, void *out, up_error *err)
{
    void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (memory == NULL)
        return up_error_memory(err);
    memcpy(out, &memory, sizeof memory);
    return UP_OK;
}

up_status up_grow(void *items, size_t *capacity, size_t wanted, size_t size,
                  up_error *err)
{
    if (wanted <= *capacity)
        return UP_OK;
    size_t room = *capacity > SIZE_MAX / 2 ? wanted : *capacity * 2;
    if (room < wanted)
        room = wanted;
    if (room < 8)
        room = 8;
    if (room > SIZE_MAX / size)
        return up_error_memory(err);
    void *old;
    memcpy(&old, items, sizeof old);
    void *memory = realloc(old, room * size);
    if (memory == NULL)
        return up_error_memory(err);
    memcpy(items, &memory, sizeof memory);
    *capacity = room;
    return UP_OK;
}

up_status up_copy_bytes(const char *bytes, size_t length, char **out, up_error *err)
{
    if (length == SIZE_MAX)
        return up_error_memory(err);
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return up_error_memory(err);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    *out = copy;
    return UP_OK;
}

up_status up_copy_text(const char *text, char **out, up_error *err)
{
    if (text == NULL)
        text = "";
    return up_copy_bytes(text, strlen(text), out, err);
}

up_status up_replace_text(char **slot, const char *text, up_error *err)
{
    char *copy;
    up_status status = up_copy_text(text, &copy, err);
    if (status != UP_OK)
        return status;
    free(*slot);
    *slot = copy;
    return UP_OK;
}

void up_expect_use(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t skip = (page - (uintptr_t)block % page) % page;
    if (size > skip)
        (void)madvise((char *)block + skip, (size - skip) / page * page, MADV_HUGEPAGE);
#else
    (void)block, (void)size;
#endif
}
