/* How often intervals hold what they promise: figures are generated from a model, a model is fitted
 * to them, and a new observation half a span ahead is held against its 80 and 95 % intervals.
 *
 *     interval_coverage [REPLICATES [PATHS [WHAT]]]      a table; exit 1 if some cell is off
 *
 * Figures stand evenly over ten years (n of them), with errors of standard deviation sigma on the
 * scale that the metric has. Unless said otherwise they are stocks at the ends of months on the scale
 * of logarithms. A share of the replicates may be refused (a curve below the floor, figures that do
 * not rise): it is told, and with less than nine in ten there is no verdict but "n/a". Where the
 * capacity is free the share of the fits that find it open is told, and how often its lower limit
 * (one-sided 95 %) lies below the true capacity: of all fits, and of those that find it open.
 *
 * Held to: 80 and 95 % within four points where the model is the generator and the figures can tell
 * it; the limit below the capacity in 91 % of all fits, and of those that find it open where that is
 * at least half (where it is rare, to be open is itself the accident that the limit allows). A cell
 * without a verdict that should have one fails too.
 *
 * Year-long spans are not held to it: a date makes errors of up to 0.25 / √12 = 0.07 there, and an error
 * of 0.02 beside them cannot be told from none (marginal.c); what is told is that their intervals are
 * too wide rather than too narrow.
 *
 * Each replicate has a random stream of its own, from its cell and number. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/curve.h"
#include "uptick/project.h"

enum { SPAN_MONTHS = 120, AHEAD_MONTHS = 60, FIRST_YEAR = 2000 };
static const size_t counts[] = {6, 10, 20};
static const double sigmas[] = {0.02, 0.08, 0.25};

typedef enum knowledge { NOTHING, CAPACITY, LAUNCH, BOTH } knowledge;

/* How the curve becomes figures. */
typedef enum figures {
    STOCK,
    SIGNED, /* of a metric that may be negative: errors of sigma times the first parameter */
    SHARE, /* below one: errors on the logit */
    FLOW,  /* the mean over a year, or half a one where there are more than one a year */
    ADOPTED, /* the growth over that */
    COUNTER, /* adds up; the error is that of each increment */
    SPANS,   /* stocks of three months, at the end of the first, of the last or between */
    YEARS,   /* of twelve */
    LAST,    /* the last figure alone is such a one */
    BOUNDS /* between any two figures one more of which only "more than" its first digit is told */
} figures;

/* What is generated (times in years from the first figure), and what is fitted to it. */
typedef struct cell {
    const char *about, *generator;
    double theta[UP_CURVE_PARAMETERS];
    double launch; /* before the first figure */
    const char *fitted;
    knowledge known;
    size_t least; /* figures */
    bool held;    /* to the threshold */
    figures as;
} cell;

