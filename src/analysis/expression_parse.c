#include "analysis/expression_parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/expression.h"
#include "uptick/number.h"
#include "uptick/quantity.h"

enum { DEEPEST = 100, OPERATORS_MAX = 500 }; /* nested parentheses; operators in all */

/* Words between blanks; "…" keeps its blanks; parentheses stand alone. */
typedef struct reader {
    const char *at;
    char *word; /* owned; NULL at the end */
    bool quoted;
    int depth, operators;
} reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_paren(char c)
{
    return c == '(' || c == ')';
}

static up_status next_word(reader *r, up_error *err)
{
    free(r->word);
    r->word = NULL;
    while (is_blank(*r->at))
        r->at++;
    if (*r->at == '\0')
        return UP_OK;
    r->quoted = *r->at == '"';
    const char *first = r->quoted ? r->at + 1 : r->at;
    const char *end = first;
    if (r->quoted) {
        end = strchr(first, '"');
        if (end == NULL)
            return up_error_set(err, UP_USAGE, "a quote (\") is not closed");
        r->at = end + 1;
    } else if (is_paren(*first)) {
        r->at = end = first + 1;
    } else {
        while (*end != '\0' && !is_blank(*end) && !(*end == ')'))
            end++;
        r->at = end;
    }
    return up_copy_bytes(first, (size_t)(end - first), &r->word, err);
}

static bool word_is(const reader *r, char c)
{
    return r->word != NULL && !r->quoted && r->word[0] == c && r->word[1] == '\0';
}

up_status up_node_new(up_node_kind kind, up_node **node, up_error *err)
{
    up_status status = up_alloc(1, sizeof **node, node, err);
    if (status == UP_OK)
        (*node)->kind = kind;
    return status;
}

void up_node_free(up_node *node)
{
    if (node == NULL)
        return;
    up_node_free(node->left);
    up_node_free(node->right);
    free(node->pattern);
    free(node);
}

static up_status parse_sum(reader *r, up_node **out, up_error *err);

static up_status parse_group(reader *r, up_node **out, up_error *err)
{
    if (++r->depth > DEEPEST)
        return up_error_set(err, UP_USAGE, "parentheses nest too deep");
    up_status status = next_word(r, err);
    if (status == UP_OK)
        status = parse_sum(r, out, err);
    if (status == UP_OK && !word_is(r, ')')) {
        up_node_free(*out);
        *out = NULL;
        status = up_error_set(err, UP_USAGE, "a parenthesis is not closed");
    }
    r->depth--;
    return status == UP_OK ? next_word(r, err) : status;
}

/* "1bn", "5%": the quantity that a word says with a word or mark of scale. A lone m is million,
 * metre or minute; a name may begin with a digit too, but not with all of a quantity. */
static bool has_scale(const char *word)
{
    up_quantity quantity;
    return word[0] >= '0' && word[0] <= '9' &&
           (up_quantity_parse(word, NULL, &quantity, NULL) == UP_OK
                ? quantity.unit[0] == '\0'
                : word[strspn(word, "0123456789.,")] == 'm' &&
                      word[strspn(word, "0123456789.,") + 1] == '\0');
}

static up_status parse_name_or_number(reader *r, up_node **out, up_error *err)
{
    double number;
    bool is_number = !r->quoted && up_number_parse(r->word, &number, NULL) == UP_OK;
    if (!r->quoted && !is_number && has_scale(r->word))
        return up_error_set(err, UP_USAGE,
                            "'%s' has a unit of scale; in an expression numbers are "
                            "written out: 1e9, 1000000, 0.05",
                            r->word);
    up_node *node;
    up_status status =
        up_node_new(is_number ? UP_NODE_NUMBER : UP_NODE_SERIES, &node, err);
    if (status != UP_OK)
        return status;
    if (is_number)
        node->number = number;
    else {
        node->pattern = r->word;
        r->word = NULL;
    }
    status = next_word(r, err);
    if (status == UP_OK)
        *out = node;
    else
        up_node_free(node);
    return status;
}

static up_status parse_factor(reader *r, up_node **out, up_error *err);

/* -x is -1 * x. */
static up_status parse_negative(reader *r, up_node **out, up_error *err)
{
    up_node *node = NULL;
    up_status status = UP_OK;
    if (++r->depth > DEEPEST)
        return up_error_set(err, UP_USAGE, "too many signs");
    if (r->word[1] == '\0')
        status = next_word(r, err);
    else
        memmove(r->word, r->word + 1, strlen(r->word));
    if (status == UP_OK)
        status = up_node_new(UP_NODE_OPERATION, &node, err);
    if (status == UP_OK)
        status = up_node_new(UP_NODE_NUMBER, &node->left, err);
    if (status == UP_OK) {
        node->op = UP_MULTIPLY;
        node->left->number = -1;
        status = parse_factor(r, &node->right, err);
    }
    r->depth--;
    if (status == UP_OK)
        *out = node;
    else
        up_node_free(node);
    return status;
}

