/* Which column is what: by metadata, by the words of its header, by its texts. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"

const up_import_role_info up_import_roles[UP_IMPORT_ROLES] = {
    [UP_IMPORT_NONE] = {"", "not understood", false, false},
    [UP_IMPORT_IGNORED] = {"ignore", "left out", true, false},
    [UP_IMPORT_METRIC] = {"metric", "names the metric", true, true},
    [UP_IMPORT_ENTITY] = {"entity", "the entity", true, true},
    [UP_IMPORT_CODE] = {"code", "the entity's code", true, false},
    [UP_IMPORT_PERIOD] = {"period", "the period", true, true},
    [UP_IMPORT_VALUE] = {"value", "figures", true, false},
    [UP_IMPORT_QUALIFIER] = {"qualifier", "the qualifier", true, true},
    [UP_IMPORT_LOW] = {"low", "the lower end", true, false},
    [UP_IMPORT_HIGH] = {"high", "the upper end", true, false},
    [UP_IMPORT_STATED] = {"stated", "the figure as stated", true, false},
    [UP_IMPORT_STATUS] = {"status", "the status", true, true},
    [UP_IMPORT_REPORTED] = {"reported", "the day of report", true, true},
    [UP_IMPORT_SOURCE] = {"source", "the source", true, true},
    [UP_IMPORT_QUOTE] = {"quote", "the words quoted", true, false},
    [UP_IMPORT_NOTE] = {"note", "a note", true, true},
    [UP_IMPORT_UNIT] = {"unit-column", "the unit", true, false},
    [UP_IMPORT_MULTIPLIER] = {"multiplier", "a power of ten to multiply by", true, true},
    [UP_IMPORT_ACTION] = {"action", "the action of the row", true, false},
};

/* Words of headers: letters and digits alone, in lower case; blanks between alternatives. */
static const struct {
    up_import_role role;
    import_part part;
    const char *words;
} headers[] = {
    {UP_IMPORT_PERIOD, PART_WHOLE,
     " date time period timeperiod datetime timestamp observationdate obsdate refdate "
     "referenceperiod zeit zeitmez datum fecha periodo fiscalyear fecha data hour week "
     "日期 时间 期间 时期 统计时间 "},
    {UP_IMPORT_PERIOD, PART_YEAR,
     " year yyyy yr jahr annee année año ano anno 年 年份 年度 "},
    {UP_IMPORT_PERIOD, PART_HALF, " half semester halfyear "},
    {UP_IMPORT_PERIOD, PART_QUARTER, " quarter qtr quartal trimestre 季度 "},
    {UP_IMPORT_PERIOD, PART_MONTH, " month mm mon monat mois mes 月 月份 "},
    {UP_IMPORT_PERIOD, PART_DAY, " day dd tag jour dia 日 "},
    {UP_IMPORT_ENTITY, PART_WHOLE,
     " entity entities country countryname countries economy geo geography refarea area "
     "areaname region territory state province city location place company firm "
     "organization organisation institution industry sector land bundesland pays país "
     "pais "
     "国家 地区 省份 城市 公司 行业 "},
    {UP_IMPORT_CODE, PART_WHOLE,
     " code countrycode entitycode iso3 iso2 isocode iso iso3code isoalpha3 iso3166 "
     "areacode regioncode geocode statecode lei ticker 代码 "},
    {UP_IMPORT_METRIC, PART_WHOLE,
     " metric indicator indicatorname variable measure series seriesname statistic 指标 "
     "项目 "},
    {UP_IMPORT_VALUE, PART_WHOLE,
     " value values obsvalue figure amount observation wert valeur valor "
     "数值 值 "},
    {UP_IMPORT_STATUS, PART_WHOLE,
     " status obsstatus obsflag flag flags observationstatus statuscode "},
    {UP_IMPORT_REPORTED, PART_WHOLE,
     " reported reportdate reportedon published publicationdate publishdate publishedon "
     "vintage vintagedate asof releasedate released lastupdate lastupdated realtimestart "
     "发布日期 发布时间 "},
    {UP_IMPORT_SOURCE, PART_WHOLE,
     " source sources source1 sourceurl url link reference citation sourcelink 来源 "
     "数据来源 "},
    {UP_IMPORT_QUOTE, PART_WHOLE, " quote quotation words "},
    {UP_IMPORT_NOTE, PART_WHOLE,
     " note notes comment comments remark remarks footnote footnotes 备注 注释 "},
    {UP_IMPORT_UNIT, PART_WHOLE, " unit units unitmeasure unitofmeasure 单位 "},
    {UP_IMPORT_MULTIPLIER, PART_WHOLE, " unitmult unitmultiplier scalar "},
    {UP_IMPORT_QUALIFIER, PART_WHOLE, " qualifier "},
    {UP_IMPORT_LOW, PART_WHOLE, " low lower lowerbound lowerci minimum "},
    {UP_IMPORT_HIGH, PART_WHOLE, " high upper upperbound upperci maximum "},
    {UP_IMPORT_STATED, PART_WHOLE, " stated asstated "},
};