/* clang-format off */
static const cell cells[] = {
    {"same", "constant", {1e6}, 0, "constant", NOTHING, 6, true, STOCK},
    {"same", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true, STOCK},
    {"same", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, STOCK},
    {"same", "quadratic", {1e6, 0.4, -0.015}, 0, "quadratic", NOTHING, 6, true, STOCK},
    {"same", "power", {1e5, 1.5}, 2, "power", LAUNCH, 6, true, STOCK},
    {"signed", "constant", {1e6}, 0, "constant", NOTHING, 6, true, SIGNED},
    {"signed", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true, SIGNED},
    {"share", "constant", {0.4}, 0, "constant", NOTHING, 6, true, SHARE},
    {"share", "exponential", {0.05, 0.05}, 0, "exponential", NOTHING, 6, true, SHARE},
    {"share", "logistic", {0.9, 0.5, 6}, 0, "logistic", CAPACITY, 6, true, SHARE},
    {"flow", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true, FLOW},
    {"flow", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, FLOW},
    {"flow", "quadratic", {1e6, 0.4, -0.015}, 0, "quadratic", NOTHING, 6, true, FLOW},
    {"flow", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true, FLOW},
    {"flow", "bass", {0.01, 0.5, 1e7}, 1, "bass", BOTH, 10, true, ADOPTED},
    {"counter", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true, COUNTER},
    {"counter", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, COUNTER},
    {"counter", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true, COUNTER},
    {"date spans", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true, SPANS},
    {"date spans", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, SPANS},
    {"date spans", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true, SPANS},
    {"year-long spans", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, false, YEARS},
    {"year-long spans", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, false, YEARS},
    {"year-long spans", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, false, YEARS},
    {"last is a span", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, LAST},
    {"bounds", "constant", {1e6}, 0, "constant", NOTHING, 6, true, BOUNDS},
    {"bounds", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true, BOUNDS},
    {"bounds", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true, BOUNDS},
    {"K fixed", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true, STOCK},
    {"K fixed", "gompertz", {1e7, 0.3, 6}, 0, "gompertz", CAPACITY, 6, true, STOCK},
    {"K fixed", "richards", {1e7, 0.5, 6, 0.5}, 0, "richards", CAPACITY, 10, true, STOCK},
    {"K fixed", "bass", {0.01, 0.5, 1e7}, 1, "bass", BOTH, 10, true, STOCK},
    {"past midpoint", "logistic", {1e7, 0.8, 5}, 0, "logistic", NOTHING, 6, true, STOCK},
    {"past midpoint", "gompertz", {1e7, 0.6, 3}, 0, "gompertz", NOTHING, 6, true, STOCK},
    {"past midpoint", "richards", {1e7, 0.8, 5, 0.5}, 0, "richards", NOTHING, 10, true, STOCK},
    {"past midpoint", "bass", {0.02, 0.6, 1e7}, 1, "bass", LAUNCH, 10, true, STOCK},
    {"few for K fixed", "richards", {1e7, 0.5, 6, 0.5}, 0, "richards", CAPACITY, 6, false, STOCK},
    {"few for K fixed", "bass", {0.01, 0.5, 1e7}, 1, "bass", BOTH, 6, false, STOCK},
    {"before midpoint", "logistic", {1e7, 0.5, 11}, 0, "logistic", NOTHING, 6, false, STOCK},
    {"before midpoint", "gompertz", {1e7, 0.2, 11}, 0, "gompertz", NOTHING, 6, false, STOCK},
    {"before midpoint", "bass", {0.003, 0.35, 1e7}, 1, "bass", LAUNCH, 6, false, STOCK},
    {"misspecified", "linear", {1e6, 4e5}, 0, "exponential", NOTHING, 6, false, STOCK},
    {"misspecified", "exponential", {1e6, 0.25}, 0, "linear", NOTHING, 6, false, STOCK},
    {"misspecified", "logistic", {1e7, 0.5, 11}, 0, "exponential", NOTHING, 6, false, STOCK},
    {"misspecified", "exponential", {1e6, 0.25}, 0, "logistic", NOTHING, 6, false, STOCK},
    {"misspecified", "gompertz", {1e7, 0.6, 3}, 0, "logistic", NOTHING, 6, false, STOCK},
    {"misspecified", "logistic", {1e7, 0.8, 5}, 0, "gompertz", NOTHING, 6, false, STOCK},
    {"auto", "constant", {1e6}, 0, "auto", NOTHING, 6, false, STOCK},
    {"auto", "linear", {1e6, 4e5}, 0, "auto", NOTHING, 6, false, STOCK},
    {"auto", "exponential", {1e6, 0.25}, 0, "auto", NOTHING, 6, false, STOCK},
    {"auto", "quadratic", {1e6, 0.4, -0.015}, 0, "auto", NOTHING, 6, false, STOCK},
    {"auto", "logistic", {1e7, 0.8, 5}, 0, "auto", NOTHING, 6, false, STOCK},
    {"auto", "gompertz", {1e7, 0.6, 3}, 0, "auto", NOTHING, 6, false, STOCK}};
/* clang-format on */

/* A metric with room for one replicate's figures, and the series of them. */
typedef struct sample {
    up_tracker tracker;
    up_series_list list;
    double next; /* the new observation */
} sample;

static void must(up_status status, const up_error *err)
{
    if (status == UP_OK)
        return;
    fprintf(stderr, "interval_coverage: %s\n", err->message);
    exit(1);
}

/* --- Figures ------------------------------------------------------------------------------------ */

static double level(const cell *c, double t)
{
    double value;
    if (!up_curve_find(c->generator)->level(t, c->theta, -c->launch, &value, NULL))
        exit(1);
    return value;
}

/* The mean over [from, to] by Simpson's rule. */
static double mean_level(const cell *c, double from, double to)
{
    enum { PARTS = 32 };
    double sum = level(c, from) + level(c, to);
    for (int i = 1; i < PARTS; i++)
        sum += (i % 2 == 1 ? 4 : 2) * level(c, from + (to - from) * i / PARTS);
    return sum / (3 * PARTS);
}

/* A figure with its error on the metric's scale. */
static double blur(const cell *c, double figure, double sigma, gsl_rng *rng)
{
    double e = gsl_ran_gaussian(rng, sigma);
    return c->as == SIGNED  ? figure + c->theta[0] * e
           : c->as == SHARE ? 1 / (1 + (1 / figure - 1) * exp(-e))
                            : figure * exp(e);
}

