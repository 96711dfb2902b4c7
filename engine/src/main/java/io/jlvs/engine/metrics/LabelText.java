package io.jlvs.engine.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Labels as they are scraped, {@code {protocol="tcp",service="10.0.0.100:80"}}, made once for many scrapes. */
final class LabelText {

    static final LabelText NONE = new LabelText(new byte[0]);

    private final byte[] inner;

    private LabelText(byte[] inner) {
        this.inner = inner;
    }

    /** @param values in the order of the names, as many */
    static LabelText of(List<String> names, List<String> values) {
        var text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
            text.append(escaped(values.get(i))).append('"');
        }
        return text.isEmpty() ? NONE : new LabelText(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** The same with more labels behind. */
    LabelText and(LabelText more) {
        if (inner.length == 0 || more.inner.length == 0) {
            return inner.length == 0 ? more : this;
        }
        var both = Arrays.copyOf(inner, inner.length + 1 + more.inner.length);
        both[inner.length] = ',';
        System.arraycopy(more.inner, 0, both, inner.length + 1, more.inner.length);
        return new LabelText(both);
    }

    /** What stands between the braces; not to be changed. Empty when there are no labels. */
    byte[] inner() {
        return inner;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelText labels && Arrays.equals(inner, labels.inner);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(inner);
    }

    @Override
    public String toString() {
        return "{" + new String(inner, StandardCharsets.UTF_8) + "}";
    }
}
