/* Where a command's result goes when it is too large to hold: piece by piece, and in the end all of
 * it or nothing, so that nobody takes a part of a table for the whole.
 *
 * A file is written beside its place and renamed (file.h). Standard output that is a file is
 * written to and, should the command fail, cut back to what it was; any other, a pipe say, cannot be
 * taken back: there the pieces wait in a temporary file without a name. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/command.h"

struct up_output {
    up_file_draft *draft; /* with -o; NULL in a dry run */
    FILE *held;           /* what cannot be taken back */
    bool is_cut;          /* else it can, and is unless all goes well; from `start` on */
    off_t start;
    size_t length;
};

static bool is_one_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether what is written from here on can be cut off again: nothing stands behind it, and remarks
 * do not come in between. */
static bool can_be_cut(const up_context *ctx, off_t *start)
{
    struct stat out, err;
    int descriptor = fileno(ctx->out), beside = fileno(ctx->err);
    if (descriptor < 0 || fflush(ctx->out) != 0 || fstat(descriptor, &out) != 0 ||
        !S_ISREG(out.st_mode) || (fcntl(descriptor, F_GETFL) & O_APPEND) != 0)
        return false;
    if (beside >= 0 && fstat(beside, &err) == 0 && is_one_file(&out, &err))
        return false;
    *start = lseek(descriptor, 0, SEEK_CUR);
    return *start == out.st_size;
}

static up_status begin(up_context *ctx, up_output *output, up_error *err)
{
    if (ctx->output != NULL) {
        up_status status = up_cli_check_output(ctx->output, err);
        return status == UP_OK && !ctx->dry_run
                   ? up_file_draft_new(ctx->output, &output->draft, err)
                   : status;
    }
    output->is_cut = can_be_cut(ctx, &output->start);
    if (!output->is_cut)
        output->held = tmpfile();
    return output->is_cut || output->held != NULL
               ? UP_OK
               : up_error_errno(err, "a temporary file", "cannot write", errno);
}

up_status up_output_put(up_context *ctx, const char *data, size_t length, up_error *err)
{
    up_status status = UP_OK;
    if (ctx->pending == NULL) {
        status = up_alloc(1, sizeof *ctx->pending, &ctx->pending, err);
        if (status == UP_OK)
            status = begin(ctx, ctx->pending, err);
    }
    if (status != UP_OK)
        return status;
    up_output *output = ctx->pending;
    output->length += length;
    if (output->draft != NULL)
        return up_file_draft_put(output->draft, data, length, err);
    if (output->held != NULL && fwrite(data, 1, length, output->held) < length)
        return up_error_errno(err, "a temporary file", "cannot write", errno);
    if (output->is_cut)
        up_cli_print(ctx, data, length);
    return UP_OK;
}

static up_status print_held(up_context *ctx, FILE *held, up_error *err)
{
    char piece[65536];
    size_t got;
    rewind(held); /* flushes, too */
    if (ferror(held))
        return up_error_errno(err, "a temporary file", "cannot write", errno);
    while ((got = fread(piece, 1, sizeof piece, held)) > 0)
        up_cli_print(ctx, piece, got);
    return ferror(held) ? up_error_errno(err, "a temporary file", "cannot read", errno)
                        : UP_OK;
}

/* Only what was written here: of what another appended meanwhile nothing is lost. */
static void cut(up_context *ctx, const up_output *output)
{
    struct stat now;
    int descriptor = fileno(ctx->out);
    if (fflush(ctx->out) != 0)
        clearerr(ctx->out);
    if (fstat(descriptor, &now) == 0 &&
        now.st_size <= output->start + (off_t)output->length &&
        ftruncate(descriptor, output->start) == 0)
        fseeko(ctx->out, output->start, SEEK_SET);
}

up_status up_output_end(up_context *ctx, up_error *err)
{
    up_output *output = ctx->pending;
    up_status status = UP_OK;
    if (output->draft != NULL)
        status = up_file_draft_finish(output->draft, err);
    else if (output->held != NULL)
        status = print_held(ctx, output->held, err);
    else if (ctx->output != NULL)
        up_cli_note(ctx, "would write %s (%zu bytes)", ctx->output, output->length);
    if (output->is_cut && fflush(ctx->out) != 0 && ctx->out_errno == 0)
        ctx->out_errno = errno;
    output->is_cut =
        output->is_cut && ctx->out_errno != 0; /* a full disk: told in main.c */
    up_output_drop(ctx);
    return status;
}

void up_output_drop(up_context *ctx)
{
    up_output *output = ctx->pending;
    if (output == NULL)
        return;
    if (output->is_cut)
        cut(ctx, output);
    if (output->held != NULL)
        fclose(output->held);
    up_file_draft_free(output->draft);
    free(output);
    ctx->pending = NULL;
}
