package io.jlvs.engine.cluster;

import io.jlvs.api.CommandException;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.cluster.Directors.Topic;
import io.jlvs.engine.cluster.sync.ConnectionSync;
import io.jlvs.engine.cluster.sync.SyncFigures;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.registry.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This director's part in the cluster: what it agrees on with the others, and who holds the addresses. */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long LOOK_NANOS = 3_000_000_000L;

    private final ClusterOptions options;
    private final AgreedState state = new AgreedState();
    private final Directors directors;
    private final RaftAgreement agreement;
    private final Registry registry;
    private final String version;
    private final DataPath dataPath;
    private final News news = new News();
    private final FloatingAddresses addresses;
    private volatile long joined = System.nanoTime();
    private volatile List<String> seen = List.of();
    private volatile @Nullable ConnectionSync sync;
    private volatile boolean closed;

    /**
     * Takes part in nothing before {@link #join}.
     *
     * @param folder of the director's state; the log goes below it
     * @param version of JLVS, for the others to know
     * @param dataPath whose connections the others are told of
     * @param wire tells the network where the addresses are
     * @throws IllegalStateException if the keys can't be used
     */
    public Cluster(
            ClusterOptions options, Path folder, String version, Registry registry, DataPath dataPath, Wire wire) {
        this.version = version;
        this.dataPath = dataPath;
        this.options = options;
        this.registry = registry;
        this.directors = new Directors(options, ClusterKeys.read(options.keys()), folder.resolve("cluster"), state);
        this.addresses = new FloatingAddresses(options.addresses(), wire);
        this.agreement = new RaftAgreement(options.name(), directors, registry);
    }

    /**
     * Joins the others who are there and goes over to what they agreed on. Blocks for the time of a try, not for others to
     * come; from then on changes need more than half of the members.
     *
     * @param wanted makes what the configuration wants to be there, once changes can be made
     */
    public void join(Runnable wanted) {
        registry.agreeWith(agreement);
        directors.watch(this::seen);
        directors.receive(Topic.NEWS, news::heard);
        var connections =
                new ConnectionSync(dataPath, message -> directors.tellAll(Topic.CONNECTIONS, message), options.sync());
        directors.receive(Topic.CONNECTIONS, (_, message) -> connections.received(message));
        sync = connections;
        directors.eachSecond(this::tellNews);
        directors.eachSecond(this::settleAddresses);
        directors.join();
        joined = System.nanoTime();
        state.tell(agreement);
        Thread.ofVirtual().name("jlvs-cluster-begin").start(() -> begin(wanted));
    }

    /** What was here before there was a cluster comes in with the first one; a cluster that has a state keeps it. */
    private void begin(Runnable wanted) {
        while (!closed) {
            try {
                agreement.catchUp();
                if (registry.current().version() > 0) {
                    agreement.bring(registry.current());
                }
                wanted.run();
                return;
            } catch (CommandException e) {
                LOG.debug("not begun", e);
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void seen(List<String> present) {
        if (closed) {
            return;
        }
        LOG.info(
                "the cluster: {} of {} directors see each other: {}",
                present.size(),
                options.members().size(),
                String.join(", ", present));
        var connections = sync;
        if (connections != null && !seen.containsAll(present)) {
            connections.joined();
        }
        seen = present;
        settleAddresses();
    }

    /** A director that has just started and finds nobody looks a while longer before it takes what another may have. */
    private void settleAddresses() {
        var present = directors.present();
        if (owner().filter(options.name()::equals).isEmpty()) {
            addresses.release();
        } else if (present.size() > 1 || System.nanoTime() - joined > LOOK_NANOS) {
            addresses.hold(present.size() > 1);
        }
    }

    private void tellNews() {
        var own = News.encode(version, registry.current().version());
        news.heard(options.name(), own);
        directors.tellAll(Topic.NEWS, own);
    }

    /**
     * How the cluster looks from here: {@code {"name","writable","whyNot","leader","owner","addressProblem","agreed","members":[{"name",
     * "address","state":"here|away","configuration","version"}]}}; what is not known is left out.
     */
    public JsonObject status() {
        var status = new JsonObject()
                .put("name", options.name())
                .put("writable", directors.leader().isPresent() && agreement.stuck() == null);
        if (!status.getBoolean("writable")) {
            status.put("whyNot", agreement.stuck() == null ? directors.whyNot() : agreement.stuck());
        }
        directors.leader().ifPresent(leader -> status.put("leader", leader));
        owner().ifPresent(owner -> status.put("owner", owner));
        if (addresses.problem() != null) {
            status.put("addressProblem", addresses.problem());
        }
        var members = new JsonArray();
        options.members().forEach((name, place) -> members.add(member(name, place)));
        return status.put("agreed", directors.raft().commitIndex()).put("members", members);
    }

    private JsonObject member(String name, InetSocketAddress place) {
        var member = new JsonObject()
                .put("name", name)
                .put("address", place.getAddress().getHostAddress() + ":" + place.getPort())
                .put("state", directors.present().contains(name) ? "here" : "away");
        news.of(name)
                .ifPresent(told -> member.put("configuration", told.getValue("configuration"))
                        .put("version", told.getValue("version")));
        return member;
    }

    private Optional<String> owner() {
        return Ownership.owner(directors.present(), options.members().keySet());
    }

    /**
     * Lets this director change things without the others, until they are back. Blocks.
     *
     * @return what is so now, as a sentence
     * @throws IllegalStateException if it need not, or can't
     */
    public String goAlone() {
        if (directors.leader().isPresent()) {
            throw new IllegalStateException("changes can be made: " + directors.present() + " agree. Nothing was done");
        }
        directors.goAlone();
        try {
            agreement.catchUp();
        } catch (CommandException e) {
            throw new IllegalStateException("it did not become leader: " + e.getMessage(), e);
        }
        LOG.warn("{} decides alone, as it was told; the others will take its state when they are back", options.name());
        return "director " + options.name() + " decides alone until a majority is back. What another director agrees on"
                + " meanwhile is lost on one of them: keep the others off";
    }

    /** What {@code ipvsadm}'s sync daemons turn on and off; of no effect before {@link #join}. */
    public SyncSwitch syncSwitch() {
        var connections = sync;
        return connections == null ? SyncSwitch.NOWHERE : connections;
    }

    /** What was sent and taken so far. */
    public SyncFigures syncFigures() {
        var connections = sync;
        return connections == null ? SyncFigures.NONE : connections.figures();
    }

    /** Who is here, the oldest first. */
    List<String> present() {
        return directors.present();
    }

    @Override
    public void close() {
        closed = true;
        var connections = sync;
        if (connections != null) {
            connections.close();
        }
        // first the others take the addresses, then this director leaves them
        directors.close();
        addresses.close();
        agreement.close();
    }
}
