# Of JMH's CSV: scheduler, and ns per pick for 3, 100 and 1,000 servers.
{ gsub(/["\r]/, "") }
FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
/SchedulerCost/ {
    name = $column["Param: scheduler"]
    if (!(name in known)) { known[name]; names[++count] = name }
    pick[name, $column["Param: servers"]] = $5
}
END { for (i = 1; i <= count; i++) print names[i], pick[names[i], 3], pick[names[i], 100], pick[names[i], 1000] }
