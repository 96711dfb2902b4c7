package io.jlvs.engine.stats;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import java.util.Map;

/** The figures of all services and servers at one moment. What has counted nothing has {@link Figures#NONE}. */
public final class FiguresSnapshot {

    private final Map<Object, Figures> figures;

    FiguresSnapshot(Map<Object, Figures> figures) {
        this.figures = Map.copyOf(figures);
    }

    public Figures of(ServiceKey service) {
        return figures.getOrDefault(service, Figures.NONE);
    }

    public Figures of(ServerId server) {
        return figures.getOrDefault(server, Figures.NONE);
    }
}
