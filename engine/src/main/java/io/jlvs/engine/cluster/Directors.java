package io.jlvs.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftLeaderException;
import org.jgroups.raft.Options;
import org.jgroups.raft.RaftHandle;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directors that see each other now, and messages between them. */
final class Directors implements AutoCloseable {

    /** What a message is about: its first byte. Those that a version does not know are left out. */
    enum Topic {
        NEWS(1),
        CONNECTIONS(2);

        private final byte number;

        Topic(int number) {
            this.number = (byte) number;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Directors.class);
    private static final String CLUSTER = "jlvs-directors";

    private final ClusterOptions options;
    private final Channels channels;
    private final Path folder;
    private final AgreedState state;
    private final Map<Topic, BiConsumer<String, byte[]>> receivers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService joining = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jlvs-cluster-join").factory());
    private volatile @Nullable Joined joined;
    private volatile @Nullable String broken;
    private volatile List<String> present = List.of();
    private volatile boolean alone;
    private volatile Consumer<List<String>> watcher = _ -> {};

    /** A channel, and the agreement over it. Neither is used again once it was left. */
    private record Joined(JChannel channel, RaftHandle raft) {}

    /**
     * Joins nobody yet.
     *
     * @param folder of what was agreed on
     * @param state what that makes
     */
    Directors(ClusterOptions options, ClusterKeys keys, Path folder, AgreedState state) {
        this.options = options;
        this.channels = new Channels(options, keys);
        this.folder = folder.resolve(options.name() + ".log");
        this.state = state;
    }

    /** Is told who is here, the oldest first, each time that changes. Must not block. */
    void watch(Consumer<List<String>> whom) {
        watcher = whom;
    }

    /** Takes what the others send about a topic, with the name of who did. */
    void receive(Topic topic, BiConsumer<String, byte[]> receiver) {
        receivers.put(topic, receiver);
    }

    /**
     * Joins those who are there; tried again until it works. Blocks for the first try.
     *
     * @param follower is told what is agreed on
     */
    void join(AgreedState.Follower follower) {
        joinUnlessIn(follower);
        joining.scheduleWithFixedDelay(() -> joinUnlessIn(follower), 1, 1, TimeUnit.SECONDS);
    }

    /** Does something each second from now on, until closed. */
    void eachSecond(Runnable what) {
        joining.scheduleWithFixedDelay(what, 1, 1, TimeUnit.SECONDS);
    }

    private synchronized void joinUnlessIn(AgreedState.Follower follower) {
        var why = broken;
        var now = joined;
        if (why == null && now != null && now.channel().isConnected()) {
            return;
        }
        leave();
        if (why != null && !SureLog.hasRoom(folder)) {
            LOG.warn("out of the cluster: {}. It joins again when there is room", why);
            return;
        }
        broken = null;
        try {
            open(follower);
        } catch (Exception e) {
            LOG.warn("can't join the cluster: {}", e.toString());
            leave();
        }
    }

    private void open(AgreedState.Follower follower) throws Exception {
        state.reset();
        var channel = channels.make(new SureLog(folder, this::broke));
        channel.setReceiver(new Receiving(channel));
        joined = new Joined(channel, new RaftHandle(channel, state).raftId(options.name()));
        channel.connect(CLUSTER);
        state.tell(follower);
    }

    /** The others go on without a director that can't keep what they agree on; nobody is hindered by one that is alone. */
    private void broke(String why) {
        if (broken == null && present.size() > 1) {
            broken = why;
        }
    }

    private synchronized void leave() {
        var now = joined;
        joined = null;
        if (now != null) {
            now.channel().close();
            present = List.of();
            watcher.accept(present);
        }
    }

    /** Why this director is out of the cluster; null while it is in, or joining. */
    @Nullable
    String broken() {
        return broken;
    }

    /** Sends to all others; what is lost with a member is not repeated. */
    void tellAll(Topic topic, byte[] content) {
        send(null, topic, content);
    }

    /** Sends to one; nothing when it is not here. */
    void tell(String member, Topic topic, byte[] content) {
        address(member).ifPresent(address -> send(address, topic, content));
    }

