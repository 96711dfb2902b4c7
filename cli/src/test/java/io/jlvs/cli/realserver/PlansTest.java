package io.jlvs.cli.realserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {

    private static final String CONF = "/proc/sys/net/ipv4/conf/";
    private static final String STATE = "/run/jlvs/realserver-4026531840.state";

    private final ToldMachine machine = new ToldMachine();

    @TempDir
    private Path folder;

    @Test
    void silencesTheAddressBeforeItIsThere() throws Exception {
        var lines = setup(request(Mode.DR, Tunnel.IPIP, "10.0.0.100", "fd00::100"));

        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "echo 1 >" + CONF + "all/arp_ignore",
                        "echo 2 >" + CONF + "all/arp_announce",
                        "echo 1 >" + CONF + "eth0/arp_ignore",
                        "echo 2 >" + CONF + "eth0/arp_announce",
                        "ip address replace 10.0.0.100/32 dev lo",
                        "ip address replace fd00:0:0:0:0:0:0:100/128 dev lo nodad");
    }

    @Test
    void needsNoParameterForIpv6Alone() throws Exception {
        assertThat(setup(request(Mode.DR, Tunnel.IPIP, "fd00::100"))).noneMatch(line -> line.startsWith("echo"));
    }

    @Test
    void remembersOnlyWhatItChanges() throws Exception {
        machine.holds(CONF + "all/arp_ignore", "0").holds(CONF + "all/arp_announce", "2");

        assertThat(setup(request(Mode.DR, Tunnel.IPIP, "10.0.0.100")).getFirst())
                .isEqualTo("mkdir -p /run/jlvs && printf '%s\\n' 'vip 10.0.0.100' '" + CONF + "all/arp_ignore 0 1' >"
                        + STATE);
    }

    @Test
    void forgetsWhatSomebodyElseChangedSince() throws Exception {
        machine.holds(STATE, CONF + "all/arp_ignore 0 1\n" + CONF + "all/arp_announce 0 2")
                .holds(CONF + "all/arp_ignore", "1")
                .holds(CONF + "all/arp_announce", "1");

        assertThat(teardown(request(Mode.DR, Tunnel.IPIP, "10.0.0.100")))
                .containsExactly("echo 0 >" + CONF + "all/arp_ignore", "rm -f " + STATE);
    }

    @Test
    void takesTheAddressBackFirst() throws Exception {
        machine.answers("ip -o address show dev lo", addresses("10.0.0.100/32"))
                .holds(STATE, "vip 10.0.0.100\n" + CONF + "all/arp_ignore 0 1")
                .holds(CONF + "all/arp_ignore", "1");

        assertThat(teardown(request(Mode.DR, Tunnel.IPIP, "10.0.0.100")))
                .containsExactly(
                        "ip address del 10.0.0.100/32 dev lo", "echo 0 >" + CONF + "all/arp_ignore", "rm -f " + STATE);
    }

    @Test
    void keepsTheParametersForOtherAddresses() throws Exception {
        machine.answers("ip -o address show dev lo", addresses("10.0.0.100/32", "10.0.0.101/32"))
                .holds(STATE, "vip 10.0.0.100\nvip 10.0.0.101");

        assertThat(teardown(request(Mode.DR, Tunnel.IPIP, "10.0.0.100")))
                .containsExactly(
                        "ip address del 10.0.0.100/32 dev lo",
                        "mkdir -p /run/jlvs && printf '%s\\n' 'vip 10.0.0.101' >" + STATE);
    }

    @Test
    void unwrapsWithTheKernelsDevicesWhereItHasThem() throws Exception {
        machine.answers("modprobe -n -q ipip", "")
                .answers("ip link show dev ip6tnl0", "7: ip6tnl0@NONE: <NOARP> mtu 1452")
                .holds("/proc/sys/net/ipv6/conf/all/forwarding", "0");

        assertThat(setup(request(Mode.TUN, Tunnel.IPIP, "10.0.0.100")))
                .containsSubsequence(
                        "echo 0 >" + CONF + "all/rp_filter",
                        "modprobe ipip",
                        "ip link set dev tunl0 up",
                        "ip -6 tunnel change ip6tnl0 mode any",
                        "ip link set dev ip6tnl0 up",
                        "echo 0 >" + CONF + "tunl0/rp_filter",
                        "echo 0 >" + CONF + "ip6tnl0/rp_filter",
                        "ip address replace 10.0.0.100/32 dev lo")
                .noneMatch(line -> line.startsWith("tc "));
    }

    @Test
    void opensThePortOfGueInTheKernelOnce() throws Exception {
        machine.answers("ip link show dev tunl0", "6: tunl0@NONE: <NOARP> mtu 1480")
                .answers("modprobe -n -q fou", "");
        var gue = request(Mode.TUN, Tunnel.GUE, "10.0.0.100");
        assertThat(setup(gue)).containsSubsequence("modprobe fou", "ip -4 fou add port 6080 gue");

        machine.answers("ip -4 fou show", "port 60801 gue\nport 6080 gue -6\nport 6080 gue\n");

        assertThat(setup(gue)).noneMatch(line -> line.contains("fou"));
        assertThat(teardown(gue)).startsWith("ip -4 fou del port 6080", "ip link set dev tunl0 down");
    }

    @Test
    void writesPortAndAddressesIntoTheCopyOfTheProgram() throws Exception {
        var lines = setup(
                new Request(Mode.TUN, List.of(Vip.of("10.0.0.100"), Vip.of("fd00::100")), "eth0", Tunnel.GUE, 0x1234));

        assertThat(lines)
                .containsSubsequence(
                        "mkdir -p /run/jlvs && cp '" + program() + "' /run/jlvs/decap-4026531840.bpf.o",
                        "printf %b '\\0022\\0064\\0002" + zeros(13) + zeros(10) + "\\0377\\0377\\0012\\0000\\0000\\0144"
                                + "\\0375" + zeros(13) + "\\0001\\0000'"
                                + " | dd of=/run/jlvs/decap-4026531840.bpf.o bs=1 seek=23 conv=notrunc status=none",
                        "tc qdisc replace dev eth0 clsact");
    }

    @Test
    void tellsTheProgramOfTheAddressesFromBefore() throws Exception {
        machine.answers("ip -o address show dev lo", addresses("10.0.0.9/32"))
                .holds(STATE, "vip 10.0.0.9\nvip 10.0.0.8");

        assertThat(setup(request(Mode.TUN, Tunnel.IPIP, "10.0.0.100")))
                .anyMatch(line ->
                        line.contains("\\0002" + zeros(13) + zeros(10) + "\\0377\\0377\\0012\\0000\\0000\\0011"))
                .noneMatch(line -> line.contains("10.0.0.8"));
    }

    @Test
    void saysThatTheProgramHasNoRoomForMore() {
        var vips = IntStream.range(0, 65).mapToObj(i -> Vip.of("10.0.1." + i)).toList();

        assertThatThrownBy(() -> setup(new Request(Mode.TUN, vips, "eth0", Tunnel.IPIP, 6080)))
                .isInstanceOf(IOException.class)
                .hasMessage("65 virtual addresses: our program has room for 64");
    }

    private List<String> setup(Request request) throws IOException {
        return lines(plans().setup(request));
    }

    private List<String> teardown(Request request) throws IOException {
        return lines(plans().teardown(request));
    }

    private Plans plans() throws IOException {
        var bytes = "\177ELF___jlvs-decap-set-1________".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(program(), bytes);
        return new Plans(machine, new DecapProgram(program()));
    }

    private Path program() {
        return folder.resolve("decap.tc.bpf.o");
    }

    private static Request request(Mode mode, Tunnel tunnel, String... vips) {
        return new Request(mode, Stream.of(vips).map(Vip::of).toList(), "eth0", tunnel, 6080);
    }

    private static List<String> lines(List<Step> steps) {
        return steps.stream().map(Step::line).toList();
    }

    private static String addresses(String... all) {
        return "1: lo    inet 127.0.0.1/8 scope host lo\\ valid_lft forever\n"
                + String.join(
                        "\n",
                        Stream.of(all)
                                .map(one -> "1: lo    inet " + one + " scope global lo\\ valid")
                                .toList());
    }

    private static String zeros(int count) {
        return "\\0000".repeat(count);
    }
}
