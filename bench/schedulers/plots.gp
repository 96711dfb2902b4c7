# Draws what was measured; "work" is the folder with the data.
set terminal svg size 900,420 font "sans-serif,13" background rgb "white"
set grid ytics lc rgb "#dddddd"
set border 3 lc rgb "#666666"
set tics nomirror

set output "docs/pictures/scheduler-cost.svg"
set title "A pick in Java"
set ylabel "ns"
set logscale y
set style data histograms
set style histogram clustered gap 1
set style fill solid border -1
set key top left
plot work."/cost" using 2:xtic(1) title "3 servers" lc rgb "#9ecae1", \
     "" using 3 title "100" lc rgb "#4292c6", "" using 4 title "1,000" lc rgb "#084594"

set output "docs/pictures/maglev-disruption.svg"
set title "Maglev, servers removed of 1,000: slots of the others that change hands"
set ylabel "% of all slots"
set xlabel "servers removed"
set logscale xy
set key bottom right
plot for [slots in "4093 65537 655373"] work."/disruption" using ($2 == slots ? $4 : NaN):5 \
     with linespoints linewidth 2 pointtype 7 title slots." slots"
