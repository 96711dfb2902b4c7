package io.jlvs.cli;

import java.io.IOException;
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

    /** Takes an HTTP answer apart: status line, headers, blank line, body up to the end. */
    static Reply parse(byte[] answer) throws IOException {
        int end = endOfHead(answer);
        var lines = new String(answer, 0, end, StandardCharsets.US_ASCII).split("\r\n", -1);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        var status = Integer.parseInt(lines[0].split(" ", 3)[1]);
        return new Reply(status, headers, Arrays.copyOfRange(answer, end + END_OF_HEAD.length, answer.length));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    int number(String header) throws IOException {
        var value = headers.get(header);
        if (value == null) {
            throw new IOException("the engine's answer has no " + header + ": " + status + " " + text());
        }
        return Integer.parseInt(value);
    }

    private static int endOfHead(byte[] answer) throws IOException {
        for (int i = 0; i + END_OF_HEAD.length <= answer.length; i++) {
            if (Arrays.equals(answer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i;
            }
        }
        throw new IOException("the engine's answer broke off");
    }
}