/* How long the period of a flow is. */
static int months_of(size_t n)
{
    return n > 1 + SPAN_MONTHS / 12 ? 6 : 12;
}

/* The figure of so many months after the first one's; of a flow that is where its period begins. */
static double observe(const cell *c, double month, size_t n, double sigma, gsl_rng *rng)
{
    double t = month / 12.0, length = months_of(n) / 12.0;
    double seen = c->as == FLOW      ? mean_level(c, t, t + length)
                  : c->as == ADOPTED ? level(c, t + length) - level(c, t)
                                     : level(c, t);
    return blur(c, seen, sigma, rng);
}

static up_observation *add_row(up_metric_data *data, const char *period, double value)
{
    up_error err = {0};
    char text[64];
    must(up_grow(&data->observations, &data->capacity, data->count + 1,
                 sizeof *data->observations, &err),
         &err);
    up_observation *o = &data->observations[data->count++];
    snprintf(text, sizeof text, value < 10 ? "%.9f" : "%.6f", value);
    must(up_observation_init(o, &err), &err);
    must(up_observation_set(o, UP_COL_PERIOD, period, NULL, &err), &err);
    must(up_observation_set(o, UP_COL_VALUE, text, NULL, &err), &err);
    return o;
}

enum { PERIOD_TEXT = 48 };

static void name_period(const cell *c, int month, size_t n, int span,
                        char out[PERIOD_TEXT])
{
    int year = FIRST_YEAR + month / 12, of_year = month % 12;
    if (c->as == FLOW || c->as == ADOPTED)
        snprintf(out, PERIOD_TEXT, months_of(n) == 12 ? "%04d" : "%04d-S%d", year,
                 of_year / 6 + 1);
    else if (span > 0) /* so many months from this one on */
        snprintf(out, PERIOD_TEXT, "[%04d-%02d..%04d-%02d]", year, of_year + 1,
                 year + (of_year + span - 1) / 12, (of_year + span - 1) % 12 + 1);
    else
        snprintf(out, PERIOD_TEXT, "%04d-%02d", year, of_year + 1);
}

/* "More than" the first digit of a figure. */
static void add_bound(const cell *c, int month, double value, up_metric_data *data)
{
    up_error err = {0};
    char period[PERIOD_TEXT];
    double unit = pow(10, floor(log10(value)));
    name_period(c, month, 0, 0, period);
    up_observation *o = add_row(data, period, floor(value / unit) * unit);
    must(up_observation_set(o, UP_COL_QUALIFIER, ">", NULL, &err), &err);
}

/* A counter's figures, and what it comes to after as many increments more as there is time for: the
 * last of them is broken off. */
static double count_up(const cell *c, size_t n, double sigma, gsl_rng *rng,
                       up_metric_data *data)
{
    char period[PERIOD_TEXT];
    double spacing = (double)SPAN_MONTHS / (double)(n - 1), sum = level(c, 0);
    int end = SPAN_MONTHS + AHEAD_MONTHS, before = 0;
    for (size_t i = 0; before < end; i++) {
        int month = (int)fmin(spacing * (double)i, end);
        if (i > 0)
            sum += blur(c, level(c, month / 12.0) - level(c, before / 12.0), sigma, rng);
        name_period(c, month, n, 0, period);
        if (i < n)
            add_row(data, period, sum);
        before = month;
    }
    return sum;
}

static double add_figures(const cell *c, size_t n, double sigma, gsl_rng *rng,
                          up_metric_data *data)
{
    char period[PERIOD_TEXT];
    if (c->as == COUNTER)
        return count_up(c, n, sigma, rng, data);
    for (size_t i = 0; i < n; i++) {
        int month = (int)(SPAN_MONTHS * i / (n - 1));
        double late = 0;
        if (c->as == FLOW || c->as == ADOPTED) /* where its period begins */
            month -= month % months_of(n);
        int span = c->as == SPANS                                    ? 3
                   : c->as == YEARS || (c->as == LAST && i == n - 1) ? 12
                                                                     : 0;
        if (span > 0)
            late =
                (span - 1) * gsl_rng_uniform(rng); /* from one month's end to another's */
        name_period(c, month, n, span, period);
        add_row(data, period, observe(c, month + late, n, sigma, rng));
        int between = (int)(SPAN_MONTHS * (2 * i + 1) / (2 * (n - 1)));
        if (c->as == BOUNDS && i + 1 < n)
            add_bound(c, between, observe(c, between, n, sigma, rng), data);
    }
    return observe(c, SPAN_MONTHS + AHEAD_MONTHS, n, sigma, rng);
}

