package io.jlvs.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The client that is installed. */
class PerlIpvsadmTest extends IpvsadmContract {

    @TempDir
    private Path files;

    @Override
    int run(String stdin, String... words) throws Exception {
        var command = Stream.concat(Stream.of("perl", "../dist/src/cli/ipvsadm.pl"), Stream.of(words));
        var builder = new ProcessBuilder(command.toList())
                .redirectInput(Files.writeString(files.resolve("in"), stdin).toFile())
                .redirectOutput(files.resolve("out").toFile())
                .redirectError(files.resolve("err").toFile());
        builder.environment().put("JLVS_SOCKET", socket().toString());
        int exit = builder.start().waitFor();
        copy("out", out);
        copy("err", err);
        return exit;
    }

    private void copy(String file, OutputStream to) throws IOException {
        to.write(Files.readString(files.resolve(file)).getBytes(StandardCharsets.UTF_8));
    }
}
