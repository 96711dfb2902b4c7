package io.jlvs.datapath.ebpf.libbpf;

import static io.jlvs.datapath.ebpf.libbpf.OwnNamespaces.LOOPBACK;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.datapath.ebpf.libbpf.TcFilter.Direction;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcFilterTest {

    private static final int NO_INTERFACE = 4711;

    private final TcFilter place = new TcFilter(LOOPBACK, Direction.INGRESS, 1, 10);
    private BpfObject sample;
    private BpfProgram count;
    private BpfProgram change;

    @BeforeEach
    void loadTheSample() {
        sample = Sample.load();
        count = sample.program("count");
        change = sample.program("change");
    }

    @AfterEach
    void closeIt() {
        if (sample != null) {
            count.close();
            change.close();
            sample.close();
        }
    }

    @Test
    void attachedProgramSeesThePackets() throws Exception {
        OwnNamespaces.run(() -> {
            place.attach(count);
            sendOverLoopback();

            assertThat(packetsSeen()).isPositive();
        });
    }

    @Test
    void attachingAgainPutsTheProgramInThePlaceOfTheOther() throws Exception {
        OwnNamespaces.run(() -> {
            place.attach(count);
            assertThat(place.programId()).isEqualTo(count.id());

            place.attach(change);
            assertThat(place.programId()).isEqualTo(change.id());
            assertThat(place.detach()).isTrue();
            assertThat(place.programId()).isZero();
        });
    }

    @Test
    void placesAreApart() throws Exception {
        OwnNamespaces.run(() -> {
            var egress = new TcFilter(LOOPBACK, Direction.EGRESS, 1, 10);
            var later = new TcFilter(LOOPBACK, Direction.INGRESS, 1, 11);
            var second = new TcFilter(LOOPBACK, Direction.INGRESS, 2, 10);
            place.attach(count);
            egress.attach(change);

            assertThat(egress.programId()).isEqualTo(change.id());
            assertThat(later.programId()).isZero();
            assertThat(second.programId()).isZero();
            assertThat(egress.detach()).isTrue();
            assertThat(place.programId()).isEqualTo(count.id());
        });
    }

    @Test
    void nothingIsFoundAndDetachedWhereNothingIs() throws Exception {
        OwnNamespaces.run(() -> {
            assertThat(place.programId()).isZero();
            assertThat(place.detach()).isFalse();
            assertThat(new TcFilter(NO_INTERFACE, Direction.INGRESS, 1, 10).programId())
                    .isZero();
        });
    }

    @Test
    void interfaceThatIsNotThereIsTold() throws Exception {
        OwnNamespaces.run(() -> assertThatThrownBy(
                        () -> new TcFilter(NO_INTERFACE, Direction.INGRESS, 1, 10).attach(count))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("interface 4711")
                .hasMessageContaining("ENODEV"));
    }

    @Test
    void hookIsRemovedOnlyWhenTheLastFilterOfAnybodyIsGone() throws Exception {
        OwnNamespaces.run(() -> {
            place.attach(count);
            var egress = new TcFilter(LOOPBACK, Direction.EGRESS, 7, 70);
            egress.attach(change);
            place.detach();

            assertThat(place.removeHookIfEmpty()).isFalse();
            assertThat(egress.programId()).isEqualTo(change.id());

            egress.detach();
            assertThat(place.removeHookIfEmpty()).isTrue();
            assertThat(place.removeHookIfEmpty()).isFalse();
        });
    }

    private static void sendOverLoopback() throws Exception {
        var here = InetAddress.getLoopbackAddress();
        try (var socket = new DatagramSocket(new InetSocketAddress(here, 0))) {
            socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
            socket.setSoTimeout(1000);
            // The program's answer is the mark, 0: TC_ACT_OK.
            socket.receive(new DatagramPacket(new byte[1], 1));
        }
    }

    private int packetsSeen() {
        try (var seen = sample.map("seen");
                var arena = Arena.ofConfined()) {
            var perCpu = arena.allocate(seen.userValueSize(), 8);
            assertThat(seen.lookup(Sample.u32(0), perCpu)).isTrue();
            int packets = 0;
            for (long at = 0; at < perCpu.byteSize(); at += 8) {
                packets += perCpu.get(JAVA_INT, at);
            }
            return packets;
        }
    }
}
