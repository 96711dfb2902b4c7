package io.jlvs.engine.cluster;

import io.jlvs.datapath.ebpf.libbpf.PacketSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * A process that holds addresses and nothing else, told by lines {@code hold true}, {@code hold false}, {@code release} and
 * {@code problem}; it answers each with a line. It ends, as if killed, with its input.
 */
final class Holder {

    private Holder() {}

    public static void main(String[] args) throws IOException {
        var addresses = new FloatingAddresses(
                Stream.of(args).map(FloatingAddress::parse).toList(), PacketSocket::send);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "release" -> addresses.release();
                case "problem" -> {}
                default -> addresses.hold(line.endsWith("true"));
            }
            System.err.println(String.valueOf(addresses.problem()).replace('\n', ' '));
        }
        Runtime.getRuntime().halt(0);
    }
}
