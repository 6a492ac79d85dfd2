/* Charts to test with: the figures of the seed, and what is hard to draw. */
#ifndef UPTICK_TESTS_CHART_CASES_H
#define UPTICK_TESTS_CHART_CASES_H

#include <math.h>
#include <string.h>

#include "uptick/chart.h"

enum { CASE_POINTS = 1000, CASE_SERIES = 24, CASE_STEPS = 40, CASE_EVENTS = 12 };

/* One chart with room for its data. */
typedef struct chart_case {
    up_chart chart;
    up_chart_series series[CASE_SERIES];
    up_chart_point points[CASE_POINTS];
    up_chart_step steps[CASE_STEPS];
    up_chart_event events[CASE_EVENTS];
    up_chart_reference references[CASE_EVENTS];
    up_chart_crossing crossing;
    double density[CASE_STEPS];
    size_t point_count, step_count;
} chart_case;

typedef struct chart_maker {
    const char *name;
    void (*make)(chart_case *c);
} chart_maker;

static inline up_chart_series *add_series(chart_case *c, const char *label)
{
    up_chart_series *s = &c->series[c->chart.count++];
    s->label = label;
    s->points = c->points + c->point_count;
    return s;
}

static inline up_chart_point *add_point(chart_case *c, double time, double value)
{
    up_chart_point *p = &c->points[c->point_count++];
    *p = (up_chart_point){
        .time = time, .time_low = time, .time_high = time, .value = value};
    c->series[c->chart.count - 1].count++;
    return p;
}

static inline void add_step(chart_case *c, double time, double value, double spread)
{
    up_chart_series *s = &c->series[c->chart.count - 1];
    if (s->step_count == 0)
        s->steps = c->steps + c->step_count;
    c->steps[c->step_count++] = (up_chart_step){time,
                                                value,
                                                spread > 0,
                                                value * exp(-1.28 * spread),
                                                value * exp(1.28 * spread),
                                                value * exp(-1.96 * spread),
                                                value * exp(1.96 * spread)};
    s->step_count++;
}

static inline void set_texts(chart_case *c, const char *title, const char *subtitle,
                             const char *source)
{
    c->chart.title = title;
    c->chart.subtitle = subtitle;
    c->chart.source = source;
}

static inline void add_event(chart_case *c, double time, const char *text)
{
    c->events[c->chart.event_count++] = (up_chart_event){.time = time, .text = text};
}

