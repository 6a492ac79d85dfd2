/* The time between figures, in words. */
#include <string.h>

#include "report/growth_notes.h"
#include "uptick/number.h"

void up_words_days(const up_estimate *days, up_buffer *out)
{
    char low[UP_NUMBER_SIZE], high[UP_NUMBER_SIZE], value[UP_NUMBER_SIZE];
    up_number_format_fixed(days->low, 0, low);
    up_number_format_fixed(days->high, 0, high);
    up_number_format_fixed(days->value, 0, value);
    if (strcmp(low, high) == 0)
        up_buffer_addf(out, "%s day%s", value, strcmp(value, "1") == 0 ? "" : "s");
    else
        up_buffer_addf(out, "%s days (%s to %s)", value, low, high);
}

/* The figures that the rows are about: those outside --from and --to say nothing of them. */
static up_series shown_part(const up_growth_section *section)
{
    up_series part = *section->series;
    const up_point *first = NULL, *last = NULL;
    for (size_t r = 0; r < section->count; r++) {
        const up_growth *g = &section->rows[r];
        const up_point *from = g->on[UP_ON_PREVIOUS].from;
        from = from != NULL ? from : g->to;
        if (g->to == NULL)
            continue;
        first = first == NULL || from < first ? from : first;
        last = last == NULL || g->to > last ? g->to : last;
    }
    if (first != NULL) {
        part.points = section->series->points + (first - section->series->points);
        part.count = (size_t)(last - first) + 1;
    }
    return part;
}

/* "monthly", "61 days (30 to 120), irregular"; nothing for two figures. */
static up_status add_spacing(const up_growth_section *section, up_buffer *out,
                             up_error *err)
{
    static const struct {
        int64_t months;
        const char *words;
    } regular[] = {{1, "monthly"}, {3, "quarterly"}, {6, "half-yearly"}, {12, "yearly"}};
    up_series series = shown_part(section);
    up_spacing s;
    up_status status = up_series_spacing(&series, &s, err);
    if (status != UP_OK || series.count < 3)
        return status;
    const char *words = NULL;
    for (size_t i = 0; i < sizeof regular / sizeof regular[0] && s.regular; i++)
        if (regular[i].months == s.months)
            words = regular[i].words;
    if (words == NULL) {
        up_estimate days = {
            .value = s.median_days, .low = s.least_days, .high = s.most_days};
        up_words_days(&days, out);
        up_buffer_add(out, s.least_days < s.most_days ? ", irregular" : "");
    } else
        up_buffer_add(out, words);
    if (words != NULL && s.missing > 0)
        up_buffer_addf(out, ", %zu period%s without a figure", s.missing,
                       s.missing == 1 ? "" : "s");
    return UP_OK;
}

/* Series of one spacing. */
typedef struct kind {
    up_buffer words;
    const char *first;
    size_t count;
} kind;
enum { KINDS = 6 }; /* that are told apart */

static void count_kind(const up_growth_section *section, up_buffer *words, kind kinds[],
                       size_t *count, size_t *others)
{
    size_t i = 0;
    while (i < *count &&
           strcmp(up_buffer_text(&kinds[i].words), up_buffer_text(words)) != 0)
        i++;
    if (i == KINDS) {
        *others += 1;
        return;
    }
    if (i == *count) {
        kinds[(*count)++] = (kind){.words = *words, .first = section->series->key};
        *words = (up_buffer){0};
    }
    kinds[i].count++;
}

/* "spacing: yearly"; "spacing: yearly (m/A and 259 more); yearly, 1 period … (m/X)". */
static void note_kinds(const kind kinds[], size_t count, size_t others, up_table *table)
{
    up_buffer note = {0};
    for (size_t i = 0; i < count; i++) {
        up_buffer_add(&note, i == 0 ? "spacing: " : "; ");
        up_buffer_add(&note, up_buffer_text(&kinds[i].words));
        note.failed = note.failed || kinds[i].words.failed;
        if (count == 1)
            continue;
        up_buffer_addf(&note, " (%s", kinds[i].first);
        if (kinds[i].count > 1)
            up_buffer_addf(&note, " and %zu more", kinds[i].count - 1);
        up_buffer_add(&note, ")");
    }
    if (others > 0)
        up_buffer_addf(&note, "; %zu more of other kinds", others);
    if (note.length > 0 || note.failed)
        up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

up_status up_growth_spacings(const up_growth_section sections[], size_t count,
                             up_table *table, up_error *err)
{
    kind kinds[KINDS] = {0};
    size_t known = 0, others = 0;
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        up_buffer words = {0};
        status = add_spacing(&sections[i], &words, err);
        if (words.length > 0 || words.failed)
            count_kind(&sections[i], &words, kinds, &known, &others);
        up_buffer_release(&words);
    }
    if (status == UP_OK)
        note_kinds(kinds, known, others, table);
    for (size_t i = 0; i < known; i++)
        up_buffer_release(&kinds[i].words);
    return status;
}
