#include "analysis/rational.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    WIDE_MAX = 12,
    TERMS_MAX = 128
}; /* variables with a width; terms of a polynomial */

/* factor * product of wide[i]^power[i] */
typedef struct term {
    double factor;
    unsigned char power[WIDE_MAX];
} term;

typedef struct poly {
    term terms[TERMS_MAX];
    size_t count;
} poly;

typedef struct rational {
    poly p, q;
} rational;

/* The variables of a formula that have a width, by their places in the polynomials. */
typedef struct box {
    const up_binding *binding;
    size_t wide[WIDE_MAX]; /* indices of variables */
    size_t count;
} box;

/* ---- interval arithmetic: each variable once ---- */

static up_status evaluate_plainly(const up_node *node, const up_binding *b,
                                  up_estimate *out, up_error *err)
{
    up_estimate left, right;
    if (node->kind == UP_NODE_NUMBER) {
        *out = up_estimate_exact(node->number);
        return UP_OK;
    }
    if (node->kind == UP_NODE_SERIES) {
        *out = b->variables[b->variable_of[node->slot]];
        return UP_OK;
    }
    up_status status = evaluate_plainly(node->left, b, &left, err);
    if (status == UP_OK)
        status = evaluate_plainly(node->right, b, &right, err);
    return status == UP_OK ? up_estimate_combine(node->op, &left, &right, out, err)
                           : status;
}

static void count_uses(const up_node *node, const up_binding *b, size_t uses[])
{
    if (node->kind == UP_NODE_SERIES)
        uses[b->variable_of[node->slot]]++;
    if (node->kind == UP_NODE_OPERATION) {
        count_uses(node->left, b, uses);
        count_uses(node->right, b, uses);
    }
}

/* ---- polynomials ---- */

static bool same_powers(const term *a, const term *b)
{
    return memcmp(a->power, b->power, sizeof a->power) == 0;
}

static up_status too_complex(up_error *err)
{
    return up_error_set(
        err, UP_USAGE,
        "a figure with bounds appears more than once, and the expression is "
        "too long to bound it as one variable");
}

static up_status add_term(poly *p, const term *t, up_error *err)
{
    for (size_t i = 0; i < p->count; i++)
        if (same_powers(&p->terms[i], t)) {
            p->terms[i].factor += t->factor;
            if (p->terms[i].factor == 0)
                p->terms[i] = p->terms[--p->count];
            return UP_OK;
        }
    if (t->factor == 0)
        return UP_OK;
    if (p->count == TERMS_MAX)
        return too_complex(err);
    p->terms[p->count++] = *t;
    return UP_OK;
}

/* out += scale * a * b; out is neither a nor b. */
static up_status add_product(const poly *a, const poly *b, double scale, poly *out,
                             up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < a->count && status == UP_OK; i++)
        for (size_t j = 0; j < b->count && status == UP_OK; j++) {
            term t = {.factor = scale * a->terms[i].factor * b->terms[j].factor};
            for (size_t v = 0; v < WIDE_MAX; v++) {
                unsigned power = 0u + a->terms[i].power[v] + b->terms[j].power[v];
                if (power > 100)
                    return too_complex(err);
                t.power[v] = (unsigned char)power;
            }
            status = add_term(out, &t, err);
        }
    return status;
}

/* Whether a = k b; k is then told. */
static bool is_multiple(const poly *a, const poly *b, double *k)
{
    if (a->count != b->count || b->count == 0)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        size_t j = 0;
        while (j < b->count && !same_powers(&a->terms[i], &b->terms[j]))
            j++;
        if (j == b->count)
            return false;
        double ratio = a->terms[i].factor / b->terms[j].factor;
        if (i > 0 && fabs(ratio - *k) > 1e-14 * fabs(*k))
            return false;
        *k = ratio;
    }
    return true;
}

static poly constant_of(double value)
{
    poly p = {.count = value != 0};
    p.terms[0].factor = value;
    return p;
}

