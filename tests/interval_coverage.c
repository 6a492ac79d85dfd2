/* How often intervals hold what they promise: figures are generated from a model, a model is fitted
 * to them, and a new observation half a span ahead is held against its 80 and 95 % intervals.
 *
 *     interval_coverage [REPLICATES [PATHS [WHAT]]]      a table; exit 1 if some cell is off
 *
 * Figures stand at the ends of months, evenly over ten years (n of them), with multiplicative errors
 * of standard deviation sigma. Where the capacity is free the share of the fits that find it open is
 * told, and how often its lower limit (one-sided 95 %) lies below the true capacity: of all fits, and
 * of those that find it open.
 *
 * Held to: 80 and 95 % within four points where the model is the generator and the figures can tell
 * it; the limit below the capacity in 91 % of all fits, and of those that find it open where that is
 * at least half (where it is rare, to be open is itself the accident that the limit allows). */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/curve.h"
#include "uptick/project.h"

enum { FIGURES_MAX = 20, SPAN_MONTHS = 120, AHEAD_MONTHS = 60, FIRST_YEAR = 2000 };
static const size_t counts[] = {6, 10, 20};
static const double sigmas[] = {0.02, 0.08, 0.25};

typedef enum knowledge { NOTHING, CAPACITY, LAUNCH, BOTH } knowledge;

/* What is generated (times in years from the first figure), and what is fitted to it. */
typedef struct cell {
    const char *about, *generator;
    double theta[UP_CURVE_PARAMETERS];
    double launch; /* before the first figure */
    const char *fitted;
    knowledge known;
    size_t least; /* figures */
    bool held;    /* to the threshold */
} cell;

static const cell cells[] = {
    {"same", "constant", {1e6}, 0, "constant", NOTHING, 6, true},
    {"same", "linear", {1e6, 4e5}, 0, "linear", NOTHING, 6, true},
    {"same", "exponential", {1e6, 0.25}, 0, "exponential", NOTHING, 6, true},
    {"same", "quadratic", {1e6, 0.4, -0.015}, 0, "quadratic", NOTHING, 6, true},
    {"same", "power", {1e5, 1.5}, 2, "power", LAUNCH, 6, true},
    {"K fixed", "logistic", {1e7, 0.5, 8}, 0, "logistic", CAPACITY, 6, true},
    {"K fixed", "gompertz", {1e7, 0.3, 6}, 0, "gompertz", CAPACITY, 6, true},
    {"K fixed", "richards", {1e7, 0.5, 6, 0.5}, 0, "richards", CAPACITY, 10, true},
    {"K fixed", "bass", {0.01, 0.5, 1e7}, 1, "bass", BOTH, 10, true},
    {"past midpoint", "logistic", {1e7, 0.8, 5}, 0, "logistic", NOTHING, 6, true},
    {"past midpoint", "gompertz", {1e7, 0.6, 3}, 0, "gompertz", NOTHING, 6, true},
    {"past midpoint", "richards", {1e7, 0.8, 5, 0.5}, 0, "richards", NOTHING, 10, true},
    {"past midpoint", "bass", {0.02, 0.6, 1e7}, 1, "bass", LAUNCH, 10, true},
    {"few for K fixed",
     "richards",
     {1e7, 0.5, 6, 0.5},
     0,
     "richards",
     CAPACITY,
     6,
     false},
    {"few for K fixed", "bass", {0.01, 0.5, 1e7}, 1, "bass", BOTH, 6, false},
    {"before midpoint", "logistic", {1e7, 0.5, 11}, 0, "logistic", NOTHING, 6, false},
    {"before midpoint", "gompertz", {1e7, 0.2, 11}, 0, "gompertz", NOTHING, 6, false},
    {"before midpoint", "bass", {0.003, 0.35, 1e7}, 1, "bass", LAUNCH, 6, false},
    {"misspecified", "linear", {1e6, 4e5}, 0, "exponential", NOTHING, 6, false},
    {"misspecified", "exponential", {1e6, 0.25}, 0, "linear", NOTHING, 6, false},
    {"misspecified", "logistic", {1e7, 0.5, 11}, 0, "exponential", NOTHING, 6, false},
    {"misspecified", "exponential", {1e6, 0.25}, 0, "logistic", NOTHING, 6, false},
    {"misspecified", "gompertz", {1e7, 0.6, 3}, 0, "logistic", NOTHING, 6, false},
    {"misspecified", "logistic", {1e7, 0.8, 5}, 0, "gompertz", NOTHING, 6, false},
    {"auto", "constant", {1e6}, 0, "auto", NOTHING, 6, false},
    {"auto", "linear", {1e6, 4e5}, 0, "auto", NOTHING, 6, false},
    {"auto", "exponential", {1e6, 0.25}, 0, "auto", NOTHING, 6, false},
    {"auto", "quadratic", {1e6, 0.4, -0.015}, 0, "auto", NOTHING, 6, false},
    {"auto", "logistic", {1e7, 0.8, 5}, 0, "auto", NOTHING, 6, false},
    {"auto", "gompertz", {1e7, 0.6, 3}, 0, "auto", NOTHING, 6, false}};

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

