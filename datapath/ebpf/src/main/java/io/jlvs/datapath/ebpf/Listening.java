package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.Upcalls;
import io.jlvs.datapath.ebpf.libbpf.RingBuffer;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears what the programs tell and ask. Its threads are those of the network namespace that it was made in. */
final class Listening implements AutoCloseable {

    private static final Duration EVENTS_EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final EventTranslator translator;
    private final Upcalls upcalls;
    private final RingBuffer events;
    private final RingBuffer asks;
    private final Repeater eventReader;
    private final Repeater askReader;

    Listening(Pipeline pipeline, Inventory inventory, ConnectionTable connections, Upcalls upcalls) {
        var asked = new Asked();
        var answers = new Answers(inventory, asked, connections, pipeline, upcalls);
        this.translator = new EventTranslator(inventory, asked);
        this.upcalls = upcalls;
        this.events = new RingBuffer(pipeline.map("events"), this::publish);
        this.asks = new RingBuffer(pipeline.map("asks"), answers::ask);
        this.eventReader = new Repeater("jlvs-events", EVENTS_EVERY, this::readEvents);
        this.askReader = new Repeater("jlvs-asks", Duration.ZERO, this::readAsks);
    }

    /** From now on, as there is a table to understand it by. */
    void begin() {
        begun.countDown();
    }

    private void readEvents() {
        if (hasBegun()) {
            events.consume();
        }
    }

    private void readAsks() {
        if (hasBegun()) {
            asks.poll(PATIENCE);
        }
    }

    private boolean hasBegun() {
        try {
            return begun.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void publish(MemorySegment sample) {
        var event = translator.translate(sample);
        if (event != null) {
            upcalls.publish(event);
        }
    }

    @Override
    public void close() {
        eventReader.close();
        askReader.close();
        events.close();
        asks.close();
    }
}