    private void send(@Nullable Address to, Topic topic, byte[] content) {
        var now = joined;
        if (now == null || !now.channel().isConnected()) {
            return;
        }
        var bytes = new byte[content.length + 1];
        bytes[0] = topic.number;
        System.arraycopy(content, 0, bytes, 1, content.length);
        try {
            now.channel().send(new BytesMessage(to, bytes).setFlag(Message.TransientFlag.DONT_LOOPBACK));
        } catch (Exception e) {
            LOG.debug("{} was not sent", topic, e);
        }
    }

    private Optional<Address> address(String member) {
        var now = joined;
        var view = now == null ? null : now.channel().view();
        return view == null
                ? Optional.empty()
                : view.getMembers().stream()
                        .filter(address -> name(address).equals(member))
                        .findFirst();
    }

    /** Who is here, the oldest first; empty before the first {@link #join}. */
    List<String> present() {
        return present;
    }

    /** Whether those who are here can agree on changes. */
    boolean majority() {
        return present.stream().filter(options.members()::containsKey).count() >= options.majority();
    }

    /** Why nothing can be changed here, and where it can. */
    String whyNot() {
        var here = present;
        var away = options.members().keySet().stream()
                .filter(member -> !here.contains(member))
                .toList();
        if (majority()) {
            return "the directors " + String.join(", ", here)
                    + " see each other but have not found a leader yet: try again in a second";
        }
        var why = broken;
        if (why != null) {
            return "director " + options.name() + " is out of the cluster: " + why
                    + ". Make room; changes can be made on " + String.join(", ", away) + "; what it forwards goes on";
        }
        return "director " + options.name() + " sees " + here.size() + " of "
                + options.members().size() + " members (" + String.join(", ", here) + "), and changes need "
                + options.majority() + ". The side of " + String.join(", ", away)
                + " may change if they see each other; traffic goes on here. See 'jlvs cluster status'";
    }

    /** Who leads the agreement now; empty when no majority sees each other. */
    Optional<String> leader() {
        var now = joined;
        return now == null
                ? Optional.empty()
                : Optional.ofNullable(now.raft().leader()).map(Directors::name);
    }

    /**
     * Agrees with itself alone until a majority is here again: whoever orders it has made sure that the others don't run,
     * for what both sides agree on meanwhile is lost on one of them.
     */
    void goAlone() {
        var now = joined;
        if (now != null) {
            now.raft().raft().members(List.of(options.name()));
            ELECTION election = now.channel().getProtocolStack().findProtocol(ELECTION.class);
            election.startVotingThread();
            alone = true;
        }
    }

    private void endAlone() {
        var now = joined;
        if (alone && now != null && majority()) {
            now.raft().raft().members(options.members().keySet());
            alone = false;
        }
    }

    /**
     * Proposes an entry of the log.
     *
     * @throws RaftLeaderException if nobody leads; nobody has got it then
     */
    CompletableFuture<byte[]> propose(byte[] entry) throws Exception {
        var now = joined;
        if (now == null) {
            throw new RaftLeaderException("not in the cluster");
        }
        return now.raft().setAsync(entry, 0, entry.length, Options.create(true));
    }

    /** How many entries are agreed on, as far as is known here. */
    long agreed() {
        var now = joined;
        return now == null ? 0 : now.raft().commitIndex();
    }

    /** The name that a member agrees under; it comes with its address. */
    private static String name(Address address) {
        var name = address instanceof ExtendedUUID known ? known.get(RAFT.raft_id_key) : null;
        return name == null ? address.toString() : new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        joining.shutdownNow();
        leave();
    }

    private final class Receiving implements Receiver {

        private final JChannel channel;

        Receiving(JChannel channel) {
            this.channel = channel;
        }

        @Override
        public void viewAccepted(View view) {
            var now = joined;
            if (now == null || !now.channel().equals(channel)) {
                return;
            }
            present = view.getMembers().stream().map(Directors::name).toList();
            endAlone();
            watcher.accept(present);
        }

        @Override
        public void receive(Message message) {
            var length = message.getLength();
            if (length == 0) {
                return;
            }
            var bytes = message.getArray();
            var from = message.getOffset();
            receivers.forEach((topic, receiver) -> {
                if (topic.number == bytes[from]) {
                    receiver.accept(name(message.getSrc()), Arrays.copyOfRange(bytes, from + 1, from + length));
                }
            });
        }
    }
}
