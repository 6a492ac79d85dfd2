#include "published.h"

#include <zlib.h>

#include "text/decode_parts.h"
#include "uptick/csv.h"
#include "uptick/decode.h"
#include "uptick/frame.h"

static const char source[] = "figures.csv.gz";

static char *copy_of(const char *bytes, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    return copy;
}

static up_decoded decode(const char *bytes, size_t length, const char *encoding)
{
    up_decoded decoded = {0};
    up_error err = {0};
    if (up_decode(copy_of(bytes, length), length, source, encoding, &decoded, &err) !=
        UP_OK)
        fail_msg("%zu: %s", err.line, err.message);
    return decoded;
}

static void assert_decodes(const char *bytes, size_t length, const char *encoding,
                           const char *text, const char *found, bool guessed)
{
    up_decoded decoded = decode(bytes, length, encoding);
    assert_string_equal(decoded.data, text);
    assert_int_equal(decoded.length, strlen(text));
    assert_string_equal(decoded.encoding, found);
    assert_int_equal(decoded.guessed, guessed);
    up_decoded_release(&decoded);
}

#define ASSERT_DECODES(bytes, encoding, text, found, guessed)                            \
    assert_decodes(bytes, sizeof(bytes) - 1, encoding, text, found, guessed)

static void assert_refused(const char *bytes, size_t length, const char *encoding,
                           up_status status, size_t line, const char *message)
{
    up_decoded decoded = {0};
    up_error err = {0};
    assert_int_equal(
        up_decode(copy_of(bytes, length), length, source, encoding, &decoded, &err),
        status);
    assert_string_equal(err.message, message);
    assert_int_equal(err.line, line);
    assert_null(decoded.data);
}

/* --- Encodings ---------------------------------------------------------------------- */

static void utf8_is_left_as_it_is(void **state)
{
    (void)state;
    char *bytes = copy_of("a,\xC3\xA9\n", 5);
    up_decoded decoded = {0};
    assert_int_equal(up_decode(bytes, 5, source, NULL, &decoded, NULL), UP_OK);
    assert_string_equal(decoded.data, "a,\xC3\xA9\n");
    assert_string_equal(decoded.encoding, "UTF-8");
    assert_false(decoded.guessed || decoded.gzipped);
    up_decoded_release(&decoded);
    up_decoded_release(NULL);
    ASSERT_DECODES("\xEF\xBB\xBF"
                   "a",
                   NULL,
                   "\xEF\xBB\xBF"
                   "a",
                   "UTF-8", false);
    ASSERT_DECODES("", NULL, "", "UTF-8", false);
    ASSERT_DECODES("a", "utf-8", "a", "UTF-8", false);
    /* cut off, or with a slip: the reader says where */
    ASSERT_DECODES("\xE4\xB8\xAD\xE4\xB8", NULL, "\xE4\xB8\xAD\xE4\xB8", "UTF-8", false);
    ASSERT_DECODES("\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8"
                   "\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xFF.",
                   NULL,
                   "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8"
                   "\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xFF.",
                   "UTF-8", false);
}

static void utf16_is_told_by_its_bom_or_its_zeros(void **state)
{
    (void)state;
    ASSERT_DECODES("\xFF\xFE"
                   "a\0,\0\xA4\x02",
                   NULL,
                   "\xEF\xBB\xBF"
                   "a,\xCA\xA4",
                   "UTF-16LE", false);
    ASSERT_DECODES("\xFE\xFF\0a\0,\x02\xA4", NULL,
                   "\xEF\xBB\xBF"
                   "a,\xCA\xA4",
                   "UTF-16BE", false);
    ASSERT_DECODES("a\0,\0\xA4\x02", NULL, "a,\xCA\xA4", "UTF-16LE", true);
    ASSERT_DECODES("\0a\0,\x02\xA4", NULL, "a,\xCA\xA4", "UTF-16BE", true);
    ASSERT_DECODES("\xFF\xFE"
                   "a\0",
                   "UTF-16",
                   "\xEF\xBB\xBF"
                   "a",
                   "UTF-16", false);
    ASSERT_DECODES("\xFE\xFF\0a", "UTF-16",
                   "\xEF\xBB\xBF"
                   "a",
                   "UTF-16", false);
    ASSERT_DECODES("\xFF\xFE\0\0a\0\0\0", NULL,
                   "\xEF\xBB\xBF"
                   "a",
                   "UTF-32LE", false);
}

