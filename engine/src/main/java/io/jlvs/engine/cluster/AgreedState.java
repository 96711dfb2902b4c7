package io.jlvs.engine.cluster;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.Draft;
import io.jlvs.engine.registry.StateFile;
import io.vertx.core.json.DecodeException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jgroups.raft.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * The desired state as the log of proposals makes it. It knows no plugin and no data path, so that the same log makes the
 * same state everywhere; what a director can't carry is for its registry to find out. Raft calls it from one thread at a
 * time.
 */
final class AgreedState implements StateMachine {

    /** A proposal may be sent again until its director knows what became of it; these many are told apart. */
    private static final int REMEMBERED = 1000;

    /** Who changed a service, and to which version of the state. */
    private record Touch(ServiceKey service, long version, String director) {}

    private final SequencedSet<String> seen = new LinkedHashSet<>();
    private final Deque<Touch> touches = new ArrayDeque<>();
    private Configuration configuration = Configuration.EMPTY;
    private @Nullable String unreadable;
    private @Nullable Follower follower;

    /** Is told what was agreed on, in order. Must not block. */
    interface Follower {

        /**
         * Changes were made.
         *
         * @param crossed services that another director had changed when the proposer did not know yet
         */
        void agreed(Proposal.Changes changes, Draft draft, List<ServiceKey> crossed);

        /** Nothing of it was made. */
        void refused(Proposal.Changes changes, CommandException why);

        /** A proposal changed nothing. */
        void passed(Proposal proposal);

        /** The state is another one altogether. */
        void replaced(Configuration configuration);

        /** This version of JLVS can't read what was agreed on: the state stays as it is until it can. */
        void stuck(String why);
    }

    /** Begins anew, telling nobody: the log is about to be played from its beginning. */
    synchronized void reset() {
        follower = null;
        unreadable = null;
        configuration = Configuration.EMPTY;
        seen.clear();
        touches.clear();
    }

    /** Tells somebody from now on; what the state is at the moment is told first. */
    synchronized void tell(Follower whom) {
        whom.replaced(configuration);
        if (unreadable != null) {
            whom.stuck(unreadable);
        }
        follower = whom;
    }

    @Override
    public synchronized byte @Nullable [] apply(byte[] data, int offset, int length, boolean answer) {
        if (unreadable != null) {
            return null;
        }
        try {
            apply(Proposal.decode(data, offset, length));
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            unreadable = String.valueOf(e.getMessage());
            told(follower -> follower.stuck(String.valueOf(unreadable)));
        }
        return null;
    }

    private void apply(Proposal proposal) {
        if (!remember(proposal.id())) {
            return;
        }
        switch (proposal) {
            case Proposal.Changes changes -> make(changes);
            case Proposal.FirstState first
            when configuration.version() == 0 -> {
                configuration = new Configuration(
                        Math.max(1, first.state().version()), first.state().services());
                told(follower -> follower.replaced(configuration));
                told(follower -> follower.passed(first));
            }
            case Proposal.FirstState _, Proposal.Mark _ -> told(follower -> follower.passed(proposal));
        }
    }

    private void make(Proposal.Changes changes) {
        var draft = new Draft(configuration);
        try {
            changes.commands().forEach(draft::execute);
        } catch (CommandException e) {
            told(follower -> follower.refused(changes, e));
            return;
        }
        configuration = draft.configuration();
        var crossed = crossed(changes);
        touch(changes);
        told(follower -> follower.agreed(changes, draft, crossed));
    }

    private List<ServiceKey> crossed(Proposal.Changes changes) {
        return touches.stream()
                .filter(touch ->
                        touch.version() > changes.base() && !touch.director().equals(changes.director()))
                .map(Touch::service)
                .filter(services(changes).toList()::contains)
                .distinct()
                .toList();
    }

    private void touch(Proposal.Changes changes) {
        services(changes).forEach(key -> touches.addLast(new Touch(key, configuration.version(), changes.director())));
        while (touches.size() > REMEMBERED) {
            touches.removeFirst();
        }
    }

    private static Stream<ServiceKey> services(Proposal.Changes changes) {
        return changes.commands().stream()
                .map(AgreedState::service)
                .filter(Objects::nonNull)
                .distinct();
    }

    private static @Nullable ServiceKey service(Command command) {
        return switch (command) {
            case Command.AddService(var service) -> service.key();
            case Command.EditService(var service) -> service.key();
            case Command.DeleteService(var key) -> key;
            case Command.AddServer add -> add.service();
            case Command.EditServer edit -> edit.service();
            case Command.DeleteServer delete -> delete.service();
            case Command.Zero _, Command.Clear _ -> null;
        };
    }

    private boolean remember(String id) {
        if (!seen.add(id)) {
            return false;
        }
        if (seen.size() > REMEMBERED) {
            seen.removeFirst();
        }
        return true;
    }

    private void told(Consumer<Follower> what) {
        if (follower != null) {
            what.accept(follower);
        }
    }

    @Override
    public synchronized void writeContentTo(DataOutput out) throws IOException {
        out.writeInt(Proposal.FORMAT);
        out.writeInt(seen.size());
        for (var id : seen) {
            out.writeUTF(id);
        }
        var state = StateFile.encode(configuration);
        out.writeInt(state.length);
        out.write(state);
    }

    @Override
    public synchronized void readContentFrom(DataInput in) throws IOException {
        var format = in.readInt();
        if (format > Proposal.FORMAT) {
            throw new IOException("a state of format " + format + ", known are 1 to " + Proposal.FORMAT);
        }
        var ids = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            ids.add(in.readUTF());
        }
        var state = new byte[in.readInt()];
        in.readFully(state);
        configuration = StateFile.decode(state);
        seen.clear();
        seen.addAll(ids);
        touches.clear();
        told(follower -> follower.replaced(configuration));
    }
}
