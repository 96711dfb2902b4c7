package io.jlvs.datapath.user;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that sends back what it gets, on any port of 127.0.0.1. */
final class EchoMain {

    private EchoMain() {}

    public static void main(String[] args) throws IOException {
        var server = new ServerSocket(0, 4096, InetAddress.ofLiteral("127.0.0.1"));
        System.out.println("port " + server.getLocalPort());
        Thread.ofPlatform().daemon().start(() -> accept(server));
        while (System.in.read() >= 0) {}
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                var client = server.accept();
                Thread.startVirtualThread(() -> echo(client));
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            System.out.println(e);
        }
    }
}
