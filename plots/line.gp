# Kinds "line" and "facet". Blocks in groups, each with its tone and its panel (LINE_TONE,
# LINE_PANEL, …); LINE, STEP, … count the groups:
#   $outer $inner   time low high       the 95 and 80 % bands
#   $line $weak     time value          between reported points; next to a derived one
#   $step           time value          the projection; STEP_DASH has its dashes
# Blocks of single marks, a group a panel, the tone in the last column:
#   $span           from to value       a date known only as a span
#   $bound $range   time low high       bounds of a value; a value known only as a range
#   $point $hollow  time value type
#   $about          time value          a ring around the point

part(block, i) = sprintf(', $%s index %d ', block, i-1)
band(block, i, tone, density) = part(block, i).'using 1:2:3 notitle with filledcurves'. \
    sprintf(' fillcolor rgb tone(%d) fillstyle transparent solid %.2f noborder', tone, density)
path(block, i, tone, width, dash) = part(block, i).'using 1:2 notitle with lines'. \
    sprintf(' lw %.2f*SCALE dt %d lc rgb tone(%d)', width, dash, tone)
HEADS = ' notitle with vectors heads size screen 0.004,90 lw 1.5*SCALE lc rgb variable'

if (PANELS > 1) { set multiplot }
do for [PANEL=1:PANELS] {
    eval IN_PANEL
    PLOT = NOTHING
    do for [i=1:OUTER] { if (OUTER_PANEL[i] == PANEL) {
        PLOT = PLOT.band('outer', i, OUTER_TONE[i], 0.13) } }
    do for [i=1:INNER] { if (INNER_PANEL[i] == PANEL) {
        PLOT = PLOT.band('inner', i, INNER_TONE[i], 0.20) } }
    do for [i=1:WEAK] { if (WEAK_PANEL[i] == PANEL) {
        PLOT = PLOT.path('weak', i, WEAK_TONE[i], 2, 12) } }
    do for [i=1:LINE] { if (LINE_PANEL[i] == PANEL) {
        PLOT = PLOT.path('line', i, LINE_TONE[i], LINE_TONE[i] == 14 ? 1.8 : 3, 1) } }
    do for [i=1:STEP] { if (STEP_PANEL[i] == PANEL) {
        PLOT = PLOT.path('step', i, STEP_TONE[i], 2.5, STEP_DASH[i]) } }
    do for [i=1:BOUND] { if (BOUND_PANEL[i] == PANEL) {
        PLOT = PLOT.part('bound', i).'using 1:2:(0):($3-$2):(tone($4))'.HEADS } }
    do for [i=1:SPAN] { if (SPAN_PANEL[i] == PANEL) {
        PLOT = PLOT.part('span', i).'using 1:3:($2-$1):(0):(tone($4))'.HEADS } }
    do for [i=1:RANGE] { if (RANGE_PANEL[i] == PANEL) {
        PLOT = PLOT.part('range', i).'using 1:2:(0):($3-$2):(tone($4)+0x60000000)'. \
            ' notitle with vectors nohead lw 7*SCALE lc rgb variable' } }
    do for [i=1:ABOUT] { if (ABOUT_PANEL[i] == PANEL) {
        PLOT = PLOT.part('about', i).'using 1:2'. \
            ' notitle with points pt 7 ps 1.85*RING lc rgb BACKGROUND'. \
            part('about', i).'using 1:2:(tone($3))'. \
            ' notitle with points pt 6 ps 1.8*RING lw 1.3*SCALE lc rgb variable' } }
    do for [i=1:HOLLOW] { if (HOLLOW_PANEL[i] == PANEL) {
        PLOT = PLOT.part('hollow', i).'using 1:2:($3+1)'. \
            ' notitle with points pt variable ps RING lc rgb BACKGROUND'. \
            part('hollow', i).'using 1:2:3:(tone($4))'. \
            ' notitle with points pt variable ps RING lw 2*SCALE lc rgb variable' } }
    do for [i=1:POINT] { if (POINT_PANEL[i] == PANEL) {
        PLOT = PLOT.part('point', i).'using 1:2:3:(tone($4))'. \
            ' notitle with points pt variable ps RING lc rgb variable' } }
    eval PLOT
}
if (PANELS > 1) { unset multiplot }
