package io.jlvs.datapath.ebpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PipelineLoadsTest {

    @Test
    void verifierTakesThePipelineAtBothHooks() {
        for (var hook : new String[] {"tc", "xdp"}) {
            try (var pipeline = Sample.open("pipeline." + hook)) {
                pipeline.maxEntries("connections", 1024);
                pipeline.load();

                assertThat(pipeline.mapNames()).contains("connections", "services", "servers");
                try (var connections = pipeline.map("connections")) {
                    assertThat(connections.maxEntries()).isEqualTo(1024);
                    assertThat(connections.keySize()).isEqualTo(40);
                    assertThat(connections.valueSize()).isEqualTo(112);
                }
            }
        }
    }

    @Test
    void sweepOfAnEmptyTableFindsNothing() {
        try (var pipeline = Sample.open("pipeline.tc")) {
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
}
