# Kind "stack": AREA, SEAM and COLUMN are 0 where there are no rows.
#   $area     time low high             a group a series
#   $seam     time value                between two of them
#   $column   time half low high tone

PANEL = 1
eval IN_PANEL
PLOT = NOTHING
do for [i=1:AREA] { PLOT = PLOT.sprintf(', $area index %d using 1:2:3 notitle', i-1). \
    sprintf(' with filledcurves fillcolor rgb tone(%d) fillstyle solid 1.0 noborder', AREA_TONE[i]) }
do for [i=1:SEAM] { PLOT = PLOT.sprintf(', $seam index %d using 1:2 notitle', i-1). \
    ' with lines lw 1.2*SCALE lc rgb BACKGROUND' }
if (COLUMN) { PLOT = PLOT.', $column using 1:(($3+$4)/2):($1-$2):($1+$2):3:4:(tone($5)) notitle'. \
    ' with boxxyerror lc rgb variable fillstyle solid 1.0 border rgb BACKGROUND' }
eval PLOT
