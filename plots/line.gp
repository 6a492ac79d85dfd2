# Kind "line". Blocks in parts, one a line, their tones in an array:
#   $outer $inner   time low high       the 95 and 80 % bands
#   $line $weak     time value          between reported points; next to a derived one
#   $step           time value          the projection
# Blocks of single marks, the tone in the last column:
#   $span           from to value       a date known only as a span
#   $bound $range   time low high       bounds of a value; a value known only as a range
#   $point $hollow  time value type
#   $about          time value      a ring around the point
# LINE, STEP, … count the parts; 0 leaves the element out (an empty `for` would still run once).

PLOT = 'plot Y_MIN notitle with lines linetype nodraw'
if (OUTER) { PLOT = PLOT.', for [i=1:OUTER] $outer index i-1 using 1:2:3 notitle with filledcurves'. \
    ' fillcolor rgb tone(OUTER_TONE[i]) fillstyle transparent solid 0.13 noborder' }
if (INNER) { PLOT = PLOT.', for [i=1:INNER] $inner index i-1 using 1:2:3 notitle with filledcurves'. \
    ' fillcolor rgb tone(INNER_TONE[i]) fillstyle transparent solid 0.20 noborder' }
if (WEAK) { PLOT = PLOT.', for [i=1:WEAK] $weak index i-1 using 1:2 notitle with lines'. \
    ' lw 2*SCALE dt 12 lc rgb tone(WEAK_TONE[i])' }
if (LINE) { PLOT = PLOT.', for [i=1:LINE] $line index i-1 using 1:2 notitle with lines'. \
    ' lw 3*SCALE lc rgb tone(LINE_TONE[i])' }
if (STEP) { PLOT = PLOT.', for [i=1:STEP] $step index i-1 using 1:2 notitle with lines'. \
    ' lw 2.5*SCALE dt 13 lc rgb tone(STEP_TONE[i])' }
if (BOUND) { PLOT = PLOT.', $bound using 1:2:(0):($3-$2):(tone($4)) notitle with vectors'. \
    ' heads size screen 0.004,90'. \
    ' lw 1.5*SCALE lc rgb variable' }
if (SPAN) { PLOT = PLOT.', $span using 1:3:($2-$1):(0):(tone($4)) notitle with vectors'. \
    ' heads size screen 0.004,90'. \
    ' lw 1.5*SCALE lc rgb variable' }
if (RANGE) { PLOT = PLOT.', $range using 1:2:(0):($3-$2):(tone($4)+0x60000000) notitle with vectors nohead'. \
    ' lw 7*SCALE lc rgb variable' }
if (ABOUT) { PLOT = PLOT.', $about using 1:2 notitle with points pt 7 ps 1.85*RING lc rgb BACKGROUND'. \
    ', $about using 1:2:(tone($3)) notitle with points pt 6 ps 1.8*RING lw 1.3*SCALE lc rgb variable' }
if (HOLLOW) { PLOT = PLOT.', $hollow using 1:2:($3+1) notitle with points'. \
    ' pt variable ps RING lc rgb BACKGROUND'. \
    ', $hollow using 1:2:3:(tone($4)) notitle with points'. \
    ' pt variable ps RING lw 2*SCALE lc rgb variable' }
if (POINT) { PLOT = PLOT.', $point using 1:2:3:(tone($4)) notitle with points'. \
    ' pt variable ps RING lc rgb variable' }
eval PLOT
