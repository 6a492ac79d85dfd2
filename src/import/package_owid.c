/* What Our World in Data adds to the fields of a package. */
#include <stdio.h>
#include <string.h>

#include "text/json_file.h"
#include "import/package.h"
#include "text/words.h"
#include "uptick/number.h"

/* Days are counted from here when zeroDay is not stated. */
static const up_date owid_zero_day = {2020, 1, 21};

/* The settings are an object, or JSON in a text. *own is a reference to release. */
static const json_t *owid_settings(json_reading *r, const json_t *field,
                                   const char *where, json_t **own)
{
    const json_t *value = json_object_get(field, "owidDisplaySettings");
    *own = NULL;
    if (value == NULL || json_is_null(value) || json_is_object(value))
        return json_is_object(value) ? value : NULL;
    const char *text = json_string_value(value);
    if (text != NULL && text[0] == '\0')
        return NULL;
    up_error reason = {0};
    if (text == NULL) {
        up_reading_remark_type(r, where, "owidDisplaySettings", value, "an object");
    } else if (up_json_parse(text, strlen(text), "", own, &reason) != UP_OK ||
               !json_is_object(*own)) {
        up_remarks_add(r->remarks, UP_WARNING, r->source, 0,
                       "%s.owidDisplaySettings is not an object and is not used%s%s",
                       where, reason.message[0] != '\0' ? ": " : "", reason.message);
        json_decref(*own);
        *own = NULL;
    }
    return *own;
}

static bool read_zero_day(const char *text, int64_t *day)
{
    moment_pattern iso;
    moment when;
    up_moment_pattern_iso(HAS_YEAR | HAS_MONTH | HAS_DAY, &iso);
    if (up_moment_read(&iso, text, &when) != NULL)
        return false;
    *day = up_date_to_days((up_date){when.year, when.month, when.day});
    return true;
}

static void take_day_count(json_reading *r, const json_t *settings, const char *where,
                           day_count *days)
{
    int64_t zero = up_date_to_days(owid_zero_day);
    if (!up_reading_flag(r, settings, where, "yearIsDay", false))
        return;
    const char *text = up_reading_text(r, settings, where, "zeroDay");
    if (text == NULL)
        up_remarks_add(r->remarks, UP_NOTE, r->source, 0,
                       "%s: years are days, but zeroDay is missing (2020-01-21 is taken)",
                       where);
    else if (!read_zero_day(text, &zero)) {
        up_reading_keep(r,
                        up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                                    "%s.zeroDay '%.*s' is not a date (wanted one such as "
                                    "2020-01-21)",
                                    where, up_words_shown(text), text));
        return;
    }
    if (days->given && days->zero_day != zero)
        up_reading_keep(
            r, up_error_at(r->err, UP_BAD_DATA, r->source, 0,
                           "%s.zeroDay is another day than that of a field before it, "
                           "but they have one column of days",
                           where));
    days->given = true;
    days->zero_day = zero;
}

/* A number, or a number in a text, as exact text. */
static void take_number_text(json_reading *r, const json_t *object, const char *where,
                             const char *key, char **slot)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return;
    char text[UP_NUMBER_SIZE] = "";
    up_decimal number;
    if (json_is_number(value))
        up_number_format(json_number_value(value), text);
    const char *written = json_is_string(value) ? json_string_value(value) : text;
    if (up_decimal_parse(written, &number, NULL) == UP_OK)
        up_reading_set_text(r, slot, written);
    else
        up_reading_remark_type(r, where, key, value, "a number");
}

static void take_decimals(json_reading *r, const json_t *object, const char *where,
                          int *slot)
{
    const json_t *value = json_object_get(object, "numDecimalPlaces");
    if (value == NULL || json_is_null(value))
        return;
    json_int_t places = json_integer_value(value);
    if (json_is_integer(value) && places >= 0 && places <= 20)
        *slot = (int)places;
    else
        up_reading_remark_type(r, where, "numDecimalPlaces", value,
                               "a whole number from 0 to 20");
}

void up_package_take_owid(json_reading *r, const json_t *field, const char *parent,
                          up_metadata_column *column, day_count *days)
{
    json_t *own;
    const json_t *settings = owid_settings(r, field, parent, &own);
    char where[JSON_WHERE_SIZE];
    snprintf(where, sizeof where, "%s.owidDisplaySettings", parent);
    if (settings != NULL) {
        up_reading_take_text(r, settings, where, "name", &column->title);
        up_reading_take_text(r, settings, where, "unit", &column->unit);
        up_reading_take_text(r, settings, where, "shortUnit", &column->short_unit);
        take_number_text(r, settings, where, "conversionFactor",
                         &column->conversion_factor);
        take_decimals(r, settings, where, &column->decimals);
        take_day_count(r, settings, where, days);
    }
    json_decref(own);
}
