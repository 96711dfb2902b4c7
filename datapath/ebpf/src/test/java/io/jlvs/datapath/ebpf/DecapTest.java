package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of real servers, on packets in hex; its VIPs are 10.0.0.100 and fd00::100, its port is 6080. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecapTest {

    private static final int LOOPBACK = 1;
    private static final int LEFT_ALONE = -1; // TC_ACT_UNSPEC
    private static final int UNWRAPPED = 0; // TC_ACT_OK
    private static final int DROPPED = 2; // TC_ACT_SHOT

    private static final String MACS = "00".repeat(12);
    private static final String ETHERNET4 = MACS + "0800";
    private static final String ETHERNET6 = MACS + "86dd";
    private static final String PAYLOAD = "c0001f9000180000" + "00112233445566778899aabbccddeeff";
    private static final String FD00 = "fd000000000000000000000000000";
    private static final String INNER4 = "4500002c00004000401100000a0000020a000064" + PAYLOAD;
    private static final String INNER6 = "6000000000181140" + FD00 + "002" + FD00 + "100" + PAYLOAD;

    private OwnNamespace namespace;
    private BpfObject object;
    private BpfProgram program;

    @BeforeAll
    void load() {
        var root = "root".equals(System.getProperty("user.name"));
        assumeTrue(root, "loading programs needs root");
        namespace = new OwnNamespace();
        object = BpfObject.open("decap", told(Programs.read("decap.tc.bpf.o")));
        object.load();
        program = object.program("decapsulate");
    }

    @AfterAll
    void close() {
        if (object != null) {
            program.close();
            object.close();
            namespace.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 04, '', 4",
        "4, 29, '', 6",
        "6, 04, '', 4",
        "6, 29, '', 6",
        "4, 11, c00017c000300000 00040000, 4",
        "4, 11, c00017c000301234 00290000, 6",
        "6, 11, c00017c000301234 00040000, 4",
        "6, 11, c00017c000301234 00290000, 6",
        "4, 2f, 00000800, 4",
        "4, 2f, 000086dd, 6",
        "4, 2f, 80000800 12340000, 4",
        "6, 2f, 00000800, 4",
        "6, 2f, 800086dd 12340000, 6"
    })
    void unwraps(int outside, String protocol, String between, int inside) {
        var packet = frame(outside, protocol) + between.replace(" ", "") + inner(inside);

        var result = run(packet);

        assertThat(result.verdict()).isEqualTo(UNWRAPPED);
        assertThat(hex(result).substring(28)).isEqualTo(inner(inside));
    }

    @Test
    void stepsOverIpOptions() {
        var outer = "46000064000040003f0400000a0000010a00000b" + "01010101";

        assertThat(hex(run(ETHERNET4 + outer + INNER4))).isEqualTo(ETHERNET4 + INNER4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c00017c100300000" + "00040000", // another port
                "c00017c000300000" + "01040000" + "00000000", // options
                "c00017c000300000" + "20040000", // a control message
                "c00017c000300000" + "40040000", // variant 1
                "c00017c000300000" + "00040001", // a flag
                "c00017c000300000" + "00060000" // not IP
            })
    void leavesOtherDatagramsAlone(String between) {
        leavesAlone(frame(4, "11") + between + INNER4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20000800" + "00000001", "10000800" + "00000001", "00010800", "00006558"})
    void leavesOtherGreAlone(String between) {
        leavesAlone(frame(4, "2f") + between + INNER4);
    }

    @Test
    void leavesPacketsAloneThatAreForNoVip() {
        leavesAlone(frame(4, "04") + INNER4.replace("0a000064", "0a00000b"));
        leavesAlone(frame(4, "29") + INNER6.replace(FD00 + "100", FD00 + "101"));
        leavesAlone(frame(4, "29") + INNER6.replace(FD00 + "100", "00000000000000000000ffff0a000065"));
    }

    @Test
    void leavesFragmentsAlone() {
        leavesAlone(ETHERNET4 + "45000060000020003f0400000a0000010a00000b" + INNER4);
        leavesAlone(ETHERNET4 + "45000060000000013f0400000a0000010a00000b" + INNER4);
    }

    @Test
    void leavesWhatIsNotItsOwnAlone() {
        leavesAlone(frame(4, "06") + INNER4);
        leavesAlone(ETHERNET4 + INNER4);
        leavesAlone(MACS + "0806" + INNER4);
        leavesAlone(frame(4, "04").replaceFirst("0000", "02ff") + INNER4); // another's link address
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 28, 39})
    void leavesCutOffPacketsAlone(int bytes) {
        leavesAlone((frame(4, "04") + INNER4).substring(0, 2 * (14 + bytes)));
        leavesAlone((frame(4, "11") + "c00017c000300000" + "00040000" + INNER4).substring(0, 2 * (14 + bytes)));
        leavesAlone((frame(4, "2f") + "80000800" + "00000000" + INNER4).substring(0, 2 * (14 + bytes)));
    }

    @Test
    void leavesPacketsAloneThatARouterPassesOn() {
        var packet = frame(4, "04") + INNER4;
        namespace.sh("echo 1 >/proc/sys/net/ipv4/conf/lo/forwarding; ip link set lo up; ip route add 10.0.0.11 dev lo");
        try {
            leavesAlone(packet);

            namespace.sh("ip route del 10.0.0.11; ip address add 10.0.0.11/32 dev lo");

            assertThat(run(packet).verdict()).isEqualTo(UNWRAPPED);
        } finally {
            namespace.sh("echo 0 >/proc/sys/net/ipv4/conf/lo/forwarding; ip address flush to 10.0.0.11 dev lo");
        }
    }

    @Test
    void carriesCongestionOnToThePacketInside() {
        var congested = "45030060000040003f0400000a0000010a00000b";
        var capable = "4502002c000040004011266b0a0000020a000064";
        var marked = "4503002c000040004011266a0a0000020a000064";

        assertThat(hex(run(ETHERNET4 + congested + capable + PAYLOAD))).isEqualTo(ETHERNET4 + marked + PAYLOAD);
        assertThat(run(ETHERNET4 + congested + INNER4).verdict()).isEqualTo(DROPPED);
    }

    private void leavesAlone(String packet) {
        var result = run(packet);

        assertThat(result.verdict()).as(packet).isEqualTo(LEFT_ALONE);
        assertThat(hex(result)).isEqualTo(packet);
    }

    private ProgramRun.Result run(String packet) {
        var bytes = HexFormat.of().parseHex(packet);
        return namespace.call(() -> program.testRun(ProgramRun.packet(bytes, LOOPBACK, 0)));
    }

    private static String hex(ProgramRun.Result result) {
        return HexFormat.of().formatHex(result.packet());
    }

    private static String frame(int outside, String protocol) {
        return outside == 4
                ? ETHERNET4 + "45000060000040003f" + protocol + "00000a0000010a00000b"
                : ETHERNET6 + "600000000060" + protocol + "3f" + FD00 + "001" + FD00 + "00b";
    }

    private static String inner(int inside) {
        return inside == 4 ? INNER4 : INNER6;
    }

    /** Writes the settings as {@code jlvs realserver} does. */
    private static byte[] told(byte[] elf) {
        var name = "jlvs-decap-set-1";
        var place = new String(elf, StandardCharsets.ISO_8859_1).indexOf(name) + name.length();
        var settings =
                HexFormat.of().parseHex("17c002" + "00".repeat(13) + "00".repeat(10) + "ffff0a000064" + FD00 + "100");
        System.arraycopy(settings, 0, elf, place, settings.length);
        return elf;
    }
}