static void describe_metric(const cell *c, up_metric *m)
{
    up_error err = {0};
    static const char *const measures[] = {
        [SHARE] = "ratio", [FLOW] = "flow", [ADOPTED] = "flow", [COUNTER] = "cumulative"};
    const char *measure = c->as <= COUNTER ? measures[c->as] : NULL;
    must(up_metric_init(m, "m", &err), &err);
    must(up_metric_set(m, "unit", "people", &err), &err);
    if (measure != NULL)
        must(up_metric_set(m, "measure", measure, &err), &err);
    if (c->as == SIGNED)
        must(up_metric_set(m, "floor", "-1e12", &err), &err);
    if (c->as == SHARE)
        must(up_metric_set(m, "ceiling", "1", &err), &err);
}

static void generate(const cell *c, size_t n, double sigma, gsl_rng *rng, sample *s)
{
    up_error err = {0};
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    *s = (sample){0};
    must(up_grow(&s->tracker.metrics, &s->tracker.metric_capacity, 1,
                 sizeof *s->tracker.metrics, &err),
         &err);
    up_metric_data *data = &s->tracker.metrics[s->tracker.metric_count++];
    *data = (up_metric_data){.loaded = true};
    describe_metric(c, &data->metric);
    must(up_copy_text("m.csv", &data->path, &err), &err);
    s->next = add_figures(c, n, sigma, rng, data);
    must(up_series_select(&s->tracker, "m", &options, &s->list, &err), &err);
}

/* --- Counting ----------------------------------------------------------------------------------- */

typedef struct tally {
    size_t done, inside80, inside95, open, below, below_open;
} tally;

static void count(const cell *c, const up_projection *p, double next, tally *t)
{
    const up_projection_step *s = &p->steps[0];
    double capacity = c->theta[strcmp(c->generator, "bass") == 0 ? 2 : 0];
    if (!p->has_intervals)
        return;
    t->done++;
    t->inside80 += next >= s->bounds[0].low && next <= s->bounds[0].high;
    t->inside95 += next >= s->bounds[1].low && next <= s->bounds[1].high;
    t->open += p->capacity == UP_CAPACITY_OPEN;
    t->below += p->capacity_low <= capacity;
    t->below_open += p->capacity == UP_CAPACITY_OPEN && p->capacity_low <= capacity;
}

/* The jobs of one sample: the model, or all of them and their pool. */
static size_t plan(const cell *c, const sample *s, const up_project_options *options,
                   const double *time, up_project_job jobs[])
{
    size_t n = 0;
    bool pooled = strcmp(c->fitted, "auto") == 0;
    if (!pooled)
        jobs[n++].model = up_model_find(c->fitted);
    for (size_t i = 0; pooled && up_models[i] != NULL; i++)
        jobs[n++].model = up_models[i];
    for (size_t i = 0; i < n; i++) {
        jobs[i].series = &s->list.items[0];
        jobs[i].options = options;
        jobs[i].times = time;
        jobs[i].count = 1;
    }
    return n;
}

static void conclude(const cell *c, up_project_job jobs[], size_t count_of, double next,
                     tally *t)
{
    if (count_of == 1) {
        if (jobs[0].status == UP_OK)
            count(c, &jobs[0].projection, next, t);
    } else {
        up_projection pooled;
        if (up_project_pool(jobs, count_of, &pooled, NULL) == UP_OK) {
            count(c, &pooled, next, t);
            up_projection_release(&pooled);
        }
    }
    for (size_t i = 0; i < count_of; i++)
        if (jobs[i].status == UP_OK)
            up_projection_release(&jobs[i].projection);
}

static unsigned long stream_of(const cell *c, size_t n, double sigma, size_t replicate)
{
    uint64_t x = (uint64_t)(c - cells) << 48 ^ (uint64_t)n << 40 ^
                 (uint64_t)(1000 * sigma) << 28 ^ replicate;
    x += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64: G. Steele et al., OOPSLA 2014 */
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (unsigned long)(x ^ x >> 31) & 0xFFFFFFFFUL;
}

/* When the first figure and the new observation stand: a flow's in the middle of its period, others at
 * the end of their month. */
static void find_times(const cell *c, size_t n, double *first, double *next)
{
    bool flow = c->as == FLOW || c->as == ADOPTED;
    *first = FIRST_YEAR + (flow ? 0 : 1.0 / 12);
    *next =
        *first + (SPAN_MONTHS + AHEAD_MONTHS) / 12.0 + (flow ? months_of(n) / 24.0 : 0);
}