/* Takes out what P and Q have in common: powers of single variables, or all of it. */
static void reduce(rational *r)
{
    double k;
    if (is_multiple(&r->p, &r->q, &k)) {
        r->p = constant_of(k);
        r->q = constant_of(1);
        return;
    }
    for (size_t v = 0; v < WIDE_MAX; v++) {
        unsigned char least = 255;
        poly *const both[] = {&r->p, &r->q};
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < both[s]->count; i++)
                if (both[s]->terms[i].power[v] < least)
                    least = both[s]->terms[i].power[v];
        for (size_t s = 0; s < 2 && r->p.count > 0; s++)
            for (size_t i = 0; i < both[s]->count; i++)
                both[s]->terms[i].power[v] =
                    (unsigned char)(both[s]->terms[i].power[v] - least);
    }
}

/* P/Q ± R/S = (P S ± R Q) / (Q S), or (P ± R) / Q where Q = S. */
static up_status add_rationals(const rational *a, const rational *b, double sign,
                               rational *out, up_error *err)
{
    const poly one = constant_of(1);
    double k = 1;
    bool alike = is_multiple(&b->q, &a->q, &k); /* R / (k Q) */
    up_status status = add_product(&a->p, alike ? &one : &b->q, 1, &out->p, err);
    if (status == UP_OK)
        status = add_product(&b->p, alike ? &one : &a->q, alike ? sign / k : sign,
                             &out->p, err);
    return status == UP_OK ? add_product(&a->q, alike ? &one : &b->q, 1, &out->q, err)
                           : status;
}

static up_status combine(up_operator op, const rational *a, const rational *b,
                         rational *out, up_error *err)
{
    bool divide = op == UP_DIVIDE;
    if (op == UP_ADD || op == UP_SUBTRACT)
        return add_rationals(a, b, op == UP_ADD ? 1 : -1, out, err);
    if (divide && b->p.count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the divisor may be zero");
    up_status status = add_product(&a->p, divide ? &b->q : &b->p, 1, &out->p, err);
    return status == UP_OK ? add_product(&a->q, divide ? &b->p : &b->q, 1, &out->q, err)
                           : status;
}

/* A number, or a variable: one without a width is the number that it is, whichever of its ends. */
static void build_leaf(const up_node *node, const box *b, rational *out)
{
    out->q = constant_of(1);
    if (node->kind == UP_NODE_NUMBER) {
        out->p = constant_of(node->number);
        return;
    }
    size_t variable = b->binding->variable_of[node->slot];
    for (size_t v = 0; v < b->count; v++)
        if (b->wide[v] == variable) {
            out->p = constant_of(1);
            out->p.terms[0].power[v] = 1;
            return;
        }
    out->p = constant_of(b->binding->variables[variable].low);
}

/* The tree as P / Q; the caller frees. */
static up_status build(const up_node *node, const box *b, rational **out, up_error *err)
{
    rational *r = NULL, *left = NULL, *right = NULL;
    up_status status = up_alloc(1, sizeof *r, &r, err);
    if (status == UP_OK && node->kind == UP_NODE_OPERATION) {
        status = build(node->left, b, &left, err);
        if (status == UP_OK)
            status = build(node->right, b, &right, err);
        if (status == UP_OK)
            status = combine(node->op, left, right, r, err);
        if (status == UP_OK)
            reduce(r);
    } else if (status == UP_OK)
        build_leaf(node, b, r);
    free(left);
    free(right);
    if (status == UP_OK)
        *out = r;
    else
        free(r);
    return status;
}

/* ---- extremes at corners ---- */

static unsigned degree(const poly *p, size_t v)
{
    unsigned most = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->terms[i].power[v] > most)
            most = p->terms[i].power[v];
    return most;
}

/* The end of a variable that a corner has: bit v of corner is set for the high one. */
static double end_of(const box *b, size_t v, unsigned corner)
{
    const up_estimate *e = &b->binding->variables[b->wide[v]];
    return corner >> v & 1 ? up_estimate_ceiling(e) : up_estimate_floor(e);
}