/* "Country Name" → "countryname"; letters of other scripts stay. */
static void squeeze(const char *header, char *out, size_t size)
{
    size_t length = 0;
    for (const char *at = header; *at != '\0' && length + 1 < size; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x80 || isalnum(c))
            out[length++] = (char)tolower(c);
    }
    out[length] = '\0';
}

up_import_role up_role_of_header(const char *header, import_part *part)
{
    char words[72] = " ";
    squeeze(header, words + 1, sizeof words - 2);
    *part = PART_WHOLE;
    if (words[1] == '\0')
        return UP_IMPORT_NONE;
    strcat(words, " ");
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (strstr(headers[i].words, words) != NULL) {
            *part = headers[i].part;
            return headers[i].role;
        }
    return UP_IMPORT_NONE;
}

const char *up_plan_header(const import_plan *plan, size_t column)
{
    return plan->frame->dialect.headers > 0 ? up_frame_header(plan->frame, 0, column)
                                            : "";
}

size_t up_plan_next(const import_plan *plan, up_import_role role, size_t from)
{
    for (size_t i = from; i < plan->count; i++)
        if (plan->columns[i].role == role)
            return i;
    return SIZE_MAX;
}

size_t up_plan_count(const import_plan *plan, up_import_role role)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += plan->columns[i].role == role;
    return count;
}

void up_plan_set(import_plan *plan, size_t column, up_import_role role, const char *why)
{
    plan->columns[column].role = role;
    plan->columns[column].why = why;
}

/* --- What the texts are ------------------------------------------------------------------- */

enum { SAMPLE = 400 };

/* A number by either decimal mark. */
static up_entry_kind kind_of(const plan_column *c, const char *text)
{
    static const char marks[] = {'.', ','};
    up_entry_kind kind = UP_ENTRY_TEXT;
    for (size_t i = 0; i < sizeof marks && kind == UP_ENTRY_TEXT; i++) {
        up_entry_style style = {.decimal = marks[i],
                                .grouping = marks[1 - i],
                                .missing = c->style.missing,
                                .only_missing = c->style.only_missing};
        up_entry entry;
        if (up_entry_read(text, &style, &entry, NULL) == UP_OK)
            kind = entry.kind;
    }
    return kind;
}

static bool is_recent_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
           strcmp(text, "1500") >= 0 && strcmp(text, "2200") < 0;
}

static void sample_column(const import_plan *plan, plan_column *c, size_t column)
{
    const up_frame_column *f = &plan->frame->column[column];
    size_t step = f->count > SAMPLE ? f->count / SAMPLE : 1;
    bool first_is_blank =
        f->count > 0 && up_frame_text(plan->frame, column, 0)[0] == '\0';
    c->varies = f->count > (first_is_blank ? 2u : 1u);
    for (size_t id = 0; id < f->count; id += step) {
        const char *text = up_frame_text(plan->frame, column, (uint32_t)id);
        if (text[0] == '\0')
            continue;
        up_entry_kind kind = kind_of(c, text);
        c->sampled++;
        c->numbers += kind == UP_ENTRY_NUMBER;
        c->missing += kind == UP_ENTRY_MISSING;
        c->words += kind == UP_ENTRY_TEXT;
        c->years += is_recent_year(text);
        if (kind != UP_ENTRY_MISSING)
            c->dates += up_dates_count(&text, 1);
    }
}

