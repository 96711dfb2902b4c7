package io.jlvs.engine.config;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which word was meant. */
public final class Spelling {

    /** More slips than this make another word. */
    private static final int SLIPS = 2;

    private Spelling() {}

    /** {@code did you mean 'datapath'?}, or all words when none is near. */
    public static String hint(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= SLIPS)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(meant -> "did you mean '" + meant + "'?")
                .orElseGet(() -> "expected one of " + known.stream().sorted().collect(joining(", ")));
    }

    /** Letters inserted, left out or replaced (Levenshtein); case does not count. */
    static int distance(String left, String right) {
        var row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (same(left.charAt(i - 1), right.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    private static boolean same(char left, char right) {
        return Character.toLowerCase(left) == Character.toLowerCase(right);
    }
}
