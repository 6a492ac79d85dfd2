#include "import/datatype.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/ecma_regex.h"
#include "import/text_list.h"
#include "text/words.h"

enum { DATE = HAS_YEAR | HAS_MONTH | HAS_DAY };

/* clang-format off */
#define BASE(text, of, kind) .name = text, .class = of, .type = kind
#define COLLAPSED            .blanks = BLANKS_COLLAPSED
#define TEXT(text, how)      {BASE(text, CLASS_TEXT, UP_TYPE_STRING), .blanks = how}
#define OTHER(text, of, how) {BASE(text, of, UP_TYPE_OTHER), .blanks = how}
#define REAL(text)           {BASE(text, CLASS_NUMBER, UP_TYPE_NUMBER), COLLAPSED}
#define WHOLE(text, low, high)                                              \
    {BASE(text, CLASS_NUMBER, UP_TYPE_INTEGER), COLLAPSED, .whole = true,   \
     .exact = true, .least = low, .most = high}
#define MOMENT(text, kind, parts) {BASE(text, CLASS_MOMENT, kind), COLLAPSED, .has = parts}
#define DURATION(text, parts) \
    {BASE(text, CLASS_DURATION, UP_TYPE_OTHER), COLLAPSED, .shape = parts}
/* clang-format on */

static const datatype_base bases[] = {
    TEXT("string", BLANKS_KEPT),
    TEXT("normalizedString", BLANKS_REPLACED),
    TEXT("token", BLANKS_COLLAPSED),
    TEXT("language", BLANKS_COLLAPSED),
    TEXT("Name", BLANKS_COLLAPSED),
    TEXT("NMTOKEN", BLANKS_COLLAPSED),
    TEXT("anyURI", BLANKS_COLLAPSED),
    TEXT("QName", BLANKS_COLLAPSED),
    {.name = "any", .class = CLASS_TEXT, .type = UP_TYPE_UNSTATED},
    {.name = "anyAtomicType", .class = CLASS_TEXT, .type = UP_TYPE_UNSTATED},
    OTHER("xml", CLASS_TEXT, BLANKS_KEPT),
    OTHER("html", CLASS_TEXT, BLANKS_KEPT),
    OTHER("json", CLASS_TEXT, BLANKS_KEPT),
    OTHER("hexBinary", CLASS_HEX, BLANKS_COLLAPSED),
    OTHER("base64Binary", CLASS_BASE64, BLANKS_COLLAPSED),
    OTHER("binary", CLASS_BASE64, BLANKS_COLLAPSED),
    REAL("number"),
    REAL("double"),
    REAL("float"),
    {.name = "decimal",
     .class = CLASS_NUMBER,
     .type = UP_TYPE_NUMBER,
     .blanks = BLANKS_COLLAPSED,
     .exact = true},
    WHOLE("integer", NULL, NULL),
    WHOLE("long", "-9223372036854775808", "9223372036854775807"),
    WHOLE("int", "-2147483648", "2147483647"),
    WHOLE("short", "-32768", "32767"),
    WHOLE("byte", "-128", "127"),
    WHOLE("nonNegativeInteger", "0", NULL),
    WHOLE("positiveInteger", "1", NULL),
    WHOLE("unsignedLong", "0", "18446744073709551615"),
    WHOLE("unsignedInt", "0", "4294967295"),
    WHOLE("unsignedShort", "0", "65535"),
    WHOLE("unsignedByte", "0", "255"),
    WHOLE("nonPositiveInteger", NULL, "0"),
    WHOLE("negativeInteger", NULL, "-1"),
    {.name = "boolean",
     .class = CLASS_BOOLEAN,
     .type = UP_TYPE_BOOLEAN,
     .blanks = BLANKS_COLLAPSED},
    MOMENT("date", UP_TYPE_DATE, DATE),
    MOMENT("dateTime", UP_TYPE_DATETIME, DATE | HAS_TIME),
    MOMENT("datetime", UP_TYPE_DATETIME, DATE | HAS_TIME),
    MOMENT("dateTimeStamp", UP_TYPE_DATETIME, DATE | HAS_TIME | HAS_ZONE),
    MOMENT("time", UP_TYPE_TIME, HAS_TIME),
    MOMENT("gYear", UP_TYPE_YEAR, HAS_YEAR),
    MOMENT("gYearMonth", UP_TYPE_YEARMONTH, HAS_YEAR | HAS_MONTH),
    MOMENT("gMonth", UP_TYPE_OTHER, HAS_MONTH),
    MOMENT("gMonthDay", UP_TYPE_OTHER, HAS_MONTH | HAS_DAY),
    MOMENT("gDay", UP_TYPE_OTHER, HAS_DAY),
    DURATION("duration", "YMDTHMS"),
    DURATION("dayTimeDuration", "DTHMS"),
    DURATION("yearMonthDuration", "YM"),
};