void up_plan_sample(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        sample_column(plan, &plan->columns[i], i);
}

/* A slip must not turn a column of figures into one of names: it is a bad row. */
static bool is_numeric(const plan_column *c)
{
    return c->numbers > c->words;
}

static bool is_words(const plan_column *c)
{
    return c->words > 0 && !is_numeric(c);
}

/* Years are numbers too: more than digits must tell, or the header. */
static bool holds_dates(const plan_column *c)
{
    return c->dates > 0 && (c->sampled - c->missing - c->dates) * 10 <= c->dates;
}

/* A column that is called so may hold more slips. */
static bool may_hold_dates(const plan_column *c)
{
    return c->dates * 2 >= c->sampled - c->missing && c->dates > 0;
}

static bool is_blank(const plan_column *c)
{
    return c->sampled == c->missing;
}

/* --- Deciding ------------------------------------------------------------------------------ */

static void by_metadata(import_plan *plan)
{
    static const up_import_role roles[] = {[UP_ROLE_UNSTATED] = UP_IMPORT_NONE,
                                           [UP_ROLE_PERIOD] = UP_IMPORT_PERIOD,
                                           [UP_ROLE_MEASURE] = UP_IMPORT_VALUE,
                                           [UP_ROLE_STATUS] = UP_IMPORT_STATUS,
                                           [UP_ROLE_REMARK] = UP_IMPORT_NOTE};
    static const import_part parts[] = {PART_YEAR, PART_MONTH, PART_DAY};
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        const up_metadata_column *m = c->metadata;
        if (m == NULL || c->role != UP_IMPORT_NONE || roles[m->role] == UP_IMPORT_NONE)
            continue;
        up_plan_set(plan, i, roles[m->role], "by the metadata");
        size_t index = (size_t)(m - plan->table->columns);
        for (size_t p = 0; p < plan->table->period_count; p++)
            if (plan->table->period[p] == index && plan->table->period_count > 1)
                c->part = parts[p];
        for (size_t v = 0; v < plan->count; v++)
            if (m->status_of != UP_METADATA_ROW && plan->columns[v].metadata != NULL &&
                plan->columns[v].metadata == &plan->table->columns[m->status_of])
                c->of = v;
    }
}

/* What a header's words say must fit its texts: a column `Time` of numbers like 12.5 is none
 * of dates, one called `Series` of numbers names nothing. */
static bool texts_fit(const plan_column *c, up_import_role role, import_part part)
{
    switch (role) {
    case UP_IMPORT_PERIOD:
        return part != PART_WHOLE && part != PART_YEAR ? is_numeric(c) || c->words > 0
                                                       : may_hold_dates(c);
    case UP_IMPORT_REPORTED:
        return may_hold_dates(c);
    case UP_IMPORT_VALUE:
    case UP_IMPORT_LOW:
    case UP_IMPORT_HIGH:
    case UP_IMPORT_MULTIPLIER:
        return is_numeric(c);
    case UP_IMPORT_METRIC:
    case UP_IMPORT_ENTITY:
    case UP_IMPORT_UNIT:
        return c->words > 0 || !is_numeric(c);
    default:
        return true;
    }
}

static void by_header(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        import_part part;
        up_import_role role = up_role_of_header(up_plan_header(plan, i), &part);
        if (c->role != UP_IMPORT_NONE || role == UP_IMPORT_NONE ||
            !texts_fit(c, role, part))
            continue;
        /* the figures of a single measure are of whatever the file is about */
        if ((role == UP_IMPORT_PERIOD && plan->constants[UP_IMPORT_PERIOD] != NULL) ||
            (role == UP_IMPORT_ENTITY && plan->constants[UP_IMPORT_ENTITY] != NULL))
            continue;
        c->part = part;
        up_plan_set(plan, i, role, "by its header");
    }
}

