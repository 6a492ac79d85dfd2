#include "analysis/project/models.h"

#include <string.h>

const up_model *const up_models[] = {&up_model_exponential, &up_model_linear, NULL};

const up_model *up_model_find(const char *name)
{
    for (const up_model *const *model = up_models; *model != NULL; model++)
        if (strcmp((*model)->name, name) == 0)
            return *model;
    return NULL;
}