/* A sequence without surprises: the same numbers on every machine. */
static inline double pseudo(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

static inline void make_ai_users(chart_case *c)
{
    set_texts(
        c, "AI users in China more than doubled in half a year", "People",
        "Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025");
    add_series(c, "China");
    add_point(c, 2025.0, 249e6);
    up_chart_point *p = add_point(c, 2025.37, 570e6);
    p->time_low = 2025.3315;
    p->time_high = 2025.4137;
}

static inline void make_tokens(chart_case *c)
{
    set_texts(
        c, "China consumes 10 trillion tokens a day", "Tokens per day, logarithmic scale",
        "Wu Hequan at the 2025 China Internet Conference, Global Times, 23 July 2025");
    c->chart.log_scale = true;
    add_series(c, "China");
    up_chart_point *p = add_point(c, 2024.2, 1e11);
    p->hollow = true;
    p->time_low = 2024.085;
    p->time_high = 2024.33;
    p = add_point(c, 2025.2, 1e13);
    p->time_low = 2025.085;
    p->time_high = 2025.33;
}

static inline void make_industry(chart_case *c)
{
    set_texts(c, "China's AI industry exceeded 700 billion yuan", "CNY",
              "China Internet Network Information Center, Global Times, 23 July 2025");
    add_series(c, "China");
    add_point(c, 2024.5, 7e11)->mark = UP_MARK_MORE_THAN;
}

static inline void make_waic(chart_case *c)
{
    set_texts(c, "World Artificial Intelligence Conference", "Exhibiting enterprises",
              "GCEEC");
    add_series(c, "Exhibiting enterprises");
    add_point(c, 2023.55, 400)->mark = UP_MARK_MORE_THAN;
    add_point(c, 2024.55, 500)->mark = UP_MARK_ABOUT;
    add_point(c, 2025.57, 800)->mark = UP_MARK_MORE_THAN;
    add_series(c, "Technologies shown");
    add_point(c, 2024.55, 1500)->mark = UP_MARK_LESS_THAN;
    add_point(c, 2025.57, 3000)->mark = UP_MARK_MORE_THAN;
    add_series(c, "Models");
    up_chart_point *p = add_point(c, 2025.57, 2200);
    p->mark = UP_MARK_RANGE;
    p->has_low = true;
    p->low = 300;
}

static inline void make_weekly(chart_case *c)
{
    static const double t[] = {2022.92, 2023.85, 2024.62, 2024.75, 2024.92,
                               2025.12, 2025.25, 2025.42, 2025.60, 2025.77};
    static const double v[] = {1e6,   100e6, 200e6, 250e6, 300e6,
                               400e6, 500e6, 600e6, 700e6, 800e6};
    set_texts(c, "Weekly users pass 800 million", "People using it in a week",
              "company statements as reported");
    up_chart_series *series = add_series(c, "Weekly users");
    series->model = "logistic";
    series->bands = "80 and 95\xc2\xa0% bands";
    for (int i = 0; i < 10; i++)
        add_point(c, t[i], v[i])->mark = i == 9 ? UP_MARK_MORE_THAN : UP_MARK_PLAIN;
    for (int i = 1; i <= 9; i++)
        add_step(c, 2025.77 + i * 0.25, 800e6 + i * 70e6, 0.03 + 0.035 * i);
    add_event(c, 2022.915, "Launch");
    add_event(c, 2024.37, "New model, free for all");
    add_event(c, 2025.24, "Image generation draws a million users in an hour");
}

static inline void make_gdp(chart_case *c)
{
    static const double v[] = {68.9e12,  74.6e12,  83.2e12,  91.9e12,  98.7e12,
                               101.4e12, 114.9e12, 120.5e12, 126.1e12, 134.9e12};
    set_texts(c, "China's economy has almost doubled in ten years",
              "GDP, CNY, current prices", "National Bureau of Statistics of China");
    add_series(c, "China");
    for (int i = 0; i < 10; i++)
        add_point(c, 2015.5 + i, v[i]);
}

static inline void make_three(chart_case *c)
{
    static const char *const names[] = {"Germany", "United Kingdom", "France"};
    set_texts(c, "Three near-equal ends", "Percent of enterprises", "made up for a test");
    c->chart.axis = UP_AXIS_PERCENT;
    for (int s = 0; s < 3; s++) {
        add_series(c, names[s]);
        for (int i = 0; i < 8; i++)
            add_point(c, 2017.0 + i, 0.05 + 0.02 * s + i * (0.05 - 0.0028 * s));
    }
}

static inline void make_eight(chart_case *c)
{
    static const char *const names[] = {"China",   "United States", "India",
                                        "Germany", "South Korea",   "Brazil",
                                        "Japan",   "Korea, Rep."};
    unsigned state = 7;
    set_texts(c, "Eight series end close together", "Index, 2015 = 100",
              "made up for a test");
    for (int s = 0; s < 8; s++) {
        add_series(c, names[s]);
        double v = 100;
        for (int i = 0; i < 40; i++) {
            add_point(c, 2015.0 + i * 0.25, v);
            v *= 1 + 0.03 * (pseudo(&state) - 0.42);
        }
    }
}

static inline void make_many(chart_case *c)
{
    unsigned state = 3;
    double v = 40;
    set_texts(c, "Three hundred months of a rate", "Percent", "made up for a test");
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "Rate");
    for (int i = 0; i < 300; i++) {
        add_point(c, 2000 + (i + 0.5) / 12, v / 1000);
        v += (pseudo(&state) - 0.5) * 6;
    }
}

