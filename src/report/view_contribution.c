/* The view of contributions to a total's growth. */
#include "uptick/human.h"
#include "uptick/view.h"

enum { FROM, TO, SERIES, GROWTH, VALUE, LOW, HIGH, KIND, ABOUT, STRICT, COLUMNS };
static const up_table_column columns[COLUMNS] = {
    [FROM] = {"base_period", "From", UP_COLUMN_WRAP},
    [TO] = {"period", "To", UP_COLUMN_WRAP},
    [SERIES] = {"series", "Series", UP_COLUMN_WRAP},
    [GROWTH] = {"growth", "Own growth", UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [VALUE] = {"contribution", "Adds to the total's", UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [LOW] = {"low", NULL, UP_COLUMN_MACHINE},
    [HIGH] = {"high", NULL, UP_COLUMN_MACHINE},
    [KIND] = {"kind", NULL, UP_COLUMN_MACHINE},
    [ABOUT] = {"about", NULL, UP_COLUMN_MACHINE},
    [STRICT] = {"strict", NULL, UP_COLUMN_MACHINE}};

/* Changes of what is shown in percent are counted in points. */
static const up_metric in_points = {
    .unit = (char[]){""}, .short_unit = (char[]){""}, .display = (char[]){"percent"}};

/* The value, or what is known of it in words only. */
static void set_value(up_table *table, size_t column, const up_growth_value *v,
                      up_transform transform)
{
    up_buffer words = {0};
    up_words_growth(v, transform, &in_points, &words);
    const char *text = up_table_words(table, &words);
    if (v->refused == NULL && v->estimate.has_value)
        up_table_double(table, column, v->estimate.value, text);
    else
        up_table_text_as(table, column, "", text);
    up_buffer_release(&words);
}

static void add_row(const up_contribution *c, up_table *table)
{
    const up_growth_value *v = &c->contribution;
    up_table_row(table);
    up_table_period(table, FROM, &c->from);
    up_table_period(table, TO, &c->to);
    up_table_text(table, SERIES, c->series != NULL ? c->series->key : "total");
    set_value(table, GROWTH, &c->growth, UP_PCH);
    set_value(table, VALUE, v, c->series != NULL ? UP_CHG : UP_PCH);
    if (v->refused != NULL) {
        up_table_note(table, v->refused);
        return;
    }
    if (v->estimate.has_low)
        up_table_double(table, LOW, v->estimate.low, NULL);
    if (v->estimate.has_high)
        up_table_double(table, HIGH, v->estimate.high, NULL);
    up_table_text(table, KIND, up_bound_kind_name(up_estimate_kind(&v->estimate)));
    if (v->estimate.about)
        up_table_text(table, ABOUT, "about");
    if (up_estimate_strict_ends(&v->estimate) != NULL)
        up_table_text(table, STRICT, up_estimate_strict_ends(&v->estimate));
}

up_status up_view_contributions(const up_contribution_list *list, up_table *table,
                                up_error *err)
{
    up_status status = up_table_init(table, "contributions", columns, COLUMNS, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++)
        add_row(&list->items[i], table);
    if (status != UP_OK)
        return status;
    up_table_note(
        table, "total: the sum of the series shown; their points add up to its growth");
    if (list->left_out > 0)
        up_table_note(table, "periods that not all series have are left out");
    return UP_OK;
}
