#include "base/parallel.h"

void up_parallel_for(size_t count, void (*body)(size_t turn, void *context),
                     void *context)
{
#pragma omp parallel for schedule(dynamic) if (count > 1)
    for (size_t i = 0; i < count; i++)
        body(i, context);
}

void up_parallel_in_order(size_t count, void (*body)(size_t turn, void *context),
                          void (*after)(size_t turn, void *context), void *context)
{
#pragma omp parallel for ordered schedule(dynamic) if (count > 1)
    for (size_t i = 0; i < count; i++) {
        body(i, context);
#pragma omp ordered
        after(i, context);
    }
}