static bool end_is_excluded(const box *b, size_t v, unsigned corner)
{
    const up_estimate *e = &b->binding->variables[b->wide[v]];
    bool high = corner >> v & 1;
    return high ? !e->has_high || e->high_strict : !e->has_low || e->low_strict;
}

/* What is left of P once the finite ends of a corner are put in. */
static void substitute(const poly *p, const box *b, unsigned corner, poly *out)
{
    for (size_t i = 0; i < p->count; i++) {
        term t = p->terms[i];
        for (size_t v = 0; v < b->count; v++) {
            double end = end_of(b, v, corner);
            if (isinf(end))
                continue;
            t.factor *= pow(end, t.power[v]);
            t.power[v] = 0;
        }
        (void)add_term(out, &t, NULL); /* never more terms than there were */
    }
}

/* What P comes to as v goes to ±infinity: its terms of the highest power, which is told. */
static unsigned lead(poly *p, size_t v, double end)
{
    unsigned power = degree(p, v);
    poly out = {0};
    for (size_t i = 0; i < p->count; i++) {
        term t = p->terms[i];
        if (t.power[v] != power)
            continue;
        t.power[v] = 0;
        if (end < 0 && power % 2 == 1)
            t.factor = -t.factor;
        (void)add_term(&out, &t, NULL);
    }
    *p = out;
    return power;
}

/* The limit of P / Q at a corner, infinite ends one after another; and the sign that Q has
 * there, 0 if it is zero. */
static double corner_value(const rational *r, const box *b, unsigned corner, int *q_sign)
{
    poly p = {0}, q = {0};
    int order = 0; /* > 0: P outgrows Q; < 0: Q outgrows P; the first to go decides */
    substitute(&r->p, b, corner, &p);
    substitute(&r->q, b, corner, &q);
    for (size_t v = 0; v < b->count; v++) {
        double end = end_of(b, v, corner);
        if (!isinf(end))
            continue;
        unsigned of_p = lead(&p, v, end), of_q = lead(&q, v, end);
        if (order == 0 && p.count > 0)
            order = (of_p > of_q) - (of_p < of_q);
    }
    double above = p.count > 0 ? p.terms[0].factor : 0;
    double below = q.count > 0 ? q.terms[0].factor : 0;
    *q_sign = (below > 0) - (below < 0);
    if (order < 0)
        return 0;
    if (order > 0 && below != 0)
        return above / below > 0 ? INFINITY : -INFINITY;
    return above / below; /* NaN for 0 / 0, infinite for 1 / 0 */
}

/* Whether the value is that of the corner and not only of its limit: each end that is excluded
 * has another at which the value is the same. */
static bool is_reached(const rational *r, const box *b, unsigned corner, double value)
{
    for (size_t v = 0; v < b->count; v++) {
        int sign;
        if (end_is_excluded(b, v, corner) &&
            corner_value(r, b, corner ^ 1u << v, &sign) != value)
            return false;
    }
    return true;
}

typedef struct extreme {
    double at;
    bool reached;
} extreme;

static void take(extreme *e, double value, bool better, bool reached)
{
    if (better)
        *e = (extreme){value, reached};
    else if (value == e->at && reached)
        e->reached = true;
}

static up_status find_extremes(const rational *r, const box *b, extreme *low,
                               extreme *high, up_error *err)
{
    int sign = 0;
    *low = (extreme){.at = INFINITY};
    *high = (extreme){.at = -INFINITY};
    for (unsigned corner = 0; corner < 1u << b->count; corner++) {
        int here;
        double value = corner_value(r, b, corner, &here);
        bool excluded = false;
        for (size_t v = 0; v < b->count; v++)
            excluded = excluded || end_is_excluded(b, v, corner);
        if ((here == 0 && !(excluded && isnan(value))) || here * sign < 0)
            return up_error_set(err, UP_TOO_LITTLE_DATA, "the divisor may be zero");
        sign = here != 0 ? here : sign;
        if (isnan(value))
            continue; /* 0 / 0 at an excluded corner: the edges to it have one value each */
        bool reached = isfinite(value) && is_reached(r, b, corner, value);
        take(low, value, value < low->at, reached);
        take(high, value, value > high->at, reached);
    }
    if (isinf(low->at) && isinf(high->at))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "nothing bounds the result on either side");
    return UP_OK;
}

