# Makes the report of what SchedulerFigures and JMH (CSV) have measured.
FILENAME ~ /figures$/ {
    if ($1 == "share") share[++shares] = "| " $2 " | " $3 " % | " $4 " % |"
    if ($1 == "balance") balance[++balances] = "| " $2 " | " $3 " | " $4 - 100 " % | " 100 - $5 " % |"
    if ($1 == "disruption") { moved[$2, $4] = $5; if (!($4 in seen)) { seen[$4]; removed[++removals] = $4 } }
    next
}
{ gsub(/["\r]/, "") }
FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{ servers = $column["Param: servers"]; score = sprintf($5 < 100 ? "%.1f" : "%.0f", $5) }
/SchedulerCost/ {
    name = $column["Param: scheduler"]
    if (!(name in known)) { known[name]; names[++count] = name }
    pick[name, servers] = score
}
/MaglevCost/ { build[$column["Param: slots"], servers] = score }
END {
    print "# Schedulers\n\nMade by `make bench-schedulers`. Costs are of the machine at hand; all other figures are the same everywhere, but for twos, which draws lots.\n"
    print "## A pick in Java, in ns\n\nServers of weights 1 to 4 with a few connections, all up. In the `ebpf` data path the kernel picks by plan instead, but for lblc and lblcr.\n"
    print "| scheduler | 3 servers | 100 | 1,000 |\n| --- | ---: | ---: | ---: |"
    for (i = 1; i <= count; i++)
        print "| " names[i] " | " pick[names[i], 3] " | " pick[names[i], 100] " | " pick[names[i], 1000] " |"
    print "\n![cost of a pick](../../docs/pictures/scheduler-cost.svg)\n"
    print "## Maglev's table, in us to build\n\n| slots | 3 servers | 100 | 1,000 |\n| --- | ---: | ---: | ---: |"
    for (i = 1; i <= 2; i++) { slots = i == 1 ? 4093 : 65537
        print "| " slots " | " build[slots, 3] " | " build[slots, 100] " | " build[slots, 1000] " |" }
    print "\n## Fairness\n\nOf 40,000 connections that stay, from random clients to 8 servers: how far the server that is farthest off is from its share.\n"
    print "| scheduler | equal weights | weights 1 to 4 |\n| --- | ---: | ---: |"
    for (i = 1; i <= shares; i++) print share[i]
    print "\nrr and lc do not look at weights: of weights 1 to 4 the lightest server gets 2.5 times its share.\n"
    print "## Maglev: balance\n\nThe paper (Eisenbud et al., 2016, section 3.4) wants at most 1 % between shares and takes 100 slots and more for each server for it.\n"
    print "| slots | servers | most above the mean | least below it |\n| --- | --- | ---: | ---: |"
    for (i = 1; i <= balances; i++) print balance[i]
    print "\n## Maglev: disruption\n\nServers removed of 1,000, and how many slots of the *others* change hands, in % of all slots. A hash modulo the number of servers would move nearly all.\n"
    print "| removed | 4,093 slots | 65,537 | 655,373 |\n| --- | ---: | ---: | ---: |"
    for (i = 1; i <= removals; i++) { r = removed[i]
        printf "| %s | %.2f | %.2f | %.2f |\n", r, moved[4093, r], moved[65537, r], moved[655373, r] }
    print "\n![disruption](../../docs/pictures/maglev-disruption.svg)"
}