/* 指标,2024年 in GB18030; the same characters as in the first line of
 * niandu-gdp-gb18030.csv */
static void chinese_is_told_by_its_common_characters(void **state)
{
    (void)state;
    ASSERT_DECODES("\xD6\xB8\xB1\xEA,2024\xC4\xEA", NULL,
                   "\xE6\x8C\x87\xE6\xA0\x87,2024\xE5\xB9\xB4", "GB18030", true);
    /* São Paulo, Göteborg, Málaga: a letter with an accent and one without */
    ASSERT_DECODES("S\xE3o Paulo,G\xF6teborg,M\xE1laga", NULL,
                   "S\xC3\xA3o Paulo,G\xC3\xB6teborg,M\xC3\xA1laga", "windows-1252",
                   true);
    ASSERT_DECODES("caf\xE9", NULL, "caf\xC3\xA9", "windows-1252", true);
    ASSERT_DECODES("\x80 5", NULL, "\xE2\x82\xAC 5", "windows-1252", true);
}

static void encoding_that_is_named_is_taken(void **state)
{
    (void)state;
    /* Λεωνιδας, from table-infer-iso-8859-7.csv */
    ASSERT_DECODES("\xCB\xE5\xF9\xED\xE9\xE4\xE1\xF2", "ISO-8859-7",
                   "\xCE\x9B\xCE\xB5\xCF\x89\xCE\xBD\xCE\xB9\xCE\xB4\xCE\xB1\xCF\x82",
                   "ISO-8859-7", false);
    ASSERT_DECODES("\xE9", "latin1", "\xC3\xA9", "latin1", false);
    const char *const unknown[] = {"klingon", "latin1//IGNORE", ""};
    for (size_t i = 0; i < 3; i++) {
        char message[200];
        snprintf(message, sizeof message,
                 "no encoding is named '%s' (wanted e.g. UTF-8, windows-1252, GB18030)",
                 unknown[i]);
        assert_refused("a", 1, unknown[i], UP_USAGE, 0, message);
    }
}

static void bytes_that_an_encoding_lacks_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_refused("a\nb\xE9\x81", 5, NULL, UP_BAD_DATA, 2,
                   "byte 0x81 at column 3 is not windows-1252");
    assert_refused("a\0\n\0b", 5, "UTF-16LE", UP_BAD_DATA, 2,
                   "the text ends in the middle of a character of UTF-16LE, at byte 4");
    assert_refused("\xD6\xB8\xB1", 3, "GB18030", UP_BAD_DATA, 1,
                   "the text ends in the middle of a character of GB18030, at byte 2");
    assert_refused("\xC3\xA9\xFF", 3, "ASCII", UP_BAD_DATA, 1,
                   "byte 0xC3 at column 1 is not ASCII");
}

static void other_formats_are_named(void **state)
{
    (void)state;
    assert_refused(
        "PK\x03\x04....", 8, NULL, UP_BAD_DATA, 0,
        "the file is a ZIP archive or an Excel workbook (unpack it, or save the "
        "sheet as CSV)");
    assert_refused("BZh91AY", 7, NULL, UP_BAD_DATA, 0,
                   "the file is packed with bzip2 (unpack it)");
}

/* --- gzip --------------------------------------------------------------------------- */

static char *gzip(const char *text, size_t length, size_t *packed)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);
    size_t room = deflateBound(&z, length);
    char *out = malloc(room);
    char *in = copy_of(text, length);
    assert_non_null(out);
    z.next_in = (Bytef *)in;
    z.avail_in = (uInt)length;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    *packed = room - z.avail_out;
    deflateEnd(&z);
    free(in);
    return out;
}

