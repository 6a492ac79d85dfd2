#include "report/picture.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

/* ---- the kinds of pictures ---- */

typedef struct ends {
    const char *start, *end;
} ends;

static const ends known[] = {
    [UP_PICTURE_PNG] = {"\x89PNG\r\n\x1a\n", "IEND\xae\x42\x60\x82"},
    [UP_PICTURE_SVG] = {"<?xml", "</svg>"},
    [UP_PICTURE_PDF] = {"%PDF-", "%%EOF"}};

bool up_picture_is_whole(const up_buffer *raw, up_picture kind)
{
    const ends *e = &known[kind];
    size_t last = raw->length, start = strlen(e->start), end = strlen(e->end);

    if (kind == UP_PICTURE_PNG) /* with a header and an end at the least */
        return raw->length >= 33 + 12 &&
               up_png_length(up_buffer_text(raw), raw->length) == raw->length;
    while (last > 0 && strchr("\n\r ", raw->data[last - 1]))
        last--;
    return last > start + end && memcmp(raw->data, e->start, start) == 0 &&
           memcmp(raw->data + last - end, e->end, end) == 0;
}

static uint32_t read_number(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Signature, then chunks (length, type, that many bytes, checksum) up to and with IEND. */
size_t up_png_length(const char *data, size_t length)
{
    size_t at = strlen(known[UP_PICTURE_PNG].start);

    if (length < at || memcmp(data, known[UP_PICTURE_PNG].start, at) != 0)
        return 0;
    while (length - at >= 12) {
        uint32_t size = read_number(data + at);
        bool last = memcmp(data + at + 4, "IEND", 4) == 0;
        if (size > length - at - 12)
            return 0;
        at += 12 + size;
        if (last)
            return at;
    }
    return 0;
}

/* ---- what the script says of itself ---- */

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

/* The text of such a line, whose punctuation are references: "&#38;". */
static void add_plain(const char *xml, size_t length, up_buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        unsigned code = 0;
        size_t at = i + 2;
        if (xml[i] != '&') {
            up_buffer_add_char(out, xml[i]);
            continue;
        }
        for (; at < length && xml[at] >= '0' && xml[at] <= '9' && code < 128; at++)
            code = code * 10 + (unsigned)(xml[at] - '0');
        up_buffer_add_char(out, (char)code);
        i = at; /* the semicolon */
    }
}

/* ---- SVG ---- */

/* An element of the SVG's head that gnuplot fills with words of its own. */
typedef struct element {
    const char *start, *end; /* its tags */
    const char *named;       /* the tag in place of the first */
    const char *line;        /* what holds its text in the script */
} element;

/* The rest without the titles that gnuplot gives its plots, "gnuplot_plot_1": a browser would show
 * them under the pointer, and a reader of screens read them out. */
/* gnuplot leaves ">" in texts as it is, which XML does not allow behind "]]" (2.4); there are no
 * sections that end so. */
static void add_well_formed(const char *svg, size_t length, up_buffer *out)
{
    static const char end[] = "]]>";
    const char *stop = svg + length;

    for (const char *at; (at = strstr(svg, end)) != NULL && at < stop;) {
        up_buffer_add_bytes(out, svg, (size_t)(at - svg));
        up_buffer_add(out, "]]&gt;");
        svg = at + strlen(end);
    }
    if (svg < stop)
        up_buffer_add_bytes(out, svg, (size_t)(stop - svg));
}

static void add_without_titles(const char *svg, up_buffer *out)
{
    static const char start[] = "<title>gnuplot_plot_", end[] = "</title>";

    for (const char *at; (at = strstr(svg, start)) != NULL;) {
        add_well_formed(svg, (size_t)(at - svg), out);
        const char *stop = strstr(at, end);
        svg = stop ? stop + strlen(end) : at + strlen(at);
    }
    add_well_formed(svg, strlen(svg), out);
}

