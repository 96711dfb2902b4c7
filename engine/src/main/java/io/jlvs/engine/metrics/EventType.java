package io.jlvs.engine.metrics;

import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import java.util.Locale;

/** The values of the label {@code type} of {@link Metric#EVENTS}: the types that events have as JSON on the bus. */
enum EventType {
    CONNECTION_REQUESTED,
    CONNECTION_SCHEDULED,
    CONNECTION_OPENED,
    CONNECTION_CLOSED,
    CONNECTION_REFUSED,
    CONFIGURATION_CHANGED,
    PLUGIN_LOADED,
    PLUGIN_REMOVED,
    PLUGIN_REJECTED,
    PLUGIN_KEPT,
    PLUGIN_FAILED,
    DIRECTOR_STARTED,
    DIRECTOR_OVERLOADED,
    DIRECTOR_RECOVERED,
    DIRECTOR_STATE_SET_ASIDE,
    DIRECTOR_SERVICE_DOWN,
    DIRECTOR_SERVICE_UP,
    DIRECTOR_SIBLING_SILENT,
    DIRECTOR_SIBLING_BACK;

    private final String label;

    EventType() {
        label = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }

    static EventType of(JlvsEvent event) {
        return switch (event) {
            case ConnectionRequested _ -> CONNECTION_REQUESTED;
            case ConnectionScheduled _ -> CONNECTION_SCHEDULED;
            case ConnectionOpened _ -> CONNECTION_OPENED;
            case ConnectionClosed _ -> CONNECTION_CLOSED;
            case ConnectionRefused _ -> CONNECTION_REFUSED;
            case ConfigurationChanged _ -> CONFIGURATION_CHANGED;
            case PluginEvent.Loaded _ -> PLUGIN_LOADED;
            case PluginEvent.Removed _ -> PLUGIN_REMOVED;
            case PluginEvent.Rejected _ -> PLUGIN_REJECTED;
            case PluginEvent.Kept _ -> PLUGIN_KEPT;
            case PluginEvent.Failed _ -> PLUGIN_FAILED;
            case DirectorEvent.Started _ -> DIRECTOR_STARTED;
            case DirectorEvent.Overloaded _ -> DIRECTOR_OVERLOADED;
            case DirectorEvent.Recovered _ -> DIRECTOR_RECOVERED;
            case DirectorEvent.StateSetAside _ -> DIRECTOR_STATE_SET_ASIDE;
            case DirectorEvent.ServiceDown _ -> DIRECTOR_SERVICE_DOWN;
            case DirectorEvent.ServiceUp _ -> DIRECTOR_SERVICE_UP;
            case DirectorEvent.SiblingSilent _ -> DIRECTOR_SIBLING_SILENT;
            case DirectorEvent.SiblingBack _ -> DIRECTOR_SIBLING_BACK;
        };
    }

    /** Such as {@code director.service-down}. */
    String label() {
        return label;
    }
}