static void members_are_unpacked_one_after_another(void **state)
{
    (void)state;
    size_t a_length, b_length;
    char *a = gzip("a,b\n", 4, &a_length), *b = gzip("1,\xE9\n", 4, &b_length);
    up_buffer both = {0};
    up_buffer_add_bytes(&both, a, a_length);
    up_buffer_add_bytes(&both, b, b_length);
    up_decoded decoded = decode(both.data, both.length, NULL);
    assert_string_equal(decoded.data, "a,b\n1,\xC3\xA9\n");
    assert_true(decoded.gzipped);
    assert_string_equal(decoded.encoding, "windows-1252");
    up_decoded_release(&decoded);
    up_buffer_add_bytes(&both, "\0\0\0", 3); /* a block filled up */
    decoded = decode(both.data, both.length, NULL);
    assert_int_equal(decoded.length, 9);
    up_decoded_release(&decoded);
    up_buffer_add(&both, "x");
    char message[100];
    snprintf(message, sizeof message,
             "something else stands behind the gzip data, at byte %zu", both.length - 1);
    assert_refused(both.data, both.length, NULL, UP_BAD_DATA, 0, message);
    up_buffer_release(&both);
    free(a);
    free(b);
}

static void cut_or_damaged_gzip_is_refused(void **state)
{
    (void)state;
    size_t length;
    char *packed = gzip("a,b\n1,2\n", 8, &length);
    for (size_t cut = 2; cut < length; cut++) {
        up_decoded decoded = {0};
        up_error err = {0};
        assert_int_equal(
            up_decode(copy_of(packed, cut), cut, source, NULL, &decoded, &err),
            UP_BAD_DATA);
        char message[100];
        snprintf(message, sizeof message, "the gzip data is cut off: %zu bytes, ", cut);
        assert_memory_equal(err.message, message, strlen(message));
        assert_string_equal(err.source, source);
    }
    packed[length - 8] ^= 1; /* of the check sum */
    char message[100];
    snprintf(message, sizeof message,
             "the gzip data is damaged at byte %zu (incorrect data check)", length - 4);
    assert_refused(packed, length, NULL, UP_BAD_DATA, 0, message);
    free(packed);
}

static void size_of_what_is_unpacked_is_bounded(void **state)
{
    (void)state;
    size_t length;
    char *zeros = calloc(1, 1 << 20), *out = NULL;
    assert_non_null(zeros);
    char *packed = gzip(zeros, 1 << 20, &length);
    size_t unpacked;
    up_error err = {0};
    assert_int_equal(up_gunzip(packed, length, source, 1 << 20, &out, &unpacked, &err),
                     UP_OK);
    assert_int_equal(unpacked, 1 << 20);
    free(out);
    assert_int_equal(
        up_gunzip(packed, length, source, (1 << 20) - 1, &out, &unpacked, &err),
        UP_BAD_DATA);
    assert_string_equal(err.message, "the gzip data unpacks to more than 1048575 bytes");
    free(packed);
    free(zeros);
}

/* --- Files of other projects -------------------------------------------------------- */

/* EXPECTED.tsv: file, encoding. Latin-1's printable part is windows-1252. */
static void check_torture_file(const char *folder, const char *file, const char *encoding)
{
    char path[SCRATCH_PATH];
    struct stat st;
    char *bytes = scratch_read(folder, file);
    if (bytes == NULL)
        fail_msg("%s is missing", file);
    scratch_path(path, folder, file);
    assert_int_equal(stat(path, &st), 0);
    up_decoded decoded = {0};
    up_error err = {0};
    bool is_greek = strcmp(encoding, "ISO-8859-7") == 0; /* must be named */
    if (up_decode(bytes, (size_t)st.st_size, file, is_greek ? encoding : NULL, &decoded,
                  &err) != UP_OK)
        fail_msg("%s: %s", file, err.message);
    const char *wanted = strncmp(encoding, "UTF-8", 5) == 0    ? "UTF-8"
                         : strcmp(encoding, "UTF-16 BOM") == 0 ? "UTF-16LE"
                         : strcmp(encoding, "ISO-8859-1") == 0 ? "windows-1252"
                                                               : encoding;
    assert_string_equal(decoded.encoding, wanted);
    assert_true(up_utf8_is_valid(decoded.data));
    up_decoded_release(&decoded);
}

static void torture_files_are_in_the_encoding_they_say(void **state)
{
    (void)state;
    const char folder[] = UPTICK_SOURCE_DIR "/tests/data/torture";
    char *table = scratch_read(folder, "EXPECTED.tsv");
    assert_non_null(table);
    size_t checked = 0;
    char *rest = table;
    strsep(&rest, "\n");
    for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0'; checked++) {
        char *file = strsep(&line, "\t"), *encoding = strsep(&line, "\t");
        check_torture_file(folder, file, encoding);
    }
    assert_true(checked > 40);
    free(table);
}