/* `on` a day, `about` a period: only as a pair. */
static void by_pairs(import_plan *plan)
{
    static const char *const pairs[][2] = {{"on", "about"}, {"on", "for"}};
    for (size_t p = 0; p < sizeof pairs / sizeof pairs[0]; p++) {
        size_t day = up_plan_find(plan, pairs[p][0]);
        size_t period = up_plan_find(plan, pairs[p][1]);
        if (day == SIZE_MAX || period == SIZE_MAX ||
            plan->columns[day].role != UP_IMPORT_NONE ||
            plan->columns[period].role != UP_IMPORT_NONE ||
            !holds_dates(&plan->columns[day]) || !holds_dates(&plan->columns[period]))
            continue;
        up_plan_set(plan, day, UP_IMPORT_REPORTED, "by the pair of headers");
        up_plan_set(plan, period, UP_IMPORT_PERIOD, "by the pair of headers");
    }
}

/* Whether most of its texts are months, or quarters, by name. */
static bool names_parts(const import_plan *plan, size_t column, import_part part)
{
    const up_frame_column *f = &plan->frame->column[column];
    size_t texts = 0, parts = 0;
    char out[16];
    for (uint32_t id = 0; id < f->count && id <= 24; id++) {
        const char *text = up_frame_text(plan->frame, column, id);
        bool word = text[0] != '\0' && !isdigit((unsigned char)text[0]);
        texts += text[0] != '\0';
        parts += word && up_plan_write_part(part, text, out, NULL) == UP_OK;
    }
    return parts > 1 && parts * 2 > texts;
}

/* Years in the header: a column of months or quarters says the rest of the period. */
static void find_row_part(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].has_period &&
            (plan->columns[i].period.granularity != UP_YEAR ||
             plan->columns[i].period.shape != UP_PLAIN))
            return;
    for (size_t i = 0; i < plan->count && plan->row_part == SIZE_MAX; i++) {
        plan_column *c = &plan->columns[i];
        bool month = c->role == UP_IMPORT_NONE && names_parts(plan, i, PART_MONTH);
        bool quarter = c->role == UP_IMPORT_NONE && names_parts(plan, i, PART_QUARTER);
        if (month || quarter) {
            up_plan_set(plan, i, UP_IMPORT_PERIOD, "its texts are parts of a year");
            c->part = month ? PART_MONTH : PART_QUARTER;
        }
        if (c->role == UP_IMPORT_PERIOD && c->part > PART_YEAR)
            plan->row_part = i;
    }
}

/* A year with a month, quarter or half beside it is one period; without a year it is none. */
static void join_parts(import_plan *plan)
{
    size_t years = plan->row_part != SIZE_MAX, wholes = 0, parts = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_PERIOD)
            continue;
        years += c->part == PART_YEAR;
        wholes += c->part == PART_WHOLE;
        parts += c->part > PART_YEAR;
    }
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_PERIOD)
            continue;
        if (c->part == PART_YEAR && (parts == 0 || wholes > 0))
            c->part = PART_WHOLE;
        else if (c->part > PART_YEAR && (years == 0 || wholes > 0)) {
            bool whole = years == 0 && wholes == 0 && holds_dates(c);
            c->part = PART_WHOLE;
            if (!whole)
                c->role = UP_IMPORT_NONE;
        }
    }
}

/* Where no header told: the one column that holds dates. */
static void find_dates(import_plan *plan)
{
    if (up_plan_count(plan, UP_IMPORT_PERIOD) > 0 ||
        plan->constants[UP_IMPORT_PERIOD] != NULL)
        return;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE || !holds_dates(c) ||
            (is_numeric(c) && c->numbers == c->dates && (i > 0 || c->years == 0)))
            continue;
        if (found != SIZE_MAX && is_numeric(c))
            continue;
        if (found != SIZE_MAX)
            return; /* two: check_periods tells */
        found = i;
    }
    if (found != SIZE_MAX)
        up_plan_set(plan, found, UP_IMPORT_PERIOD, "it holds dates");
}

