package io.jlvs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine's answer.
 *
 * @param headers by name, whatever the case
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Takes an HTTP answer apart: status line, headers, blank line, body.
     *
     * @throws IOException if it is none, or not all of it
     */
    static Reply parse(byte[] answer) throws IOException {
        int end = endOfHead(answer);
        var lines = new String(answer, 0, end, StandardCharsets.US_ASCII).split("\r\n", -1);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                throw new IOException("no HTTP header: " + lines[i]);
            }
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        var reply = new Reply(
                status(lines[0]), headers, Arrays.copyOfRange(answer, end + END_OF_HEAD.length, answer.length));
        if (reply.number("Content-Length") != reply.body.length) {
            throw new IOException("only a part of its answer came");
        }
        return reply;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Prints what a command that the engine interpreted wrote; returns its exit code. */
    int show(PrintWriter out, PrintWriter err) throws IOException {
        int exit = number("X-Exit-Status");
        int stdout = Math.min(number("X-Stdout-Length"), body.length);
        out.print(new String(body, 0, stdout, StandardCharsets.UTF_8));
        out.flush();
        err.print(new String(body, stdout, body.length - stdout, StandardCharsets.UTF_8));
        err.flush();
        return exit;
    }

    /** The number in a header, 0 or more. */
    int number(String header) throws IOException {
        return number(headers.getOrDefault(header, ""), header);
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.")) {
            throw new IOException("no HTTP: " + line);
        }
        int blank = line.indexOf(' ') + 1;
        return number(line.substring(blank, Math.min(blank + 3, line.length())), "status");
    }

    private static int number(String text, String what) throws IOException {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("no number in " + what + ": '" + text + "'", e);
        }
    }

    private static int endOfHead(byte[] answer) throws IOException {
        for (int i = 0; i + END_OF_HEAD.length <= answer.length; i++) {
            if (Arrays.equals(answer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i;
            }
        }
        throw new IOException("only a part of its answer came");
    }
}
