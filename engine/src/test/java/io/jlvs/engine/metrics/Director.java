package io.jlvs.engine.metrics;

import io.jlvs.api.Command;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.cluster.sync.SyncFigures;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.Drafts;
import io.jlvs.engine.stats.Drops;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.RemotePicks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A director whose configuration, plugins and counters a test sets by hand. */
final class Director {

    final FakeDataPath dataPath;
    final List<PluginStatus> plugins = new ArrayList<>();
    final Map<String, Long> failures = new HashMap<>();
    final Health health = new Health();
    final RemotePicks remotePicks = new RemotePicks();
    final LatencyRecorder applied = new LatencyRecorder();
    private volatile Configuration configuration = Configuration.EMPTY;

    Director(DataPathKind kind) {
        dataPath = new FakeDataPath(kind);
    }

    Metrics.Sources sources() {
        return new Metrics.Sources(
                "1.2.3",
                () -> configuration,
                dataPath,
                () -> plugins,
                () -> failures,
                health,
                new Refusals(),
                new Drops(),
                remotePicks,
                applied,
                () -> SyncFigures.NONE);
    }

    void execute(Command command) {
        configuration = Drafts.after(configuration, command);
    }

    void addService(ServiceKey key, RealServer... realServers) {
        execute(new Command.AddService(VirtualService.of(key, "rr")));
        for (var server : realServers) {
            execute(new Command.AddServer(key, server));
        }
    }
}