const datatype_base *up_datatype_base(const char *name)
{
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        if (strcmp(bases[i].name, name) == 0)
            return &bases[i];
    return NULL;
}

void up_datatype_init(datatype *type, const datatype_base *base)
{
    *type = (datatype){.base = base != NULL ? base : &bases[0]};
    type->number = (number_format){.exponent = !type->base->exact,
                                   .specials = !type->base->exact,
                                   .percent = true,
                                   .whole = type->base->whole,
                                   .bare = true};
    if (type->base->class == CLASS_MOMENT) {
        up_moment_pattern_iso(type->base->has & ~(unsigned)HAS_ZONE, &type->moment);
        type->moment.needs_zone = type->base->has & HAS_ZONE;
    }
}

void up_datatype_release(datatype *type)
{
    if (type == NULL)
        return;
    free(type->format);
    up_text_list_free(type->truths);
    up_text_list_free(type->falsehoods);
    if (type->regex != NULL)
        regfree(type->regex);
    free(type->regex);
    *type = (datatype){0};
}

/* --- Formats ------------------------------------------------------------------------ */

static up_status set_number_pattern(datatype *type, const char *format, up_error *err)
{
    return up_number_pattern_parse(format, &type->number, err);
}

static up_status set_moment_pattern(datatype *type, const char *format, up_error *err)
{
    moment_pattern pattern;
    up_status status = up_moment_pattern_uax35(
        format, type->base->has & ~(unsigned)HAS_ZONE, &pattern, err);
    if (status != UP_OK)
        return status;
    pattern.needs_zone = type->base->has & HAS_ZONE;
    type->moment = pattern;
    return UP_OK;
}

/* "Y|N" */
static up_status set_truths(datatype *type, const char *format, up_error *err)
{
    const char *bar = strchr(format, '|');
    if (bar == NULL || bar == format || bar[1] == '\0' || strchr(bar + 1, '|') != NULL)
        return up_error_set(
            err, UP_BAD_DATA,
            "'%.*s' does not tell true from false (wanted two texts with | "
            "between, such as Y|N)",
            up_words_shown(format), format);
    up_status status =
        up_text_list_add(&type->truths, format, (size_t)(bar - format), err);
    if (status == UP_OK)
        status = up_text_list_add(&type->falsehoods, bar + 1, strlen(bar + 1), err);
    return status;
}

static up_status set_regex(datatype *type, const char *format, up_error *err)
{
    regex_t compiled;
    up_status status = up_ecma_regex_compile(format, &compiled, err);
    if (status != UP_OK)
        return status;
    regex_t *kept;
    status = up_alloc(1, sizeof *kept, &kept, err);
    if (status != UP_OK) {
        regfree(&compiled);
        return status;
    }
    *kept = compiled;
    type->regex = kept;
    return UP_OK;
}

up_status up_datatype_set_format(datatype *type, const char *format, up_error *err)
{
    static up_status (*const setters[])(datatype *, const char *, up_error *) = {
        [CLASS_TEXT] = set_regex,     [CLASS_NUMBER] = set_number_pattern,
        [CLASS_BOOLEAN] = set_truths, [CLASS_MOMENT] = set_moment_pattern,
        [CLASS_DURATION] = set_regex, [CLASS_HEX] = set_regex,
        [CLASS_BASE64] = set_regex,
    };
    char *copy;
    up_status status = up_copy_text(format, &copy, err);
    if (status != UP_OK)
        return status;
    status = setters[type->base->class](type, format, err);
    if (status != UP_OK) {
        free(copy);
        return status;
    }
    free(type->format);
    type->format = copy;
    return UP_OK;
}

/* --- Limits ------------------------------------------------------------------------- */

bool up_datatype_has_length(const datatype *type)
{
    datatype_class class = type->base->class;
    return class == CLASS_TEXT || class == CLASS_HEX || class == CLASS_BASE64;
}

bool up_datatype_has_order(const datatype *type)
{
    return type->base->class == CLASS_NUMBER || type->base->class == CLASS_MOMENT;
}

bool up_datatype_has_expression(const datatype *type)
{
    return !up_datatype_has_order(type) && type->base->class != CLASS_BOOLEAN;
}

static const char *read_limit(const datatype *type, const char *text,
                              datatype_limit *limit)
{
    if (type->base->class == CLASS_NUMBER) {
        bool good = up_decimal_parse(text, &limit->number, NULL) == UP_OK;
        return good ? NULL : "it is not a number";
    }
    moment_pattern iso;
    up_moment_pattern_iso(type->moment.has, &iso);
    const char *reason = up_moment_read(&iso, text, &limit->moment);
    return reason != NULL ? up_moment_read(&type->moment, text, &limit->moment) : NULL;
}

