# The look of every chart: colours, fonts, and how texts and rules are drawn. It follows a
# prologue that sets PICTURE, DARK, WIDTH, HEIGHT, SCALE, LOG_SCALE, the panels (LEFT, TOP, RIGHT,
# BOTTOM, in pixels from the top left, and their axes X_MIN … Y_MAX) and the arrays TEXT_… and
# RULE_….

set encoding utf8

# Tones: 1 text, 2 quiet text, 3 grid, 4 axis, 5 to 12 the series, 13 the names of series past those and of context, 14 their lines. The
# first two of the series are Okabe and Ito's blue and vermilion, made to stand out as text; the
# others were chosen so that every tone has a contrast of 4.5 : 1 or more on the background
# and any two differ by 17 or more in CIELAB in simulated protanopia, deuteranopia and
# tritanopia (Machado, Oliveira and Fernandes 2009).
if (DARK) {
    BACKGROUND = '#12161c'
    array TONE[14] = [0xf2f2ee, 0xa9b0b8, 0x2c333c, 0x6d7681, 0x56b4e9, 0xf0924a, 0x8ee6c8, \
        0xc87fa2, 0xd5dd40, 0x8f86f0, 0xe0545d, 0xb1e194, 0x8b939c, 0x545d67]
} else {
    BACKGROUND = '#ffffff'
    array TONE[14] = [0x16191d, 0x5b636c, 0xe2e5e8, 0x8d959d, 0x0067a5, 0xbf4b00, 0x0b4f37, \
        0xa55f7f, 0x7c1a00, 0x4b3cc4, 0x780c60, 0x697d43, 0x6f7780, 0xb3b9bf]
}

# Faces: Latin and the rest, Han, kana, hangul; each regular and bold. Sizes are pixels:
# pngcairo counts in points, hence its fontscale. The svg terminal writes the name as it stands, so a
# list of families needs its commas as entities, and the weight rides along as an attribute.
# RING is the size of a point. Dash types: 11 events, 12 next to derived points, 13 projections.
if (PICTURE eq 'svg') {
    set terminal svg size WIDTH,HEIGHT fixed rounded background BACKGROUND noenhanced \
        font 'DejaVu Sans,12'
    REST = "DejaVu Sans&#44; Noto Sans&#44; Verdana&#44; sans-serif"
    BOLD = "\" font-weight=\"bold"
    array FACE[8] = [REST, REST.BOLD, \
        "Noto Sans CJK SC&#44; ".REST, "Noto Sans CJK SC&#44; ".REST.BOLD, \
        "Noto Sans CJK JP&#44; ".REST, "Noto Sans CJK JP&#44; ".REST.BOLD, \
        "Noto Sans CJK KR&#44; ".REST, "Noto Sans CJK KR&#44; ".REST.BOLD]
    RING = 0.95*SCALE
    set dashtype 11 (4,8)
    set dashtype 12 (3,4)
    set dashtype 13 (6,4)
    set dashtype 14 (1.5,3.5)
    set dashtype 15 (12,4)
    set dashtype 16 (8,3,1.5,3)
} else { if (PICTURE eq 'pdf') {
    set terminal pdfcairo size WIDTH/96.0,HEIGHT/96.0 rounded background rgb BACKGROUND noenhanced \
        fontscale 0.5625 linewidth 1.5 font 'DejaVu Sans,12'
    array FACE[8] = ['DejaVu Sans', 'DejaVu Sans:Bold', \
        'Noto Sans CJK SC', 'Noto Sans CJK SC:Bold', \
        'Noto Sans CJK JP', 'Noto Sans CJK JP:Bold', \
        'Noto Sans CJK KR', 'Noto Sans CJK KR:Bold']
    RING = 1.25*SCALE
    set dashtype 11 (4,12)
    set dashtype 12 (4,6)
    set dashtype 13 (14,9)
    set dashtype 14 (3,8)
    set dashtype 15 (28,9)
    set dashtype 16 (18,7,3,7)
} else {
    set terminal pngcairo size WIDTH,HEIGHT rounded background rgb BACKGROUND noenhanced \
        fontscale 0.75 font 'DejaVu Sans,12'
    array FACE[8] = ['DejaVu Sans', 'DejaVu Sans:Bold', \
        'Noto Sans CJK SC', 'Noto Sans CJK SC:Bold', \
        'Noto Sans CJK JP', 'Noto Sans CJK JP:Bold', \
        'Noto Sans CJK KR', 'Noto Sans CJK KR:Bold']
    RING = 1.6*SCALE
    set dashtype 11 (4,12)
    set dashtype 12 (4,6)
    set dashtype 13 (14,9)
    set dashtype 14 (3,8)
    set dashtype 15 (28,9)
    set dashtype 16 (18,7,3,7)
} }

unset border
unset tics
unset key
unset colorbox
if (LOG_SCALE) { set logscale y }

# What a template draws in panel PANEL, it draws after `eval IN_PANEL`; the texts and rules come
# with the first.
IN_PANEL = 'set lmargin at screen LEFT[PANEL]/WIDTH; set rmargin at screen RIGHT[PANEL]/WIDTH;'. \
    'set tmargin at screen 1.0-TOP[PANEL]/HEIGHT; set bmargin at screen 1.0-BOTTOM[PANEL]/HEIGHT;'. \
    'set xrange [X_MIN[PANEL]:X_MAX[PANEL]]; set yrange [Y_MIN[PANEL]:Y_MAX[PANEL]];'. \
    'if (PANEL == 2) { unset arrow; unset label }'
NOTHING = 'plot Y_MIN[PANEL] notitle with lines linetype nodraw'

tone(n) = TONE[int(n)]
across(x) = x/WIDTH
up(y) = 1.0-y/HEIGHT

do for [i=1:RULES] {
    set arrow i from screen across(RULE_X1[i]), screen up(RULE_Y1[i]) \
        to screen across(RULE_X2[i]), screen up(RULE_Y2[i]) nohead back \
        lw RULE_WIDTH[i] dt int(RULE_DASH[i]) lc rgb tone(RULE_TONE[i])
}

do for [i=1:TEXTS] {
    TEXT_FONT = sprintf('%s,%.2f', FACE[int(TEXT_FACE[i])], TEXT_SIZE[i])
    if (TEXT_ALIGN[i] == 0) {
        set label i TEXT[i] at screen across(TEXT_X[i]), screen up(TEXT_Y[i]) left \
            rotate by TEXT_TURN[i] font TEXT_FONT tc rgb tone(TEXT_TONE[i]) noenhanced front
    }
    if (TEXT_ALIGN[i] == 1) {
        set label i TEXT[i] at screen across(TEXT_X[i]), screen up(TEXT_Y[i]) right \
            rotate by TEXT_TURN[i] font TEXT_FONT tc rgb tone(TEXT_TONE[i]) noenhanced front
    }
    if (TEXT_ALIGN[i] == 2) {
        set label i TEXT[i] at screen across(TEXT_X[i]), screen up(TEXT_Y[i]) center \
            rotate by TEXT_TURN[i] font TEXT_FONT tc rgb tone(TEXT_TONE[i]) noenhanced front
    }
}