static tally run_cell(const cell *c, size_t n, double sigma, size_t replicates,
                      size_t paths, gsl_rng *rng)
{
    enum { BATCH = 100, MODELS = 16 };
    sample samples[BATCH];
    tally t = {0};
    double first, time;
    find_times(c, n, &first, &time);
    up_project_options options = {.paths = paths}, seeded[BATCH];
    if (strcmp(c->fitted, "auto") == 0)
        options.wanted = UP_WANT_POOL;
    if (c->known == CAPACITY || c->known == BOTH)
        options.capacity = c->theta[strcmp(c->generator, "bass") == 0 ? 2 : 0];
    if (c->known == LAUNCH || c->known == BOTH) {
        options.has_launch = true;
        options.launch = first - c->launch;
    }
    up_project_job *jobs = calloc(BATCH * MODELS, sizeof *jobs);
    for (size_t r = 0; r < replicates && jobs != NULL; r += BATCH) {
        size_t here = replicates - r < BATCH ? replicates - r : BATCH, each = 0;
        memset(jobs, 0, BATCH * MODELS * sizeof *jobs);
        for (size_t i = 0; i < here; i++) {
            gsl_rng_set(rng, stream_of(c, n, sigma, r + i));
            generate(c, n, sigma, rng, &samples[i]);
            seeded[i] =
                options; /* or an error of the drawing would be that of all replicates */
            seeded[i].seed = r + i + 1;
            each = plan(c, &samples[i], &seeded[i], &time, jobs + i * each);
        }
        up_project_run(jobs, here * each);
        for (size_t i = 0; i < here; i++) {
            conclude(c, jobs + i * each, each, samples[i].next, &t);
            up_series_list_release(&samples[i].list);
            up_tracker_release(&samples[i].tracker);
        }
    }
    free(jobs);
    return t;
}

/* --- The table ---------------------------------------------------------------------------------- */

static const double enough = 0.9; /* of the replicates must have a fit */

static bool is_off(double share, double promised)
{
    return !(fabs(share - promised) <= 0.04);
}

static void print_share(bool has, double share, int width)
{
    if (has)
        printf("%*.1f ", width, 100 * share);
    else
        printf("%*s ", width, "-");
}

/* A row of the table; false where it fails. */
static bool print_cell(const cell *c, size_t n, double sigma, const tally *t,
                       size_t replicates)
{
    double fits = (double)t->done, open = (double)t->open;
    bool has_limit = up_model_has_capacity(up_model_find(c->generator)) &&
                     c->known != CAPACITY && c->known != BOTH &&
                     strcmp(c->generator, c->fitted) == 0;
    bool told = fits >= enough * (double)replicates;
    double below = (double)t->below / fits,
           below_open = t->open > 0 ? (double)t->below_open / open : 1;
    bool bad = (c->held && (is_off((double)t->inside80 / fits, 0.80) ||
                            is_off((double)t->inside95 / fits, 0.95))) ||
               (has_limit && !(below >= 0.91)) ||
               (has_limit && open >= fits / 2 && !(below_open >= 0.91));
    bool judged = c->held || has_limit;
    printf("%-16s %-12s %-12s %3zu %6.2f ", c->about, c->generator, c->fitted, n, sigma);
    print_share(true, 1 - fits / (double)replicates, 7);
    print_share(t->done > 0, (double)t->inside80 / fits, 6);
    print_share(t->done > 0, (double)t->inside95 / fits, 6);
    print_share(has_limit && t->done > 0, open / fits, 7);
    print_share(has_limit && t->done > 0, below, 8);
    print_share(has_limit && t->open > 0, below_open, 8);
    printf(" %s\n", !told ? "n/a" : !judged ? "" : bad ? "OFF" : "ok");
    fflush(stdout);
    return !judged || (told && !bad);
}

int main(int argc, char **argv)
{
    size_t replicates = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000, failed = 0;
    size_t paths = argc > 2 ? strtoul(argv[2], NULL, 10) : 2000;
    const char *only = argc > 3 ? argv[3] : NULL;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    printf("%-16s %-12s %-12s %3s %6s %7s %6s %6s %7s %8s %8s  %s\n", "what", "generated",
           "fitted", "n", "sigma", "refused", "80 %", "95 %", "open %", "limit %",
           "of open", "verdict");
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        for (size_t k = 0; k < 3; k++)
            for (size_t s = 0; s < 3; s++) {
                const cell *c = &cells[i];
                if (counts[k] < c->least || (only != NULL && strcmp(only, c->about) != 0))
                    continue;
                tally t = run_cell(c, counts[k], sigmas[s], replicates, paths, rng);
                failed += !print_cell(c, counts[k], sigmas[s], &t, replicates);
            }
    gsl_rng_free(rng);
    return failed > 0;
}
