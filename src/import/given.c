/* What the user said of the columns. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"
#include "uptick/tracker.h"

/* Two columns of one name are told apart by their numbers only. */
static up_status check_single(const import_plan *plan, size_t column, const char *name,
                              up_error *err)
{
    size_t number;
    for (size_t i = column + 1; i < plan->count; i++)
        if (!up_plan_is_number(name, &number) &&
            strcmp(up_plan_header(plan, i), name) == 0)
            return up_error_set(
                err, UP_USAGE,
                "the columns %zu and %zu are both named '%s': write '#%zu' "
                "or '#%zu'",
                plan->frame->column[column].origin + 1, plan->frame->column[i].origin + 1,
                name, plan->frame->column[column].origin + 1,
                plan->frame->column[i].origin + 1);
    return UP_OK;
}

static up_status no_column(const import_plan *plan, up_import_role role, const char *name,
                           up_error *err)
{
    enum { MOST = 40 };
    const char *names[MOST];
    size_t count = 0;
    for (size_t i = 0; i < plan->count && count < MOST; i++)
        names[count++] = up_plan_header(plan, i);
    const char *near = strlen(name) > 2 ? up_did_you_mean(name, names, count) : NULL;
    if (near != NULL)
        return up_error_set(err, UP_USAGE,
                            "--%s: the file has no column '%s'; did you mean '%s'?",
                            up_import_roles[role].name, name, near);
    return up_error_set(err, UP_USAGE,
                        "--%s: the file has no column '%s' (its columns: '%s'%s%s%s)",
                        up_import_roles[role].name, name, count > 0 ? names[0] : "",
                        count > 1 ? ", '" : "", count > 1 ? names[1] : "",
                        count > 2   ? "', …"
                        : count > 1 ? "'"
                                    : "");
}

static up_status take_column(import_plan *plan, size_t column, up_import_role role,
                             const char *name, up_error *err)
{
    plan_column *c = &plan->columns[column];
    up_status status = check_single(plan, column, name, err);
    if (status != UP_OK)
        return status;
    if (c->role != UP_IMPORT_NONE)
        return up_error_set(err, UP_USAGE, "'%s' is given as --%s and as --%s", name,
                            up_import_roles[c->role].name, up_import_roles[role].name);
    up_plan_set(plan, column, role, "as given");
    import_part part;
    if (role == UP_IMPORT_PERIOD &&
        up_role_of_header(up_plan_header(plan, column), &part) == UP_IMPORT_PERIOD)
        c->part = part;
    return UP_OK;
}

/* "a,b" where no column has that whole name. */
static up_status take_list(import_plan *plan, up_import_role role, const char *text,
                           bool *all, up_error *err)
{
    char *copy = NULL;
    up_status status = up_copy_text(text, &copy, err);
    *all = true;
    for (char *at = copy, *next; status == UP_OK && at != NULL && *all; at = next) {
        next = strchr(at, ',');
        if (next != NULL)
            *next++ = '\0';
        at += strspn(at, " ");
        for (char *end = at + strlen(at); end > at && end[-1] == ' ';)
            *--end = '\0';
        size_t column = up_plan_find(plan, at);
        *all = column != SIZE_MAX;
        if (!*all && !up_import_roles[role].takes_constant)
            status = no_column(plan, role, at, err);
        else if (*all)
            status = take_column(plan, column, role, at, err);
    }
    free(copy);
    return status;
}

/* Entity parts are joined in the order in which they were given: the plan keeps that by place,
 * so an order other than the file's is refused rather than turned round. */
static up_status take_role(import_plan *plan, up_import_role role, const char *text,
                           up_error *err)
{
    size_t column = up_plan_find(plan, text);
    bool all = false;
    if (column != SIZE_MAX)
        return take_column(plan, column, role, text, err);
    up_status status = take_list(plan, role, text, &all, err);
    if (status == UP_OK && !all)
        plan->constants[role] = text;
    return status;
}

/* A power of ten as UNIT_MULT has it: 6 for millions. */
static bool is_power(const char *text)
{
    const char *digits = text + (*text == '-');
    size_t count = strspn(digits, "0123456789");
    return count > 0 && count <= 2 && digits[count] == '\0' && atoi(digits) <= 30;
}

/* Constants that no figure could have are told once, not row by row. */
static up_status check_constants(const import_plan *plan, up_error *err)
{
    const char *status = plan->constants[UP_IMPORT_STATUS];
    const char *power = plan->constants[UP_IMPORT_MULTIPLIER];
    const char *mark = plan->constants[UP_IMPORT_QUALIFIER];
    up_qualifier qualifier;
    if (status != NULL && up_entry_status(status) == '\0')
        return up_error_set(err, UP_USAGE,
                            "--status: '%.60s' is neither a column nor an OBS_STATUS (A, "
                            "E, P, F, B, D, M, …)",
                            status);
    if (power != NULL && !is_power(power))
        return up_error_set(
            err, UP_USAGE,
            "--multiplier: '%.60s' is neither a column nor a power of ten "
            "(6 for millions)",
            power);
    if (mark != NULL && up_qualifier_parse(mark, &qualifier, NULL) != UP_OK)
        return up_error_set(err, UP_USAGE,
                            "--qualifier: '%.60s' is no qualifier (wanted ~ > >= < <= ~< "
                            "~> or nothing)",
                            mark);
    return UP_OK;
}

up_status up_plan_take_given(import_plan *plan, up_error *err)
{
    up_status status = UP_OK;
    for (int role = 0; role < UP_IMPORT_ROLES && status == UP_OK; role++) {
        const char *text = plan->request->given[role];
        if (text != NULL && text[0] != '\0')
            status = take_role(plan, (up_import_role)role, text, err);
    }
    if (status == UP_OK)
        status = check_constants(plan, err);
    const char *reported = plan->constants[UP_IMPORT_REPORTED];
    if (status == UP_OK && reported != NULL) {
        up_period day;
        if (strcmp(reported, "none") != 0 &&
            (up_period_parse(reported, NULL, &day, NULL) != UP_OK ||
             day.granularity != UP_DAY || day.shape != UP_PLAIN))
            return up_error_set(err, UP_USAGE,
                                "--reported: '%s' is neither a column nor a day "
                                "(YYYY-MM-DD)",
                                reported);
        if (strcmp(reported, "none") != 0)
            plan->reported = day.start / 86400;
        plan->has_reported = true;
    }
    return status;
}
