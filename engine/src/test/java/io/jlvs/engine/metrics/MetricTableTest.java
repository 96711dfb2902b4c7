package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Run with {@code -Djlvs.docs.update=true} to bring the table up to date instead of checking it. */
class MetricTableTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final String BEGIN = "<!-- table: begin -->\n";
    private static final String END = "<!-- table: end -->";

    @Test
    void documentListsEveryMetricAsItIs() throws IOException {
        var document = Files.readString(DOCUMENT);
        var head = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
        var expected = head + table() + document.substring(document.indexOf(END));
        if (Boolean.getBoolean("jlvs.docs.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/metrics.md is stale: run this test with -Djlvs.docs.update=true")
                .isEqualTo(expected);
    }

    @Test
    void readmeNamesMetricsThatExist() throws IOException {
        var named = Pattern.compile("`(jlvs_[a-z_]+)`")
                .matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(Arrays.stream(Metric.values()).map(Metric::fullName)).containsAll(named);
    }

    private static String table() {
        return Arrays.stream(Metric.values())
                .map(MetricTableTest::row)
                .collect(Collectors.joining("", "| name | type | labels | meaning |\n| --- | --- | --- | --- |\n", ""));
    }

    private static String row(Metric metric) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        metric.fullName(),
                        metric.type().name().toLowerCase(Locale.ROOT),
                        String.join(", ", metric.labelNames()),
                        metric.help());
    }
}
