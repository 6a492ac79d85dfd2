/* Rows that are taken out of the tables beside the metrics, by their lines: as they stand, so that
 * one that cannot be read can go too. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/command.h"

up_status up_cli_line_number(const char *name, const char *text, size_t *line,
                             up_error *err)
{
    *line = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || *line > SIZE_MAX / 10 - 1) {
            *line = 0;
            break;
        }
        *line = *line * 10 + (size_t)(*at - '0');
    }
    return *line > 0
               ? UP_OK
               : up_error_set(err, UP_USAGE, "--%s '%s' is no line number", name, text);
}

/* The n-th line, of the options and then of the operands; NULL: there are fewer. */
static const char *nth_line(const up_arguments *args, size_t n)
{
    size_t options = 0;
    while (up_args_each(args, "remove", options) != NULL)
        options++;
    return n < options ? up_args_each(args, "remove", n)
                       : up_args_operand(args, n - options);
}

static up_status read_lines(const up_arguments *args, size_t **lines, size_t *count,
                            up_error *err)
{
    size_t most = 0;
    while (nth_line(args, most) != NULL)
        most++;
    up_status status = up_alloc(most, sizeof **lines, lines, err);
    for (size_t i = 0; i < most && status == UP_OK; i++)
        status =
            up_cli_line_number("remove", nth_line(args, i), &(*lines)[(*count)++], err);
    return status;
}

up_status up_cli_remove_rows(up_context *ctx, const up_arguments *args, const char *role,
                             up_error *err)
{
    up_store *store = NULL;
    up_remarks removed = {0};
    size_t *lines = NULL, count = 0;
    up_status status = read_lines(args, &lines, &count, err);
    if (status == UP_OK)
        status = up_cli_open(ctx, &store, err);
    if (status == UP_OK)
        status = up_store_begin(store, err);
    if (status == UP_OK)
        status = up_store_remove_rows(store, role, lines, count, &removed, err);
    if (status == UP_OK)
        up_cli_remarks_all(ctx, &removed);
    if (status == UP_OK)
        status = up_cli_finish(ctx, store, err);
    up_remarks_release(&removed);
    up_store_free(store);
    free(lines);
    return status;
}
