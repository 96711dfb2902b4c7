package io.jlvs.e2e.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What a user does at a host of the lab: asks web and name servers, each time by a new connection. */
public record Visitor(Host host) {

    private static final String PATIENCE_SECONDS = "10";

    /** Who answers each of {@code count} requests for {@code /who}. */
    public List<String> who(String address, int count) {
        var url = "http://" + Family.authority(address, 80) + "/who?[1-" + count + "]";
        return host.run("curl", "-sSf", "--max-time", PATIENCE_SECONDS, "-H", "Connection: close", url)
                .lines()
                .toList();
    }

    /** Who answers each of {@code count} questions by UDP. */
    public List<String> dns(String address, int count) {
        return IntStream.range(0, count).mapToObj(_ -> dns(address)).toList();
    }

    /** Downloads a file of the lab's folder; the SHA-256 of what came, in hex. */
    public String download(String address, String file) {
        var url = "http://" + Family.authority(address, 80) + "/files/" + file;
        return host.run("bash", "-c", "set -o pipefail; curl -sSf \"$1\" | sha256sum", "download", url)
                .split(" ", 2)[0];
    }

    /** Uploads a file under a name to whichever server it meets. */
    public void upload(String address, Path file, String name) {
        host.run("curl", "-sSf", "-T", file.toString(), "http://" + Family.authority(address, 80) + "/uploads/" + name);
    }

    private String dns(String address) {
        var answer = host.run("busybox", "nslookup", "-type=txt", "who.jlvs", address);
        return answer.lines()
                .filter(line -> line.contains("text ="))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no TXT record in: " + answer));
    }
}
