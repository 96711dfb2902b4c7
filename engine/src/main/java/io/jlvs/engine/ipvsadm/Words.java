package io.jlvs.engine.ipvsadm;

import io.jlvs.engine.ipvsadm.Option.Argument;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as the popt library does: letters may be bundled ({@code -Ln}), an argument may be glued to its
 * letter ({@code -p300}) or to its name ({@code --persistent=300}), names are not shortened, {@code --} ends the options, and
 * words that belong to no option are kept for later.
 */
final class Words {

    private final List<String> words;
    private final Queue<String> left = new ArrayDeque<>();
    private int next;
    private String bundle = "";
    private String word = "";
    private @Nullable String argument;

    Words(List<String> words) {
        this.words = words;
    }

    /** The next option, or null at the end. */
    @Nullable
    Option nextOption() {
        if (!bundle.isEmpty()) {
            return letter();
        }
        while (next < words.size()) {
            word = words.get(next++);
            if (word.equals("--")) {
                left.addAll(words.subList(next, words.size()));
                next = words.size();
            } else if (word.startsWith("--")) {
                return name();
            } else if (word.startsWith("-") && word.length() > 1) {
                bundle = word.substring(1);
                return letter();
            } else {
                left.add(word);
            }
        }
        return null;
    }

    /** The argument of the option that was read last. */
    String argument() {
        return argument == null ? "" : argument;
    }

    /** Whether the option that was read last has an argument. */
    boolean hasArgument() {
        return argument != null;
    }

    /** The word that the option was read from, as it was typed. */
    String word() {
        return word;
    }

    /** Takes a word that belongs to no option; null when there is none left. */
    @Nullable
    String takeLeft() {
        return left.poll();
    }

    private Option letter() {
        var option = Option.ofLetter(bundle.charAt(0)).orElseThrow(this::unknown);
        bundle = bundle.substring(1);
        if (option.argument() == Argument.NONE && !bundle.startsWith("=")) {
            readArgument(option, null);
            return option;
        }
        var glued = bundle.isEmpty() ? null : bundle.startsWith("=") ? bundle.substring(1) : bundle;
        bundle = "";
        readArgument(option, glued);
        return option;
    }

    private Option name() {
        int equals = word.indexOf('=');
        var name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        var option = Option.ofName(name).orElseThrow(this::unknown);
        readArgument(option, equals < 0 ? null : word.substring(equals + 1));
        return option;
    }

    private void readArgument(Option option, @Nullable String glued) {
        argument = glued;
        if (glued != null && option.argument() == Argument.NONE) {
            throw Refusal.ofOption(word + ": option does not take an argument");
        }
        if (glued != null || option.argument() == Argument.NONE) {
            return;
        }
        var follows = next < words.size();
        if (option.argument() == Argument.REQUIRED && !follows) {
            throw Refusal.ofOption(word + ": missing argument");
        }
        if (follows
                && (option.argument() == Argument.REQUIRED || !words.get(next).startsWith("-"))) {
            argument = words.get(next++);
        }
    }

    private Refusal unknown() {
        return Refusal.ofOption(word + ": unknown option");
    }
}
