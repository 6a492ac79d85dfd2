# Writes OUTPUT: a C file holding each file of TEMPLATES as a byte array, and the table that
# names them (declared in src/report/template.h).
set(arrays "")
set(rows "")
foreach(file IN LISTS TEMPLATES)
    get_filename_component(name "${file}" NAME_WE)
    string(MAKE_C_IDENTIFIER "${name}" id)
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND arrays "static const unsigned char template_${id}[] = {${bytes}0x00};\n")
    string(APPEND rows "    {\"${name}\", (const char *)template_${id}},\n")
endforeach()
file(WRITE "${OUTPUT}"
"#include \"report/template.h\"\n\n${arrays}\nconst up_template up_templates[] = {\n${rows}    {0, 0},\n};\n")
