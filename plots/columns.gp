# Kind "columns": bar n stands at x = n. BAR, PALE, … are 0 where there are no rows. The tone is in
# the last column:
#   $bar $pale   x middle, left, right, from, to   pale: derived, forecast or a range
#   $open        the same: only the bound at its end is known
#   $edge        left right at                     the firm edge of such a bar
#   $whisker     x low high

BOX = ' using 1:4:2:3:4:5:(tone($6)) notitle with boxxyerror fillstyle'
PANEL = 1
eval IN_PANEL
PLOT = NOTHING
if (BAR) { PLOT = PLOT.', $bar'.BOX.' solid 1.0 noborder lc rgb variable' }
if (PALE) { PLOT = PLOT.', $pale'.BOX.' transparent solid 0.25 border lw 1.5*SCALE lc rgb variable' }
if (OPEN) { PLOT = PLOT.', $open'.BOX.' transparent solid 0.22 noborder lc rgb variable' }
if (EDGE) { PLOT = PLOT.', $edge using 1:3:($2-$1):(0):(tone($4)) notitle with vectors nohead'. \
    ' lw 4*SCALE lc rgb variable' }
if (WHISKER) { PLOT = PLOT.', $whisker using 1:2:(0):($3-$2) notitle with vectors nohead'. \
    ' lw 4*SCALE lc rgb BACKGROUND'. \
    ', $whisker using 1:2:(0):($3-$2) notitle with vectors nohead lw 1.8*SCALE lc rgb tone(1)' }
eval PLOT
