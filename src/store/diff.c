/* Each line of both texts is either kept or changed. Lines at both ends that are the same are
 * kept; between them, lines only added or only taken away are found by one walk (the case of
 * every change this store makes); the rest is Myers' greedy algorithm (1986), whose cost
 * grows with the square of the differences, up to a bound past which all of it is changed. */
#include "store/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { CONTEXT = 3, DIFFERENCES_MAX = 1000 };

typedef struct line {
    const char *text;
    size_t length; /* with its LF */
    uint64_t hash;
    bool kept;
} line;

typedef struct side {
    line *lines;
    size_t count, capacity;
} side;

static up_status split(const char *text, size_t length, side *out, up_error *err)
{
    const char *end = text + length;
    while (text < end) {
        if (up_grow(&out->lines, &out->capacity, out->count + 1, sizeof *out->lines,
                    err) != UP_OK)
            return UP_SYSTEM;
        const char *lf = memchr(text, '\n', (size_t)(end - text));
        const char *next = lf != NULL ? lf + 1 : end;
        line *l = &out->lines[out->count++];
        *l = (line){.text = text,
                    .length = (size_t)(next - text),
                    .hash = UINT64_C(14695981039346656037)};
        for (; text < next; text++) /* FNV-1a */
            l->hash = (l->hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return UP_OK;
}

static bool same(const line *a, const line *b)
{
    return a->hash == b->hash && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0;
}

/* Whether the n lines of `few` stand, in order, among the m of `many`; marks both if so. */
static bool keep_subsequence(line *few, size_t n, line *many, size_t m)
{
    size_t found = 0;
    for (size_t j = 0; j < m && found < n; j++)
        found += same(&few[found], &many[j]);
    if (found < n)
        return false;
    found = 0;
    for (size_t j = 0; j < m && found < n; j++)
        if (same(&few[found], &many[j]))
            few[found++].kept = many[j].kept = true;
    return true;
}

/* The furthest x on diagonal k with d differences, from those with d - 1. v[k + offset]. */
static size_t furthest(const size_t *v, ptrdiff_t k, ptrdiff_t d, ptrdiff_t offset)
{
    if (k == -d || (k != d && v[k - 1 + offset] < v[k + 1 + offset]))
        return v[k + 1 + offset];
    return v[k - 1 + offset] + 1;
}

/* Walks the recorded rounds back from the end and marks the lines on diagonals. */
static void backtrack(line *a, size_t n, line *b, size_t m, size_t *const rounds[],
                      ptrdiff_t d)
{
    size_t x = n, y = m;
    for (; d >= 0; d--) {
        ptrdiff_t k = (ptrdiff_t)x - (ptrdiff_t)y;
        size_t from_x = d > 0 ? furthest(rounds[d - 1], k, d, d) : 0;
        ptrdiff_t from_y = (ptrdiff_t)from_x - k; /* after the step off its diagonal */
        while (x > from_x && (ptrdiff_t)y > from_y) {
            a[--x].kept = true;
            b[--y].kept = true;
        }
        if (d == 0)
            break;
        bool down =
            k == -d || (k != d && rounds[d - 1][k - 1 + d] < rounds[d - 1][k + 1 + d]);
        if (down)
            y--;
        else
            x--;
    }
}

/* One round of Myers: fills v for d differences. True when the end is reached. */
static bool advance(const line *a, size_t n, const line *b, size_t m,
                    const size_t *before, size_t *v, ptrdiff_t d)
{
    for (ptrdiff_t k = -d; k <= d; k += 2) {
        size_t x = d > 0 ? furthest(before, k, d, d) : 0;
        ptrdiff_t y = (ptrdiff_t)x - k;
        while (x < n && y >= 0 && (size_t)y < m && same(&a[x], &b[y])) {
            x++;
            y++;
        }
        v[k + d + 1] = x;
        if (x >= n && y >= (ptrdiff_t)m)
            return x == n && y == (ptrdiff_t)m;
    }
    return false;
}

static up_status keep_longest(line *a, size_t n, line *b, size_t m, up_error *err)
{
    size_t *rounds[DIFFERENCES_MAX + 1] = {0};
    up_status status = UP_OK;
    for (ptrdiff_t d = 0; d <= DIFFERENCES_MAX && status == UP_OK; d++) {
        /* v of round d has diagonals -d-1 to d+1, diagonal k at k + d + 1. */
        status = up_alloc((size_t)(2 * d + 3), sizeof *rounds[d], &rounds[d], err);
        if (status == UP_OK &&
            advance(a, n, b, m, d > 0 ? rounds[d - 1] : NULL, rounds[d], d)) {
            backtrack(a, n, b, m, rounds, d);
            break;
        }
    }
    for (size_t d = 0; d <= DIFFERENCES_MAX; d++)
        free(rounds[d]);
    return status;
}

static up_status compare(side *a, side *b, up_error *err)
{
    size_t first = 0, n = a->count, m = b->count;
    while (first < n && first < m && same(&a->lines[first], &b->lines[first])) {
        a->lines[first].kept = b->lines[first].kept = true;
        first++;
    }
    while (n > first && m > first && same(&a->lines[n - 1], &b->lines[m - 1]))
        a->lines[--n].kept = b->lines[--m].kept = true;
    n -= first;
    m -= first;
    if (n == 0 || m == 0)
        return UP_OK;
    line *from = a->lines + first, *to = b->lines + first;
    if (n <= m ? keep_subsequence(from, n, to, m) : keep_subsequence(to, m, from, n))
        return UP_OK;
    return keep_longest(from, n, to, m, err);
}

/* --- Printing ---------------------------------------------------------------------- */

static void add_line(up_buffer *out, char mark, const line *l)
{
    up_buffer_add_char(out, mark);
    up_buffer_add_bytes(out, l->text, l->length);
    if (l->text[l->length - 1] != '\n')
        up_buffer_add(out, "\n\\ No newline at end of file\n");
}

static void add_range(up_buffer *out, size_t first, size_t count)
{
    if (count == 1)
        up_buffer_addf(out, "%zu", first + 1);
    else /* an empty range is named by the line before it */
        up_buffer_addf(out, "%zu,%zu", count == 0 ? first : first + 1, count);
}

static bool is_change(const side *s, size_t i)
{
    return i < s->count && !s->lines[i].kept;
}

/* Where the hunk that begins with the change at (i, j) ends: after the last change that is
 * followed by more than two contexts of kept lines, or by the end. */
static void find_end(const side *a, const side *b, size_t *i, size_t *j)
{
    size_t x = *i, y = *j, kept = 0;
    while ((x < a->count || y < b->count) && kept <= 2 * CONTEXT) {
        if (is_change(a, x) || is_change(b, y)) {
            x += is_change(a, x);
            y += is_change(b, y);
            kept = 0;
            *i = x;
            *j = y;
        } else {
            x++;
            y++;
            kept++;
        }
    }
}

static void add_hunk(up_buffer *out, const side *a, const side *b, size_t *i, size_t *j)
{
    size_t lead =
        *i < CONTEXT ? *i : CONTEXT; /* as many kept lines before, on each side */
    if (lead > *j)
        lead = *j;
    size_t x = *i - lead, y = *j - lead;
    find_end(a, b, i, j);
    size_t tail = a->count - *i < CONTEXT ? a->count - *i : CONTEXT;
    *i += tail;
    *j += tail;
    up_buffer_add(out, "@@ -");
    add_range(out, x, *i - x);
    up_buffer_add(out, " +");
    add_range(out, y, *j - y);
    up_buffer_add(out, " @@\n");
    while (x < *i || y < *j) {
        if (is_change(a, x) && x < *i)
            add_line(out, '-', &a->lines[x++]);
        else if (is_change(b, y) && y < *j)
            add_line(out, '+', &b->lines[y++]);
        else {
            add_line(out, ' ', &a->lines[x++]);
            y++;
        }
    }
}

static void print(up_buffer *out, const side *a, const side *b)
{
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        if (is_change(a, i) || is_change(b, j))
            add_hunk(out, a, b, &i, &j);
        else {
            i++;
            j++;
        }
    }
}

/* "--- a/NAME", or what stands for no file. */
static void add_name(up_buffer *out, const char *mark, const char *name)
{
    if (name == NULL)
        up_buffer_addf(out, "%s /dev/null\n", mark);
    else
        up_buffer_addf(out, "%s %c/%s\n", mark, mark[0] == '-' ? 'a' : 'b', name);
}

static up_status add(up_buffer *out, const char *from, const char *name, const char *a,
                     size_t a_length, const char *b, size_t b_length, up_error *err)
{
    if (a != NULL && b != NULL && a_length == b_length && memcmp(a, b, a_length) == 0)
        return up_buffer_check(out, err);
    side before = {0}, after = {0};
    up_status status = a == NULL ? UP_OK : split(a, a_length, &before, err);
    if (status == UP_OK && b != NULL)
        status = split(b, b_length, &after, err);
    if (status == UP_OK)
        status = compare(&before, &after, err);
    if (status == UP_OK) {
        add_name(out, "---", a != NULL ? from : NULL);
        add_name(out, "+++", b != NULL ? name : NULL);
        print(out, &before, &after);
        status = up_buffer_check(out, err);
    }
    free(before.lines);
    free(after.lines);
    return status;
}

up_status up_diff_add(up_buffer *out, const char *name, const char *a, size_t a_length,
                      const char *b, size_t b_length, up_error *err)
{
    return add(out, name, name, a, a_length, b, b_length, err);
}

up_status up_diff_add_renamed(up_buffer *out, const char *from, const char *name,
                              const char *a, size_t a_length, const char *b,
                              size_t b_length, up_error *err)
{
    up_buffer_addf(out, "diff --git a/%s b/%s\nrename from %s\nrename to %s\n", from,
                   name, from, name);
    return add(out, from, name, a, a_length, b, b_length, err);
}