static inline void make_long_title(chart_case *c)
{
    set_texts(
        c,
        "The number of people in China who use artificial intelligence at least once a "
        "month has, according to figures presented at a conference, more than doubled "
        "in about half a year, which is faster than any other technology before it",
        "Internet users who used at least one generative artificial intelligence "
        "product in the last six months, people aged six and older, mainland only",
        "a very long source line that names the report, its publisher, the conference at "
        "which it was presented, the newspaper that reported it, the day of the report, "
        "and the address where all of this can be read by whoever wants to check it");
    c->chart.note =
        "A further note of the author, which says that the figures before 2023 were "
        "counted in another way.";
    add_series(c, "People who used at least one product of the kind");
    add_point(c, 2023.0, 120e6);
    add_point(c, 2024.0, 249e6);
    add_point(c, 2025.0, 515e6);
}

static inline void make_chinese(chart_case *c)
{
    set_texts(c, "中国人工智能用户半年内增长一倍以上，达到五点七亿人",
              "人数（六岁及以上网民）",
              "邬贺铨，2025 中国互联网大会，《环球时报》英文版");
    add_series(c, "人工智能用户");
    add_point(c, 2024.0, 180e6);
    add_point(c, 2025.0, 249e6);
    add_point(c, 2025.4, 570e6);
    add_series(c, "生成式产品直接用户");
    add_point(c, 2024.0, 90e6);
    add_point(c, 2025.0, 200e6);
    add_point(c, 2025.4, 515e6)->mark = UP_MARK_ABOUT;
    add_event(c, 2025.05, "深度求索发布新模型");
}

/* Numbers, times and every word in Chinese. */
static inline void make_zh(chart_case *c)
{
    c->chart.language = UP_CHINESE;
    c->chart.granularity = UP_MONTH;
    set_texts(c, "中国人工智能用户半年翻番", "人", "2025 中国互联网大会");
    add_series(c, "中国");
    add_point(c, 2024.0, 24912345)->mark = UP_MARK_MORE_THAN;
    add_point(c, 2024.5, 12e7)->words = "近";
    up_chart_point *p = add_point(c, 2025.37, 570e6);
    p->mark = UP_MARK_ABOUT;
    p->time_low = 2025.3315;
    p->time_high = 2025.4137;
    c->series[0].model = "exponential";
    c->series[0].bands = "80%和95%区间";
    add_step(c, 2025.7, 630e6, 0.1);
    add_step(c, 2026.0, 720e6, 0.2);
    add_event(c, 2025.05, "深度求索发布新模型");
}

static inline void make_ancient(chart_case *c)
{
    static const double t[] = {-9999, -4999, -2999, -999, 1,   1000,
                               1500,  1800,  1900,  1950, 2000};
    static const double v[] = {4e6,   19e6,  45e6,   110e6, 232e6, 323e6,
                               503e6, 985e6, 1.65e9, 2.5e9, 6.1e9};
    set_texts(c, "World population since the end of the ice age", "People", "HYDE");
    add_series(c, "World");
    for (int i = 0; i < 11; i++)
        add_point(c, t[i], v[i]);
}

static inline void make_days(chart_case *c)
{
    set_texts(c, "Two weeks of downloads", "Downloads since launch",
              "made up for a test");
    add_series(c, "Kimi K2");
    for (int i = 0; i <= 14; i++)
        add_point(c, 2025.0 + (191.0 + i) / 365, i * i * 1020.0);
}

static inline void make_one_day(chart_case *c)
{
    set_texts(c, "One day", "Requests", "made up for a test");
    add_series(c, "Requests");
    add_point(c, 2025.5, 1e-9);
    add_point(c, 2025.5 + 0.4 / 365, 3e-9);
}

static inline void make_constant(chart_case *c)
{
    set_texts(c, "Nothing changes", "People", NULL);
    add_series(c, "Constant");
    for (int i = 0; i < 5; i++)
        add_point(c, 2020.5 + i, 1e15);
}

static inline void make_negative(chart_case *c)
{
    set_texts(c, "A balance below zero", "CNY", "made up for a test");
    add_series(c, "Balance");
    static const double v[] = {-3e9, -1e9, 2e9, -4.5e9, -2e9, 1e9};
    for (int i = 0; i < 6; i++)
        add_point(c, 2018.5 + i, v[i]);
}