up_status up_datatype_set_limit(datatype *type, datatype_limit *limit, const char *text,
                                up_error *err)
{
    datatype_limit result = *limit;
    const char *reason = up_datatype_has_order(type) ? read_limit(type, text, &result)
                                                     : "values of the type have no order";
    if (reason != NULL)
        return up_error_set(err, UP_BAD_DATA, "'%.*s' cannot limit values of type %s: %s",
                            up_words_shown(text), text, type->base->name, reason);
    result.given = true;
    *limit = result;
    return UP_OK;
}

static int compare_to_limit(const datatype *type, up_decimal number, const moment *when,
                            const datatype_limit *limit)
{
    return type->base->class == CLASS_NUMBER ? up_decimal_compare(number, limit->number)
                                             : up_moment_compare(when, &limit->moment);
}

up_status up_datatype_check_limits(const datatype *type, up_error *err)
{
    const char *wrong = NULL;
    if (type->has_length && type->has_min_length && type->length < type->min_length)
        wrong = "length is less than minLength";
    else if (type->has_length && type->has_max_length && type->length > type->max_length)
        wrong = "length is more than maxLength";
    else if (type->has_min_length && type->has_max_length &&
             type->min_length > type->max_length)
        wrong = "minLength is more than maxLength";
    else if (type->least.given && type->most.given) {
        int order =
            compare_to_limit(type, type->least.number, &type->least.moment, &type->most);
        if (order > 0)
            wrong = "its least value is above its greatest";
        else if (order == 0 && (type->least.exclusive || type->most.exclusive))
            wrong = "no value lies between its limits";
    }
    return wrong == NULL ? UP_OK
                         : up_error_set(err, UP_BAD_DATA, "no cell can fit: %s", wrong);
}

/* --- Values ------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void up_datatype_add_normal(const datatype *type, const char *text, up_buffer *out)
{
    if (type->base->blanks == BLANKS_KEPT) {
        up_buffer_add(out, text);
        return;
    }
    bool collapse = type->base->blanks == BLANKS_COLLAPSED, waiting = false,
         begun = false;
    for (; *text != '\0'; text++) {
        if (is_blank(*text) && collapse) {
            waiting = begun;
            continue;
        }
        if (waiting)
            up_buffer_add_char(out, ' ');
        waiting = false;
        begun = true;
        up_buffer_add_char(out, is_blank(*text) ? ' ' : *text);
    }
}

static const char *check_limits(const datatype *type, up_decimal number,
                                const moment *when)
{
    if (type->least.given) {
        int order = compare_to_limit(type, number, when, &type->least);
        if (order < 0 || (order == 0 && type->least.exclusive))
            return "below the least value allowed";
    }
    if (type->most.given) {
        int order = compare_to_limit(type, number, when, &type->most);
        if (order > 0 || (order == 0 && type->most.exclusive))
            return "above the greatest value allowed";
    }
    return NULL;
}

static const char *check_range(const datatype_base *base, up_decimal number)
{
    up_decimal limit;
    if (base->least != NULL && up_decimal_parse(base->least, &limit, NULL) == UP_OK &&
        up_decimal_compare(number, limit) < 0)
        return "too small for the type";
    if (base->most != NULL && up_decimal_parse(base->most, &limit, NULL) == UP_OK &&
        up_decimal_compare(number, limit) > 0)
        return "too large for the type";
    return NULL;
}

static const char *read_number(const datatype *type, const char *text, up_buffer *out,
                               bool *is_special)
{
    up_decimal number;
    const char *special = NULL;
    const char *reason = up_number_pattern_read(&type->number, text, &number, &special);
    if (reason != NULL)
        return reason;
    *is_special = special != NULL;
    if (special != NULL) {
        up_buffer_add(out, special);
        return NULL;
    }
    reason = check_range(type->base, number);
    if (reason == NULL)
        reason = check_limits(type, number, NULL);
    char plain[UP_DECIMAL_SIZE];
    up_decimal_format(number, plain);
    if (reason == NULL)
        up_buffer_add(out, plain);
    return reason;
}

static const char *read_moment(const datatype *type, const char *text, up_buffer *out)
{
    moment when;
    const char *reason = up_moment_read(&type->moment, text, &when);
    if (reason == NULL)
        reason = check_limits(type, (up_decimal){0}, &when);
    if (reason == NULL)
        up_moment_add(out, &when);
    return reason;
}

static const char *read_boolean(const datatype *type, const char *text, up_buffer *out)
{
    static char yes[] = "true", one[] = "1", no[] = "false", zero[] = "0";
    static char *const usual_truths[] = {yes, one, NULL};
    static char *const usual_falsehoods[] = {no, zero, NULL};
    char *const *truths = type->truths != NULL ? type->truths : usual_truths;
    char *const *falsehoods =
        type->falsehoods != NULL ? type->falsehoods : usual_falsehoods;
    if (up_text_list_has(truths, text))
        up_buffer_add(out, "true");
    else if (up_text_list_has(falsehoods, text))
        up_buffer_add(out, "false");
    else
        return "neither what stands for true nor what stands for false";
    return NULL;
}

/* -P1Y2M3DT4H5M6.7S with the letters of the shape; something must stand after P and after
 * T. */
