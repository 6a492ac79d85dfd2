/* Running gnuplot: version check, the script down a pipe, its messages quoted on failure. */
#include <stdlib.h>
#include <string.h>

#include "uptick/chart.h"
#include "uptick/number.h"
#include "uptick/process.h"

static const char *const package = "package gnuplot-nox";
static const double oldest = 5.4;

/* "gnuplot 5.4 patchlevel 4" → 5.4; 0 if it says something else. */
static double version_of(const char *text)
{
    static const char name[] = "gnuplot ";
    char number[16] = "";
    double version = 0;

    if (strncmp(text, name, strlen(name)) != 0)
        return 0;
    text += strlen(name);
    size_t length = strspn(text, "0123456789.");
    if (length == 0 || length >= sizeof number)
        return 0;
    memcpy(number, text, length);
    return up_number_parse(number, &version, NULL) == UP_OK ? version : 0;
}

static up_status check_version(up_error *err)
{
    const char *const argv[] = {"gnuplot", "--version", NULL};
    up_process_result result = {0};
    up_error cause = {0};
    up_status status = up_process_run(argv, "", 0, &result, &cause);

    if (status == UP_MISSING_PROGRAM) {
        up_error_set(err, status,
                     "charts need gnuplot 5.4 or later, which is not installed (%s)",
                     package);
    } else if (status != UP_OK) {
        if (err)
            *err = cause;
    } else if (version_of(up_buffer_text(&result.out)) < oldest) {
        up_buffer said = {0};
        up_buffer_add_bytes(&said, up_buffer_text(&result.out),
                            strcspn(up_buffer_text(&result.out), "\n"));
        status = up_error_set(err, UP_MISSING_PROGRAM,
                              "charts need gnuplot 5.4 or later, found '%s' (%s)",
                              up_buffer_text(&said), package);
        up_buffer_release(&said);
    }
    up_process_result_release(&result);
    return status;
}

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

static bool is_picture(const up_buffer *out, up_picture kind)
{
    static const char png[] = "\x89PNG\r\n\x1a\n", png_end[] = "IEND\xae\x42\x60\x82";
    static const char svg[] = "<?xml", svg_end[] = "</svg>";
    const char *start = kind == UP_PICTURE_PNG ? png : svg;
    const char *end = kind == UP_PICTURE_PNG ? png_end : svg_end;
    size_t last = out->length;

    while (last > 0 && strchr("\n\r ", out->data[last - 1]))
        last--;
    return last > strlen(start) + strlen(end) &&
           memcmp(out->data, start, strlen(start)) == 0 &&
           memcmp(out->data + last - strlen(end), end, strlen(end)) == 0;
}

static up_status explain_failure(const up_process_result *result, up_error *err)
{
    up_buffer said = {0};

    if (strstr(up_buffer_text(&result->err), "unknown or ambiguous terminal name")) {
        up_error_set(
            err, UP_MISSING_PROGRAM,
            "this gnuplot was built without the terminal for pictures: install one "
            "with cairo (%s)",
            package);
    } else {
        add_last_line(&result->err, &said);
        up_error_set(err, UP_MISSING_PROGRAM, "gnuplot failed (exit code %d): %s",
                     result->exit_code,
                     said.length > 0 ? up_buffer_text(&said) : "no message");
    }
    up_buffer_release(&said);
    return UP_MISSING_PROGRAM;
}

/* The rest of the line that starts with `name` in the script's head; NULL if there is none. */
static const char *head_line(const char *script, const char *name, size_t *length)
{
    while (*script == '#') {
        size_t line = strcspn(script, "\n"), skip = strlen(name);
        if (strncmp(script, name, skip) == 0) {
            *length = line - skip;
            return script + skip;
        }
        script += line + (script[line] == '\n');
    }
    return NULL;
}

/* An element of the SVG's head that gnuplot fills with words of its own. */
typedef struct element {
    const char *start, *end; /* its tags */
    const char *line;        /* what holds its text in the script */
} element;

/* Copies an SVG with its title and description in place of gnuplot's. */
static void add_svg(const char *svg, const char *script, up_buffer *out)
{
    static const element elements[] = {{"<title>", "</title>", "# title: "},
                                       {"<desc>", "</desc>", "# description: "}};

    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        const element *e = &elements[i];
        size_t length = 0;
        const char *text = head_line(script, e->line, &length);
        const char *start = strstr(svg, e->start);
        const char *end = start ? strstr(start, e->end) : NULL;
        if (text == NULL || end == NULL)
            continue;
        start += strlen(e->start);
        up_buffer_add_bytes(out, svg, (size_t)(start - svg));
        up_buffer_add_bytes(out, text, length);
        svg = end;
    }
    up_buffer_add(out, svg);
}

up_status up_gnuplot_run(const up_buffer *script, up_picture kind, up_buffer *picture,
                         up_error *err)
{
    const char *const argv[] = {"gnuplot", "-d", "-", NULL};
    up_process_result result = {0};
    up_status status = check_version(err);

    if (status != UP_OK)
        return status;
    status = up_process_run(argv, up_buffer_text(script), script->length, &result, err);
    if (status == UP_OK && (result.exit_code != 0 || !is_picture(&result.out, kind)))
        status = explain_failure(&result, err);
    if (status == UP_OK) {
        if (kind == UP_PICTURE_SVG)
            add_svg(up_buffer_text(&result.out), up_buffer_text(script), picture);
        else
            up_buffer_add_bytes(picture, result.out.data, result.out.length);
        status = up_buffer_check(picture, err);
    }
    up_process_result_release(&result);
    return status;
}
