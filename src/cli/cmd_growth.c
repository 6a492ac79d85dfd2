#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/growth_sections.h"
#include "uptick/expression.h"

/* One row a series, the fastest first: growth, of an expression too. */
static bool is_ranking(const up_arguments *args)
{
    return up_args_flag(args, "by-entity") || up_args_flag(args, "top") ||
           up_args_flag(args, "bottom");
}

/* --transform fold,cagr: which values to show. Without it: levels for an expression, every
 * kind of growth for a series. */
static up_status chosen_transforms(const up_arguments *args,
                                   const up_selection *selection,
                                   up_growth_choice *choice, up_error *err)
{
    const char *text = up_args_option(args, "transform");
    bool only_expressions =
        up_args_count(args) > 0 && selection->expression_operands == up_args_count(args);
    only_expressions =
        only_expressions && !is_ranking(args) && !up_args_flag(args, "split");
    *choice = (up_growth_choice){0};
    for (int t = 0; t < UP_TRANSFORMS && text == NULL; t++)
        if (only_expressions ? t == UP_LIN : up_transform_table[t].usual)
            up_growth_choose(choice, (up_transform)t);
    while (text != NULL) {
        const char *comma = strchr(text, ',');
        char *name;
        up_transform transform;
        size_t length = comma != NULL ? (size_t)(comma - text) : strlen(text);
        up_status status = up_copy_bytes(text, length, &name, err);
        if (status == UP_OK) {
            status = up_transform_parse(name, &transform, err);
            free(name);
        }
        if (status != UP_OK)
            return status;
        up_growth_choose(choice, transform);
        text = comma != NULL ? comma + 1 : NULL;
    }
    return UP_OK;
}

static void warn_of_contradictions(up_context *ctx, const up_growth_section *section)
{
    up_remarks warnings = {0};
    up_section_contradictions(section, &warnings);
    for (size_t i = 0; i < warnings.count; i++)
        up_section_warn(ctx, warnings.items[i].message);
    up_remarks_release(&warnings);
}

/* Whether some pair has a difference but no fold: of zero or negative levels. */
static bool only_differences(const up_sections *sections)
{
    for (size_t i = 0; i < sections->count; i++)
        for (size_t r = 0; r < sections->items[i].count; r++) {
            const up_growth_value *v = sections->items[i].rows[r].values;
            if (v[UP_FOLD].refused != NULL && v[UP_CHG].refused == NULL &&
                sections->items[i].rows[r].claim == NULL)
                return true;
        }
    return false;
}

/* The same behind differences. */
static up_growth_choice with_differences(const up_growth_choice *choice)
{
    up_growth_choice with = {.brought = choice->brought};
    up_growth_choose(&with, UP_CHG);
    for (size_t i = 0; i < choice->count; i++)
        up_growth_choose(&with, choice->order[i]);
    return with;
}

/* What a ranking goes by: the transform that was named first. */
static up_transform ranked_by(const up_arguments *args, const up_growth_choice *choice)
{
    return up_args_flag(args, "transform") ? choice->order[0] : UP_CAGR;
}

/* Fastest first, and of these the first, or the last. */
static up_status rank(const up_arguments *args, const up_growth_choice *choice,
                      up_sections *sections, up_error *err)
{
    size_t count = sections->count, top = count, bottom = count;
    up_status status = up_cli_count(args, "top", 1, &top, err);
    if (status == UP_OK)
        status = up_cli_count(args, "bottom", 1, &bottom, err);
    if (status == UP_OK)
        status = up_growth_rank(sections->items, count, ranked_by(args, choice), err);
    if (status != UP_OK)
        return status;
    if (bottom < count)
        memmove(sections->items, sections->items + (count - bottom),
                bottom * sizeof *sections->items);
    sections->shown = top < bottom ? top : bottom < count ? bottom : count;
    return UP_OK;
}

/* Rows for machines are written series by series. */
typedef struct writing {
    up_context *ctx;
    const up_growth_choice *choice;
    up_table *table;
    up_remarks refusals;
} writing;

