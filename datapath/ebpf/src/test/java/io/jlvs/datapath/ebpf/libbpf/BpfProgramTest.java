package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BpfProgramTest {

    private static final int SK_BUFF_MARK = 8;

    private final byte[] frame = ipFrame();
    private BpfObject sample;

    @BeforeEach
    void loadTheSample() {
        sample = Sample.load();
    }

    @AfterEach
    void closeIt() {
        if (sample != null) {
            sample.close();
        }
    }

    @Test
    void runTellsTheVerdict() {
        try (var count = sample.program("count")) {
            var result = count.testRun(ProgramRun.packet(frame, OwnNamespaces.LOOPBACK, 1234));

            assertThat(result.verdict()).isEqualTo(1234);
            assertThat(result.packet()).isEqualTo(frame);
        }
    }

    @Test
    void packetComesOutAsTheProgramHasChangedIt() {
        try (var change = sample.program("change")) {
            var result = change.testRun(ProgramRun.packet(frame));

            assertThat(result.packet()[0]).isEqualTo((byte) (frame[0] + 1));
            assertThat(Arrays.copyOfRange(result.packet(), 1, frame.length))
                    .isEqualTo(Arrays.copyOfRange(frame, 1, frame.length));
        }
    }

    @Test
    void packetMayComeOutLonger() {
        try (var grow = sample.program("grow")) {
            var result = grow.testRun(ProgramRun.packet(frame));

            assertThat(result.verdict()).isZero();
            assertThat(result.packet()).hasSize(frame.length + 20);
        }
    }

    @Test
    void contextComesBackWhenWanted() {
        try (var change = sample.program("change")) {
            var context = ProgramRun.packet(frame, OwnNamespaces.LOOPBACK, 1).context();
            var result = change.testRun(new ProgramRun(frame, context, true, 1));

            assertThat(intAt(result.context(), SK_BUFF_MARK)).isEqualTo(7);
        }
    }

    @Test
    void programIsRunAsOftenAsWanted() {
        try (var count = sample.program("count");
                var seen = sample.map("seen");
                var arena = Arena.ofConfined()) {
            count.testRun(ProgramRun.packet(frame).repeated(100));

            var perCpu = arena.allocate(seen.userValueSize(), 8);
            assertThat(seen.lookup(Sample.u32(0), perCpu)).isTrue();
            int runs = 0;
            for (long at = 0; at < perCpu.byteSize(); at += 8) {
                runs += perCpu.get(JAVA_INT, at);
            }
            assertThat(runs).isEqualTo(100);
        }
    }

    @Test
    void systemCallProgramAnswersInItsContext() {
        try (var twice = sample.program("twice")) {
            var result = twice.testRun(ProgramRun.call(new byte[] {21, 0, 0, 0, 0, 0, 0, 0}));

            assertThat(result.verdict()).isZero();
            assertThat(intAt(result.context(), 4)).isEqualTo(42);
            assertThat(result.packet()).isEmpty();
        }
    }

    @Test
    void driverProgramRunsOnAPacketAlone() {
        try (var object = Sample.open("sample.xdp")) {
            object.load();
            try (var accept = object.program("accept")) {
                assertThat(accept.testRun(ProgramRun.packet(frame)).verdict()).isEqualTo(2); // XDP_PASS
            }
        }
    }

    @Test
    void tooShortPacketIsRefusedWithTheProgramsName() {
        try (var count = sample.program("count")) {
            assertThatThrownBy(() -> count.testRun(ProgramRun.packet(new byte[] {1, 2, 3})))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("run the program count");
        }
    }

    @Test
    void closedProgramIsNotRunAndItsDescriptorIsClosedOnce() {
        var count = sample.program("count");
        count.close();
        try (var change = sample.program("change")) {
            count.close();

            assertThat(change.testRun(ProgramRun.packet(frame)).verdict()).isZero();
            assertThatThrownBy(() -> count.testRun(ProgramRun.packet(frame))).hasMessageContaining("EBADF");
        }
    }

    private static int intAt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(offset);
    }

    /** A frame that says it carries IPv4, of the least length. */
    private static byte[] ipFrame() {
        var frame = new byte[60];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) i;
        }
        frame[12] = 8;
        frame[13] = 0;
        frame[14] = 0x45;
        return frame;
    }
}
