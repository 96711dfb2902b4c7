package io.jlvs.engine.registry;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.spi.Plan;
import io.jlvs.engine.plugin.Extensions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place of the desired state, and its single writer: changes take turns, and each is admitted, handed to the
 * schedulers, taken by the data path, handed to the store and told, in this order. Methods that change something block; call them from
 * a virtual thread, never from an event loop.
 */
public final class Registry {

    /** The reason why a restored service is down before the data path was asked. */
    private static final String NOT_TRIED = "";

    private final DataPath dataPath;
    private final Schedulers schedulers;
    private final StateStore store;
    private final Consumer<JlvsEvent> events;
    private final InstantSource clock;
    private final Admission admission;
    private final LatencyRecorder applied = new LatencyRecorder();
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<ServiceKey, String> down = new LinkedHashMap<>();
    private volatile Extensions extensions = Extensions.NONE;
    private Map<ServiceKey, Plan> plans = Map.of();
    private volatile Configuration current = Configuration.EMPTY;
    private volatile @Nullable Agreement agreement;
    private boolean begun;

    /**
     * @param schedulers told of each new state before the data path is, and of the old one again if that fails
     */
    public Registry(
            DataPath dataPath,
            Schedulers schedulers,
            StateStore store,
            Consumer<JlvsEvent> events,
            InstantSource clock) {
        this.dataPath = dataPath;
        this.schedulers = schedulers;
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.admission = new Admission(dataPath);
    }

    /** How long the data path took to go over to new tables. */
    public LatencyRecorder applied() {
        return applied;
    }

    /** The desired state now. Never blocks. */
    public Configuration current() {
        return current;
    }

    /**
     * Makes a change. On return it is in effect, though perhaps not on disk: see {@link #awaitSaved}.
     *
     * @throws CommandException if it is refused; nothing was changed then
     */
    public void execute(Command command) {
        execute("the engine", draft -> draft.execute(command));
    }

    /** The same on somebody's account. */
    public void execute(String by, Command command) {
        execute(by, draft -> draft.execute(command));
    }

    /**
     * Makes several changes, in one go over for all that have to do with it. With other directors they are agreed on first.
     *
     * @param by who makes them and with what, for those who are told
     * @param changes makes them; those that it lets be refused are not made. What it throws is thrown on. With other
     *     directors it may be called twice
     * @throws CommandException if the data path does not take them, or the other directors don't; none was made then
     */
    public void execute(String by, Consumer<Draft> changes) {
        var others = agreement;
        if (others == null) {
            executeAlone(by, changes);
        } else {
            executeTogether(others, by, changes);
        }
    }

    private void executeAlone(String by, Consumer<Draft> changes) {
        turn.lock();
        try {
            var draft = draft();
            changes.accept(draft);
            if (draft.differs()) {
                goOver(draft.configuration(), draft.courses());
            }
            tell(by, draft);
        } finally {
            turn.unlock();
        }
    }

    private void executeTogether(Agreement others, String by, Consumer<Draft> changes) {
        var draft = draft();
        try {
            changes.accept(draft);
        } catch (CommandException _) {
            // what it lacks may have been made on another director a moment ago
            others.catchUp();
            draft = draft();
            changes.accept(draft);
        }
        if (!draft.changes().isEmpty()) {
            others.propose(by, draft.base(), draft.commands());
        }
    }

    private Draft draft() {
        return new Draft(current, (command, entry) -> admission.check(command, entry, extensions));
    }

    private void tell(String by, Draft draft) {
        draft.changes()
                .forEach(change -> events.accept(
                        new ConfigurationChanged(clock.millis(), change.version(), change.command(), by)));
    }

    /** From now on changes are agreed on with other directors, and come in by {@link #adopt} and {@link #become}. */
    public void agreeWith(Agreement others) {
        agreement = others;
    }

    /** Makes changes that the directors agreed on. A service that the data path can't take is kept, told, and tried again. */
    public void adopt(String by, Draft agreed) {
        turn.lock();
        try {
            if (agreed.differs()) {
                takeOver(agreed.configuration(), agreed.courses());
            }
            tell(by, agreed);
        } finally {
            turn.unlock();
        }
    }

    /** Goes over to all that the directors have agreed on so far, after having been away. */
    public void become(Configuration agreed) {
        turn.lock();
        try {
            if (!agreed.equals(current)) {
                takeOver(agreed, Map.of());
            }
        } finally {
            turn.unlock();
        }
    }

    /**
     * What the desired state would be after a change that is not made.
     *
     * @throws CommandException if it would be refused
     */
    public Configuration rehearse(Command command) {
        var draft = draft();
        draft.execute(command);
        return draft.configuration();
    }

