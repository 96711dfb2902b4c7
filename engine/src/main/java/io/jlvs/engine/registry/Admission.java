package io.jlvs.engine.registry;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.engine.plugin.Extensions;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Refuses changes that the plugins or the data path at hand can't carry out. */
final class Admission {

    private final DataPath dataPath;

    Admission(DataPath dataPath) {
        this.dataPath = dataPath;
    }

    /**
     * Throws when a change can't be carried out.
     *
     * @param entry what would become of its service
     */
    void check(Command command, ServiceEntry entry, Extensions extensions) {
        switch (command) {
            case Command.AddService _ -> checkService(entry.service(), extensions);
            case Command.EditService _ -> {
                checkService(entry.service(), extensions);
                entry.servers().forEach(server -> checkServer(entry.service(), server, extensions));
            }
            case Command.AddServer add -> checkServer(entry.service(), add.server(), extensions);
            case Command.EditServer edit -> checkServer(entry.service(), edit.server(), extensions);
            case Command.DeleteService _, Command.DeleteServer _, Command.Clear _, Command.Zero _ -> {}
        }
    }

    private void checkService(VirtualService service, Extensions extensions) {
        if (!extensions.schedulers().containsKey(service.scheduler())) {
            throw new CommandException(
                    ErrorCode.NO_SUCH_SCHEDULER,
                    "no plugin offers the scheduler '" + service.scheduler() + "'; loaded are: "
                            + names(extensions.schedulers().keySet(), identity()));
        }
        if (extensions.picking(service.scheduler()) == null) {
            throw new CommandException(ErrorCode.UNSUPPORTED, noFallback(service.scheduler(), extensions));
        }
        refuse(dataPath.unsupported(service));
    }

    private static String noFallback(String scheduler, Extensions extensions) {
        var fallback = extensions.needed(scheduler).skip(1).findFirst().orElseThrow();
        return "the scheduler '" + scheduler + "' falls back on '" + fallback
                + "', which no plugin offers, or which asks somebody else itself; mend it in jlvs.yaml, under schedulers."
                + scheduler + "; loaded are: " + names(extensions.schedulers().keySet(), identity());
    }

    private void checkServer(VirtualService service, RealServer server, Extensions extensions) {
        var mode = extensions.modes().get(server.mode());
        if (mode == null) {
            throw new CommandException(
                    ErrorCode.NO_SUCH_MODE,
                    "no plugin offers the forwarding mode '" + server.mode() + "'; loaded are: "
                            + names(extensions.modes().keySet(), identity()));
        }
        if (service.key().family() != server.endpoint().family()
                && !server.mode().equals("tun")) {
            throw new CommandException(
                    ErrorCode.UNSUPPORTED, "a real server of another address family needs the mode tun");
        }
        if (!mode.instance().dataPaths().contains(dataPath.kind())) {
            throw new CommandException(
                    ErrorCode.UNSUPPORTED, wrongDataPath(server, mode.instance().dataPaths()));
        }
        refuse(dataPath.unsupported(service, server));
    }

    private String wrongDataPath(RealServer server, Set<DataPathKind> dataPaths) {
        return "forwarding mode " + server.mode() + " does not run in the data path '"
                + dataPath.kind().lowerName() + "' of this engine; it needs the data path '"
                + names(dataPaths, DataPathKind::lowerName)
                + "'. Set 'datapath' in jlvs.yaml, or use mode nat (-m)";
    }

    private static void refuse(@Nullable String reason) {
        if (reason != null) {
            throw new CommandException(ErrorCode.UNSUPPORTED, reason);
        }
    }

    private static <T> String names(Set<T> things, Function<T, String> name) {
        return things.stream().map(name).sorted().collect(joining(", "));
    }
}
