package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Asks the C compiler what is where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private final Map<String, Long> inC = new LinkedHashMap<>();

    @BeforeAll
    void askTheCompiler() throws IOException, InterruptedException {
        var program = Files.writeString(folder.resolve("offsets.c"), source());
        run("clang", "-I", "src/main/bpf/include", "-o", folder + "/offsets", program.toString());
        for (var line : run(folder + "/offsets").lines().toList()) {
            var space = line.indexOf(' ');
            inC.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
    }

    @Test
    void fieldsLieWhereTheProgramsHaveThem() {
        for (var struct : Layouts.ALL) {
            var name = struct.name().orElseThrow();
            assertThat(struct.byteSize()).as(name).isEqualTo(inC.get(name));
            for (var field : struct.memberLayouts()) {
                var fieldName = field.name().orElseThrow();
                assertThat(Layouts.offset(struct, fieldName))
                        .as(name + "." + fieldName)
                        .isEqualTo(inC.get(name + "." + fieldName));
            }
        }
    }

    @Test
    void dropsAreInTheOrderOfTheHeader() {
        assertThat(Stream.of(Drop.values()).map(drop -> valueOf("DROP_" + drop)))
                .containsExactlyElementsOf(
                        LongStream.range(0, valueOf("DROPS")).boxed().toList());
    }

    @Test
    void statesAreInTheOrderOfTheHeader() {
        assertThat(Stream.of(ConnectionState.values()).map(state -> valueOf("STATE_" + state)))
                .containsExactlyElementsOf(LongStream.rangeClosed(0, valueOf("STATE_SCTP_CLOSED"))
                        .boxed()
                        .toList());
    }

    @Test
    void numbersAreThoseOfTheHeader() {
        assertThat(valueOf("JLVS_LAYOUT")).isEqualTo(Layouts.VERSION);
        numbers().forEach((name, number) -> assertThat(valueOf(name)).as(name).isEqualTo(number));
    }

    private long valueOf(String name) {
        return inC.getOrDefault(name, -1L);
    }

    private static Map<String, Long> numbers() {
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("PLAN_ASK", (long) PlanWords.ASK);
        numbers.put("PLAN_CYCLE", (long) PlanWords.CYCLE);
        numbers.put("PLAN_COST", (long) PlanWords.COST);
        numbers.put("PLAN_SLOTS", (long) PlanWords.SLOTS);
        numbers.put("PLAN_HEAVIEST", (long) PlanWords.HEAVIEST);
        numbers.put("PLAN_TWO_CHOICES", (long) PlanWords.TWO_CHOICES);
        numbers.put("PLAN_WITHIN_WEIGHT", (long) PlanWords.WITHIN_WEIGHT);
        numbers.put("PLAN_KIND", (long) PlanWords.KIND);
        numbers.put("PLAN_LENGTH", (long) PlanWords.LENGTH);
        numbers.put("PLAN_LOOP_FROM", (long) PlanWords.LOOP_FROM);
        numbers.put("PLAN_POSITION", (long) PlanWords.POSITION);
        numbers.put("PLAN_ACTIVE", (long) PlanWords.ACTIVE);
        numbers.put("PLAN_INACTIVE", (long) PlanWords.INACTIVE);
        numbers.put("PLAN_CONSTANT", (long) PlanWords.CONSTANT);
        numbers.put("PLAN_FLAGS", (long) PlanWords.FLAGS);
        numbers.put("PLAN_SERVERS", (long) PlanWords.SERVERS);
        numbers.put("PLAN_UNWEIGHTED", (long) PlanWords.UNWEIGHTED);
        numbers.put("PLAN_IDLE_FIRST", (long) PlanWords.IDLE_FIRST);
        numbers.put("PLAN_WITH_PORT", (long) PlanWords.WITH_PORT);
        numbers.put("PLAN_FALLBACK", (long) PlanWords.FALLBACK);
        numbers.put("PLAN_MULTIPLY", (long) PlanWords.MULTIPLY);
        numbers.put("PLAN_DESTINATION", (long) PlanWords.DESTINATION);
        numbers.put("SETTING_MARKS", (long) SettingsRecord.MARKS);
        numbers.put("SETTING_ANY_PORT", (long) SettingsRecord.ANY_PORT);
        numbers.put("SETTING_EXPIRE_NODEST", (long) SettingsRecord.EXPIRE_NODEST);
        numbers.put("SETTING_EVENTS", (long) SettingsRecord.EVENTS);
        numbers.put("SETTING_LOCAL_REPLIES", (long) SettingsRecord.LOCAL_REPLIES);
        return numbers;
    }

    private static String source() {
        var lines = new ArrayList<String>();
        for (var struct : Layouts.ALL) {
            var name = struct.name().orElseThrow();
            lines.add(print(name, "sizeof(struct " + name + ")"));
            struct.memberLayouts().forEach(field -> {
                var fieldName = field.name().orElseThrow();
                lines.add(print(name + "." + fieldName, "offsetof(struct " + name + ", " + fieldName + ")"));
            });
        }
        var constants = new ArrayList<>(List.of("JLVS_LAYOUT", "DROPS"));
        constants.addAll(numbers().keySet());
        List.of(Drop.values()).forEach(drop -> constants.add("DROP_" + drop));
        List.of(ConnectionState.values()).forEach(state -> constants.add("STATE_" + state));
        constants.forEach(name -> lines.add(print(name, name)));
        return "#include <stddef.h>\n#include <stdio.h>\n#include \"jlvs/plan.h\"\n#include \"jlvs/types.h\"\nint main(void)\n{\n"
                + String.join("\n", lines) + "\nreturn 0;\n}\n";
    }

    private static String print(String name, String expression) {
        return "printf(\"" + name + " %ld\\n\", (long)(" + expression + "));";
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