static inline void make_wild_band(chart_case *c)
{
    set_texts(c, "A projection that hardly knows", "Tokens per day",
              "made up for a test");
    up_chart_series *series = add_series(c, "China");
    series->model = "exponential";
    series->bands = "80 and 95\xc2\xa0% bands";
    add_point(c, 2024.2, 1e11)->hollow = true;
    add_point(c, 2025.2, 1e13);
    add_point(c, 2025.5, 2e13);
    for (int i = 1; i <= 6; i++)
        add_step(c, 2025.5 + i * 0.25, 2e13 * pow(1.5, i), 0.35 * i);
}

static inline void make_early_end(chart_case *c)
{
    set_texts(c, "One series ends before the others", "People", "made up for a test");
    add_series(c, "Old network");
    for (int i = 0; i < 6; i++)
        add_point(c, 2010.5 + i, 30e6 - 2e6 * i * (i - 3));
    add_series(c, "New network");
    for (int i = 0; i < 12; i++)
        add_point(c, 2013.5 + i, 2e6 * i * i / 3);
}

static inline void make_close_log(chart_case *c)
{
    set_texts(c, "A log axis within one decade", "People", "made up for a test");
    c->chart.log_scale = true;
    add_series(c, "A");
    add_series(c, "B");
    c->series[0].points = c->points;
    c->chart.count = 1;
    for (int i = 0; i < 5; i++)
        add_point(c, 2020 + i, 249e6 * pow(1.2, i));
    c->chart.count = 2;
    c->series[1].points = c->points + c->point_count;
    for (int i = 0; i < 5; i++)
        add_point(c, 2020 + i, 200e6 * pow(1.22, i));
}

static inline void make_growth(chart_case *c)
{
    static const double v[] = {0.083, 0.115, 0.105, 0.074, 0.027,
                               0.133, 0.049, 0.046, 0.07};
    static const char *const names[] = {"2016", "2017", "2018", "2019", "2020",
                                        "2021", "2022", "2023", "2024"};
    set_texts(c, "Growth slowed after 2021", "Change on the year before, percent",
              "National Bureau of Statistics of China");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "China");
    for (int i = 0; i < 9; i++)
        add_point(c, 2016.5 + i, v[i])->label = names[i];
}

