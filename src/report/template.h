/* The shipped chart templates, compiled in from the plots folder by scripts/embed.cmake. */
#ifndef UPTICK_REPORT_TEMPLATE_H
#define UPTICK_REPORT_TEMPLATE_H

typedef struct up_template {
    const char *name; /* file name without ".gp" */
    const char *text;
} up_template;

/* Ended by a row of NULLs. */
extern const up_template up_templates[];

#endif
