/* GSL's error handler aborts the host by default. Work that calls GSL runs between these two,
 * outside of any parallel region: the handler is one for the whole process. */
#ifndef UPTICK_ANALYSIS_GSL_GUARD_H
#define UPTICK_ANALYSIS_GSL_GUARD_H

#include <gsl/gsl_errno.h>

gsl_error_handler_t *up_gsl_enter(void);
void up_gsl_leave(gsl_error_handler_t *before);

#endif
