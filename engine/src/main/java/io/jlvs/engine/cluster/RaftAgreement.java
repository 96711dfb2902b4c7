package io.jlvs.engine.cluster;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.registry.Agreement;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.Draft;
import io.jlvs.engine.registry.Registry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jgroups.protocols.raft.RaftLeaderException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agreement by Raft (Ongaro and Ousterhout, 2014): a change is made when more than half of the members have it on disk.
 * What is agreed on is handed to the registry by one thread, in order.
 */
final class RaftAgreement implements Agreement, AgreedState.Follower, AutoCloseable {

    /** A take-over of the lead fits in, a person's patience too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For who sees too few others: they may be joining just now. */
    private static final Duration ALONE = Duration.ofSeconds(1);

    private static final Duration TRY = Duration.ofMillis(1500);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(RaftAgreement.class);

    private final String name;
    private final Directors directors;
    private final Registry registry;
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final ExecutorService effects = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("jlvs-agreed").factory());
    private volatile @Nullable String stuck;

    RaftAgreement(String name, Directors directors, Registry registry) {
        this.name = name;
        this.directors = directors;
        this.registry = registry;
    }

    @Override
    public void propose(String by, long base, List<Command> changes) {
        submit(new Proposal.Changes(id(), name, by, base, changes));
    }

    @Override
    public void catchUp() {
        submit(new Proposal.Mark(id(), name));
    }

    /** Brings a state into a cluster that has none; nothing when it has. */
    void bring(Configuration state) {
        submit(new Proposal.FirstState(id(), name, state));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** Sends a proposal until what became of it is known; those who get it twice take it once. */
    private void submit(Proposal proposal) {
        var began = System.nanoTime();
        var bytes = proposal.encode();
        var done = new CompletableFuture<Void>();
        waiting.put(proposal.id(), done);
        try {
            var sent = false;
            do {
                requireReadable();
                sent |= send(bytes, done);
                var patience = sent || directors.majority() ? PATIENCE : ALONE;
                if (!isDone(done) && System.nanoTime() - began > patience.toNanos()) {
                    throw sent ? notKnown() : noMajority();
                }
            } while (!done.isDone());
        } finally {
            waiting.remove(proposal.id());
        }
    }

    /** Whether anybody may have got it. */
    private boolean send(byte[] bytes, CompletableFuture<Void> done) {
        try {
            var taken = directors.propose(bytes);
            CompletableFuture.anyOf(taken.thenCombine(done, (_, _) -> true), done)
                    .get(TRY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RaftLeaderException _) {
            return false;
        } catch (ExecutionException e) {
            LOG.debug("a proposal failed", e);
            return !(e.getCause() instanceof RaftLeaderException);
        } catch (TimeoutException _) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ErrorCode.NOT_KNOWN, "the director stops", e);
        } catch (Exception e) {
            throw new CommandException(ErrorCode.NO_MAJORITY, "can't propose a change: " + e, e);
        }
    }

    /** Waits a while for it to be in effect here. */
    private static boolean isDone(CompletableFuture<Void> done) {
        try {
            done.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandException refused ? refused : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ErrorCode.NOT_KNOWN, "the director stops", e);
        }
    }

    private void requireReadable() {
        var why = stuck;
        if (why != null) {
            throw new CommandException(
                    ErrorCode.UNSUPPORTED,
                    "this director can't read what the others agreed on (" + why + "): upgrade it, or ask another");
        }
    }

    private CommandException noMajority() {
        return new CommandException(ErrorCode.NO_MAJORITY, directors.whyNot());
    }

    private static CommandException notKnown() {
        return new CommandException(
                ErrorCode.NOT_KNOWN,
                "the other directors did not answer within " + PATIENCE.toSeconds()
                        + " s: whether the change will be made is not known; look before you repeat it");
    }

    @Override
    public void agreed(Proposal.Changes changes, Draft draft, List<ServiceKey> crossed) {
        if (!crossed.isEmpty()) {
            LOG.warn(
                    "{} on {} changed what another director had changed meanwhile: {}; the later one holds: {}",
                    changes.by(),
                    changes.director(),
                    crossed,
                    Proposal.inWords(changes.commands()));
        }
        var by = changes.director().equals(name) ? changes.by() : changes.by() + " on " + changes.director();
        inOrder(changes.id(), () -> registry.adopt(by, draft));
    }

    @Override
    public void refused(Proposal.Changes changes, CommandException why) {
        LOG.info(
                "a change by {} on {} came too late: {} ({})",
                changes.by(),
                changes.director(),
                why.getMessage(),
                Proposal.inWords(changes.commands()));
        inOrder(changes.id(), () -> {
            throw why;
        });
    }

    @Override
    public void passed(Proposal proposal) {
        inOrder(proposal.id(), () -> {});
    }

    @Override
    public void replaced(Configuration agreed) {
        if (agreed.version() > 0) {
            inOrder("", () -> registry.become(agreed));
        }
    }

    @Override
    public void stuck(String why) {
        stuck = why;
        LOG.error(
                "what the directors agreed on can't be read: {}. The state stays as it is: upgrade this director", why);
    }

    /** Why nothing more is taken from the others; null while all is well. */
    @Nullable
    String stuck() {
        return stuck;
    }

    private void inOrder(String id, Runnable effect) {
        effects.execute(() -> {
            var done = waiting.get(id);
            try {
                effect.run();
                if (done != null) {
                    done.complete(null);
                }
            } catch (RuntimeException e) {
                if (done != null) {
                    done.completeExceptionally(e);
                } else if (!(e instanceof CommandException)) {
                    LOG.error("what the directors agreed on is not in effect here", e);
                }
            }
        });
    }

    @Override
    public void close() {
        effects.close();
    }
}
