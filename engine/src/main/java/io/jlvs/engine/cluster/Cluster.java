package io.jlvs.engine.cluster;

import io.jlvs.api.CommandException;
import io.jlvs.engine.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This director's part in the cluster: what it agrees on with the others, and who holds the addresses. */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final long RETRY_NANOS = 1_000_000_000;

    private final ClusterOptions options;
    private final AgreedState state = new AgreedState();
    private final Directors directors;
    private final RaftAgreement agreement;
    private final Registry registry;
    private volatile boolean closed;

    /**
     * Takes part in nothing before {@link #join}.
     *
     * @param folder of the director's state; the log goes below it
     * @throws IllegalStateException if the keys can't be used
     */
    public Cluster(ClusterOptions options, Path folder, Registry registry) {
        this.options = options;
        this.registry = registry;
        this.directors = new Directors(options, ClusterKeys.read(options.keys()), folder.resolve("cluster"), state);
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
        directors.join();
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
        LOG.info(
                "the cluster: {} of {} directors see each other: {}",
                present.size(),
                options.members().size(),
                String.join(", ", present));
    }

    /** Who is here, the oldest first. */
    List<String> present() {
        return directors.present();
    }

    @Override
    public void close() {
        closed = true;
        directors.close();
        agreement.close();
    }
}