/* Whether `b` has one text for each text of `a`: a code, a note of the entity. */
static up_status follows(const import_plan *plan, size_t a, size_t b, bool *does,
                         up_error *err)
{
    const up_frame *f = plan->frame;
    uint32_t *seen = NULL;
    up_status status = up_alloc(f->column[a].count, sizeof *seen, &seen, err);
    *does = status == UP_OK;
    for (size_t row = 0; row < f->rows && *does; row++) {
        uint32_t *slot = &seen[up_frame_id(f, row, a)];
        uint32_t id = up_frame_id(f, row, b) + 1;
        *does = *slot == 0 || *slot == id;
        *slot = id;
    }
    free(seen);
    return status;
}

static bool ends_like_a_code(const char *header)
{
    static const char *const endings[] = {"ID",    "Id",    "_id",  "Code",
                                          "_code", " code", "-code"};
    size_t length = strlen(header);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t tail = strlen(endings[i]);
        if (length > tail && strcmp(header + length - tail, endings[i]) == 0)
            return true;
    }
    return false;
}

/* A number that names its entity once more is no figure. */
static up_status drop_codes(import_plan *plan, up_error *err)
{
    size_t entity = up_plan_next(plan, UP_IMPORT_ENTITY, 0);
    up_status status = UP_OK;
    for (size_t i = 0; i < plan->count && entity != SIZE_MAX && status == UP_OK; i++) {
        bool there = false, back = false;
        if (plan->columns[i].role != UP_IMPORT_NONE ||
            !ends_like_a_code(up_plan_header(plan, i)))
            continue;
        status = follows(plan, entity, i, &there, err);
        if (status == UP_OK)
            status = follows(plan, i, entity, &back, err);
        if (status == UP_OK && there && back)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it numbers the entities");
    }
    return status;
}

static void take_numbers(import_plan *plan)
{
    bool given = up_plan_count(plan, UP_IMPORT_VALUE) > 0;
    for (size_t i = 0; i < plan->count && !given; i++)
        if (plan->columns[i].role == UP_IMPORT_NONE && is_numeric(&plan->columns[i]))
            up_plan_set(plan, i, UP_IMPORT_VALUE, "its texts are numbers");
}

/* A single column of figures that is called "value" names no metric. */
static void find_nameless(import_plan *plan)
{
    import_part part;
    size_t value = up_plan_next(plan, UP_IMPORT_VALUE, 0);
    if (value != SIZE_MAX && up_plan_next(plan, UP_IMPORT_VALUE, value + 1) == SIZE_MAX &&
        up_role_of_header(up_plan_header(plan, value), &part) == UP_IMPORT_VALUE)
        plan->columns[value].is_nameless = true;
}

/* --- Words that are left ------------------------------------------------------------------- */

static void leave_out_the_rest(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE)
            continue;
        if (is_blank(c))
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it is empty");
        else if (!c->varies)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it says the same in every row");
    }
}

/* A column whose text follows from the entity (or the metric) needs no place in a key. */
static up_status leave_out_followers(import_plan *plan, up_error *err)
{
    static const up_import_role leaders[] = {UP_IMPORT_ENTITY, UP_IMPORT_METRIC,
                                             UP_IMPORT_CODE};
    up_status status = UP_OK;
    for (size_t i = 0; i < plan->count && status == UP_OK; i++)
        for (size_t r = 0; r < 3 && status == UP_OK; r++) {
            size_t leader = up_plan_next(plan, leaders[r], 0);
            bool does = false;
            if (plan->columns[i].role != UP_IMPORT_NONE || leader == SIZE_MAX)
                continue;
            status = follows(plan, leader, i, &does, err);
            if (does)
                up_plan_set(plan, i, UP_IMPORT_IGNORED,
                            leaders[r] == UP_IMPORT_METRIC
                                ? "it follows from the metric"
                                : "it follows from the entity");
        }
    return status;
}

/* The one column of words that is left names the entity. */
static void take_last_words(import_plan *plan)
{
    size_t left = up_plan_next(plan, UP_IMPORT_NONE, 0);
    if (left == SIZE_MAX || up_plan_next(plan, UP_IMPORT_NONE, left + 1) != SIZE_MAX ||
        up_plan_count(plan, UP_IMPORT_ENTITY) > 0 ||
        plan->constants[UP_IMPORT_ENTITY] != NULL || !is_words(&plan->columns[left]))
        return;
    up_plan_set(plan, left, UP_IMPORT_ENTITY, "the one column of words that varies");
}

