package io.jlvs.e2e;

import io.jlvs.e2e.lab.Product;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dashboard of {@code grafana/dashboards}.
 *
 * @param name the name of its file, without {@code .json}
 */
record Dashboard(String name, JsonObject json) {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final String WINDOW = "10s";
    private static final String RANGE = "1m";

    /** What a panel asks. */
    record Query(Dashboard dashboard, String panel, String expression) {

        @Override
        public String toString() {
            return dashboard.name() + ": " + panel + ": " + expression;
        }
    }

    /** A variable whose values are those of a label. */
    record Variable(String name, boolean all, String selector, String label) {}

    @Override
    public String toString() {
        return name;
    }

    /** Every dashboard there is. */
    static List<Dashboard> all() {
        try (var files = Files.list(Product.source("grafana/dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What each of its panels asks. */
    Stream<Query> queries() {
        return objects(json, "panels")
                .flatMap(panel -> objects(panel, "targets")
                        .map(target -> new Query(this, panel.getString("title"), target.getString("expr"))));
    }

    /** Its variables that are asked of Prometheus. */
    List<Variable> variables() {
        return objects(json.getJsonObject("templating"), "list")
                .filter(variable -> variable.getString("type").equals("query"))
                .map(this::variable)
                .toList();
    }

    /**
     * An expression with a value for each variable: all there are, unless one is chosen.
     *
     * @param choices the values of variables that take one at a time
     */
    String substituted(String expression, Map<String, String> choices) {
        var result = expression.replace("$__rate_interval", WINDOW).replace("$__range", RANGE);
        for (var variable : variables()) {
            result = result.replace("$" + variable.name(), variable.all() ? ".*" : choices.get(variable.name()));
        }
        return result;
    }

    private Variable variable(JsonObject json) {
        var query = LABEL_VALUES.matcher(json.getJsonObject("query").getString("query"));
        if (!query.matches()) {
            throw new AssertionError(name + " has a variable that is no label_values: " + json);
        }
        return new Variable(json.getString("name"), json.getBoolean("includeAll"), query.group(1), query.group(2));
    }

    private static Dashboard read(Path file) {
        try {
            var name = file.getFileName().toString().replace(".json", "");
            return new Dashboard(name, new JsonObject(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonObject> objects(JsonObject parent, String key) {
        return parent.getJsonArray(key, new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
