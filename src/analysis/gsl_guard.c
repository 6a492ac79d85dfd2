#include "analysis/gsl_guard.h"

gsl_error_handler_t *up_gsl_enter(void)
{
    return gsl_set_error_handler_off();
}

void up_gsl_leave(gsl_error_handler_t *before)
{
    gsl_set_error_handler(before);
}
