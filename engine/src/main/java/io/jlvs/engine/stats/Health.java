package io.jlvs.engine.stats;

import io.jlvs.api.Command;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the events say is not well now: services that the data path can't take, resources that have run out. */
public final class Health {

    private final SortedSet<String> down = new ConcurrentSkipListSet<>();
    private final SortedSet<String> shortages = new ConcurrentSkipListSet<>();

    /** Takes note of an event. */
    public void on(JlvsEvent event) {
        switch (event) {
            case DirectorEvent.ServiceDown failed -> down.add(failed.service());
            case DirectorEvent.ServiceUp raised -> down.remove(raised.service());
            case DirectorEvent.Overloaded overloaded -> shortages.add(overloaded.resource());
            case DirectorEvent.Recovered recovered -> shortages.remove(recovered.resource());
            case ConfigurationChanged changed -> forget(changed.change());
            default -> {}
        }
    }

    private void forget(Command change) {
        switch (change) {
            case Command.DeleteService(var service) -> down.remove(service.toString());
            case Command.Clear() -> down.clear();
            default -> {}
        }
    }

    /** Whether the data path has taken the service. */
    public boolean isUp(ServiceKey service) {
        return !down.contains(service.toString());
    }

    /** The services that the data path can't take now, sorted. */
    public SortedSet<String> down() {
        return down;
    }

    /** The resources that the director is short of now, sorted. */
    public SortedSet<String> shortages() {
        return shortages;
    }
}