/* One degree at most in each variable, or a product of powers of what is never negative. */
static up_status check_degrees(const rational *r, const box *b, up_error *err)
{
    bool product = r->p.count == 1 && r->q.count == 1;
    for (size_t v = 0; v < b->count; v++) {
        const up_estimate *e = &b->binding->variables[b->wide[v]];
        bool positive = e->has_low && e->low >= 0;
        if ((degree(&r->p, v) > 1 || degree(&r->q, v) > 1) && !(product && positive))
            return up_error_set(
                err, UP_USAGE,
                "a figure with bounds appears more than once, in powers that its bounds "
                "cannot be carried through (write the expression so that it stands "
                "once)");
    }
    return UP_OK;
}

/* ---- the whole ---- */

/* The formula at the values; false where one is absent. */
static bool value_of(const up_node *node, const up_binding *b, double *out)
{
    double x, y;
    if (node->kind == UP_NODE_NUMBER)
        *out = node->number;
    else if (node->kind == UP_NODE_SERIES) {
        const up_estimate *e = &b->variables[b->variable_of[node->slot]];
        *out = e->value;
        return e->has_value;
    } else {
        if (!value_of(node->left, b, &x) || !value_of(node->right, b, &y))
            return false;
        *out = node->op == UP_ADD        ? x + y
               : node->op == UP_SUBTRACT ? x - y
               : node->op == UP_MULTIPLY ? x * y
                                         : x / y;
    }
    return true;
}

/* The value and the bounds are computed on two ways, which may differ in the last bit. */
static void hold_value(up_estimate *e)
{
    if (e->has_value && e->has_low && e->value < e->low)
        e->low = e->value;
    if (e->has_value && e->has_high && e->value > e->high)
        e->high = e->value;
}

static up_status bound(const up_node *root, const box *b, up_estimate *out, up_error *err)
{
    rational *r;
    extreme low, high;
    up_status status = build(root, b, &r, err);
    if (status != UP_OK)
        return status;
    status = check_degrees(r, b, err);
    if (status == UP_OK)
        status = find_extremes(r, b, &low, &high, err);
    if (status == UP_OK) {
        *out = up_estimate_between(low.at, high.at);
        out->low_strict = out->has_low && !low.reached;
        out->high_strict = out->has_high && !high.reached;
        out->has_value = value_of(root, b->binding, &out->value) && isfinite(out->value);
        for (size_t v = 0; v < b->count; v++)
            if (degree(&r->p, v) > 0 || degree(&r->q, v) > 0)
                out->about |= b->binding->variables[b->wide[v]].about;
        if (low.at == high.at) { /* x - x: whatever x is */
            bool about = out->about;
            *out = up_estimate_exact(low.at);
            out->about = about;
        }
        hold_value(out);
    }
    free(r);
    return status;
}

up_status up_rational_evaluate(const up_node *root, const up_binding *binding,
                               size_t variables, up_estimate *out, up_error *err)
{
    size_t *uses;
    box b = {.binding = binding};
    bool repeated = false;
    up_status status = up_alloc(variables, sizeof *uses, &uses, err);
    if (status != UP_OK)
        return status;
    count_uses(root, binding, uses);
    for (size_t v = 0; v < variables && status == UP_OK; v++) {
        if (uses[v] == 0 || up_estimate_kind(&binding->variables[v]) == UP_BOUND_EXACT)
            continue;
        repeated = repeated || uses[v] > 1;
        if (b.count < WIDE_MAX)
            b.wide[b.count] = v;
        b.count++;
    }
    free(uses);
    if (!repeated)
        return evaluate_plainly(root, binding, out, err);
    return b.count <= WIDE_MAX ? bound(root, &b, out, err) : too_complex(err);
}