static inline void make_growth_marks(chart_case *c)
{
    set_texts(c, "Bounds, ranges and losses", "Change on the year before, percent",
              "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "Industry");
    up_chart_point *p = add_point(c, 2019.5, 1.289);
    p->has_low = p->has_high = true;
    p->low = 0.9;
    p->high = 1.7;
    p = add_point(c, 2020.5, -0.42);
    p->has_low = p->has_high = true;
    p->low = -0.6;
    p->high = -0.3;
    add_point(c, 2021.5, 0.2)->mark = UP_MARK_MORE_THAN;
    add_point(c, 2022.5, 0.31)->mark = UP_MARK_ABOUT;
    p = add_point(c, 2023.5, 0.8);
    p->mark = UP_MARK_RANGE;
    p->has_low = true;
    p->low = 0.35;
    add_point(c, 2024.5, 0.55)->hollow = true;
    add_point(c, 2025.5, 0.6)->mark = UP_MARK_LESS_THAN;
}

/* Few wide bars whose whiskers are long, at both ends of the plot. */
static inline void make_growth_whiskers(chart_case *c)
{
    set_texts(c, "Long whiskers", "Growth per year", "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "Users");
    static const double v[] = {0.31, -0.25, 0.44, 0.12};
    for (int i = 0; i < 4; i++) {
        up_chart_point *p = add_point(c, 2021.5 + i, v[i]);
        p->has_low = p->has_high = true;
        p->low = v[i] - 0.4;
        p->high = v[i] + 0.5;
    }
}

/* One bar that fills the plot and a range whose label is wide. */
static inline void make_growth_range(chart_case *c)
{
    set_texts(c, "A range at the edge", "Growth per year", "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "Users");
    for (int i = 0; i < 14; i++) {
        up_chart_point *p = add_point(c, 2011.5 + i, 0.4 + 0.1 * i);
        p->has_low = true;
        p->low = 0.2;
        p->mark = i % 13 == 0 ? UP_MARK_RANGE : UP_MARK_ABOUT;
    }
}

static inline void make_growth_groups(chart_case *c)
{
    static const char *const quarters[] = {"2023 Q1", "2023 Q2", "2023 Q3", "2023 Q4",
                                           "2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4"};
    static const char *const names[] = {"China", "India", "United States"};
    unsigned state = 11;
    set_texts(c, "Three countries, eight quarters", "Change on the quarter before",
              "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    for (int s = 0; s < 3; s++) {
        add_series(c, names[s]);
        for (int i = 0; i < 8; i++)
            add_point(c, 2023.125 + i * 0.25, pseudo(&state) * 0.09 - 0.02)->label =
                quarters[i];
    }
}

static inline void make_growth_many(chart_case *c)
{
    unsigned state = 5;
    set_texts(c, "Growth month by month since 2000", "Change on the month before",
              "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "Rate");
    for (int i = 0; i < 300; i++)
        add_point(c, 2000 + (i + 0.5) / 12, (pseudo(&state) - 0.45) * 0.1);
}

static inline void make_growth_long(chart_case *c)
{
    static const char *const names[] = {
        "end of 2024 to by May 2025",     "early 2024 to early 2025",
        "2013 to the first half of 2025", "several consecutive years up to 2024",
        "2025-07-11 to 2025-07-25",       "Q1 2024 to Q1 2025",
        "中国人工智能用户二〇二四年"};
    set_texts(c, "Growth of what was reported, as a multiple", "Fold", "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_FOLD;
    add_series(c, "fold");
    for (int i = 0; i < 7; i++)
        add_point(c, 2019.5 + i, 1.1 + i * i * 0.41)->label = names[i];
}

static inline void make_growth_one(chart_case *c)
{
    set_texts(c, "One growth rate", "Percent", "a test");
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->chart.axis = UP_AXIS_PERCENT;
    add_series(c, "AI users");
    add_point(c, 2025.4, 1.289)->label = "end of 2024 → May 2025";
}

#define HOSTILE "`touch pwned`$(touch pwned)'\"@x{/Bold y}\\ %s ''\\"

static inline void make_hostile(chart_case *c)
{
    set_texts(c, "title " HOSTILE, "subtitle " HOSTILE, "source " HOSTILE);
    c->chart.note = "note " HOSTILE;
    up_chart_series *series = add_series(c, "name " HOSTILE);
    series->model = "model " HOSTILE;
    series->bands = "bands " HOSTILE;
    add_point(c, 2020, 1);
    add_point(c, 2021, 2)->label = "label " HOSTILE;
    add_step(c, 2022, 3, 0.1);
    add_event(c, 2020.5, "event " HOSTILE);
}

static inline void make_hostile_bars(chart_case *c)
{
    make_hostile(c);
    c->chart.kind = "columns";
    c->chart.changes = true;
    c->series[0].label = "'; system('touch pwned') #";
    add_series(c, HOSTILE);
    add_point(c, 2020, 1)->label = HOSTILE;
}

/* ---- bars beside each other ---- */

static inline void add_bars(chart_case *c, size_t count, double first, double ratio)
{
    static const char *const names[] = {
        "China",  "India",      "United States", "Indonesia", "Pakistan", "Nigeria",
        "Brazil", "Bangladesh", "Russia",        "Mexico",    "Japan",    "Ethiopia",
        "Egypt",  "Vietnam",    "Iran",          "Turkey",    "Germany",  "Thailand",
        "France", "Italy",      "South Africa",  "Kenya",     "Myanmar",  "Spain"};
    c->chart.kind = "bar";
    for (size_t i = 0; i < count; i++, first *= ratio) {
        add_series(c, names[i]);
        add_point(c, 2024, first);
    }
}

static inline void make_bars(chart_case *c)
{
    set_texts(c, "Six countries hold half of the world", "2024, people", "made up");
    add_bars(c, 6, 1.41e9, 0.72);
    c->series[1].context = c->series[2].context = true;
}

static inline void make_bars_many(chart_case *c)
{
    set_texts(c, "Twenty-four bars", "2024, people", "made up");
    c->chart.note = "the 24 largest of 217";
    add_bars(c, 24, 1.41e9, 0.85);
}

static inline void make_bars_marks(chart_case *c)
{
    static const up_mark marks[] = {UP_MARK_MORE_THAN, UP_MARK_ABOUT, UP_MARK_LESS_THAN,
                                    UP_MARK_RANGE, UP_MARK_PLAIN};
    set_texts(c, "What is known of each bar", "People", "made up");
    add_bars(c, 5, 1.5e9, 0.7);
    for (size_t i = 0; i < 5; i++) {
        up_chart_point *p = &c->points[i];
        p->mark = marks[i];
        p->has_low = p->has_high = i >= 3;
        p->low = p->value * 0.4;
        p->high = p->value * 1.3;
        p->label = i == 1 ? "Q3 2024" : "29 Oct 2025";
    }
    add_series(c, "Derived");
    add_point(c, 2024, 2e8)->hollow = true;
}

static inline void make_bars_signs(chart_case *c)
{
    set_texts(c, "Some grew, some shrank", "Change on a year before", "made up");
    c->chart.axis = UP_AXIS_PERCENT;
    c->chart.changes = true;
    add_bars(c, 8, 0.31, 0.8);
    for (size_t i = 4; i < 8; i++)
        c->points[i].value = 0.09 - 0.06 * (double)i;
}

static inline void make_bars_long(chart_case *c)
{
    set_texts(c, "Names that do not fit beside the bars", "Enterprises", "made up");
    add_bars(c, 4, 800, 0.6);
    c->series[0].label = "Enterprises that show something at the World Artificial "
                         "Intelligence Conference in Shanghai";
    c->series[1].label = "中华人民共和国工业和信息化部信息通信管理局";
    c->series[2].label = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter"
                         "beamtengesellschaft";
}

/* ---- stacks ---- */

static inline void add_layers(chart_case *c, size_t layers, size_t periods, double step)
{
    static const char *const names[] = {"Coal", "Oil",   "Gas",     "Nuclear",  "Hydro",
                                        "Wind", "Solar", "Biomass", "Other (5)"};
    unsigned state = 11;
    c->chart.kind = "stack";
    for (size_t i = 0; i < layers; i++) {
        add_series(c, names[i]);
        for (size_t j = 0; j < periods; j++)
            add_point(c, 2000.5 + (double)j * step,
                      (10 - (double)i) * (1 + 0.2 * pseudo(&state)) * 1e8);
    }
    c->series[8].context = true;
}

static inline void make_stack(chart_case *c)
{
    set_texts(c, "Nine sources of energy", "Tonnes of oil equivalent", "made up");
    add_layers(c, 9, 60, 0.25);
    add_event(c, 2008.7, "A crisis");
}

static inline void make_stack_columns(chart_case *c)
{
    set_texts(c, "Five years in columns", "Tonnes of oil equivalent", "made up");
    add_layers(c, 4, 5, 1);
}

static inline void make_stack_one(chart_case *c)
{
    set_texts(c, "One period", "Tonnes of oil equivalent", "made up");
    add_layers(c, 3, 1, 1);
}

static inline void make_stack_share(chart_case *c)
{
    set_texts(c, "Shares of the total", "Share of the total", "made up");
    c->chart.axis = UP_AXIS_PERCENT;
    add_layers(c, 5, 20, 1);
    for (size_t j = 0; j < 20; j++) {
        double sum = 0;
        for (size_t i = 0; i < 5; i++)
            sum += c->points[i * 20 + j].value;
        for (size_t i = 0; i < 5; i++)
            c->points[i * 20 + j].value /= sum;
    }
}

/* ---- facets ---- */

static inline void add_panels(chart_case *c, size_t count, size_t periods)
{
    static const char *const names[] = {
        "Wholesale and retail trade", "Manufacturing", "Mining", "中国大陆",
        "Education and health",       "Government",    "Other",  "Self-employed"};
    unsigned state = 5;
    c->chart.kind = "facet";
    for (size_t i = 0; i < count; i++) {
        add_series(c, names[i % 8]);
        for (size_t j = 0; j < periods; j++)
            add_point(c, 2000.5 + (double)j,
                      (1 + (double)i) * 1e5 * (1 + 0.6 * pseudo(&state)));
    }
}

static inline void make_facet(chart_case *c)
{
    set_texts(c, "A panel an industry", "People", "made up");
    add_panels(c, 8, 20);
    add_step(c, 2020.5, 1.2e6, 0.1);
    add_step(c, 2021.5, 1.4e6, 0.2);
}

static inline void make_facet_many(chart_case *c)
{
    set_texts(c, "Twelve panels", "People", "made up");
    add_panels(c, 12, 12);
}

static inline void make_facet_free(chart_case *c)
{
    set_texts(c, "Each on an axis of its own", "People", "made up");
    c->chart.free_scale = true;
    add_panels(c, 5, 10);
    c->points[49].mark = UP_MARK_MORE_THAN;
}

static inline void make_facet_one(chart_case *c)
{
    set_texts(c, "One panel", "People", "made up");
    add_panels(c, 1, 3);
}

/* ---- sizes and scripts ---- */

static inline void make_tiny(chart_case *c)
{
    set_texts(c, "A billionth and less", "Grams", "made up");
    add_series(c, "Traces");
    for (int i = 0; i < 6; i++)
        add_point(c, 2018.5 + i, 1e-9 * (1 + 0.7 * i));
}

static inline void make_huge(chart_case *c)
{
    set_texts(c, "A quadrillion and more", "Operations per second", "made up");
    add_series(c, "Fastest machine");
    for (int i = 0; i < 6; i++)
        add_point(c, 2018.5 + i, 1e15 * (1 + 0.9 * i));
    add_series(c, "Second");
    add_point(c, 2023.5, 4.2e15)->mark = UP_MARK_ABOUT;
}

static inline void make_wide_log(chart_case *c)
{
    set_texts(c, "Twenty-four powers of ten", "Units", "made up");
    c->chart.log_scale = true;
    add_series(c, "From a billionth to a quadrillion");
    for (int i = 0; i <= 8; i++)
        add_point(c, 2000.5 + i, pow(10, -9 + 3 * i));
}

static inline void make_two(chart_case *c)
{
    set_texts(c, "Two points, a day apart", "People", "made up");
    c->chart.granularity = UP_DAY;
    add_series(c, "Visitors");
    add_point(c, 2025.5, 1200);
    add_point(c, 2025.5 + 1 / 365.0, 1350);
}

static inline void make_twelve(chart_case *c)
{
    static const char *const names[] = {"Austria", "Belgium", "Croatia", "Denmark",
                                        "Estonia", "Finland", "Germany", "Hungary",
                                        "Ireland", "Latvia",  "Malta",   "Norway"};
    unsigned state = 21;
    set_texts(c, "Twelve series with a label each", "Percent", "made up");
    for (int s = 0; s < 12; s++) {
        add_series(c, names[s]);
        for (int i = 0; i < 10; i++)
            add_point(c, 2015.5 + i, 20 + 5 * s + 8 * pseudo(&state));
    }
}

static inline void make_scripts(chart_case *c)
{
    set_texts(c, "عدد مستخدمي الذكاء الاصطناعي في الصين",
              "Пользователи, χρήστες, 사용자, 利用者", "वैश्विक समय \xe2\x80\xa2 环球时报");
    add_series(c, "الصين");
    add_point(c, 2023.5, 120e6);
    add_point(c, 2024.5, 249e6);
    add_series(c, "日本 🚀");
    add_point(c, 2023.5, 20e6);
    add_point(c, 2024.5, 44e6);
    add_event(c, 2024.1,
              "Événement №\xc2\xa0"
              "1 😀");
}

/* ---- lines with more around them ---- */

static inline void add_reference(chart_case *c, double value, const char *text)
{
    c->references[c->chart.reference_count++] = (up_chart_reference){value, text};
}

static inline void make_references(chart_case *c)
{
    make_gdp(c);
    add_reference(c, 100e12, "One hundred trillion");
    add_reference(c, 150e12, "The plan's target, which nobody has confirmed so far");
    add_reference(c, 0, "");
    add_event(c, 2020.1, "now");
}

static inline void make_highlight(chart_case *c)
{
    make_eight(c);
    for (size_t i = 0; i < 8; i++)
        c->series[i].context = i != 3 && i != 5;
}

static inline void make_crossing(chart_case *c)
{
    make_weekly(c);
    for (size_t i = 0; i < 9; i++)
        c->density[i] = exp(-0.5 * pow((double)i - 4, 2));
    c->crossing = (up_chart_crossing){
        .target = 1.1e9,
        .target_words = "1.1\xc2\xa0"
                        "B",
        .words = "Nov 2026 (median); 80\xc2\xa0%: Jul 2026 to Mar 2027",
        .has_low = true,
        .has_median = true,
        .has_high = true,
        .low = 2026.5,
        .median = 2026.9,
        .high = 2027.2,
        .end = 2027.8,
        .density = c->density,
        .density_count = 9};
    c->chart.crossing = &c->crossing;
}

static inline void make_crossing_log(chart_case *c)
{
    make_crossing(c);
    c->chart.log_scale = true;
    c->crossing.has_high = c->crossing.has_median = false;
    c->crossing.words = "Jul 2026 or later, perhaps not by Dec 2040";
}

static const chart_maker chart_makers[] = {
    {"ai-users", make_ai_users},
    {"tokens", make_tokens},
    {"industry", make_industry},
    {"waic", make_waic},
    {"weekly", make_weekly},
    {"gdp", make_gdp},
    {"three", make_three},
    {"eight", make_eight},
    {"many", make_many},
    {"long-title", make_long_title},
    {"chinese", make_chinese},
    {"zh", make_zh},
    {"ancient", make_ancient},
    {"days", make_days},
    {"one-day", make_one_day},
    {"constant", make_constant},
    {"negative", make_negative},
    {"wild-band", make_wild_band},
    {"early-end", make_early_end},
    {"close-log", make_close_log},
    {"growth", make_growth},
    {"growth-marks", make_growth_marks},
    {"growth-whiskers", make_growth_whiskers},
    {"growth-range", make_growth_range},
    {"growth-groups", make_growth_groups},
    {"growth-many", make_growth_many},
    {"growth-long", make_growth_long},
    {"growth-one", make_growth_one},
    {"bars", make_bars},
    {"bars-many", make_bars_many},
    {"bars-marks", make_bars_marks},
    {"bars-signs", make_bars_signs},
    {"bars-long", make_bars_long},
    {"stack", make_stack},
    {"stack-columns", make_stack_columns},
    {"stack-one", make_stack_one},
    {"stack-share", make_stack_share},
    {"facet", make_facet},
    {"facet-many", make_facet_many},
    {"facet-free", make_facet_free},
    {"facet-one", make_facet_one},
    {"tiny", make_tiny},
    {"huge", make_huge},
    {"wide-log", make_wide_log},
    {"two", make_two},
    {"twelve", make_twelve},
    {"scripts", make_scripts},
    {"references", make_references},
    {"highlight", make_highlight},
    {"crossing", make_crossing},
    {"crossing-log", make_crossing_log},
    {"hostile", make_hostile},
    {"hostile-bars", make_hostile_bars},
};
enum { CHART_CASES = sizeof chart_makers / sizeof chart_makers[0] };

/* Fills c with case i; the texts and arrays live as long as c. */
static inline void make_case(size_t i, chart_case *c)
{
    memset(c, 0, sizeof *c);
    up_chart_init(&c->chart);
    c->chart.series = c->series;
    c->chart.events = c->events;
    c->chart.references = c->references;
    chart_makers[i].make(c);
}

#endif
