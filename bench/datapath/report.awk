# Reads "contender why" lines of failures, then "round contender requests connections errors" lines of rounds.
# Prints the report as Markdown and writes the readings to the file "json". Ratios are made within a round, so that what
# slows the machine down for a while slows both sides; of a ratio the median and the lowest and highest round are told.
BEGIN {
    split("plain plain-dr nat dr tun nftables haproxy nginx", names)
    title["plain"] = "no balancer"
    title["plain-dr"] = "no balancer, answers straight back"
    title["nat"] = "JLVS nat"; title["dr"] = "JLVS dr"; title["tun"] = "JLVS tun"
    title["nftables"] = "nftables DNAT"; title["haproxy"] = "HAProxy (TCP)"; title["nginx"] = "nginx (stream)"
    base["dr"] = base["tun"] = "plain-dr"
    base["plain-dr"] = base["nat"] = base["nftables"] = base["haproxy"] = base["nginx"] = "plain"
    unit[1] = "requests/s"; unit[2] = "connections/s"
    least = 5
}

FILENAME ~ /failures$/ { why[$1] = substr($0, length($1) + 2); next }

{
    value[1, $2, $1] = $3; value[2, $2, $1] = $4
    errors[$2] += $5; seen[$2]++
    readings = readings (readings ? ",\n" : "") sprintf("    {\"round\": %d, \"contender\": \"%s\", " \
        "\"requestsPerSecond\": %.1f, \"connectionsPerSecond\": %.1f, \"errors\": %d}", $1, $2, $3, $4, $5)
}

END { heading(); shares(); duels(); aims(); failures(); write_json() }

# Sets median, low, high and count of the ratio of a to b, the same round each.
function ratio(kind, a, b,    r, i, j, v, x) {
    count = 0
    for (r = 1; r <= rounds; r++)
        if ((kind, a, r) in value && value[kind, b, r] > 0) {
            x = value[kind, a, r] / value[kind, b, r]
            for (j = count++; j > 0 && v[j] > x; j--) v[j + 1] = v[j]
            v[j + 1] = x
        }
    if (count == 0) return 0
    low = v[1]; high = v[count]
    i = int((count + 1) / 2)
    median = count % 2 ? v[i] : (v[i] + v[i + 1]) / 2
    return count
}

function figure(kind, a, b) {
    return ratio(kind, a, b) ? sprintf("%.2f (%.2f to %.2f)", median, low, high) : "-"
}

# How far a contender's own rounds lie apart, in percent of the lowest.
function spread(kind, a,    r, x, lowest, highest) {
    for (r = 1; r <= rounds; r++)
        if ((kind, a, r) in value) {
            x = value[kind, a, r]
            if (!lowest || x < lowest) lowest = x
            if (x > highest) highest = x
        }
    return lowest ? sprintf("%.0f %%", 100 * (highest - lowest) / lowest) : "-"
}

function heading() {
    printf "# The kernel data path beside its peers\n\n"
    printf "%s, Linux %s, %d cores shared by clients, director and servers, %d rounds of %d s, 64 connections.\n",
        date, kernel, cores, rounds, seconds
    printf "Only ratios say something; how they are made is in bench/README.md.\n"
    if (load > 0.5) printf "**The machine was busy before the run began (load %.1f): these figures mean nothing.**\n", load
    if (rounds < least) printf "**Fewer than %d rounds: nothing is concluded.**\n", least
}

function shares(    i, c) {
    printf "\n## Share of what passes without a balancer\n\n"
    print "Median of the rounds (lowest to highest). dr and tun are held against answers that go straight back as theirs do."
    print "\n| | requests/s | connections/s | own rounds apart | errors |\n| --- | --- | --- | --- | --- |"
    for (i = 1; i in names; i++) {
        c = names[i]
        if (c in seen)
            printf "| %s | %s | %s | %s, %s | %d |\n", title[c], c in base ? figure(1, c, base[c]) : "1",
                c in base ? figure(2, c, base[c]) : "1", spread(1, c), spread(2, c), errors[c]
    }
}

function verdict() {
    if (count < least) return "too few rounds"
    if (low > 1 && median - 1 > high - low) return "ahead"
    if (high < 1 && 1 - median > high - low) return "behind"
    return "inside the noise"
}

function duel(kind, mode, peer) {
    if (peer == "base") peer = base[mode]
    return ratio(kind, mode, peer) ? sprintf("%.2f (%.2f to %.2f) %s", median, low, high, verdict()) : "-"
}

function duels(    kind, i, n, peers) {
    if (!("nat" in seen) && !("dr" in seen) && !("tun" in seen)) return
    n = split("base nftables haproxy nginx", peers)
    for (kind = 1; kind <= 2; kind++) {
        printf "\n## JLVS against each, %s\n\n", unit[kind]
        print "| | nat | dr | tun |\n| --- | --- | --- | --- |"
        for (i = 1; i <= n; i++)
            printf "| %s | %s | %s | %s |\n", peers[i] == "base" ? "no balancer, same way back" : title[peers[i]],
                duel(kind, "nat", peers[i]), duel(kind, "dr", peers[i]), duel(kind, "tun", peers[i])
    }
    print "\nAhead or behind: in every single round, by more than the rounds lie apart. Otherwise no winner is named."
}

function aim(mode, peer, least_ratio,    kind, result) {
    for (kind = 1; kind <= 2; kind++) {
        if (!ratio(kind, mode, peer)) result = "not measured"
        else if (count < least) result = sprintf("%.2f, too few rounds", median)
        else result = sprintf("%.2f, %s", median,
            low >= least_ratio ? "met" : high < least_ratio ? "missed" : median >= least_ratio ? \
            "met by the median, inside the noise" : "missed by the median, inside the noise")
        printf "- %s at least %.2f of %s, %s: %s\n", title[mode], least_ratio, title[peer], unit[kind], result
    }
}

function aims() {
    printf "\n## Aims\n\n"
    aim("nat", "plain", 0.9)
    aim("nat", "nftables", 1.3)
    aim("dr", "plain-dr", 0.97)
    aim("tun", "plain-dr", 0.97)
}

function failures(    i) {
    for (i = 1; i in names; i++)
        if (names[i] in why) {
            if (!any++) printf "\n## Not measured\n\n"
            printf "- %s, %s\n", title[names[i]], why[names[i]]
        }
}

function write_json(    i, kind, c, sep) {
    printf "{\n  \"date\": \"%s\", \"kernel\": \"%s\", \"cores\": %d, \"loadBefore\": %.2f,\n", date, kernel, cores, load >json
    printf "  \"roundCount\": %d, \"seconds\": %d,\n  \"shareOfNoBalancer\": [\n", rounds, seconds >json
    for (i = 1; i in names; i++)
        for (kind = 1; kind <= 2; kind++) {
            c = names[i]
            if (!(c in base) || !ratio(kind, c, base[c])) continue
            printf "%s    {\"contender\": \"%s\", \"of\": \"%s\", \"unit\": \"%s\", \"median\": %.4f, \"lowest\": %.4f, " \
                "\"highest\": %.4f}", sep, c, base[c], unit[kind], median, low, high >json
            sep = ",\n"
        }
    printf "\n  ],\n  \"rounds\": [\n%s\n  ]\n}\n", readings >json
}