bool up_is_currency_code(const char *text, size_t length)
{
    return length == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 3;
}

up_status up_currency_check(const char *text, up_error *err)
{
    if (up_is_currency_code(text, strlen(text)))
        return UP_OK;
    char upper[4] = "";
    for (size_t i = 0; i < 3 && strlen(text) == 3; i++)
        upper[i] =
            text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    return up_is_currency_code(upper, strlen(upper))
               ? up_error_set(err, UP_USAGE, "'%s' is no currency; did you mean '%s'?",
                              text, upper)
               : up_error_set(err, UP_USAGE,
                              "'%s' is no currency (three capital letters: USD)", text);
}

/* After a factor: @ USD. Takes *node. */
static up_status parse_currency(reader *r, up_node **node, up_error *err)
{
    up_node *wrapped = NULL;
    up_status status =
        ++r->operators > OPERATORS_MAX
            ? up_error_set(err, UP_USAGE, "more than %d operators", (int)OPERATORS_MAX)
            : next_word(r, err);
    if (status == UP_OK && r->word == NULL)
        status = up_error_set(err, UP_USAGE, "a currency is missing after '@' (x @ USD)");
    if (status == UP_OK)
        status = up_currency_check(r->word, err);
    if (status == UP_OK)
        status = up_node_new(UP_NODE_CURRENCY, &wrapped, err);
    if (status != UP_OK)
        return status;
    wrapped->pattern = r->word;
    r->word = NULL;
    wrapped->left = *node;
    *node = wrapped;
    return next_word(r, err);
}

static up_status parse_factor(reader *r, up_node **out, up_error *err)
{
    up_node *node = NULL;
    up_status status;
    double number;
    if (r->word == NULL)
        return up_error_set(
            err, UP_USAGE,
            "a series or a number is missing at the end of the expression");
    if (word_is(r, '('))
        status = parse_group(r, &node, err);
    else if (!r->quoted && r->word[0] == '-' &&
             up_number_parse(r->word, &number, NULL) != UP_OK)
        status = parse_negative(r, &node, err);
    else if (!r->quoted && (r->word[0] == '\0' || strchr("+*/@)", r->word[0]) != NULL) &&
             (r->word[0] == '\0' || r->word[1] == '\0'))
        status = up_error_set(err, UP_USAGE,
                              "found '%s' where a series or a number belongs", r->word);
    else
        status = parse_name_or_number(r, &node, err);
    while (status == UP_OK && word_is(r, '@'))
        status = parse_currency(r, &node, err);
    if (status == UP_OK)
        *out = node;
    else
        up_node_free(node);
    return status;
}

/* A chain of one rank of operators, left to right; `ops` are the rank's characters. */
static up_status parse_chain(reader *r, const char *ops,
                             up_status (*operand)(reader *, up_node **, up_error *),
                             up_node **out, up_error *err)
{
    up_node *left = NULL;
    up_status status = operand(r, &left, err);
    while (status == UP_OK && (word_is(r, ops[0]) || word_is(r, ops[1]))) {
        up_node *node;
        if (++r->operators > OPERATORS_MAX) {
            status = up_error_set(err, UP_USAGE, "more than %d operators", OPERATORS_MAX);
            break;
        }
        status = up_node_new(UP_NODE_OPERATION, &node, err);
        if (status != UP_OK)
            break;
        node->op = (up_operator)r->word[0];
        node->left = left;
        left = node;
        status = next_word(r, err);
        if (status == UP_OK)
            status = operand(r, &node->right, err);
    }
    if (status == UP_OK)
        *out = left;
    else
        up_node_free(left);
    return status;
}

static up_status parse_product(reader *r, up_node **out, up_error *err)
{
    return parse_chain(r, "*/", parse_factor, out, err);
}

static up_status parse_sum(reader *r, up_node **out, up_error *err)
{
    return parse_chain(r, "+-", parse_product, out, err);
}

up_status up_expression_parse(const char *text, up_node **root, up_error *err)
{
    reader r = {.at = text};
    up_node *tree = NULL;
    up_status status = next_word(&r, err);
    if (status == UP_OK)
        status = parse_sum(&r, &tree, err);
    if (status == UP_OK && r.word != NULL) {
        status = up_error_set(err, UP_USAGE,
                              "found '%s' where an operator (+ - * / @) belongs", r.word);
        up_node_free(tree);
    }
    free(r.word);
    if (status == UP_OK)
        *root = tree;
    return status == UP_USAGE ? up_expression_explain(text, err) : status;
}
