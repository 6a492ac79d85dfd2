# Kind "bar": bar n stands at y = n, counted from the top. BAR, PALE, … are 0 where there are no
# rows. The tone is in the last column:
#   $bar $pale $open   from, to, y, half of its height   as in columns.gp
#   $edge              at y half                         the firm edge of an open bar
#   $whisker           low high y

BOX = ' using (($1+$2)/2):3:1:2:($3-$4):($3+$4):(tone($5)) notitle with boxxyerror fillstyle'
PANEL = 1
eval IN_PANEL
PLOT = NOTHING
if (BAR) { PLOT = PLOT.', $bar'.BOX.' solid 1.0 noborder lc rgb variable' }
if (PALE) { PLOT = PLOT.', $pale'.BOX.' transparent solid 0.25 border lw 1.5*SCALE lc rgb variable' }
if (OPEN) { PLOT = PLOT.', $open'.BOX.' transparent solid 0.22 noborder lc rgb variable' }
if (EDGE) { PLOT = PLOT.', $edge using 1:($2-$3):(0):(2*$3):(tone($4)) notitle with vectors nohead'. \
    ' lw 4*SCALE lc rgb variable' }
if (WHISKER) { PLOT = PLOT.', $whisker using 1:3:($2-$1):(0) notitle with vectors nohead'. \
    ' lw 4*SCALE lc rgb BACKGROUND'. \
    ', $whisker using 1:3:($2-$1):(0) notitle with vectors nohead lw 1.8*SCALE lc rgb tone(1)' }
eval PLOT
