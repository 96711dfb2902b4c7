package io.jlvs.datapath.user;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.RefusalReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A control plane that takes the first server of a list that is not unreachable, and remembers what it is told. */
final class ScriptedUpcalls implements Upcalls {

    private final List<JlvsEvent> events = new CopyOnWriteArrayList<>();
    private volatile List<RealServer> servers = List.of();
    private volatile CompletableFuture<?> ready = CompletableFuture.completedFuture(null);

    void use(RealServer... next) {
        servers = List.of(next);
    }

    /** Answers wait until this is completed. */
    CompletableFuture<?> hold() {
        var held = new CompletableFuture<>();
        ready = held;
        return held;
    }

    @Override
    public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
        events.add(request);
        ready.thenRun(() -> answer.accept(decide(request)));
    }

    @Override
    public void publish(JlvsEvent event) {
        events.add(event);
    }

    <E extends JlvsEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Decision decide(ConnectionRequested request) {
        return servers.stream()
                .filter(server -> !request.unreachable().contains(server.endpoint()))
                .findFirst()
                .<Decision>map(
                        server -> new Decision.Forward(new ServerId(request.service(), server.endpoint()), server))
                .orElse(new Decision.Refuse(servers.isEmpty() ? RefusalReason.NO_SERVER : RefusalReason.UNREACHABLE));
    }
}
