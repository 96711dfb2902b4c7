package io.jlvs.e2e.recorded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a command printed, made comparable: the size of the connection table and the times of ping are left out, and
 * connections come in the order of their text with timers apart.
 *
 * @param lines without timers
 * @param timers of the lines in seconds, -1 for those that have none
 */
record Output(List<String> lines, List<Integer> timers) {

    private static final Pattern CONNECTION = Pattern.compile("(\\S+\\s+)(\\d+):(\\d\\d)( .*)");
    private static final List<Integer> TIMEOUTS = List.of(10, 60, 120, 300, 900);
    private static final int TOLERANCE = 2;

    private record Line(String text, int timer) {
        static Line of(String line) {
            var connection = CONNECTION.matcher(line);
            return connection.matches()
                    ? new Line(
                            connection.group(1) + "  :  " + connection.group(4),
                            Integer.parseInt(connection.group(2)) * 60 + Integer.parseInt(connection.group(3)))
                    : new Line(line, -1);
        }
    }

    static Output of(String text) {
        var lines = new ArrayList<>(text.replaceFirst("\\(size=\\d+\\)", "(size=)")
                .replaceAll("\\d+\\.\\d{3}", "0.000")
                .lines()
                .map(Line::of)
                .toList());
        var first = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).timer >= 0)
                .findFirst();
        first.ifPresent(i -> lines.subList(i, lines.size())
                .sort(Comparator.comparing(Line::text).thenComparing(Line::timer)));
        return new Output(
                lines.stream().map(Line::text).toList(),
                lines.stream().map(Line::timer).toList());
    }

    /**
     * Whether timers run as in a recording: two seconds less may be left, and as much more as the recording had waited
     * since the entry was touched.
     */
    boolean isOnTime(Output recorded) {
        return timers.size() == recorded.timers.size()
                && IntStream.range(0, timers.size()).allMatch(i -> isOnTime(timers.get(i), recorded.timers.get(i)));
    }

    private static boolean isOnTime(int left, int recorded) {
        return left >= recorded - TOLERANCE && left <= timeout(recorded);
    }

    private static int timeout(int left) {
        return TIMEOUTS.stream().filter(timeout -> timeout >= left).findFirst().orElse(left);
    }
}
