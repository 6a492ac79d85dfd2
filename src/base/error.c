#include "uptick/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Bytes of a UTF-8 sequence that begins before `length` but does not end there. */
static size_t utf8_tail_to_drop(const char *text, size_t length)
{
    size_t back = 0;
    while (back < 4 && back < length &&
           ((unsigned char)text[length - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == length || back == 4)
        return 0;
    unsigned char lead = (unsigned char)text[length - 1 - back];
    size_t wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    return wanted > back ? back + 1 : 0;
}

static void fill_message(up_error *err, const char *format, va_list args)
{
    int written = vsnprintf(err->message, sizeof err->message, format, args);
    if (written < 0)
        snprintf(err->message, sizeof err->message, "%s", format);
    size_t length = strlen(err->message);
    if (written >= (int)sizeof err->message)
        err->message[length - utf8_tail_to_drop(err->message, length)] = '\0';
}

static void fill_source(up_error *err, const char *source, size_t line)
{
    snprintf(err->source, sizeof err->source, "%s", source != NULL ? source : "");
    err->line = line;
}

up_status up_error_set(up_error *err, up_status code, const char *format, ...)
{
    if (err == NULL)
        return code;
    va_list args;
    va_start(args, format);
    err->code = code;
    fill_source(err, "", 0);
    fill_message(err, format, args);
    va_end(args);
    return code;
}

up_status up_error_at(up_error *err, up_status code, const char *source, size_t line,
                      const char *format, ...)
{
    if (err == NULL)
        return code;
    va_list args;
    va_start(args, format);
    err->code = code;
    fill_source(err, source, line);
    fill_message(err, format, args);
    va_end(args);
    return code;
}

up_status up_error_memory(up_error *err)
{
    return up_error_set(err, UP_SYSTEM, "out of memory");
}

up_status up_error_errno(up_error *err, const char *source, const char *what, int number)
{
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", number);
    return up_error_at(err, UP_SYSTEM, source, 0, "%s: %s", what, reason);
}

up_status up_error_locate(up_error *err, const char *source, size_t line)
{
    if (err == NULL)
        return UP_OK;
    if (err->source[0] == '\0')
        fill_source(err, source, line);
    return err->code;
}

void up_remarks_add(up_remarks *list, up_severity severity, const char *source,
                    size_t line, const char *format, ...)
{
    if (list == NULL)
        return;
    up_error text = {0};
    va_list args;
    va_start(args, format);
    fill_message(&text, format, args);
    va_end(args);
    up_remark remark = {.severity = severity, .line = line};
    if (up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items,
                NULL) != UP_OK ||
        up_copy_text(source, &remark.source, NULL) != UP_OK ||
        up_copy_text(text.message, &remark.message, NULL) != UP_OK) {
        free(remark.source);
        list->failed = true;
        return;
    }
    list->items[list->count++] = remark;
    if (severity == UP_ERROR)
        list->errors++;
}

void up_remarks_add_error(up_remarks *list, const up_error *err)
{
    up_remarks_add(list, UP_ERROR, err->source, err->line, "%s", err->message);
}

void up_remarks_release(up_remarks *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].source);
        free(list->items[i].message);
    }
    free(list->items);
    *list = (up_remarks){0};
}
