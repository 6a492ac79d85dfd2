#include "uptick/standing.h"

#include <string.h>

/* --- Policies -------------------------------------------------------------------------- */

typedef enum policy { LATEST, SOURCE, RANK } policy;

/* Which policy a text is, and where its sources begin. */
static policy policy_of(const char *text, const char **sources)
{
    static const struct {
        const char *word;
        policy policy;
    } words[] = {{"source ", SOURCE}, {"rank ", RANK}};
    for (size_t i = 0; i < 2 && text != NULL; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(text, words[i].word, length) == 0) {
            *sources = text + length;
            return words[i].policy;
        }
    }
    *sources = "";
    return LATEST;
}

/* The next source of a list, behind blanks; false at its end. Only a rank has more than one: a
 * source alone may be a citation with blanks. */
static bool next_source(policy how, const char **at, const char **key, size_t *length)
{
    *at += strspn(*at, " ");
    *key = *at;
    *length = how == RANK ? strcspn(*at, " ") : strlen(*at);
    while (*length > 0 && (*key)[*length - 1] == ' ')
        --*length;
    *at += how == RANK ? *length : strlen(*at);
    return *length > 0;
}

void up_conflict_each_source(const char *text,
                             bool (*visit)(void *context, const char *key, size_t length),
                             void *context)
{
    const char *at, *key;
    size_t length;
    policy how = policy_of(text, &at);
    while (next_source(how, &at, &key, &length))
        if (!visit(context, key, length))
            return;
}

bool up_conflict_is_valid(const char *text)
{
    const char *at, *key;
    size_t length;
    policy how = policy_of(text, &at);
    return text[0] == '\0' || (how != LATEST && next_source(how, &at, &key, &length));
}

/* --- Who speaks -------------------------------------------------------------------------- */

/* The rows that are weighed: all forecasts, or all figures that are none; of any source or of
 * one. */
typedef struct choice {
    const up_observation *const *rows;
    size_t count;
    bool forecasts;
    const char *source; /* NULL: any */
    size_t source_length;
} choice;

static bool takes_part(const choice *c, const up_observation *o)
{
    return (o->status == 'F') == c->forecasts &&
           (c->source == NULL || (strlen(o->source) == c->source_length &&
                                  memcmp(o->source, c->source, c->source_length) == 0));
}

static bool is_later(const up_observation *a, const up_observation *b)
{
    return b == NULL || a->reported > b->reported ||
           (a->reported == b->reported && a > b);
}

static const up_observation *last_word(const choice *c)
{
    const up_observation *last = NULL;
    for (size_t i = 0; i < c->count; i++)
        if (takes_part(c, c->rows[i]) && is_later(c->rows[i], last))
            last = c->rows[i];
    return last;
}

/* By the policy; *decided tells whether it named the source. */
static const up_observation *speaker_of(const up_metric *metric, choice c, bool *decided)
{
    const char *at;
    policy how = policy_of(metric->conflict, &at);
    *decided = true;
    while (next_source(how, &at, &c.source, &c.source_length)) {
        const up_observation *word = last_word(&c);
        if (word != NULL && word->status != 'M')
            return word;
    }
    *decided = false;
    c.source = NULL;
    return last_word(&c);
}

static const up_observation *find_speaker(const up_metric *metric,
                                          const up_observation *const rows[],
                                          size_t count, bool *decided)
{
    choice c = {.rows = rows, .count = count};
    const up_observation *word = speaker_of(metric, c, decided);
    if (word != NULL)
        return word;
    c.forecasts = true;
    return speaker_of(metric, c, decided);
}

const up_observation *up_standing_speaker(const up_metric *metric,
                                          const up_observation *const rows[],
                                          size_t count)
{
    bool decided;
    if (count == 1) /* whatever the policy, as for most figures */
        return rows[0];
    return find_speaker(metric, rows, count, &decided);
}

bool up_standing_is_decided(const up_metric *metric, const up_observation *const rows[],
                            size_t count)
{
    bool decided;
    return find_speaker(metric, rows, count, &decided) != NULL && decided;
}

/* --- How the others stand ------------------------------------------------------------------ */

up_standing up_standing_of(const up_metric *metric, const up_observation *const rows[],
                           size_t count, const up_observation *row)
{
    bool decided;
    const char *sources;
    const up_observation *speaker = find_speaker(metric, rows, count, &decided);
    const choice own = {.rows = rows,
                        .count = count,
                        .forecasts = row->status == 'F',
                        .source = row->source,
                        .source_length = strlen(row->source)};
    if (row == speaker)
        return UP_SPEAKS;
    if (row != last_word(&own))
        return UP_REVISED;
    if (row->status == 'F' && speaker->status != 'F')
        return UP_OVERRULED_BY_FIGURE;
    if (decided)
        return policy_of(metric->conflict, &sources) == RANK ? UP_OVERRULED_BY_RANK
                                                             : UP_OVERRULED_BY_SOURCE;
    return row->reported == speaker->reported ? UP_OVERRULED_BY_ROW
                                              : UP_OVERRULED_BY_LATEST;
}

const char *up_standing_words(up_standing standing)
{
    static const char *const words[] = {
        [UP_SPEAKS] = "speaks",
        [UP_REVISED] = "revised",
        [UP_OVERRULED_BY_FIGURE] = "overruled by a figure",
        [UP_OVERRULED_BY_LATEST] = "overruled by a later one",
        [UP_OVERRULED_BY_ROW] = "overruled by a later row",
        [UP_OVERRULED_BY_SOURCE] = "overruled by source",
        [UP_OVERRULED_BY_RANK] = "overruled by rank"};
    return words[standing];
}
