package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    /** The right column is what popt 1.19 makes of the left one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -Ln              | LIST NUMERIC
            -w=5             | WEIGHT(5)
            -Lw 5            | LIST WEIGHT(5)
            -Lw5             | LIST WEIGHT(5)
            -Lwn             | LIST WEIGHT(n)
            -w -1            | WEIGHT(-1)
            --weight=        | WEIGHT()
            --weight --rate  | WEIGHT(--rate)
            -w -- -n         | WEIGHT(--) NUMERIC
            -p=30            | PERSISTENT(30)
            -Lpw             | LIST PERSISTENT(w)
            -Lp n            | LIST PERSISTENT(n)
            --persistent -n  | PERSISTENT NUMERIC
            --persistent=    | PERSISTENT()
            -p -- 5          | PERSISTENT left:5
            -p - x           | PERSISTENT left:- left:x
            -L a -n          | LIST NUMERIC left:a
            -L -- -n         | LIST left:-n
            -Lq              | LIST -Lq: unknown option
            -nq              | NUMERIC -nq: unknown option
            --num            | --num: unknown option
            -Lw              | LIST -Lw: missing argument
            -Ln=5            | LIST -Ln=5: option does not take an argument
            -L --numeric=5   | LIST --numeric=5: option does not take an argument
            """)
    void readsAsPoptDoes(String line, String expected) {
        assertThat(String.join(" ", read(List.of(line.split(" "))))).isEqualTo(expected);
    }

    private static List<String> read(List<String> line) {
        var read = new ArrayList<String>();
        var words = new Words(line);
        try {
            for (var option = words.nextOption(); option != null; option = words.nextOption()) {
                read.add(option + (words.hasArgument() ? "(" + words.argument() + ")" : ""));
            }
        } catch (Refusal e) {
            read.add(e.line());
        }
        for (var word = words.takeLeft(); word != null; word = words.takeLeft()) {
            read.add("left:" + word);
        }
        return read;
    }
}
