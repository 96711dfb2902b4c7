package io.jlvs.engine.metrics;

import io.jlvs.api.datapath.LatencyHistogram;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The samples of one scrape in Prometheus' text format, those of a metric together. Written without an object for each:
 * 10,000 services of three servers make some 400,000 of them.
 */
final class Samples implements SampleSink {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final byte[][] BOUNDS = bounds();
    private static final byte[] NOTHING = new byte[0];
    private static final int LONGEST_HEAD = 512;

    private final Map<Metric, Lines> metrics = new EnumMap<>(Metric.class);

    @Override
    public void add(Metric metric, LabelText labels, long value) {
        linesOf(metric).add("", labels, NOTHING).add(value).end();
    }

    @Override
    public void add(Metric metric, LabelText labels, LatencyHistogram histogram) {
        var lines = linesOf(metric);
        long below = 0;
        for (int bucket = 0; bucket < LatencyHistogram.BUCKETS; bucket++) {
            below += histogram.count(bucket);
            lines.add("_bucket", labels, BOUNDS[bucket]).add(below).end();
        }
        lines.add("_count", labels, NOTHING).add(below).end();
        lines.add("_sum", labels, NOTHING)
                .add(ascii(Double.toString(histogram.sumNanos() / NANOS_PER_SECOND)))
                .end();
    }

    /** The text, behind another. */
    Buffer after(byte[] before) {
        var text = Buffer.buffer(before.length + length()).appendBytes(before);
        metrics.forEach((metric, lines) -> {
            text.appendBytes(ascii(head(metric)));
            lines.appendTo(text);
        });
        return text;
    }

    private int length() {
        return metrics.values().stream()
                .mapToInt(lines -> LONGEST_HEAD + lines.end)
                .sum();
    }

    private static String head(Metric metric) {
        var type = metric.type() == Metric.Type.INFO ? Metric.Type.GAUGE : metric.type();
        return "# HELP %1$s %2$s\n# TYPE %1$s %3$s\n"
                .formatted(metric.fullName(), metric.help(), type.name().toLowerCase(Locale.ROOT));
    }

    private Lines linesOf(Metric metric) {
        return metrics.computeIfAbsent(metric, Lines::new);
    }

    private static byte[][] bounds() {
        var bounds = new byte[LatencyHistogram.BUCKETS][];
        for (int bucket = 0; bucket < bounds.length - 1; bucket++) {
            bounds[bucket] = ascii("le=\"" + LatencyHistogram.boundNanos(bucket) / NANOS_PER_SECOND + "\"");
        }
        bounds[bounds.length - 1] = ascii("le=\"+Inf\"");
        return bounds;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The lines of one metric. */
    private static final class Lines {

        private static final int LONGEST_NUMBER = 20;

        private final byte[] name;
        private byte[] text = new byte[1 << 10];
        private int end;

        Lines(Metric metric) {
            name = ascii(metric.fullName());
        }

        /** Begins a line, up to its value. */
        Lines add(String suffix, LabelText labels, byte[] lastLabel) {
            add(name);
            for (int i = 0; i < suffix.length(); i++) {
                add((byte) suffix.charAt(i));
            }
            if (labels.inner().length + lastLabel.length > 0) {
                add((byte) '{').add(labels.inner());
                if (labels.inner().length > 0 && lastLabel.length > 0) {
                    add((byte) ',');
                }
                add(lastLabel).add((byte) '}');
            }
            return add((byte) ' ');
        }

        Lines add(long value) {
            if (value < 0) {
                return add((byte) '-').add(ascii(Long.toUnsignedString(-value)));
            }
            reserve(LONGEST_NUMBER);
            var at = end + digits(value);
            end = at;
            do {
                text[--at] = (byte) ('0' + value % 10);
                value /= 10;
            } while (value > 0);
            return this;
        }

        private static int digits(long value) {
            int digits = 1;
            for (long rest = value; rest > 9; rest /= 10) {
                digits++;
            }
            return digits;
        }

        Lines add(byte[] bytes) {
            reserve(bytes.length);
            System.arraycopy(bytes, 0, text, end, bytes.length);
            end += bytes.length;
            return this;
        }

        Lines add(byte character) {
            reserve(1);
            text[end++] = character;
            return this;
        }

        void end() {
            add((byte) '\n');
        }

        private void reserve(int more) {
            if (end + more > text.length) {
                text = Arrays.copyOf(text, Math.max(2 * text.length, end + more));
            }
        }

        void appendTo(Buffer buffer) {
            buffer.appendBytes(text, 0, end);
        }
    }
}
