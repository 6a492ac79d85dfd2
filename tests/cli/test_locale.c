/* Under a locale whose decimal mark is a comma every command reads and prints the same. */
#include "cli/cli_fixture.h"

#include <locale.h>

static const char name[] = "de_DE.UTF-8";
static char compiled[SCRATCH_PATH];

/* The system's locale, else one compiled into a scratch folder. */
static bool use_comma(void)
{
    if (setlocale(LC_ALL, name) != NULL)
        return true;
    char path[SCRATCH_PATH];
    if (compiled[0] == '\0') {
        scratch_make(compiled);
        scratch_path(path, compiled, name);
        const char *const argv[] = {"localedef", "--no-archive", "-f", "UTF-8",
                                    "-i",        "de_DE",        path, NULL};
        up_process_result r = {0};
        if (up_process_run(argv, "", 0, &r, NULL) != UP_OK)
            print_message("localedef is missing\n");
        up_process_result_release(&r);
    }
    assert_int_equal(setenv("LOCPATH", compiled, 1), 0);
    bool used = setlocale(LC_ALL, name) != NULL;
    unsetenv("LOCPATH"); /* newlocale of glibc leaks the path it has read there */
    return used;
}

static int remove_compiled(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C");
    if (compiled[0] != '\0')
        scratch_remove(compiled);
    return 0;
}

/* All that the main commands print, and every byte of the store and the script after them. */
static void collect(up_buffer *all)
{
    char script[SCRATCH_PATH], picture[SCRATCH_PATH];
    assert_int_equal(make_tracker(NULL), 0);
    scratch_path(script, root, "c.gp");
    scratch_path(picture, root, "c.svg");
    const char *const lines[][12] = {
        {"add", "users/China", "2025-06", "600.5 million", "--source", "gt"},
        {"add", "users/China", "2025-07", "701,234,567.5", "--source", "gt"},
        {"add", "users/China", "2025-08", "801.234.567,5", "--decimal", ","},
        {"set", "users", "decimals=2"},
        {"claim", "users/China", "2.5-fold", "--from", "2024", "--to", "2025"},
        {"list"},
        {"show", "users"},
        {"show", "users", "--format", "csv"},
        {"cite", "users"},
        {"check"},
        {"growth", "users"},
        {"growth", "users", "--trend"},
        {"growth", "users", "--format", "json"},
        {"growth", "users / users", "--format", "csv"},
        {"project", "users"},
        {"project", "users", "--levels", "80,97.5", "--format", "json"},
        {"export", "*"},
        {"export", "*", "--format", "json"},
        {"chart", "users", "-o", picture, "--script", script, "--project", "2026"},
        {"chart", "users", "-o", picture, "--kind", "growth"},
        {"add", "users/China", "2026", "3,5 million"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *argv[14] = {"uptick"};
        memcpy(argv + 1, lines[i], sizeof lines[i]);
        run_line(argv);
        up_buffer_addf(all, "%s: %d\n%s%s", lines[i][0], last.code, last.out, last.err);
    }
    snapshot s = take_snapshot();
    for (size_t i = 0; i < s.count; i++)
        up_buffer_addf(all, "%s\n%s", s.files[i].name, s.files[i].data);
    free_snapshot(&s);
    static const char *const outputs[] = {"c.gp", "c.svg"};
    for (size_t i = 0; i < 2; i++) {
        char *text = scratch_read(root, outputs[i]);
        if (text == NULL)
            fail_msg("no %s: %s", outputs[i], up_buffer_text(all));
        up_buffer_add(all, text);
        free(text);
    }
}

/* Shows the first line that differs. */
static void assert_same_text(const up_buffer *a, const up_buffer *b)
{
    const char *x = up_buffer_text(a), *y = up_buffer_text(b);
    size_t line = 0;
    while (x[line] != '\0' && x[line] == y[line])
        line++;
    while (line > 0 && x[line - 1] != '\n')
        line--;
    if (strcmp(x, y) != 0)
        fail_msg("with a comma: %.200s\nwithout: %.200s", y + line, x + line);
}

static void a_decimal_comma_in_the_locale_changes_nothing(void **state)
{
    up_buffer plain = {0}, comma = {0};
    assert_non_null(setlocale(LC_ALL, "C"));
    collect(&plain);
    remove_tracker(state);
    if (!use_comma()) {
        print_message("no locale %s here, and none could be made: not tested\n", name);
        up_buffer_release(&plain);
        skip();
    }
    assert_string_equal(localeconv()->decimal_point, ",");
    collect(&comma);
    remove_tracker(state);
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_true(plain.length > 10000);
    assert_same_text(&plain, &comma);
    up_buffer_release(&plain);
    up_buffer_release(&comma);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decimal_comma_in_the_locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, remove_compiled);
}