static up_status refuse_leftover(const import_plan *plan, size_t column, up_error *err)
{
    const up_frame *f = plan->frame;
    const char *examples[2] = {"", ""};
    size_t shown = 0;
    for (uint32_t id = 0; id < f->column[column].count && shown < 2; id++) {
        const char *text = up_frame_text(f, column, id);
        if (text[0] != '\0')
            examples[shown++] = text;
    }
    return up_error_at(
        err, UP_BAD_DATA, plan->request->source, f->header_line,
        "the column '%s' varies ('%.40s', '%.40s') and is in no key: say what "
        "it is (--entity, --metric, --note … or --ignore '%s')",
        up_plan_header(plan, column), examples[0], examples[1],
        up_plan_header(plan, column));
}

/* Two dates in every row: which is the period is not for us to say. */
static up_status check_periods(const import_plan *plan, up_error *err)
{
    size_t wholes = 0, parts = 0;
    const char *names[2] = {"", ""};
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        bool dated = c->role == UP_IMPORT_PERIOD && c->part == PART_WHOLE;
        bool undecided = c->role == UP_IMPORT_NONE && holds_dates(c) && !is_numeric(c);
        if (dated || undecided) {
            if (wholes < 2)
                names[wholes] = up_plan_header(plan, i);
            wholes++;
        }
        parts += c->role == UP_IMPORT_PERIOD && c->part != PART_WHOLE;
    }
    if (wholes > 1)
        return up_error_at(err, UP_BAD_DATA, plan->request->source,
                           plan->frame->header_line,
                           "the columns '%s' and '%s' both hold dates: say which is the "
                           "period (--period '%s') and what the other is (--reported, "
                           "--ignore)",
                           names[0], names[1], names[0]);
    if (wholes + parts == 0 && plan->constants[UP_IMPORT_PERIOD] == NULL)
        return up_error_at(
            err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
            "no column holds dates and no header is one: say where the "
            "period is (--period COLUMN, or --period PERIOD for all rows)");
    return UP_OK;
}

/* Where headers are periods, no column may say another, and none may be without one. */
static up_status check_wide(const import_plan *plan, up_error *err)
{
    size_t first = SIZE_MAX;
    const char *source = plan->request->source;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        const char *header = up_plan_header(plan, i);
        if (c->has_period && first == SIZE_MAX)
            first = i;
        if (c->role == UP_IMPORT_PERIOD && i != plan->row_part)
            return up_error_at(
                err, UP_BAD_DATA, source, plan->frame->header_line,
                "the column '%s' and the other headers both say when: "
                "leave it out (--ignore '%s') or say that it is the period "
                "(--period '%s')",
                header, header, header);
        if (first != SIZE_MAX && c->role == UP_IMPORT_NONE && header[0] == '\0' &&
            is_numeric(c))
            return up_error_at(
                err, UP_BAD_DATA, source, plan->frame->header_line,
                "column %zu holds figures, but its header is blank (wanted "
                "a period; --ignore '#%zu' leaves it out)",
                plan->frame->column[i].origin + 1, plan->frame->column[i].origin + 1);
    }
    return UP_OK;
}

/* --- Columns of one name ------------------------------------------------------------------ */

typedef struct named_column {
    const char *header;
    size_t column;
} named_column;

