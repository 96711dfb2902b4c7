package io.jlvs.engine.cluster;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.Protocol;
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

    /** A handshake between two JVMs that have just started fits in. */
    private static final int CONNECT_MILLIS = 1000;

    /** How long others are looked for; who finds nobody begins a cluster, which is merged with others later. */
    private static final int JOIN_MILLIS = 2000;

    private final ClusterOptions options;
    private final JChannel channel;
    private final RaftHandle raft;
    private final Map<Topic, BiConsumer<String, byte[]>> receivers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService joining = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jlvs-cluster-join").factory());
    private volatile List<String> present = List.of();
    private volatile boolean alone;
    private volatile Consumer<List<String>> watcher = _ -> {};

    /**
     * Joins nobody yet.
     *
     * @param log folder of what was agreed on
     * @throws IllegalStateException if the options can't be had
     */
    Directors(ClusterOptions options, ClusterKeys keys, Path log, StateMachine state) {
        this.options = options;
        try {
            channel = new JChannel(stack(options, keys, log)).name(options.name());
            channel.setReceiver(new Receiving());
            var started = System.currentTimeMillis();
            channel.addAddressGenerator(() -> LargestSideFirst.address(options.name(), started));
            raft = new RaftHandle(channel, state).raftId(options.name());
        } catch (Exception e) {
            throw new IllegalStateException("can't make the cluster's channel: " + e, e);
        }
    }

    private static Protocol[] stack(ClusterOptions options, ClusterKeys keys, Path log) {
        var self = options.self();
        var tcp = new WatchedTcp();
        tcp.setBindAddress(self.getAddress());
        tcp.setBindPort(self.getPort());
        tcp.setPortRange(0);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.disableDiagnostics();
        tcp.tls(keys.tls());
        var discovery = new TCPPING();
        discovery.initialHosts(List.<InetSocketAddress>copyOf(options.members().values()));
        discovery.setPortRange(0);
        return new Protocol[] {
            tcp,
            discovery,
            new MERGE3().setMinInterval(500).setMaxInterval(1500),
            new FD_ALL3().setTimeout(1500).setInterval(300),
            new VERIFY_SUSPECT2().setTimeout(250),
            new NAKACK2().useMcastXmit(false),
            new UNICAST3(),
            new STABLE(),
            new NO_DUPES(),
            new GMS()
                    .setJoinTimeout(JOIN_MILLIS)
                    .setViewAckCollectionTimeout(500)
                    .setMembershipChangePolicy(new LargestSideFirst())
                    .printLocalAddress(false),
            new MFC(),
            new UFC(),
            new FRAG4(),
            new ELECTION(),
            new SteadyRaft()
                    .members(options.members().keySet())
                    .raftId(options.name())
                    .logClass(FileBasedLog.class.getName())
                    .logDir(log.toString())
                    .logPrefix(options.name())
                    .logUseFsync(true)
                    .maxLogSize(4 << 20)
                    .resendInterval(100)
                    .sendCommitsImmediately(true),
            new REDIRECT()
        };
    }

    /** Is told who is here, the oldest first, each time that changes. Must not block. */
    void watch(Consumer<List<String>> whom) {
        watcher = whom;
    }

    /** Takes what the others send about a topic, with the name of who did. */
    void receive(Topic topic, BiConsumer<String, byte[]> receiver) {
        receivers.put(topic, receiver);
    }

    /** Joins those who are there; tried again until it works. Blocks for the first try. */
    void join() {
        joinUnlessIn();
        joining.scheduleWithFixedDelay(this::joinUnlessIn, 1, 1, TimeUnit.SECONDS);
    }

    /** Does something each second from now on, until closed. */
    void eachSecond(Runnable what) {
        joining.scheduleWithFixedDelay(what, 1, 1, TimeUnit.SECONDS);
    }

    private void joinUnlessIn() {
        try {
            if (!channel.isConnected()) {
                channel.connect(CLUSTER);
            }
        } catch (Exception e) {
            LOG.warn("can't join the cluster: {}", e.toString());
        }
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
        if (!channel.isConnected()) {
            return;
        }
        var bytes = new byte[content.length + 1];
        bytes[0] = topic.number;
        System.arraycopy(content, 0, bytes, 1, content.length);
        try {
            channel.send(new BytesMessage(to, bytes).setFlag(Message.TransientFlag.DONT_LOOPBACK));
        } catch (Exception e) {
            LOG.debug("{} was not sent", topic, e);
        }
    }

    private Optional<Address> address(String member) {
        var view = channel.view();
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
        return "director " + options.name() + " sees " + here.size() + " of "
                + options.members().size() + " members (" + String.join(", ", here) + "), and changes need "
                + options.majority() + ". The side of " + String.join(", ", away)
                + " may change if they see each other; traffic goes on here. See 'jlvs cluster status'";
    }

    /** Who leads the agreement now; empty when no majority sees each other. */
    Optional<String> leader() {
        return Optional.ofNullable(raft.leader()).map(Directors::name);
    }

    /**
     * Agrees with itself alone until a majority is here again: whoever orders it has made sure that the others don't run,
     * for what both sides agree on meanwhile is lost on one of them.
     */
    void goAlone() {
        var agreeing = raft.raft();
        agreeing.members(List.of(options.name()));
        ELECTION election = channel.getProtocolStack().findProtocol(ELECTION.class);
        election.startVotingThread();
        alone = true;
    }

    private void endAlone() {
        if (alone && majority()) {
            raft.raft().members(options.members().keySet());
            alone = false;
        }
    }

    RaftHandle raft() {
        return raft;
    }

    /** The name that a member agrees under; it comes with its address. */
    private static String name(Address address) {
        var name = address instanceof ExtendedUUID known ? known.get(RAFT.raft_id_key) : null;
        return name == null ? address.toString() : new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        joining.shutdownNow();
        channel.close();
    }

    private final class Receiving implements Receiver {

        @Override
        public void viewAccepted(View view) {
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
