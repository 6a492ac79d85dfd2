/* Bytes as they come to text: unpacked (gzip) and in UTF-8 (iconv).
 *
 *     up_decoded text = {0};
 *     up_decode(bytes, length, "figures.csv.gz", NULL, &text, err);   // takes bytes
 *     text.data, text.length                                          // UTF-8, no BOM cut
 *     up_decoded_release(&text);
 *
 * The encoding is told by a BOM, by UTF-8 being valid, by the pattern of zero bytes (UTF-16
 * without BOM), by GB18030 being valid and giving common Chinese characters, and is else
 * Windows-1252 (a superset of Latin-1's printable part). What was found is said in `encoding`
 * and whether it is a guess in `guessed`; the caller may name one instead. */
#ifndef UPTICK_DECODE_H
#define UPTICK_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_decoded {
    char *data;        /* owned; NUL-terminated; a UTF-8 BOM stays */
    size_t length;     /* without the NUL */
    char encoding[32]; /* "UTF-8", "UTF-16LE", "GB18030", "windows-1252", … */
    bool gzipped;
    bool guessed; /* neither BOM nor valid UTF-8 nor the caller said so */
} up_decoded;

/* Takes `bytes` (malloc'd, length bytes), also on failure; without gzip and in UTF-8 they are
 * not copied. encoding NULL: found out. UP_BAD_DATA with the byte's place in the source: cut or
 * damaged gzip, bytes that the encoding does not have; UP_USAGE: an encoding nobody knows. An
 * unpacked size beyond 64 GiB is refused. */
UP_MUST_CHECK up_status up_decode(char *bytes, size_t length, const char *source,
                                  const char *encoding, up_decoded *out, up_error *err);
void up_decoded_release(up_decoded *decoded);

#ifdef __cplusplus
}
#endif
#endif
