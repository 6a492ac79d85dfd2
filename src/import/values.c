/* What a cell of figures says, in the metric's base units. */
#include <stdio.h>
#include <string.h>

#include "import/run.h"

/* "-12.50": as the store holds it, without a leading zero or point and of modest length. */
bool run_is_plain_number(const char *text)
{
    const char *at = text + (text[0] == '-');
    size_t whole = strspn(at, "0123456789");
    if (whole == 0 || whole > 20 || (at[0] == '0' && whole > 1))
        return false;
    const char *rest = at + whole;
    if (rest[0] == '\0')
        return text[0] != '-' || at[0] != '0';
    size_t part = rest[0] == '.' ? strspn(rest + 1, "0123456789") : 0;
    return part > 0 && part <= 15 && rest[1 + part] == '\0' && text[0] != '-';
}

static up_status write_scaled(up_decimal value, int power, char out[UP_DECIMAL_SIZE],
                              up_error *err)
{
    up_status status = power != 0 ? up_decimal_scale(value, power, &value, err) : UP_OK;
    if (status == UP_OK)
        up_decimal_format(value, out);
    return status;
}

static up_status read_entry(run *r, const plan_column *c, const char *text, size_t metric,
                            run_figure *figure, up_error *err)
{
    up_entry *e = &figure->entry;
    int power = 0;
    up_status status = up_entry_read(text, &c->style, e, err);
    if (status == UP_OK && e->kind == UP_ENTRY_TEXT)
        status = up_error_set(err, UP_BAD_DATA, "'%.80s' is not a number", text);
    if (status != UP_OK)
        return status;
    figure->is_missing = e->kind == UP_ENTRY_MISSING;
    if (figure->is_missing)
        return UP_OK;
    status = run_settle_unit(r, metric, e, &power, err);
    if (status == UP_OK && e->has_value)
        status = write_scaled(e->value, power, figure->text, err);
    if (status == UP_OK && e->has_low)
        status = write_scaled(e->low, power, figure->low, err);
    if (status == UP_OK && e->has_high)
        status = write_scaled(e->high, power, figure->high, err);
    figure->is_plain = e->qualifier == UP_EXACTLY && e->status == 0 &&
                       e->mark[0] == '\0' && !e->has_low && !e->has_high && power == 0;
    return status;
}

up_status run_read_figure(run *r, size_t column, size_t metric, run_figure *figure,
                          up_error *err)
{
    const plan_column *c = &r->plan->columns[column];
    const char *text = up_frame_cell(r->frame, r->row, column);
    *figure = (run_figure){.is_plain = true, .is_missing = text[0] == '\0'};
    if (figure->is_missing)
        return UP_OK;
    int power = 0;
    if ((c->style.decimal == '.' || c->style.decimal == '\0') &&
        c->style.missing == NULL && r->row_unit == NULL && run_is_plain_number(text)) {
        static const up_entry nothing = {0};
        up_status status = run_settle_unit(r, metric, &nothing, &power, err);
        if (status != UP_OK || power == 0) {
            strcpy(figure->text, text);
            return status;
        }
    }
    return read_entry(r, c, text, metric, figure, err);
}
