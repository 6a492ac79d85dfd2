/* What an import warns of at its end: what stands in the file and was not taken over, and what may
 * be taken for something that it is not. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "import/run.h"

/* --- Units that only a title line tells ---------------------------------------------------- */

static bool is_without_unit(const run *r)
{
    const import_plan *plan = r->plan;
    const char *const *key = plan->request->keys;
    for (; key != NULL && key[0] != NULL; key += 2)
        if (strcmp(key[0], "unit") == 0)
            return false;
    if (plan->constants[UP_IMPORT_MULTIPLIER] != NULL ||
        up_plan_next(plan, UP_IMPORT_UNIT, 0) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < r->out->metric_count; i++) {
        const up_import_metric *m = &r->out->metrics[i];
        if (m->is_new && m->metric.unit[0] == '\0' && m->least_power == 0 &&
            m->most_power == 0)
            return true;
    }
    return false;
}

/* "(in Mio. EUR)", "单位:亿元", "Exports (million US$)". */
static bool read_title_unit(const char *text, import_label *label)
{
    static const char *const starts[] = {
        "(", "in ", "unit:", "units:", "单位:", "单位："};
    char words[UP_UNIT_SIZE];
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]);
        if (strncasecmp(text, starts[i], length) == 0)
            text += length;
        text += strspn(text, " ");
    }
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ')' || text[length - 1] == ' '))
        length--;
    if (length >= sizeof words)
        return false;
    memcpy(words, text, length);
    words[length] = '\0';
    return up_label_parse_unit(words, label);
}

static void warn_of_title(const run *r, const up_frame_note *note)
{
    import_label label = {0};
    bool is_unit = read_title_unit(note->text, &label);
    if (!is_unit && up_label_parse(note->text, &label, NULL) != UP_OK)
        return;
    if (label.unit[0] != '\0' || label.power != 0) {
        char multiplier[40] = "";
        if (label.power != 0)
            snprintf(multiplier, sizeof multiplier, " --multiplier %d", label.power);
        up_remarks_add(r->remarks, UP_WARNING, r->plan->request->source, note->line,
                       "'%.60s' tells a unit, which is not applied to the figures: "
                       "--unit '%s'%s applies it",
                       note->text, label.unit, multiplier);
    }
    up_label_release(&label);
}

/* --- Sums among the entities ---------------------------------------------------------------- */

static bool is_a_sum(const char *name)
{
    static const char *const names[] = {
        "total", "totals", "grand total", "sum",  "all",  "insgesamt", "gesamt",
        "summe", "totale", "totaal",      "suma", "合计", "总计",      "总和"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static void warn_of_sums(const run *r)
{
    for (size_t i = 0; i < r->keys.entity_count && r->keys.entity_count > 2; i++) {
        const char *name = up_batch_text_of(&r->keys, r->keys.entities[i]);
        if (is_a_sum(name))
            up_remarks_add(
                r->remarks, UP_WARNING, r->plan->request->source, 0,
                "the entity '%s' is named like a sum of the others: shares and "
                "totals would count them twice",
                name);
    }
}

void run_tell_doubts(const run *r)
{
    for (size_t i = 0; i < r->frame->preamble_notes && is_without_unit(r); i++)
        warn_of_title(r, &r->frame->notes[i]);
    warn_of_sums(r);
}