static bool is_duration(const char *text, const char *shape)
{
    bool any = false;
    if (*text == '-')
        text++;
    if (*text++ != 'P')
        return false;
    while (*text != '\0') {
        if (*text == 'T') {
            const char *time = strchr(shape, 'T');
            if (time == NULL || text[1] == '\0')
                return false;
            shape = time + 1;
            text++;
            continue;
        }
        size_t digits = strspn(text, "0123456789");
        bool fraction = digits > 0 && text[digits] == '.';
        if (fraction)
            digits += 1 + strspn(text + digits + 1, "0123456789");
        char letter = text[digits];
        const char *place =
            letter != '\0' && letter != 'T' ? strchr(shape, letter) : NULL;
        const char *time = strchr(shape, 'T');
        if (digits == 0 || place == NULL || (time != NULL && place > time) ||
            (fraction && letter != 'S'))
            return false;
        shape = place + 1;
        text += digits + 1;
        any = true;
    }
    return any;
}

static const char *check_regex(const datatype *type, const char *text)
{
    return type->regex != NULL && regexec(type->regex, text, 0, NULL, 0) != 0
               ? "it does not match"
               : NULL;
}

static const char *check_length(const datatype *type, size_t length)
{
    if (type->has_length && length != type->length)
        return "not of the length wanted";
    if (type->has_min_length && length < type->min_length)
        return "too short";
    if (type->has_max_length && length > type->max_length)
        return "too long";
    return NULL;
}

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static bool count_hex(const char *text, size_t *bytes)
{
    size_t digits = strspn(text, "0123456789ABCDEFabcdef");
    *bytes = digits / 2;
    return text[digits] == '\0' && digits % 2 == 0;
}

static bool count_base64(const char *text, size_t *bytes)
{
    size_t count = 0, padding = 0;
    for (; *text != '\0'; text++) {
        if (is_blank(*text))
            continue;
        bool known = up_words_is_letter(*text) || up_words_is_digit(*text) ||
                     *text == '+' || *text == '/';
        if (*text == '=')
            padding++;
        else if (!known || padding > 0)
            return false;
        count++;
    }
    *bytes = count / 4 * 3 - padding;
    return count % 4 == 0 && padding <= 2 && count >= padding * 2;
}

static const char *read_text(const datatype *type, const char *text, up_buffer *out)
{
    size_t length = 0;
    const char *reason = NULL;
    switch (type->base->class) {
    case CLASS_HEX:
        reason = count_hex(text, &length) ? NULL : "not pairs of hexadecimal digits";
        break;
    case CLASS_BASE64:
        reason = count_base64(text, &length) ? NULL : "not base 64";
        break;
    case CLASS_DURATION:
        reason = is_duration(text, type->base->shape) ? NULL : "not such as P1DT2H";
        break;
    default:
        length = count_characters(text);
        break;
    }
    if (reason == NULL)
        reason = check_length(type, length);
    if (reason == NULL)
        reason = check_regex(type, text);
    if (reason == NULL)
        up_buffer_add(out, text);
    return reason;
}

static const char *read_value(const datatype *type, const char *text, up_buffer *out,
                              bool *is_special)
{
    switch (type->base->class) {
    case CLASS_NUMBER:
        return read_number(type, text, out, is_special);
    case CLASS_MOMENT:
        return read_moment(type, text, out);
    case CLASS_BOOLEAN:
        return read_boolean(type, text, out);
    default:
        return read_text(type, text, out);
    }
}

up_status up_datatype_read(const datatype *type, const char *text, up_buffer *out,
                           bool *is_special, up_error *err)
{
    *is_special = false;
    if (type->is_plain) {
        up_buffer_add(out, text);
        return up_buffer_check(out, err);
    }
    const char *reason = read_value(type, text, out, is_special);
    if (reason == NULL)
        return up_buffer_check(out, err);
    const char *format = type->format;
    return up_error_set(err, UP_BAD_DATA, "'%.*s' is not of type %s%s%.*s%s: %s",
                        up_words_shown(text), text, type->base->name,
                        format != NULL ? " with the format '" : "",
                        format != NULL ? up_words_shown(format) : 0,
                        format != NULL ? format : "", format != NULL ? "'" : "", reason);
}