static void add_row(up_metric_data *data, int month, double value)
{
    up_error err = {0};
    char period[16], text[64];
    must(up_grow(&data->observations, &data->capacity, data->count + 1,
                 sizeof *data->observations, &err),
         &err);
    up_observation *o = &data->observations[data->count++];
    snprintf(period, sizeof period, "%04d-%02d", FIRST_YEAR + month / 12, month % 12 + 1);
    snprintf(text, sizeof text, "%.6f", value);
    must(up_observation_init(o, &err), &err);
    must(up_observation_set(o, UP_COL_PERIOD, period, NULL, &err), &err);
    must(up_observation_set(o, UP_COL_VALUE, text, NULL, &err), &err);
}

static double observe(const cell *c, double t, double sigma, gsl_rng *rng)
{
    double level;
    if (!up_curve_find(c->generator)->level(t, c->theta, -c->launch, &level, NULL))
        exit(1);
    return level * exp(gsl_ran_gaussian(rng, sigma));
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
    must(up_metric_init(&data->metric, "m", &err), &err);
    must(up_metric_set(&data->metric, "unit", "people", &err), &err);
    must(up_copy_text("m.csv", &data->path, &err), &err);
    for (size_t i = 0; i < n; i++) {
        int month = (int)(SPAN_MONTHS * i / (n - 1));
        add_row(data, month, observe(c, month / 12.0, sigma, rng));
    }
    s->next = observe(c, (SPAN_MONTHS + AHEAD_MONTHS) / 12.0, sigma, rng);
    must(up_series_select(&s->tracker, "m", &options, &s->list, &err), &err);
}

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

static tally run_cell(const cell *c, size_t n, double sigma, size_t replicates,
                      size_t paths, gsl_rng *rng)
{
    enum { BATCH = 100, MODELS = 16 };
    sample samples[BATCH];
    tally t = {0};
    /* the time of the first figure, a stock's at the end of January, is 2000 + 1/12 */
    double first = FIRST_YEAR + 1.0 / 12,
           time = first + (SPAN_MONTHS + AHEAD_MONTHS) / 12.0;
    up_project_options options = {.paths = paths}, seeded[BATCH];
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

static bool is_off(double share, double promised)
{
    return fabs(share - promised) > 0.04;
}

static void print_share(bool has, double share, int width)
{
    if (has)
        printf("%*.1f ", width, 100 * share);
    else
        printf("%*s ", width, "-");
}

int main(int argc, char **argv)
{
    size_t replicates = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000, off = 0;
    size_t paths = argc > 2 ? strtoul(argv[2], NULL, 10) : 2000;
    const char *only = argc > 3 ? argv[3] : NULL;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    printf("%-16s %-12s %-12s %3s %6s %6s %6s %6s %7s %8s %8s  %s\n", "what", "generated",
           "fitted", "n", "sigma", "fits", "80 %", "95 %", "open %", "limit %", "of open",
           "verdict");
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        for (size_t k = 0; k < 3; k++)
            for (size_t s = 0; s < 3; s++) {
                const cell *c = &cells[i];
                if (counts[k] < c->least || (only != NULL && strcmp(only, c->about) != 0))
                    continue;
                gsl_rng_set(rng, 1000 * i + 10 * k + s + 1);
                tally t = run_cell(c, counts[k], sigmas[s], replicates, paths, rng);
                double fits = (double)t.done, open = (double)t.open;
                bool has_limit = up_model_has_capacity(up_model_find(c->generator)) &&
                                 c->known != CAPACITY && c->known != BOTH &&
                                 strcmp(c->generator, c->fitted) == 0;
                double below = (double)t.below / fits,
                       below_open = t.open > 0 ? (double)t.below_open / open : 1;
                bool bad = (c->held && (is_off((double)t.inside80 / fits, 0.80) ||
                                        is_off((double)t.inside95 / fits, 0.95))) ||
                           (has_limit && below < 0.91) ||
                           (has_limit && open >= fits / 2 && below_open < 0.91);
                off += bad;
                printf("%-16s %-12s %-12s %3zu %6.2f %6zu %6.1f %6.1f ", c->about,
                       c->generator, c->fitted, counts[k], sigmas[s], t.done,
                       100 * (double)t.inside80 / fits, 100 * (double)t.inside95 / fits);
                print_share(has_limit, open / fits, 7);
                print_share(has_limit, below, 8);
                print_share(has_limit && t.open > 0, below_open, 8);
                printf(" %s\n", bad ? "OFF" : c->held || has_limit ? "ok" : "");
                fflush(stdout);
            }
    gsl_rng_free(rng);
    return off > 0;
}
