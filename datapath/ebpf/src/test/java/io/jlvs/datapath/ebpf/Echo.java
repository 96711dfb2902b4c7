package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers what it hears, on every connection until the listener is closed. */
record Echo(ServerSocket listener) implements Runnable {

    @Override
    public void run() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // the client has gone
        }
    }

    /** Says something and hears it. */
    static void check(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        assertThat(socket.getInputStream().read()).isEqualTo(7);
    }
}
