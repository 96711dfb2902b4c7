package io.jlvs.api.json;

import io.jlvs.api.Addresses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object. What is wrong in it becomes an {@link IllegalArgumentException} that begins with its place,
 * such as {@code $.servers[0].port}, and says what was expected.
 */
final class JsonReader {

    private final String path;
    private final JsonObject json;

    JsonReader(JsonObject json) {
        this("$", json);
    }

    private JsonReader(String path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    boolean has(String key) {
        return json.containsKey(key);
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    String text(String key) {
        return value(key, String.class, "a string");
    }

    String text(String key, String fallback) {
        return has(key) ? text(key) : fallback;
    }

    boolean flag(String key) {
        return has(key) && value(key, Boolean.class, "true or false");
    }

    long number(String key) {
        return switch (json.getValue(key)) {
            case Integer i -> i;
            case Long l -> l;
            case null, default -> throw wrong(key, "a whole number");
        };
    }

    double decimal(String key) {
        return value(key, Number.class, "a number").doubleValue();
    }

    /** Whether it has nothing to say under this key. */
    boolean isNull(String key) {
        return json.getValue(key) == null;
    }

    int integer(String key) {
        var number = number(key);
        if (number != (int) number) {
            throw wrong(key, "a number up to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    int integer(String key, int fallback) {
        return has(key) ? integer(key) : fallback;
    }

    /** A literal address; no name is looked up. */
    InetAddress address(String key) {
        var text = text(key);
        return at(key).make(() -> Addresses.parse(text));
    }

    <E extends Enum<E>> E word(String key, Class<E> type) {
        return toWord(key, text(key), type);
    }

    <E extends Enum<E>> E word(String key, E fallback) {
        return has(key) ? word(key, fallback.getDeclaringClass()) : fallback;
    }

    <E extends Enum<E>> List<E> words(String key, Class<E> type) {
        return texts(key).stream().map(text -> toWord(key, text, type)).toList();
    }

    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var element : array(key)) {
            if (!(element instanceof String text)) {
                throw wrong(key, "strings only");
            }
            texts.add(text);
        }
        return texts;
    }

    JsonReader object(String key) {
        return new JsonReader(path + "." + key, value(key, JsonObject.class, "an object"));
    }

    Optional<JsonReader> optionalObject(String key) {
        return has(key) ? Optional.of(object(key)) : Optional.empty();
    }

    /** The objects of a list; none when there is no list. */
    List<JsonReader> objects(String key) {
        var objects = new ArrayList<JsonReader>();
        for (var element : array(key)) {
            var place = key + "[" + objects.size() + "]";
            if (!(element instanceof JsonObject object)) {
                throw new Placed(path + "." + place + ": expected an object, found " + found(element));
            }
            objects.add(new JsonReader(path + "." + place, object));
        }
        return objects;
    }

    /** Makes a value of the model; its refusal gets this object's place. */
    <T> T make(Supplier<T> value) {
        try {
            return value.get();
        } catch (Placed e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Placed(path + ": " + e.getMessage());
        }
    }

    /** The error of a value that is there but of no use. */
    IllegalArgumentException wrong(String key, String expected) {
        return new Placed(path + "." + key + ": expected " + expected + ", found " + found(json.getValue(key)));
    }

    /** The word for a constant: lower case, with hyphens. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private <E extends Enum<E>> E toWord(String key, String text, Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(key, "one of " + words(type)));
    }

    private static List<String> words(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(JsonReader::word).toList();
    }

    private JsonReader at(String key) {
        return new JsonReader(path + "." + key, json);
    }

    private JsonArray array(String key) {
        return has(key) ? value(key, JsonArray.class, "a list") : new JsonArray();
    }

    private <T> T value(String key, Class<T> type, String expected) {
        var value = json.getValue(key);
        if (!type.isInstance(value)) {
            throw wrong(key, expected);
        }
        return type.cast(value);
    }

    private static String found(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> "'" + text + "'";
            case JsonObject _ -> "an object";
            case JsonArray _ -> "a list";
            default -> value.toString();
        };
    }

    /** An error that has its place already. */
    private static final class Placed extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        Placed(String message) {
            super(message);
        }
    }
}
