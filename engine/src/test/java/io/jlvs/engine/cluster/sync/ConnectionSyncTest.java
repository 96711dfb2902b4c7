package io.jlvs.engine.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.engine.cluster.sync.SyncSwitch.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConnectionSyncTest {

    private final FollowedDataPath first = new FollowedDataPath();
    private final FollowedDataPath second = new FollowedDataPath();
    private final Queue<byte[]> sent = new ConcurrentLinkedQueue<>();

    @Test
    void whatOneDirectorTellsIsTakenByTheOther() {
        var other = new AtomicReference<ConnectionSync>();
        try (var to = new ConnectionSync(second, sent::add, true);
                var from = new ConnectionSync(first, message -> other.get().received(message), true)) {
            other.set(to);

            first.tell(List.of(Entries.WEB, Entries.TEMPLATE));

            await().until(() -> second.taken.size() == 2);
            await().until(() -> from.figures().sent() == 2); // counted when the message has left
            assertThat(from.figures().messagesSent()).isEqualTo(1);
            assertThat(to.figures().taken()).isEqualTo(2);
            assertThat(second.taken)
                    .extracting(SyncedEntry::service)
                    .containsExactly(Entries.WEB.service(), Entries.TEMPLATE.service());
        }
    }

    @Test
    void whoJoinsMakesTheOthersTellEverything() {
        try (var sync = new ConnectionSync(first, sent::add, true)) {
            assertThat(first.dumps).hasValue(1); // those that were there before this one

            sync.joined();

            assertThat(first.dumps).hasValue(2);
        }
        assertThat(first.isFollowed()).isFalse();
    }

    @Test
    void manyEntriesGoInMessagesOfABoundedSize() {
        try (var sync = new ConnectionSync(first, sent::add, true)) {
            first.tell(Collections.nCopies(10_000, Entries.WEB));

            await().until(() -> sync.figures().sent() == 10_000);
        }
        assertThat(sent).hasSizeGreaterThan(10).allMatch(message -> message.length <= Outbox.MESSAGE);
    }

    @Test
    void transportThatDoesNotKeepUpLosesTheOldestAndTheyAreCounted() {
        var gate = new CountDownLatch(1);
        try (var sync = new ConnectionSync(
                first,
                message -> {
                    awaitOpen(gate);
                    sent.add(message);
                },
                true)) {
            int perMessage = 1 + (Outbox.MESSAGE - Wire.LONGEST_RECORD) / length();
            first.tell(Collections.nCopies((Outbox.WAITING + 2) * perMessage, Entries.WEB));

            assertThat(sync.figures().dropped()).isPositive();
            assertThat(sync.figures().sent()).isZero();
            gate.countDown();
            await().until(() -> sent.size() >= Outbox.WAITING);
        }
    }

    @Test
    void transportThatThrowsLosesOneMessageOnly() {
        var calls = new ArrayList<Integer>();
        try (var sync = new ConnectionSync(
                first,
                message -> {
                    calls.add(message.length);
                    if (calls.size() == 1) {
                        throw new IllegalStateException("not connected");
                    }
                },
                true)) {
            first.tell(List.of(Entries.WEB));
            await().until(() -> sync.figures().dropped() == 1);

            first.tell(List.of(Entries.WEB));
            await().until(() -> sync.figures().sent() == 1);
        }
    }

    @Test
    void nothingIsSentAndNothingTakenUntilADaemonStarts() {
        try (var sync = new ConnectionSync(first, sent::add, false)) {
            sync.received(message(0));
            assertThat(first.isFollowed()).isFalse();
            assertThat(sync.figures().filtered()).isEqualTo(1);

            assertThat(sync.start(Role.MASTER, 5)).isTrue();
            assertThat(sync.start(Role.BACKUP, 0)).isTrue();
            sync.received(message(9));
            first.tell(List.of(Entries.WEB));

            assertThat(first.taken).hasSize(1);
            await().untilAsserted(() -> assertThat(sent)
                    .singleElement()
                    .satisfies(message -> assertThat(message[3]).isEqualTo((byte) 5)));
            sync.stop(Role.MASTER);
            assertThat(first.isFollowed()).isFalse();
        }
    }

    @Test
    void backupWithASyncIdTakesOnlyThat() {
        try (var sync = new ConnectionSync(first, sent::add, true)) {
            sync.start(Role.BACKUP, 7);

            sync.received(message(6));
            sync.received(message(7));
            assertThat(sync.figures().filtered()).isEqualTo(1);
            assertThat(sync.figures().taken()).isEqualTo(1);

            sync.stop(Role.BACKUP); // back to what the configuration says
            sync.received(message(6));
            assertThat(sync.figures().taken()).isEqualTo(2);
        }
    }

    @Test
    void messageThatCanNotBeReadIsCountedAndChangesNothing() {
        try (var sync = new ConnectionSync(first, sent::add, true)) {
            var message = message(0);
            message[Wire.HEADER + Wire.RECORD_HEADER] = 99; // the protocol

            sync.received(message);

            assertThat(sync.figures().malformed()).isEqualTo(1);
            assertThat(first.taken).isEmpty();
        }
    }

    private static byte[] message(int syncId) {
        var writer = new SyncWriter(Outbox.MESSAGE, syncId);
        writer.add(Entries.WEB);
        return writer.message();
    }

    private static int length() {
        return message(0).length - Wire.HEADER;
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
