/* GSL's error handler aborts the host by default. Work that calls GSL runs between these two. They
 * count: the handler is one for the whole process, it is off from the first that enters to the
 * last that leaves, so a parallel loop enters once around all its turns. */
#ifndef UPTICK_ANALYSIS_GSL_GUARD_H
#define UPTICK_ANALYSIS_GSL_GUARD_H

void up_gsl_enter(void);
void up_gsl_leave(void);

#endif