/* The text a named torture file ends with, per EXPECTED.tsv. */
static void last_cells_of_other_encodings_are_right(void **state)
{
    (void)state;
    static const struct {
        const char *file, *encoding, *last;
    } files[] = {
        {"csvkit/test_latin1.csv", NULL, "\xC2\xA9"},
        {"csvkit/test_utf16_little.csv", NULL, "\xCA\xA4"},
        {"frictionless/table-infer-iso-8859-7.csv", "ISO-8859-7",
         "\xCE\x95\xCF\x85\xCF\x83\xCF\x84\xCE\xBF\xCF\x81\xCE\xB3\xCE\xB9\xCE\xBF\xCF"
         "\x82"},
    };
    for (size_t i = 0; i < 3; i++) {
        char path[SCRATCH_PATH];
        struct stat st;
        const char folder[] = UPTICK_SOURCE_DIR "/tests/data/torture";
        char *bytes = scratch_read(folder, files[i].file);
        assert_non_null(bytes);
        scratch_path(path, folder, files[i].file);
        assert_int_equal(stat(path, &st), 0);
        up_decoded decoded = {0};
        up_frame frame = {0};
        assert_int_equal(
            up_decode(bytes, (size_t)st.st_size, "", files[i].encoding, &decoded, NULL),
            UP_OK);
        assert_int_equal(
            up_frame_read(decoded.data, decoded.length, "", NULL, &frame, NULL, NULL),
            UP_OK);
        assert_int_equal(frame.columns, 3);
        assert_string_equal(up_frame_cell(&frame, frame.rows - 1, 2), files[i].last);
        up_frame_release(&frame);
        up_decoded_release(&decoded);
    }
}

static void gb18030_file_gives_what_the_utf8_file_gives(void **state)
{
    (void)state;
    char *utf8 = scratch_read(PUBLISHED "/zh", "niandu-gdp-utf8.csv");
    char *gb = scratch_read(PUBLISHED "/zh", "niandu-gdp-gb18030.csv");
    assert_non_null(utf8);
    assert_non_null(gb);
    up_decoded decoded = {0};
    assert_int_equal(up_decode(gb, strlen(gb), "", NULL, &decoded, NULL), UP_OK);
    assert_string_equal(decoded.encoding, "GB18030");
    assert_true(decoded.guessed);
    assert_string_equal(decoded.data, utf8);
    up_decoded_release(&decoded);
    free(utf8);
}

static void random_bytes_are_survived(void **state)
{
    (void)state;
    unsigned seed = 99;
    for (int round = 0; round < 3000; round++) {
        char bytes[64];
        size_t length = seed % sizeof bytes;
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = (char)(seed >> 16);
        }
        seed += 7;
        if (round % 2 == 0 && length > 3)
            memcpy(bytes, "\x1F\x8B\x08", 3);
        up_decoded decoded = {0};
        up_error err = {0};
        if (up_decode(copy_of(bytes, length), length, source, NULL, &decoded, &err) !=
            UP_OK)
            assert_true(err.message[0] != '\0');
        up_decoded_release(&decoded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_left_as_it_is),
        cmocka_unit_test(utf16_is_told_by_its_bom_or_its_zeros),
        cmocka_unit_test(chinese_is_told_by_its_common_characters),
        cmocka_unit_test(encoding_that_is_named_is_taken),
        cmocka_unit_test(bytes_that_an_encoding_lacks_are_refused_with_their_place),
        cmocka_unit_test(other_formats_are_named),
        cmocka_unit_test(members_are_unpacked_one_after_another),
        cmocka_unit_test(cut_or_damaged_gzip_is_refused),
        cmocka_unit_test(size_of_what_is_unpacked_is_bounded),
        cmocka_unit_test(torture_files_are_in_the_encoding_they_say),
        cmocka_unit_test(last_cells_of_other_encodings_are_right),
        cmocka_unit_test(gb18030_file_gives_what_the_utf8_file_gives),
        cmocka_unit_test(random_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
