package io.jlvs.datapath.ebpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibbpfTest {

    @Test
    void isThereOrSaysWhatToInstall() {
        Libbpf.unavailable().ifPresent(reason -> assertThat(reason).contains("install"));
    }

    @Test
    void libraryThatIsNotThereIsAReasonNotAFailure() {
        assertThat(Libbpf.missing("libjlvs-none.so.1"))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("libjlvs-none.so.1 is not installed")
                        .contains("libbpf1"));
    }
}
