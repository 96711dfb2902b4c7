package io.jlvs.engine.admin;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.engine.config.Spelling;
import io.jlvs.engine.ipvsadm.Output;
import io.jlvs.engine.log.Audit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Interprets {@code jlvs sysctl}, which takes words as sysctl(8) does, and changes the settings of the data path. */
public final class SysctlCommand {

    private static final String USAGE = "usage: jlvs sysctl [-n] [-w] NAME[=VALUE]... | -a\n";
    /** Those of sysctl(8) that make sense here; e, q and w change nothing. */
    private static final Pattern OPTION = Pattern.compile("-[aenqw]+");

    private final DataPath dataPath;

    public SysctlCommand(DataPath dataPath) {
        this.dataPath = dataPath;
    }

    /**
     * Shows or sets what the words name, one after the other.
     *
     * @param words {@code NAME} shows, {@code NAME=VALUE} sets, {@code -a} shows all, {@code -n} leaves the names out; e, q
     *     and w change nothing
     * @param by who asks, and with what
     * @return exit code 0, or 1 when a word made no sense: nothing was changed by that word
     */
    public synchronized Output run(List<String> words, String by) {
        if (words.isEmpty()
                || words.stream()
                        .anyMatch(
                                word -> isOption(word) && !OPTION.matcher(word).matches())) {
            return new Output(1, "", USAGE);
        }
        var shown = new StringBuilder();
        var errors = new StringBuilder();
        var bare = words.stream().anyMatch(word -> isOption(word) && word.contains("n"));
        for (var word : names(words)) {
            try {
                shown.append(line(handle(word, by), bare));
            } catch (IllegalArgumentException e) {
                errors.append("jlvs sysctl: ").append(e.getMessage()).append('\n');
            }
        }
        if (shown.isEmpty() && errors.isEmpty()) {
            errors.append(USAGE);
        }
        return new Output(errors.isEmpty() ? 0 : 1, shown.toString(), errors.toString());
    }

    private static List<String> names(List<String> words) {
        var all = words.stream().anyMatch(word -> isOption(word) && word.contains("a"));
        return all
                ? Stream.of(Sysctl.values()).map(Sysctl::fullName).toList()
                : words.stream().filter(word -> !isOption(word)).toList();
    }

    private static boolean isOption(String word) {
        return word.startsWith("-");
    }

    private Sysctl handle(String word, String by) {
        int equals = word.indexOf('=');
        var name = (equals < 0 ? word : word.substring(0, equals)).strip();
        var sysctl = Sysctl.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": no setting of IPVS; " + Spelling.hint(name, names(name.contains(".")))));
        if (equals >= 0) {
            set(sysctl, word.substring(equals + 1));
            Audit.set(by, sysctl.fullName(), dataPath.sysctls().value(sysctl));
        }
        return sysctl;
    }

    private void set(Sysctl sysctl, String value) {
        try {
            dataPath.use(dataPath.sysctls().with(sysctl, value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(sysctl.fullName() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> names(boolean full) {
        return Stream.of(Sysctl.values())
                .map(full ? Sysctl::fullName : Sysctl::key)
                .toList();
    }

    private String line(Sysctl sysctl, boolean bare) {
        var value = dataPath.sysctls().value(sysctl);
        return bare ? value + "\n" : sysctl.fullName() + " = " + value + "\n";
    }
}
