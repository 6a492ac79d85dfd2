/* Running gnuplot: the script down a pipe, its messages quoted on failure. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "report/picture.h"
#include "uptick/process.h"

static const char *const package = "package gnuplot-nox";

/* gnuplot's last words on one line: it repeats the line of the script and points at the place,
 * the message itself comes last. */
static void add_last_line(const up_buffer *said, up_buffer *out)
{
    const char *text = up_buffer_text(said);
    size_t end = strlen(text);

    while (end > 0 && strchr("\n\r \t", text[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    while (start < end && text[start] == ' ')
        start++;
    up_buffer_add_bytes(out, text + start, end - start);
}

/* What the script's first lines say when gnuplot is too old: the version they found. */
static bool find_old_version(const char *said, up_buffer *version)
{
    static const char words[] = "gnuplot 5.4 or later is needed, this is ";
    const char *at = strstr(said, words);

    if (at == NULL)
        return false;
    at += strlen(words);
    up_buffer_add_bytes(version, at, strspn(at, "0123456789."));
    return true;
}

static up_status explain_failure(const up_process_result *result, up_error *err)
{
    const char *said = up_buffer_text(&result->err);
    up_buffer words = {0};

    if (find_old_version(said, &words)) {
        up_error_set(err, UP_MISSING_PROGRAM,
                     "charts need gnuplot 5.4 or later, found %s (%s)",
                     up_buffer_text(&words), package);
    } else if (strstr(said, "unknown or ambiguous terminal name")) {
        up_error_set(
            err, UP_MISSING_PROGRAM,
            "this gnuplot was built without the terminal for pictures: install one "
            "with cairo (%s)",
            package);
    } else if (result->exit_code > 128) {
        up_error_set(err, UP_MISSING_PROGRAM,
                     "gnuplot was killed (signal %d) before the picture was done",
                     result->exit_code - 128);
    } else {
        add_last_line(&result->err, &words);
        up_error_set(err, UP_MISSING_PROGRAM, "gnuplot failed (exit code %d): %s",
                     result->exit_code,
                     words.length > 0 ? up_buffer_text(&words) : "no message");
    }
    up_buffer_release(&words);
    return UP_MISSING_PROGRAM;
}

/* One process on that input; `result` holds what it wrote, and is the caller's to release. */
static up_status start(const up_buffer *input, up_process_result *result, up_error *err)
{
    const char *const argv[] = {"gnuplot", "-d", "-", NULL};
    up_error cause = {0};
    up_status status =
        up_process_run(argv, up_buffer_text(input), input->length, result, &cause);

    if (status == UP_MISSING_PROGRAM)
        up_error_set(err, status,
                     "charts need gnuplot 5.4 or later, which is not installed (%s)",
                     package);
    else if (status != UP_OK && err)
        *err = cause;
    return status;
}

up_status up_gnuplot_run(const up_buffer *script, up_picture kind, up_buffer *picture,
                         up_error *err)
{
    up_process_result result = {0};
    if (kind == UP_PICTURE_TEXT)
        return up_error_set(err, UP_USAGE, "gnuplot draws no charts of text");
    up_status status = start(script, &result, err);

    if (status == UP_OK &&
        (result.exit_code != 0 || !up_picture_is_whole(&result.out, kind)))
        status = explain_failure(&result, err);
    if (status == UP_OK)
        status = up_picture_finish(&result.out, kind, script, picture, err);
    up_process_result_release(&result);
    return status;
}

/* ---- many ---- */

typedef struct share {
    const up_buffer *const *scripts;
    up_buffer *const *pictures;
    size_t count;
    up_picture kind;
    up_status status;
    up_error error;
} share;

/* Can one process draw several? Its SVG would keep colours of the picture before, and a PDF in a row
 * cannot be told from the next. */
static bool runs_together(up_picture kind)
{
    return kind == UP_PICTURE_PNG;
}

/* One after the other in processes of their own: which of them fails, and why. */
static void run_singly(share *s)
{
    for (size_t i = 0; i < s->count && s->status == UP_OK; i++)
        s->status = up_gnuplot_run(s->scripts[i], s->kind, s->pictures[i], &s->error);
}

/* The pictures that one process wrote in a row; false when they are not as many as the scripts. */
static bool take_pictures(share *s, const up_buffer *out)
{
    size_t at = 0;

    for (size_t i = 0; i < s->count && s->status == UP_OK; i++) {
        up_buffer raw = {0};
        size_t length = up_png_length(up_buffer_text(out) + at, out->length - at);
        if (length == 0)
            return false;
        up_buffer_add_bytes(&raw, out->data + at, length);
        s->status = up_buffer_check(&raw, &s->error);
        if (s->status == UP_OK)
            s->status = up_picture_finish(&raw, s->kind, s->scripts[i], s->pictures[i],
                                          &s->error);
        up_buffer_release(&raw);
        at += length;
    }
    return at == out->length || s->status != UP_OK;
}

static void run_share(size_t turn, void *context)
{
    share *s = (share *)context + turn;
    up_buffer input = {0};
    up_process_result result = {0};
    bool together = runs_together(s->kind) && s->count > 1;

    for (size_t i = 0; i < s->count && together; i++) {
        up_buffer_add_bytes(&input, s->scripts[i]->data, s->scripts[i]->length);
        up_buffer_add(&input, "\nreset\n");
    }
    if (together)
        s->status = up_buffer_check(&input, &s->error);
    if (together && s->status == UP_OK)
        s->status = start(&input, &result, &s->error);
    if (s->status == UP_OK &&
        (!together || result.exit_code != 0 || !take_pictures(s, &result.out))) {
        for (size_t i = 0; i < s->count; i++)
            up_buffer_clear(s->pictures[i]);
        run_singly(s);
    }
    up_process_result_release(&result);
    up_buffer_release(&input);
}

up_status up_gnuplot_run_all(const up_buffer *const scripts[], size_t count,
                             up_picture kind, up_buffer *const pictures[], up_error *err)
{
    share *shares = NULL;
    size_t n = runs_together(kind) ? up_parallel_width() : count, done = 0;
    up_status status = UP_OK;

    n = n > count ? count : n;
    if (up_alloc(n, sizeof *shares, &shares, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < n; i++) {
        size_t part = (count - done) / (n - i);
        shares[i] = (share){scripts + done, pictures + done, part, kind, UP_OK, {0}};
        done += part;
    }
    up_parallel_for(n, run_share, shares);
    for (size_t i = 0; i < n && status == UP_OK; i++) {
        status = shares[i].status;
        if (status != UP_OK && err)
            *err = shares[i].error;
    }
    free(shares);
    return status;
}
