/* Characters that no installed font can draw, and the packages that have them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "report/chart_draw.h"

/* The blocks of Unicode 15, and which fonts of Debian 12 draw them. */
static void every_script_has_the_package_that_draws_it(void **state)
{
    (void)state;
    static const struct {
        int32_t character;
        const char *package;
    } cases[] = {
        {0x4E2D, "fonts-noto-cjk"},          /* 中 */
        {0x3042, "fonts-noto-cjk"},          /* あ */
        {0xD55C, "fonts-noto-cjk"},          /* 한 */
        {0x20000, "fonts-noto-cjk"},         /* Han, extension B */
        {0x0639, "fonts-noto-core"},         /* Arabic ain */
        {0x05D0, "fonts-noto-core"},         /* Hebrew alef */
        {0x0939, "fonts-noto-core"},         /* Devanagari ha */
        {0x0E44, "fonts-noto-core"},         /* Thai sara ai */
        {0x2211, "fonts-noto-core"},         /* sum sign */
        {0x1D538, "fonts-noto-core"},        /* double-struck A */
        {0x1F600, "fonts-noto-color-emoji"}, /* grinning face */
        {0x1F004, "fonts-symbola"},          /* mahjong tile */
        {0x0416, "fonts-dejavu-core"},       /* Cyrillic zhe */
        {0xE000, NULL},                      /* private use */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *package = up_font_package(cases[i].character);
        if (!cases[i].package)
            assert_null(package);
        else
            assert_string_equal(package, cases[i].package);
    }
}

static void each_package_is_named_once(void **state)
{
    (void)state;
    static const int32_t missing[] = {0x4E2D, 0x0639, 0x56FD, 0xE000, 0x1F600};
    up_remarks remarks = {0};
    up_font_remark(&remarks, missing, 5);
    assert_int_equal(remarks.count, 1);
    assert_string_equal(
        remarks.items[0].message,
        "no installed font has 中 (U+4E2D), ع (U+0639), 国 (U+56FD), "
        "\xee\x80\x80 (U+E000), 😀 (U+1F600); the chart shows boxes instead "
        "(install the packages fonts-noto-cjk, fonts-noto-core and "
        "fonts-noto-color-emoji)");
    up_remarks_release(&remarks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_script_has_the_package_that_draws_it),
        cmocka_unit_test(each_package_is_named_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
