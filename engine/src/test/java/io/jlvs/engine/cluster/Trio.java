package io.jlvs.engine.cluster;

import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.RefusingDataPath;
import io.jlvs.engine.registry.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Three directors a, b and c on loopback, each with a real channel and log, and a data path that only takes notes. */
final class Trio implements AutoCloseable {

    final SequencedMap<String, Member> members = new LinkedHashMap<>();
    private final Path folder;
    private final Path keys;
    private final SequencedMap<String, InetSocketAddress> places = new LinkedHashMap<>();

    /** One director. */
    static final class Member {
        final RefusingDataPath dataPath = new RefusingDataPath();
        final List<JlvsEvent> events = new CopyOnWriteArrayList<>();
        final MemoryStore store;
        final Registry registry;
        final Cluster cluster;

        Member(ClusterOptions options, Path folder, Configuration saved, Extensions offers) {
            store = new MemoryStore(saved);
            registry = new Registry(dataPath, (_, _, _) -> Map.of(), store, events::add, InstantSource.system());
            registry.extensionsChanged(offers);
            registry.restore();
            cluster = new Cluster(options, folder, "1.0", registry, dataPath, (_, _) -> {});
            cluster.join(() -> {});
        }

        List<String> present() {
            return cluster.present();
        }

        List<ConfigurationChanged> changes() {
            return events.stream()
                    .filter(ConfigurationChanged.class::isInstance)
                    .map(ConfigurationChanged.class::cast)
                    .toList();
        }
    }

    /** With nobody in it yet. */
    Trio(Path folder, Path keys) throws IOException {
        this.folder = folder;
        this.keys = keys;
        var free = new ArrayList<ServerSocket>();
        for (var name : List.of("a", "b", "c")) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            free.add(socket);
            places.put(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        }
        for (var socket : free) {
            socket.close();
        }
    }

    Member start(String name) {
        return start(name, Configuration.EMPTY, keys);
    }

    Member start(String name, Configuration saved, Path with) {
        var options = new ClusterOptions(name, places, with, List.of(), false);
        var member = new Member(options, folder.resolve(name), saved, Offers.usual());
        members.put(name, member);
        return member;
    }

    Member member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    void stop(String name) {
        var member = members.remove(name);
        if (member != null) {
            member.cluster.close();
        }
    }

    InetSocketAddress place(String name) {
        return Objects.requireNonNull(places.get(name));
    }

    @Override
    public void close() {
        List.copyOf(members.keySet()).forEach(this::stop);
    }
}
