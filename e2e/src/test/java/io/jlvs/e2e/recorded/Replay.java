package io.jlvs.e2e.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jlvs.e2e.recorded.Recording.Command;
import io.jlvs.e2e.recorded.Recording.Entry;
import io.jlvs.e2e.recorded.Recording.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * A recording that is played again. The play makes the traffic of a step, then lets the recorded commands come; each
 * becomes a test by its own name. What the play does not come to fails.
 */
final class Replay {

    /** Segments on the way are acknowledged, and forwarded, when they are. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Stage stage;
    private final List<Entry> entries;
    private final List<DynamicTest> tests = new ArrayList<>();
    /** Commands and sayings that differ on purpose, with the reason. */
    private final Map<String, String> differences;

    private int next;

    interface Play {
        void play(Replay replay) throws Exception;
    }

    private Replay(Recording recording, Stage stage, Map<String, String> differences) {
        this.stage = stage;
        this.entries = recording.entries();
        this.differences = differences;
    }

    /**
     * Plays a recording.
     *
     * @param differences reasons by {@code STEP: COMMAND}
     */
    static List<DynamicTest> of(Recording recording, Stage stage, Map<String, String> differences, Play play) {
        var replay = new Replay(recording, stage, differences);
        try {
            play.play(replay);
        } catch (Exception | AssertionError e) {
            replay.failRest(e);
        }
        replay.failRest(new AssertionError("was not played"));
        return replay.tests;
    }

    /** The traffic of this step comes now. */
    void step(String name) {
        skipWires();
        if (next >= entries.size() || !entries.get(next).step().equals(name)) {
            throw new AssertionError("not the next step: " + name);
        }
    }

    /** Gives the commands that come next in the recording, up to what somebody said. */
    void commands() {
        commands(Integer.MAX_VALUE);
    }

    /** Gives so many of the commands that come next. */
    void commands(int most) {
        skipWires();
        var step = entries.get(next).step();
        for (int i = 0; i < most && next < entries.size(); i++) {
            if (!(entries.get(next) instanceof Command command)
                    || !command.step().equals(step)) {
                return;
            }
            next++;
            give(command);
        }
    }

    /** What somebody saw, who said something else or the same in the recording; how long it took does not count. */
    void said(String text) {
        skipWires();
        var said = (Said) entries.get(next++);
        var expected = said.text().replaceFirst(" after [0-9.]+ s$", "");
        tests.add(dynamicTest(
                said.step() + ": " + said.text(), () -> assertThat(text).isEqualTo(expected)));
    }

    private void give(Command command) {
        var name = command.step() + ": " + command.line();
        var difference = difference(command, name);
        if (difference != null) {
            tests.add(dynamicTest(name, () -> abort(difference)));
            return;
        }
        var expected = Output.of(command.output());
        var printed = new String[] {""};
        try {
            await().atMost(PATIENCE).pollInSameThread().pollDelay(Duration.ZERO).until(() -> {
                printed[0] = stage.run(command);
                var output = Output.of(printed[0]);
                return output.lines().equals(expected.lines()) && output.isOnTime(expected);
            });
            tests.add(dynamicTest(name, () -> {}));
        } catch (ConditionTimeoutException e) {
            tests.add(dynamicTest(name, () -> assertThat(printed[0]).isEqualTo(command.output())));
        }
    }

    private @Nullable String difference(Command command, String name) {
        if (command.line().startsWith("cat /proc/net/ip_vs")) {
            return "JLVS shows its table by ipvsadm alone, not in /proc/net";
        }
        return differences.get(name);
    }

    /** Packets as tcpdump shows them are compared by the tests of the forwarding modes. */
    private void skipWires() {
        while (next < entries.size() && entries.get(next) instanceof Said said && isAside(said.text())) {
            next++;
        }
    }

    private static boolean isAside(String text) {
        return Stream.of("on the client's wire:", "between director and server:", "packets and bytes are counted after")
                .anyMatch(text::startsWith);
    }

    private void failRest(Throwable cause) {
        for (; next < entries.size(); next++) {
            var entry = entries.get(next);
            var what = switch (entry) {
                case Command command -> command.line();
                case Said said -> said.text();
            };
            if (!isAside(what)) {
                tests.add(dynamicTest(entry.step() + ": " + what, () -> {
                    throw new AssertionError(cause.getMessage(), cause);
                }));
            }
        }
    }
}