    /** What the plugins offer now. */
    public Extensions extensions() {
        return extensions;
    }

    /**
     * Blocks until all changes made so far are on disk.
     *
     * @throws CommandException with {@code NOT_SAVED}
     */
    public void awaitSaved() {
        store.awaitSaved();
    }

    /**
     * Takes over the saved state: the first table that the data path is given, since what it forwards on its own from
     * before must not end meanwhile. A service that the data path can't take is kept, told, and tried again later.
     */
    public void restore() {
        turn.lock();
        try {
            current = store.load();
            current.services().forEach(entry -> down.put(entry.key(), NOT_TRIED));
            begun = true;
            tellSchedulers(current, Map.of());
            if (down.isEmpty()) {
                apply(compile(current, Set.of()));
            } else {
                raiseWhatIsDown();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Tries again what the data path could not take. */
    public void retryDown() {
        turn.lock();
        try {
            raiseWhatIsDown();
        } finally {
            turn.unlock();
        }
    }

    /** Goes over to what the plugins offer now; before the first call they offer nothing. */
    public void extensionsChanged(Extensions offered) {
        turn.lock();
        try {
            extensions = offered;
            if (begun) {
                tellSchedulers(current, Map.of());
                apply(compile(current, down.keySet()));
            }
        } finally {
            turn.unlock();
        }
    }

    /** The services that use one of these schedulers or modes, as text. Never blocks. */
    public List<String> servicesThatUse(Set<String> schedulers, Set<String> modes) {
        return current.services().stream()
                .filter(entry -> extensions.needed(entry.service().scheduler()).anyMatch(schedulers::contains)
                        || entry.servers().stream().anyMatch(server -> modes.contains(server.mode())))
                .map(entry -> entry.key().toString())
                .toList();
    }

    private void goOver(Configuration next, Map<ServiceKey, List<ServiceEntry>> courses) {
        begun = true;
        tellSchedulers(next, courses);
        try {
            apply(compile(next, down.keySet()));
        } catch (RuntimeException e) {
            tellSchedulers(current, Map.of());
            throw e instanceof DataPathException
                    ? new CommandException(ErrorCode.DATA_PATH, String.valueOf(e.getMessage()), e)
                    : e;
        }
        settle(next);
    }

    /** The other directors have it already: what the data path refuses is down here, and all else is in effect. */
    private void takeOver(Configuration next, Map<ServiceKey, List<ServiceEntry>> courses) {
        try {
            goOver(next, courses);
        } catch (CommandException _) {
            var before = Set.copyOf(current.services());
            next.services().stream()
                    .filter(entry -> !before.contains(entry))
                    .forEach(entry -> down.putIfAbsent(entry.key(), NOT_TRIED));
            settle(next);
            tellSchedulers(next, Map.of());
            apply(compile(next, down.keySet()));
            raiseWhatIsDown();
        }
    }

    private void settle(Configuration next) {
        var keys = next.services().stream().map(ServiceEntry::key).collect(Collectors.toSet());
        down.keySet().retainAll(keys);
        current = next;
        store.write(next);
    }

    private void tellSchedulers(Configuration next, Map<ServiceKey, List<ServiceEntry>> courses) {
        plans = schedulers.goOver(next, courses, extensions);
    }

    /** All at once where that works; else one by one, so that none keeps the others down. */
    private void raiseWhatIsDown() {
        try {
            raise(Set.copyOf(down.keySet()));
        } catch (DataPathException _) {
            List.copyOf(down.keySet()).forEach(this::raiseAlone);
        }
    }

    private void raiseAlone(ServiceKey key) {
        try {
            raise(Set.of(key));
        } catch (DataPathException e) {
            var reason = String.valueOf(e.getMessage());
            if (!reason.equals(down.put(key, reason))) {
                events.accept(new DirectorEvent.ServiceDown(clock.millis(), key.toString(), reason));
            }
        }
    }

    private void raise(Set<ServiceKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        var stillDown = new HashSet<>(down.keySet());
        stillDown.removeAll(keys);
        apply(compile(current, stillDown));
        for (var key : keys) {
            if (!NOT_TRIED.equals(down.remove(key))) {
                events.accept(new DirectorEvent.ServiceUp(clock.millis(), key.toString()));
            }
        }
    }

    private void apply(ForwardingTable table) {
        var began = System.nanoTime();
        dataPath.apply(table);
        applied.recordSince(began);
    }

    private ForwardingTable compile(Configuration configuration, Set<ServiceKey> without) {
        var services = configuration.services().stream()
                .filter(entry -> !without.contains(entry.key()))
                .toList();
        return new ForwardingTable(configuration.version(), services, extensions.modesByName(), plans);
    }
}