static int by_name(const void *a, const void *b)
{
    const named_column *x = a, *y = b;
    int order = strcmp(x->header, y->header);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

/* Two columns of figures of one name would be two figures of one metric and period. */
static up_status check_names(const import_plan *plan, up_error *err)
{
    named_column *named = NULL;
    size_t count = 0, pair = 0;
    up_status status = up_alloc(plan->count, sizeof *named, &named, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == UP_IMPORT_VALUE &&
            up_plan_header(plan, i)[0] != '\0')
            named[count++] = (named_column){up_plan_header(plan, i), i};
    if (count > 1)
        qsort(named, count, sizeof *named, by_name);
    for (size_t i = 1; i < count && pair == 0; i++)
        pair = strcmp(named[i - 1].header, named[i].header) == 0 ? i : 0;
    if (pair > 0) {
        size_t a = plan->frame->column[named[pair - 1].column].origin + 1;
        size_t b = plan->frame->column[named[pair].column].origin + 1;
        status =
            up_error_at(err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                        "the columns %zu and %zu hold figures and are both named "
                        "'%.60s': leave one out (--ignore '#%zu') or name the "
                        "figures (--value '#%zu')",
                        a, b, named[pair].header, b, a);
    }
    free(named);
    return status;
}

/* A range in columns of its own is that of one column of figures. */
static up_status check_ranges(const import_plan *plan, up_error *err)
{
    static const up_import_role roles[] = {UP_IMPORT_LOW, UP_IMPORT_HIGH,
                                           UP_IMPORT_STATED, UP_IMPORT_QUALIFIER};
    size_t value = up_plan_next(plan, UP_IMPORT_VALUE, 0);
    size_t other =
        value != SIZE_MAX ? up_plan_next(plan, UP_IMPORT_VALUE, value + 1) : SIZE_MAX;
    for (size_t i = 0; i < 4 && other != SIZE_MAX; i++) {
        size_t column = up_plan_next(plan, roles[i], 0);
        if (column != SIZE_MAX && plan->columns[column].of == SIZE_MAX)
            return up_error_at(
                err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                "the column '%s' (%s) may be about '%s' or '%s': say which "
                "are the figures (--value), or --ignore '%s'",
                up_plan_header(plan, column), up_import_roles[roles[i]].meaning,
                up_plan_header(plan, value), up_plan_header(plan, other),
                up_plan_header(plan, column));
    }
    return UP_OK;
}

static up_status check_leftovers(import_plan *plan, up_error *err)
{
    size_t column = up_plan_next(plan, UP_IMPORT_NONE, 0);
    return column == SIZE_MAX ? UP_OK : refuse_leftover(plan, column, err);
}

static bool has_header_periods(const import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].has_period)
            return true;
    return false;
}

/* "Active users time period" says more of the column "Active users", and of no other. */
static void bind_to_values(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if ((c->role != UP_IMPORT_METRIC && c->role != UP_IMPORT_STATUS) ||
            c->of != SIZE_MAX)
            continue;
        const char *header = up_plan_header(plan, i);
        for (size_t v = up_plan_next(plan, UP_IMPORT_VALUE, 0); v != SIZE_MAX;
             v = up_plan_next(plan, UP_IMPORT_VALUE, v + 1)) {
            const char *value = up_plan_header(plan, v);
            size_t length = strlen(value);
            if (length > 0 && strncmp(header, value, length) == 0 &&
                header[length] != '\0' && !isalnum((unsigned char)header[length]))
                c->of = v;
        }
    }
}

up_status up_plan_find_roles(import_plan *plan, up_error *err)
{
    bool wide = has_header_periods(plan);
    by_metadata(plan);
    by_pairs(plan);
    by_header(plan);
    if (wide)
        find_row_part(plan);
    join_parts(plan);
    if (!wide)
        find_dates(plan);
    up_status status = wide ? check_wide(plan, err) : check_periods(plan, err);
    if (status == UP_OK)
        status = drop_codes(plan, err);
    if (status != UP_OK)
        return status;
    take_numbers(plan);
    find_nameless(plan);
    bind_to_values(plan);
    leave_out_the_rest(plan);
    status = leave_out_followers(plan, err);
    if (status == UP_OK)
        take_last_words(plan);
    if (status == UP_OK)
        status = leave_out_followers(plan, err);
    if (status == UP_OK)
        status = check_leftovers(plan, err);
    if (status == UP_OK)
        status = check_names(plan, err);
    if (status == UP_OK)
        status = check_ranges(plan, err);
    if (status == UP_OK && up_plan_count(plan, UP_IMPORT_VALUE) == 0)
        status = up_error_at(
            err, UP_TOO_LITTLE_DATA, plan->request->source, plan->frame->header_line,
            "no column of figures: nothing to import (--value COLUMN says "
            "which it is)");
    return status;
}
