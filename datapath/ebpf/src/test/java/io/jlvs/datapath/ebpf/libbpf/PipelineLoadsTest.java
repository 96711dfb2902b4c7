package io.jlvs.datapath.ebpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineLoadsTest {

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "loading programs needs root");
    }

    @Test
    void verifierTakesThePipelineAtBothHooks() throws IOException {
        for (var hook : new String[] {"tc", "xdp"}) {
            try (var pipeline = BpfObject.open("pipeline", read("/bpf/pipeline." + hook + ".bpf.o"))) {
                pipeline.maxEntries("connections", 1024);
                pipeline.load();

                assertThat(pipeline.mapNames()).contains("connections", "services", "servers");
                try (var connections = pipeline.map("connections")) {
                    assertThat(connections.maxEntries()).isEqualTo(1024);
                    assertThat(connections.keySize()).isEqualTo(40);
                    assertThat(connections.valueSize()).isEqualTo(104);
                }
            }
        }
    }

    @Test
    void sweepOfAnEmptyTableFindsNothing() throws IOException {
        try (var pipeline = BpfObject.open("pipeline", read("/bpf/pipeline.tc.bpf.o"))) {
            pipeline.maxEntries("connections", 1024);
            pipeline.load();
            try (var sweep = pipeline.program("sweep")) {
                var result = sweep.testRun(ProgramRun.call(new byte[40]));

                assertThat(result.verdict()).isZero();
                assertThat(ByteBuffer.wrap(result.context())
                                .order(ByteOrder.nativeOrder())
                                .getLong(8))
                        .isZero();
            }
        }
    }

    @Test
    void fileThatIsNoObjectIsRefusedWithItsName() {
        assertThatThrownBy(() -> BpfObject.open("nonsense", new byte[] {1, 2, 3, 4}))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("nonsense");
    }

    private static byte[] read(String resource) throws IOException {
        try (var in = Objects.requireNonNull(PipelineLoadsTest.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }
}