static void add_svg(const char *svg, const char *script, up_buffer *out)
{
    static const element elements[] = {
        {"<title>", "</title>", "<title id=\"title\">", "# title: "},
        {"<desc>", "</desc>", "<desc id=\"description\">", "# description: "}};
    static const char root[] = "<svg ";
    const char *at = strstr(svg, root);

    if (at != NULL) {
        up_buffer_add_bytes(out, svg, (size_t)(at - svg) + strlen(root));
        up_buffer_add(out, "role=\"img\" aria-labelledby=\"title description\" ");
        svg = at + strlen(root);
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        const element *e = &elements[i];
        size_t length = 0;
        const char *text = head_line(script, e->line, &length);
        const char *start = strstr(svg, e->start);
        const char *end = start ? strstr(start, e->end) : NULL;
        if (text == NULL || end == NULL)
            continue;
        up_buffer_add_bytes(out, svg, (size_t)(start - svg));
        up_buffer_add(out, e->named);
        up_buffer_add_bytes(out, text, length);
        svg = end;
    }
    add_without_titles(svg, out);
}

/* ---- PNG ---- */

static void add_number(uint32_t number, up_buffer *out)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        up_buffer_add_char(out, (char)(number >> shift & 0xff));
}

/* keyword 0, not compressed 0, method 0, no language 0, no translated keyword 0, text */
static void add_chunk(const char *keyword, const char *xml, size_t length, up_buffer *out)
{
    up_buffer chunk = {0};

    up_buffer_add(&chunk, "iTXt");
    up_buffer_add(&chunk, keyword);
    up_buffer_add_bytes(&chunk, "\0\0\0\0", 5);
    add_plain(xml, length, &chunk);
    add_number((uint32_t)(chunk.length - 4), out);
    up_buffer_add_bytes(out, up_buffer_text(&chunk), chunk.length);
    add_number(
        (uint32_t)crc32(0, (const Bytef *)up_buffer_text(&chunk), (uInt)chunk.length),
        out);
    out->failed |= chunk.failed;
    up_buffer_release(&chunk);
}

/* The texts come behind the header, the first chunk: length, type, 13 bytes, checksum. */
static void add_png(const up_buffer *png, const char *script, up_buffer *out)
{
    static const char *const chunks[][2] = {{"Title", "# title: "},
                                            {"Description", "# description: "},
                                            {"Source", "# source: "}};
    const size_t head = 8 + 4 + 4 + 13 + 4;

    up_buffer_add_bytes(out, png->data, head);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        size_t length = 0;
        const char *text = head_line(script, chunks[i][1], &length);
        if (text != NULL && length > 0)
            add_chunk(chunks[i][0], text, length, out);
    }
    up_buffer_add_bytes(out, png->data + head, png->length - head);
}

/* ---- PDF ---- */

/* "/CreationDate (D:20261124152222+00'00)": the digits of the day and time. */
static void add_pdf(const up_buffer *pdf, up_buffer *out)
{
    static const char key[] = "/CreationDate (D:", epoch[] = "19700101000000";
    size_t start = out->length;

    up_buffer_add_bytes(out, pdf->data, pdf->length);
    for (size_t i = start; !out->failed && i + sizeof key + sizeof epoch < out->length;
         i++)
        if (memcmp(out->data + i, key, sizeof key - 1) == 0)
            memcpy(out->data + i + sizeof key - 1, epoch, sizeof epoch - 1);
}

up_status up_picture_finish(const up_buffer *raw, up_picture kind,
                            const up_buffer *script, up_buffer *picture, up_error *err)
{
    switch (kind) {
    case UP_PICTURE_TEXT: /* gnuplot draws none */
        break;
    case UP_PICTURE_SVG:
        add_svg(up_buffer_text(raw), up_buffer_text(script), picture);
        break;
    case UP_PICTURE_PNG:
        add_png(raw, up_buffer_text(script), picture);
        break;
    case UP_PICTURE_PDF:
        add_pdf(raw, picture);
        break;
    }
    return up_buffer_check(picture, err);
}
