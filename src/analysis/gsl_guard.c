#include "analysis/gsl_guard.h"

#include <gsl/gsl_errno.h>
#include <stdatomic.h>

static atomic_uint inside;
static gsl_error_handler_t *before;

void up_gsl_enter(void)
{
    if (atomic_fetch_add(&inside, 1) == 0)
        before = gsl_set_error_handler_off();
}

void up_gsl_leave(void)
{
    if (atomic_fetch_sub(&inside, 1) == 1)
        gsl_set_error_handler(before);
}