static void write_section(void *context, const up_growth_section *section)
{
    writing *w = context;
    warn_of_contradictions(w->ctx, section);
    up_view_growth_add(section, w->choice, w->table);
    up_growth_refusals(section, w->choice->show, &w->refusals);
}

static up_status fill_tidy(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, const up_growth_choice *choice,
                           const up_growth_options *options, up_table *table,
                           up_error *err)
{
    up_sections sections = {0};
    writing w = {ctx, choice, table, {0}};
    up_status status = up_view_growth(NULL, 0, choice, true, table, err);
    if (status != UP_OK)
        return status;
    status = up_sections_compute(ctx, args, selection, choice->show, options,
                                 write_section, &w, &sections, err);
    if (status == UP_OK)
        up_cli_growth_refusals(ctx, &w.refusals, table);
    else
        up_table_release(table);
    up_remarks_release(&w.refusals);
    up_sections_release(&sections);
    return status;
}

/* All rows at once: they are ranked, or the table's columns depend on them. */
static up_status fill_whole(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, up_growth_choice *choice,
                            const up_growth_options *options, up_table *table,
                            up_error *err)
{
    up_sections sections = {0};
    up_status status = up_sections_compute(ctx, args, selection, choice->show, options,
                                           NULL, NULL, &sections, err);
    if (status == UP_OK && options->ends)
        status = rank(args, choice, &sections, err);
    for (size_t i = 0; i < sections.count && status == UP_OK; i++)
        warn_of_contradictions(ctx, &sections.items[i]);
    if (status == UP_OK) {
        if (!up_args_flag(args, "transform") && only_differences(&sections))
            *choice = with_differences(choice);
        status = up_view_growth(sections.items, sections.shown, choice,
                                up_cli_is_tidy(ctx), table, err);
    }
    if (status == UP_OK && options->ends && up_cli_has_notes(ctx))
        up_growth_rank_note(sections.items, sections.shown, ranked_by(args, choice),
                            table);
    up_remarks refusals = {0};
    for (size_t i = 0; i < sections.shown && status == UP_OK && up_cli_is_tidy(ctx); i++)
        up_growth_refusals(&sections.items[i], choice->show, &refusals);
    if (status == UP_OK)
        up_cli_growth_refusals(ctx, &refusals, table);
    up_remarks_release(&refusals);
    up_sections_release(&sections);
    return status;
}

static up_growth_options growth_options(const up_context *ctx, const up_arguments *args,
                                        const up_series_options *how,
                                        const bool show[UP_TRANSFORMS])
{
    up_growth_options options = {.has_as_of = true, .as_of = ctx->as_of};
    options.ends = is_ranking(args);
    options.claims = !how->has_every && !options.ends;
    bool in_turn =
        up_cli_is_tidy(ctx) && up_args_flag(args, "transform") && !options.ends;
    options.only = in_turn ? show : NULL;
    return options;
}

/* Each row of --split is from one figure to another. */
static up_status check_split(const up_arguments *args, const up_growth_choice *choice,
                             up_error *err)
{
    for (size_t i = 0; i < choice->count && up_args_flag(args, "split"); i++) {
        const up_transform_info *t = &up_transform_table[choice->order[i]];
        if (t->compares != UP_ON_PREVIOUS)
            return up_error_set(err, UP_USAGE,
                                "--split compares the two ends of each part, and %s (%s) "
                                "does not; chg, fold, pch, cagr, cca or doubling do",
                                t->name, t->title);
    }
    return UP_OK;
}

static up_status show_growth(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, up_error *err)
{
    up_growth_choice choice;
    up_table table = {0};
    up_status status = chosen_transforms(args, selection, &choice, err);
    if (status == UP_OK)
        status = check_split(args, &choice, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < selection->list.count; i++)
        choice.brought = choice.brought || selection->list.items[i].aligned != NULL;
    up_growth_options options =
        growth_options(ctx, args, &selection->options, choice.show);
    up_cli_begin_table(ctx, &table);
    status = options.only != NULL
                 ? fill_tidy(ctx, args, selection, &choice, &options, &table, err)
                 : fill_whole(ctx, args, selection, &choice, &options, &table, err);
    return status == UP_OK ? up_cli_emit(ctx, &table, err) : status;
}

