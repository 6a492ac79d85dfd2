/* A loop whose turns are independent, over the machine's cores (OpenMP). body must not share
 * anything that it writes; the order of turns is open, so results may not depend on it. */
#ifndef UPTICK_BASE_PARALLEL_H
#define UPTICK_BASE_PARALLEL_H

#include <stddef.h>

/* How many turns may go on at once. */
size_t up_parallel_width(void);
void up_parallel_for(size_t count, void (*body)(size_t turn, void *context),
                     void *context);
/* The same, and after each turn, in their order and one at a time, `after`, which may share what
 * it likes: when it is called, all turns before have had theirs. Turns run ahead of those that
 * they follow, but not far: what they leave for `after` is bounded. */
void up_parallel_in_order(size_t count, void (*body)(size_t turn, void *context),
                          void (*after)(size_t turn, void *context), void *context);

#endif
