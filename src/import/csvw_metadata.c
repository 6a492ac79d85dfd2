#include "import/metadata_build.h"

up_status up_csvw_to_metadata(const json_t *root, const char *source,
                              up_metadata *metadata, up_remarks *remarks, up_error *err)
{
    (void)root;
    (void)metadata;
    (void)remarks;
    return up_error_at(err, UP_BAD_DATA, source, 0, "not read yet");
}