/* What needs no selection of all series at once; *done tells whether it was that. */
static up_status show_parts(up_context *ctx, const up_arguments *args,
                            const up_series_options *how, bool *done, up_error *err)
{
    const up_selection none = {0};
    up_growth_choice choice;
    *done = false;
    if (up_args_flag(args, "trend") || up_args_flag(args, "contributions") ||
        chosen_transforms(args, &none, &choice, NULL) != UP_OK ||
        check_split(args, &choice, NULL) != UP_OK)
        return UP_OK; /* what is wrong is said on the ordinary way */
    up_growth_options options = growth_options(ctx, args, how, choice.show);
    return options.only != NULL
               ? up_cli_growth_in_parts(ctx, args, how, &choice, &options, done, err)
               : UP_OK;
}

/* Whether --transform has a name in its list. */
static bool asks_for(const up_arguments *args, const char *name)
{
    const char *text = up_args_option(args, "transform");
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, ",");
        if (length == strlen(name) && strncmp(text, name, length) == 0)
            return true;
        text += length + (text[length] == ',');
    }
    return false;
}

/* Options that say more of something that was not asked for. */
static up_status check_idle(const up_arguments *args, up_error *err)
{
    static const char *const needs[][2] = {{"of", "share"}, {"base", "index"}};
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
        if (up_args_flag(args, needs[i][0]) && !asks_for(args, needs[i][1]))
            return up_error_set(err, UP_USAGE, "--%s needs --transform %s", needs[i][0],
                                needs[i][1]);
    return UP_OK;
}

/* Options that belong to one of the two ways to look at growth. */
static up_status check_together(const up_arguments *args, up_error *err)
{
    static const char *const of_trend[] = {"hac", "robust", "rolling", "level"};
    static const char *const of_pairs[] = {"transform", "base", "of", "steps"};
    bool trend = up_args_flag(args, "trend");
    for (size_t i = 0; i < sizeof of_trend / sizeof of_trend[0] && !trend; i++)
        if (up_args_flag(args, of_trend[i]))
            return up_error_set(err, UP_USAGE, "--%s needs --trend", of_trend[i]);
    for (size_t i = 0; i < sizeof of_pairs / sizeof of_pairs[0] && trend; i++)
        if (up_args_flag(args, of_pairs[i]))
            return up_error_set(err, UP_USAGE, "--trend and --%s exclude each other",
                                of_pairs[i]);
    for (size_t i = 0; i < sizeof of_pairs / sizeof of_pairs[0]; i++)
        if (up_args_flag(args, "contributions") && up_args_flag(args, of_pairs[i]))
            return up_error_set(err, UP_USAGE,
                                "--contributions and --%s exclude each other",
                                of_pairs[i]);
    if (up_args_flag(args, "contributions") && is_ranking(args))
        return up_error_set(err, UP_USAGE, "--contributions and --%s exclude each other",
                            up_args_flag(args, "top")      ? "top"
                            : up_args_flag(args, "bottom") ? "bottom"
                                                           : "by-entity");
    if (up_args_flag(args, "contributions") && trend)
        return up_error_set(err, UP_USAGE,
                            "--contributions and --trend exclude each other");
    if (up_args_flag(args, "top") && up_args_flag(args, "bottom"))
        return up_error_set(err, UP_USAGE, "--top and --bottom exclude each other");
    if (up_args_flag(args, "steps") &&
        !(up_args_flag(args, "from") && up_args_flag(args, "to")))
        return up_error_set(err, UP_USAGE, "--steps needs --from and --to");
    if (up_args_flag(args, "steps") && is_ranking(args))
        return up_error_set(err, UP_USAGE, "--steps gives no one row a series to rank");
    if (up_args_flag(args, "split") && is_ranking(args) && !trend)
        return up_error_set(err, UP_USAGE, "--split gives no one row a series to rank");
    if (up_args_flag(args, "split") && up_args_flag(args, "steps"))
        return up_error_set(err, UP_USAGE, "--split and --steps exclude each other");
    if (up_args_flag(args, "split") && up_args_flag(args, "contributions"))
        return up_error_set(err, UP_USAGE,
                            "--split and --contributions exclude each other");
    if (up_args_flag(args, "hac") && up_args_flag(args, "robust"))
        return up_error_set(err, UP_USAGE, "--hac and --robust exclude each other");
    if (up_args_flag(args, "split") && up_args_flag(args, "rolling"))
        return up_error_set(err, UP_USAGE, "--split and --rolling exclude each other");
    return trend ? UP_OK : check_idle(args, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    bool trend = up_args_flag(args, "trend");
    up_status status = up_cli_series_options(ctx, args, &options, err);
    bool done = false;
    if (status == UP_OK)
        status = check_together(args, err);
    if (status == UP_OK)
        status = show_parts(ctx, args, &options, &done, err);
    if (status == UP_OK && !done)
        status = up_cli_select(ctx, args, 0, &options,
                               UP_EXPRESSIONS | (trend ? UP_WINDOW : 0), &selection, err);
    if (status != UP_OK || done)
        return status;
    up_section_leave_out(args, &selection.list);
    status = trend ? up_cli_show_trend(ctx, args, &selection, err)
             : up_args_flag(args, "contributions")
                 ? up_cli_show_contributions(ctx, args, &selection, err)
                 : show_growth(ctx, args, &selection, err);
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"transform", "LIST", "which values, in this order: fold, pch, pc1, cagr, …"},
    {"from", "PERIOD", "compare with the figure of this period"},
    {"to", "PERIOD", "and up to that of this one (with both: one comparison)"},
    {"steps", NULL, "with --from and --to: each figure between them with the one before"},
    {"base", "PERIOD", "where the index is 100 (else the first figure)"},
    {"of", "SERIES", "the total of share, may be repeated (else all of the metric)"},
    {"by-entity", NULL, "one row a series, first to last figure, the fastest first"},
    {"top", "N", "only the first N of these"},
    {"bottom", "N", "only the last N of these"},
    {"except", "SERIES",
     "leave out a series or several (glob), of a total too; may be repeated"},
    {"contributions", NULL,
     "what each series adds to the growth of their sum, in points"},
    {"trend", NULL,
     "the growth rate of a line through all logarithms, with its interval"},
    {"hac", NULL, "with --trend: an interval for residuals that hang together"},
    {"robust", NULL, "with --trend: a line that minds outliers less (bisquare)"},
    {"level", "PERCENT", "with --trend: of the intervals (95)"},
    {"split", "PERIODS",
     "growth from one of these to the next and whole; with --trend: a line each"},
    {"rolling", "N", "with --trend: a line through every N successive figures"},
    {"every", "UNIT", "only figures of whole years, quarters, months, …"},
    {"rounding", NULL, "widen each figure by half a unit of its last digit stated"},
    {"with-derived", NULL, "let figures that claims imply take part"},
    {"with-forecasts", NULL, "let figures of status F take part"},
    {"across-breaks", NULL, "compare across breaks (status B, D) too"},
    UP_RESAMPLE_OPTIONS,
    UP_ALIGN_OPTION,
    UP_CURRENCY_OPTIONS,
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_growth = {
    .name = "growth",
    .operands = "SERIES|EXPRESSION…",
    .summary = "how fast figures grow, with what their words and dates leave open",
    .details =
        "Without operands every series. An expression has blanks around its operators: "
        "'ai-tokens / ai-users', 'revenue/NVIDIA / revenue/AMD', '\"gdp/Korea, Rep.\" * "
        "2'; "
        "its series are joined by entity, and its levels are shown unless --transform "
        "asks "
        "for growth. Rates per year use the time that passed; the brackets hold every "
        "value "
        "that the stated dates and figures allow. Totals of a flow are compared with "
        "totals "
        "over periods of the same length. Claims are shown with the verdict of the "
        "levels. Transforms: lin (level), log, chg (change), ch1 (on a year before), "
        "fold, pch "
        "(percent change), pc1 (on a year before), pca and cagr (per year, compounded), "
        "cch and "
        "cca (continuous, per year), doubling, index (--base), share (--of).",
    .options = options,
    .max_operands = SIZE_MAX,
    .run = run};
